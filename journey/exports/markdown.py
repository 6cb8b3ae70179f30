"""A journey as Markdown to read and to paste: every claim with its quote, what was left out, nothing active.

The text of a transcript is never markup here. Escapes follow CommonMark 0.31 (2.4, backslash escapes; 2.5, entities);
addresses are kept from becoming links under GitHub's autolink extension too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from journey import grounding
from journey.exports.board import TAKEN_IN, is_taken_in
from journey.exports.citations import ORIGIN_MARKS, Citation, Citations, lanes, signed
from journey.model import Emotion, Evidence, Item, Journey, Link, Note, Outcome, Phase, Role, Source, Step, Touchpoint
from journey.model.bill import run_in_words

WORD_JOINER = "\u2060"
"""Invisible; set after "@", where no escape keeps GitHub from linking an e-mail address or calling a person."""

_ANYWHERE = re.compile(r"[\\`*_\[\]{}|~$#]")
_ADDRESS = re.compile(r"(?<=\w)\.(?=[^\W\d])|:(?=/)|(?<!\d):(?=\w)|:(?=[^\W\d])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LINE_START = re.compile(r"^(?:[+=-]|(\d+)([.)]))")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def to_markdown(journey: Journey) -> str:
    """Write a journey as Markdown."""
    return "\n".join(_document(journey)) + "\n"


def escape(text: str) -> str:
    r"""Return text on one line that Markdown shows as it stands.

    >>> print(escape("# 1 * 2 < 3, see [this](http://x.org)"))
    \# 1 \* 2 &lt; 3, see \[this\](http\://x\.org)
    >>> print(escape("I paid, and then I waited."))
    I paid, and then I waited.
    """
    line = " ".join(_CONTROL.sub("", text).split())
    line = _ANYWHERE.sub(r"\\\g<0>", line)
    line = _ADDRESS.sub(r"\\\g<0>", line)
    line = _ENTITY.sub("&amp;", line).replace("<", "&lt;").replace(">", "&gt;")
    return _LINE_START.sub(_escape_start, line).replace("@", "@" + WORD_JOINER)


def _escape_start(match: re.Match[str]) -> str:
    number, stop = match.groups()
    return f"{number}\\{stop}" if number else f"\\{match.group()}"


def _document(journey: Journey) -> Iterator[str]:
    citations = Citations(journey)
    yield f"# {escape(journey.title) or 'Journey'}"
    yield ""
    yield from _head(journey)
    for item in journey.expectations:
        yield from _claim(item, citations, label="Expectation: ")
    for number, phase in enumerate(journey.phases, start=1):
        yield from _phase(number, phase, citations)
    yield from _links(journey, citations)
    yield from _sources(journey)
    yield from _left_out(journey)


def _head(journey: Journey) -> Iterator[str]:
    actor = journey.actor
    named = f"{actor.name} ({actor.role})" if actor and actor.role else actor.name if actor else None
    for label, text in (("Actor", named), ("Scenario", journey.scenario), ("Goal", journey.goal)):
        if text:
            yield f"- **{label}:** {escape(text)}"
    yield f"- **{TAKEN_IN}**" if is_taken_in(journey) else f"- **Drawn by:** {_run_facts(journey)}"
    yield ""
    if journey.outcome is not Outcome.COMPLETE:
        state = "Not enough to draw a journey." if journey.outcome is Outcome.NOT_ENOUGH else "This map is partial."
        yield f"**{state}** {escape(journey.reason or '')}".rstrip()
        yield ""


def _run_facts(journey: Journey) -> str:
    run = journey.run
    facts = [f"{escape(run.engine)} engine", escape(run.model or ""), f"{run.seconds:.1f} s"]
    if run.calls:
        facts.append(escape(run_in_words(run.calls, run.tokens, run.cost)))
    return ", ".join(fact for fact in facts if fact)


def _phase(number: int, phase: Phase, citations: Citations) -> Iterator[str]:
    yield f"## {number}. {escape(phase.name)}"
    yield ""
    if phase.goal:
        yield f"Goal: {escape(phase.goal)}"
        yield ""
    for place, step in enumerate(phase.steps, start=1):
        yield f"### {number}.{place} {escape(step.title)}"
        yield ""
        yield from _step(step, citations)
        yield ""


def _step(step: Step, citations: Citations) -> Iterator[str]:
    marks = [
        step.kind if step.kind != "action" else "",
        f"by {escape(step.role)}" if step.role else "",
        ORIGIN_MARKS[step.origin],
        "moment of truth" if step.moment_of_truth else "",
    ]
    if any(marks):
        yield f"({', '.join(mark for mark in marks if mark)})"
        yield ""
    yield from _quotes(step.evidence, citations)
    if step.emotion:
        yield from _emotion(step.emotion, citations)
    for title, items in lanes(step):
        yield f"**{escape(title) or 'Lane'}**"
        yield ""
        for item in items:
            yield from _claim(item, citations)


def _emotion(emotion: Emotion, citations: Citations) -> Iterator[str]:
    others = [f"{escape(other.label)} ({signed(other.score)})" for other in emotion.other_readings]
    also = f"; also read as {', '.join(others)}" if others else ""
    yield f"**Feeling:** {escape(emotion.label)} ({signed(emotion.score)} of -2 to +2){also}{_mark(emotion)}"
    yield ""
    yield from _quotes(emotion.evidence, citations)


def _claim(item: Item, citations: Citations, *, label: str = "") -> Iterator[str]:
    kind = ""
    if isinstance(item, Touchpoint) and item.channel:
        kind = f" ({escape(item.channel)})"
    if isinstance(item, Note) and item.kind != "other":
        kind = f" ({item.kind})"
    yield f"- {label}{escape(item.text)}{kind}{_mark(item)}"
    yield ""
    yield from _quotes(item.evidence, citations, indent="  ")
    yield from _quotes(item.counter, citations, indent="  ", label="Against it: ")


def _mark(claim: Item | Emotion) -> str:
    mark = ORIGIN_MARKS[claim.origin]
    return f" ({mark})" if mark else ""


def _quotes(
    evidence: tuple[Evidence, ...], citations: Citations, *, indent: str = "", label: str = ""
) -> Iterator[str]:
    for entry in evidence:
        yield f"{indent}> {label}{_cited(citations.cite(entry))}"
        yield ""


def _cited(citation: Citation) -> str:
    near = " (nearly verbatim)" if citation.match == "near" else ""
    return f"“{escape(citation.quote)}” — {escape(', '.join(citation.places))}{near}"


def _links(journey: Journey, citations: Citations) -> Iterator[str]:
    if not journey.links:
        return
    titles = {step.id: step.title for step in journey.steps()}
    yield "## Links"
    yield ""
    for link in journey.links:
        yield f"- {_link(link, titles)}"
        yield ""
        yield from _quotes(link.evidence, citations, indent="  ")


def _link(link: Link, titles: dict[str, str]) -> str:
    ends = (escape(titles.get(end, end)) for end in (link.before, link.after))
    kind = "" if link.kind == "next" else f" ({link.kind})"
    label = f": {escape(link.label)}" if link.label else ""
    return f"{' → '.join(ends)}{kind}{label}"


def _sources(journey: Journey) -> Iterator[str]:
    yield "## Sources"
    yield ""
    for source in journey.sources:
        yield f"- {_source(source)}"
    yield ""


def _source(source: Source) -> str:
    facts = [source.kind, f"{len(source.text.split())} words", f"{len(source.passages)} passages"]
    facts += [source.language] if source.language else []
    speakers = [f"{escape(who.name)} ({who.role})" for who in source.participants]
    said_by = f"; speakers: {', '.join(speakers)}" if speakers else ""
    return f"{escape(source.name)}: {', '.join(facts)}{said_by}; SHA-256 {escape(source.sha256)}"


def _left_out(journey: Journey) -> Iterator[str]:
    yield "## What was left out"
    yield ""
    if journey.run.untold_dropped or not journey.run.dropped:
        yield f"- Claims whose quote was not in the source: {journey.run.dropped}"
    unused = set(grounding.unused(journey))
    for source in journey.sources:
        heard = [p for p in source.passages if p.role is not Role.INTERVIEWER]
        silent = sum((source.id, passage.id) in unused for passage in heard)
        yield f"- Passages of {escape(source.name)} that support nothing on this map: {silent} of {len(heard)}"
    for warning in journey.run.warnings:
        yield f"- {escape(warning)}"
