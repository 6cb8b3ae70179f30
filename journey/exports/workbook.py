"""A journey as an XLSX workbook: the map, every claim with its quotes, the links, and what the map is about.

Every cell is written as text and, where it could be read as a formula, marked as such twice: by its type, and by the
apostrophe that survives when somebody saves the sheet as CSV (CWE-1236).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from journey.exports.board import Board, Column, to_board
from journey.exports.citations import Citations, signed
from journey.exports.journey_csv import TIDY_COLUMNS, as_text, tidy_rows
from journey.exports.measuring import LINE_HEIGHT, wrap
from journey.exports.office import without_times, xml_text
from journey.exports.palette import BAND_FILL, INK, tone
from journey.model import Journey, Link

LONGEST = 32_000
"""Characters that a cell holds; Excel's limit is 32,767."""

LINK_COLUMNS = ("from_no", "from", "to_no", "to", "kind", "label", "origin", "quote", "participant", "source")
SIZE = 11.0
CHARACTER = 5.25
"""Points of a column's unit of width, which is a digit of the standard type."""

HIGHEST = 409.0
"""Points of a row; Excel's limit."""

WIDTHS = {"text": 40, "quote": 60, "step": 28, "from": 28, "to": 28, "label": 24, "phase": 22, "participant": 16}

_TOP = Alignment(vertical="top", wrap_text=True)
_BOLD = Font(name="Calibri", size=SIZE, bold=True)
_HEAD = Font(name="Calibri", size=SIZE, bold=True, color=INK)


def to_xlsx(journey: Journey) -> bytes:
    """Write a journey as a workbook of four sheets: Map, Evidence, Links, About."""
    book = Workbook()
    book.remove(book.active)
    _write_map(book.create_sheet("Map"), to_board(journey))
    _write_table(book.create_sheet("Evidence"), TIDY_COLUMNS, tidy_rows(journey))
    _write_table(book.create_sheet("Links"), LINK_COLUMNS, _link_rows(journey))
    _write_table(book.create_sheet("About"), ("field", "value"), _about(journey))
    book.properties.title = xml_text(journey.title)
    book.properties.creator = "journey"
    out = io.BytesIO()
    book.save(out)
    return without_times(out.getvalue())


def _write_map(sheet: Worksheet, board: Board) -> None:
    """Write phases over steps over lanes; the head and the lanes' names stay in view."""
    columns = board.columns
    _write_row(sheet, 1, ["Phase", *(band.name for band in board.bands for _ in band.columns)])
    _write_row(sheet, 2, ["Step", *(column.head.text if column.step else "" for column in columns)])
    for number, row in enumerate(board.rows, start=3):
        cells = [_feeling(column) if row.is_curve else _cards(column, row.title) for column in columns]
        _write_row(sheet, number, [row.title, *cells])
        for cell in sheet[number]:
            cell.fill = PatternFill("solid", fgColor=tone(row.title).fill)
    _style_map(sheet, board)


def _style_map(sheet: Worksheet, board: Board) -> None:
    at = 2
    for band in board.bands:
        if len(band.columns) > 1:
            sheet.merge_cells(start_row=1, end_row=1, start_column=at, end_column=at + len(band.columns) - 1)
        at += len(band.columns)
    for row in (1, 2):
        for cell in sheet[row]:
            cell.font, cell.fill = _HEAD, PatternFill("solid", fgColor=BAND_FILL)
    for row in sheet.iter_rows(min_col=1, max_col=1):
        row[0].font = _BOLD
    for number in range(1, at):
        sheet.column_dimensions[get_column_letter(number)].width = 16 if number == 1 else 30
    sheet.freeze_panes = "B3"
    sheet.auto_filter.ref = f"A2:{get_column_letter(max(1, at - 1))}{max(2, sheet.max_row)}"
    _print_landscape(sheet)
    sheet.print_title_rows, sheet.print_title_cols = "1:2", "A:A"
    _fit_rows(sheet)


def _write_table(sheet: Worksheet, columns: Sequence[str], rows: Iterable[dict[str, str]]) -> None:
    """Write records under a head that stays in view and filters."""
    _write_row(sheet, 1, columns)
    number = 1
    for number, row in enumerate(rows, start=2):
        _write_row(sheet, number, [row.get(column, "") for column in columns])
    for cell in sheet[1]:
        cell.font, cell.fill = _HEAD, PatternFill("solid", fgColor=BAND_FILL)
    for at, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = WIDTHS.get(column, 80 if column == "value" else 12)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{number}"
    _print_landscape(sheet)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    _fit_rows(sheet)


def _write_row(sheet: Worksheet, number: int, texts: Sequence[str]) -> None:
    for at, text in enumerate(texts, start=1):
        cell = sheet.cell(row=number, column=at)
        cell.alignment = _TOP
        if text:
            cell.value = xml_text(as_text(text))[:LONGEST]
            cell.data_type = "s"
            cell.quotePrefix = True


def _print_landscape(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4


def _fit_rows(sheet: Worksheet) -> None:
    """Make every row as high as its words are: not every program does so when it opens a file."""
    rooms = {letter: column.width * CHARACTER for letter, column in sheet.column_dimensions.items()}
    for number, row in enumerate(sheet.iter_rows(), start=1):
        lines = [len(wrap(str(cell.value), rooms[cell.column_letter], SIZE)) for cell in row if cell.value]
        sheet.row_dimensions[number].height = min(HIGHEST, max(lines, default=1) * SIZE * LINE_HEIGHT + 4)


def _feeling(column: Column) -> str:
    return f"{column.feeling.text} ({signed(column.score or 0)})" if column.feeling else ""


def _cards(column: Column, lane: str) -> str:
    cards = column.cells.get(lane, ())
    marks = {"quoted": "", "inferred": " (inferred)", "user": " (by the user)", "contradicted": " (contradicted)"}
    return "\n".join(card.text + marks[card.standing.form] for card in cards)


def _link_rows(journey: Journey) -> Iterable[dict[str, str]]:
    citations = Citations(journey)
    steps = {step.id: (str(number), step.title) for number, step in enumerate(journey.steps(), start=1)}
    for link in journey.links:
        row = _link_row(link, steps)
        if not link.evidence:
            yield row
        for evidence in link.evidence:
            cited = citations.cite(evidence)
            yield {**row, "quote": cited.quote, "participant": cited.speaker, "source": cited.source}


def _link_row(link: Link, steps: dict[str, tuple[str, str]]) -> dict[str, str]:
    before, after = (steps.get(end, ("", end)) for end in (link.before, link.after))
    ends = {"from_no": before[0], "from": before[1], "to_no": after[0], "to": after[1]}
    return {**ends, "kind": link.kind, "label": link.label or "", "origin": link.origin.value}


def _about(journey: Journey) -> Iterable[dict[str, str]]:
    actor, run = journey.actor, journey.run
    facts = [
        ("title", journey.title),
        ("actor", actor.name if actor else ""),
        ("role", (actor.role or "") if actor else ""),
        ("scenario", journey.scenario or ""),
        ("goal", journey.goal or ""),
        *(("goal of phase", f"{phase.name}: {phase.goal}") for phase in journey.phases if phase.goal),
        ("outcome", journey.outcome.value),
        ("reason", journey.reason or ""),
        ("engine", " ".join(filter(None, [run.engine, run.model]))),
        *(("warning", warning) for warning in run.warnings),
        *(("source", source.name) for source in journey.sources),
    ]
    return [{"field": name, "value": value} for name, value in facts if value]
