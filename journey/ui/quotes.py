"""What the evidence panel shows: the quotes of one chosen element, and the turns of a source to find them in.

No Streamlit here but for the language, so that what the panel says can be tested without a browser.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from journey.exports.citations import clock, signed
from journey.model import Emotion, Evidence, Item, Journey, Passage, Role, Source, Step
from journey.ui.cards import EMOTION
from journey.ui.lanes import LANE_NAMES, score_in_words
from journey.ui.language import entry, say

TONES = ("blue", "violet", "green", "orange", "red", "yellow")
"""The colour families that tell participants apart, in order of appearance; the label tells them too."""

QUIET = "gray"
"""The colour of whoever is not a participant."""

LONGEST_BLOCK = 3000
"""Code points of one turn shown in one piece; a longer one is cut at a space so that a browser can lay it out."""

MATCH_WORDS = {
    "exact": "",
    "normalised": entry("found apart from spelling or punctuation"),
    "near": entry("closest words in the source"),
}


@dataclass(frozen=True)
class Quote:
    """A slice of a source with who said it and when; `against` when it says the opposite of the claim."""

    text: str
    source: str
    source_name: str
    language: str | None
    """Of the source, as far as it could be told."""
    start: int
    end: int
    speaker: str
    tone: str
    time: str
    match: str
    against: bool


@dataclass(frozen=True)
class Chosen:
    """An element of the map as the panel heads it: its words, its place, and what it rests on."""

    id: str
    heading: str
    place: str
    origin: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class Turn:
    """What is shown of a source in one block; `start` is the code-point offset of its first character."""

    start: int
    text: str
    speaker: str = ""
    tone: str = QUIET
    time: str = ""
    passage: str = ""


def all_chosen(journey: Journey) -> dict[str, Chosen]:
    """Return everything that rests on quotes, or could, by id: each as the panel shows it once it is chosen."""
    quoting = _Quoting(journey)
    return {identity: quoting.chosen(claim, identity, place=place) for place, identity, claim in claims(journey)}


def elements(journey: Journey) -> frozenset[str]:
    """Return the id of everything that can be chosen; a phase has no quotes of its own, it rests on its steps."""
    return frozenset(identity for _, identity, _ in claims(journey)) | {phase.id for phase in journey.phases}


def turns(source: Source, *, tones: Mapping[str, str]) -> tuple[Turn, ...]:
    """Cut a source into the blocks to show; a source without passages is shown as one text."""
    passages = source.passages or (Passage(id="", start=0, end=len(source.text)),)
    return tuple(turn for passage in passages for turn in _blocks(source, passage, tones=tones))


def speaker_tones(sources: Sequence[Source]) -> dict[str, str]:
    """Give every participant a colour family, in order of appearance; everyone else is quiet."""
    spoken = [passage for source in sources for passage in source.passages]
    roles = {passage.speaker: passage.role for passage in spoken if passage.speaker}
    tellers = [who for who, role in roles.items() if role in {Role.PARTICIPANT, Role.UNKNOWN}]
    return dict.fromkeys(roles, QUIET) | {who: TONES[number % len(TONES)] for number, who in enumerate(tellers)}


def claims(journey: Journey) -> Iterator[tuple[str, str, Item | Step | Emotion]]:
    """Yield the place, the id and the record of everything that can be chosen, in the order of the map."""
    yield from ((say("Expectations"), item.id, item) for item in journey.expectations)
    titles = {lane.key: say(lane.title) for lane in LANE_NAMES}
    for number, step in enumerate(journey.steps(), start=1):
        place = say("Step {n}", n=number)
        yield place, step.id, step
        if step.emotion:
            yield f"{place} · {titles['emotion']}", EMOTION + step.id, step.emotion
        for lane, item in step.items():
            yield f"{place} · {titles.get(lane, lane)}", item.id, item


def heading(claim: Item | Step | Emotion) -> str:
    """Return what a claim says, in one line."""
    if isinstance(claim, Step):
        return claim.title
    if isinstance(claim, Item):
        return claim.text
    words, score = score_in_words(claim.score), signed(claim.score)
    felt = say("{label}: {words}, {score} of ±2", label=claim.label, words=words, score=score)
    others = (
        say("also read as {label} ({read_from})", label=other.label, read_from=other.read_from)
        for other in claim.other_readings
    )
    return ", ".join((felt, *others))


class _Quoting:
    """One journey's evidence being shown: its sources, their passages, and the colours of who speaks in them."""

    def __init__(self, journey: Journey) -> None:
        self.sources = {source.id: source for source in journey.sources}
        self.passages = {(source.id, passage.id): passage for source in journey.sources for passage in source.passages}
        self.tones = speaker_tones(journey.sources)

    def chosen(self, claim: Item | Step | Emotion, identity: str, *, place: str) -> Chosen:
        counter = claim.counter if isinstance(claim, Item) else ()
        cited = [(one, False) for one in claim.evidence] + [(one, True) for one in counter]
        quotes = (self.quote(one, against=against) for one, against in cited if one.source in self.sources)
        return Chosen(identity, heading(claim), place, claim.origin.value, tuple(quotes))

    def quote(self, evidence: Evidence, *, against: bool) -> Quote:
        passage = self.passages.get((evidence.source, evidence.passage))
        speaker = (passage.speaker if passage else None) or ""
        return Quote(
            text=evidence.quote,
            source=evidence.source,
            source_name=self.sources[evidence.source].name,
            language=self.sources[evidence.source].language,
            start=evidence.start,
            end=evidence.end,
            speaker=speaker,
            tone=self.tones.get(speaker, QUIET),
            time=_time(passage),
            match=say(MATCH_WORDS[evidence.match]),
            against=against,
        )


def _time(passage: Passage | None) -> str:
    return "" if passage is None or passage.time is None else clock(passage.time)


def _blocks(source: Source, passage: Passage, *, tones: Mapping[str, str]) -> Iterator[Turn]:
    """Yield a passage as one block, or a very long one as several; only the first is labelled."""
    speaker, time, start = passage.speaker or "", _time(passage), passage.start
    tone = tones.get(speaker, QUIET)
    while passage.end - start > LONGEST_BLOCK:
        cut = source.text.rfind(" ", start + 1, start + LONGEST_BLOCK) + 1 or start + LONGEST_BLOCK
        yield Turn(start, source.text[start:cut], speaker, tone, time, passage.id)
        speaker, time, start = "", "", cut
    yield Turn(start, source.text[start : passage.end], speaker, tone, time, passage.id)
