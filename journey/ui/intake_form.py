"""The parts of the page that takes sources in: the box, what was recognised, the options, submitting.

What the user has put in lives in the session's state under the keys below: a look at another page loses nothing.
"""

from __future__ import annotations

import streamlit as st

from journey.bootstrap import App
from journey.engines import ON_THIS_MACHINE
from journey.engines.llm import LlmEngine
from journey.errors import JourneyError, SourceError
from journey.model import Request, Upload
from journey.pipeline import MIXED
from journey.ui import attached
from journey.ui.bill_form import ask_budget, ask_thorough, chosen_budget, is_thorough, show_estimate
from journey.ui.intake import PASTED, Recognised, corrections, is_mixed, recognise, speakers
from journey.ui.intake_roles import ask_roles, chosen_role
from journey.ui.language import entry, say, say_below, say_many
from journey.ui.redaction_form import ask_redaction, is_redacting, show_what_leaves
from journey.ui.samples import TITLE, sample_transcript
from journey.ui.session import REFUSAL
from journey.ui.wording import engine_name, plain

TEXT, TITLED, INSTRUCTIONS, ENGINE = "new_text", "new_title", "new_instructions", "new_engine"
SUBMITTED = "new_submitted"

SEEN = entry(
    "A model that sees gets the pictures themselves, with everything that can be seen in them: nothing is hidden"
    " there. One that does not see gets the words read in them."
)
UNSEEN = entry(
    "The pictures themselves stay here, because names in them cannot be hidden: the model gets the words read in them,"
    " redacted. To show it the pictures, switch off the hiding above."
)

FIRST_STEPS = (
    (
        entry("1 · Bring an interview or a picture"),
        entry("Paste it or drop it: a transcript, a photo of a wall, a drawn map, a PDF."),
    ),
    (
        entry("2 · Check it"),
        entry("Who speaks decides what becomes evidence. A picture is turned upright and cut to what matters."),
    ),
    (
        entry("3 · Read the map"),
        entry("Phases, steps, feelings, pains and gains, each with the words or the region it came from."),
    ),
)


def submitted() -> str | None:
    """Return the id of the job submitted just now, once."""
    job_id: str | None = st.session_state.pop(SUBMITTED, None)
    return job_id


def ask_text() -> None:
    """Draw the box to paste into; its text survives a switch of pages."""
    st.text_area(
        say("Paste a transcript"),
        key=TEXT,
        height=330,
        persist_state="session",
        placeholder="\n".join(
            (
                say("Interviewer: How did it start?"),
                say("Anna: I looked at the website first, and then I called them…"),
            )
        ),
    )
    words = len(_text().split())
    st.caption(
        say_many("{n} word", "{n} words", words)
        if words
        else say("What was recognised appears as soon as you leave the box.")
    )


def offer_sample() -> None:
    """Offer a transcript to try, unless it would replace what is in the box."""
    if not _text().strip():
        st.button(say("Try a sample"), on_click=_fill_in_sample, icon=":material/auto_stories:", type="tertiary")


def recognise_all(app: App) -> list[Recognised]:
    """Return what the box and the files hold, as recognised; each content is read once."""
    load = app.queue.store.files.load
    found = [attached.recognised(one, load) for one in attached.all_attached()]
    if _text().strip():
        found.insert(0, recognise(Upload(name=say(PASTED), sha256=app.queue.keep(_text().encode())), load))
    return found


def show_first_steps() -> None:
    """Say what will happen, to whoever is here for the first time."""
    with st.container(key="first-steps"):
        for column, (heading, words) in zip(st.columns(len(FIRST_STEPS), gap="large"), FIRST_STEPS, strict=True):
            column.markdown(f"**{say(heading)}**")
            column.caption(say(words))


def show_recognised(recognised: list[Recognised]) -> None:
    """Show each upload in a line, refused ones with their sentence, and the speakers with roles to correct."""
    if not recognised:
        return
    if is_mixed(recognised):
        st.error(say_below(MIXED))
    told = [one for one in recognised if one.refusal or not one.is_picture]  # a picture shows itself
    if not told:
        return
    with st.container(border=True, key="recognised"):
        st.markdown(f"**{say('What was recognised')}**")
        for one in told:
            _show_upload(one)
        if any(one.turns or one.speakers for one in recognised):
            ask_roles(speakers(recognised))


def ask_options(app: App) -> None:
    """Draw the optional title and instructions, and the engines where there is a choice."""
    left, right = st.columns(2, gap="large")
    left.text_input(say("Title (optional)"), key=TITLED, max_chars=100, persist_state="session")
    right.text_input(
        say("Instructions (optional)"),
        key=INSTRUCTIONS,
        max_chars=2000,
        placeholder=say("The actor is the patient; ignore small talk"),
        persist_state="session",
    )
    if len(app.engines) > 1:
        st.session_state.setdefault(ENGINE, app.default_engine)
        offered = {
            name: f"{engine_name(name)} · {plain(_short(engine.destination))}" for name, engine in app.engines.items()
        }
        st.radio(
            say("Engine"),
            list(offered),
            key=ENGINE,
            horizontal=True,
            format_func=offered.__getitem__,
            persist_state="session",
        )
    if _engine(app) == LlmEngine.name:
        ask_budget(app.settings)
        ask_thorough()
        ask_redaction(app.settings)


def ask_to_submit(app: App, recognised: list[Recognised]) -> None:
    """Draw the one button, with a line on where everything goes and one on what a model will take."""
    engine, usable = app.engines[_engine(app)], [one for one in recognised if not one.refusal]
    has_pictures = any(one.is_picture for one in usable)
    if engine.name == LlmEngine.name and usable and not has_pictures:
        show_what_leaves(_request(app), app.queue.store.files.load)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(say("Draw the journey"), type="primary", on_click=_submit, args=(app,), key="submit")
        where = plain(destination(engine.destination, several=has_pictures))
        hidden = has_pictures and engine.name == LlmEngine.name and is_redacting(app.settings)
        what = (
            say("The words in your pictures") if hidden else say("Your pictures") if has_pictures else say("Your text")
        )
        st.caption(
            say(
                "Drawn by the {engine} engine. {what}: **{goes}**.",
                engine=engine_name(engine.name),
                what=what,
                goes=where,
            )
        )
    if engine.name == LlmEngine.name and has_pictures:
        st.caption(f":material/info: {say(UNSEEN if hidden else SEEN)}")
    if engine.name == LlmEngine.name:
        volumes = [one.volume for one in usable if one.volume]
        show_estimate(app, [one.unshown for one in volumes] if hidden else volumes)


def _short(where: str) -> str:
    return destination(where) if where == ON_THIS_MACHINE else where


def destination(where: str, *, several: bool = False) -> str:
    """Return where the text goes, or several things go, as words that can stand after a colon.

    >>> destination("stays on this machine"), destination("api.example.org", several=True)
    ('stays on this machine', 'are sent to api.example.org')
    """
    if where == ON_THIS_MACHINE:
        return say("stay on this machine") if several else say("stays on this machine")
    return say("are sent to {host}", host=where) if several else say("is sent to {host}", host=where)


def _text() -> str:
    return str(st.session_state.get(TEXT) or "")


def _fill_in_sample() -> None:
    st.session_state[TEXT] = sample_transcript()
    st.session_state[TITLED] = TITLE


def _show_upload(one: Recognised) -> None:
    if one.refusal:
        st.error(plain(f"{one.upload.name}: {say_below(one.refusal)}"))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(one.upload.name)
        if one.is_deferred:
            st.caption(_deferred(named=bool(one.speakers)), width="content")
            return
        facts = (
            say_many("{n} turn", "{n} turns", one.turns),
            say_many("{n} spoken word", "{n} spoken words", one.words),
            say_many("{n} speaker", "{n} speakers", len(one.speakers)),
        )
        st.caption(" · ".join(facts), width="content")


def _deferred(*, named: bool) -> str:
    if named:
        return say("Large: its beginning was read, for those who speak, below. The rest is read with the work.")
    return say("Large: its beginning was read, and nobody is named there. The rest is read with the work.")


def _engine(app: App) -> str:
    chosen = str(st.session_state.get(ENGINE))
    return chosen if chosen in app.engines else app.default_engine


def _submit(app: App) -> None:
    """Submit what is there now: text typed a moment before the click is in the state, not yet on the page."""
    try:
        st.session_state[SUBMITTED] = app.queue.submit(_request(app))
    except JourneyError as error:
        st.session_state[REFUSAL] = str(error)
        return
    attached.clear()
    for key in (TEXT, TITLED, INSTRUCTIONS):
        st.session_state[key] = ""


def _request(app: App) -> Request:
    recognised = recognise_all(app)
    accepted = [one for one in recognised if not one.refusal]
    if not accepted:
        raise SourceError("There is nothing to draw from yet: paste a transcript, add a file, or try the sample.")
    if is_mixed(recognised):
        raise SourceError(MIXED)
    offered, is_model = speakers(accepted), _engine(app) == LlmEngine.name
    return Request(
        uploads=_uploads(app, accepted),
        engine=_engine(app),
        instructions=str(st.session_state.get(INSTRUCTIONS) or "").strip(),
        title=str(st.session_state.get(TITLED) or "").strip(),
        redact=is_redacting(app.settings),
        budget=chosen_budget(app.settings) if is_model else None,
        thorough=is_model and is_thorough(),
        roles=corrections(offered, {speaker.name: chosen_role(speaker) for speaker in offered}),
    )


def _uploads(app: App, accepted: list[Recognised]) -> tuple[Upload, ...]:
    """Return what is submitted: pictures as the user framed them, transcripts as they came."""
    framed = tuple(attached.as_framed(app, one) for one in attached.pictures())
    return framed or tuple(one.upload for one in accepted)
