"""The order in which things happened, where the text says that it is not the order of telling.

Within a sentence "after", "once" and "when" put what they lead in first, "before" puts it last. Between sentences
"before that" and the past perfect lead back before what was told last; "it all started when" leads back to the very
beginning, so that an end told in advance ("in the end I got a refund") comes last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from journey.engines.local.clauses import Clause
from journey.engines.local.lexicon import words
from journey.engines.local.readings import Reading

_OPENING = 9
"""Words in which a sentence says when it was."""
_FIRST = frozenset({"when", "whenever", "once", "after", "as soon as", "as"})


@dataclass(frozen=True)
class Event:
    """Something that the text says is done; a line of a machine has no clause."""

    reading: Reading
    clause: Clause | None


def story_order(events: Sequence[Event], *, tells: bool) -> list[Event]:
    """Return the events as they happened; those that nothing moves stay where they were told."""
    ordered: list[Event] = []
    for told in _by_sentence(events):
        inner = _within(told)
        at = _place(ordered, inner) if tells else len(ordered)
        ordered[at:at] = inner
    return _end_last(ordered) if tells else ordered


def _by_sentence(events: Sequence[Event]) -> list[list[Event]]:
    groups: list[list[Event]] = []
    for event in events:
        if groups and groups[-1][0].reading.index == event.reading.index:
            groups[-1].append(event)
        else:
            groups.append([event])
    return groups


def _within(told: Sequence[Event]) -> list[Event]:
    """Order the events of one sentence by the words that open their clauses."""
    ordered: list[Event] = []
    for event in told:
        if _comes_last(event):
            continue
        moves = bool(ordered) and _comes_first(event) and not _is_progressive(ordered[-1])
        ordered.insert(len(ordered) - moves, event)
    return ordered + [event for event in told if _comes_last(event)]


def _comes_first(event: Event) -> bool:
    clause = event.clause
    if clause is None or clause.joined:
        return False
    after = clause.kind == "gerund" and event.reading.tokens[clause.first - 1].lower == "after"
    return after or clause.opener in _FIRST


def _comes_last(event: Event) -> bool:
    """Whether the sentence begins with "before" this: "Before I paid, I checked the price"."""
    clause = event.clause
    return clause is not None and clause.opener == "before" and clause.start <= 1


def _is_progressive(event: Event) -> bool:
    return event.clause is not None and "ing" in event.reading.tokens[event.clause.head].forms


def _place(ordered: Sequence[Event], told: Sequence[Event]) -> int:
    """Where a sentence's events belong among those told before it."""
    if not ordered or not _leads_back(told[0]):
        return len(ordered)
    if _is_flashback(told[0]) and _is_flashback(ordered[-1]) and not _says_earlier(told[0].reading):
        return len(ordered)
    last = ordered[-1].reading
    if _opens_with(told[0].reading, "long_earlier"):
        return next(at for at, event in enumerate(ordered) if event.reading.sentence.turn == last.sentence.turn)
    return next(at for at, event in enumerate(ordered) if event.reading.index == last.index)


def _leads_back(event: Event) -> bool:
    return _says_earlier(event.reading) or _is_flashback(event)


def _says_earlier(reading: Reading) -> bool:
    """Whether the sentence opens with "before that", "the week before" or the like."""
    return _opens_with(reading, "earlier") or _opens_with(reading, "long_earlier")


def _opens_with(reading: Reading, name: str) -> bool:
    opening = " ".join(token.lower for token in reading.tokens[:_OPENING])
    return any(f" {phrase} " in f" {opening} " for phrase in words("time", name))


def _is_flashback(event: Event) -> bool:
    """Whether the event stands in the past perfect, with no clause around it to be earlier than."""
    return event.clause is not None and event.clause.tense == "pluperfect" and event.clause.opener is None


def _end_last(ordered: list[Event]) -> list[Event]:
    """Move an end told in advance behind the story, and otherwise the beginning before it."""
    begins = next((at for at, event in enumerate(ordered) if event.reading.has(words("time", "beginning"))), 0)
    early = [event for event in ordered[:begins] if event.reading.has(words("time", "ending"))]
    if early:
        ends = {id(event) for event in early}
        return [event for event in ordered if id(event) not in ends] + early
    return [*ordered[begins : begins + 1], *ordered[:begins], *ordered[begins + 1 :]]
