"""A spreadsheet as rows of text, from CSV in any of its dialects or from XLSX."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from journey.errors import JourneyFileError, SourceError
from journey.exports.journey_csv import as_text
from journey.sources.encoding import decode

Grid = list[list[str]]

MOST_ROWS, MOST_COLUMNS = 50_000, 2_000
MOST_UNPACKED = 100 * 2**20
"""Bytes that a workbook may unpack to: an honest one of a whole study has a tenth."""

MOST_MERGED = 500_000
"""Cells within merged ranges."""

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*[\"']([A-Za-z]+[0-9]+:[A-Za-z]+[0-9]+)[\"']")
_DELIMITERS = ",;\t|"
_DECLARED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_TOO_LARGE = "This table is too large for a journey map: it has over 50,000 rows, 2,000 columns or 100 MB."
_DAMAGED = "This workbook cannot be read: it is damaged, or protected with a password. Save a copy as .xlsx or .csv."


def read_csv(content: bytes) -> Grid:
    """Return the rows of a CSV file, in whatever encoding and with whatever separator it was saved.

    Raises:
        JourneyFileError: it is no table.
    """
    try:
        text = decode(content)
    except SourceError as exc:
        raise JourneyFileError(str(exc)) from exc
    declared = _DECLARED.match(text)
    if declared:
        text = text[declared.end() :]
    delimiter = declared[1] if declared else _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return _checked([[_plain(cell) for cell in row] for row in reader])
    except csv.Error as exc:
        raise JourneyFileError("This table cannot be read: a quotation mark is never closed. Save it again.") from exc


def read_xlsx(content: bytes) -> dict[str, Grid]:
    """Return the rows of every visible sheet by its name, with what is merged written into each of its cells.

    Raises:
        JourneyFileError: it is no workbook, or one that unpacks to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_package(package)
        book = load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
        return {sheet.title: _checked(_rows(sheet)) for sheet in book.worksheets if sheet.sheet_state == "visible"}
    except JourneyFileError:
        raise
    except _FOREIGN as exc:
        raise JourneyFileError(_DAMAGED) from exc


def _check_package(package: zipfile.ZipFile) -> None:
    """Refuse what would take too much memory: the reader makes an object for every cell of a merged range."""
    if sum(entry.file_size for entry in package.infolist()) > MOST_UNPACKED:
        raise JourneyFileError(_TOO_LARGE)
    merged = 0
    for name in package.namelist():
        if name.startswith("xl/worksheets/"):
            merged += sum(_area(ref.decode()) for ref in _MERGED.findall(package.read(name)))
    if merged > MOST_MERGED:
        raise JourneyFileError(_TOO_LARGE)


def _area(ref: str) -> int:
    bounds: tuple[int, int, int, int] = range_boundaries(ref)
    left, top, right, bottom = bounds
    return (right - left + 1) * (bottom - top + 1)


_FOREIGN = (
    zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError,
    EOFError, RuntimeError, NotImplementedError, SyntaxError,
)  # fmt: skip
"""What openpyxl, zipfile and the XML parser (a SyntaxError) raise on files that are damaged, protected or hostile."""


def _rows(sheet: Worksheet) -> Grid:
    if (sheet.max_row or 0) > MOST_ROWS or (sheet.max_column or 0) > MOST_COLUMNS:
        raise JourneyFileError(_TOO_LARGE)
    rows = [[_shown(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    for merged in sheet.merged_cells.ranges:
        if merged.size["rows"] > 1 and merged.size["columns"] > 1:
            continue  # a banner over a region, not a name for each of its cells
        for row, column in _cells(merged.bounds, rows):
            rows[row][column] = rows[merged.min_row - 1][merged.min_col - 1]
    return rows


def _cells(bounds: tuple[int, int, int, int], rows: Grid) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = bounds
    for row in range(top - 1, min(bottom, len(rows))):
        for column in range(left - 1, min(right, len(rows[row]))):
            yield row, column


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _plain(str(value))


def _checked(rows: Grid) -> Grid:
    """Return the rows without those at the end that are empty, all of one width."""
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    width = max(map(len, rows), default=0)
    if len(rows) > MOST_ROWS or width > MOST_COLUMNS:
        raise JourneyFileError(_TOO_LARGE)
    return [[cell.strip() for cell in row] + [""] * (width - len(row)) for row in rows]


def _plain(cell: str) -> str:
    """Return a cell without the apostrophe by which an export kept it from being a formula."""
    return cell[1:] if cell.startswith("'") and as_text(cell[1:]) == cell else cell


def _delimiter(text: str) -> str:
    """Return the separator that cuts the first rows into the most columns, as evenly as can be."""
    sample = text[:20_000]

    def evenness(delimiter: str) -> tuple[float, int]:
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if any(row)]
        except csv.Error:
            return 0.0, 0
        usual = max(set(widths), key=widths.count, default=1)
        return (widths.count(usual) / len(widths) if usual > 1 else 0.0), usual

    return max(_DELIMITERS, key=evenness)
