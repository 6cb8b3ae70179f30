"""What the catalogues must hold, gathered from the code; and, run as a program, their upkeep.

`python -m tests.catalogue` adds what is new as empty entries, in order, and names what is left to do.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import write_po

import journey.errors
from journey.exports import FORMATS
from journey.ui.catalogue import FOLDER, INTERFACE, LANGUAGES, read_catalogue
from journey.work import Stage

ROOT = Path(__file__).parents[1]
PYTHON = (ROOT / "app.py", *sorted(ROOT.glob("pages/*.py")), *sorted(ROOT.glob("journey/ui/**/*.py")))
SCRIPTS = tuple(sorted(ROOT.glob("journey/ui/*.js")))
KEYWORDS = {"say": None, "entry": None, "say_many": (1, 2), "sayMany": (1, 2)}
BELOW = tuple(
    path
    for path in sorted(ROOT.glob("journey/**/*.py"))
    if not path.is_relative_to(ROOT / "journey/ui")
    and not path.is_relative_to(ROOT / "journey/commands")
    and (path.parent.name != "exports" or path.stem in {"__init__", "journey_json"})  # what they write is English
    and path.name not in {"prompt.py", "tasks.py", "wishes.py", "probe.py", "sight.py"}  # written to models
)
SENTENCE = re.compile(r"[A-Z][^\n]*( [^\n ]+){3}[.]")
OTHERS = ("Answer with one JSON", "Beyond this schema", "Q7 Answer the same")
"""How sentences begin that are written to models and into the schema."""
PART = re.compile(r"\{(\w+)\}")

Entry = str | tuple[str, str]
"""An English sentence, or one with its plural."""


def said() -> Iterator[tuple[Entry, str]]:
    """Yield what the pages and scripts say, with the file it stands in."""
    for path in PYTHON:
        for entry in said_in(path.read_text(encoding="utf-8")):
            yield entry, str(path.relative_to(ROOT))
    for path in SCRIPTS:
        found = extract_from_file("javascript", path, keywords=KEYWORDS, options={"parse_template_string": True})
        for _, message, _, _ in found:
            yield message if isinstance(message, str) else (message[0], message[1]), str(path.relative_to(ROOT))


def said_in(code: str) -> Iterator[Entry]:
    """Yield the sentences that Python code says; unlike Babel's own reading, this looks into f-strings as well.

    >>> list(said_in('say("Hello"); say_many("{n} step", "{n} steps", 3); say(words)'))
    ['Hello', ('{n} step', '{n} steps')]
    """
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            words = [word.value for word in node.args if isinstance(word, ast.Constant) and isinstance(word.value, str)]
            if node.func.id == "say_many":
                yield words[0], words[1]
            else:
                yield from words[:1]


def written_below() -> Iterator[str]:
    """Yield the sentences that the floors below the pages write for the user, with a word for each part filled in."""
    for path in BELOW:
        for sentence in sentences_in(path.read_text(encoding="utf-8")):
            if not sentence.startswith(OTHERS):
                yield sentence
    errors = (kind for kind in vars(journey.errors).values() if isinstance(kind, type))
    yield from (str(kind()) for kind in errors if issubclass(kind, journey.errors.JourneyError))
    yield from (word for way in FORMATS.values() for word in (way.loses, way.label) if " " in word)
    yield from Stage


def sentences_in(code: str) -> Iterator[str]:
    """Yield every sentence among the strings of Python code that is no docstring.

    >>> list(sentences_in('raise SourceError(f"This file is {size:.1f} MB, and that is too much.")'))
    ['This file is Q7 MB, and that is too much.']
    """
    tree = ast.parse(code)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "Q7" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside | docstrings:
            text = re.sub(r"\{\w*\}", "Q7", node.value)
        else:
            continue
        if SENTENCE.fullmatch(text):
            yield text


def parts(text: str) -> set[str]:
    """Return the names of a sentence's parts.

    >>> sorted(parts("{n} of {all}"))
    ['all', 'n']
    """
    return set(PART.findall(text))


def faults(catalogue: Catalog, wanted: set[Entry]) -> Iterator[str]:
    """Yield what is wrong with a catalogue that has to hold what is wanted and nothing else."""
    held = {entry.id: entry for entry in catalogue if entry.id}
    known = {identity if isinstance(identity, str) else tuple(identity) for identity in held}
    yield from (f"missing: {one!r}" for one in sorted(wanted - known, key=str))
    yield from (f"unused: {one!r}" for one in sorted(known - wanted, key=str))
    for identity, entry in held.items():
        strings = list(entry.string) if isinstance(entry.string, tuple | list) else [entry.string or ""]
        if entry.fuzzy or not strings or not all(strings):
            yield f"empty or fuzzy: {identity!r}"
            continue
        one, *more = [identity] if isinstance(identity, str) else identity
        allowed = parts(one).union(*map(parts, more))
        yield from (f"other parts: {text!r}" for text in strings if parts(text) - {"n"} != allowed - {"n"})
        yield from (f"a part that is not in the English: {text!r}" for text in strings if not parts(text) <= allowed)


def add(language: str, domain: str, wanted: set[Entry]) -> list[str]:
    """Add to a catalogue what it lacks, put it in order, and return what is left to do."""
    catalogue = read_catalogue(language, domain)
    before = len(catalogue)
    for entry in wanted:
        catalogue.add(entry)  # one that it has is kept with its translation
    if len(catalogue) > before:
        _write(catalogue, FOLDER / language / f"{domain}.po")
    return list(faults(catalogue, wanted))


def _write(catalogue: Catalog, path: Path) -> None:
    """Write the entries in order, under the header that the file has: the library's own would name a time."""
    header, blank, _ = path.read_text(encoding="utf-8").partition("\n\n")
    written = BytesIO()
    write_po(written, catalogue, width=120, sort_output=True, omit_header=True)
    path.write_text(header + blank + written.getvalue().decode(), encoding="utf-8")


def main() -> None:
    """Bring every catalogue up to date with the code."""
    for language in LANGUAGES[1:]:
        for fault in add(language, INTERFACE, {entry for entry, _ in said()}):
            print(f"{language}: {fault}")  # noqa: T201


if __name__ == "__main__":
    main()
