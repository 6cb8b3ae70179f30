"""Pictures on the pages: taken in, framed, put in order, refused beside transcripts, submitted as they were framed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pytest
import streamlit as st
from PIL import Image
from streamlit.testing.v1 import AppTest

from journey import bootstrap
from journey.engines.scripted import ScriptedEngine
from journey.jobs.queue import JobQueue
from journey.model import Box, Request
from journey.pipeline import MIXED
from journey.sources.reframing import Framing
from journey.ui import attached, session
from tests.picture_samples import HEIGHT, WIDTH, png
from tests.test_pages import TRANSCRIPT, visit, words


@pytest.fixture(autouse=True)
def _closed_library() -> Iterator[None]:
    """Every test opens its own library; the cache would hand it the one before."""
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture(autouse=True)
def _engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that never ends, so that nothing is read here."""
    monkeypatch.setattr(bootstrap, "offered_engines", lambda settings: {"local": ScriptedEngine(pace=600)})


def queue() -> JobQueue:
    return session.current_app().queue


def dropped(*files: tuple[str, bytes]) -> AppTest:
    visitor = visit()
    for name, content in files:
        visitor.file_uploader[0].upload(name, content)
    visitor.run()
    assert not visitor.exception
    return visitor


def press(visitor: AppTest, label: str, *, at: int = 0) -> None:
    [button for button in visitor.button if button.label == label][at].click().run()
    assert not visitor.exception


def submitted(visitor: AppTest) -> Request:
    visitor.button(key="submit").click().run()
    assert not visitor.exception
    (job,) = queue().jobs()
    return queue().request(job.id)


def pdf(pages: int) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(200, 100)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def photo_with_a_place() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    out = io.BytesIO()
    Image.new("RGB", (80, 40), "#4477aa").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_picture_is_shown_to_be_framed_and_not_read_while_the_user_looks_on() -> None:
    visitor = dropped(("wall.png", png()))
    assert "**Pictures**" in words(visitor)
    assert "wall.png" in [text.value for text in visitor.text]
    assert "**What was recognised**" not in words(visitor)
    assert "Your pictures: **stay on this machine**" in words(visitor)


@pytest.mark.slow
def test_what_is_kept_of_a_photo_is_its_pixels_alone() -> None:
    request = submitted(dropped(("photo.jpg", photo_with_a_place())))
    assert b"taken at home" not in queue().store.files.load(request.uploads[0].sha256)


@pytest.mark.slow
def test_several_pictures_are_one_job_in_the_order_the_user_gave_them() -> None:
    visitor = dropped(("one.png", png()), ("two.png", png(size=(900, 500))))
    press(visitor, "Later")
    assert [upload.name for upload in submitted(visitor).uploads] == ["two.png", "one.png"]


@pytest.mark.slow
def test_the_same_picture_twice_is_one() -> None:
    assert len(submitted(dropped(("a.png", png()), ("b.png", png()))).uploads) == 1


@pytest.mark.slow
def test_a_picture_can_be_left_out_again() -> None:
    visitor = dropped(("one.png", png()), ("two.png", png(size=(900, 500))))
    press(visitor, "Remove", at=1)
    assert [upload.name for upload in submitted(visitor).uploads] == ["one.png"]


@pytest.mark.slow
def test_a_picture_is_submitted_as_it_was_turned_and_cut() -> None:
    visitor = dropped(("wall.png", png()))
    (picture,) = visitor.session_state[attached.FILES]
    framing = Framing(turned=90, box=Box(x=0, y=0, w=0.5, h=1))
    visitor.session_state[attached.FILES] = [replace(picture, framing=framing)]
    request = submitted(visitor.run())
    kept = Image.open(io.BytesIO(queue().store.files.load(request.uploads[0].sha256)))
    assert kept.size == (HEIGHT // 2, WIDTH)


def test_pictures_and_transcripts_together_are_refused_before_anything_is_submitted() -> None:
    visitor = dropped(("wall.png", png()), ("talk.txt", TRANSCRIPT.encode()))
    assert MIXED in [error.value for error in visitor.error]
    visitor.button(key="submit").click().run()
    assert queue().jobs() == []
    assert any("Pictures and transcripts" in error.value for error in visitor.error)


@pytest.mark.slow
def test_a_picture_beside_a_pasted_text_is_refused_too() -> None:
    visitor = dropped(("wall.png", png()))
    visitor.text_area(key="new_text").set_value(TRANSCRIPT).run()
    assert MIXED in [error.value for error in visitor.error]


def test_a_picture_that_cannot_be_opened_keeps_its_sentence_and_does_not_stop_the_others() -> None:
    visitor = dropped(("wall.png", png()), ("torn.png", png()[:500]))
    assert any("torn.png" in error.value for error in visitor.error)
    visitor.run()
    assert any("torn.png" in error.value for error in visitor.error), "it stays until it is removed"
    assert [upload.name for upload in submitted(visitor).uploads] == ["wall.png"]


@pytest.mark.slow
def test_pages_of_a_pdf_are_chosen_by_what_they_look_like() -> None:
    visitor = dropped(("plan.pdf", pdf(3)))
    assert [box.label for box in visitor.checkbox] == ["Page 1", "Page 2", "Page 3"]
    visitor.checkbox[0].uncheck()
    visitor.checkbox[1].check()
    visitor.checkbox[2].check()
    press(visitor, "Use these pages")
    assert [upload.name for upload in submitted(visitor).uploads] == ["plan, page 2", "plan, page 3"]


@pytest.mark.slow
def test_a_pdf_of_one_page_is_a_picture_like_any() -> None:
    visitor = dropped(("plan.pdf", pdf(1)))
    assert not visitor.checkbox
    assert [upload.name for upload in submitted(visitor).uploads] == ["plan.pdf"]


@pytest.mark.slow
def test_pictures_survive_a_look_at_another_page_and_are_gone_once_submitted() -> None:
    visitor = dropped(("wall.png", png()))
    visitor.switch_page("pages/library.py").run()
    visitor.switch_page("pages/new.py").run()
    assert "**Pictures**" in words(visitor)
    submitted(visitor)
    assert visitor.session_state[attached.FILES] == []
