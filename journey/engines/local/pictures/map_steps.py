"""A found map as phases and steps: every cell's entries in their lanes, every feeling as read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from journey.engines.local.pictures.axes import length, middle, shared
from journey.engines.local.pictures.drafts import Draft, DrawnPhase
from journey.engines.local.pictures.emotion_row import column_bounds, curve_heights, curves_in, faces_in, scale
from journey.engines.local.pictures.entries import Entry, is_list, to_entries
from journey.engines.local.pictures.feelings import felt, score_of
from journey.engines.local.pictures.header import Header, PhaseColumns, read_header
from journey.engines.local.pictures.maps import FoundMap
from journey.engines.local.pictures.sheet import Card, Piece
from journey.engines.local.pictures.titles import leaves
from journey.sources.geometry import Rect
from journey.sources.layout.grid import place_of, places_of

STEP_ROWS = ("actions", "touchpoints", "thoughts")
"""The lanes whose entries may name the steps where no header does, the best first."""

OFF_CENTRE = 0.12
"""Of a card's width, that words in a merged cell may stand off its middle or its beginning."""


def draw_phases(found: FoundMap) -> list[DrawnPhase]:
    """Return the phases of a map with their steps; a phase of an empty column has none."""
    header = read_header(found)
    cells = _cells(found)
    step_row = _step_row(found, header)
    drawn = []
    for phase in header.phases:
        steps = _drafts(phase, header, cells, step_row)
        _fill(steps, phase, found, cells, left_out=step_row)
        if steps:
            _feel(steps, phase, found, cells)
        drawn.append(DrawnPhase(_name(phase), _goal(phase, found, cells), tuple(steps)))
    return drawn


Cells = dict[tuple[int, int], list[Entry]]
"""The entries of each cell, by the index of its row and its column."""


def _cells(found: FoundMap) -> Cells:
    """Cut every cell into its entries; a merged cell counts for each column it covers."""
    cards = _holding(leaves(found.sheet.cards), found)
    places = {passage: card.rect for card in cards for passage in card.passages}
    cells: Cells = {}
    widths, nouns = _text_widths(found), found.sheet.source.language == "de"
    for index, row in enumerate(found.rows):
        listed = any(is_list(piece) for piece in row.pieces)
        by_columns: dict[range, list[Piece]] = defaultdict(list)
        for piece in row.pieces:
            by_columns[_columns_of(piece, places.get(piece.passage), found, row.pieces)].append(piece)
        for columns, pieces in by_columns.items():
            entries = to_entries(pieces, cards, listed=listed, width=widths.get(columns[0], 0.0), nouns=nouns)
            for column in columns:
                cells.setdefault((index, column), []).extend(entries)
    return cells


def _holding(cards: Sequence[Card], found: FoundMap) -> list[Card]:
    """Return cards with only those passages that lie on them: words beside an icon are not of its shape."""
    places = {piece.passage: piece.rect for row in found.rows for piece in row.pieces}
    inside = [
        tuple(name for name in card.passages if name in places and _lies_on(places[name], card.rect)) for card in cards
    ]
    return [replace(card, passages=passages) for card, passages in zip(cards, inside, strict=True)]


def _lies_on(words: Rect, card: Rect) -> bool:
    return words.shared(card) > 0.5 * words.area


def _text_widths(found: FoundMap) -> dict[int, float]:
    """Return how wide the text of each column runs at most."""
    places: dict[int, list[Rect]] = defaultdict(list)
    for row in found.rows:
        for piece in row.pieces:
            if len(places_of(found.axes.phase(piece.rect), found.cuts)) < 2:
                places[found.column_of(piece)].append(piece.rect)
    return {
        column: max(rect.right for rect in rects) - min(rect.left for rect in rects) for column, rects in places.items()
    }


def _columns_of(piece: Piece, card: Rect | None, found: FoundMap, others: Sequence[Piece]) -> range:
    """Return the columns of a piece: all that its card covers alone, else the one its words are mostly in."""
    home = place_of(found.axes.phase(piece.rect), found.cuts)
    if card is None or not found.cuts:
        return range(home, home + 1)
    covered = places_of(found.axes.phase(card), found.cuts, least=0.7)
    words, around = found.axes.phase(piece.rect), found.axes.phase(card)
    off = min(abs(middle(words) - middle(around)), abs(words[0] - around[0]))
    if off > OFF_CENTRE * length(around):
        return range(home, home + 1)
    taken = {found.column_of(other) for other in others if other.rect.shared(card) > 0.5 * other.rect.area}
    return covered if home in covered and taken == {home} else range(home, home + 1)


def _step_row(found: FoundMap, header: Header) -> int | None:
    """Return the index of the row whose entries are the steps; None where the header names them."""
    if header.steps:
        return None
    filled = [index for index, row in enumerate(found.rows) if row.pieces]
    for lane in STEP_ROWS[:1] if found.levels else STEP_ROWS:
        for index in filled:
            if found.rows[index].lane == lane:
                return index
    return None if found.levels else next((at for at in filled if found.rows[at].lane != "emotion"), None)


def _drafts(phase: PhaseColumns, header: Header, cells: Cells, step_row: int | None) -> list[Draft]:
    """Return the steps of a phase: its actions, or its header's, or one named as the phase itself."""
    drafts: list[Draft] = []
    for column in phase.columns:
        filled = any(at == column for (_, at), entries in cells.items() if entries)
        named = header.steps.get(column)
        if named is not None and not filled and step_row is None and len(cells) > 0:
            filled = True
        if step_row is not None:
            inside = [
                entry
                for entry in cells.get((step_row, column), ())
                if not any(entry.pieces == draft.entry.pieces for draft in drafts)
            ]
            drafts += [Draft(entry.text, entry, range(column, column + 1)) for entry in inside]
            if inside:
                continue
        cell = named or (phase.cell if not drafts else None)
        if cell is not None and filled:
            entry = Entry(cell.pieces)
            drafts.append(Draft(entry.text, entry, range(column, column + 1)))
    return drafts


def _fill(steps: list[Draft], phase: PhaseColumns, found: FoundMap, cells: Cells, *, left_out: int | None) -> None:
    """Give the entries of every lane to the steps they stand by."""
    headers = {"phases", "steps"}
    for index, row in enumerate(found.rows):
        if index == left_out or row.lane in headers or (row.lane == "emotion"):
            continue
        for column in phase.columns:
            for entry in cells.get((index, column), ()):
                home = _home(entry, column, steps, found)
                if home is None:
                    continue
                if row.lane is None or row.lane == "goals" or (row.lane == "actions" and left_out is not None):
                    home.own[row.title.text].append(entry)
                else:
                    home.found[row.lane].append(entry)


def _home(entry: Entry, column: int, steps: Sequence[Draft], found: FoundMap) -> Draft | None:
    """Return the step an entry stands by: in its column, and there above or below it; else the phase's first."""
    inside = [step for step in steps if column in step.columns] or list(steps)
    if not inside:
        return None
    spans = [found.axes.phase(step.entry.rect) for step in inside]
    apart = all(shared(one, other) <= 0 for at, one in enumerate(spans) for other in spans[at + 1 :])
    if len(inside) == 1 or not apart:
        return inside[0]
    here = found.axes.phase(entry.rect)
    return max(zip(inside, spans, strict=True), key=lambda pair: shared(here, pair[1]))[0]


def _feel(steps: list[Draft], phase: PhaseColumns, found: FoundMap, cells: Cells) -> None:
    """Give every column its feeling; words that sound like none stay as a lane of the map's own."""
    bounds = column_bounds(found)
    for index, row in enumerate(found.rows):
        if row.lane != "emotion" and not (row.lane is None and curves_in(found, row)):
            continue
        marks = {piece.passage for piece in scale(found, row)}
        for column in phase.columns:
            said = cells.get((index, column), ()) if row.lane == "emotion" else ()
            words = [entry for entry in said if entry.pieces[0].passage not in marks and len(entry.text) > 1]
            faces = faces_in(found, row, column)
            for step, entries, span in _shares(steps, column, words, bounds[column], found):
                heights = curve_heights(found, row, span)
                emotion = felt(heights, faces if step is steps[0] or len(phase.columns) > 1 else (), entries)
                if emotion is not None and step.emotion is None:
                    step.emotion = emotion
                if not heights and not faces:
                    step.own[row.title.text] += [entry for entry in entries if score_of(entry.text) is None]


def _shares(
    steps: list[Draft], column: int, words: Sequence[Entry], span: tuple[float, float], found: FoundMap
) -> Iterator[tuple[Draft, list[Entry], tuple[float, float]]]:
    """Yield what of a column's feeling belongs to which step: all to the first, where they stand below each other."""
    inside = [step for step in steps if column in step.columns] or steps[:1]
    homes = {id(entry): _home(entry, column, inside, found) for entry in words}
    spread = {id(home) for home in homes.values()}
    if len(spread) < 2:
        yield inside[0], list(words), span
        return
    for step in inside:
        own = [entry for entry in words if homes[id(entry)] is step]
        if own:
            yield step, own, found.axes.phase(step.entry.rect)


def _name(phase: PhaseColumns) -> Entry | None:
    return None if phase.cell is None else Entry(phase.cell.pieces)


def _goal(phase: PhaseColumns, found: FoundMap, cells: Cells) -> str | None:
    rows = [index for index, row in enumerate(found.rows) if row.lane == "goals"]
    said = [entry.text for index in rows for column in phase.columns for entry in cells.get((index, column), ())]
    return "; ".join(dict.fromkeys(said)) or None
