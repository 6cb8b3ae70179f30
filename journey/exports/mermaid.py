"""A journey as Mermaid text: the `journey` diagram (phases, steps, scores) and the `flowchart` (steps and links).

Mermaid fails silently in many ways, so every character that means something to it is written as an entity code, which
it decodes when it draws. All in one pass over the characters: chained replacement would corrupt the codes' own signs.
Grammar: https://mermaid.js.org/syntax/userJourney.html and flowchart.html; tried with Mermaid 11.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise

from journey.model import Journey, Link, Step

NEUTRAL = 3
"""The score of a step without a voiced feeling: the diagram cannot leave one out."""

UNVOICED = "%% no feeling voiced: "
"""Begins the comment that lists the steps whose score means nothing, for whoever takes the diagram in again."""

_SPECIAL = re.compile(r"[#;:%<>&\"`\\{}\[\]()|*_~$^@]")
_KEYWORD = re.compile(r"^(?:section|title|journey|acc|end|graph|flowchart|subgraph|[-+=]|\d+[.)])", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def to_mermaid(journey: Journey) -> str:
    """Write a `journey` diagram: a section for every phase, a score from 1 to 5 for every step."""
    return "\n".join(["journey", *_unvoiced(journey), *(f"    {line}" for line in _sections(journey))]) + "\n"


def to_flowchart(journey: Journey) -> str:
    """Write a `flowchart`: steps as boxes in their phases, links as arrows; without links, one line of steps."""
    names = {step.id: f"n{number}" for number, step in enumerate(journey.steps(), start=1)}
    lines = ["flowchart LR", *_boxes(journey, names), *_arrows(journey, names)]
    return "\n".join(lines) + "\n"


def encode(text: str) -> str:
    """Return text on one line that Mermaid draws as it stands.

    >>> encode("Step 1: buy; pay")
    'Step 1#58; buy#59; pay'
    >>> encode("section two")
    '#115;ection two'
    """
    line = " ".join(_CONTROL.sub("", text).split()) or "(no words)"
    line = _SPECIAL.sub(lambda match: _code(match.group()), line)
    return _KEYWORD.sub(lambda match: _code(match.group()[0]) + match.group()[1:], line)


def score(step: Step) -> int:
    """Return the diagram's score of a step: its feeling moved from -2..+2 to 1..5, halves up.

    >>> from journey.model import Emotion, Origin
    >>> feeling = Emotion(score=-1.5, label="angry", origin=Origin.USER)
    >>> score(Step(id="p1", title="Wait", origin=Origin.INFERRED, emotion=feeling))
    2
    """
    return math.floor(step.emotion.score + NEUTRAL + 0.5) if step.emotion else NEUTRAL


def _code(character: str) -> str:
    return f"#{ord(character)};"


def _unvoiced(journey: Journey) -> Iterator[str]:
    silent = [str(number) for number, step in enumerate(journey.steps(), start=1) if step.emotion is None]
    if silent:
        yield f"    {UNVOICED}{', '.join(silent)}"


def _sections(journey: Journey) -> Iterator[str]:
    yield f"title {encode(journey.title)}"
    before = ""
    for phase in journey.phases:
        name = encode(phase.name)
        # Mermaid joins two neighbours of one name; an invisible character keeps them apart.
        before = name = name + "#8203;" if name == before else name
        yield f"section {name}"
        for step in phase.steps:
            yield f"  {encode(step.title)}: {score(step)}{_people(step, journey)}"


def _people(step: Step, journey: Journey) -> str:
    who = step.role or (journey.actor.name if journey.actor else "")
    return f": {encode(who).replace(',', _code(','))}" if who else ""


def _boxes(journey: Journey, names: dict[str, str]) -> Iterator[str]:
    for number, phase in enumerate(journey.phases, start=1):
        yield f'    subgraph phase{number}["{encode(phase.name)}"]'
        for step in phase.steps:
            yield f"        {names[step.id]}{_shape(step)}"
        yield "    end"


def _shape(step: Step) -> str:
    label = f'"{encode(step.title)}"'
    match step.kind:
        case "start" | "end":
            return f"([{label}])"
        case "decision":
            return f"{{{label}}}"
    return f"[{label}]"


def _arrows(journey: Journey, names: dict[str, str]) -> Iterator[str]:
    steps = [step.id for step in journey.steps()]
    links = journey.links or [Link(before=before, after=after) for before, after in pairwise(steps)]
    for link in links:
        if link.before in names and link.after in names:
            label = f'|"{encode(link.label)}"|' if link.label else ""
            arrow = "-.->" if link.kind == "loop" else "-->"
            yield f"    {names[link.before]} {arrow}{label} {names[link.after]}"
