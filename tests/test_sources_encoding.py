"""Bytes become the same characters whatever the program that saved them."""

from __future__ import annotations

import pytest

from journey.errors import SourceError
from journey.sources import read
from journey.sources.encoding import decode

WORDS = "Zoë: C'était fermé, naïvement.\nJürgen: Größe 42, 5 £?\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252"],
)
def test_western_text_in_the_usual_encodings(encoding: str) -> None:
    assert decode(WORDS.encode(encoding)) == WORDS


def test_curly_quotes_of_windows() -> None:
    assert decode("“It’s” – five €".encode("cp1252")) == "“It’s” – five €"


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Интервьюер: Как прошла ваша поездка в магазин? Участник: Очень долго, я ждал целый час.\n", "cp1251"),
        ("質問者：昨日はどうでしたか。参加者：とても混んでいて、一時間も待ちました。\n", "shift_jis"),
    ],
)
def test_other_scripts_in_their_old_encodings(words: str, encoding: str) -> None:
    assert decode((words * 5).encode(encoding)) == words * 5


def test_a_character_cut_in_half_costs_only_itself() -> None:
    assert decode((WORDS * 3).encode() + b"\xc3").startswith(WORDS * 3)


@pytest.mark.parametrize(
    "content", [b"\x7fELF\x02\x01\x01" + b"\x00" * 50, bytes(range(256)) * 20, b"ab\x00\x01\x02cd" * 99]
)
def test_binary_content_is_refused(content: bytes) -> None:
    with pytest.raises(SourceError, match="not a text file"):
        decode(content)


def test_line_ends_and_unprintable_characters_do_not_reach_the_text() -> None:
    source = read("a.txt", "One\r\n\r\ntwo\r\rthree\x07\x0b\u2028four \ufefffive".encode() + b" words" * 20)
    assert set("\r\x07\x0b\u2028\ufeff") & set(source.text) == set()
    assert source.text.split()[:5] == ["One", "two", "three", "four", "five"]


def test_offsets_are_code_points() -> None:
    source = read("a.txt", "Anna: 👩‍👩‍👧 é e\u0301 fine.\nBen: ok 🎉.\nAnna: bye.\nBen: bye.".encode())
    assert [source.slice(p) for p in source.passages][:2] == ["👩‍👩‍👧 é e\u0301 fine.", "ok 🎉."]


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("I went to the shop yesterday, but they had already closed for the day.", "en"),
        ("Ich bin gestern in den Laden gegangen, aber er war schon geschlossen.", "de"),
        ("Ayer fui a la tienda, pero ya habían cerrado por todo el día.", "es"),
        ("어제 가게에 갔는데 벌써 문을 닫았더라고요. 그래서 그냥 집에 왔어요.", "ko"),
        ("Yes. No.", None),
    ],
)
def test_the_language_is_told_when_it_can_be(words: str, language: str | None) -> None:
    assert read("a.txt", words.encode()).language == language
