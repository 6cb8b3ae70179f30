"""Two states side by side: every part stands in its place and says what became of it."""

from __future__ import annotations

from journey.edits import AddItem, DeleteItem, DeleteStep, MoveStep, SetEmotion, SetText, apply
from journey.edits.side_by_side import Piece, Row, side_by_side
from journey.model import Journey
from tests.journeys import full_journey


def words(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.words for piece in pieces)


def told(rows: tuple[Row, ...]) -> list[tuple[str, str, str, str]]:
    return [(row.part, row.what, words(row.before), words(row.after)) for row in rows]


def changed(*edits: AddItem | DeleteItem | DeleteStep | MoveStep | SetEmotion | SetText) -> Journey:
    journey = full_journey()
    for edit in edits:
        journey = apply(journey, edit)
    return journey


def test_a_journey_beside_itself_differs_in_nothing() -> None:
    rows = side_by_side(full_journey(), full_journey())
    assert {row.what for row in rows} == {"same"}
    assert side_by_side(full_journey(), full_journey(), only_changes=True) == ()


def test_added_removed_and_changed_cards_stand_under_their_phase_and_step() -> None:
    after = changed(
        AddItem(step="p1", lane="needs", text="A filter"),
        DeleteItem(item="i3"),
        SetText(part="item", id="i2", text="Searching takes long"),
    )
    assert told(side_by_side(full_journey(), after, only_changes=True)) == [
        ("phase", "same", "Search", "Search"),
        ("step", "same", "Look for a room", "Look for a room"),
        ("card", "changed", "Searching is slow", "Searching takes long"),
        ("card", "added", "", "A filter"),
        ("card", "removed", "A faster search", ""),
    ]


def test_of_changed_words_only_those_that_differ_are_marked() -> None:
    after = changed(SetText(part="item", id="i2", text="Searching takes long"))
    row = next(row for row in side_by_side(full_journey(), after) if row.what == "changed")
    assert row.before == (Piece("Searching "), Piece("is", differs=True), Piece(" "), Piece("slow", differs=True))


def test_a_step_that_moved_is_in_both_places_and_counts_as_neither_added_nor_removed() -> None:
    rows = side_by_side(full_journey(), changed(MoveStep(step="p3", phase="f1", at=0)), only_changes=True)
    assert ("step", "moved", "Wait for the letter", "") in told(rows)
    assert ("step", "moved", "", "Wait for the letter") in told(rows)
    assert {row.what for row in rows} <= {"moved", "same"}


def test_what_stands_in_a_step_that_moved_did_not_move_itself() -> None:
    after = changed(MoveStep(step="p1", phase="f2", at=0), SetText(part="item", id="i2", text="Searching takes long"))
    rows = told(side_by_side(full_journey(), after, only_changes=True))
    assert ("card", "changed", "Searching is slow", "Searching takes long") in rows
    assert [row[0] for row in rows if row[1] == "moved"] == ["step", "step"]


def test_a_removed_step_stands_where_it_stood() -> None:
    journey = full_journey()
    phase = next(phase for phase in journey.phases if len(phase.steps) > 1)
    rows = told(side_by_side(journey, apply(journey, DeleteStep(step=phase.steps[0].id))))
    assert rows.index(("step", "removed", phase.steps[0].title, "")) < rows.index(
        ("step", "same", phase.steps[1].title, phase.steps[1].title)
    )


def test_texts_of_the_journey_and_feelings_are_told_too() -> None:
    after = changed(SetText(part="goal", text="Rest"), SetEmotion(step="p1", score=2, label="glad"))
    rows = told(side_by_side(full_journey(), after, only_changes=True))
    assert rows[0] == ("text", "changed", "Sleep near the sea", "Rest")
    assert ("feeling", "changed", "furious (-1.5)", "glad (+2)") in rows
