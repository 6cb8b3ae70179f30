"""Hold a model's observations to the source: what was not said, or not by whom it may come from, is dropped."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from journey.engines.llm.addressed import is_order
from journey.engines.llm.prompt import Turn
from journey.engines.llm.schema import Observation
from journey.grounding import locate
from journey.model import Evidence, Role

OPEN_TO_OTHERS = frozenset({"step", "action", "touchpoint"})
"""What words of an agent or a system may show."""
_NOT_DONE = frozenset({"hypothetical", "wants"})
"""Polarities that make a step or an action one that never took place."""


@dataclass(frozen=True)
class Grounded:
    """An observation and the slices of the source that say it."""

    observation: Observation
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Findings:
    """What is left of a model's observations, by id, and what was left out."""

    grounded: Mapping[int, Grounded]
    unsaid: tuple[Observation, ...] = ()
    """Those whose quote is not in the source."""
    unsuitable: int = 0
    """Quotes of somebody who may not show such a thing, or of something that was only wished or imagined."""

    orders: int = 0
    """Quotes of sentences that give orders to a model."""

    @property
    def dropped(self) -> int:
        """All claims left out."""
        return len(self.unsaid) + self.unsuitable + self.orders

    def warnings(self) -> tuple[str, ...]:
        """Say in sentences for the user what was left out."""
        return tuple(
            sentence.format(count)
            for count, sentence in (
                (len(self.unsaid), "{} quote(s) were not in the transcript and were left out."),
                (self.unsuitable, "{} quote(s) did not show what they were quoted for and were left out."),
                (self.orders, "{} quote(s) gave orders to the assistant, which says nothing of a journey: left out."),
            )
            if count
        )


def ground(observations: Sequence[Observation], turns: Sequence[Turn]) -> Findings:
    """Locate every observation's quote; an id that stands twice keeps its first observation."""
    by_number = {turn.number: turn for turn in turns}
    by_place = {(turn.source.id, turn.passage.id): turn for turn in turns}
    others = {(turn.source.id, turn.passage.id) for turn in turns if turn.passage.role is Role.OTHER}
    grounded: dict[int, Grounded] = {}
    unsaid: list[Observation] = []
    unsuitable = orders = 0
    for observation in observations:
        evidence = _locate(observation, by_number)
        if not evidence:
            unsaid.append(observation)
        elif any(_is_order(piece, by_place.get((piece.source, piece.passage))) for piece in evidence):
            orders += 1
        elif not _is_suitable(observation, evidence, others):
            unsuitable += 1
        else:
            grounded.setdefault(observation.id, Grounded(observation, evidence))
    return Findings(grounded, tuple(unsaid), unsuitable, orders)


def _locate(observation: Observation, turns: Mapping[int, Turn]) -> tuple[Evidence, ...]:
    cited = turns.get(observation.turn)
    if cited:
        return locate(observation.quote, cited.source, near=cited.passage.id)
    for source in {turn.source.id: turn.source for turn in turns.values()}.values():
        if found := locate(observation.quote, source):
            return found
    return ()


def _is_order(piece: Evidence, turn: Turn | None) -> bool:
    """Tell whether a quote lies in words that give orders to a model; what is not among the turns is not judged."""
    if turn is None:
        return False
    start = turn.passage.start
    return is_order(turn.source.slice(turn.passage), piece.start - start, piece.end - start)


def _is_suitable(observation: Observation, evidence: Iterable[Evidence], others: Collection[tuple[str, str]]) -> bool:
    if observation.kind in ("step", "action") and observation.polarity in _NOT_DONE:
        return False
    if observation.kind in OPEN_TO_OTHERS:
        return True
    return not any((piece.source, piece.passage) in others for piece in evidence)
