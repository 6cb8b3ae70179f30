"""The pages as their users meet them, with real jobs on a real store; the engine alone does as it is told."""

from __future__ import annotations

import ast
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit import config
from streamlit.testing.v1 import AppTest

from journey import bootstrap, sources
from journey.engines.scripted import ScriptedEngine
from journey.errors import EngineRefused, StoreOwned
from journey.jobs.job import Job, JobState
from journey.jobs.queue import JobQueue
from journey.jobs.store import JobStore
from journey.model import Request, Role, Upload
from journey.settings import Settings
from journey.ui import session
from journey.ui.samples import sample_transcript
from journey.ui.wording import plain

ROOT = Path(__file__).parents[1]
TRANSCRIPT = "Interviewer: How did it go?\nAnna: I called the shop on Monday.\nAnna: Then I went there myself.\n"
HOSTILE = "![x](http://127.0.0.1/a.png) <img src=x onerror=alert(1)> :red[now] $x$"


@pytest.fixture(autouse=True)
def _closed_library() -> Iterator[None]:
    """Every test opens its own library; the cache would hand it the one before."""
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> ScriptedEngine:
    """The engine behind the name "local" in this test."""
    scripted = ScriptedEngine()
    monkeypatch.setattr(bootstrap, "offered_engines", lambda settings: {"local": scripted})
    return scripted


def visit(page: str = "", **query: str) -> AppTest:
    visitor = AppTest.from_file(ROOT / "app.py", default_timeout=30)
    if page:
        visitor.run()
        visitor.switch_page(f"pages/{page}.py")
    for name, value in query.items():
        visitor.query_params[name] = value
    return visitor.run()


def submit(text: str = TRANSCRIPT, *, title: str = "") -> AppTest:
    visitor = visit()
    visitor.text_area(key="new_text").set_value(text).run()
    visitor.text_input(key="new_title").set_value(title)
    visitor.button(key="submit").click().run()
    assert not visitor.exception
    return visitor


def keep_looking(visitor: AppTest, sees: Callable[[], object], *, seconds: float = 20) -> None:
    """Poll as the fragment does."""
    until = time.monotonic() + seconds
    while not sees():
        assert time.monotonic() < until, words(visitor)
        time.sleep(0.1)
        visitor.run()
    assert not visitor.exception


def words(visitor: AppTest) -> str:
    """Everything a page says."""
    shown = [visitor.title, visitor.subheader, visitor.markdown, visitor.caption, visitor.text, visitor.code]
    alerts = [visitor.error, visitor.info, visitor.warning, visitor.success]
    return "\n".join(str(element.value) for kind in (*shown, *alerts) for element in kind)


def has_download(visitor: AppTest) -> bool:
    return any(button.label == "JSON" for button in visitor.download_button)


def queue() -> JobQueue:
    return session.current_app().queue


def test_a_transcript_becomes_a_map_under_an_address_that_a_second_tab_and_the_library_open(
    engine: ScriptedEngine,
) -> None:
    engine.pace = 1.5
    visitor = submit(title="Anna's shop")
    assert visitor.title[0].value == "Anna's shop"
    assert visitor.progress[0].text == "Starting analysis..."
    assert any('role="status"' in html.value for html in visitor.html)
    keep_looking(visitor, lambda: visitor.progress and "Processing..." in visitor.progress[0].text)
    keep_looking(visitor, lambda: has_download(visitor))
    assert not visitor.progress, "polling ends in a terminal state"
    second = visit("journey", job=visitor.query_params["job"])
    assert second.title[0].value == "Anna's shop"
    assert has_download(second)
    assert [link.label for link in visit("library").page_link] == ["Anna's shop"]


def test_findings_are_shown_while_the_job_runs(engine: ScriptedEngine) -> None:
    engine.pace = 2
    visitor = submit()
    keep_looking(visitor, lambda: engine.calls)
    engine.pace = 60  # of the second call: the job runs as long as it takes to look
    keep_looking(visitor, lambda: any("I called the shop" in text.value for text in visitor.text))
    assert visitor.progress, "it still runs"


def test_an_unknown_job_is_answered_with_where_to_go(engine: ScriptedEngine) -> None:
    visitor = visit("journey", job="0123456789abcdef")
    assert visitor.title[0].value == "Nothing is here"
    assert "0123456789abcdef" in words(visitor)
    assert {link.label for link in visitor.page_link} >= {"Open the library", "Draw a new journey"}


def test_without_a_job_the_page_leads_to_the_first_one(engine: ScriptedEngine) -> None:
    visitor = visit("journey")
    assert visitor.title[0].value == "No journey is open"
    assert [link.label for link in visitor.page_link] == ["Draw the first journey"]


def test_a_failure_is_one_sentence_with_what_was_kept_and_retry_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    failing = ScriptedEngine(failures=[EngineRefused("The model server refused the key.")])
    monkeypatch.setattr(bootstrap, "offered_engines", lambda settings: {"local": failing})
    visitor = submit()
    keep_looking(visitor, lambda: visitor.error)
    assert visitor.error[0].value == "The model server refused the key."
    assert "Kept: your text" in words(visitor)
    visitor.button(key="retry").click().run()
    keep_looking(visitor, lambda: has_download(visitor))


def test_a_cancelled_job_can_be_retried_or_deleted_and_brought_back(engine: ScriptedEngine) -> None:
    engine.pace = 30
    visitor = submit()
    visitor.button(key="cancel").click().run()
    keep_looking(visitor, lambda: "You cancelled this" in words(visitor))
    visitor.button(key="delete").click().run()
    assert "can be brought back" in words(visitor)
    visitor.button(key="restore").click().run()
    engine.pace = 0
    visitor.button(key="retry").click().run()
    keep_looking(visitor, lambda: has_download(visitor))


def test_a_refused_file_says_why_and_does_not_block_the_others(engine: ScriptedEngine) -> None:
    visitor = visit()
    visitor.file_uploader[0].upload("talk.txt", TRANSCRIPT.encode())
    visitor.file_uploader[0].upload("empty.txt", b" \n").run()
    assert any("empty" in error.value for error in visitor.error)
    assert "3 turns" in words(visitor)
    visitor.button(key="submit").click().run()
    (job,) = queue().jobs()
    assert [upload.name for upload in queue().request(job.id).uploads] == ["talk.txt"]


def test_a_refused_text_alone_is_not_said_to_have_speakers(engine: ScriptedEngine) -> None:
    visitor = visit()
    visitor.text_area(key="new_text").set_value("12 34 !!").run()
    assert any("no words" in error.value for error in visitor.error)
    assert "Nobody is named" not in words(visitor)


def test_a_waiting_job_says_how_many_are_ahead_of_it(engine: ScriptedEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOURNEY_WORKERS", "1")
    engine.pace = 60
    first = submit("Anna: I called.")
    keep_looking(first, lambda: "You can leave or close this page" in words(first))
    assert "Next in the queue." in words(submit("Anna: I wrote."))
    assert "1 job ahead of this one." in words(submit("Anna: I waited."))


def test_text_and_files_make_one_journey(engine: ScriptedEngine) -> None:
    visitor = visit()
    visitor.file_uploader[0].upload("second.txt", TRANSCRIPT.encode()).run()
    visitor.text_area(key="new_text").set_value("Ben: I waited for a week.").run()
    visitor.button(key="submit").click().run()
    (job,) = queue().jobs()
    assert [upload.name for upload in queue().request(job.id).uploads] == ["Pasted text", "second.txt"]


def test_an_upload_is_kept_in_the_run_that_receives_it_and_outlives_a_switch_of_pages(engine: ScriptedEngine) -> None:
    visitor = visit()
    visitor.file_uploader[0].upload("talk.txt", TRANSCRIPT.encode()).run()
    visitor.switch_page("pages/library.py").run()
    visitor.switch_page("pages/new.py").run()
    assert any(text.value == "talk.txt" for text in visitor.text)
    next(button for button in visitor.button if button.label == "Remove").click().run()
    assert not any(text.value == "talk.txt" for text in visitor.text)


def test_what_was_typed_survives_a_look_at_another_page(engine: ScriptedEngine) -> None:
    visitor = visit()
    visitor.text_area(key="new_text").set_value(TRANSCRIPT).run()
    visitor.switch_page("pages/settings.py").run()
    visitor.switch_page("pages/new.py").run()
    assert visitor.text_area(key="new_text").value == TRANSCRIPT


def test_a_corrected_role_reaches_the_request_and_the_others_stay_as_recognised(engine: ScriptedEngine) -> None:
    visitor = visit()
    visitor.text_area(key="new_text").set_value(TRANSCRIPT).run()
    assert [box.value for box in visitor.selectbox] == [Role.PARTICIPANT, Role.INTERVIEWER]
    visitor.selectbox[0].select(Role.OTHER).run()
    assert any("Nobody here is the customer" in warning.value for warning in visitor.warning)
    visitor.button(key="submit").click().run()
    (job,) = queue().jobs()
    assert queue().request(job.id).roles == {"Anna": Role.OTHER}


def test_title_and_instructions_reach_the_request(engine: ScriptedEngine) -> None:
    visitor = visit()
    visitor.text_area(key="new_text").set_value(TRANSCRIPT)
    visitor.text_input(key="new_title").set_value("  A title ")
    visitor.text_input(key="new_instructions").set_value("The actor is Anna")
    visitor.button(key="submit").click().run()
    (job,) = queue().jobs()
    request = queue().request(job.id)
    assert (request.title, request.instructions) == ("A title", "The actor is Anna")


def test_submitting_nothing_says_what_to_do(engine: ScriptedEngine) -> None:
    visitor = visit()
    visitor.button(key="submit").click().run()
    assert "There is nothing to draw from yet" in visitor.error[0].value
    assert queue().jobs() == []


def test_where_the_text_goes_is_said_before_submitting(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Your text: **stays on this machine**" in words(visit())
    st.cache_resource.clear()
    monkeypatch.setenv("OPENAI_BASE_URL", "http://models.example:8080/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-7")
    visitor = visit()
    assert "Your text: **is sent to models.example**" in words(visitor)
    visitor.radio(key="new_engine").set_value("local").run()
    assert "Your text: **stays on this machine**" in words(visitor)
    settings = visit("settings")
    assert "Your text is sent to models.example." in words(settings)
    assert "sk-secret-7" not in words(settings)


def test_limits_are_on_screen(engine: ScriptedEngine) -> None:
    assert sources.LIMITS in words(visit())


def test_the_sample_is_an_interview_whose_roles_are_recognised(engine: ScriptedEngine) -> None:
    assert 700 <= len(sample_transcript().split()) <= 1000
    visitor = visit()
    next(button for button in visitor.button if button.label == "Try a sample").click().run()
    assert visitor.text_area(key="new_text").value == sample_transcript()
    assert [box.value for box in visitor.selectbox] == [Role.PARTICIPANT, Role.INTERVIEWER]


def test_a_text_without_a_journey_gets_the_reason_and_what_would_help(engine: ScriptedEngine) -> None:
    visitor = submit("Interviewer: Where did it begin?\nInterviewer: And then?\n")
    keep_looking(visitor, lambda: "What would help" in words(visitor))
    assert "Nobody but an interviewer says anything here." in words(visitor)
    assert "Where did it begin?" in words(visitor), "the source is shown"


def test_deleting_in_the_library_can_be_undone(engine: ScriptedEngine) -> None:
    visitor = submit(title="Anna's shop")
    keep_looking(visitor, lambda: has_download(visitor))
    visitor.button(key="delete").click().run()
    visitor.switch_page("pages/library.py").run()
    assert "Deleted: Anna's shop" in words(visitor)
    visitor.button(key="undo-delete").click().run()
    assert [link.label for link in visitor.page_link] == ["Anna's shop"]


def test_the_library_draws_one_page_of_thousands_of_rows_and_finds_by_title(engine: ScriptedEngine) -> None:
    now = time.time()
    records = queue().store.records
    kept = Request(uploads=(Upload(name="a.txt", sha256=queue().keep(b"a")),))
    for number in range(500):
        job = Job(id=f"job{number}", title=f"Number {number}", request=str(number), created=now, not_before=now + 900)
        records.add(job, kept)
    visitor = visit("library")
    assert len(visitor.page_link) == 20
    began = time.monotonic()
    visitor.text_input(key="library_search").set_value("number 333").run()
    assert time.monotonic() - began < 5
    assert [link.label for link in visitor.page_link] == ["Number 333"]


def test_words_from_outside_are_never_markup(engine: ScriptedEngine) -> None:
    visitor = submit(f"{TRANSCRIPT}Anna: {HOSTILE}", title=HOSTILE)
    keep_looking(visitor, lambda: has_download(visitor))
    assert visitor.title[0].value == plain(HOSTILE)
    assert [link.label for link in visit("library").page_link] == [plain(HOSTILE)]


def test_clearing_the_caches_starts_no_second_set_of_workers(engine: ScriptedEngine) -> None:
    visit()
    before = sorted(thread.name for thread in threading.enumerate() if thread.name.startswith("journey"))
    st.cache_resource.clear()
    visit()
    assert sorted(thread.name for thread in threading.enumerate() if thread.name.startswith("journey")) == before
    assert session.open_session().owns_workers


def test_beside_the_owner_of_the_library_the_app_is_a_client_until_the_owner_leaves(engine: ScriptedEngine) -> None:
    owner = bootstrap.open_app(Settings.from_env(), own_workers=True)
    assert "Another running program works on the jobs" in words(visit("settings"))
    visitor = submit()
    keep_looking(visitor, lambda: has_download(visitor))
    owner.queue.close()
    assert "This program works on the jobs" in words(visit("settings"))
    with pytest.raises(StoreOwned):
        bootstrap.open_app(Settings.from_env(), own_workers=True)


def test_a_data_folder_that_cannot_be_used_is_a_sentence_and_not_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("JOURNEY_HOME", str(tmp_path / "file"))
    visitor = visit()
    assert visitor.error
    assert not visitor.exception
    monkeypatch.setenv("JOURNEY_WORKERS", "many")
    assert "JOURNEY\\_WORKERS must be a number" in visit().error[0].value


@pytest.mark.parametrize("page", ["", "journey", "library", "settings"])
def test_every_page_says_once_that_the_disk_is_full(
    engine: ScriptedEngine, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setattr(JobStore, "is_short", True)
    assert words(visit(page)).count("The disk is full") == 1


def test_workers_are_daemons_so_that_the_server_can_leave(engine: ScriptedEngine) -> None:
    visit()
    threads = [thread for thread in threading.enumerate() if thread.name.startswith("journey")]
    assert threads
    assert all(thread.daemon for thread in threads)


@pytest.mark.parametrize("path", [ROOT / "app.py", *sorted(ROOT.glob("pages/*.py"))], ids=lambda path: path.name)
def test_a_page_imports_only_streamlit_the_standard_library_and_this_package(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert {name.partition(".")[0] for name in names} - sys.stdlib_module_names <= {"streamlit", "journey"}


def test_the_configuration_keeps_the_app_private_and_its_polls_cheap() -> None:
    config.get_config_options(force_reparse=True)
    assert config.get_option("server.address") == "127.0.0.1"
    assert config.get_option("browser.gatherUsageStats") is False
    assert config.get_option("runner.postScriptGC") is False


def test_every_state_has_a_word() -> None:
    from journey.ui.wording import STATES

    assert set(STATES) == set(JobState)


def test_the_store_is_closed_when_the_caches_are_cleared(engine: ScriptedEngine) -> None:
    visit()
    st.cache_resource.clear()
    owner = JobQueue(JobStore(Settings.from_env().home), draw=lambda request, load, work: pytest.fail("no job"))
    owner.start()
    owner.close()
