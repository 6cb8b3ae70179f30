"""The web page: every quote leads to its words in the transcript, and nothing in it is anyone else's markup."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from journey.exports.html_page import to_html
from journey.model import Journey
from tests.journeys import HOSTILE, any_journey, empty_journey, full_journey, journey_saying
from tests.sample_journeys import hostile_journey, rich_journey

VOID = {"meta", "col"}


class Page(HTMLParser):
    """Reads a page and refuses one whose tags do not close in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.targets: list[str] = []
        self.ids: list[str] = []
        self.marked: dict[str, str] = {}
        self._open: list[str] = []
        self._mark = ""
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.attributes |= set(named)
        self.ids += [named["id"]] if "id" in named else []
        if tag not in VOID:
            self._open.append(tag)
        if tag == "a":
            self.targets.append(named["href"])
        self._mark = named["id"] if tag == "mark" else ""

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        self._mark = ""

    def handle_data(self, data: str) -> None:
        if self._mark:
            self.marked[self._mark] = self.marked.get(self._mark, "") + data


def test_every_quote_is_a_link_to_its_words() -> None:
    page = Page(to_html(full_journey()))
    quoted = {target.removeprefix("#") for target in page.targets if target.startswith("#s1-")}
    assert quoted
    assert quoted <= set(page.marked)
    begin = full_journey().sources[0].text.index("I looked")
    assert page.marked[f"s1-{begin}"] == "I looked for a room on the "


def test_words_of_a_source_are_marked_as_of_their_own_language() -> None:
    journey = full_journey()
    german = tuple(source.model_copy(update={"language": "de"}) for source in journey.sources)
    page = to_html(journey.model_copy(update={"sources": german}))
    assert '<html lang="en">' in page
    assert '<span dir="auto" lang="de">“I looked for a room on the website.”</span>' in page
    assert page.count('<p dir="auto" lang="de">') == len(german[0].passages)


def test_every_quoted_passage_leads_back_to_the_cards_it_supports() -> None:
    page = Page(to_html(full_journey()))
    backs = [target.removeprefix("#") for target in page.targets if target.startswith("#e")]
    assert set(backs) == {"e1", "e2", "e3", "e4", "e5", "e6"}


@pytest.mark.parametrize("make", [full_journey, rich_journey, hostile_journey, empty_journey])
def test_every_link_leads_somewhere_and_every_place_has_one_name(make: Callable[[], Journey]) -> None:
    page = Page(to_html(make()))
    assert {target.removeprefix("#") for target in page.targets} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_the_curve_has_a_gap_where_nobody_voiced_a_feeling() -> None:
    text = to_html(rich_journey())
    assert text.count("<polyline") == 3  # steps 3 to 6, 8 and 9, 11 to 13
    assert text.count("not voiced") == sum(step.emotion is None for step in rich_journey().steps())


def test_a_picture_that_is_not_at_hand_is_told_of() -> None:
    source = full_journey().sources[0].model_copy(update={"kind": "image"})
    assert "It is not at hand here" in to_html(full_journey().model_copy(update={"sources": (source,)}))


def test_overlapping_quotes_are_marked_in_pieces_that_together_are_the_words() -> None:
    """The step quotes the sentence and its touchpoint one word of it."""
    page = Page(to_html(full_journey()))
    said = "".join(words for name, words in sorted(page.marked.items(), key=lambda one: int(one[0].split("-")[1])))
    assert "I looked for a room on the website." in said


def test_the_page_fetches_nothing_and_runs_nothing() -> None:
    text = to_html(full_journey())
    page = Page(text)
    assert "default-src &#x27;none&#x27;" in text
    assert not {"script", "img", "link", "iframe", "object", "form"} & set(page.tags)
    assert not {name for name in page.attributes if name.startswith("on") or name == "src"}
    assert all(target.startswith("#") for target in page.targets)
    assert "url(" not in text
    assert "@import" not in text


@pytest.mark.parametrize("text", HOSTILE)
def test_words_of_a_transcript_are_never_markup(text: str) -> None:
    assert Page(to_html(journey_saying(text))).tags == Page(to_html(journey_saying("x"))).tags


@given(journey=any_journey)
@settings(deadline=None)
def test_any_words_are_only_words(journey: Journey) -> None:
    assert Page(to_html(journey)).tags == Page(to_html(journey_saying("x"))).tags


def test_a_text_with_no_journey_says_so_and_shows_the_transcript() -> None:
    text = to_html(empty_journey())
    assert "Not enough to draw a journey. Nobody tells what they did." in text
    assert "My cat is called Otto." in text
    assert "<table>" not in text


def test_everything_on_the_map_is_on_the_page() -> None:
    text = to_html(full_journey())
    for words in (
        "furious (-1.5)",
        "The website (web)",
        "by the user",
        "against it",
        "moment of truth",
        "(loop)",
    ):
        assert words in text
