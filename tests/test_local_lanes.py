"""Rules of the lanes of the local engine: statements, pains, gains, needs, thoughts, feelings, touchpoints."""

from __future__ import annotations

import pytest

from journey.engines.local.embeddings import MiniLm
from journey.engines.local.emotion import find_feelings
from journey.engines.local.lanes import find
from journey.engines.local.opportunities import ask
from journey.engines.local.reasons import felt, grounded
from journey.engines.local.sentences import split
from journey.engines.local.statements import statements
from journey.engines.local.touchpoints import channel_of, find_meetings
from tests.local_sources import CountingWork, transcript


@pytest.fixture(scope="module")
def minilm() -> MiniLm:
    return MiniLm()


def lanes_of(said: str, minilm: MiniLm | None) -> list[tuple[str, str]]:
    found = find(statements(split([transcript(f"Ana: {said}")]), CountingWork()), minilm, work=CountingWork())
    return [(one.lane, one.statement.text) for one in found]


def feeling_of(said: str) -> tuple[float, str] | None:
    found = find_feelings(statements(split([transcript(f"Ana: {said}")]), CountingWork()), CountingWork())
    return (found[0].score, found[0].label) if found else None


@pytest.mark.parametrize(
    ("said", "lane"),
    [
        ("Nobody answered the phone.", "pains"),
        ("The form was far too long for me.", "pains"),
        ("I've had a bad cough for a week.", "pains"),
        ("I had to wait three weeks for a reply.", "pains"),
        ("I didn't get any reply, which was frustrating.", "pains"),
        ("The staff were friendly and helped me at once.", "gains"),
        ("It was really easy to change the date.", "gains"),
        ("I need to see the price before I choose.", "needs"),
        ("It would be nice to get a reminder.", "needs"),
        ("I wondered why they had called.", "thoughts"),
    ],
)
def test_a_statement_goes_to_its_lane_with_or_without_embeddings(said: str, lane: str, minilm: MiniLm) -> None:
    assert lane in [name for name, _ in lanes_of(said, minilm)]
    assert lane in [name for name, _ in lanes_of(said, None)]


@pytest.mark.parametrize(
    "said",
    [
        "No, no chest pain.",
        "I haven't had a fever.",
        "I don't think we ever ran into any specific issues.",
        "If it broke, I would be lost.",
        "Did it hurt, or was it annoying?",
        "I bought it in March with my sister.",
        "Great, thank you very much.",
    ],
)
def test_what_is_denied_supposed_asked_or_polite_is_no_pain_and_no_gain(said: str, minilm: MiniLm) -> None:
    assert not [name for name, _ in lanes_of(said, minilm) if name in ("pains", "gains")]


def test_no_problem_is_no_pain(minilm: MiniLm) -> None:
    assert "pains" not in [name for name, _ in lanes_of("It was no problem at all.", minilm)]


def test_a_denial_and_a_complaint_in_one_sentence_are_told_apart(minilm: MiniLm) -> None:
    found = lanes_of("I haven't had a fever, but I did notice a terrible headache.", minilm)
    assert found == [("pains", "I did notice a terrible headache")]


def test_fillers_are_left_out_of_the_text_and_kept_in_the_quote() -> None:
    (one,) = statements(split([transcript("Ana: Um, so it was, you know, really hard to to find.")]), CountingWork())
    assert one.text == "It was really hard to find"
    assert one.said == "it was, you know, really hard to to find"


@pytest.mark.parametrize(
    ("said", "label", "sign"),
    [
        ("I was so relieved.", "relieved", 1),
        ("It was really frustrating.", "frustrating", -1),
        ("I wasn't happy with it.", "not happy", -1),
        ("I hated the queue.", "hated", -1),
        ("I was fed up.", "fed up", -1),
        ("It was a great experience.", "great", 1),
    ],
)
def test_a_feeling_has_the_sign_and_the_word_that_was_said(said: str, label: str, sign: int) -> None:
    found = feeling_of(said)
    assert found is not None
    assert found[1] == label
    assert found[0] * sign > 0


@pytest.mark.parametrize(
    "said",
    [
        "She was angry.",
        "There was a great deal of paper.",
        "If they refused, I would be upset.",
        "I went home.",
        "Great, thanks.",
        "They were happy with the result.",
    ],
)
def test_no_feeling_is_read_into_what_is_not_ones_own(said: str) -> None:
    assert feeling_of(said) is None


def test_very_is_stronger_than_a_bit() -> None:
    strong, weak = feeling_of("I was very worried."), feeling_of("I was a bit worried.")
    assert strong is not None
    assert weak is not None
    assert strong[0] < weak[0] < 0


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("I looked on their website", "web"),
        ("I bought it in the online shop", "web"),
        ("I bought it in the shop", "shop"),
        ("she told me to shop around", None),
        ("a pottery workshop", None),
        ("I downloaded it from the app store", "app"),
        ("they sent me an email", "e-mail"),
        ("it came in the mail", "post"),
        ("it is called Bravo", None),
        ("I called them twice", "phone"),
        ("my phone number", None),
        ("we wrote a blog post", None),
        ("I used the live chat", "chat"),
        ("the technician came", "in person"),
    ],
)
def test_a_channel_is_told_by_the_sense_of_its_word(text: str, channel: str | None) -> None:
    assert channel_of(text) == channel


def test_a_touchpoint_is_named_by_the_thing_rather_than_the_act() -> None:
    (one,) = split([transcript("Ana: I called the hotline.")])
    assert [(found.text, found.channel) for found in find_meetings(0, one)] == [("The hotline", "phone")]


def test_a_question_names_no_touchpoint() -> None:
    (one,) = split([transcript("Ana: Should I use the app?")])
    assert find_meetings(0, one) == []


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("I shut the lid and was pretty annoyed.", "annoyed"),
        ("I nearly hung up.", "nearly hung up"),
        ("I was over the moon.", "over the moon"),
        ("I wasn't thrilled.", "not thrilled"),
        ("I was livid.", "livid"),
        ("Intimidating.", "intimidating"),
        ("I'm really happy there.", "happy"),
    ],
)
def test_a_feeling_is_found_wherever_the_teller_is_the_one_who_feels(said: str, label: str) -> None:
    found = feeling_of(said)
    assert found is not None
    assert found[1] == label


@pytest.mark.parametrize("said", ["My landlord was furious.", "I lost my key.", "She was relieved."])
def test_a_feeling_of_somebody_else_and_a_deed_are_none(said: str) -> None:
    assert feeling_of(said) is None


@pytest.mark.parametrize(
    "said",
    [
        "She spotted the mistake and changed the booking.",
        "They waived the fee.",
        "The mechanic fixed it within an hour.",
    ],
)
def test_what_is_put_right_is_a_gain(said: str) -> None:
    """The trouble it names is over."""
    assert [lane for lane, _ in lanes_of(said, None)] == ["gains"]


@pytest.mark.parametrize(
    "said", ["I had to trust him.", "I don't mind waiting for it.", "I thought, great, that's it."]
)
def test_what_was_forced_borne_or_only_thought_is_neither_pain_nor_gain(said: str) -> None:
    assert {lane for lane, _ in lanes_of(said, None)} <= {"thoughts"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("The lift was out of order. I was furious.", [("pains", "The lift was out of order")]),
        ("The guide carried my bag. I was so happy.", [("gains", "The guide carried my bag")]),
        ("I was furious.", []),
        ("The tap dripped all night. Um. That was really frustrating.", [("pains", "The tap dripped all night")]),
    ],
)
def test_a_mere_feeling_stands_for_the_fact_before_it(said: str, expected: list[tuple[str, str]]) -> None:
    sentences = split([transcript(f"Ana: {said}")])
    made = statements(sentences, CountingWork())
    found = felt(find_feelings(made, CountingWork()), find(made, None, work=CountingWork()))
    assert [(one.lane, one.statement.text) for one in grounded(found, made, sentences)] == expected


def test_an_opportunity_is_a_short_question_without_a_quotation() -> None:
    pains = ["Nobody answered.", "I waited for an hour", "They charged me twice", "It said so"]
    asked = [ask(pain, doing=doing) for pain in pains for doing in ("", "Called the hotline", 'Typed "x"', "Was told")]
    assert all(len(one.split()) <= 17 and one.endswith("?") and "“" not in one for one in asked)
