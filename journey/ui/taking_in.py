"""The way in: files of journeys, dropped on the library, are kept at once, and the page says what came of them."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from journey.archives import import_archive, is_archive, told
from journey.bootstrap import App
from journey.errors import JourneyError
from journey.imports import ENGINE, SUFFIXES, read_journey
from journey.library import Library
from journey.ui.language import say, say_below
from journey.ui.wording import plain

MOST_MEGABYTES = 500
"""Of an archive; a file of one journey is refused from 20 MB."""

_ROUND, _NEWS = "import_round", "import_news"
"""How often files were taken in, so that the field is empty again; and what came of the last ones."""


def ask_files(app: App) -> None:
    """Ask for files, and take in what is dropped."""
    key = f"import-{st.session_state.get(_ROUND, 0)}"
    with st.popover(say("Import"), icon=":material/upload:"):
        st.caption(
            say(
                "Journeys of this program, archives of a library, tables of a journey map (.csv, .xlsx), "
                "Mermaid journeys, CJML."
            )
        )
        st.file_uploader(
            say("Files with journeys"),
            key=key,
            type=[suffix.removeprefix(".") for suffix in (*SUFFIXES, ".zip")],
            accept_multiple_files=True,
            max_upload_size=MOST_MEGABYTES,
            on_change=_take_in,
            args=(app.library, key),
            label_visibility="collapsed",
        )


def show_news() -> None:
    """Say once what came of the files taken in last."""
    news: list[tuple[str, str | None]] = st.session_state.pop(_NEWS, [])
    for sentence, job_id in news:
        if job_id is None:
            st.info(plain(sentence))
        else:
            with st.container(border=True, horizontal=True, vertical_alignment="center"):
                st.text(sentence, width="stretch")
                st.page_link(
                    "pages/journey.py", label=say("Open it"), query_params={"job": job_id}, icon=":material/route:"
                )


def _take_in(library: Library, key: str) -> None:
    """Keep what was dropped, and empty the field."""
    news: list[tuple[str, str | None]] = []
    for file in st.session_state.get(key) or []:
        try:
            news += _keep(library, file.name, file.getvalue())
        except JourneyError as error:
            news.append((f"{file.name}: {say_below(str(error))}", None))
    st.session_state[_NEWS] = news
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _keep(library: Library, name: str, content: bytes) -> Iterator[tuple[str, str | None]]:
    if is_archive(content):
        yield " ".join(map(say_below, told(import_archive(library, content)))), None
        return
    journey = read_journey(name, content)
    job_id = library.take_in(journey)
    taken = say("Taken in from {name}.", name=name)
    notes = " ".join(map(say_below, journey.run.warnings)) if journey.run.engine == ENGINE else taken
    yield f"{journey.title}: {notes}", job_id
