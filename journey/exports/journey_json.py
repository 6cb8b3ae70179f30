"""The open format `journey/1`: a journey as JSON, without loss, and back; and its published JSON Schema."""

from __future__ import annotations

import json

from pydantic import ValidationError
from pydantic_core import ErrorDetails, from_json

from journey.errors import JourneyFileError
from journey.model import Journey

SCHEMA = "journey/1"
MAX_VALUE_SHOWN = 40


def to_json(journey: Journey) -> str:
    """Write a journey with its sources as indented JSON; `read_json` returns an equal journey.

    Fields that hold nothing (null) are left out: a transcript's passages would be mostly nulls.
    """
    return journey.model_dump_json(indent=2, exclude_none=True) + "\n"


def read_json(text: str) -> Journey:
    """Read a journey file.

    The quotes are not compared with the sources here: `grounding.verify` does that.

    Raises:
        JourneyFileError: it is damaged, foreign, or written by a newer version; the sentence says which.
    """
    text = text.removeprefix("\ufeff")
    _require_schema(text)
    try:
        return Journey.model_validate_json(text)
    except ValidationError as exc:
        raise JourneyFileError(_describe(exc.errors(include_url=False, include_context=False))) from exc


def to_schema() -> str:
    """Write the JSON Schema of `journey/1`, as published in docs/journey-1.schema.json."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Journey.model_json_schema(by_alias=True),
        "title": SCHEMA,
        "required": ["schema", "title", "sources", "run"],
        "$comment": "Beyond this schema, every quote must equal text[start:end] of its source, in code points.",
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _require_schema(text: str) -> None:
    try:
        content = from_json(text, allow_inf_nan=False)
    except ValueError as exc:
        raise JourneyFileError(f"This is not a journey file, or only a part of one: it is not JSON ({exc}).") from exc
    name = content.get("schema") if isinstance(content, dict) else None
    if not isinstance(name, str) or not name.startswith("journey/"):
        raise JourneyFileError(f'This is not a journey file: it does not say "schema": "{SCHEMA}".')
    if name != SCHEMA:
        raise JourneyFileError(
            f"This journey file has the format {name[:MAX_VALUE_SHOWN]!r} and this program reads {SCHEMA!r}: "
            "it was written by another version. Update the program, then open it again."
        )


def _describe(problems: list[ErrorDetails]) -> str:
    first = problems[0]
    where = ".".join(str(part) for part in first["loc"]) or "the file"
    more = f" ({len(problems) - 1} more like this.)" if len(problems) > 1 else ""
    return f"This journey file is damaged, at {where}: {first['msg']}.{more}"
