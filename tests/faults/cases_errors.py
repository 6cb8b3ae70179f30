"""Faults that a server tells by its status, or by none at all."""

from __future__ import annotations

from tests.faults.case import Case, gives_up, succeeds, tries_later
from tests.faults.rows import Row
from tests.faults.server import Answer, breaks_off, completion, fails, hangs_up, replies, says, send
from tests.faults.talk import KEY, SOUND


def echo(status: int, code: str = "", **headers: str) -> Answer:
    """Fail with a message that repeats the key and the transcript, as servers do."""
    return fails(status, code, message=f"bad key {KEY} in: I called the hotline", **headers)


NO_CREDIT = (
    "insufficient_quota",
    "credit_balance_exhausted",
    "project_spend_limit_exceeded",
    "organization_spend_limit_exceeded",
    "organization_usage_limit_exceeded",
    "billing_hard_limit_reached",
)
FAULTY = "a fault of its own right now (HTTP {})"
BUSY = "limiting how much it answers"
LIMIT = "rate_limit_exceeded"

UNAVAILABLE = (
    *(tries_later(Row.CONNECTION, echo(status), says=FAULTY.format(status)) for status in (408, 500, 502, 504)),
    tries_later(Row.CONNECTION, echo(409), says=FAULTY.format(409)),
    tries_later(Row.CONNECTION, echo(503), says=FAULTY.format(503), is_charged=False),
    *(
        tries_later(Row.THROTTLED, echo(status, code), says=sentence, is_charged=False)
        for status, code, sentence in [
            (429, LIMIT, BUSY),
            (429, "slow_down", BUSY),
            (429, "resource_unavailable", BUSY),
            (503, "server_is_overloaded", FAULTY.format(503)),
        ]
    ),
    tries_later(Row.HTML, lambda _, writer: send(writer, b"<html>", status=502), says=FAULTY.format(502)),
)

WAITS = (
    *(
        tries_later(Row.RETRY_AFTER, answer, says=BUSY, requests=1, ledger="F", is_charged=False, waits=seconds)
        for answer, seconds in [
            (echo(429, LIMIT, retry_after="30"), 30),
            (echo(429, retry_after_ms="45000"), 45),
            (echo(429, retry_after="Wed, 21 Oct 2115 07:28:00 GMT"), 3600),
            (echo(429, retry_after="999999999"), 3600),
            (echo(429, retry_after="1e400"), 3600),
            (echo(429, retry_after="600", x_should_retry="true"), 600),
        ]
    ),
    *(
        tries_later(Row.RETRY_AFTER, echo(429, LIMIT, retry_after=told), says=BUSY, is_charged=False)
        for told in (
            "soon",
            "-5",
            "nan",
            "",
            "0",
            "Wed, 21 Oct 2015 07:28:00 GMT",
            "32 Oct",
            "Wed, 21 Oct 99999999999999999999 07:28:00 GMT",
        )
    ),
    tries_later(
        Row.RETRY_AFTER, echo(503, retry_after="7"), says="503", requests=1, ledger="F", is_charged=False, waits=7
    ),
)

PASSING = (
    succeeds(Row.PASSES, fails(500), fails(502), says(SOUND), requests=3, ledger="FFA"),
    succeeds(Row.PASSES, fails(429, LIMIT, retry_after_ms="20"), says(SOUND), requests=2, ledger="FA"),
    succeeds(Row.PASSES, hangs_up(), says(SOUND), requests=2, ledger="FA"),
    succeeds(Row.PASSES, breaks_off(completion(SOUND)), says(SOUND), requests=2, ledger="FA"),
)

CREDIT = (
    *(gives_up(Row.NO_CREDIT, echo(429, code), says="no credit", is_charged=False) for code in NO_CREDIT),
    gives_up(Row.NO_CREDIT, fails(429, kind="insufficient_quota"), says="no credit", is_charged=False),
    gives_up(Row.NO_CREDIT, echo(402), says="no credit", is_charged=False),
    gives_up(
        Row.SHOULD_RETRY,
        echo(429, "insufficient_quota", retry_after="1", x_should_retry="true"),
        says="no credit",
        is_charged=False,
    ),
    tries_later(Row.SHOULD_RETRY, echo(500, x_should_retry="false"), says=FAULTY.format(500)),
)

REFUSED = (
    *(
        gives_up(row, echo(status, code), says=sentence, is_charged=False)
        for row, status, code, sentence in [
            (Row.KEY_OR_MODEL, 401, "invalid_api_key", "did not accept the key. Check OPENAI_API_KEY"),
            (Row.KEY_OR_MODEL, 403, "", "may not use the model 'small'"),
            (Row.KEY_OR_MODEL, 404, "model_not_found", "has no model 'small' at this address"),
            (Row.TOO_LONG, 400, "context_length_exceeded", "longer than the model 'small' can read"),
            (Row.TOO_LONG, 413, "", "longer than the model"),
            (Row.FILTERED_400, 400, "content_filter", "content filter"),
            (Row.FILTERED_400, 400, "ResponsibleAIPolicyViolation", "content filter"),
            (Row.PARAMETER, 400, "invalid_value", "did not accept the request (HTTP 400, invalid_value)"),
            (Row.PARAMETER, 422, "", "did not accept the request (HTTP 422, error)"),
        ]
    ),
    gives_up(
        Row.TOO_LONG,
        fails(400, message="the request exceeds the available context size", kind="exceed_context_size_error"),
        says="longer",
        is_charged=False,
    ),
    gives_up(
        Row.KEY_OR_MODEL,
        echo(307, location="http://127.0.0.1:9/v1/elsewhere"),
        says="for safety that is not followed",
        is_charged=False,
    ),
)

CUT = (
    tries_later(Row.CUT_BODY, breaks_off(completion(SOUND)), says="broke off in the middle of its answer"),
    tries_later(Row.HANG_UP, hangs_up(), says="cannot be reached, or broke off"),
    tries_later(Row.CUT_BODY, lambda _, writer: send(writer, b"not gzip", content_encoding="gzip"), says="broke off"),
    tries_later(
        Row.ERROR_200, replies(b'{"error": {"message": "hotline", "code": 502}}'), says="reported a fault behind it"
    ),
)

CASES: tuple[Case, ...] = (*UNAVAILABLE, *WAITS, *PASSING, *CREDIT, *REFUSED, *CUT)
