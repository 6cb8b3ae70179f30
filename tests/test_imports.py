"""Files become journeys: by what they hold, not by what they are called; what is none is refused in words."""

from __future__ import annotations

import io
import zipfile

import pytest

from journey import grounding
from journey.errors import JourneyFileError
from journey.exports import FORMATS, to_json
from journey.imports import IMPORTS, read_journey
from journey.model import Journey, Origin, Outcome
from tests.journeys import full_journey
from tests.sample_journeys import hostile_journey, rich_journey

MERMAID = """```mermaid
---
title: from the front
---
%% a comment
journey
    title My working day
    section Go to work
      Make tea: 5: Me
      Step 1#58; go #amp; sit: 1: Me, Cat
      No feeling
    section Empty
"""
CJML = """<CJML version="2.0"><actualJourney><journeyID>AJ1</journeyID>
 <actors><endUser actorID="c"><actorName>Carl</actorName></endUser>
  <serviceProvider actorID="b"><companyName>Bookis</companyName></serviceProvider></actors>
 <touchpoints><actualCommunicationPoint><touchpointID>TP1</touchpointID>
  <initiator><refersTo actorIDref="c"/><initiatorLabel>Creates an account</initiatorLabel></initiator>
  <receiver><refersTo actorIDref="b"/><receiverLabel>Account registered</receiverLabel></receiver>
  <channel><channelName>Web</channelName></channel>
  <touchpointExperience><experienceDescription>smooth</experienceDescription>
  <experienceRating>satisfied</experienceRating></touchpointExperience></actualCommunicationPoint>
 <actualAction><touchpointID>TP2</touchpointID>
  <initiator><refersTo actorIDref="b"/><initiatorLabel>Packs the book</initiatorLabel></initiator></actualAction>
 </touchpoints></actualJourney></CJML>"""


def text_of(journey: Journey) -> list[tuple[str, list[str]]]:
    return [(phase.name, [step.title for step in phase.steps]) for phase in journey.phases]


@pytest.mark.parametrize("name", IMPORTS)
def test_what_a_file_is_its_content_says(name: str) -> None:
    """The name is wrong on purpose."""
    journey = read_journey("file.bin", FORMATS[name].to_bytes(full_journey()))
    assert text_of(journey) == text_of(full_journey())


def test_a_journey_file_comes_in_as_it_is() -> None:
    assert read_journey("x", to_json(rich_journey()).encode()) == rich_journey()


def test_a_journey_file_whose_quotes_do_not_stand_is_refused() -> None:
    """No quote, no claim: also when a file says so."""
    forged = to_json(full_journey()).replace('"quote": "It took ages"', '"quote": "It was great"')
    with pytest.raises(JourneyFileError, match="1 of its claims do not stand in its own sources"):
        read_journey("x.json", forged.encode())


def test_mermaid_is_read_as_mermaid_reads_it() -> None:
    journey = read_journey("day.md", MERMAID.encode())
    assert journey.title == "My working day"
    assert text_of(journey) == [("Go to work", ["Make tea", "Step 1: go & sit", "No feeling"]), ("Empty", [])]
    steps = list(journey.steps())
    assert [step.emotion.score if step.emotion else None for step in steps] == [2, -2, None]
    assert journey.actor is not None
    assert journey.actor.name == "Me"
    assert steps[1].role == "Me, Cat"


def test_scores_that_nobody_voiced_are_no_feelings_when_our_own_diagram_comes_back() -> None:
    again = read_journey("x.mmd", FORMATS["mermaid"].to_bytes(rich_journey()))
    assert [step.emotion is None for step in again.steps()] == [step.emotion is None for step in rich_journey().steps()]


def test_cjml_gives_actors_channels_and_ratings() -> None:
    journey = read_journey("x.xml", CJML.encode())
    first, second = journey.steps()
    assert journey.actor is not None
    assert journey.actor.name == "Carl"
    assert (first.title, first.role, second.title, second.role) == (
        "Creates an account",
        None,
        "Packs the book",
        "Bookis",
    )
    assert [(one.text, one.channel) for one in first.touchpoints] == [("Account registered", "Web")]
    assert first.emotion is not None
    assert (first.emotion.score, first.emotion.label) == (1, "smooth")


def test_what_has_no_quote_in_the_file_is_the_users() -> None:
    journey = read_journey("x.xml", CJML.encode())
    assert {item.origin for step in journey.steps() for _, item in step.items()} == {Origin.USER}
    assert {step.origin for step in journey.steps()} == {Origin.USER}


def test_a_map_without_a_quote_still_has_a_source() -> None:
    (source,) = read_journey("day.mmd", MERMAID.encode()).sources
    assert (source.name, source.text, source.passages) == ("day.mmd", "", ())
    bare = full_journey().model_copy(update={"sources": (), "phases": (), "links": ()})
    assert [source.name for source in read_journey("x.json", to_json(bare).encode()).sources] == ["x.json"]


def test_a_journey_taken_in_says_where_it_comes_from() -> None:
    journey = read_journey("day.mmd", MERMAID.encode())
    assert journey.run.engine == "import"
    assert "day.mmd" in journey.run.warnings[0]
    assert journey.outcome is Outcome.COMPLETE


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 120 * 2**20)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "No journey was found"),
        (b"Dear diary", "No journey map was found"),
        (b"a,b\n1,2\n", "No journey map was found"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "No journey was found"),
        (b"PK\x03\x04junk", "cannot be read"),
        (b'{"schema": "journey/9"}', "another version"),
        (b"journey\n  title Empty\n", "has no tasks"),
        (b"<CJML><broken", "not well-formed"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><CJML>&x;</CJML>', "not well-formed"),
        (b"<CJML version='2.0'></CJML>", "holds no journey"),
    ],
)
def test_what_is_no_journey_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(JourneyFileError, match=words):
        read_journey("file", content)


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is() -> None:
    with pytest.raises(JourneyFileError, match="too large"):
        read_journey("bomb.xlsx", _bomb())


def _forged(words: str, instead: str) -> bytes:
    """Forge a workbook: ours, with something else in its sheets."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(FORMATS["xlsx"].to_bytes(full_journey()))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, text.replace(words, instead, 1) if "worksheets/" in name else text)
    return out.getvalue()


def test_a_merged_range_over_the_whole_sheet_is_refused_before_it_is_filled() -> None:
    """Seventeen billion cells; without the guard the reader makes an object for each."""
    forged = _forged('ref="C1:D1"', 'ref="A1:XFD1048576"')
    with pytest.raises(JourneyFileError, match="too large"):
        read_journey("x.xlsx", forged)


def test_a_cell_far_away_is_refused_before_the_rows_to_it_are_filled() -> None:
    far = '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    with pytest.raises(JourneyFileError, match="too large"):
        read_journey("x.xlsx", _forged("</sheetData>", far))


def test_entities_in_a_workbook_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet'
    with pytest.raises(JourneyFileError, match="damaged"):
        read_journey("x.xlsx", _forged("<worksheet", bomb))


def test_a_file_larger_than_any_map_is_refused() -> None:
    with pytest.raises(JourneyFileError, match="larger than 20 MB"):
        read_journey("x.csv", b"Step,Pains\n" + b"a,b\n" * 6_000_000)


@pytest.mark.parametrize("name", ["csv", "csv-matrix", "xlsx", "mermaid", "cjml"])
def test_hostile_words_stay_words(name: str) -> None:
    journey = read_journey("x", FORMATS[name].to_bytes(hostile_journey()))
    assert grounding.verify(journey) == ()
    assert "".join(next(journey.steps()).title.split()) == "".join(next(hostile_journey().steps()).title.split())
