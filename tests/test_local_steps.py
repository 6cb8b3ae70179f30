"""Which clauses of a text are steps: the rules of narration, each on a small example of its own."""

from __future__ import annotations

import time

import pytest

from journey.engines.local.sentences import split
from journey.engines.local.steps import FoundStep, find_steps
from journey.errors import JobCancelled
from journey.model import Passage, Role, Source
from tests.talks import prose, talk


def steps(source: Source, language: str | None = "en") -> list[FoundStep]:
    return find_steps(split([source]), language=language)


def told(*lines: str) -> list[str]:
    """Titles of what a participant tells."""
    return [step.title for step in steps(talk(*(("P", line) for line in lines)))]


def prescribed(text: str) -> list[str]:
    """Titles of a text without speakers."""
    return [step.title for step in steps(prose(text))]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("The clerk checks the form and sends it back.", ["Checks the form", "Sends it back"]),
        ("The order is checked by the clerk.", ["Order checked"]),
        ("The clerk must approve the request.", ["Approve the request"]),
        ("The manager tries to negotiate a settlement.", ["Negotiate a settlement"]),
        ("The mail is opened, sorted and registered.", ["Mail opened", "Mail sorted", "Mail registered"]),
        ("The file is sent to the clerk, who checks it.", ["File sent", "Checks it"]),
    ],
    ids=["joined verbs", "passive", "duty", "verb behind a verb", "joined passives", "and who then does"],
)
def test_a_prescribing_text_gives_its_actions(text: str, titles: list[str]) -> None:
    """What somebody does, must do or has done to something is a step, in the words of the text."""
    assert prescribed(text) == titles


@pytest.mark.parametrize(
    "text",
    [
        "The shop is in the main street and has two floors.",
        "The process ends.",
        "The clerk does not check the form.",
        "No part of it may be copied.",
        "Fees depend on the value of the claim.",
    ],
    ids=["state", "course of the process", "denied", "done by nobody", "relation"],
)
def test_states_and_denials_are_no_steps(text: str) -> None:
    assert prescribed(text) == []


def test_a_condition_is_no_step_but_stays_with_what_it_governs() -> None:
    """What hangs on "if" may never happen; the step under it carries the words, and "otherwise" its own."""
    found = steps(prose("If the form is complete, the clerk files it, otherwise he calls the customer."))
    assert [(step.title, step.condition) for step in found] == [
        ("Files it", "If the form is complete"),
        ("Calls the customer", "otherwise"),
    ]


def test_a_choice_is_a_decision() -> None:
    found = steps(prose("The clerk opens the file. He checks whether it is complete. He decides to keep it."))
    assert [step.kind for step in found] == ["action", "decision", "decision"]


def test_what_when_and_once_lead_in_does_happen() -> None:
    assert prescribed("Once the claim is registered, the officer writes a report.") == [
        "Claim registered",
        "Writes a report",
    ]


def test_what_follows_that_is_content_even_where_that_is_left_out() -> None:
    assert prescribed("The officer ensures the goods are packed.") == ["Ensures the goods are packed"]


def test_a_reduced_clause_does_not_hide_the_verb() -> None:
    """'A list explaining the reason is sent' is about the list."""
    assert prescribed("A list explaining the reasons is sent to the party.") == ["List sent"]


def test_a_story_gives_what_happened() -> None:
    assert told("So, um, then I called the hotline and they told me to restart the router.") == [
        "Called the hotline",
        "The hotline told me to restart the router",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "I think the prices were too high.",
        "I would have called them.",
        "I didn't call them.",
        "I wanted to call them.",
        "I was going to call them.",
        "I was sitting in the kitchen.",
        "People always call them first.",
        'And I said, "We lost the parcel".',
        "Did I call them?",
        "You just open the door.",
        "It took ten minutes.",
        "I usually like the food.",
        "I almost gave up.",
        "They said it looked fine.",
    ],
    ids=[
        "opinion",
        "hypothesis",
        "not done",
        "wish",
        "plan",
        "scene",
        "people in general",
        "quoted speech",
        "question",
        "general you",
        "duration",
        "habit of liking",
        "nearly done",
        "what was said",
    ],
)
def test_what_did_not_happen_is_no_step(line: str) -> None:
    # three events around it, so that the talk is read as a story
    around = "I opened the box. I found the part. I closed the box."
    assert told(around, line) == ["Opened the box", "Found the part", "Closed the box"]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("I couldn't log in to my account.", "Couldn't log in to my account"),
        ("The page wouldn't load.", "The page wouldn't load"),
        ("The parcel never arrived.", "The parcel never arrived"),
        ("Nobody answered the phone.", "Nobody answered the phone"),
        ("I didn't get the code.", "Didn't get the code"),
    ],
)
def test_a_failure_is_an_event(line: str, title: str) -> None:
    """What was awaited and did not come has happened to the teller."""
    assert told(line, "I waited. I called them. I left.")[0] == title


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("I had to enter everything again.", "Had to enter everything again"),
        ("I tried to pay with my card.", "Tried to pay with my card"),
        ("I was finally able to book a room.", "Was able to book a room"),
        ("We ended up buying a new one.", "Ended up buying a new one"),
        ("My card was declined.", "My card was declined"),
        ("I got charged twice.", "Got charged twice"),
        ("They sent me a confirmation email.", "They sent me a confirmation email"),
        ("They let me in.", "They let me in"),
        ("They made it so hard to cancel.", "They made it so hard to cancel"),
        ("The clerk told me that the photo was old.", "The clerk told me that the photo was old"),
        ("I looked it up on my phone.", "Looked it up on my phone"),
        ("I realized that the price had doubled.", "Realized that the price had doubled"),
    ],
)
def test_what_changes_the_meaning_stays_in_the_title(line: str, title: str) -> None:
    assert told(line, "I waited. I called them. I left.")[0] == title


def test_what_only_describes_a_noun_is_no_step() -> None:
    assert told("I typed the password he gave me. I waited. I left.") == ["Typed the password", "Waited", "Left"]


def test_habits_are_steps_where_the_talk_is_about_what_is_usual() -> None:
    """'How do you normally ...?' is answered in the present."""
    source = talk(
        ("Interviewer", "How do you normally order?"),
        ("P", "I open the app. Then I choose a slot and I pay with my card."),
    )
    assert [step.title for step in steps(source)] == ["Open the app", "Choose a slot", "Pay with my card"]


def test_a_stray_habit_in_a_story_is_no_step() -> None:
    story = "I ordered a lamp. It arrived broken. I sent it back."
    assert told(story, "I usually check the reviews.") == ["Ordered a lamp", "It arrived broken", "Sent it back"]


def test_an_interviewer_gives_no_step() -> None:
    source = talk(
        ("Interviewer", "So you called the hotline and they hung up."),
        ("P", "I called twice. They hung up. I gave up."),
    )
    assert [step.title for step in steps(source)] == ["Called twice", "They hung up", "Gave up"]


def test_every_line_of_a_machine_is_an_event_in_its_own_words() -> None:
    source = talk(
        ("Customer", "I got the wrong size."),
        ("System", "Purchase validation in progress ..."),
        ("Agent", "I have let my manager know."),
    )
    assert [(step.title, step.role) for step in steps(source)] == [
        ("Got the wrong size", None),
        ("Purchase validation in progress", "System"),
        ("Let my manager know", "Agent"),
    ]


def test_a_customer_in_a_chat_comes_with_a_request() -> None:
    source = talk(("Agent", "Hello!"), ("Customer", "Hi, I'd like to return a lamp."), ("Agent", "Sure."))
    assert [step.title for step in steps(source)] == ["I'd like to return a lamp"]


def test_what_fails_while_they_chat_is_an_event_too() -> None:
    source = talk(("Customer", "Hello, I cannot log into my account."), ("Agent", "I have sent you a link."))
    found = [step.title for step in steps(source)]
    assert found == ["Cannot log into my account", "Sent you a link"]


def test_you_is_the_teller_where_the_talk_is_about_what_is_usual() -> None:
    source = talk(
        ("Interviewer", "How do you usually file them?"),
        ("P", "You take a picture, you upload it, and then your manager gets a message."),
    )
    assert [(step.title, step.role) for step in steps(source)] == [
        ("You take a picture", None),
        ("You upload it", None),
        ("Your manager gets a message", "Manager"),
    ]


def test_a_talk_without_events_gives_what_its_speakers_say_of_themselves() -> None:
    assert told("I like the course. I am struggling with the slides.", "I will ask the tutor for help.") == [
        "Struggling with the slides",
        "Will ask the tutor for help",
    ]


def test_another_party_is_named_as_the_one_who_does_it() -> None:
    found = steps(talk(("P", "I rang the bell. The technician let me in. He fixed it.")))
    assert [step.role for step in found] == [None, "Technician", "Technician"]


def test_the_doer_of_a_prescribed_step_is_its_subject_or_stands_behind_by() -> None:
    found = steps(prose("The sales department receives an order. The order is checked by the clerk."))
    assert [step.role for step in found] == ["Sales department", "Clerk"]


@pytest.mark.parametrize("gap", ["", " ", "\r\n", "\t"])
def test_a_step_is_a_slice_of_one_passage(gap: str) -> None:
    text = f"Ünal here 🙂 {gap}I called them, and{gap} they sent me a new one."
    source = Source(
        id="s1",
        kind="transcript",
        name="n",
        sha256="x",
        text=f"P: {text}",
        passages=(Passage(id="t1", start=3, end=3 + len(text), speaker="P", role=Role.PARTICIPANT),),
    )
    found = steps(source)
    assert [step.title for step in found] == ["Called them", "They sent me a new one"]
    for step in found:
        assert 3 <= step.start < step.end <= len(source.text)
        assert source.text[step.start : step.end].strip() == source.text[step.start : step.end]


def test_steps_come_in_rank_order_without_ties() -> None:
    ranks = [step.rank for step in steps(talk(("P", "I came. I saw it. I left. Before that I had slept.")))]
    assert ranks == sorted(set(ranks))


def test_another_language_gives_whole_sentences_in_their_own_words() -> None:
    """Without grammar there is structure all the same: narrating sentences of participants, cut at a pause."""
    source = talk(
        ("Interviewer", "Was ist passiert?"),
        ("P", "Ja. Ich habe die Hotline angerufen, aber niemand ging ran. Warum auch?"),
    )
    found = steps(source, language="de")
    assert [step.title for step in found] == ["Ich habe die Hotline angerufen"]
    assert source.text[found[0].start : found[0].end] == "Ich habe die Hotline angerufen, aber niemand ging ran."


def test_hostile_text_is_only_text() -> None:
    for text in (
        "",
        "   ",
        "'",
        "’s",
        "$",
        "…" * 50,
        "if " * 40,
        "and, or; (to) be",
        "\u0000 x",
        "the " * 200,
        "to to to",
    ):
        assert steps(prose(text)) == [] or steps(prose(text))


def test_the_search_stops_between_sentences() -> None:
    """A cancelled job must not wait for a long text to be read to its end."""

    def stop() -> None:
        raise JobCancelled

    with pytest.raises(JobCancelled):
        find_steps(split([prose("I came. I left.")]), language="en", check=stop)


def test_words_without_end_are_no_sentence() -> None:
    """Machine-made text that never stops is passed over quickly instead of being parsed."""
    began = time.monotonic()
    assert steps(prose("orders if the ( " * 5_000)) == []
    assert time.monotonic() - began < 10


def test_a_length_of_time_after_which_something_happens_does_not_put_it_first() -> None:
    said = talk(("P", "I emailed the office, and after eight days a clerk wrote back. I paid. I left."))
    assert [step.title for step in steps(said)][:2] == ["Emailed the office", "A clerk wrote back"]
