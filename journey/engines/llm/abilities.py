"""What a server takes: the form of answer, the parameters, a stream. Found out by trying, and from its refusals."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from journey.model import Record

if TYPE_CHECKING:
    import openai

Form = Literal["json_schema", "json_object", "text"]
"""How a form of answer is asked for: held to a schema, held to JSON, or in words."""

_WEAKER: Mapping[str, Form] = {"json_schema": "json_object", "json_object": "text"}
OPTIONAL = ("stream_options", "store", "reasoning_effort", "temperature", "max_completion_tokens", "stream")
"""Parameters that can be done without, the least missed first."""
_FORM_REFUSED = re.compile(r"response_format|json_(schema|object)")
NOT_HELD: Mapping[str, str] = {
    "json_object": "The server takes no JSON schema: its model was asked in JSON mode, and more may be missing.",
    "text": "The server does not hold its model to a form of answer: more may be missing than with one that does.",
}
_UNTOLD = "The server does not say how much it has read: if its context is small, it may have cut sections unnoticed."


@dataclass(frozen=True)
class SentPicture:
    """A picture as it is sent: resized, upright, a JPEG of nothing but pixels."""

    base64: str
    width: int
    height: int
    made_from: str
    """What it was made from and how: as long as this is the same, so is the picture."""
    detail: Literal["low", "high"] = "high"
    """Said in every request: what a model does when it is not told has changed from one to the next."""

    @property
    def tokens(self) -> int:
        """The tokens that it takes, estimated from above: patches of 32 pixels, of 28 for some local models."""
        return math.ceil(self.width / 28) * math.ceil(self.height / 28) * 5 // 4

    @property
    def part(self) -> dict[str, Any]:
        """The picture as a part of a message."""
        url = f"data:image/jpeg;base64,{self.base64}"
        return {"type": "image_url", "image_url": {"url": url, "detail": self.detail}}


@dataclass(frozen=True)
class Question:
    """What to ask, and the form that the answer must have."""

    messages: Sequence[Mapping[str, Any]]
    schema_name: str
    schema: Mapping[str, Any] | None
    """None for an answer in plain words."""
    room: int
    """Tokens that the answer may take."""
    pictures: tuple[SentPicture, ...] = ()
    """Sent with the first of the user's messages."""
    is_ours: bool = False
    """Whether it holds no word of the user's, so that whatever a refusal repeats is about the request itself."""

    @property
    def parts(self) -> list[Mapping[str, Any]]:
        """The messages with the pictures in them."""
        asked = next((number for number, one in enumerate(self.messages) if one["role"] == "user"), None)
        if asked is None or not self.pictures:
            return list(self.messages)
        words = self.messages[asked]
        shown = [{"type": "text", "text": words["content"]}, *(picture.part for picture in self.pictures)]
        return [*self.messages[:asked], {**words, "content": shown}, *self.messages[asked + 1 :]]


class Abilities(Record):
    """What one server was found to take for one model."""

    form: Form = "json_schema"
    unaccepted: tuple[str, ...] = ()
    """Parameters that it refuses or does not follow."""
    tells_usage: bool = True

    def parameters(self, question: Question, model: str, *, is_default_service: bool) -> dict[str, Any]:
        """Return the parameters of a request that this server takes."""
        wished: dict[str, Any] = {
            "model": model,
            "messages": question.parts,
            "store": False,
            "max_completion_tokens": question.room,
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        wished |= {"reasoning_effort": "low"} if is_default_service else {"temperature": 0}
        if "max_completion_tokens" in self.unaccepted:
            wished["max_tokens"] = question.room
        if "stream" in self.unaccepted:
            del wished["stream_options"]
        accepted = {name: value for name, value in wished.items() if name not in self.unaccepted}
        return accepted if question.schema is None else accepted | self._formed(question, question.schema)

    def without(self, *names: str) -> Abilities:
        """Return what is left when the server does not take some parameters."""
        return self.model_copy(update={"unaccepted": tuple(dict.fromkeys((*self.unaccepted, *names)))})

    def less_strict(self) -> Abilities:
        """Return the same with the next weaker form, or the same where there is none."""
        return self.model_copy(update={"form": _WEAKER.get(self.form, self.form)})

    def with_(self, name: str) -> Abilities:
        """Return what there is when the server takes a parameter after all."""
        return self.model_copy(update={"unaccepted": tuple(one for one in self.unaccepted if one != name)})

    def both(self, other: Abilities) -> Abilities:
        """Return what is left of these by what was learned elsewhere."""
        weakest = max(self.form, other.form, key=("json_schema", "json_object", "text").index)
        told = self.tells_usage and other.tells_usage
        return self.without(*other.unaccepted).model_copy(update={"form": weakest, "tells_usage": told})

    def learned_from(self, error: openai.APIStatusError, sent: Mapping[str, Any], *, ours: bool) -> Abilities | None:
        """Return what is left after a refusal that names something; None for one that does not.

        Args:
            sent: the parameters that were refused.
            ours: the question holds no word of the user's; else only a name in quotation marks is one.
        """
        named = f"{error.code} {error.message} '{error.param}'"
        if error.status_code not in (400, 422, 500, 501):
            return None
        if _FORM_REFUSED.search(named) and "response_format" in sent:
            return self.less_strict()
        if error.status_code in (400, 422):
            for name in OPTIONAL:
                if name in sent and _names(named, name, bare=ours):
                    return self.without(name)
        return None

    def warnings(self) -> tuple[str, ...]:
        """Say in sentences for the user what the server was not asked for because it does not take it."""
        form = [NOT_HELD[self.form]] if self.form in NOT_HELD else []
        left_out = [name for name in self.unaccepted if name != "stream_options"]
        without = f"The server does not take, or does not follow: {', '.join(left_out)}. It was asked without."
        return (*form, *([without] if left_out else []), *([] if self.tells_usage else [_UNTOLD]))

    def _formed(self, question: Question, schema: Mapping[str, Any]) -> dict[str, Any]:
        """Return the parameters that ask for the answer's form, in words where the server takes no schema."""
        if self.form == "json_schema":
            form = {"name": question.schema_name, "strict": True, "schema": schema}
            return {"response_format": {"type": "json_schema", "json_schema": form}}
        words = f"Answer with one JSON object and nothing else. Its JSON schema: {json.dumps(schema)}"
        first, *others = question.parts
        told = {**first, "content": f"{first['content']}\n{words}"}  # one message: some templates know no two of a kind
        asked: dict[str, Any] = {"messages": [told, *others]}
        return asked | ({"response_format": {"type": "json_object"}} if self.form == "json_object" else {})


def _names(message: str, parameter: str, *, bare: bool) -> bool:
    """Tell whether a refusal names a parameter: in quotation marks, for it may repeat a talk about a store.

    >>> [_names(said, "store", bare=False) for said in ("Unsupported parameter: 'store'", "I went to the store")]
    [True, False]
    """
    return re.search(rf"\b{parameter}\b" if bare else rf"""['"`]{parameter}['"`]""", message) is not None
