"""What lies beside this file, script and style sheet, becomes components; and one of them that tells the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from journey.ui.catalogue import LANGUAGES, script_words
from journey.ui.language import language

FOLDER = Path(__file__).parent


def load(*names: str) -> str:
    """Return files of this folder as one text; later scripts may use what earlier ones define."""
    return "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in names)


def component(name: str, *, scripts: Sequence[str], styles: Sequence[str]) -> ComponentRenderer:
    """Register scripts, with what all scripts share, as a component; they find an element of the class `name`.

    The texts are handed over inline because only an installed package may name asset files, and the app runs from
    its checkout.
    """
    return _in_each_language(
        name, lambda spoken: f'<div class="{name}" lang="{spoken}">\n</div>', ("elements.js", *scripts), styles
    )


def silent(name: str, *, scripts: Sequence[str]) -> ComponentRenderer:
    """Register scripts that draw nothing as a component: they tell others what they were given."""
    return _in_each_language(name, lambda spoken: None, scripts, ())


def _in_each_language(
    name: str, html: Callable[[str], str | None], scripts: Sequence[str], styles: Sequence[str]
) -> ComponentRenderer:
    """Register a component once per language, its words inside; draw the one of the session's language."""
    script = load("messages.js", *scripts)
    css = load("elements.css", *styles) if styles else None
    drawn = {
        spoken: st.components.v2.component(
            f"journey_{name}_{spoken}", html=html(spoken), css=css, js=f"{script_words(script, spoken)}\n{script}"
        )
        for spoken in LANGUAGES
    }
    return lambda **arguments: drawn[language()](**arguments)


_pointer = silent("pointer", scripts=["pointer.js"])


def tell(topic: str, message: object) -> None:
    """Tell a component something small, so that its own data stays as it is and is not sent again.

    Streamlit sends a component that has not changed as a short reference; its text may be a whole transcript.
    """
    _pointer(key=topic, data={"topic": topic, "message": message}, height=1)
