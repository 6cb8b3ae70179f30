"""In which order told things happened."""

from __future__ import annotations

import pytest

from journey.engines.local.sentences import split
from journey.engines.local.steps import find_steps
from tests.talks import prose, talk


def order(text: str) -> list[str]:
    return [step.title for step in find_steps(split([talk(("P", text))]), language="en")]


@pytest.mark.parametrize(
    "text",
    [
        "I ordered it. I paid. I got it.",
        "First I ordered it. Then I paid. Finally I got it.",
        "After I ordered it, I paid, and later I got it.",
        "I paid after I ordered it. I got it.",
        "Before I got it, I ordered it and I paid.",
        "I paid. I had ordered it online. I got it.",
        "I paid. The day before I ordered it. I got it.",
        "In the end I got it. It all started when I ordered it. I paid.",
    ],
    ids=[
        "as told",
        "sequence words",
        "after leads in",
        "after behind",
        "before leads in",
        "past perfect",
        "the day before",
        "the end told first",
    ],
)
def test_story_order_follows_what_the_text_says(text: str) -> None:
    found = [title.split()[0] for title in order(text)]
    assert found == ["Ordered", "Paid", "Got"]


def test_a_second_flashback_follows_the_first() -> None:
    """What is told in the past perfect goes on in it."""
    found = order("I called them. I had bought a lamp. I had paid for it. They hung up.")
    assert [title.split()[0] for title in found] == ["Bought", "Paid", "Called", "They"]


def test_a_longer_time_before_leads_back_before_the_whole_turn() -> None:
    found = order("I walked in. The man gave me a tour. I had signed up online the week before. I left.")
    assert [title.split()[0] for title in found] == ["Signed", "Walked", "The", "Left"]


def test_a_scene_is_not_moved_by_the_event_in_it() -> None:
    assert order("I was waiting in the queue when the agent called me. I left. I paid.")[0].startswith("Waiting")


def test_a_prescribed_text_puts_first_what_must_have_happened() -> None:
    found = find_steps(split([prose("The clerk reviews the copy after receiving the form.")]), language="en")
    assert [step.title for step in found] == ["Receiving the form", "Reviews the copy"]
