"""Find what is said in each section of a long transcript, and give the model one chance to mend its quotes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from journey.engines.llm.asking import Asked, Asker
from journey.engines.llm.chunks import Chunk
from journey.engines.llm.evidence import ground
from journey.engines.llm.faults import AnswerCutOff, AnswerUnusable, BudgetReached, ContentRefused, QuestionTooLong
from journey.engines.llm.prompt import GLEAN_TASK, OBSERVE_TASK, REPAIR_TASK, Turn, as_lines
from journey.engines.llm.replies import Reply
from journey.engines.llm.schema import Observation, Observed, Repair, Repairs
from journey.errors import EngineReplyInvalid
from journey.grounding.folding import fold
from journey.model import Role

MANY_TURNS = 8
"""Turns of the customer from which a section without any observation is suspicious."""


@dataclass(frozen=True)
class Section:
    """What was found in one section; ids count within it."""

    observations: tuple[Observation, ...] = ()
    replies: tuple[Reply, ...] = ()
    refused: tuple[Turn, ...] = ()
    """Turns that the model or its filter would not read."""
    unread: tuple[Turn, ...] = ()
    """Turns that the budget left no room for."""
    silent: tuple[Turn, ...] = ()
    """Turns of a section in which nothing was found though asked twice."""
    once: tuple[Turn, ...] = ()
    """Turns that could be looked at only once, though twice was asked for."""
    unusable: tuple[Turn, ...] = ()
    """Turns about which the answers had the wrong form twice."""
    is_unarranged: bool = False
    """Whether the model would not make a journey of all that was found."""


def observe(asker: Asker, chunk: Chunk, *, thorough: bool = False) -> Section:
    """Ask for the observations of a chunk; one that is too long for the server or its answer is halved.

    Args:
        thorough: ask once more for what was missed.

    Raises:
        EngineError: what halving cannot help.
    """
    try:
        return _observe_at_once(asker, chunk, thorough=thorough)
    except ContentRefused:
        return Section(refused=chunk.core)
    except BudgetReached:
        return Section(unread=chunk.core)
    except AnswerUnusable:
        return Section(unusable=chunk.core)
    except (AnswerCutOff, QuestionTooLong):
        halves = chunk.halves()
        if not halves:
            raise
        return joined([observe(asker, half, thorough=thorough) for half in halves])


def _observe_at_once(asker: Asker, chunk: Chunk, *, thorough: bool) -> Section:
    material = _material(chunk)
    asked = asker.ask("section", OBSERVE_TASK, material, Observed)
    replies = [asked.reply]
    said = [turn for turn in chunk.core if turn.passage.role is not Role.INTERVIEWER]
    if not asked.answer.observations and len(said) >= MANY_TURNS:
        asked = asker.ask("section again", OBSERVE_TASK, material, Observed, again=1)
        replies.append(asked.reply)
        if not asked.answer.observations:
            return Section(replies=tuple(replies), silent=chunk.core)
    found = asked.answer.observations
    second = _glean(asker, chunk, found) if thorough else None
    if second:
        found = _united(found, second.answer.observations)
        replies.append(second.reply)
    observations, mending = mended(asker, found, (*chunk.context, *chunk.core))
    once = chunk.core if thorough and second is None else ()
    return Section(tuple(_of_core(observations, chunk)), (*replies, *mending), once=once)


def _glean(asker: Asker, chunk: Chunk, found: Sequence[Observation]) -> Asked[Observed] | None:
    """Ask for what was missed; None where that could not be answered: what was found before is kept in any case."""
    noted = [f"{one.turn} {one.kind}: {' '.join(one.text.split())}" for one in found]
    try:
        return asker.ask("second look", GLEAN_TASK, "\n".join([_material(chunk), "FOUND", *noted]), Observed)
    except (EngineReplyInvalid, ContentRefused, QuestionTooLong, BudgetReached):
        return None


def _united(first: Sequence[Observation], second: Iterable[Observation]) -> list[Observation]:
    """Return the observations of both looks with ids of their own, what was noted twice only once."""
    known = {(one.turn, one.kind, fold(one.quote).text): one for one in first}
    fresh = [one for one in second if (one.turn, one.kind, fold(one.quote).text) not in known]
    return [one.model_copy(update={"id": number}) for number, one in enumerate((*first, *fresh), 1)]


def _material(chunk: Chunk) -> str:
    earlier = f"EARLIER\n{as_lines(chunk.context)}\nTO ANALYSE\n" if chunk.context else ""
    return earlier + as_lines(chunk.core)


def _of_core(observations: Iterable[Observation], chunk: Chunk) -> list[Observation]:
    """Leave out what was said in the turns of the chunk before: it has been observed there."""
    core = {turn.number for turn in chunk.core}
    earlier = {turn.number for turn in chunk.context} - core
    return [observation for observation in observations if observation.turn not in earlier]


def mended(
    asker: Asker, observations: Sequence[Observation], turns: Sequence[Turn]
) -> tuple[list[Observation], tuple[Reply, ...]]:
    """Ask once about the quotes that do not stand in the turns, and put right those that can be.

    An answer that cannot be read mends nothing, and what was not mended is dropped later.
    """
    failed = ground(observations, turns).unsaid
    if not failed:
        return list(observations), ()
    try:
        asked = asker.ask("quotes", REPAIR_TASK, _complaint(failed, turns), Repairs)
    except (EngineReplyInvalid, ContentRefused, QuestionTooLong, BudgetReached):
        return list(observations), ()
    meant = {repair.id: repair for repair in asked.answer.repairs if repair.quote}
    ids = {observation.id for observation in failed}
    return [_put_right(one, meant) if one.id in ids else one for one in observations], (asked.reply,)


def _put_right(observation: Observation, meant: Mapping[int, Repair]) -> Observation:
    repair = meant.get(observation.id)
    return observation.model_copy(update={"turn": repair.turn, "quote": repair.quote}) if repair else observation


def _complaint(failed: Sequence[Observation], turns: Sequence[Turn]) -> str:
    cited = {observation.turn + near for observation in failed for near in (-1, 0, 1)}
    lines = [
        f"id {observation.id}, turn {observation.turn}: {' '.join(observation.quote.split())}" for observation in failed
    ]
    return "\n".join(["QUOTES", *lines, "TURNS", as_lines([turn for turn in turns if turn.number in cited])])


def joined(sections: Sequence[Section]) -> Section:
    """Return sections as one, with ids that count from 1 over all of them."""
    observations = [observation for section in sections for observation in section.observations]
    return Section(
        observations=tuple(one.model_copy(update={"id": number}) for number, one in enumerate(observations, 1)),
        replies=tuple(reply for section in sections for reply in section.replies),
        refused=tuple(turn for section in sections for turn in section.refused),
        unread=tuple(turn for section in sections for turn in section.unread),
        silent=tuple(turn for section in sections for turn in section.silent),
        once=tuple(turn for section in sections for turn in section.once),
        unusable=tuple(turn for section in sections for turn in section.unusable),
    )
