"""Faults of an answer that is streamed: it may begin well and never come to its end."""

from __future__ import annotations

import asyncio
import json

from tests.faults.case import ERROR, Case, gives_up, succeeds, tries_later
from tests.faults.rows import Row
from tests.faults.server import Answer, send_events
from tests.faults.streams import DONE, KEEP_ALIVE, delta, ending, event, written
from tests.faults.talk import SOUND

COUNTED = {"prompt_tokens": 500, "completion_tokens": 50}
BROKE_OFF = "broke off in the middle of its answer"
UNREADABLE = "sent a stream that cannot be read"
WHOLE = [*written(SOUND), *ending("stop", COUNTED)]
ACCENTED = [*written(json.dumps(json.loads(SOUND) | {}, ensure_ascii=False)), *ending("stop", COUNTED)]


def streamed(*events: bytes, is_whole: bool = True) -> Answer:
    """Answer with these events; without `is_whole` the connection breaks before they are said to be all."""
    return lambda _, writer: send_events(writer, events, is_whole=is_whole)


def torn(*events: bytes, every: int) -> Answer:
    """Send a stream in pieces that know no border of letters or lines."""
    body = b"".join(events)
    return streamed(*(body[at : at + every] for at in range(0, len(body), every)))


def closed(*events: bytes) -> Answer:
    """Send a stream whose end is that of its connection, so that a cut looks like the end."""

    async def answer(_: object, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n")
        writer.write(b"".join(events))
        await writer.drain()

    return answer


WHOLE_AFTER_ALL = (
    succeeds(Row.BAD_UTF8, torn(*ACCENTED, every=1)),
    succeeds(Row.BAD_UTF8, torn(*ACCENTED, every=7)),
    succeeds(Row.STREAM_UNENDED, streamed(*WHOLE[:-1])),
    succeeds(Row.STREAM_UNENDED, closed(*written(SOUND), delta("stop")), says="did not say credibly"),
    succeeds(Row.DRIP, streamed(KEEP_ALIVE, *written(SOUND), KEEP_ALIVE, b"\n", *ending("stop", COUNTED))),
    succeeds(Row.USAGE, streamed(*written(SOUND), *ending("stop", None)), says="did not say credibly"),
    succeeds(Row.PASSES, streamed(*WHOLE[:4]), streamed(*WHOLE), requests=2, ledger="FA"),
)

CUT = (
    tries_later(Row.STREAM_UNENDED, streamed(*written(SOUND), DONE), says=BROKE_OFF),
    tries_later(Row.STREAM_UNENDED, streamed(*written(SOUND)), says=BROKE_OFF),
    tries_later(Row.STREAM_UNENDED, closed(*written(SOUND)), says=BROKE_OFF),
    tries_later(Row.STREAM_UNENDED, closed(*written(SOUND)[:5]), says=BROKE_OFF),
    tries_later(Row.STREAM_UNENDED, streamed(), says=BROKE_OFF),
    tries_later(Row.STREAM_CUT, streamed(*WHOLE[:5], is_whole=False), says="broke off"),
    tries_later(Row.HANG_UP, streamed(is_whole=False), says="broke off"),
    tries_later(
        Row.STREAM_CUT, streamed(*WHOLE[:5], event(error={"message": "hotline", "code": 502})), says="a fault behind it"
    ),
    tries_later(Row.STREAM_CUT, streamed(*WHOLE[:5], b'data: {"choi\n\n', *WHOLE[5:]), says=UNREADABLE),
    tries_later(Row.STREAM_CUT, streamed(*WHOLE[:5], b"data: 3\n\n", *WHOLE[5:]), says=UNREADABLE),
    tries_later(Row.BAD_UTF8, streamed(*WHOLE[:5], b'data: {"id": "\xc3("}\n\n', *WHOLE[5:]), says=UNREADABLE),
)

ENDED_OTHERWISE = (
    gives_up(Row.EMPTY, streamed(*ending("stop", COUNTED)), says="broke off before its end", kind=ERROR),
    gives_up(
        Row.REFUSAL, streamed(delta(refusal="I can"), delta(refusal="not"), *ending("stop", COUNTED)), says="refused"
    ),
    gives_up(Row.REFUSAL, streamed(*WHOLE[:5], *ending("content_filter", COUNTED)), says="content filter"),
)

CASES: tuple[Case, ...] = (*WHOLE_AFTER_ALL, *CUT, *ENDED_OTHERWISE)
