"""Try out, once for each server and model, whether it sees pictures: one that takes them may still not look at them."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable

from PIL import Image

from journey.engines.llm.abilities import Question, SentPicture
from journey.engines.llm.faults import ContentRefused, QuestionTooLong, RequestRefused
from journey.engines.llm.probe import TASK
from journey.engines.llm.replies import Reply
from journey.errors import EngineReplyInvalid

NAME = "trying out pictures"
ROOM = 400
LEFT, RIGHT = "green", "orange"
_COLOURS = ("red", "blue", "black", "orange", "yellow", "purple", "green", "white")
_SIDE = 128
"""Pixels of each of two squares."""


def is_there(ask: Callable[[Question], Reply]) -> bool:
    """Tell whether the model can say which colours two squares have; by chance one answer in 64 is right.

    Raises:
        EngineError: it cannot be asked at all.
    """
    try:
        answer = json.loads(ask(question()).content)
    except (RequestRefused, QuestionTooLong, ContentRefused, EngineReplyInvalid, ValueError, RecursionError):
        return False
    return isinstance(answer, dict) and (answer.get("left"), answer.get("right")) == (LEFT, RIGHT)


def question() -> Question:
    """Return the question, with a picture of two squares."""
    colour = {"type": "string", "enum": list(_COLOURS)}
    return Question(
        messages=[
            {"role": "system", "content": TASK},
            {"role": "user", "content": "Which colours have the left and the right half of the picture? JSON."},
        ],
        schema_name="sight",
        schema={
            "type": "object",
            "properties": {"left": colour, "right": colour},
            "required": ["left", "right"],
            "additionalProperties": False,
        },
        room=ROOM,
        pictures=(_squares(),),
        is_ours=True,
    )


def _squares() -> SentPicture:
    image = Image.new("RGB", (2 * _SIDE, _SIDE), LEFT)
    image.paste(RIGHT, (_SIDE, 0, 2 * _SIDE, _SIDE))
    packed = io.BytesIO()
    image.save(packed, "JPEG", quality=85)
    return SentPicture(base64.b64encode(packed.getvalue()).decode(), *image.size, made_from="two squares")
