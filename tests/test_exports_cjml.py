"""CJML: the elements of its format in their order, with ids that hold together, whatever was said."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]
from hypothesis import given, settings

from journey.exports.cjml import to_cjml
from journey.model import Journey
from tests.journeys import HOSTILE, any_journey, empty_journey, full_journey, journey_saying
from tests.sample_journeys import long_journey, rich_journey

JOURNEY = [
    "journeyID",
    "journeyTitle",
    "journeyPhases",
    "journeyShortSummary",
    "journeyLongSummary",
    "actors",
    "touchpoints",
]
POINT = ["touchpointID", "belongsTo", "initiator", "receiver", "channel", "comment", "touchpointExperience"]


CHILDREN = {
    "CJML": {"actualJourney"},
    "actualJourney": set(JOURNEY),
    "journeyPhases": {"journeyPhase"},
    "journeyPhase": {"phaseName", "phaseDescription"},
    "actors": {"endUser", "serviceProvider"},
    "endUser": {"actorName", "actorRole"},
    "serviceProvider": {"companyName"},
    "touchpoints": {"actualCommunicationPoint", "actualAction"},
    "actualCommunicationPoint": set(POINT),
    "actualAction": set(POINT) - {"receiver", "channel"},
    "initiator": {"refersTo", "initiatorLabel"},
    "receiver": {"refersTo", "receiverLabel"},
    "channel": {"channelName"},
    "touchpointExperience": {"experienceDescription", "experienceRating"},
}
"""What may stand in what, as the format's own sample and its public converters have it; we found no schema of it."""

ATTRIBUTES = {
    "CJML": {"version"},
    "journeyPhase": {"phaseID"},
    "belongsTo": {"phaseIDref"},
    "refersTo": {"actorIDref"},
    "endUser": {"actorID"},
    "serviceProvider": {"actorID"},
}
ONCE = {
    "actualAction": {"touchpointID", "belongsTo", "initiator"},
    "actualCommunicationPoint": {"touchpointID", "belongsTo", "initiator", "receiver", "channel"},
    "initiator": {"refersTo", "initiatorLabel"},
    "receiver": {"refersTo", "receiverLabel"},
    "channel": {"channelName"},
}
SAYS_SOMETHING = ("journeyID", "touchpointID", "initiatorLabel", "receiverLabel", "channelName", "phaseName")


def read(journey: Journey) -> Element:
    root: Element = fromstring(to_cjml(journey).encode(), forbid_dtd=True)
    return root


@pytest.mark.parametrize("journey", [full_journey(), rich_journey(), long_journey(), empty_journey()])
def test_elements_stand_in_the_order_of_the_format(journey: Journey) -> None:
    root = read(journey)
    assert (root.tag, root.get("version")) == ("CJML", "2.0")
    assert [child.tag for child in root[0]] == JOURNEY
    for point in root.iterfind("actualJourney/touchpoints/*"):
        tags = [child.tag for child in point]
        assert tags == [tag for tag in POINT if tag in tags]
        assert ("receiver" in tags) == (point.tag == "actualCommunicationPoint")


@pytest.mark.parametrize(
    "journey", [full_journey(), rich_journey(), empty_journey(), *map(journey_saying, ["\x00", " ", *HOSTILE])]
)
def test_nothing_stands_where_the_format_has_no_place_for_it(journey: Journey) -> None:
    for element in read(journey).iter():
        tags = [child.tag for child in element]
        assert set(tags) <= CHILDREN.get(element.tag, set())
        assert set(element.keys()) == ATTRIBUTES.get(element.tag, set())
        assert all(tags.count(tag) == 1 for tag in ONCE.get(element.tag, ()))
        assert not tags or not (element.text or "").strip(), "words stand beside elements"
        if element.tag in SAYS_SOMETHING:
            assert (element.text or "").strip()


def test_every_id_stands_once_and_the_customer_comes_first() -> None:
    root = read(rich_journey())
    for path, name in ((".//journeyPhase", "phaseID"), (".//actors/*", "actorID")):
        ids = [one.get(name) for one in root.iterfind(path)]
        assert len(ids) == len(set(ids))
    points = [one.text for one in root.iter("touchpointID")]
    assert len(points) == len(set(points)) == sum(1 for _ in rich_journey().steps())
    assert next(actor.tag for actor in root.iterfind(".//actors/*")) == "endUser"


@pytest.mark.parametrize("text", ["x", *HOSTILE])
def test_every_reference_has_what_it_refers_to(text: str) -> None:
    root = read(journey_saying(text))
    actors = [actor.get("actorID") for actor in root.iterfind(".//actors/*")]
    assert len(actors) == len(set(actors))
    assert {one.get("actorIDref") for one in root.iter("refersTo")} <= set(actors)
    assert {one.get("phaseIDref") for one in root.iter("belongsTo")} <= {
        one.get("phaseID") for one in root.iter("journeyPhase")
    }


@given(journey=any_journey)
@settings(max_examples=30, deadline=None)
def test_any_words_are_well_formed(journey: Journey) -> None:
    assert len(list(read(journey).iter("initiatorLabel"))) == 1


def test_ratings_are_whole_numbers_from_1_to_5() -> None:
    ratings = [int(one.text or "") for one in read(rich_journey()).iter("experienceRating")]
    assert ratings
    assert set(ratings) <= {1, 2, 3, 4, 5}


def test_a_step_that_meets_nobody_is_an_action() -> None:
    tags = [point.tag for point in read(full_journey()).iterfind("actualJourney/touchpoints/*")]
    assert tags == ["actualCommunicationPoint", "actualAction", "actualAction"]
