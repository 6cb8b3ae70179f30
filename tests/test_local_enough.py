"""Whether a text holds a journey at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from journey.engines.local.enough import why_not
from journey.engines.local.sentences import split
from journey.engines.local.steps import find_steps
from journey.model import Source
from tests.talks import prose, talk


def reason(source: Source) -> str | None:
    sentences = split([source])
    return why_not(sentences, find_steps(sentences, language="en"))


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("I called the bank and they never answered me.", "words"),
        (
            "200 g flour, 2 eggs, 300 ml milk. Mix the flour and the eggs. Add the milk. Heat the pan. Fry the batter.",
            "instructions",
        ),
        ("200 g flour\n2 eggs\n300 ml milk\na pinch of salt\nbutter for the pan\n", "course of events"),
        (
            "All rights reserved. The software is provided without warranty. In no event shall the authors be liable"
            " for damages. The licensee shall indemnify the licensor. The licensor may terminate this agreement.",
            "legal notice",
        ),
        (
            "The museum is open from Tuesday to Sunday and costs ten euros. The house has three floors and a garden.",
            "course of events",
        ),
        (
            "These files can be used to test file reading, survey reading, attribute reading. The others are sample"
            " text and image files that can be coded.",
            "at least 3",
        ),
        ("The files can be used for tests. The clerk opens the first file. The others are samples.", "at least 3"),
    ],
    ids=["few words", "recipe", "shopping list", "legal notice", "description", "about files", "one step"],
)
def test_what_is_no_journey_is_refused_with_its_reason(text: str, about: str) -> None:
    assert about in (reason(prose(text)) or "")


@pytest.mark.parametrize(
    "source",
    [
        prose("I opened the app. It crashed. I called the support. They fixed it. I paid."),
        prose("The customer orders a bike. The shop checks the stock. The bike is packed and sent to the customer."),
        talk(("P", "I like the course. I am struggling with the slides."), ("Q", "I will ask the tutor for help.")),
        talk(("Customer", "Hello, my parcel never arrived."), ("System", "A refund of ten euros has been issued.")),
    ],
    ids=["short story", "short process", "opinions in a group", "support chat"],
)
def test_a_short_real_journey_passes(source: Source) -> None:
    assert reason(source) is None


def test_a_talk_in_which_nothing_is_done_is_refused() -> None:
    small_talk = talk(("A", "The weather is very nice today, is it not."), ("B", "Yes. It is warm and dry and sunny."))
    assert "course of events" in (reason(small_talk) or "")


def test_every_process_description_of_the_shared_data_passes(shared_data: Path) -> None:
    texts = sorted((shared_data / "pet").glob("*.txt"))
    assert [path.name for path in texts if reason(prose(path.read_text(encoding="utf-8")))] == []
