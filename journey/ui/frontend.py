"""The scripts and style sheets that lie beside this file, as the strings Streamlit registers a component with."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent


def load(*names: str) -> str:
    """Return files of this folder as one text; later scripts may use what earlier ones define.

    A component is registered with text and not with paths because only an installed package may name asset files,
    and the app runs from its checkout.
    """
    return "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in names)
