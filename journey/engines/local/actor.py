"""Whose journey it is: as instructed, else who speaks as a participant, else who does most; never invented."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from journey.engines.local.sentences import Sentence
from journey.engines.local.steps import FoundStep
from journey.engines.local.wishes import Wishes
from journey.model import Actor, Role, Source

MOST_NAMES = 3
LEAST_SHARE = 0.25
"""Of the steps, that someone must do to be called the actor of a text without speakers."""

_OCCUPATION = re.compile(
    r"\bI(?:['’]m| am| work as| worked as)\s+(?P<what>an?\s+[a-z-]+(?:\s+[a-z-]+)?)\s*(?:[.,;]|$|and\b|at\b|in\b|for\b)"
)
_NO_OCCUPATION = re.compile(
    r"\b(?:bit|little|lot|fan|big|huge|great|good|bad|very|few|couple|kind|sort|single|new|regular)\b"
)


def find_actor(
    sources: Sequence[Source], sentences: Sequence[Sentence], steps: Sequence[FoundStep], *, wishes: Wishes
) -> Actor | None:
    """Return the actor, or None where the sources name nobody."""
    if wishes.actor:
        return Actor(name=wishes.actor)
    names = _participants(sources)
    if names:
        return Actor(name=_listed(names), role=_role(sentences, names))
    return _doer(steps)


def _participants(sources: Sequence[Source]) -> list[str]:
    turns: Counter[str] = Counter()
    for source in sources:
        for participant in source.participants:
            if participant.role is Role.PARTICIPANT:
                turns[participant.name] += participant.turns
    return [name for name, _ in turns.most_common()]


def _listed(names: Sequence[str]) -> str:
    if len(names) > MOST_NAMES:
        return f"{len(names)} participants"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _role(sentences: Sequence[Sentence], names: Sequence[str]) -> str | None:
    """Return what a lone participant says to be in an interview ("I'm an accountant" -> "accountant")."""
    if len(names) > 1 or not any(one.role is Role.INTERVIEWER for one in sentences):
        return None
    for one in sentences:
        found = _OCCUPATION.search(one.text) if one.role is Role.PARTICIPANT else None
        if found and not _NO_OCCUPATION.search(found["what"]):
            return found["what"].split(maxsplit=1)[1]
    return None


def _doer(steps: Sequence[FoundStep]) -> Actor | None:
    """Return who does the most, where nobody is known to speak."""
    doers = Counter(step.role for step in steps if step.role)
    if not doers:
        return None
    name, count = doers.most_common(1)[0]
    return Actor(name=name[:1].upper() + name[1:]) if count >= max(2, LEAST_SHARE * len(steps)) else None
