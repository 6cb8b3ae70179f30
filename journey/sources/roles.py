"""Who asks and who tells: by the speaker's label, else by who asks the questions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from journey.model import Role
from journey.sources.lexicon import ROLE_WORDS
from journey.sources.marks import fold
from journey.sources.utterance import Utterance

_NUMBER = re.compile(r"[\s#_.-]*\d+$|^\d+[\s.)-]+")
_SHORT = re.compile(r"([piurbqa])[\s_-]?\d{0,3}")
_SHORT_ROLES = {
    "q": Role.INTERVIEWER,
    "i": Role.INTERVIEWER,
    "p": Role.PARTICIPANT,
    "r": Role.PARTICIPANT,
    "u": Role.PARTICIPANT,
    "b": Role.PARTICIPANT,
    "a": Role.PARTICIPANT,
}
"""One letter, perhaps with a number: I and Q ask; P, R (respondent), U (user), B (Befragte) and A (answer) tell."""

_QUESTION = re.compile(r"[?？؟;](?=\s|['\"”’»)\]]|$)|[？؟]")
_PROMPT = re.compile(
    r"\b(?:tell|walk|talk|take) (?:me|us) (?:about|through|more|how|what|a (?:bit|little))\b"
    r"|\bdescribe (?:how|what|your|the)\b|\berzählen Sie\b|\berzähle? (?:doch|mir|uns|mal)\b|\bbeschreiben Sie\b"
    r"|\b(?:cuénteme|cuéntame|descríbame|describe cómo)\b|\bracontez|\bparlez-(?:moi|nous)\b|\bdécrivez\b",
    re.IGNORECASE,
)
"""What asks without a question mark."""
_LEAST_QUESTIONS = 4
_ASKER_SHARE = 0.35
_TELLER_SHARE = 0.5


@lru_cache(maxsize=4096)
def role_by_label(label: str) -> Role | None:
    """Return the role that a label states, in any of the languages known here, or None.

    >>> [role_by_label(s) for s in ("Interviewer 2", "P07", "Maria (Researcher)", "참가자 1", "Support Agent", "Maria")]
    ... # doctest: +NORMALIZE_WHITESPACE
    [<Role.INTERVIEWER: 'interviewer'>, <Role.PARTICIPANT: 'participant'>, <Role.INTERVIEWER: 'interviewer'>,
    <Role.PARTICIPANT: 'participant'>, <Role.OTHER: 'other'>, None]
    """
    folded = fold(label)
    name, _, aside = folded.partition("(")
    if (inside := role_by_label(aside.rstrip(") ")) if aside else None) is not None:
        return inside
    if _SHORT.fullmatch(name.strip()):
        return _short_role(name.strip())
    words = _NUMBER.sub("", name.strip()).strip(" :*_")
    if words in ROLE_WORDS:
        return ROLE_WORDS[words]
    parts = words.split()
    if not 1 < len(parts) <= 3:
        return None
    # "UX researcher", "support agent": in the label of a role the last word names it.
    return ROLE_WORDS.get(parts[-1]) or _named_role(parts[0])


def _named_role(word: str) -> Role | None:
    """The role before a name ("Agent Tom"); "Patient coordinator" shows that a customer's says less."""
    role = ROLE_WORDS.get(word)
    return role if role in (Role.OTHER, Role.INTERVIEWER) else None


def _short_role(label: str) -> Role | None:
    """A letter without a number is told apart from an initial by the caller, who sees the other labels."""
    return _SHORT_ROLES[label[0]]


def recognise_roles(utterances: Sequence[Utterance], corrections: Mapping[str, Role]) -> dict[str, Role]:
    """Return a role for every speaker: the user's word first, then labels, then who asks.

    What stays open is unknown, which counts as a participant.
    """
    speakers = list(dict.fromkeys(each.speaker for each in utterances if each.speaker and each.said))
    has_asker = not {"q", "i"}.isdisjoint(map(fold, speakers))
    labelled = {name: role_by_label(name) for name in speakers if len(name) > 1 or has_asker}
    # A lone "A" beside "B" is an initial, not an answer; beside "Q" or "I" it is one.
    roles = {name: role for name, role in labelled.items() if role is not None}
    if Role.INTERVIEWER not in roles.values():
        roles |= _asker(utterances, [name for name in speakers if name not in roles])
    # The other side of an interviewer or an agent tells.
    fallback = Role.PARTICIPANT if roles and Role.PARTICIPANT not in roles.values() else Role.UNKNOWN
    return {name: corrections.get(name) or roles.get(name, fallback) for name in speakers}


def _asks(text: str) -> bool:
    return _QUESTION.search(text) is not None or _PROMPT.search(text) is not None


def _asker(utterances: Sequence[Utterance], speakers: Collection[str]) -> dict[str, Role]:
    """Find the one speaker who asks while everybody else tells; nobody when it is not that clear."""
    asks: dict[str, list[bool]] = defaultdict(list)
    for each in utterances:
        if each.speaker:
            asks[each.speaker].append(_asks(each.text))
    shares = sorted(((sum(asks[name]) / len(asks[name]), name) for name in speakers), reverse=True)
    if not shares or sum(asks[shares[0][1]]) < _LEAST_QUESTIONS:
        return {}
    share, asker = shares[0]
    runner_up = shares[1][0] if len(shares) > 1 else 0.0
    return {asker: Role.INTERVIEWER} if share >= _ASKER_SHARE and runner_up <= _TELLER_SHARE * share else {}
