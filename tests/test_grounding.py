"""The rules of grounding: what is found is the source's own words, and what was not said is not found."""

from __future__ import annotations

import random
import time
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from journey.grounding import Flaw, coverage, locate, numbers_stand, unused, verify
from journey.grounding.folding import fold
from journey.model import (
    Emotion,
    Evidence,
    Item,
    Journey,
    Link,
    Origin,
    Passage,
    Phase,
    Role,
    Run,
    Source,
    Step,
    Touchpoint,
)

CUSTOMER, ASKER, AGENT = Role.PARTICIPANT, Role.INTERVIEWER, Role.OTHER


def transcript(*turns: tuple[Role, str]) -> Source:
    """Build a source whose turns stand on lines of their own, each after its speaker's label."""
    text, passages = "", []
    for number, (role, words) in enumerate(turns, 1):
        text += f"{role.value}: "
        passages.append(Passage(id=f"t{number}", start=len(text), end=len(text) + len(words), role=role))
        text += words + "\n"
    return Source(id="s1", kind="transcript", name="talk.txt", sha256="0" * 64, text=text, passages=tuple(passages))


def said(*words: str) -> Source:
    return transcript(*((CUSTOMER, turn) for turn in words))


def quotes(quote: str, source: Source, near: str | None = None) -> list[str]:
    return [evidence.quote for evidence in locate(quote, source, near=near)]


SHOP = transcript(
    (ASKER, "How did you order the new phone?"),
    (CUSTOMER, "I opened the shop’s page — it took 15 minutes — and then I can’t find the “Order” button."),
    (ASKER, "Mhm."),
    (CUSTOMER, "We will not ship on Friday, they said. That cost me $1,500 and I really hated it."),
    (AGENT, "Your parcel left our warehouse."),
    (CUSTOMER, "Straße 5 was the café’s address. I waited for the confirmation mail for two days."),
)


# Locating


def test_an_exact_quote_is_found_with_its_offsets() -> None:
    (evidence,) = locate("That cost me $1,500", SHOP, near="t4")
    assert (evidence.passage, evidence.match) == ("t4", "exact")
    assert SHOP.text[evidence.start : evidence.end] == evidence.quote == "That cost me $1,500"


@pytest.mark.parametrize(
    "quote",
    [
        "i OPENED the shop's   page - it took",
        "I opened the\nshop's page – it took",
        "I opened the sh\u00adop’s\u00a0page — it\u200b took",
        '"I opened the shop\'s page - it took"',
    ],
)
def test_case_spacing_quotation_marks_dashes_and_invisible_characters_do_not_matter(quote: str) -> None:
    (evidence,) = locate(quote, SHOP)
    assert evidence.quote == "I opened the shop’s page — it took"
    assert evidence.match == "normalised"


@pytest.mark.parametrize(
    ("quote", "found"),
    [("STRASSE 5 was", "Straße 5 was"), ("the cafe\u0301's address", "the café’s address")],
)
def test_one_letter_written_as_several_is_found_whole(quote: str, found: str) -> None:
    assert quotes(quote, SHOP) == [found]


def test_an_ellipsis_at_an_edge_is_forgiven() -> None:
    assert quotes("...I opened the shop’s page — it took…", SHOP) == ["I opened the shop’s page — it took"]


def test_part_of_a_letter_is_not_found() -> None:
    ligature = said("The ﬁrst café in the Straße")
    assert quotes("the f", ligature) == quotes("irst café", ligature) == quotes("first cafe", ligature) == []
    assert quotes("first café in the strasse", ligature) == ["ﬁrst café in the Straße"]
    assert quotes("会社トヨタ", said("㍿トヨタ")) == quotes("か", said("か\u3099く")) == []


def test_marks_in_another_order_belong_to_their_letter() -> None:
    assert quotes("cafe\u0323\u0301", said("Cafe\u0301\u0323 open")) == ["Cafe\u0301\u0323"]
    assert fold("α\u0345\u0301").text == fold("α\u0301\u0345").text


def test_words_of_a_script_without_spaces_are_found_inside_a_line() -> None:
    assert quotes("遅い", said("これは遅いです")) == ["遅い"]


def test_a_raised_digit_is_not_a_digit() -> None:
    assert quotes("102 metres", said("It has 10² metres")) == []
    assert quotes("10² metres", said("It has 10² metres")) == ["10² metres"]


def test_a_full_stop_added_by_the_quoter_is_forgiven() -> None:
    assert quotes("I opened the shop’s page.", SHOP) == ["I opened the shop’s page"]


@pytest.mark.parametrize(
    "quote",
    [
        "and then I can",  # said: can't
        "and then I can find the Order button",
        "it took 50 minutes — and then I can’t find",
        "it took 5 minutes",  # the tail of 15
        "That cost me $1",
        "That cost me $1,500,000",
        "We will ship on Friday, they said",
        "We will ... ship on Friday",
        "and I really loved it",
        "I ... the ... button",
        "The moon landing was staged in a desert",
        "the caf",
        "",
        "…",
        "?!",
    ],
)
def test_what_was_not_said_is_not_found(quote: str) -> None:
    for near in (None, "t1", "t2", "t4", "t6"):
        assert quotes(quote, SHOP, near) == []


def test_an_interviewers_words_are_never_found() -> None:
    assert quotes("How did you order the new phone?", SHOP, "t1") == []
    assert quotes("How did you order the now phone", SHOP, "t1") == []


def test_an_agents_words_are_found_and_named_by_their_passage() -> None:
    assert [evidence.passage for evidence in locate("left our warehouse", SHOP)] == ["t5"]


def test_parts_around_an_ellipsis_become_pieces_in_order() -> None:
    assert quotes("I opened … it took 15 minutes", SHOP) == ["I opened", "it took 15 minutes"]
    assert quotes(
        "I really hated it [...] Straße 5 was",
        transcript(*[(CUSTOMER, "I really hated it"), (CUSTOMER, "Straße 5 was")]),
    ) == [
        "I really hated it",
        "Straße 5 was",
    ]
    assert quotes("it took 15 minutes … I opened the", SHOP) == []


def test_parts_far_apart_are_not_stitched() -> None:
    far = said("I opened the page", "and so on", "then I left it")
    assert quotes("I opened the page … then I left it", far) == []


def test_a_part_that_is_not_there_refuses_the_whole_quote() -> None:
    assert quotes("I opened the … green door of the shop", SHOP) == []


def test_leaving_out_a_sentence_with_a_negation_is_allowed_leaving_out_the_negation_is_not() -> None:
    source = said("I called them. They did not help. I went home and I do not want to go back.")
    assert quotes("I called them ... I went home", source) == ["I called them", "I went home"]
    assert quotes("I do ... want to go back", source) == []
    assert quotes("They honestly ... really help", said("They honestly couldn’t really help")) == []


def test_single_words_are_not_stitched() -> None:
    assert quotes("opened … page … took", said("I opened the page, it took long")) == []


def test_a_quote_that_runs_into_the_next_turn_is_cut_at_the_border() -> None:
    source = said("So I called the hotline", "and nobody picked up")
    found = locate("I called the hotline and nobody picked up", source)
    assert [(evidence.passage, evidence.quote) for evidence in found] == [
        ("t1", "I called the hotline"),
        ("t2", "and nobody picked up"),
    ]


def test_the_cited_passage_decides_between_several_places_else_the_nearest_one() -> None:
    source = said("It was slow.", "Then better.", "It was slow.", "Done.", "Really.", "It was slow.")
    assert [locate("It was slow.", source, near=near)[0].passage for near in ("t3", "t5", "t1", "t2")] == [
        "t3",
        "t6",
        "t1",
        "t1",
    ]


def test_without_a_cited_passage_the_place_written_alike_comes_first() -> None:
    source = said("IT WAS SLOW", "It was slow")
    assert locate("It was slow", source)[0].passage == "t2"


def test_a_few_wrong_letters_are_forgiven_in_the_cited_turn_only_and_the_source_is_shown() -> None:
    misspelt = "I waited for the conformation mail for two days"
    (evidence,) = locate(misspelt, SHOP, near="t6")
    assert (evidence.quote, evidence.match) == ("I waited for the confirmation mail for two days", "near")
    assert locate(misspelt, SHOP, near="t2") == ()
    assert locate(misspelt, SHOP) == locate(misspelt, said(SHOP.slice(SHOP.passages[-1]))) == ()


@pytest.mark.parametrize(
    "quote",
    [
        "I waited for the confirmation call for two days",  # another word
        "I waited for the confirmation mail for ten days",  # another number
        "I waited for no confirmation mail for two days",  # a negation
        "I would wait for the confirmation mail for two days",  # a modal
        "I waited for the confirmation mail for two weeks",  # another unit
        "I waited for the mail two days",  # too much left out
        "confermation mail for",  # too short
    ],
)
def test_near_never_forgives_another_word_number_negation_or_modal(quote: str) -> None:
    assert locate(quote, SHOP, near="t6") == ()


def test_a_near_quote_longer_than_its_turn_is_measured_as_a_whole() -> None:
    source = said("I waited for the confirmation mail for two days")
    padded = "I waited a very long while for the confirmation mail for two days"
    assert locate(padded, source, near="t1") == ()


def test_a_near_quote_does_not_begin_just_after_a_negation_it_left_out() -> None:
    source = said("I never wanted to go there and then I wanted to leave at once")
    assert locate("I wanted to go there and then I wanted to leave at once", source, near="t1") == ()


def test_a_role_corrected_by_the_user_counts_at_once() -> None:
    asked = transcript((CUSTOMER, "How was it for you then?"))
    corrected = asked.model_copy(update={"passages": (asked.passages[0].model_copy(update={"role": ASKER}),)})
    assert quotes("How was it", asked) == ["How was it"]
    assert quotes("How was it", corrected) == []


def test_a_number_in_a_claim_must_stand_in_its_quotes() -> None:
    evidence = locate("That cost me $1,500", SHOP)
    assert numbers_stand("Pays 1,500 dollars", evidence)
    assert numbers_stand("Pays a lot", evidence)
    assert not numbers_stand("Pays 1,600 dollars", evidence)


@pytest.mark.parametrize(
    ("claim", "quote", "stands"),
    [
        ("Waits two hours", "I waited five hours", False),
        ("Calls twice", "I called them three times", False),
        ("Waits 20 minutes", "I waited twenty minutes", True),
        ("Zahlt fünfundzwanzig Euro", "Das hat 25 Euro gekostet", True),
        ("Zahlt 52 Euro", "Das hat fünfundzwanzig Euro gekostet", False),
        ("Espera tres semanas", "Esperé dos semanas", False),
        ("Pays 1500 dollars", "It was $1,500.00", True),
        ("Pays 1 dollar", "It was $1,000", False),
        ("One more call", "I called again", True),
    ],
)
def test_a_number_is_the_same_in_digits_and_in_words(claim: str, quote: str, stands: bool) -> None:
    assert numbers_stand(claim, [Evidence(source="s1", passage="t1", start=0, end=len(quote), quote=quote)]) == stands


# Properties

SINGLE = "abcdeEFGZ \n\t.,'\"-059éÉñüßİıﬁﬂŉǆΐςΣ¨각힣漢字かがデ😀½²’“…\u00ad\ufeff"
LETTERS = st.sampled_from([*SINGLE, "👩\u200d🚀", "\r\n", "e\u0301\u0323", "\u0323\u0301"])
TEXTS = st.lists(LETTERS, min_size=1, max_size=60).map("".join)
TURNS = st.lists(TEXTS, min_size=1, max_size=5)


@st.composite
def sources_and_slices(draw: st.DrawFn) -> tuple[Source, str, str]:
    """Draw a source, one of its turns' ids, and a slice of that turn."""
    source = said(*draw(TURNS))
    passage = draw(st.sampled_from(source.passages))
    start = draw(st.integers(passage.start, passage.end))
    return source, passage.id, source.text[start : draw(st.integers(start, passage.end))]


MUTATIONS = st.sampled_from(
    [
        str.upper,
        str.swapcase,
        str.casefold,
        lambda text: unicodedata.normalize("NFC", text),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("’", "'").replace("“", '"').replace("…", "..."),
        lambda text: text.replace(" ", " \u00a0 "),
        lambda text: text.replace("a", "a\u200b"),
        lambda text: text.replace("\n", "\r\n"),
    ]
)


@given(sources_and_slices(), MUTATIONS)
def test_every_returned_piece_is_a_slice_of_one_passage_and_says_what_was_asked(
    drawn: tuple[Source, str, str], mutate: object
) -> None:
    source, near, words = drawn
    assert callable(mutate)
    quote = mutate(words)
    found = locate(quote, source, near=near)
    passages = {passage.id: passage for passage in source.passages}
    for piece in found:
        assert source.text[piece.start : piece.end] == piece.quote
        assert passages[piece.passage].start <= piece.start < piece.end <= passages[piece.passage].end
    if found and found[0].match != "near" and "..." not in fold(quote).text and ".." not in fold(quote).text:
        joined = " ".join(fold(piece.quote).text for piece in found)
        assert joined.strip(" \"'.,;:!-") == fold(quote).text.strip(" \"'.,;:!-")


@given(TURNS, st.data(), MUTATIONS)
def test_whole_words_of_a_turn_are_found_however_they_are_written(
    turns: list[str], data: st.DataObject, mutate: object
) -> None:
    source = said(*turns)
    passage = data.draw(st.sampled_from(source.passages))
    words = source.slice(passage).split()
    assume(words)
    first = data.draw(st.integers(0, len(words) - 1))
    quote = " ".join(words[first : data.draw(st.integers(first + 1, len(words)))])
    assume(any(char.isalnum() for char in quote) and not unicodedata.combining(fold(quote).text[0]))
    assert callable(mutate)
    assert locate(mutate(quote), source, near=passage.id)


@given(TEXTS)
def test_folding_agrees_with_the_whole_texts_normal_form(text: str) -> None:
    reference = "".join(c for c in text if c not in "\u00ad\u200d\ufeff½²")
    reference = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", reference).casefold())
    reference = reference.replace("ı", "i").replace("’", "'").replace("ʼ", "'").replace("“", '"')
    folded = fold("".join(c for c in text if c not in "½²"))
    assert folded.text == " ".join(reference.split())
    assert len(folded.positions) == len(folded.text)


SAYABLE = [
    "we",
    "they",
    "page",
    "order",
    "parcel",
    "door",
    "phone",
    "never",
    "not",
    "can",
    "can't",
    "15",
    "50",
    "2",
    "slowly",
    "ships",
]


@given(st.lists(st.sampled_from(SAYABLE), min_size=4, unique=True), st.data())
def test_changing_one_number_negation_or_modal_never_grounds(words: list[str], data: st.DataObject) -> None:
    changes = {"never": "", "not": "", "can": "can't", "can't": "can", "15": "50", "50": "15", "2": "20"}
    places = [n for n, word in enumerate(words) if word in changes and 0 < n < len(words) - 1]
    assume(places)
    at = data.draw(st.sampled_from(places))
    changed = [*words[:at], changes[words[at]], *words[at + 1 :]]
    quote = " ".join(word for word in changed if word)
    source = said(" ".join(words))
    assert locate(quote, source, near="t1") == ()


# Verifying


def quoted(quote: str, source: Source = SHOP) -> tuple[Evidence, ...]:
    found = locate(quote, source)
    assert found
    return found


def drawn(**changes: object) -> Journey:
    """Draw a sound journey, with changes to its only step."""
    step = Step(
        id="p1",
        title="Open the shop page",
        origin=Origin.QUOTED,
        evidence=quoted("I opened the shop’s page"),
        touchpoints=(Touchpoint(id="i1", text="Warehouse", origin=Origin.QUOTED, evidence=quoted("our warehouse")),),
        pains=(Item(id="i2", text="Slow", origin=Origin.QUOTED, evidence=quoted("it took 15 minutes")),),
        emotion=Emotion(score=-2, label="hate", origin=Origin.QUOTED, evidence=quoted("I really hated it")),
    )
    phase = Phase(id="f1", name="Order", origin=Origin.INFERRED)
    phase = phase.model_copy(update={"steps": (step.model_copy(update=changes),)})
    journey = Journey(title="Ordering", sources=(SHOP,), run=Run(engine="scripted"))
    return journey.model_copy(update={"phases": (phase,)})


def pain(evidence: Evidence, **changes: object) -> tuple[Item, ...]:
    return (Item(id="i2", text="Slow", origin=Origin.QUOTED, evidence=(evidence.model_copy(update=changes),)),)


def test_a_sound_journey_has_no_flaw() -> None:
    assert verify(drawn()) == ()


TOOK = locate("it took 15 minutes", SHOP)[0]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"quote": "it took 50 minutes"}, "does not stand in the source"),
        ({"start": TOOK.start + 1, "end": TOOK.end + 1}, "does not stand in the source"),
        ({"source": "s9"}, "a source that is not in this journey"),
        ({"passage": "t99"}, "a passage that is not in the source"),
        ({"passage": "t4"}, "reaches outside passage 't4'"),
        ({"start": 3, "end": 3, "quote": ""}, "does not stand in the source"),
    ],
)
def test_every_broken_quote_is_a_flaw_with_a_readable_place(changes: dict[str, object], problem: str) -> None:
    flaws = verify(drawn(pains=pain(TOOK, **changes)))
    assert {flaw.where for flaw in flaws} == {"phase 1, step 'Open the shop page', pains 1"}
    assert any(problem in flaw.problem for flaw in flaws)


def interviewer_quote() -> Evidence:
    passage = SHOP.passages[0]
    return Evidence(source="s1", passage="t1", start=passage.start, end=passage.end, quote=SHOP.slice(passage))


def test_quoting_the_interviewer_is_a_flaw_everywhere() -> None:
    (flaw,) = verify(drawn(evidence=(interviewer_quote(),)))
    assert flaw == Flaw("phase 1, step 'Open the shop page'", "it quotes the interviewer (passage 't1')")
    counter = pain(TOOK)[0].model_copy(update={"counter": (interviewer_quote(),)})
    assert "interviewer" in verify(drawn(pains=(counter,)))[0].problem


@pytest.mark.parametrize("lane", ["thoughts", "pains", "gains", "needs", "opportunities"])
def test_an_agent_may_show_a_touchpoint_but_nothing_the_customer_feels_or_wants(lane: str) -> None:
    item = Item(id="i9", text="Parcel", origin=Origin.QUOTED, evidence=quoted("Your parcel left"))
    (flaw,) = verify(drawn(**{lane: (item,)}))
    assert "not the customer" in flaw.problem
    assert verify(drawn(actions=(item,))) == ()


def test_an_agents_words_show_no_emotion() -> None:
    emotion = Emotion(score=1, label="glad", origin=Origin.QUOTED, evidence=quoted("Your parcel left"))
    assert verify(drawn(emotion=emotion))[0].where.endswith("emotion")


def test_pieces_of_a_quote_stand_in_the_order_of_the_source() -> None:
    pieces = quoted("I opened … it took 15 minutes")
    assert verify(drawn(evidence=pieces)) == ()
    assert "order of the source" in verify(drawn(evidence=pieces[::-1]))[0].problem


def test_quoted_without_evidence_and_inferred_with_a_quote_are_flaws_even_where_validation_was_passed_by() -> None:
    assert "shows no quote" in verify(drawn(evidence=()))[0].problem
    assert "must not show a quote" in verify(drawn(origin=Origin.INFERRED))[0].problem


def test_repeated_ids_and_links_to_nowhere_are_flaws() -> None:
    journey = drawn()
    link = Link(before="p1", after="p7", origin=Origin.QUOTED)
    twice = journey.model_copy(update={"phases": journey.phases * 2, "links": (link,)})
    problems = {(flaw.where, flaw.problem) for flaw in verify(twice)}
    assert ("steps", "the id 'p1' stands for 2 different things") in problems
    assert ("phases", "the id 'f1' stands for 2 different things") in problems
    assert ("items", "the id 'i2' stands for 2 different things") in problems
    assert ("link 1", "there is no step 'p7'") in problems
    assert ("link 1", "it claims to be quoted and shows no quote") in problems


def test_a_source_with_a_passage_outside_its_text_or_a_repeated_id_is_a_flaw() -> None:
    broken = SHOP.model_copy(update={"passages": (*SHOP.passages, Passage(id="t6", start=0, end=10**6))})
    problems = [flaw.problem for flaw in verify(drawn().model_copy(update={"sources": (broken,)}))]
    assert "passage 't6' reaches outside the text" in problems
    assert "the id 't6' stands for 2 different things" in problems


# Coverage


def test_coverage_counts_the_customers_turns_only_by_tenth() -> None:
    assert coverage(drawn()) == (1.0, 1.0, 0.0)
    assert unused(drawn()) == (("s1", "t6"),)


def test_coverage_of_a_long_talk_has_ten_shares() -> None:
    source = said(*(f"Turn number {n} of this talk" for n in range(40)))
    step = Step(id="p1", title="Talk", origin=Origin.QUOTED, evidence=locate("Turn number 0 of", source))
    phases = (Phase(id="f1", name="All", origin=Origin.INFERRED, steps=(step,)),)
    journey = Journey(title="T", phases=phases, sources=(source,), run=Run(engine="scripted"))
    assert coverage(journey) == (0.25, *[0.0] * 9)
    assert len(unused(journey)) == 39


def test_a_source_of_questions_only_has_no_coverage() -> None:
    source = transcript((ASKER, "Anything else?"))
    assert coverage(Journey(title="T", sources=(source,), run=Run(engine="scripted"))) == ()


# Speed: asserted ten times looser than measured (0.15 s to index, 0.03 s for 300 quotes, 0.002 s to verify)


def test_three_hundred_quotes_of_a_hundred_thousand_words_are_located_and_verified_quickly() -> None:
    chance = random.Random(7)
    vocabulary = [f"word{n}" for n in range(400)]
    source = said(*(" ".join(chance.choices(vocabulary, k=40)) + "." for _ in range(2500)))
    picked = [(p.id, " ".join(source.slice(p).split()[3:18]).upper()) for p in chance.sample(source.passages, 300)]
    began = time.perf_counter()
    items = [
        Item(id=f"i{n}", text="x", origin=Origin.QUOTED, evidence=locate(quote, source, near=near))
        for n, (near, quote) in enumerate(picked)
    ]
    step = Step(id="p1", title="All", origin=Origin.INFERRED, pains=tuple(items))
    phases = (Phase(id="f1", name="All", origin=Origin.INFERRED, steps=(step,)),)
    assert verify(Journey(title="T", phases=phases, sources=(source,), run=Run(engine="scripted"))) == ()
    assert time.perf_counter() - began < 5
