"""What a journey says about itself, in short facts for the head of its page."""

from __future__ import annotations

from collections.abc import Iterator

from journey.imports import ENGINE
from journey.model import Emotion, Item, Journey, Link, Outcome, Source, Step
from journey.ui.language import entry, number, say, say_below, say_many
from journey.ui.wording import calls_in_words, duration

LOCAL_DRAFT = entry("Local draft: check it")


def engine_label(journey: Journey) -> str:
    """Return how the map was made, as a badge; what the embedded engine draws is a draft."""
    run = journey.run
    if run.engine == "local":
        return say(LOCAL_DRAFT)
    if run.engine == ENGINE:
        return say("Taken in from a file")
    return say("Drawn by {who}", who=run.model or run.engine)


def whose(journey: Journey) -> str:
    """Return whose journey it is, in one line; empty when nobody could be named."""
    if journey.actor is None:
        return ""
    role = f" ({journey.actor.role})" if journey.actor.role and journey.actor.role != journey.actor.name else ""
    return say("The journey of {name}", name=f"{journey.actor.name}{role}")


def facts(journey: Journey) -> Iterator[str]:
    """Yield the facts of the run: what was found, what was checked, what was left out, how long it took."""
    steps = list(journey.steps())
    phases = say_many("{n} phase", "{n} phases", len(journey.phases))
    yield f"{phases}, {say_many('{n} step', '{n} steps', len(steps))}"
    quotes = _quotes(journey)
    yield (
        say_many("{n} quote, checked against the source", "{n} quotes, all checked against the source", quotes)
        if quotes
        else say("no quotes")
    )
    yield from _left_out(journey)
    if journey.run.calls:
        yield calls_in_words(journey.run.calls, journey.run.tokens, journey.run.cost)
    yield duration(journey.run.seconds)


def _left_out(journey: Journey) -> Iterator[str]:
    if journey.run.untold_dropped:
        yield say_many(
            "{n} claim left out: its quote was not in the source",
            "{n} claims left out: their quote was not in the source",
            journey.run.untold_dropped,
        )
    if journey.run.coverage:
        share = number(100 * sum(journey.run.coverage) / len(journey.run.coverage))
        if any(source.kind == "image" for source in journey.sources):
            yield say("{share}% of the regions read used", share=share)
        else:
            yield say("{share}% of the customer's turns used", share=share)


def is_told(source: Source) -> bool:
    """Tell whether a source has anything to show; a map may come from a file that holds no words of anybody."""
    return source.kind == "image" or bool(source.text.strip())


def notices(journey: Journey) -> Iterator[str]:
    """Yield the sentences the user must see beside the map."""
    if journey.outcome is Outcome.PARTIAL:
        yield f"{say('Only a part was finished.')} {say_below(journey.reason or '')}".strip()
    if journey.outcome is Outcome.NOT_ENOUGH and journey.phases and not any(journey.steps()) and journey.reason:
        yield say_below(journey.reason)  # without phases it stands in the place of the map
    yield from map(say_below, journey.run.warnings)


def _quotes(journey: Journey) -> int:
    claims: list[Step | Item | Emotion | Link] = [*journey.steps(), *journey.expectations, *journey.links]
    for step in journey.steps():
        claims.extend(item for _, item in step.items())
        claims.extend([step.emotion] if step.emotion else [])
    return sum(len(claim.evidence) for claim in claims)
