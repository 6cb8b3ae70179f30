"""Faults that strike one section of a long transcript: what becomes of the others."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from journey.model import Outcome
from tests.faults.case import Case, gives_up, succeeds
from tests.faults.obedient import long_talk, model, obeys, turns_of, wanted
from tests.faults.rows import Row
from tests.faults.server import Answer, Asked, completion, fails, replies, says

TALK = long_talk().text
"""Two sections, the last turn of the second being 120; two calls in flight, and then a merge."""
LAST = 120
REFUSED = "The model refused to work on some sections of the transcript; the map shows the others."


def second(answer: Answer | str) -> Callable[[Asked], Answer | str | None]:
    """Spoil the answer about the section that has the last turn."""
    return lambda asked: answer if wanted(asked) == "observed" and LAST in turns_of(asked) else None


def larger_than(turns: int, answer: Answer) -> Callable[[Asked], Answer | None]:
    """Spoil the answers about sections of more turns."""
    return lambda asked: answer if wanted(asked) == "observed" and len(turns_of(asked)) > turns else None


def merging(answer: Answer) -> Callable[[Asked], Answer | None]:
    """Spoil the merge of many observations, and let that of fewer pass."""
    return lambda asked: answer if wanted(asked) == "drawing" and asked.text.count("Turn ") > 60 else None


def partial(row: Row, answer: Answer) -> Case:
    """Return the case of a section that is left out and told of."""
    parts: dict[str, Any] = {"requests": 3, "ledger": "AFA", "kept": 2, "outcome": Outcome.PARTIAL, "text": TALK}
    return succeeds(row, model(second(answer)), says=REFUSED, **parts)


def halved(row: Row, answer: Answer) -> Case:
    """Return the case of sections that are asked about again in halves, and of which nothing is missing."""
    return succeeds(row, model(larger_than(40, answer)), requests=7, ledger="FFAAAAA", kept=5, steps=108, text=TALK)


def _told_by_another(asked: Asked) -> Answer | None:
    return replies(completion(obeys(asked), model="another")) if wanted(asked) == "drawing" else None


LEFT_OUT = (
    partial(Row.FILTERED_400, fails(400, "content_filter")),
    partial(Row.FILTERED_400, fails(400, "ResponsibleAIPolicyViolation")),
    partial(Row.REFUSAL, says(None, refusal="I will not")),
    partial(Row.REFUSAL, says(None, finish="content_filter")),
    gives_up(
        Row.REFUSAL,
        model(lambda asked: says(None, refusal="I will not")),
        says="refused to work on this transcript",
        requests=2,
        ledger="FF",
        text=TALK,
    ),
)

SPLIT = (
    halved(Row.TOO_LONG, fails(400, "context_length_exceeded")),
    halved(Row.LENGTH, says('{"observations": [', finish="length")),
    succeeds(
        Row.LENGTH,
        model(merging(says('{"title": "Cut', finish="length"))),
        requests=6,
        ledger="AAFAAA",
        kept=5,
        steps=108,
        text=TALK,
    ),
)

STOPPED = tuple(
    gives_up(row, model(second(fails(status, code))), says=sentence, requests=2, ledger="AF", kept=1, text=TALK)
    for row, status, code, sentence in [
        (Row.NO_CREDIT, 429, "insufficient_quota", "no credit"),
        (Row.KEY_OR_MODEL, 401, "", "did not accept the key"),
    ]
)

TOLD = (
    succeeds(
        Row.EMPTY,
        model(second(json.dumps({"observations": []}))),
        says="gave the model nothing to note, though it was asked twice",
        requests=4,
        ledger="AAAA",
        kept=4,
        text=TALK,
    ),
    succeeds(
        Row.MODEL_CHANGED,
        model(_told_by_another),
        says="More than one model answered: told-model, another.",
        requests=3,
        ledger="AAA",
        kept=3,
        text=TALK,
    ),
)

CASES: tuple[Case, ...] = (*LEFT_OUT, *SPLIT, *STOPPED, *TOLD)
