"""What a journey says about itself, in short facts for the head of its page. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from journey.imports import ENGINE
from journey.model import Emotion, Item, Journey, Link, Outcome, Step
from journey.model.bill import run_in_words
from journey.ui.wording import counted, duration

LOCAL_DRAFT = "Local draft: check it"


def engine_label(journey: Journey) -> str:
    """Return how the map was made, as a badge; what the embedded engine draws is a draft."""
    run = journey.run
    if run.engine == "local":
        return LOCAL_DRAFT
    if run.engine == ENGINE:
        return "Taken in from a file"
    return f"Drawn by {run.model or run.engine}"


def whose(journey: Journey) -> str:
    """Return whose journey it is, in one line; empty when nobody could be named."""
    if journey.actor is None:
        return ""
    role = f" ({journey.actor.role})" if journey.actor.role and journey.actor.role != journey.actor.name else ""
    return f"The journey of {journey.actor.name}{role}"


def facts(journey: Journey) -> Iterator[str]:
    """Yield the facts of the run: what was found, what was checked, what was left out, how long it took."""
    steps = list(journey.steps())
    yield f"{counted(len(journey.phases), 'phase')}, {counted(len(steps), 'step')}"
    yield f"{counted(_quotes(journey), 'quote')}, all checked against the source"
    if journey.run.untold_dropped:
        yield f"{counted(journey.run.untold_dropped, 'claim')} left out: their quote was not in the source"
    if journey.run.coverage:
        share = sum(journey.run.coverage) / len(journey.run.coverage)
        read = "regions read" if any(source.kind == "image" for source in journey.sources) else "customer's turns"
        yield f"{share:.0%} of the {read} used"
    if journey.run.calls:
        yield run_in_words(journey.run.calls, journey.run.tokens, journey.run.cost)
    yield duration(journey.run.seconds)


def notices(journey: Journey) -> Iterator[str]:
    """Yield the sentences the user must see beside the map."""
    if journey.outcome is Outcome.PARTIAL:
        yield f"Only a part was finished. {journey.reason or ''}".strip()
    if journey.outcome is Outcome.NOT_ENOUGH and not any(journey.steps()) and journey.reason:
        yield journey.reason
    yield from journey.run.warnings


def _quotes(journey: Journey) -> int:
    claims: list[Step | Item | Emotion | Link] = [*journey.steps(), *journey.expectations, *journey.links]
    for step in journey.steps():
        claims.extend(item for _, item in step.items())
        claims.extend([step.emotion] if step.emotion else [])
    return sum(len(claim.evidence) for claim in claims)
