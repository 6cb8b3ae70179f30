"""Mermaid's `journey` diagram read as Mermaid reads it, and what our own comments in it add.

Grammar: https://mermaid.js.org/syntax/userJourney.html
"""

from __future__ import annotations

import html
import html.entities
import re

from journey.errors import JourneyFileError
from journey.exports.mermaid import NEUTRAL, UNVOICED
from journey.imports.draft import Claim, MapDraft, PhaseDraft, StepDraft
from journey.imports.feelings import in_words

_FRONT_MATTER = re.compile(r"\A\s*---\n(.*?)\n---\s*\n", re.DOTALL)
_FENCE = re.compile(r"^\s*```mermaid\s*\n(.*?)(?:^\s*```|\Z)", re.DOTALL | re.MULTILINE)
_TITLE_IN_FRONT = re.compile(r"^title:\s*(.+)$", re.MULTILINE)
_START = re.compile(r"^\s*journey\b", re.MULTILINE)
_DIRECTIVE = re.compile(r"%%\{.*?\}%%", re.DOTALL)
_CODE = re.compile(r"#(\d+);|#(\w+);")
_COMMENT = re.compile(r"%%|#(?!\w+;)")
_TASK = re.compile(r"^(?P<title>[^:]*)(?::\s*(?P<score>[^:]*))?(?::\s*(?P<people>.*))?$")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def looks_like_mermaid(text: str) -> bool:
    """Whether text is a `journey` diagram, perhaps within a Markdown file.

    >>> looks_like_mermaid("%% a map\\njourney\\n  title Day"), looks_like_mermaid("A journey to the sea")
    (True, False)
    """
    lines = [line.strip() for line in _body(text).splitlines()]
    first = next((line for line in lines if line and not line.startswith("%%")), "")
    return first == "journey"


def read_mermaid(text: str) -> MapDraft:
    """Read a `journey` diagram.

    Raises:
        JourneyFileError: there is no task in it.
    """
    draft = MapDraft(title=_front_title(text))
    unvoiced: set[int] = set()
    people: list[str] = []
    for line in map(str.strip, _body(text).splitlines()):
        unvoiced |= _unvoiced(line)
        _take(line, draft, people)
    if not any(draft.steps()):
        raise JourneyFileError("This Mermaid diagram has no tasks: a journey needs lines like `Make tea: 5: Me`.")
    _settle(draft, unvoiced, people)
    return draft


def decode(text: str) -> str:
    """Return the characters that entity codes stand for, and line breaks as spaces.

    >>> decode("Step 1#58; pay #amp; go")
    'Step 1: pay & go'
    """
    plain = _CODE.sub(lambda match: _character(match), text)
    return " ".join(_BREAK.sub(" ", plain).replace("\u200b", "").split())


def _character(match: re.Match[str]) -> str:
    if match[1]:
        number = int(match[1])
        return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else match[0]
    return html.unescape(f"&{match[2]};") if f"{match[2]};" in html.entities.html5 else match[0]


def _body(text: str) -> str:
    return _DIRECTIVE.sub("", _FRONT_MATTER.sub("", _unfenced(text)))


def _unfenced(text: str) -> str:
    """Return the first diagram of a Markdown file, or the text as it is."""
    text = text.replace("\r\n", "\n")
    fenced = _FENCE.search(text)
    return fenced[1] if fenced else text


def _front_title(text: str) -> str:
    front = _FRONT_MATTER.match(_unfenced(text))
    title = _TITLE_IN_FRONT.search(front[1]) if front else None
    return title[1].strip().strip("\"'") if title else ""


def _take(line: str, draft: MapDraft, people: list[str]) -> None:
    """Read one line of the diagram."""
    word, _, rest = line.partition(" ")
    if not line or _COMMENT.match(line) or line == "journey" or word.lower().startswith("acc"):
        return
    if word == "title":
        draft.title = decode(rest)
    elif word.lower() == "section":
        draft.phases.append(PhaseDraft(decode(rest)))
    elif (task := _TASK.match(line)) is not None:
        if not draft.phases:
            draft.phases.append(PhaseDraft("Journey"))
        draft.phases[-1].steps.append(_step(task))
        people.append(", ".join(decode(name) for name in (task["people"] or "").split(",") if name.strip()))


def _step(task: re.Match[str]) -> StepDraft:
    step = StepDraft(Claim(decode(task["title"])))
    try:
        score = float(task["score"] or "")
    except ValueError:
        return step
    if score == score:  # not NaN
        step.score = max(-2.0, min(2.0, score - NEUTRAL))
        step.feeling = Claim(in_words(step.score))
    return step


def _unvoiced(line: str) -> set[int]:
    if not line.startswith(UNVOICED):
        return set()
    return {int(number) for number in re.findall(r"\d+", line.removeprefix(UNVOICED))}


def _settle(draft: MapDraft, unvoiced: set[int], people: list[str]) -> None:
    """Take away feelings that nobody voiced, and make who acts most the actor."""
    usual = max(people, key=people.count, default="")
    draft.actor = usual
    for number, (step, who) in enumerate(zip(draft.steps(), people, strict=True), start=1):
        step.role = "" if who == usual else who
        if number in unvoiced:
            step.feeling = None
