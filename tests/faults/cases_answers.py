"""Faults of answers that arrive with status 200."""

from __future__ import annotations

import json
from typing import Any

from tests.faults.case import ERROR, Case, gives_up, succeeds
from tests.faults.rows import Row
from tests.faults.server import Answer, completion, fails, replies, says
from tests.faults.talk import SOUND, answer, drawing, observed, step

NOT_ONE = "not a model's answer"
BROKEN = "broke off before its end"


def unusable(row: Row, *script: Answer, says: str, **parts: Any) -> Case:
    """Return the case of an answer that is none."""
    return gives_up(row, *script, says=says, **({"kind": ERROR} | parts))


def misshapen(row: Row, content: str, *, says_: str) -> Case:
    """Return the case of a model that answers in the wrong form though it was told."""
    return unusable(row, says(content), says=says_, requests=2, ledger="AA")


NO_ANSWERS = (
    unusable(
        Row.HTML, replies(b"<html>Sign in</html>", content_type="text/html"), says="a web page, as a proxy or a login"
    ),
    unusable(Row.HTML, replies(b"<html>Sign in</html>"), says="a web page"),
    unusable(Row.ERROR_200, replies(b"hotline"), says=NOT_ONE),
    unusable(Row.ERROR_200, replies(b'{"choices": null}'), says=NOT_ONE),
    unusable(Row.ERROR_200, replies(b"[]"), says=NOT_ONE),
    unusable(Row.ERROR_200, replies(b"null"), says=NOT_ONE),
    unusable(Row.ERROR_200, replies(b'{"choices": []}'), says="without content"),
    unusable(Row.BAD_UTF8, replies(b"\xff\xfe\x00"), says=NOT_ONE),
    unusable(Row.BAD_UTF8, replies(completion("x").replace(b'"x"', b'"\xc3("')), says=NOT_ONE),
    unusable(Row.HUGE, replies(b"x" * 10_000_001), says="more than a map can hold"),
    unusable(Row.HUGE, replies(completion("x" * 10_000_000)), says="more than a map can hold"),
    unusable(Row.STREAM_UNENDED, replies(completion(SOUND, finish=None)), says=BROKEN),
    unusable(
        Row.LENGTH, says(SOUND[:80], finish="length"), says="cut off at its length limit", requests=2, ledger="FF"
    ),
    unusable(
        Row.LENGTH,
        says(SOUND[:80], finish="length"),
        fails(400, "context_length_exceeded"),
        says="cut off at its length limit",
        requests=2,
        ledger="FF",
    ),
    unusable(Row.EMPTY, says(None), says=BROKEN),
    unusable(Row.EMPTY, says(""), says=BROKEN),
)

REFUSALS = (
    gives_up(Row.REFUSAL, says(None, refusal="I cannot help with the hotline"), says="refused to work on this"),
    gives_up(Row.REFUSAL, says(None, finish="content_filter"), says="content filter"),
    gives_up(Row.REFUSAL, says(SOUND, finish="content_filter"), says="content filter"),
)

MISSHAPEN = (
    *(misshapen(Row.SHAPE, text, says_="not valid JSON") for text in (SOUND[:-1], "Sure! Here is the hotline journey")),
    misshapen(Row.SHAPE, "[" * 100_000, says_="not valid JSON"),
    misshapen(Row.SHAPE, "[]", says_="wrong form"),
    misshapen(Row.SHAPE, SOUND.replace('"emotion"', '"hotline"', 1), says_="wrong form at: observations.kind"),
    misshapen(Row.SHAPE, SOUND.replace('"title": "Booking", ', "", 1), says_="wrong form at: journey.title"),
    misshapen(Row.NOT_A_NUMBER, SOUND.replace('"turn": 2', '"turn": NaN', 1), says_="not valid JSON"),
    misshapen(Row.DUPLICATE_KEYS, SOUND.replace('"id": 1', '"id": 1, "id": 2', 1), says_="not valid JSON"),
)

MENDED = (
    succeeds(Row.LENGTH, says(SOUND[:80], finish="length"), says(SOUND), requests=2, ledger="FA"),
    succeeds(Row.SHAPE, says("I would rather talk"), says(SOUND), requests=2, ledger="AA"),
    succeeds(Row.FENCED, says(f"```json\n{SOUND}\n```")),
    succeeds(Row.FENCED, says(f"Sure! Here it is:\n{SOUND}\nAnything else?")),
)

_STANDS = observed(2, "I called the clinic's hotline", id=1)
_REPAIRS = json.dumps({"repairs": []})
_NONE_MEANT = json.dumps({"repairs": [{"id": 2, "turn": 2, "quote": None}]})


def _with(flawed: dict[str, Any]) -> Answer:
    return says(answer([_STANDS, flawed], drawing(step(1, 1), step(2, 2))))


CLAIMS = (
    succeeds(
        Row.INVENTED,
        _with(observed(4, "The staff were wonderful to me", id=2)),
        says(_NONE_MEANT),
        requests=2,
        ledger="AA",
        kept=2,
        steps=1,
        says="1 quote(s) were not in the transcript",
    ),
    succeeds(
        Row.INVENTED,
        _with(observed(4, "Then I never booked it on the website", id=2)),
        says(_REPAIRS),
        requests=2,
        ledger="AA",
        kept=2,
        says="1 quote(s) were not in the transcript",
    ),
    succeeds(
        Row.OUTSIDE,
        _with(observed(1, "How did you book the appointment?", id=2)),
        says(_REPAIRS),
        requests=2,
        ledger="AA",
        kept=2,
        steps=1,
        says="1 quote(s) were not in the transcript",
    ),
    succeeds(
        Row.OUTSIDE,
        _with(observed(3, "We sent you the confirmation", "pain", id=2)),
        steps=1,
        says="1 quote(s) did not show what they were quoted for",
    ),
    succeeds(Row.OUTSIDE, _with(observed(2, "Then I booked it on the website", id=2)), steps=2),
    succeeds(Row.WRONG_IDS, says(answer([_STANDS], drawing(step(1, 1), step(2, 77), step(3, -1)))), steps=1),
    succeeds(Row.WRONG_IDS, says(answer([_STANDS], drawing(step(1, 1, next=[{"to": 99, "label": None}]))))),
    succeeds(Row.WRONG_IDS, _with(observed(99, "Then I booked it on the website", id=2)), steps=2),
)

USAGE = tuple(
    succeeds(Row.USAGE, says(SOUND, usage=usage), says="did not say credibly what 1 call(s) took")
    for usage in (
        None,
        {},
        {"prompt_tokens": 0, "completion_tokens": 0},
        {"prompt_tokens": -5, "completion_tokens": -7},
        {"prompt_tokens": 10**15, "completion_tokens": 3},
        {"prompt_tokens": "many", "completion_tokens": None},
        {"prompt_tokens": 1.5, "completion_tokens": True},
        "none of it",
        [3],
    )
)

CASES: tuple[Case, ...] = (*NO_ANSWERS, *REFUSALS, *MISSHAPEN, *MENDED, *CLAIMS, *USAGE)
