"""What a model is asked for: flat records that cite turns and copy words, and the strict JSON schema of each.

A model never sees an offset. The key order is the order of writing: a model that has just copied the words is less
free to interpret something else. Everything the schema's portable subset cannot say is checked afterwards.
"""

from __future__ import annotations

import json
from typing import Any, Literal, NoReturn, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from journey.errors import EngineReplyInvalid

T = TypeVar("T", bound="Answer")

Kind = Literal[
    "step", "action", "touchpoint", "thought", "pain", "gain", "need", "opportunity", "emotion", "expectation"
]
Feeling = Literal["very_bad", "bad", "neutral", "good", "very_good", "none"]
Channel = Literal["web", "app", "phone", "e-mail", "chat", "letter", "shop", "in person", "social media", "other"]
Polarity = Literal["does", "does_not", "wants", "hypothetical"]


class Answer(BaseModel):
    """A part of a model's answer: every key is required, none is added."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Observation(Answer):
    """One thing said in one turn."""

    turn: int = Field(description="the number of the turn that holds the words")
    quote: str = Field(max_length=300, description="contiguous words copied from that turn, nothing left out")
    id: int = Field(description="a number of your own, different for each observation")
    kind: Kind
    text: str = Field(max_length=120, description="what it says, in at most nine words")
    polarity: Polarity = Field(description="whether it happened, did not happen, is wished for or only imagined")
    channel: Channel | None = Field(description="for a touchpoint: where the service is met")
    feeling: Feeling = Field(description="for an emotion: the feeling that is voiced")


class NextStep(Answer):
    """Where the customer goes from a step, when it is not simply the following one."""

    to: int = Field(description="the number of a step")
    label: str | None = Field(max_length=80, description="the condition, when there is one")


class DrawnStep(Answer):
    """One thing the customer did, supported by observations."""

    number: int = Field(description="1, 2, 3, ... over all phases")
    title: str = Field(max_length=120, description="at most nine words, beginning with a verb")
    kind: Literal["action", "start", "end", "decision"]
    support: Literal["stated", "inferred"]
    observations: list[int] = Field(max_length=40, description="ids of all observations about this step")
    next: list[NextStep] = Field(max_length=6, description="only for branches and loops, else empty")
    moment_of_truth: bool


class DrawnPhase(Answer):
    """A stretch of the journey with one purpose."""

    name: str = Field(max_length=80)
    goal: str | None = Field(max_length=160)
    steps: list[DrawnStep] = Field(max_length=40)


class Disagreement(Answer):
    """An observation that says the opposite of another."""

    observation: int
    against: int


class Drawing(Answer):
    """A journey made of observation ids."""

    title: str = Field(max_length=120)
    actor: str | None = Field(max_length=80, description="whose journey it is")
    actor_role: str | None = Field(max_length=80)
    scenario: str | None = Field(max_length=300)
    goal: str | None = Field(max_length=200)
    phases: list[DrawnPhase] = Field(max_length=12)
    disagreements: list[Disagreement] = Field(max_length=40)


class Whole(Answer):
    """The answer to a transcript that fits one call: first what was said, then the journey drawn from it."""

    observations: list[Observation] = Field(max_length=400)
    journey: Drawing


def read_answer(kind: type[T], text: str) -> T:
    """Read a model's answer.

    Raises:
        EngineReplyInvalid: it is not one JSON object of this kind; the message never repeats what it holds.
    """
    try:
        return kind.model_validate(json.loads(_unfenced(text), object_pairs_hook=_distinct, parse_constant=_no_number))
    except ValidationError as error:
        places = {".".join(str(part) for part in flaw["loc"] if isinstance(part, str)) for flaw in error.errors()}
        raise EngineReplyInvalid(
            f"The model's answer had the wrong form at: {', '.join(sorted(places)[:5])}."
        ) from None
    except (ValueError, RecursionError):
        raise EngineReplyInvalid("The model's answer was not valid JSON. Try again, or choose another model.") from None


def _unfenced(text: str) -> str:
    stripped = text.strip()
    if stripped.startswith("```") and stripped.endswith("```"):
        return stripped.removesuffix("```").partition("\n")[2]
    return stripped


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


_KEPT = frozenset({"type", "enum", "const", "description", "properties", "items", "anyOf", "$ref", "$defs"})
_BOUNDS = frozenset({"maxLength", "maxItems"})


def strict_schema(kind: type[Answer], *, bounded: bool) -> dict[str, Any]:
    """Return the JSON schema of an answer in the subset that strict modes share.

    All keys are required, none may be added, optional ones are nullable; titles, defaults and patterns are left out.

    Args:
        bounded: keep the bounds on strings and arrays. Small local models repeat themselves without end when nothing
            stops them, and grammars of local servers know bounds; the default service's strict mode does not.
    """
    return _strict(kind.model_json_schema(), _KEPT | _BOUNDS if bounded else _KEPT)


def _strict(node: dict[str, Any], kept: frozenset[str]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key, value in node.items():
        if key in ("properties", "$defs"):
            out[key] = {name: _strict(part, kept) for name, part in value.items()}
        elif key == "items":
            out[key] = _strict(value, kept)
        elif key == "anyOf":
            out[key] = [_strict(part, kept) for part in value]
        elif key in kept:
            out[key] = value
    if "properties" in out:
        out |= {"required": list(out["properties"]), "additionalProperties": False}
    return out
