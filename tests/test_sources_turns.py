"""Plain text: who speaks, when, and what belongs to the format and not to the words."""

from __future__ import annotations

import pytest

from journey.model import Role, Source
from journey.sources import read


def said(text: str, name: str = "pasted text") -> list[tuple[str | None, float | None, str]]:
    source = read(name, text.encode())
    return [(passage.speaker, passage.time, source.slice(passage)) for passage in source.passages]


def speakers(source: Source) -> list[str]:
    return [participant.name for participant in source.participants]


TURNS = [
    ("Anna", "0:05", "Where did you look first?"),
    ("Ben", "0:09", "On the website, but I gave up."),
    ("Anna", "0:12", "Why?"),
    ("Ben", "0:13", "Too slow."),
]
STYLES = {
    "name and colon": "{name}: {words}\n",
    "blank lines between": "{name}: {words}\n\n",
    "full-width colon": "{name}：{words}\n",
    "colon inside bold": "**{name}:** {words}\n\n",
    "colon after bold": "**{name}**: {words}\n\n",
    "voice tag": "<v {name}>{words}\n",
    "closed voice tag": "<v {name}>{words}</v>\n",
    "square brackets": "[{name}] {words}\n",
    "angle brackets": "<{name}> {words}\n",
    "tab": "{name}\t{words}\n",
    "arrows": ">> {name}: {words}\n",
    "indented": "   {name}:   {words}\n",
    "words below": "{name}:\n{words}\n\n",
    "name alone": "{name}\n{words}\n\n",
    "numbered lines": "17. {name}: {words}\n",
    "numbers and tabs": "17\t{name}: {words}\n",
    "bold in a list": "- **{name}**: {words}\n",
    "quoted": "> **{name}**: {words}\n>\n",
    "chat with dates": "12/03/2024, 14:05 - {name}: {words}\n",
    "chat with days": "[3/12 10:05 AM] {name}\n{words}\n\n",
    "chat with dates in brackets": "[2024-03-12 14:05:33] {name}: {words}\n",
}
TIMED_STYLES = {
    "bold with time": "**{name} ({time}):** {words}\n\n",
    "time inside bold": "**[{time}] {name}:** {words}\n\n",
    "header line": "{name} {time}\n{words}\n\n",
    "header line, wide gap": "{name}   {time}\n{words}\n",
    "header line in brackets": "{name} ({time}):\n{words}\n\n",
    "bold header line": "**{name}** {time}\n\n{words}\n\n",
    "time in front": "[0{time}] {name}: {words}\n",
    "hours in front": "[00:0{time}] {name}: {words}\n",
    "time in round brackets": "(00:0{time}) {name}: {words}\n",
    "time without brackets": "00:0{time} {name}: {words}\n",
    "time and dash": "[{time}] - {name}: {words}\n",
    "span of time": "{time} - 0:59 {name}: {words}\n",
    "time behind": "{name} [00:0{time}]: {words}\n",
    "time behind, no colon": "{name} (00:0{time}) {words}\n",
    "time behind the colon": "{name}: [0{time}] {words}\n",
    "time, then name alone": "[0{time}] {name}\n{words}\n\n",
    "tabs": "{time}\t{name}\t{words}\n",
    "tabs and numbers": "1\t{name}\t{time}\t{words}\n",
}


def written(style: str) -> str:
    return "".join(style.format(name=name, time=time, words=words) for name, time, words in TURNS)


@pytest.mark.parametrize("style", [*STYLES.values(), *TIMED_STYLES.values()], ids=[*STYLES, *TIMED_STYLES])
def test_every_way_of_naming_speakers_gives_the_same_turns(style: str) -> None:
    assert [(speaker, words) for speaker, _, words in said(written(style))] == [
        (name, words) for name, _, words in TURNS
    ]


@pytest.mark.parametrize("style", TIMED_STYLES.values(), ids=TIMED_STYLES)
def test_times_move_into_the_passages(style: str) -> None:
    assert [time for _, time, _ in said(written(style))] == [5.0, 9.0, 12.0, 13.0]


def test_a_time_of_day_is_no_place_in_a_recording() -> None:
    turns = said(written("[1{time} AM] {name}: {words}\n"))
    assert [(speaker, time) for speaker, time, _ in turns] == [(name, None) for name, _, _ in TURNS]


@pytest.mark.parametrize(
    "name",
    [
        "Zoë Müller-Łukasz",
        "O'Brien",
        "D’Angelo",
        "Dr. Müller",
        "참가자 1",
        "田中さん",
        "Мария",
        "مريم",
        "प्रतिभागी",
        "José María de la Cruz",
        "Speaker 1",
        "P07",
        "Maria (she/her)",
        "Zoe\u0308",
        "SPEAKER_00",
        "J. R. Smith",
    ],
)
def test_names_of_every_script_and_shape(name: str) -> None:
    text = f"{name}: I went there.\nAnna: And then?\n{name}: I came back.\nAnna: I see."
    assert [speaker for speaker, _, _ in said(text)] == [name, "Anna", name, "Anna"]


def test_one_speaker_in_two_spellings_is_one_speaker() -> None:
    text = "ANNA: One.\nBen: Two.\nAnna: Three.\nBen: Four."
    assert speakers(read("a.txt", text.encode())) == ["ANNA", "Ben"]


@pytest.mark.parametrize(
    "text",
    [
        "Date: 12 March\nWe went to the shop and bought a lamp.",
        "We bought a lamp.\nNote: it was broken.\nWe took it back.",
        "Note: it was broken.\nI called them.\nNote: nobody answered.\nI gave up and went home.",
        "See http://example.org: it is all there.\nhttp://example.org/a\nhttps://example.org/b",
        "He said: no.\nWe waited a while.\nHe said: maybe.\nThen we left the shop.",
        "At 10:30 we met.\nAt 11:45 we left.",
        "[laughter] It was fun.\n[laughter] Really fun.\n[music] And then we left.\n[laughter] Yes.",
        "Ingredients: flour and milk\nMethod: mix them\nServes: four people",
        "Name: Maria\nAge: 34\nCity: Porto\nOccupation: nurse",
        "Customer: the person who buys goods.\nSupplier: who sells them.\nPayment: within 30 days.",
        "Breakfast 8:00\nLunch 12:30\nDinner 19:00",
        "We met (10:30) and talked.\nI arrived (11:00) too late, so I left again.\nNobody saw me.",
        "At 10:30 he said: no.\nWe waited.\nAt 12:00 she said: yes.",
        "**Age:** 34 years\n\n**Job:** nurse\n\n**Budget:** little",
        "Step 1: open the box\nStep 2: read the paper\nStep 3: call them",
    ],
)
def test_what_only_looks_like_a_label_names_nobody_and_loses_no_word(text: str) -> None:
    source = read("a.txt", text.encode())
    assert source.participants == ()
    assert source.text.split() == text.replace("**", "").split()


def test_a_label_inside_a_transcript_of_another_style_stays_in_the_words() -> None:
    text = "Anna 0:05\nOrder ID: 123, please.\n\nBen 0:09\nPassword: swordfish\n\nAnna 0:12\nThanks."
    assert [words for _, _, words in said(text)] == ["Order ID: 123, please.", "Password: swordfish", "Thanks."]


def test_notes_about_the_recording_are_text_but_nobody_said_them() -> None:
    text = "Date: 12 March\nLocation: Berlin\nParticipant: P3\n\nAnna: How was it?\nP3: Slow.\nAnna: Why?\nP3: No idea."
    source = read("a.txt", text.encode())
    assert speakers(source) == ["Anna", "P3"]
    assert source.text.startswith("Date: 12 March")
    assert source.slice(source.passages[0]) == "How was it?"


def test_headings_are_text_but_nobody_said_them() -> None:
    text = "# Interview 3\n\nAnna: How was it?\n\nBen: Slow.\n\n## Part two\n\nAnna: Why?\n\nBen: No idea."
    source = read("a.md", text.encode())
    assert "Interview 3" in source.text
    assert "#" not in source.text
    assert [source.slice(passage) for passage in source.passages] == ["How was it?", "Slow.", "Why?", "No idea."]


def test_a_paragraph_with_a_colon_above_the_first_turn_is_said_all_the_same() -> None:
    text = "My friend told me this: go there, look around, take your time and tell me what it was like in the end.\n\n"
    source = read("a.txt", f"{text}Anna: How was it?\nBen: Slow.\nAnna: Why?\nBen: Yes.\nAnna: Oh.".encode())
    assert source.slice(source.passages[0]) == text.strip()


@pytest.mark.parametrize("style", ["{name}: {words}\n", "{name} 0:05\n{words}\n\n", "[00:05] {name}\n{words}\n\n"])
def test_a_speaker_heard_once_is_a_speaker_where_every_turn_names_one(style: str) -> None:
    turns = [("Anna", "Hello."), ("Ben", "Hello."), ("Observer Lee", "May I?"), ("Anna", "Sure."), ("Ben", "Go on.")]
    text = "".join(style.format(name=name, words=words) for name, words in turns)
    assert speakers(read("a.txt", text.encode())) == ["Anna", "Ben", "Observer Lee"]


def test_two_lines_are_a_dialogue_too() -> None:
    assert [speaker for speaker, _, _ in said("Maria: Was it open?\nJon: No, it was closed.")] == ["Maria", "Jon"]


def test_a_turn_goes_on_over_wrapped_lines_and_paragraphs() -> None:
    text = "Anna: How?\nBen: First I looked\nfor the shop.\n\nThen I went in.\nAnna: I see.\nBen: Yes."
    assert said(text)[1] == ("Ben", None, "First I looked for the shop.\nThen I went in.")


def test_questions_and_answers() -> None:
    for text in (
        "Q: Where?\nA: In the shop.\nQ: When?\nA: On Monday.",
        "Q. Where?\nA. In the shop.\nQ. When?\nA. On Monday.",
    ):
        source = read("a.txt", text.encode())
        assert [(p.name, p.role) for p in source.participants] == [("Q", Role.INTERVIEWER), ("A", Role.PARTICIPANT)]


def test_markdown_marks_go_and_noises_stay() -> None:
    text = (
        "**Anna:** I \\[laughter\\] **really** like it. {gap}\n\n**Ben:** [inaudible] *sighs*\n\n---\n\n**Anna:** Yes."
    )
    assert [words for _, _, words in said(text)] == [
        "I [laughter] really like it. {gap}",
        "[inaudible] *sighs*",
        "Yes.",
    ]


def test_a_time_inside_a_turn_begins_a_passage() -> None:
    text = "Anna: And then?\nBen: I waited. [01:05] Then I left.\nAnna: [02:00]\nBen: Yes.\nAnna: Ok."
    assert said(text)[1:] == [
        ("Ben", None, "I waited."),
        ("Ben", 65.0, "Then I left."),
        ("Ben", None, "Yes."),
        ("Anna", None, "Ok."),
    ]


def test_where_only_the_interviewer_is_named_the_paragraphs_between_are_answers() -> None:
    text = "Interviewer: Tell me about it.\n\nIt was closed.\n\nI left.\n\nInterviewer: And then?\n\nNothing."
    assert [(speaker, words) for speaker, _, words in said(text)] == [
        ("Interviewer", "Tell me about it."),
        (None, "It was closed."),
        (None, "I left."),
        ("Interviewer", "And then?"),
        (None, "Nothing."),
    ]


def test_a_line_that_is_only_a_time_is_not_said() -> None:
    text = "Ana: Hello.\nBen: Hi.\n00:05:00\nAna: I waited.\nBen: Oh.\n00:10:00\nStill here."
    assert said(text)[1:] == [
        ("Ben", None, "Hi."),
        ("Ana", None, "I waited."),
        ("Ben", None, "Oh."),
        ("Ben", 600.0, "Still here."),
    ]


def test_a_dialogue_with_dashes_has_a_passage_per_voice() -> None:
    assert [words for _, _, words in said("— Was it open?\n— No.\n— And then?\n— I left.")] == [
        "Was it open?",
        "No.",
        "And then?",
        "I left.",
    ]


def test_prose_has_one_passage_per_paragraph() -> None:
    text = "I went to the shop.\nIt was closed.\n\nSo I went home,\nand never came back."
    assert [words for _, _, words in said(text)] == [
        "I went to the shop. It was closed.",
        "So I went home, and never came back.",
    ]
    assert read("a.txt", text.encode()).participants == ()


def test_lines_below_or_behind_times_are_merged_to_sentences() -> None:
    for text in (
        "0:00\nso I went\n0:04\nto the shop.\n0:08\nIt was closed.",
        "0:00 so I went\n0:04 to the shop.\n0:08 It was closed.",
    ):
        assert said(text) == [(None, 0.0, "so I went to the shop. It was closed.")]


def test_a_long_turn_is_cut_at_sentence_ends_and_loses_nothing() -> None:
    text = " ".join(f"This is sentence number {number}." for number in range(400))
    source = read("a.txt", text.encode())
    pieces = [source.slice(passage) for passage in source.passages]
    assert len(pieces) > 4
    assert all(piece.endswith(".") and len(piece) <= 2_000 for piece in pieces)
    assert " ".join(pieces) == text


def test_a_voice_without_full_stops_is_cut_all_the_same() -> None:
    source = read("a.txt", ("word " * 5_000).encode())
    assert max(passage.end - passage.start for passage in source.passages) <= 2_000
    assert len(source.text.split()) == 5_000
