"""Caption files: the words of their cues, and nothing of their format."""

from __future__ import annotations

import json

import pytest

from journey.errors import SourceError
from journey.sources import read


def said(text: str, name: str = "a.vtt") -> list[tuple[str | None, float | None, str]]:
    source = read(name, text.encode())
    return [(passage.speaker, passage.time, source.slice(passage)) for passage in source.passages]


def words(text: str, name: str = "a.vtt") -> str:
    return " ".join(part for _, _, part in said(text, name))


CUES = [("00:00:01{}500", "00:00:03{}000", "We looked at the"), ("00:01:03{}000", "00:01:05{}250", "new shop.")]
FORMATS = {
    "vtt": "WEBVTT\n\n" + "\n\n".join(f"{a.format('.')} --> {b.format('.')}\n{w}" for a, b, w in CUES),
    "vtt without hours": "WEBVTT\n\n"
    + "\n\n".join(f"{a[3:].format('.')} --> {b[3:].format('.')}\n{w}" for a, b, w in CUES),
    "srt": "\n\n".join(f"{n}\n{a.format(',')} --> {b.format(',')}\n{w}" for n, (a, b, w) in enumerate(CUES, 1)),
    "sbv": "\n\n".join(f"{a[1:].format('.')},{b[1:].format('.')}\n{w}" for a, b, w in CUES),
    "bracketed": "\n".join(f"[{a[3:].format('.')} --> {b[3:].format('.')}]  {w}" for a, b, w in CUES),
    "whisper table": "start\tend\ttext\n1500\t3000\tWe looked at the\n63000\t65250\tnew shop.",
}


@pytest.mark.parametrize("name", ["a.vtt", "a.srt", "a.sbv", "a.txt", "a.text", "pasted text"])
@pytest.mark.parametrize("text", FORMATS.values(), ids=FORMATS.keys())
def test_the_content_decides_and_not_the_suffix(text: str, name: str) -> None:
    assert said(text, name) == [(None, 1.5, "We looked at the"), (None, 63.0, "new shop.")], "a minute lies between"


LINES = ["So tell me about it.", "What is it?", *["It is a game that", "we made in a year."] * 30, "Is it out?", "Yes."]


def _clock(second: int, mark: str) -> str:
    return f"00:{second // 60:02}:{second % 60:02}{mark}000"


def test_one_interview_in_six_formats_gives_the_same_words_and_turns() -> None:
    spans = [(2 * at, 2 * at + 1, line) for at, line in enumerate(LINES)]
    texts = [
        "WEBVTT\n\n" + "\n\n".join(f"{_clock(a, '.')} --> {_clock(b, '.')}\n{line}" for a, b, line in spans),
        "\n\n".join(f"{a // 2 + 1}\n{_clock(a, ',')} --> {_clock(b, ',')}\n{line}" for a, b, line in spans),
        "\n\n".join(f"{_clock(a, '.')},{_clock(b, '.')}\n{line}" for a, b, line in spans),
        "start\tend\ttext\n" + "\n".join(f"{a}000\t{b}000\t{line}" for a, b, line in spans),
        "\n".join(f"[{_clock(a, '.')} --> {_clock(b, '.')}]  {line}" for a, b, line in spans),
        "\n".join(LINES),
    ]
    sources = [read("a.txt", text.encode()) for text in texts]
    assert {source.text.replace("\n\n", " ") for source in sources} == {" ".join(LINES)}
    assert len({tuple((passage.start, passage.end) for passage in source.passages) for source in sources}) == 1
    assert len(sources[0].passages) > 4


@pytest.mark.parametrize(
    "text",
    [
        "WEBVTT - about the film\nKind: captions\nLanguage: en\n\nNOTE\nby Kyle\n\n1\n00:01.000 --> 00:02.000\nHello.",
        "WEBVTT\n\nSTYLE\n::cue { color: red;\n}\n\nREGION\nid:fred\n\nNOTE x\n\na\n00:01.000 --> 00:02.000\nHello.",
        "WEBVTT\n\n00:01.000 --> 00:02.000 align:start position:0% line:-1\n<c.yellow.bg_blue>Hel</c><00:01.500>lo.",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n00:01.000 --> 00:02.000\nHello.",
        '1\n00:00:01,000 --> 00:00:02,000 X1:40 Y1:20\n{\\an8}<font color="#ff0000">Hello.</font>',
        "1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:02,000 --> 00:00:03,000\nHello.",
        "\ufeffWEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\nHello.\r\n",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<i>Hello.</i>\n\nNOTE this is the end",
    ],
)
def test_numbers_times_notes_styles_and_tags_are_not_speech(text: str) -> None:
    assert words(text) == "Hello."


def test_entities_become_characters_and_other_angle_brackets_stay() -> None:
    assert (
        words("WEBVTT\n\n00:01.000 --> 00:02.000\nFish &amp; chips, 2 < 3 &lt;b&gt; <laughs>")
        == "Fish & chips, 2 < 3 <b> <laughs>"
    )


def test_voices_are_speakers_and_overlapping_cues_keep_their_order() -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:09.000\n<v Dr. Müller>How are\n\n00:02.000 --> 00:03.000\n<v.loud Ana>Fine.</v>\n\n"
        "00:04.000 --> 00:05.000\n<v Dr. Müller>you?</v>"
    )
    assert said(text) == [("Dr. Müller", 1.0, "How are"), ("Ana", 2.0, "Fine."), ("Dr. Müller", 4.0, "you?")]


def test_one_cue_may_hold_two_voices() -> None:
    assert said("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>Yes.</v>\n<v Ben>No.</v>") == [
        ("Ana", 1.0, "Yes."),
        ("Ben", 1.0, "No."),
    ]


def test_neighbouring_cues_of_one_speaker_become_one_turn() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>I went\n\n00:02.500 --> 00:04.000\n<v Ana>to the shop."
    assert said(text) == [("Ana", 1.0, "I went to the shop.")]


def test_names_in_the_words_are_speakers_as_zoom_writes_them() -> None:
    cues = ["Ana Silva: Hello?", "Ben: Hi.", "Can you hear me?", "Ana Silva: Yes."]
    text = "WEBVTT\n\n" + "\n\n".join(f"{n}\n00:0{n}.000 --> 00:0{n}.900\n{cue}" for n, cue in enumerate(cues, 1))
    assert said(text) == [
        ("Ana Silva", 1.0, "Hello?"),
        ("Ben", 2.0, "Hi. Can you hear me?"),
        ("Ana Silva", 4.0, "Yes."),
    ]


def test_teams_with_metadata_puts_json_into_its_cues() -> None:
    entry = json.dumps({"speakerName": "Ana", "spokenText": "It was closed.", "spokenLanguage": "en-us"})
    assert said(f"WEBVTT\n\n00:00:16.246 --> 00:00:17.726\n{entry}") == [("Ana", 16.246, "It was closed.")]


ROLLING = """WEBVTT
Kind: captions

00:00:01.000 --> 00:00:03.000 align:start position:0%

so<00:00:01.500><c> I</c><00:00:02.000><c> went</c>

00:00:03.000 --> 00:00:03.010 align:start position:0%
so I went


00:00:03.010 --> 00:00:05.000 align:start position:0%
so I went
to<00:00:03.500><c> the</c><00:00:04.000><c> shop</c>

00:00:05.000 --> 00:00:05.010 align:start position:0%
to the shop


00:00:05.010 --> 00:00:07.000 align:start position:0%
to the shop
to<00:00:05.500><c> look</c>
"""


def test_rolling_captions_are_said_once() -> None:
    assert words(ROLLING) == "so I went to the shop to look"


def test_rolling_captions_saved_without_tags_are_said_once() -> None:
    cues = ["so I went", "so I went\nto the shop", "to the shop\nto look", "to look\naround"]
    text = "\n\n".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{cue}" for n, cue in enumerate(cues, 1))
    assert words(text, "a.srt") == "so I went to the shop to look around"


def test_growing_captions_are_said_once() -> None:
    cues = ["so", "so I", "so I went", "so I went home"]
    text = "\n\n".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{cue}" for n, cue in enumerate(cues, 1))
    assert words(text, "a.srt") == "so I went home"


def test_what_was_said_twice_is_kept_twice() -> None:
    cues = ["No.", "No.", "Really?", "No."]
    text = "\n\n".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{cue}" for n, cue in enumerate(cues, 1))
    assert words(text, "a.srt") == "No. No. Really? No."


def test_a_dash_or_an_arrow_begins_another_voice() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\n- Is it open?\n- No.\n\n2\n00:00:02,000 --> 00:00:03,000\n>> Then I left."
    assert [part for _, _, part in said(text, "a.srt")] == ["Is it open?", "No.", "Then I left."]


def test_a_question_ends_a_turn_where_nobody_is_named() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nWhat is it?\n\n00:02.000 --> 00:03.000\nA game."
    assert [part for _, _, part in said(text)] == ["What is it?", "A game."]


@pytest.mark.parametrize("damage", ["00:00:1d.890", "00:00:99999", "0:00:01"])
def test_words_under_a_damaged_time_are_kept(damage: str) -> None:
    text = f"WEBVTT\n\n00:01.000 --> 00:02.000\nOne,\n\n00:02.000 --> {damage}\ntwo.\n\nthree without a time"
    assert words(text) == "One, two. three without a time"


@pytest.mark.parametrize(
    "text", ["WEBVTT", "WEBVTT\n\nNOTE nothing", "1", "WEBVTT\n\n00:01.000 --> 00:02.000\n", "1\n2\n3"]
)
def test_captions_without_words_are_refused(text: str) -> None:
    with pytest.raises(SourceError, match="no words"):
        read("a.vtt", text.encode())
