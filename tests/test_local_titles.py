"""Titles: short, readable alone, in the words of the text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from journey.engines.local.complements import LONGEST
from journey.engines.local.sentences import split
from journey.engines.local.steps import find_steps
from journey.model import Source
from tests.talks import prose, talk

FILLERS = re.compile(r"\b(?:um|uh|erm|you know|basically|actually|I mean)\b", re.IGNORECASE)
DANGLING = re.compile(r"\b(?:and|or|but|the|a|an|of|to|with|for|from|because|that|which|who|if|when)$", re.IGNORECASE)


def titles(source: Source) -> list[str]:
    return [step.title for step in find_steps(split([source]), language="en")]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("So, um, I basically emailed them for, you know, the refund.", "Emailed them"),
        ("I, uh, I paid it.", "Paid it"),
        ("i paid it online.", "Paid it online"),
        ("We drove all the way to the shop in the next town to ask for a refund.", "Drove all the way to the shop"),
    ],
)
def test_fillers_and_the_teller_are_left_out(line: str, title: str) -> None:
    found = titles(talk(("P", line), ("P", "I waited. I asked. I left.")))[0]
    assert found == title


def test_an_article_goes_before_a_title_is_cut() -> None:
    text = "The clerk informs the customer about the failure of the entire process."
    assert titles(prose(text)) == ["Informs customer about failure of entire process"]


def test_a_passive_puts_what_is_done_to_first() -> None:
    """'Order received' is how such steps are named on a map."""
    assert titles(prose("Then the order is received, and it is checked.")) == ["Order received", "It checked"]


def test_two_things_done_to_stay_together() -> None:
    assert titles(prose("The clerk notes the name and the address.")) == ["Notes the name and the address"]
    assert titles(prose("The clerk notes the name and the manager signs it."))[0] == "Notes the name"


def test_it_is_left_out_where_it_stands_for_what_follows() -> None:
    assert titles(prose("It is checked whether the form is complete.")) == ["Checked whether the form is complete"]


def test_a_verb_that_says_too_little_alone_takes_its_subject_or_what_follows() -> None:
    assert titles(prose("The applicants apply.")) == ["Applicants apply"]
    assert titles(talk(("P", "I realized it was broken. I left. I paid.")))[0] == "Realized it was broken"


def test_an_amount_stays_whole() -> None:
    assert titles(talk(("P", "I paid $1,000.50. I left. I slept.")))[0] == "Paid $1,000.50"


def every_title(shared_data: Path) -> list[str]:
    found = []
    for path in sorted((shared_data / "pet").glob("*.txt")):
        found += titles(prose(path.read_text(encoding="utf-8")))
    for path in sorted((shared_data / "changelog").glob("*.md")):
        lines = path.read_text(encoding="utf-8").splitlines()
        found += titles(talk(*(("P", line.removeprefix("**Austen Allred:** ")) for line in lines if line)))
    return found


def test_titles_of_real_texts_are_short_and_whole(shared_data: Path) -> None:
    found = every_title(shared_data)
    assert len(found) > 300
    assert [title for title in found if len(title.split()) > LONGEST] == []
    assert [title for title in found if FILLERS.search(title)] == []
    assert [title for title in found if DANGLING.search(title)] == []
    assert [title for title in found if title[0].islower() or not title[0].isalnum()] == []


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ('I typed "refund" two times.', 'Typed "refund" two times'),
        ('I looked for "lost property" on the map.', 'Looked for "lost property" on the map'),
        ('I pressed the "Help" button.', 'Pressed the "Help" button'),
        ("I sent the school a long letter.", "Sent the school a long letter"),
        ("Nobody told me why.", "Nobody told me why"),
        ("She showed me how to fold the pram.", "She showed me how to fold the pram"),
        (
            "The nurse told me the doctor would ring within three days.",
            "The nurse told me the doctor would ring",
        ),
        ("I told my boss that we waited one hour and ten minutes.", "Told my boss that we waited one hour"),
        ("The rehearsal went smoothly.", "The rehearsal went smoothly"),
        ("He got the plan approved.", "He got the plan approved"),
        ("I decided to send that lamp back.", "Decided to send that lamp back"),
        ("A woman called Ines opened the gate.", "A woman called Ines opened the gate"),
        ("So in April Paula rang us.", "Paula rang us"),
        ("I returned the key at the desk two days later.", "Returned the key at the desk"),
        ("She couldn't give me anything in writing.", "She couldn't give me anything in writing"),
        ("I swam twice a week.", "Swam twice a week"),
        ("A very kind porter carried the pram.", "A very kind porter carried the pram"),
        ("I was so cold that I closed the window.", "Closed the window"),
    ],
)
def test_a_title_of_a_story_says_what_was_done_to_what(said: str, title: str) -> None:
    """What is quoted, two objects, what was said, and what a verb cannot do without stay in."""
    assert titles(talk(("P", said), ("P", "I paid. I left. I slept.")))[0] == title


def test_deeds_rattled_off_without_and_are_all_told() -> None:
    found = titles(talk(("P", "I opened the form, typed my name, chose a seat, done. I paid. I left.")))
    assert found[:3] == ["Opened the form", "Typed my name", "Chose a seat"]


@pytest.mark.parametrize(
    "said",
    [
        "There's something I left out.",
        "As I told you, it was cold.",
        "I was exhausted.",
        "Three weeks went by.",
        "The lift has been quick and clean.",
        "My friends think I bought it.",
        "I did a lot.",
        "So that's what I mentioned earlier.",
        "There was this dog named Rufus.",
    ],
)
def test_talk_about_the_telling_and_states_are_no_steps(said: str) -> None:
    assert len(titles(talk(("P", said), ("P", "I paid. I left. I slept.")))) == 3


def test_who_tells_one_thing_asks_the_other() -> None:
    """What was said has a subject of its own, which does not do the next deed."""
    told = "At the gate they told us the ferry was full and asked for volunteers."
    assert titles(talk(("P", told), ("P", "I paid. I left. I slept.")))[:2] == [
        "They told us the ferry was full",
        "They asked for volunteers",
    ]
