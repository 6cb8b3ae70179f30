"""Feelings on a map: the height of a curve, a face, and words are readings of their own; none is averaged."""

from __future__ import annotations

import pytest

from journey.engines.local.pictures.draw import draw_pictures
from journey.model import Emotion, Journey, Origin, Run
from tests.drawn_sheets import Board, table
from tests.local_sources import CountingWork

HEADER = ("Discover", "Buy", "Use")
ROWS = (
    ("Actions", ("Reads", "Pays", "Unpacks")),
    ("Emotions", ("", "", "")),
    ("Pain points", ("Slow", "Dear", "Dull")),
)


def draw(board: Board) -> Journey:
    return draw_pictures([board.source()], CountingWork(), run=Run(engine="local"))


def emotions(board: Board) -> list[Emotion]:
    return [step.emotion for step in draw(board).steps() if step.emotion is not None]


def with_words(*words: str) -> Board:
    return table(HEADER, (ROWS[0], ("Emotions", words), ROWS[2]))


def test_the_height_of_the_curve_is_the_score_of_its_column() -> None:
    board = table(HEADER, ROWS)
    board.curve([(200, 235), (300, 235), (500, 260), (700, 300), (800, 300)])
    scores = [emotion.score for emotion in emotions(board)]
    assert scores[0] > scores[1] > scores[2]
    assert scores[0] > 0.5
    assert scores[2] < -0.5


def test_what_only_a_curve_says_shows_no_quote() -> None:
    board = table(HEADER, ROWS)
    board.curve([(200, 235), (800, 290)])
    assert {emotion.origin for emotion in emotions(board)} == {Origin.INFERRED}
    assert all(not emotion.evidence for emotion in emotions(board))


def test_words_that_disagree_with_the_curve_are_kept_beside_it() -> None:
    board = with_words("Worried", "Neutral", "Happy")
    board.curve([(200, 232), (800, 232)])
    first = emotions(board)[0]
    assert first.score > 1
    assert (first.label, first.evidence[0].quote) == ("Worried", "Worried")
    assert [(other.score, other.read_from) for other in first.other_readings] == [(-1.0, "the words")]


def test_faces_tell_the_feeling_where_no_curve_is_drawn() -> None:
    board = table(HEADER, ROWS)
    for column, score in enumerate((-1.0, 0.0, 1.0)):
        board.face(250 + 200 * column, 260, score)
    assert [emotion.score for emotion in emotions(board)] == [-1.0, 0.0, 1.0]


def test_faces_at_different_heights_are_a_curve_as_well() -> None:
    board = table(HEADER, ROWS)
    for column, (y, score) in enumerate(((290, 1.0), (260, 0.0), (225, 1.0))):
        board.face(250 + 200 * column, y, score)
    first, _, last = emotions(board)
    assert first.score < 0 < last.score
    assert [other.read_from for other in first.other_readings] == ["a face"]


def test_a_second_curve_is_a_reading_of_its_own() -> None:
    board = table(HEADER, ROWS)
    board.curve([(190, 225), (810, 225)])
    board.curve([(200, 295), (800, 295)], colour="#0000ff")
    first = emotions(board)[0]
    assert first.score > 0 > first.other_readings[0].score
    assert first.other_readings[0].read_from == "another curve"


def test_a_scale_at_the_side_says_what_the_heights_stand_for() -> None:
    board = table(HEADER, ROWS)
    board.write(140, 212, "positive")
    board.write(140, 272, "negative")
    board.curve([(200, 221), (800, 221)])
    assert emotions(board)[0].score == pytest.approx(2.0, abs=0.1)
    assert all(emotion.label == "high on the curve" for emotion in emotions(board))


@pytest.mark.parametrize(
    ("word", "sign"),
    [
        ("Delighted", 1),
        ("unsicher", -1),
        ("Frustrada", -1),
        ("Soulagé", 1),
        ("Tevreden", 1),
        ("Não satisfeito", -1),
        ("Desconfiado", -1),
    ],
)
def test_feeling_words_of_six_languages_have_a_sign(word: str, sign: int) -> None:
    emotion = emotions(with_words(word, "", ""))[0]
    assert (emotion.label, emotion.score * sign > 0) == (word, True)


def test_words_that_sound_like_no_feeling_are_kept_as_a_lane_and_give_no_score() -> None:
    journey = draw(with_words("Tuesday", "", ""))
    step = next(journey.steps())
    assert step.emotion is None
    assert [(kept.title, kept.items[0].text) for kept in step.lanes] == [("Emotions", "Tuesday")]
