"""An answer that comes as a stream is an answer when its end was reached, and is given up when it falls silent."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.engines.llm import replies
from journey.errors import EngineError, EngineReplyInvalid, EngineUnavailable
from tests.faults import streams
from tests.faults.talk import SOUND

USAGE = {"prompt_tokens": 500, "completion_tokens": 50}
EVENTS = streams.whole("Überraschung — 電話 " * 9, finish="stop", refusal=None, usage=USAGE)
BYTES = b"".join(EVENTS)
FINISHED = BYTES.index(b'"finish_reason": "stop"') + len(b'"finish_reason": "stop"}]}')


async def arriving(pieces: list[bytes], pause: float = 0.0) -> AsyncIterator[bytes]:
    for piece in pieces:
        await asyncio.sleep(pause)
        yield piece


def read(pieces: list[bytes], *, pause: float = 0.0) -> str:
    completion = asyncio.run(replies.read_stream(arriving(pieces, pause), "host"))
    assert completion.choices[0].finish_reason
    return completion.choices[0].message.content or ""


@given(st.lists(st.integers(0, len(BYTES)), max_size=12))
def test_it_is_the_same_wherever_the_network_cuts_it(cuts: list[int]) -> None:
    borders = [0, *sorted(cuts), len(BYTES)]
    pieces = [BYTES[start:end] for start, end in itertools.pairwise(borders)]
    assert read(pieces) == "Überraschung — 電話 " * 9


@given(st.integers(0, FINISHED - 1))
def test_no_beginning_of_it_is_an_answer(end: int) -> None:
    with pytest.raises(EngineUnavailable):
        read([BYTES[:end]])


def test_a_reason_for_the_end_is_what_ends_it_and_not_the_mark_behind_it() -> None:
    assert read([BYTES[: FINISHED + 1]])
    with pytest.raises(EngineUnavailable, match="broke off in the middle"):
        read([*streams.written(SOUND), streams.DONE])


def test_what_comes_after_the_mark_is_not_read() -> None:
    assert "more" not in read([BYTES, streams.delta(content="more")])


@pytest.mark.parametrize(
    ("piece", "error"),
    [
        (b"data: {broken\n\n", EngineUnavailable),
        (b"data: \xff\xfe\n\n", EngineUnavailable),
        (b"data: [1]\n\n", EngineUnavailable),
        (b'data: {"error": {"message": "hotline"}}\n\n', EngineUnavailable),
        (b"data: " + b"[" * 100_000 + b"\n\n", EngineUnavailable),
        (b": " + b"x" * replies.LARGEST_STREAM + b"\n\n", EngineReplyInvalid),
    ],
)
def test_a_fault_in_the_middle_is_told_without_repeating_it(piece: bytes, error: type[EngineError]) -> None:
    with pytest.raises(error) as caught:
        read([*streams.written(SOUND), piece, *EVENTS])
    assert "hotline" not in str(caught.value)


@pytest.mark.parametrize(
    "odd",
    [
        {"choices": None},
        {"choices": [None]},
        {"choices": [{"delta": None}]},
        {"choices": [{"index": 1, "delta": {"content": "another"}}]},
        {"choices": [{"delta": {"content": 7, "reasoning": "Let me see"}}]},
        {"usage": "much"},
    ],
)
def test_events_of_other_shapes_add_nothing(odd: dict[str, object]) -> None:
    event = f"event: x\r\ndata:{json.dumps(odd)}\r\n\r\n".encode()
    assert read([event, *streams.whole("Yes", finish="stop", refusal=None, usage=None)]) == "Yes"


def test_signs_of_life_do_not_hold_up_the_end_of_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replies, "IDLE_TIMEOUT", 0.1)
    with pytest.raises(EngineUnavailable, match="fell silent"):
        read([*streams.written("Yes"), *[streams.KEEP_ALIVE] * 20, *EVENTS], pause=0.02)


def test_before_its_first_word_a_server_may_take_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replies, "IDLE_TIMEOUT", 0.1)
    assert read(
        [*[streams.KEEP_ALIVE] * 12, *streams.whole("Yes", finish="stop", refusal=None, usage=None)], pause=0.02
    )
    monkeypatch.setattr(replies, "FIRST_TIMEOUT", 0.1)
    with pytest.raises(EngineUnavailable, match="fell silent"):
        read([*[streams.KEEP_ALIVE] * 12, *EVENTS], pause=0.02)


def test_thoughts_are_signs_of_an_answer_and_not_part_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replies, "IDLE_TIMEOUT", 0.1)
    thoughts = [streams.delta(reasoning_content="Hm")] * 12
    assert read([*thoughts, *streams.whole("Yes", finish="stop", refusal=None, usage=None)], pause=0.02) == "Yes"
