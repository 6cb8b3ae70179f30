"""The parts of the settings page: engines, the key, the store and its workers, and what sharing the app means."""

from __future__ import annotations

import streamlit as st

from journey.bootstrap import App
from journey.engines.llm import LlmEngine
from journey.engines.llm.prices import find_price, price_date
from journey.errors import JourneyError
from journey.settings import Settings
from journey.ui.intake_form import destination
from journey.ui.language import say, say_many
from journey.ui.session import REFUSAL, Session
from journey.ui.wording import duration, engine_name, money, plain, size

MODELS = "settings_models"

SET_A_KEY = """\
# {key}
export OPENAI_API_KEY=...
# {server}
export OPENAI_BASE_URL=http://...
# {optional}
export OPENAI_MODEL=...
streamlit run app.py"""


def show_engines(app: App) -> None:
    """List the engines with the model in use and where each one's text goes."""
    st.header(say("Engines"), anchor=False)
    for name, engine in app.engines.items():
        with st.container(border=True):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"**{engine_name(name).capitalize()}**")
                if name == app.default_engine:
                    st.badge(say("Used unless you choose another"), color="primary")
            if name != "local":
                st.text(say("Model: {model}", model=app.settings.model))
                st.caption(plain(_spending(app.settings)))
            st.text(say("Your text {goes}.", goes=destination(engine.destination)))
            if isinstance(engine, LlmEngine):
                _offer_models(engine)


def _spending(settings: Settings) -> str:
    price = find_price(settings.model)
    if price is None:
        return say(
            "Its price is not known here: a job stops at {n} tokens unless you say otherwise.", n=settings.token_budget
        )
    return say(
        "{sent} for 1,000,000 tokens sent, {received} received, on {day}. "
        "A job stops at {budget} unless you say otherwise.",
        sent=money(price.sent),
        received=money(price.received),
        day=price_date(),
        budget=money(settings.budget),
    )


def _offer_models(engine: LlmEngine) -> None:
    """List the server's models when asked to: looking is a request to the server, so it is the user's to make."""
    label = say("List the server's models")
    st.button(label, key="list-models", on_click=_list_models, args=(engine,), type="tertiary")
    if MODELS not in st.session_state:
        return
    models: tuple[str, ...] = st.session_state[MODELS]
    st.caption(
        say_many(
            "{n} model. Set OPENAI_MODEL to it and start the app again.",
            "{n} models. Set OPENAI_MODEL to one of them and start the app again.",
            len(models),
        )
    )
    st.code("\n".join(models) or say("none"), language=None, wrap_lines=True)


def _list_models(engine: LlmEngine) -> None:
    st.session_state.pop(MODELS, None)
    try:
        st.session_state[MODELS] = engine.models()
    except JourneyError as error:
        st.session_state[REFUSAL] = str(error)


def show_key_help(app: App) -> None:
    """Say how a key is given, and that this app neither keeps nor shows it."""
    if app.settings.has_model:
        st.caption(say("A model is set up. To use another, set it in the environment and start the app again:"))
    else:
        st.caption(
            say(
                "No model is set up: everything stays on this machine. "
                "To use one, set it in the environment and start the app again:"
            )
        )
    notes = {
        "key": say("the key, or"),
        "server": say("your own OpenAI-compatible server"),
        "optional": say("optional"),
    }
    st.code(SET_A_KEY.format(**notes), language=None, wrap_lines=True)
    st.caption(say("The key is read from the environment only: it is never stored by this app, and never shown."))


def show_health(session: Session) -> None:
    """Show who works on the jobs and how much room is left."""
    health = session.app.queue.health()
    st.header(say("Workers and storage"), anchor=False)
    if session.owns_workers:
        st.success(
            say_many(
                "This program works on the jobs, with {n} worker.",
                "This program works on the jobs, with {n} workers.",
                health.workers,
            )
        )
    elif health.is_owned:
        st.info(say("Another running program works on the jobs of this folder; this one shows them and can submit."))
    else:
        st.warning(say("No running program works on the jobs of this folder just now."))
    running, queued, used, free = st.columns(4)
    running.metric(say("Running"), health.running)
    queued.metric(say("Waiting"), health.queued)
    used.metric(say("Library"), size(health.store_bytes))
    free.metric(say("Free"), size(health.free_bytes))


def show_folder(app: App) -> None:
    """Say where the library lies, how long things are kept, and how long a job may run."""
    settings = app.settings
    st.markdown(f"**{say('Data folder')}**")
    st.code(str(settings.home), language=None, wrap_lines=True)
    st.caption(
        say(
            "Journeys and their transcripts are kept until you delete them. Failed and cancelled jobs go after "
            "{days} days. A job may run for {time}. {variables} change this.",
            days=f"{settings.keep_days:g}",
            time=duration(settings.job_timeout),
            variables="JOURNEY\\_HOME, JOURNEY\\_KEEP\\_DAYS, JOURNEY\\_JOB\\_TIMEOUT, JOURNEY\\_WORKERS",
        )
    )


def show_sharing() -> None:
    """Warn before the app is opened to others."""
    st.header(say("Sharing"), anchor=False)
    st.warning(
        say(
            "The app answers this machine only. If you open it to others (server.address in .streamlit/config.toml), "
            "every visitor sees, renames and deletes the same library: there is no sign-in yet."
        )
    )
