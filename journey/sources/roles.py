"""Who asks and who tells: by the speaker's label, else by who asks the questions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

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
_LEAST_QUESTIONS = 4
_ASKER_SHARE = 0.35
_TELLER_SHARE = 0.5


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
    # "UX researcher", "support agent": in the label of a role the last word names it.
    return ROLE_WORDS.get(parts[-1]) if 1 < len(parts) <= 3 else None


def _short_role(label: str) -> Role | None:
    """A letter without a number is told apart from an initial by the caller, who sees the other labels."""
    return _SHORT_ROLES[label[0]]


def recognise_roles(utterances: Sequence[Utterance], corrections: Mapping[str, Role]) -> dict[str, Role]:
    """Return a role for every speaker: the user's word first, then labels, then who asks.

    What stays open is unknown, which counts as a participant.
    """
    speakers = list(dict.fromkeys(each.speaker for each in utterances if each.speaker and each.said))
    roles = {name: role for name in speakers if (role := _labelled_role(name, speakers)) is not None}
    if Role.INTERVIEWER not in roles.values():
        roles |= _asker(utterances, [name for name in speakers if name not in roles])
    settled = bool(roles)
    fallback = Role.PARTICIPANT if settled and Role.PARTICIPANT not in roles.values() else Role.UNKNOWN
    return {name: corrections.get(name) or roles.get(name, fallback) for name in speakers}


def _labelled_role(name: str, speakers: Sequence[str]) -> Role | None:
    if len(name) > 1 or {"q", "i"} & {fold(speaker) for speaker in speakers}:
        return role_by_label(name)
    return None  # a lone "A" beside "B" is an initial, not an answer


def _asker(utterances: Sequence[Utterance], speakers: Sequence[str]) -> dict[str, Role]:
    """Find the one speaker who asks while everybody else tells; nobody when it is not that clear."""
    turns = {name: [each.text for each in utterances if each.speaker == name] for name in speakers}
    asked = {name: sum(_QUESTION.search(text) is not None for text in texts) for name, texts in turns.items()}
    ranked = sorted(speakers, key=lambda name: asked[name] / len(turns[name]), reverse=True)
    if not ranked or asked[ranked[0]] < _LEAST_QUESTIONS:
        return {}
    share = asked[ranked[0]] / len(turns[ranked[0]])
    others = max((asked[name] / len(turns[name]) for name in ranked[1:]), default=0.0)
    return {ranked[0]: Role.INTERVIEWER} if share >= _ASKER_SHARE and others <= _TELLER_SHARE * share else {}
