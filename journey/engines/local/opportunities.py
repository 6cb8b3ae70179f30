"""Candidate opportunities: questions for the team, each built on a pain and inferred, never quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from journey.engines.local.lanes import Finding

MOST = 7
"""Few: the strongest pains, at most one a phase."""

_KINDS = (
    (
        r"\bwait|\btook\b|\btakes\b|\blate\b|\bdelay|\bslow|\bhours?\b|\bweeks?\b|\bon hold\b|too long",
        "How might we make this faster",
    ),
    (
        r"expensive|\bcost|\bcharge|\bprice|\bfee\b|\bfees\b|\bpay\b|\bpaid\b",
        "How might we make what it costs fair and plain",
    ),
    (
        r"didn['’]t know|no idea|understand|confus|unclear|not clear|clear\b|\btell\b|\btold\b|\bshow",
        "How might we make this clear in time",
    ),
    (
        r"nobody|no one|never (?:answer|call|repl|heard|got)|ignored|\bhelp\b|\balone\b",
        "How might we be there when this happens",
    ),
    (r"again|repeat|twice|three times|start over", "How might we spare people doing this again"),
    (r"crash|error|bug|broke|fail|froze|load|work(?:ing)?\b|stuck", "How might we keep this from breaking"),
    (r"worr|nervous|anxious|scared|afraid|stress|overwhelm", "How might we take away this worry"),
)


def strongest_pains(by_phase: Sequence[Sequence[Finding]]) -> list[Finding]:
    """Return the strongest pain of each phase, the strongest `MOST` of all, in order."""
    best = [max(pains, key=lambda pain: pain.strength) for pains in by_phase if pains]
    kept = sorted(best, key=lambda pain: -pain.strength)[:MOST]
    return [pain for pain in best if pain in kept]


def ask(pain: str) -> str:
    """Turn a pain's text into a question for the team.

    >>> ask("Nobody answered the phone")
    'How might we be there when this happens: “nobody answered the phone”?'
    """
    question = next((question for kind, question in _KINDS if re.search(kind, pain, re.IGNORECASE)), None)
    return f"{question or 'How might we spare people this'}: “{_in_mid_sentence(pain)}”?"


def _in_mid_sentence(text: str) -> str:
    first = text.split(maxsplit=1)[0]
    stays = first == "I" or first.startswith(("I'", "I’")) or first[1:] != first[1:].lower()
    return text if stays else text[:1].lower() + text[1:]
