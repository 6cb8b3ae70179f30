"""Hide what identifies people in the sources of one job, the same by the same pseudonym, and put it back afterwards."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import count

from journey.model import Evidence, Item, Journey, Participant, Passage, Record, Source
from journey.redaction.names import Names, name_words, names_of
from journey.redaction.patterns import Finder, Kind, Secret, finders
from journey.redaction.spans import OffsetMap, Replaced, secrets_in


@dataclass(frozen=True)
class Redaction:
    """Sources and instructions as they may leave the machine, and the way back to the originals."""

    sources: tuple[Source, ...]
    instructions: str
    counts: Mapping[Kind, int]
    """How many different things of each kind were hidden."""
    originals: tuple[Source, ...] = field(repr=False)
    maps: Mapping[str, OffsetMap] = field(repr=False)
    """By the id of a source."""
    meanings: Mapping[str, str] = field(repr=False)
    """What each pseudonym stands for, in words of the originals."""

    def restored(self, journey: Journey) -> Journey:
        """Return a journey drawn from the redacted sources as one of the originals: their words, their offsets."""
        parts = {name: self._restored(getattr(journey, name)) for name in Journey.model_fields if name != "sources"}
        return journey.model_copy(update={**parts, "sources": self.originals})

    def restored_text(self, text: str) -> str:
        """Put back what the pseudonyms in a text stand for."""
        return self._pseudonyms.sub(lambda hit: self.meanings[hit.group()], text) if self.meanings else text

    def restored_evidence(self, evidence: Evidence) -> Evidence:
        """Return the slice of the original that a slice of the redacted source stands for."""
        original = next(source for source in self.originals if source.id == evidence.source)
        start, end = self.maps[evidence.source].to_original(evidence.start, evidence.end)
        return evidence.model_copy(update={"start": start, "end": end, "quote": original.text[start:end]})

    @cached_property
    def _pseudonyms(self) -> re.Pattern[str]:
        longest_first = sorted(self.meanings, key=len, reverse=True)
        return re.compile("|".join(f"{re.escape(word)}(?![A-Z])" for word in longest_first))

    def _restored(self, value: object) -> object:
        """Return a record, or a part of one, with all its evidence and all its words put back."""
        if isinstance(value, Evidence):
            return self.restored_evidence(value)
        if isinstance(value, Record):
            fields = type(value).model_fields
            restored = value.model_copy(update={name: self._restored(getattr(value, name)) for name in fields})
            return _in_the_words_of_its_quote(value, restored)
        if isinstance(value, tuple):
            return tuple(self._restored(part) for part in value)
        return self.restored_text(value) if isinstance(value, str) and not isinstance(value, StrEnum) else value


def redact(sources: Sequence[Source], *, instructions: str = "", check: Callable[[], None] = lambda: None) -> Redaction:
    """Hide links, e-mail addresses, bank accounts, cards, phones, long numbers and the speakers' names.

    Args:
        check: called all along; may raise to stop. A million characters take about three seconds.
    """
    labels = [label for source in sources for label in _labels(source)]
    pen = _Pen(names_of(labels), texts=[instructions, *(source.text for source in sources)])
    redacted, maps = [], {}
    for source in sources:
        hidden, pieces = pen.source(source, check=check)
        redacted.append(hidden)
        maps[source.id] = OffsetMap(pieces)
    return Redaction(
        sources=tuple(redacted),
        instructions=pen.text(instructions, language=None)[0],
        counts=pen.counts(),
        originals=tuple(sources),
        maps=maps,
        meanings=pen.meanings,
    )


def _in_the_words_of_its_quote(drawn: Record, restored: Record) -> Record:
    """Let a claim that was worded as its quote say what was really said: "Anna" perhaps, and not her whole name."""
    if not (isinstance(drawn, Item) and isinstance(restored, Item) and drawn.evidence):
        return restored
    if drawn.text != drawn.evidence[0].quote:
        return restored
    return restored.model_copy(update={"text": restored.evidence[0].quote})


def _labels(source: Source) -> Iterable[str]:
    spoken = [passage.speaker for passage in source.passages if passage.speaker]
    return (*(participant.name for participant in source.participants), *spoken)


class _Pen:
    """Writes redacted texts of one job, each secret by the same pseudonym in all."""

    def __init__(self, names: Names, *, texts: Sequence[str]) -> None:
        self.meanings: dict[str, str] = {}
        self._names = names
        self._taken = "\n".join(texts).casefold()
        self._given: dict[tuple[Kind, str], str] = {}
        self._numbers = {kind: count(1) for kind in Kind}

    def counts(self) -> Mapping[Kind, int]:
        return Counter(kind for kind, _ in self._given)

    def source(self, source: Source, *, check: Callable[[], None]) -> tuple[Source, tuple[Replaced, ...]]:
        borders = [offset for passage in source.passages for offset in (passage.start, passage.end)]
        text, pieces = self.text(source.text, language=source.language, borders=borders, check=check)
        offsets = OffsetMap(pieces)
        changes: dict[str, object] = {
            "name": source.id,
            "text": text,
            "passages": tuple(self._passage(passage, offsets) for passage in source.passages),
            "participants": tuple(self._participant(participant) for participant in source.participants),
        }
        if source.kind == "image":
            changes["sha256"] = ""  # pixels cannot be redacted: without their digest nobody can load them
        return source.model_copy(update=changes), pieces

    def text(
        self,
        text: str,
        *,
        language: str | None,
        borders: Iterable[int] = (),
        check: Callable[[], None] = lambda: None,
    ) -> tuple[str, tuple[Replaced, ...]]:
        """Return a text with pseudonyms, and where they stand."""
        looking: tuple[Finder, ...] = (*finders(language), self._names.finder())
        written: list[str] = []
        pieces: list[Replaced] = []
        read = length = 0
        for secret in secrets_in(text, looking, borders, check=check):
            pseudonym = self._pseudonym(secret, text[secret.start : secret.end])
            length += secret.start - read
            pieces.append(
                Replaced(secret.kind, pseudonym, (secret.start, secret.end), (length, length + len(pseudonym)))
            )
            written += [text[read : secret.start], pseudonym]
            read, length = secret.end, length + len(pseudonym)
        return "".join([*written, text[read:]]), tuple(pieces)

    def _passage(self, passage: Passage, offsets: OffsetMap) -> Passage:
        start, end = offsets.to_redacted(passage.start, passage.end)
        return passage.model_copy(update={"start": start, "end": end, "speaker": self._speaker(passage.speaker)})

    def _participant(self, participant: Participant) -> Participant:
        return participant.model_copy(update={"name": self._speaker(participant.name)})

    def _speaker(self, label: str | None) -> str | None:
        """Return a label by which the speaker can be told from others."""
        words = " ".join(name_words(label or ""))
        if label is None or not words:
            return label and self.text(label, language=None)[0]
        known = self._names.label_of[words]
        return self._pseudonym(Secret(Kind.PERSON, 0, len(label), known), label)

    def _pseudonym(self, secret: Secret, words: str) -> str:
        key = (secret.kind, secret.key)
        if key not in self._given:
            self._given[key] = self._fresh(secret.kind)
            self.meanings[self._given[key]] = self._names.called.get(secret.key, words)
        return self._given[key]

    def _fresh(self, kind: Kind) -> str:
        """Return a pseudonym that nobody wrote into the texts."""
        names = (_name(kind, number) for number in self._numbers[kind])
        return next(name for name in names if name.casefold() not in self._taken)


def _name(kind: Kind, number: int) -> str:
    """Return the n-th pseudonym of a kind.

    Persons have letters: the numbers of a claim are held against those of its quote, and "Person 2 called" would fail.

    >>> _name(Kind.CARD, 2), _name(Kind.PERSON, 2), _name(Kind.PERSON, 28)
    ('[card 2]', 'Person_B', 'Person_AB')
    """
    return f"Person_{_letters(number)}" if kind is Kind.PERSON else f"[{kind} {number}]"


def _letters(number: int) -> str:
    before, last = divmod(number - 1, 26)
    return (_letters(before) if before else "") + chr(ord("A") + last)
