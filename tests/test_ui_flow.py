"""A flow is laid out in layers and lanes: pure arithmetic, before anything is drawn."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from journey.model import Link
from journey.ui.flow_layout import Edge, Node, lay_out
from journey.ui.flow_view import flow_view, is_flow
from tests.picture_samples import picture_journey, picture_source
from tests.sample_journeys import long_journey, rich_journey

NAMES = st.integers(0, 11).map(str)
FLOWS = st.tuples(
    st.lists(st.builds(Node, NAMES, st.sampled_from(["", "Shop", "Bank"])), min_size=1, unique_by=lambda node: node.id),
    st.lists(st.builds(Edge, NAMES, NAMES, st.booleans()), max_size=30),
)


def within(nodes: list[Node], edges: list[Edge]) -> list[Edge]:
    """Keep the edges between nodes that are there."""
    ids = {node.id for node in nodes}
    return [edge for edge in edges if {edge.before, edge.after} <= ids]


@given(FLOWS)
def test_no_two_steps_share_a_place_whatever_the_flow(flow: tuple[list[Node], list[Edge]]) -> None:
    nodes, edges = flow
    places = lay_out(nodes, within(nodes, edges)).places
    assert max(Counter(places.values()).values()) == 1
    for one in places.values():
        for other in places.values():
            assert one is other or one.layer != other.layer or abs(one.row - other.row) >= 1


@given(FLOWS)
def test_every_link_is_drawn_from_its_step_to_its_step_through_each_layer_between(
    flow: tuple[list[Node], list[Edge]],
) -> None:
    nodes, edges = flow
    edges = within(nodes, edges)
    drawn = lay_out(nodes, edges)
    assert len(drawn.routes) == len(edges)
    for edge, route in zip(edges, drawn.routes, strict=True):
        layers = [point.layer for point in route.points]
        assert (route.points[0], route.points[-1]) == (drawn.places[edge.before], drawn.places[edge.after])
        if edge.before != edge.after:
            direction = -1 if route.is_back else 1
            assert layers == list(range(layers[0], layers[-1] + direction, direction))


@given(FLOWS)
def test_a_step_lies_in_the_rows_of_its_lane(flow: tuple[list[Node], list[Edge]]) -> None:
    nodes, edges = flow
    drawn = lay_out(nodes, within(nodes, edges))
    bands = {band.lane: band for band in drawn.bands}
    for node in nodes:
        band = bands[node.lane]
        assert band.first <= drawn.places[node.id].row <= band.first + band.rows - 1


def test_a_line_of_steps_is_one_row() -> None:
    nodes = [Node(name) for name in "abcd"]
    drawn = lay_out(nodes, [Edge("a", "b"), Edge("b", "c"), Edge("c", "d")])
    assert [(place.layer, place.row) for place in drawn.places.values()] == [(0, 0), (1, 0), (2, 0), (3, 0)]


def test_a_link_told_as_a_loop_goes_back_and_the_way_there_goes_on() -> None:
    drawn = lay_out([Node("a"), Node("b")], [Edge("b", "a", is_back=True), Edge("a", "b")])
    assert [route.is_back for route in drawn.routes] == [True, False]


def test_a_circle_that_nobody_called_a_loop_is_drawn_all_the_same() -> None:
    drawn = lay_out([Node("a"), Node("b"), Node("c")], [Edge("a", "b"), Edge("b", "c"), Edge("c", "a")])
    assert [route.is_back for route in drawn.routes] == [False, False, True]


def test_branches_lie_beside_each_other_and_meet_again() -> None:
    nodes = [Node(name) for name in "abcd"]
    drawn = lay_out(nodes, [Edge("a", "b"), Edge("a", "c"), Edge("b", "d"), Edge("c", "d")])
    assert drawn.places["b"].layer == drawn.places["c"].layer
    assert drawn.places["d"].row == (drawn.places["b"].row + drawn.places["c"].row) / 2


def test_an_empty_flow_has_no_layers() -> None:
    assert lay_out([], []).layers == 0


def test_a_journey_with_ways_to_choose_is_a_flow_and_one_step_after_the_other_is_none() -> None:
    assert is_flow(rich_journey())
    assert is_flow(picture_journey(picture_source("0" * 64)))
    assert not is_flow(long_journey(steps=5))


def test_where_links_tell_only_what_leaves_the_order_the_order_is_implied_and_marked() -> None:
    ways = {(way.before, way.after): way for way in flow_view(rich_journey()).ways}
    assert ways["p1", "p2"].is_implied
    assert not ways["p6", "p8"].is_implied
    assert ("p13", "p14") in ways
    assert ("p6", "p7") in ways, "as a branch, and not a second time as what comes next"


def test_beside_a_single_way_that_is_taken_only_sometimes_the_order_goes_on() -> None:
    journey = rich_journey()
    aside = Link(before="p1", after="p4", kind="branch", label="if it rains")
    leads = {way.after for way in flow_view(journey.model_copy(update={"links": (aside,)})).ways if way.before == "p1"}
    assert leads == {"p2", "p4"}
    always = aside.model_copy(update={"label": None})
    leads = {way.after for way in flow_view(journey.model_copy(update={"links": (always,)})).ways if way.before == "p1"}
    assert leads == {"p4"}


def test_where_links_tell_what_comes_next_nothing_is_added_to_them() -> None:
    journey = picture_journey(picture_source("0" * 64))
    assert [(way.before, way.after) for way in flow_view(journey).ways] == [
        (link.before, link.after) for link in journey.links
    ]


def test_a_link_to_a_step_that_is_gone_is_left_out() -> None:
    journey = rich_journey()
    gone = journey.model_copy(update={"links": (*journey.links, Link(before="p1", after="gone"))})
    assert all(way.after != "gone" for way in flow_view(gone).ways)


def test_lanes_are_those_who_do_the_steps_and_one_of_them_alone_is_no_lane() -> None:
    assert [band.lane for band in flow_view(rich_journey()).bands] == ["Maya", "the maker’s claims team"]
    assert flow_view(picture_journey(picture_source("0" * 64))).bands == ()


def test_a_station_is_the_step_by_number_and_title() -> None:
    first = flow_view(rich_journey()).stations[0]
    assert replace(first, layer=0, row=0) == first
    assert (first.number, first.title, first.kind) == (1, "Battery dies on the way to work", "start")
