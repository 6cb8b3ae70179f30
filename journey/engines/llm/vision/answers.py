"""What a model is asked for about a picture: nodes that cite blocks, edges that cite nodes."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from journey.engines.llm.schema import Answer, Channel, Feeling, Kind, Line


class Added(Answer):
    """Words in the picture that stand in no block, and where."""

    id: int = Field(description="a number of your own, above those of all blocks")
    text: Line = Field(description="the words as they are written, nothing else")
    x: int = Field(description="left edge, in thousandths of the picture's width")
    y: int = Field(description="upper edge, in thousandths of its height")
    w: int = Field(description="width, in thousandths")
    h: int = Field(description="height, in thousandths")


class Node(Answer):
    """One thing that the picture shows."""

    blocks: list[int] = Field(
        json_schema_extra={"maxItems": 12}, description="numbers of the blocks, or ids of added words, that say it"
    )
    id: int = Field(description="a number of your own, different for each node")
    kind: Kind
    shape: Literal["action", "start", "end", "decision"] = Field(description="for a step, else action")
    text: Line = Field(description="what it says, in at most nine words")
    channel: Channel | None = Field(description="for a touchpoint: where the service is met")
    feeling: Feeling = Field(description="for an emotion")
    role: Line | None = Field(description="for a step in a lane of its own: whose lane it is")


class Nodes(Answer):
    """The first answer about a picture: what stands in it."""

    added: list[Added] = Field(json_schema_extra={"maxItems": 60})
    nodes: list[Node] = Field(json_schema_extra={"maxItems": 150})


class Edge(Answer):
    """A line from one step to another."""

    before: int = Field(description="id of the node that it leaves")
    after: int = Field(description="id of the node that it enters")
    label: int | None = Field(description="number of the block written on it, if any")


class Edges(Answer):
    """The second answer about a picture: which steps lead where."""

    edges: list[Edge] = Field(json_schema_extra={"maxItems": 200})
