"""Tables (.csv, .tsv): a transcript with a row per turn, or a survey with a row per person."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from journey.errors import SourceError
from journey.sources.clock import seconds
from journey.sources.cues import Cue, to_utterances
from journey.sources.utterance import Utterance, join_lines

_TEXT = """text transcript transcription utterance utterances content message messages words sentence caption captions
subtitle speech said dialogue body turn line quote aussage äußerung texte énoncé texto enunciado mensaje testo tekst
текст 텍스트 내용 テキスト 発言 文本 内容"""
_SPEAKER = """speaker speakers name speaker_name speakername speaker_label speakerlabel user username user_name who
participant author from sender role person actor voice sprecher sprecherin person locuteur locuteurice hablante
orador falante parlante spreker talare говорящий 화자 이름 話者 氏名 发言人 说话人"""
_START = "start start_time starttime begin from_time time timestamp timecode in tc offset start_ms zeit temps tiempo"
_END = "end end_time endtime to_time out end_ms stop"
_PERSON = "id case respondent participant person name user interviewee nr no number"

_FREE_WORDS = 4.0
"""Words that the filled cells of a column hold on average when people wrote freely in it."""
_SPOKEN_WORDS = 2.0
"""The same for what speakers say in turn, which may be short."""
_LEAST_SHARE = 0.2
_LEAST_EVEN = 0.6
"""Share of rows as wide as the first, below which commas are only punctuation."""
_SAMPLE = 200

_NO_WORDS = (
    "This table holds no transcript: it needs a column with what was said (named text, say), or one with free answers."
)
_BROKEN = "This table cannot be read: a quotation mark is never closed, or a cell is too long. Save it again as .csv."
_WHISPER = re.compile(r"start\tend\ttext\n")
"""Whisper quotes nothing in its tables: a quotation mark there is part of the words."""
_QUOTED_CELL = re.compile(r'\t"[^"]*"(?=[\t\n])')
_NOT_A_NAME = re.compile(r"[^\w()]+")


@dataclass(frozen=True)
class Table:
    """The first row and the others, all of one width."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, names: str) -> int | None:
        """Find the column of one of these names."""
        wanted = names.casefold().split()
        folded = [_NOT_A_NAME.sub("_", name.strip().casefold()).strip("_") for name in self.header]
        found = [folded.index(name) for name in wanted if name in folded]
        return found[0] if found else None


def read_table(text: str, *, must_be: bool) -> list[Utterance] | None:
    """Return what was said in a table, or None when this text is none.

    Args:
        must_be: the file is named a table, so that a table without a transcript is refused.

    Raises:
        SourceError: a table without any column of free text.
    """
    table = _parse(text, must_be=must_be)
    if table is None:
        return None
    if (words := _words_of_turns(table)) is not None:
        return _turns(table, words)
    if not must_be:
        return None
    survey = _survey(table)
    if not survey:
        raise SourceError(_NO_WORDS)
    return survey


def _words_of_turns(table: Table) -> int | None:
    """The column of words, in a table that also says when or by whom they were said."""
    words, speaker = table.column(_TEXT), table.column(_SPEAKER)
    if words is not None and (speaker not in (None, words) or table.column(_START) is not None):
        return words
    if speaker is None or not _recurs(table.rows, speaker):
        return None
    others = [column for column in range(len(table.header)) if column != speaker]
    longest = max(others, key=lambda column: sum(len(row[column]) for row in table.rows))
    return longest if _words_per_cell(table, longest) >= _SPOKEN_WORDS else None


def _recurs(rows: Sequence[Sequence[str]], column: int) -> bool:
    names = [row[column].strip() for row in rows if row[column].strip()]
    return len(set(names)) < 0.7 * len(names)


def _parse(text: str, *, must_be: bool) -> Table | None:
    delimiter = _delimiter(text)
    if delimiter is None:
        return None
    try:
        rows = _rows(text, delimiter)
    except csv.Error as exc:
        if not must_be:
            return None
        raise SourceError(_BROKEN) from exc
    if text.count('"') % 2 and must_be and any("\n" in cell for cell in rows[-1]):
        raise SourceError(_BROKEN)
    header, rows = _headed(rows, must_be=must_be)
    if not rows or _evenness(rows, len(header)) < _LEAST_EVEN:
        return None
    blank = [""] * len(header)
    return Table(tuple(header), tuple(tuple([*row, *blank][: len(header)]) for row in rows))


def _rows(text: str, delimiter: str) -> list[list[str]]:
    lines = io.StringIO(text, newline="")
    if delimiter == "\t" and (_WHISPER.match(text) or not _QUOTED_CELL.search(text)):
        reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    else:
        reader = csv.reader(lines, delimiter=delimiter)
    return [row for row in reader if any(cell.strip() for cell in row)]


def _delimiter(text: str) -> str | None:
    """The separator that cuts most rows into as many cells as the first."""
    sample = "\n".join(text.split("\n", _SAMPLE)[:_SAMPLE])
    scores = {}
    for mark in "\t;,|":
        try:
            rows = _rows(sample, mark)
        except csv.Error:
            continue
        if len(rows) >= 2 and len(rows[0]) >= 2:
            scores[mark] = (_evenness(rows[1:], len(rows[0])), len(rows[0]))
    return max(scores, key=scores.__getitem__, default=None)


def _evenness(rows: Sequence[Sequence[str]], width: int) -> float:
    return sum(len(row) == width for row in rows) / len(rows)


def _headed(rows: list[list[str]], *, must_be: bool) -> tuple[list[str], list[list[str]]]:
    """Split off the header, or name the columns of a table that begins with its first turn."""
    first = rows[0]
    begins_at_once = any(map(_is_time, first)) or any(row[0] == first[0] for row in rows[1:])
    return (_names_by_content(rows), rows) if must_be and begins_at_once else (first, rows[1:])


def _names_by_content(rows: list[list[str]]) -> list[str]:
    columns = [[row[at].strip() for row in rows if at < len(row)] for at in range(len(rows[0]))]
    names = [""] * len(columns)
    free = ["start", "end"]
    for at, cells in enumerate(columns):
        if all(map(_is_time, cells)) and cells[:3] != ["1", "2", "3"] and free:
            names[at] = free.pop(0)
        elif "speaker" not in names and len(set(cells)) < 0.7 * len(cells) and max(map(len, cells)) <= 48:
            names[at] = "speaker"
    unnamed = [at for at, name in enumerate(names) if not name]
    if unnamed:
        names[max(unnamed, key=lambda at: sum(map(len, columns[at])))] = "text"
    return names


def _is_time(cell: str) -> bool:
    return cell.strip().isdecimal() or seconds(cell) is not None


def _turns(table: Table, words: int) -> list[Utterance]:
    speaker, start, end = table.column(_SPEAKER), table.column(_START), table.column(_END)
    scale = _scale(table, end if end is not None else start)
    cues = [
        Cue(
            lines=tuple(line for line in row[words].split("\n") if line.strip()),
            start=_time(row, start, scale),
            end=_time(row, end, scale),
            speaker=(row[speaker].strip() or None) if speaker is not None else None,
        )
        for row in table.rows
    ]
    return to_utterances([cue for cue in cues if cue.lines])


def _scale(table: Table, column: int | None) -> float:
    """Whole numbers that climb beyond what seconds could be are milliseconds, as Whisper writes them."""
    if column is None:
        return 1.0
    numbers = [row[column].strip() for row in table.rows]
    if not all(number.isdecimal() for number in numbers if number):
        return 1.0
    last = max((int(number[:15]) for number in numbers if number), default=0)
    return 1000.0 if last / max(1, len(numbers)) > 200 else 1.0


def _time(row: Sequence[str], column: int | None, scale: float) -> float | None:
    if column is None:
        return None
    cell = row[column].strip()
    if (clock := seconds(cell)) is not None:
        return clock
    try:
        value = float(cell.replace(",", ".")) / scale
    except ValueError:
        return None
    return round(value, 3) if 0 <= value < 1e7 else None


def _survey(table: Table) -> list[Utterance]:
    """One participant per row, one passage per free answer; the other columns are about people, not said by them."""
    free = [column for column in range(len(table.header)) if _is_free_text(table, column)]
    person = table.column(_PERSON)
    if person is None and 0 not in free:
        person = 0
    names = _row_names(table, person)
    return [
        Utterance(join_lines(row[column].split("\n")), name)
        for name, row in zip(names, table.rows, strict=True)
        for column in free
        if row[column].strip()
    ]


def _is_free_text(table: Table, column: int) -> bool:
    filled = [cell for row in table.rows if (cell := row[column].strip())]
    is_filled = len(filled) >= max(1, _LEAST_SHARE * len(table.rows))
    return is_filled and _words_per_cell(table, column) >= _FREE_WORDS


def _words_per_cell(table: Table, column: int) -> float:
    filled = [cell for row in table.rows if (cell := row[column].strip())]
    return sum(len(cell.split()) for cell in filled) / max(1, len(filled))


def _row_names(table: Table, person: int | None) -> list[str]:
    numbered = [f"Row {number}" for number in range(1, len(table.rows) + 1)]
    if person is None:
        return numbered
    names = [join_lines([row[person]])[:40] for row in table.rows]
    return names if len(set(names)) == len(names) and all(names) else numbered
