"""Images become one journey: each is read as what it looks like, and what they show is put in one row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from journey.engines.local.naming import name_as_title
from journey.engines.local.pictures.drafts import DrawnLink, DrawnPhase, to_phase
from journey.engines.local.pictures.flow import draw_flow, looks_like_flow
from journey.engines.local.pictures.heading import Surroundings, read_surroundings
from journey.engines.local.pictures.map_steps import draw_phases
from journey.engines.local.pictures.maps import FoundMap, find_map
from journey.engines.local.pictures.notes import find_notes
from journey.engines.local.pictures.orders import is_canvas, is_hierarchy, is_profile
from journey.engines.local.pictures.sheet import Sheet, to_sheet
from journey.engines.local.pictures.storyboard import draw_storyboard, is_label
from journey.engines.local.pictures.walls import draw_wall
from journey.engines.local.pictures.why_not import (
    CANVAS,
    EMPTY_TEMPLATE,
    GLOSSARY,
    HIERARCHY,
    PROFILE,
    is_glossary,
    why_no_journey,
)
from journey.model import Journey, Link, Origin, Outcome, Phase, Run, Source
from journey.work import Stage, Work

FLOW, SURELY_FLOW = 0.5, 0.8
"""Likeness to a diagram from which a picture is one, and from which a few words like lane titles do not matter."""
SURELY_MAP = 3
"""Different lanes that make a map whatever else is drawn."""
OF_PHASE = "What the picture says of a whole phase stands at the first step of that phase."
UNSURE = 0.8
"""Confidence below which a reading is counted as uncertain."""


@dataclass(frozen=True)
class Drawing:
    """What one picture shows; `why_not` says why it shows no journey."""

    phases: tuple[DrawnPhase, ...] = ()
    links: tuple[DrawnLink, ...] = ()
    around: Surroundings = field(default_factory=Surroundings)
    why_not: str | None = None
    note: str | None = None
    """What the user should know of how it was read."""

    @property
    def steps(self) -> int:
        """How many steps it has."""
        return sum(len(phase.steps) for phase in self.phases)


def draw_pictures(sources: Sequence[Source], work: Work, *, run: Run, after: Journey | None = None) -> Journey:
    """Draw the journey that pictures show; several pictures of one wall are one journey.

    Args:
        sources: images, each read.
        run: how the journey is made, as far as known.
        after: what transcripts of the same job tell; the pictures' phases follow it.
    """
    flows = [source for source in sources if _is_flow(source)]
    others = [source for source in sources if source not in flows]
    drawn = after
    if others or not flows:
        read = _read(others, work, run=run, after=after)
        drawn = read if drawn is None else _joined(drawn, read)
    if flows:
        flow = draw_flow(flows, work, run=run)
        drawn = flow if drawn is None else _joined(drawn, _renumbered(flow, len(drawn.phases)))
    assert drawn is not None, "a map, a wall or a flow was drawn"
    work.found([step.title for step in drawn.steps()])
    return _in_order(drawn, [*(() if after is None else after.sources), *sources])


def _is_flow(source: Source) -> bool:
    """Whether a picture is a diagram of boxes and arrows, and no map."""
    likely = looks_like_flow(source)
    if likely < FLOW:
        return False
    sheet = to_sheet(source)
    if is_hierarchy(sheet):
        return False
    found = find_map(sheet)
    if found is None:
        return draw_storyboard(sheet) is None
    lanes = {row.lane for row in found.rows if row.lane is not None}
    return likely >= SURELY_FLOW and len(lanes) < SURELY_MAP


def _renumbered(flow: Journey, begun: int) -> Journey:
    phases = [
        phase.model_copy(update={"id": f"phase{number}"}) for number, phase in enumerate(flow.phases, start=begun + 1)
    ]
    return flow.model_copy(update={"phases": tuple(phases)})


def _in_order(journey: Journey, sources: Sequence[Source]) -> Journey:
    """Return the journey with its sources as they were submitted."""
    return journey.model_copy(update={"sources": tuple(sources)})


def _read(sources: Sequence[Source], work: Work, *, run: Run, after: Journey | None) -> Journey:
    """Read maps and walls, one picture after the other."""
    sheets, drawings = [], []
    for number, source in enumerate(sources):
        work.progress(Stage.FIND, done=number, total=len(sources), note="picture")
        sheets.append(to_sheet(source))
        drawings.append(draw_sheet(sheets[-1]))
    work.progress(Stage.FIND, done=len(sources), total=len(sources), note="picture")
    return _journey(sources, sheets, drawings, run, after)


def draw_sheet(sheet: Sheet) -> Drawing:
    """Read one picture as what it looks like: a map or a table, a storyboard, or a wall of notes."""
    if is_hierarchy(sheet):
        return Drawing(why_not=HIERARCHY)
    if is_canvas(sheet):
        return Drawing(why_not=CANVAS)
    found = find_map(sheet)
    if found is not None:
        return Drawing(why_not=PROFILE) if is_profile(found) else _map(found)
    board = draw_storyboard(sheet)
    if board is not None:
        return _storyboard(board, sheet)
    wall = draw_wall(sheet)
    if wall is None:
        return Drawing(why_not=why_no_journey([sheet]))
    if is_glossary(find_notes(sheet)):
        return Drawing(why_not=GLOSSARY)
    return Drawing(wall.phases, wall.links, read_surroundings(wall.aside, top=wall.top))


def _storyboard(board: DrawnPhase, sheet: Sheet) -> Drawing:
    told = {piece.passage for step in board.steps for piece in step.entry.pieces}
    top = min(step.entry.rect.top for step in board.steps)
    aside = [piece for piece in sheet.pieces if piece.passage not in told and not is_label(piece, sheet.cards)]
    return Drawing((board,), (), read_surroundings(aside, top=top))


def _map(found: FoundMap) -> Drawing:
    phases = tuple(draw_phases(found))
    cells = [cell.rect.top for level in found.levels for cell in level]
    top = min([*cells, *(row.title.rect.top for row in found.rows if row.title.pieces)])
    around = read_surroundings(found.aside, top=top)
    empty = not any(phase.steps for phase in phases)
    shared = found.levels and any(len(phase.steps) > 1 and _is_first_only(phase) for phase in phases)
    return Drawing(phases, (), around, EMPTY_TEMPLATE if empty else None, OF_PHASE if shared else None)


def _is_first_only(phase: DrawnPhase) -> bool:
    """Whether what the lanes say stands at the first step alone, for it was said of the whole phase."""
    first, *others = phase.steps
    said = first.emotion is not None or any(first.found.values()) or any(first.own.values())
    return said and not any(step.emotion or any(step.found.values()) or any(step.own.values()) for step in others)


def _joined(told: Journey, drawn: Journey) -> Journey:
    """Put what pictures show behind what transcripts tell; the words of either are its own."""
    enough = [one for one in (told, drawn) if one.outcome is not Outcome.NOT_ENOUGH]
    first = enough[0] if enough else told
    notes = [f"{one.sources[0].name}: {one.reason}" for one in (told, drawn) if one.reason and one is not first]
    warnings = (*told.run.warnings, *drawn.run.warnings, *notes)
    return first.model_copy(
        update={
            "phases": told.phases + drawn.phases,
            "links": told.links + drawn.links,
            "sources": told.sources + drawn.sources,
            "run": first.run.model_copy(update={"warnings": tuple(dict.fromkeys(warnings))}),
        }
    )


def _journey(
    sources: Sequence[Source], sheets: Sequence[Sheet], drawings: Sequence[Drawing], run: Run, after: Journey | None
) -> Journey:
    around = [drawing.around for drawing in drawings]
    phases = tuple(_phases(_merged(drawings), after))
    has_steps = any(phase.steps for phase in phases)
    reason = next((drawing.why_not for drawing in drawings if drawing.why_not), None) if not has_steps else None
    warnings = (*run.warnings, *_warnings(sheets, drawings))
    return Journey(
        title=next((one.title for one in around if one.title), None) or name_as_title(sources[0]),
        actor=next((one.actor for one in around if one.actor), None),
        scenario=next((one.scenario for one in around if one.scenario), None),
        goal=next((one.goal for one in around if one.goal), None),
        expectations=next((one.expectations for one in around if one.expectations), ()),
        phases=phases,
        links=tuple(_links(drawings, phases)),
        sources=tuple(sources),
        outcome=Outcome.COMPLETE if has_steps else Outcome.NOT_ENOUGH,
        reason=reason,
        run=run.model_copy(update={"warnings": warnings}),
    )


def _merged(drawings: Sequence[Drawing]) -> list[DrawnPhase]:
    """Put the phases of several pictures in one row; those of one name are one, and a step seen twice is one."""
    merged: list[DrawnPhase] = []
    for drawing in drawings:
        for phase in drawing.phases:
            at = next((index for index, other in enumerate(merged) if _same_name(other, phase)), None)
            if at is None:
                merged.append(phase)
                continue
            known = {step.title.casefold() for step in merged[at].steps}
            fresh = tuple(step for step in phase.steps if step.title.casefold() not in known)
            merged[at] = replace(merged[at], steps=(*merged[at].steps, *fresh))
    return merged


def _same_name(one: DrawnPhase, other: DrawnPhase) -> bool:
    if one.name is None or other.name is None:
        return one.name is other.name
    return one.name.text.casefold() == other.name.text.casefold()


def _phases(drawn: Sequence[DrawnPhase], after: Journey | None) -> Iterator[Phase]:
    """Yield the records, numbered on from those of the journey before them."""
    begun = 0 if after is None else len(after.phases)
    first = 1 if after is None else 1 + sum(1 for _ in after.steps())
    for number, phase in enumerate(drawn, start=begun + 1):
        yield to_phase(phase, number, first, unnamed="Journey" if number == 1 else f"Part {number}")
        first += len(phase.steps)


def _links(drawings: Sequence[Drawing], phases: Sequence[Phase]) -> Iterator[Link]:
    """Yield the arrows; without any the map is one plain line."""
    drafts = [step for phase in _merged(drawings) for step in phase.steps]
    ids = [step.id for phase in phases for step in phase.steps]
    homes = {(draft.entry.pieces[0].source, draft.shape): at for at, draft in enumerate(drafts)}
    for drawing in drawings:
        source = next((step.entry.pieces[0].source for phase in drawing.phases for step in phase.steps), "")
        for link in drawing.links:
            before, after = homes.get((source, link.before)), homes.get((source, link.after))
            if before is None or after is None:
                continue
            yield Link(
                before=ids[before],
                after=ids[after],
                kind="loop" if after < before else "next",
                label=link.label.text if link.label else None,
                origin=Origin.QUOTED if link.label else Origin.INFERRED,
                evidence=link.label.evidence if link.label else (),
            )


def _warnings(sheets: Sequence[Sheet], drawings: Sequence[Drawing]) -> Iterator[str]:
    """Yield what the user should know of the reading."""
    unread = sum(sheet.unread for sheet in sheets)
    if unread:
        yield f"{_counted(unread, 'region')} of the picture could not be read and stayed empty; they are marked in it."
    struck = sum(sheet.struck for sheet in sheets)
    if struck:
        yield f"{_counted(struck, 'text')} struck through in the picture: left out of the journey."
    unsure = sum(piece.confidence < UNSURE for sheet in sheets for piece in sheet.pieces)
    if unsure:
        yield f"Uncertain readings in the picture: {unsure}. Check them against the picture."
    yield from dict.fromkeys(drawing.note for drawing in drawings if drawing.note)
    if len(sheets) > 1:
        for sheet, drawing in zip(sheets, drawings, strict=True):
            if drawing.why_not is not None and not drawing.steps:
                yield f"{sheet.source.name}: {drawing.why_not}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
