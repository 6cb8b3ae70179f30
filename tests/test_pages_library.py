"""The library page takes files in and hands everything out; what came of it is said in words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from journey.archives import export_library
from journey.exports import FORMATS, to_json
from journey.jobs.queue import JobQueue
from journey.library import Library
from journey.ui import downloads, taking_in
from journey.ui.session import current_app
from tests.jobs_parts import draw_at_once, small_store
from tests.journeys import full_journey
from tests.sample_journeys import rich_journey

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _no_cached_library() -> Iterator[None]:
    """Every test opens its own library; the cache would hand it the one before."""
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[JobQueue]:
    queue = JobQueue(small_store(tmp_path / "store"), draw=draw_at_once)
    yield queue
    queue.close()


def test_every_format_is_offered_once() -> None:
    offered = [name for names in downloads.GROUPS.values() for name in names]
    assert sorted(offered) == sorted(FORMATS)


def test_what_is_taken_in_is_named_and_leads_to_its_page(queue: JobQueue) -> None:
    library = Library(queue)
    (said,) = taking_in._keep(library, "map.csv", FORMATS["csv"].to_bytes(full_journey()))
    sentence, job_id = said
    assert sentence.startswith("map: Taken in from map.csv.")
    assert job_id is not None
    assert len(library.open(job_id).phases) == 2


def test_an_archive_is_told_in_one_sentence(queue: JobQueue, tmp_path: Path) -> None:
    other = JobQueue(small_store(tmp_path / "other"), draw=draw_at_once)
    elsewhere, out = Library(other), io.BytesIO()
    elsewhere.take_in(rich_journey())
    export_library(elsewhere, other, out)
    other.close()
    assert list(taking_in._keep(Library(queue), "all.zip", out.getvalue())) == [("1 journey was taken in.", None)]


def visit() -> AppTest:
    visitor = AppTest.from_file(ROOT / "app.py", default_timeout=60).run()
    return visitor.switch_page("pages/library.py").run()


def test_a_map_that_came_without_words_says_so_and_has_nothing_to_draw_again() -> None:
    page = visit()
    table = "Phase,Look,Buy\nActions,Opens the shop,Pays\n"
    page.file_uploader[0].upload("table.csv", table.encode(), "text/csv").run()
    page.query_params["job"] = current_app().library.rows()[0].id
    page.switch_page("pages/journey.py").run()
    assert not page.exception
    said = "\n".join(caption.value for caption in page.caption)
    assert "no quotes" in said
    assert "table.csv came without the words that its map rests on." in said
    assert "there is nothing to draw again" in said
    assert "Draw again" not in [button.label for button in page.button]


def test_a_file_dropped_on_the_page_is_kept_once_and_the_field_is_empty_again() -> None:
    page = visit()
    assert not page.exception
    page.file_uploader[0].upload("map.json", to_json(full_journey()).encode(), "application/json").run()
    assert not page.exception
    assert "Anna books a room: Taken in from map.json." in [text.value for text in page.text]
    assert {link.label for link in page.page_link} == {"Open it", "Anna books a room"}
    assert page.file_uploader[0].value in (None, [])
    page.run()
    assert [link.label for link in page.page_link] == ["Anna books a room"]


def test_a_file_with_no_journey_is_refused_in_words() -> None:
    page = visit()
    page.file_uploader[0].upload("diary.csv", b"Dear diary", "text/csv").run()
    assert not page.exception
    assert "No journey map was found" in page.info[0].value


def test_everything_leaves_as_an_archive_that_opens() -> None:
    page = visit()
    page.file_uploader[0].upload("map.json", to_json(full_journey()).encode(), "application/json").run()
    with zipfile.ZipFile(io.BytesIO(downloads._pack(current_app()))) as archive:
        assert "manifest.json" in archive.namelist()
