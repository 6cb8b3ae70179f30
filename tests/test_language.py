"""One catalogue holds the interface's text: whole in every language, and each session is spoken to in its own."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from journey.ui.catalogue import INTERFACE, LANGUAGES, read_catalogue, script_words
from journey.ui.frontend import load
from tests.catalogue import PYTHON, SCRIPTS, faults, said

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _closed_library() -> Iterator[None]:
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def visitor(locale: str) -> AppTest:
    tested = AppTest.from_file(ROOT / "app.py", default_timeout=30)
    tested.context["locale"] = locale
    return tested


def titles(tested: AppTest, page: str) -> list[str]:
    return [title.value for title in tested.switch_page(f"pages/{page}.py").run().title]


DRAWS = {
    *("title", "header", "subheader", "caption", "markdown", "text", "badge", "metric", "error", "info", "warning"),
    *("success", "toast", "spinner", "expander", "popover", "dialog", "button", "download_button", "menu_button"),
    *("form_submit_button", "text_input", "text_area", "number_input", "selectbox", "multiselect", "radio", "checkbox"),
    *("toggle", "segmented_control", "pills", "file_uploader", "page_link", "progress", "Page", "set_page_config"),
}
"""What Streamlit draws words with; the first argument holds them, unless it names a page, or one of these does."""
WORDED = {"label", "help", "placeholder", "alt", "text", "title", "page_title", "body"}
SAYS = {"say", "say_many", "say_below", "entry"}
SCRIPTED = re.compile(
    r'(?:\.textContent = |"aria-label": |unseen\(|el\("(?:p|summary|b|button)", "[^"]*", )["`][A-Za-z]'
)


def bare(code: str) -> Iterator[str]:
    """Yield the words that are drawn without having been said.

    >>> list(bare('st.button("Go", help=say("Starts")); st.text(f"{n} steps"); st.caption(f":material/info: {told}")'))
    ['Go', ' steps']
    """
    for call in ast.walk(ast.parse(code)):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in DRAWS):
            continue
        if isinstance(call.func.value, ast.Name) and call.func.value.id == "log":
            continue
        first = call.args[:1] if call.func.attr not in {"Page", "page_link"} else []
        for drawn in (*first, *(word.value for word in call.keywords if word.arg in WORDED)):
            yield from (word for word in _constants(drawn) if re.search(r"[A-Za-z]{2}", ICON.sub("", word)))


ICON = re.compile(r":material/\w+:")


def _constants(drawn: ast.AST) -> Iterator[str]:
    """Yield the strings in an expression, but for what is said and what is looked up or written down by name."""
    if isinstance(drawn, ast.Constant) and isinstance(drawn.value, str):
        yield drawn.value
    said = isinstance(drawn, ast.Call) and (not isinstance(drawn.func, ast.Name) or drawn.func.id in SAYS)
    if isinstance(drawn, ast.Compare | ast.Subscript) or said:
        return
    for part in ast.iter_child_nodes(drawn):
        yield from _constants(part)


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: path.name)
def test_nothing_is_drawn_that_is_not_in_the_catalogue(path: Path) -> None:
    assert list(bare(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_writes_words_that_are_not_in_the_catalogue(path: Path) -> None:
    assert SCRIPTED.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_everything_that_is_said_has_an_entry_and_every_entry_is_said(language: str) -> None:
    """The remedy for a failure is `python -m tests.catalogue` and a translation."""
    assert list(faults(read_catalogue(language, INTERFACE), {entry for entry, _ in said()})) == []


def test_two_sessions_speak_two_languages_at_once() -> None:
    german, english, french = visitor("de-AT"), visitor("en-US"), visitor("fr-FR")
    for tested in (german, english, french):
        tested.run()
    for _ in range(2):
        assert titles(german, "settings") == ["Einstellungen"]
        assert titles(english, "settings") == ["Settings"]
        assert titles(french, "settings") == ["Settings"], "English where there is no catalogue"


def test_a_choice_in_the_settings_is_stronger_than_the_browser_and_can_be_taken_back() -> None:
    tested = visitor("en-US").run()
    titles(tested, "settings")
    assert [title.value for title in tested.selectbox(key="language_asked").set_value("de").run().title] == [
        "Einstellungen"
    ]
    assert titles(tested, "library") == ["Bibliothek"]
    titles(tested, "settings")
    assert [title.value for title in tested.selectbox(key="language_asked").set_value("").run().title] == ["Settings"]


def test_a_script_says_what_the_catalogue_says_with_its_parts_and_numbers_in_the_language(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    code = (
        'say("{name} was not said", { name: 7 }); sayMany("{n} step", "{n} steps", 1); sayMany("{n} step", "", 2500);'
    )
    printed = "".join(f"console.log({call});" for call in code.split(";")[:-1])
    module = tmp_path / "said.mjs"
    module.write_text(f"{script_words(code, 'de')}\n{load('messages.js')}\n{printed}", encoding="utf-8")
    said = subprocess.run([node, module], capture_output=True, text=True, check=True).stdout.splitlines()
    assert said == ["7 was not said", "1 Schritt", "2.500 Schritte"]
