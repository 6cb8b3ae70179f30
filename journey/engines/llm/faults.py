"""Every way in which a model server fails, as one of our errors with a sentence for the user.

The server's own message is never passed on, nor chained as a cause: it may repeat the transcript or the key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import httpx2

from journey.errors import EngineError, EngineRefused, EngineReplyInvalid, EngineUnavailable

if TYPE_CHECKING:
    import openai

LONGEST_WAIT = 3600.0
"""Seconds: a server that asks for more is taken to ask for this."""

_NO_CREDIT = frozenset(
    {
        "insufficient_quota",
        "credit_balance_exhausted",
        "project_spend_limit_exceeded",
        "organization_spend_limit_exceeded",
        "organization_usage_limit_exceeded",
        "billing_hard_limit_reached",
    }
)
_TOO_LONG = re.compile(r"context.{0,12}(?:length|size|window|limit)|maximum context|too (?:long|many tokens)", re.I)
_PICTURE = re.compile(r"image|picture|vision|multi-?modal|mmproj", re.I)
_FILTERED = frozenset({"content_filter", "responsibleaipolicyviolation"})


class Throttled(EngineUnavailable):
    """The server limits how much it answers right now."""


class QuestionTooLong(EngineRefused):
    """The text is longer than the model can read at once."""


class BudgetReached(EngineRefused):
    """What the job may spend is used up."""


class AnswerCutOff(EngineReplyInvalid):
    """The model's answer was cut off at its length limit."""


class AnswerUnusable(EngineReplyInvalid):
    """The model's answer has the wrong form, also after it was told so."""


class RequestRefused(EngineRefused):
    """The server did not accept the form of the request."""


class PictureRefused(RequestRefused):
    """The model does not take pictures."""


class ContentRefused(EngineRefused):
    """The model or its content filter refused this text."""


@contextmanager
def translated(host: str, model: str, *, pictured: bool = False) -> Iterator[None]:
    """Turn whatever the client library raises into an EngineError.

    Args:
        pictured: the request held pictures, so that one that is refused may have been for them.

    Bodies are read elsewhere and not by the library, which raises bare errors of `json` or Unicode for some.
    """
    import openai

    try:
        yield
    except openai.APIStatusError as error:
        if pictured and error.status_code in (400, 415, 422, 500, 501) and _PICTURE.search(error.message):
            raise PictureRefused(f"The model {model!r} at {host} does not take pictures.") from None
        raise from_status(error, host, model) from None
    except (openai.APITimeoutError, TimeoutError, httpx2.TimeoutException):
        raise EngineUnavailable(f"{host} took too long to answer. Retry, or try a shorter transcript.") from None
    except (openai.APIConnectionError, httpx2.RequestError):
        raise EngineUnavailable(f"{host} cannot be reached, or broke off in the middle of its answer. Retry.") from None
    except httpx2.InvalidURL:
        raise EngineRefused("OPENAI_BASE_URL is not a web address. Correct it in the environment.") from None
    except (openai.OpenAIError, httpx2.HTTPError):
        raise EngineReplyInvalid(f"{host} answered with something that is not a model's answer.") from None


def from_status(error: openai.APIStatusError, host: str, model: str) -> EngineError:
    """Return our error for an HTTP status that is not a success."""
    status, code = error.status_code, error_code(error)
    if status == 402 or code in _NO_CREDIT:
        return EngineRefused(f"The account at {host} has no credit or has reached its limit. Top it up, then retry.")
    if status == 429:
        wait = retry_after(error.response.headers)
        return Throttled(f"{host} is limiting how much it answers right now.", retry_after=wait)
    if status in (408, 409) or status >= 500:
        wait = retry_after(error.response.headers)
        return EngineUnavailable(f"{host} has a fault of its own right now (HTTP {status}).", retry_after=wait)
    if is_too_long(error):
        return QuestionTooLong(f"The text is longer than the model {model!r} can read at once. Use a larger model.")
    if code in _FILTERED:
        return ContentRefused(f"The content filter of {host} refused this transcript.")
    if status in (401, 403, 404) or status < 400:
        return EngineRefused(_refusal(status, host, model))
    said = f"HTTP {status}{', ' + code if code else ''}"
    return RequestRefused(f"{host} did not accept the request ({said}). Check OPENAI_MODEL.")


def _refusal(status: int, host: str, model: str) -> str:
    if status == 401:
        return f"{host} did not accept the key. Check OPENAI_API_KEY."
    if status == 403:
        return f"The key may not use the model {model!r} at {host}. Check OPENAI_MODEL and the account's rights."
    if status == 404:
        return f"{host} has no model {model!r} at this address. Check OPENAI_MODEL and OPENAI_BASE_URL."
    return f"{host} sends requests on to another address; for safety that is not followed. Correct OPENAI_BASE_URL."


def is_too_long(error: openai.APIStatusError) -> bool:
    """Tell whether the request was longer than the model's context."""
    told = f"{error_code(error)} {error.message}".replace("_", " ")
    return error.status_code == 413 or (error.status_code == 400 and _TOO_LONG.search(told) is not None)


def error_code(error: openai.APIError) -> str:
    """Return the server's word for the error, lower case, or "" when it has none that is safe to show."""
    for word in (error.code, error.type):
        if isinstance(word, str) and re.fullmatch(r"[\w.-]{1,60}", word):
            return word.lower()
    return ""


def retry_after(headers: httpx2.Headers) -> float | None:
    """Return the seconds a server asks to wait, in any of the forms in use; None when it does not say or is unclear."""
    if (milliseconds := _seconds(headers.get("retry-after-ms"))) is not None:
        return min(milliseconds / 1000, LONGEST_WAIT)
    told = headers.get("retry-after")
    seconds = _seconds(told)
    if seconds is None and told:
        seconds = _until(told)
    return None if seconds is None else min(seconds, LONGEST_WAIT)


def _seconds(text: str | None) -> float | None:
    """Read a count that is not negative.

    >>> _seconds("1.5"), _seconds("-1"), _seconds("nan"), _seconds("soon"), _seconds(None)
    (1.5, None, None, None, None)
    """
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if value >= 0 else None


def _until(date: str) -> float | None:
    try:
        moment = parsedate_to_datetime(date)
    except (ValueError, OverflowError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((aware - datetime.now(UTC)).total_seconds(), 0.0)
