"""A model that sees, by rule: it decodes the pictures it is sent, and answers from the blocks it is given."""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PIL import Image

from tests.faults.server import Answer, Asked, complete, fails, says
from tests.faults.talk import drawing, step

_BLOCK = re.compile(r"^\[(\d+)\] \((\d+),(\d+)\) (.+)$", re.MULTILINE)
_NODE = re.compile(r"^(\d+) (\w+)(?: \(\w+\))? \((\d+),(\d+)\): (.+)$", re.MULTILINE)
_ARROW = re.compile(r"^(\d+) -> (\d+)$", re.MULTILINE)
_LABELS = ("yes", "no")


@dataclass(frozen=True)
class Shown:
    """One picture as it reached the server."""

    content: bytes
    detail: str
    image: Image.Image


def shown(asked: Asked) -> list[Shown]:
    """Decode the pictures of a request."""
    content = next(message["content"] for message in asked.body["messages"] if message["role"] == "user")
    return [] if isinstance(content, str) else [_decoded(part) for part in content[1:]]


def _decoded(part: dict[str, Any]) -> Shown:
    url = part["image_url"]["url"]
    kind, _, coded = url.partition(";base64,")
    assert kind == "data:image/jpeg"
    body = base64.b64decode(coded, validate=True)
    image = Image.open(io.BytesIO(body))
    image.load()
    return Shown(body, part["image_url"]["detail"], image)


def wanted(asked: Asked) -> str:
    """Return what kind of answer was asked for."""
    name: str = asked.body.get("response_format", {}).get("json_schema", {}).get("name", "")
    return name


def blocks(asked: Asked) -> dict[int, str]:
    """Return the blocks that were listed."""
    return {int(number): words for number, _, _, words in _BLOCK.findall(asked.text)}


def node(number: int, *cited: int, kind: str = "step", **parts: Any) -> dict[str, Any]:
    plain = {"shape": "action", "text": f"About {number}", "channel": None, "feeling": "none", "role": None}
    return {"blocks": list(cited), "id": number, "kind": kind} | plain | parts


def looks(asked: Asked) -> str:
    """Return the content of a sound answer."""
    if wanted(asked) == "sight":
        return json.dumps(_halves(shown(asked)[0].image))
    if wanted(asked) == "nodes":
        return json.dumps({"added": [], "nodes": _nodes(asked)})
    if wanted(asked) == "edges":
        found = [{"before": int(one), "after": int(other), "label": None} for one, other in _ARROW.findall(asked.text)]
        return json.dumps({"edges": found})
    if wanted(asked) == "drawing":
        ids = [int(number) for number, kind, *_ in _NODE.findall(asked.text) if kind == "step"]
        return json.dumps(drawing(*(step(n, n, title=f"Step of node {n}") for n in ids)))
    return '{"colour": "violet"}'


def _nodes(asked: Asked) -> list[dict[str, Any]]:
    read = {number: words for number, words in blocks(asked).items() if words != "(unread)" and words not in _LABELS}
    return [
        node(
            n,
            n,
            kind="pain" if "Nobody" in words else "step",
            text=words,
            shape="decision" if "?" in words else "action",
        )
        for n, words in read.items()
    ]


def _halves(image: Image.Image) -> dict[str, str]:
    """Say which colours the two halves have, from the pixels and from nothing else."""
    names = {"green": (0, 128, 0), "orange": (255, 165, 0)}

    def nearest(x: int) -> str:
        pixel = image.convert("RGB").getpixel((x, image.height // 2))
        assert isinstance(pixel, tuple)
        return min(names, key=lambda name: sum(abs(a - b) for a, b in zip(names[name], pixel, strict=True)))

    return {"left": nearest(image.width // 4), "right": nearest(3 * image.width // 4)}


def model(spoil: Callable[[Asked], Answer | str | None] = lambda _: None) -> Answer:
    """Return a model that sees; `spoil` may answer a question instead, with other content or a fault."""

    async def reply(asked: Asked, writer: Any) -> None:
        instead = spoil(asked)
        if callable(instead):
            await instead(asked, writer)
        elif asked.is_trial and "response_format" not in asked.body:
            await says("One, two", finish="length")(asked, writer)
        else:
            patches = sum(-(-one.image.width // 32) * -(-one.image.height // 32) for one in shown(asked))
            usage = {"prompt_tokens": len(asked.text) // 4 + patches, "completion_tokens": 40}
            await complete(asked, writer, looks(asked) if instead is None else instead, usage=usage)

    return reply


def blind(asked: Asked) -> Answer | None:
    """Refuse pictures as llama.cpp's server does for a model without sight."""
    refusal = fails(500, message="image input is not supported - hint: if this is unexpected, you may need the mmproj")
    return refusal if shown(asked) else None
