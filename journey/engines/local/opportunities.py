"""Candidate opportunities: questions for the team, each built on a pain and inferred, never quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from journey.engines.local.lanes import Finding
from journey.engines.local.lexicon import forms
from journey.engines.local.names import gerund

MOST = 7
"""Few: the strongest pains, at most one a phase."""

_HELPING = frozenset({"was", "were", "had", "did", "could"})
_KINDS = (
    (
        r"\bwait|\btook\b|\btakes\b|\blate\b|\bdelay|\bslow|\bhours?\b|\bweeks?\b|\bon hold\b|too long",
        "How might we save people time",
    ),
    (
        r"expensive|\bcost|\bcharge|\bprice|\bfees?\b|\bfined?\b|\bpay\b|\bpaid\b|\bno money\b",
        "How might we make what it costs fair and plain",
    ),
    (
        r"didn['’]t know|no idea|no reason|understand|confus|unclear|not clear|clear\b|\btell\b|\btold\b|\bshow",
        "How might we make things clear in time",
    ),
    (
        r"nobody|no one|no answer|no reply|never (?:answer|call|repl|heard|got)|ignored|\bhelp\b|\balone\b|automatic",
        "How might we be there for people",
    ),
    (r"again|repeat|twice|three times|start over|by hand", "How might we spare people doing the same work again"),
    (r"mistake|wrong|lost|missing|couldn['’]t find", "How might we get this right the first time"),
    (r"reject|declin|refus|block", "How might we turn fewer people away"),
    (
        r"crash|error|bug|broke|fail|froze|load|work(?:ing)?\b|stuck|sav(?:e|ed)\b",
        "How might we keep things from breaking",
    ),
    (r"worr|nervous|anxious|scared|afraid|stress|overwhelm", "How might we take away people's worries"),
)
_OTHERWISE = "How might we make it easier for people"
LONGEST_DEED = 6
"""Words of a step that a question may name."""


def strongest_pains(by_phase: Sequence[Sequence[Finding]]) -> list[Finding]:
    """Return the strongest pain of each phase, the strongest `MOST` of all, in order."""
    best = [max(pains, key=lambda pain: pain.strength) for pains in by_phase if pains]
    kept = sorted(best, key=lambda pain: -pain.strength)[:MOST]
    return [pain for pain in best if pain in kept]


def ask(pain: str, *, doing: str = "") -> str:
    """Turn a pain's text into a question for the team.

    Args:
        doing: the title of the step at which people feel the pain, if it is their own deed.

    >>> ask("I waited for an hour", doing="Called the hotline")
    'How might we save people time when calling the hotline?'
    >>> ask("Nobody answered")
    'How might we be there for people at this point?'
    """
    question = next((question for kind, question in _KINDS if re.search(kind, pain, re.IGNORECASE)), _OTHERWISE)
    return f"{question} {_when(doing) or 'at this point'}?"


def _when(doing: str) -> str:
    """'when calling the hotline' for "Called the hotline"; nothing where the title tells no single deed in the past."""
    verb, _, rest = doing.partition(" ")
    base = verb.lower()
    personal = re.search(r"\b(?:I|my|me|our|us|we)\b|['’]d\b|[\"“”]", rest)
    if "past" not in forms(base) or base in _HELPING or personal or len(rest.split()) > LONGEST_DEED:
        return ""
    return f"when {gerund(base)} {rest}".rstrip()
