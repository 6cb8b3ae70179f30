"""The parts of the settings page: engines, the key, the store and its workers, and what sharing the app means."""

from __future__ import annotations

import streamlit as st

from journey.bootstrap import App
from journey.engines.llm import LlmEngine
from journey.engines.llm.prices import find_price, price_date
from journey.errors import JourneyError
from journey.model.bill import dollars
from journey.settings import Settings
from journey.ui.intake_form import destination
from journey.ui.session import REFUSAL, Session
from journey.ui.wording import counted, duration, plain, size

MODELS = "settings_models"

SET_A_KEY = """\
export OPENAI_API_KEY=...            # the key, or
export OPENAI_BASE_URL=http://...    # your own OpenAI-compatible server
export OPENAI_MODEL=...              # optional
streamlit run app.py"""


def show_engines(app: App) -> None:
    """List the engines with the model in use and where each one's text goes."""
    st.header("Engines", anchor=False)
    for name, engine in app.engines.items():
        with st.container(border=True):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"**{name.capitalize()}**")
                if name == app.default_engine:
                    st.badge("Used unless you choose another", color="primary")
            if name != "local":
                st.text(f"Model: {app.settings.model}")
                st.caption(plain(_spending(app.settings)))
            st.text(f"Your text {destination(engine.destination)}.")
            if isinstance(engine, LlmEngine):
                _offer_models(engine)


def _spending(settings: Settings) -> str:
    price = find_price(settings.model)
    if price is None:
        return f"Its price is not known here: a job stops at {settings.token_budget:,} tokens unless you say otherwise."
    return (
        f"{dollars(price.sent)} for 1,000,000 tokens sent, {dollars(price.received)} received, on {price_date()}. "
        f"A job stops at {dollars(settings.budget)} unless you say otherwise."
    )


def _offer_models(engine: LlmEngine) -> None:
    """List the server's models when asked to: looking is a request to the server, so it is the user's to make."""
    st.button("List the server's models", key="list-models", on_click=_list_models, args=(engine,), type="tertiary")
    if MODELS not in st.session_state:
        return
    models: tuple[str, ...] = st.session_state[MODELS]
    st.caption(f"{counted(len(models), 'model')}. Set OPENAI_MODEL to one of them and start the app again.")
    st.code("\n".join(models) or "none", language=None, wrap_lines=True)


def _list_models(engine: LlmEngine) -> None:
    st.session_state.pop(MODELS, None)
    try:
        st.session_state[MODELS] = engine.models()
    except JourneyError as error:
        st.session_state[REFUSAL] = str(error)


def show_key_help(app: App) -> None:
    """Say how a key is given, and that this app neither keeps nor shows it."""
    state = "A model is set up." if app.settings.has_model else "No model is set up: everything stays on this machine."
    st.caption(f"{state} To use one, set it in the environment and start the app again:")
    st.code(SET_A_KEY, language=None, wrap_lines=True)
    st.caption("The key is read from the environment only: it is never stored by this app, and never shown.")


def show_health(session: Session) -> None:
    """Show who works on the jobs and how much room is left."""
    health = session.app.queue.health()
    st.header("Workers and storage", anchor=False)
    if session.owns_workers:
        st.success(f"This program works on the jobs, with {counted(health.workers, 'worker')}.")
    elif health.is_owned:
        st.info("Another running program works on the jobs of this folder; this one shows them and can submit.")
    else:
        st.warning("No running program works on the jobs of this folder just now.")
    running, queued, used, free = st.columns(4)
    running.metric("Running", health.running)
    queued.metric("Waiting", health.queued)
    used.metric("Library", size(health.store_bytes))
    free.metric("Free", size(health.free_bytes))


def show_folder(app: App) -> None:
    """Say where the library lies, how long things are kept, and how long a job may run."""
    settings = app.settings
    st.markdown("**Data folder**")
    st.code(str(settings.home), language=None, wrap_lines=True)
    st.caption(
        f"Journeys and their transcripts are kept until you delete them. Failed and cancelled jobs go after "
        f"{settings.keep_days:g} days. A job may run for {duration(settings.job_timeout)}. "
        "JOURNEY\\_HOME, JOURNEY\\_KEEP\\_DAYS, JOURNEY\\_JOB\\_TIMEOUT and JOURNEY\\_WORKERS change this."
    )


def show_sharing() -> None:
    """Warn before the app is opened to others."""
    st.header("Sharing", anchor=False)
    st.warning(
        "The app answers this machine only. If you open it to others (server.address in .streamlit/config.toml), every "
        "visitor sees, renames and deletes the same library: there is no sign-in yet."
    )
