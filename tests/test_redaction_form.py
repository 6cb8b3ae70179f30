"""What the page says of what leaves this machine, before the button is pressed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from journey.ui.redaction_form import PREVIEW, REDACT
from tests.faults.obedient import model
from tests.faults.server import ModelServer
from tests.faults.test_llm_redaction import SECRETS, TALK, leaked, observing
from tests.test_pages import has_download, keep_looking, visit, words

HOST = "http://models.example:8080/v1"


@pytest.fixture(autouse=True)
def _closed_library(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    st.cache_resource.clear()
    monkeypatch.setenv("OPENAI_BASE_URL", HOST)
    yield
    st.cache_resource.clear()


def paste(text: str = TALK, *, opened: bool = True) -> AppTest:
    visitor = visit()
    visitor.session_state[PREVIEW] = opened
    visitor.text_area(key="new_text").set_value(text).run()
    assert not visitor.exception
    return visitor


def shown(visitor: AppTest) -> str:
    """Return the text that would be sent; beside it the page names the speakers as they are."""
    return "\n".join(element.value for element in visitor.text if "[1] " in element.value)


def test_the_text_is_shown_as_it_would_be_sent_with_what_was_hidden_counted() -> None:
    visitor = paste()
    visitor.text_input(key="new_instructions").set_value("Ask for Yusuf").run()
    assert "The person you work for asks: Ask for Person_A" in shown(visitor)
    assert "I wrote from [e-mail 1] and Person_B called me at [phone 1]." in shown(visitor)
    assert (
        "Hidden: 2 names, 1 e-mail, 1 phone number, 1 card number, 1 bank account, 1 link, 1 other long number."
        in words(visitor)
    )
    assert not any(secret in shown(visitor) for secret in SECRETS)


def test_what_is_shown_is_what_reaches_the_server_to_the_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    with ModelServer(model(observing)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        visitor = paste()
        visitor.checkbox(key=REDACT).check().run()
        text = shown(visitor)
        visitor.button(key="submit").click().run()
        keep_looking(visitor, lambda: has_download(visitor))
    (asked,) = server.requests
    assert asked.text.split("===")[-3].strip() == text
    assert leaked(server) == set()
    assert visitor.title[0].value == "Nora Lind's order"


def test_it_is_chosen_already_where_the_text_leaves_the_users_network(monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = paste(opened=False)
    assert visitor.checkbox(key=REDACT).value
    assert "not on your own network" in words(visitor)
    st.cache_resource.clear()
    monkeypatch.setenv("OPENAI_BASE_URL", "http://192.168.1.7/v1")
    assert not paste(opened=False).checkbox(key=REDACT).value


def test_without_it_the_text_is_shown_as_it_is() -> None:
    visitor = paste()
    visitor.checkbox(key=REDACT).uncheck().run()
    assert "yusuf.demir@example.org" in shown(visitor)
    assert "Nothing is hidden" in words(visitor)


def test_words_from_outside_are_shown_as_text() -> None:
    visitor = paste("Anna: <img src=x onerror=alert(1)> ![x](b)\nBen: Yes.\nAnna: So.\nBen: No.\n")
    assert "<img src=x onerror=alert(1)> ![x](b)" in shown(visitor)


def test_nothing_of_this_is_asked_where_the_text_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = paste()
    visitor.radio(key="new_engine").set_value("local").run()
    assert not [box for box in visitor.checkbox if box.key == REDACT]
    assert not shown(visitor)
