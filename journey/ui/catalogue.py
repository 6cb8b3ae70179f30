"""The catalogues on disk, in gettext's format: per language what the pages say, and the sentences from below."""

from __future__ import annotations

import json
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent / "catalogues"

ENGLISH = "en"
"""The language the code is written in; its sentences are the keys of the others."""

INTERFACE, SENTENCES = "interface", "sentences"
"""What the pages say; and what the floors below them write down in English, matched when it is shown."""

LANGUAGES = (ENGLISH, *sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir()))


def read_catalogue(language: str, domain: str) -> Catalog:
    """Return one catalogue as it stands in its file."""
    with (FOLDER / language / f"{domain}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


@cache
def translations(language: str) -> NullTranslations:
    """Return what the pages say in a language, read once; English is what stands in the code."""
    if language == ENGLISH:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_catalogue(language, INTERFACE))
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def sentence_pairs(language: str) -> dict[str, str]:
    """Return the sentences from below in a language, by their English."""
    if language == ENGLISH:
        return {}
    return {str(entry.id): str(entry.string) for entry in read_catalogue(language, SENTENCES) if entry.id}


def script_words(script: str, language: str) -> str:
    """Return a script's beginning: its language, and of the catalogue what the script says.

    >>> script_words('say("Hello")', "en")
    'const LANGUAGE = "en", WORDS = {}, pluralOf = (n) => Number(n != 1);'
    """
    rule = "n != 1" if language == ENGLISH else _interface(language).plural_expr
    words = {} if language == ENGLISH else _spoken_in(script, _interface(language))
    known = json.dumps(words, ensure_ascii=False)
    return f'const LANGUAGE = "{language}", WORDS = {known}, pluralOf = (n) => Number({rule});'


@cache
def _interface(language: str) -> Catalog:
    return read_catalogue(language, INTERFACE)


def _spoken_in(script: str, catalogue: Catalog) -> dict[str, str | list[str]]:
    """Return the entries whose English stands in a script as a string, by their English (the singular)."""
    found: dict[str, str | list[str]] = {}
    for entry in catalogue:
        one = entry.id[0] if isinstance(entry.id, tuple | list) else entry.id
        if one and json.dumps(one, ensure_ascii=False) in script:
            found[one] = list(entry.string) if isinstance(entry.string, tuple | list) else str(entry.string)
    return found
