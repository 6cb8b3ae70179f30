"""Faults that strike one section of a long transcript: what becomes of the others."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from journey.model import Outcome
from tests.faults.case import ERROR, Case, gives_up, succeeds
from tests.faults.obedient import long_talk, model, obeys, turns_of, wanted
from tests.faults.rows import Row
from tests.faults.server import Answer, Asked, completion, fails, replies, says

TALK = long_talk().text
"""Two sections, the last turn of the second being 120; two calls in flight, and then a merge."""
LAST = 120
LONG = long_talk(matters=20).text
"""Seven sections, and then a merge."""
UNARRANGED = "refused to arrange some of what was found: it stands in the order in which it was told"
REFUSED = "The model refused to work on some sections of the transcript; the map shows the others."


def second(answer: Answer | str) -> Callable[[Asked], Answer | str | None]:
    """Spoil the answer about the section that has the last turn."""
    return lambda asked: answer if wanted(asked) == "observed" and LAST in turns_of(asked) else None


def one_of_seven(answer: Answer | str) -> Callable[[Asked], Answer | str | None]:
    """Spoil the answers about one section of the long talk."""
    return lambda asked: answer if wanted(asked) == "observed" and 50 in turns_of(asked) else None


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
    succeeds(
        Row.REFUSAL,
        model(lambda asked: says(None, refusal="I will not") if wanted(asked) == "drawing" else None),
        says=UNARRANGED,
        requests=3,
        ledger="AAF",
        kept=2,
        outcome=Outcome.PARTIAL,
        steps=108,
        text=TALK,
    ),
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
        requests=7,
        ledger="AAFFAAA",
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


def _halves_of_letters(asked: Asked) -> str | None:
    """Answer well, with a half of a character that JSON can name and nothing else can hold."""
    return obeys(asked).replace("Turn 1", "Turn \\ud83d 1") if wanted(asked) == "observed" else None


ODD = (
    succeeds(Row.BAD_UTF8, model(_halves_of_letters), requests=3, ledger="AAA", kept=3, steps=108, text=TALK),
    gives_up(
        Row.SHAPE,
        model(second("I would rather talk")),
        says="The model does not answer in the form it is asked for",
        kind=ERROR,
        requests=3,
        ledger="AAA",
        kept=1,
        text=TALK,
    ),
    succeeds(
        Row.SHAPE,
        model(one_of_seven("I would rather talk")),
        says="The answers about some sections could not be read; the map shows the others. Submit again",
        requests=9,
        ledger="A" * 9,
        kept=7,
        outcome=Outcome.PARTIAL,
        text=LONG,
    ),
)

CASES: tuple[Case, ...] = (*LEFT_OUT, *SPLIT, *STOPPED, *TOLD, *ODD)
