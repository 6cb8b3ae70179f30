"""What a model is asked for: flat records that cite turns and copy words, and the strict JSON schema of each.

A model never sees an offset. The key order is the order of writing: a model that has just copied the words is less
free to interpret something else. Everything the schema's portable subset cannot say is checked afterwards.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal, NoReturn, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, WithJsonSchema

from journey.errors import EngineReplyInvalid

T = TypeVar("T", bound="Answer")

Kind = Literal[
    "step", "action", "touchpoint", "thought", "pain", "gain", "need", "opportunity", "emotion", "expectation"
]
Feeling = Literal["very_bad", "bad", "neutral", "good", "very_good", "none"]
Channel = Literal["web", "app", "phone", "e-mail", "chat", "letter", "shop", "in person", "social media", "other"]
Polarity = Literal["does", "does_not", "wants", "hypothetical"]

# Bounds are asked for and not insisted on: one long quote is no reason to throw a whole answer away.
Line = Annotated[str, WithJsonSchema({"type": "string", "maxLength": 120})]
Quote = Annotated[str, WithJsonSchema({"type": "string", "maxLength": 300})]


class Answer(BaseModel):
    """A part of a model's answer: every key is required, none is added."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Observation(Answer):
    """One thing said in one turn."""

    turn: int = Field(description="the number of the turn that holds the words")
    quote: Quote = Field(description="contiguous words copied from that turn, nothing left out")
    id: int = Field(description="a number of your own, different for each observation")
    kind: Kind
    text: Line = Field(description="what it says, in at most nine words")
    polarity: Polarity = Field(description="whether it happened, did not happen, is wished for or only imagined")
    channel: Channel | None = Field(description="for a touchpoint: where the service is met")
    feeling: Feeling = Field(description="for an emotion: the feeling that is voiced")


class NextStep(Answer):
    """Where the customer goes from a step, when it is not simply the following one."""

    to: int = Field(description="the number of a step")
    label: Line | None = Field(description="the condition, when there is one")


class DrawnStep(Answer):
    """One thing the customer did, supported by observations."""

    number: int = Field(description="1, 2, 3, ... over all phases")
    title: Line = Field(description="at most nine words, beginning with a verb")
    kind: Literal["action", "start", "end", "decision"]
    support: Literal["stated", "inferred"]
    observations: list[int] = Field(
        json_schema_extra={"maxItems": 40}, description="ids of all observations about this step"
    )
    next: list[NextStep] = Field(
        json_schema_extra={"maxItems": 6}, description="only for branches and loops, else empty"
    )
    moment_of_truth: bool


class DrawnPhase(Answer):
    """A stretch of the journey with one purpose."""

    name: Line
    goal: Line | None
    steps: list[DrawnStep] = Field(json_schema_extra={"maxItems": 40})


class Disagreement(Answer):
    """An observation that says the opposite of another."""

    observation: int
    against: int


class Drawing(Answer):
    """A journey made of observation ids."""

    title: Line
    actor: Line | None = Field(description="whose journey it is")
    actor_role: Line | None
    scenario: Line | None
    goal: Line | None
    phases: list[DrawnPhase] = Field(json_schema_extra={"maxItems": 12})
    disagreements: list[Disagreement] = Field(json_schema_extra={"maxItems": 40})


class Contrasts(Answer):
    """The answer to a list of observations that may contradict each other."""

    disagreements: list[Disagreement] = Field(json_schema_extra={"maxItems": 40})


class Observed(Answer):
    """The answer to one chunk of a long transcript."""

    observations: list[Observation] = Field(json_schema_extra={"maxItems": 100})


class Repair(Answer):
    """The words that were meant by a quote that is not in the transcript."""

    id: int
    turn: int
    quote: Quote | None = Field(description="null when no turn says it")


class Repairs(Answer):
    """The answer to a list of quotes that failed."""

    repairs: list[Repair] = Field(json_schema_extra={"maxItems": 100})


class JoinedStep(Answer):
    """Steps from several parts that are one and the same, or one step alone."""

    steps: list[int] = Field(json_schema_extra={"maxItems": 20}, description="numbers of the steps")
    title: Line = Field(description="at most nine words, beginning with a verb")


class JoinedPhase(Answer):
    """A phase of the whole journey."""

    name: Line
    goal: Line | None
    steps: list[JoinedStep] = Field(json_schema_extra={"maxItems": 60})


class Joining(Answer):
    """One journey made of the numbered steps of several parts."""

    title: Line
    actor: Line | None
    actor_role: Line | None
    scenario: Line | None
    goal: Line | None
    phases: list[JoinedPhase] = Field(json_schema_extra={"maxItems": 12})


class Whole(Answer):
    """The answer to a transcript that fits one call: first what was said, then the journey drawn from it."""

    observations: list[Observation] = Field(json_schema_extra={"maxItems": 100})
    journey: Drawing


def read_answer(kind: type[T], text: str) -> T:
    """Read a model's answer.

    Raises:
        EngineReplyInvalid: it is not one JSON object of this kind; the message never repeats what it holds.
    """
    try:
        return kind.model_validate(json.loads(_bare(text), object_pairs_hook=_distinct, parse_constant=_no_number))
    except ValidationError as error:
        places = sorted({_place(flaw["loc"], flaw["type"]) for flaw in error.errors()})
        raise EngineReplyInvalid(f"The model's answer had the wrong form at: {', '.join(places[:5])}.") from None
    except (ValueError, RecursionError):
        raise EngineReplyInvalid("The model's answer was not valid JSON. Try again, or choose another model.") from None


def _place(path: tuple[int | str, ...], flaw: str) -> str:
    """Return where an answer is wrong, in our own names only: a key that the model added is not repeated."""
    own = path[:-1] if flaw == "extra_forbidden" else path
    return ".".join(part for part in own if isinstance(part, str)) or "its beginning"


def _bare(text: str) -> str:
    """Return the object of an answer that a model wrapped into a code fence or a sentence."""
    start, end = text.find("{"), text.rfind("}")
    return text[start : end + 1] if 0 <= start < end else text


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = {key: well_formed(value) if isinstance(value, str) else value for key, value in pairs}
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def well_formed(text: str) -> str:
    r"""Return text that can be written as UTF-8: JSON can name halves of characters, which nothing else takes.

    >>> well_formed("half \ud83d, whole \ud83d\ude00")
    'half �, whole 😀'
    """
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


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
