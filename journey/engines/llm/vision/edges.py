"""The lines between what was seen in a picture: as a program found them, and as the model says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from journey.engines.llm.vision.account import Account
from journey.engines.llm.vision.answers import Edge
from journey.engines.llm.vision.arranging import Way
from journey.engines.llm.vision.nodes import Seen
from journey.model import Source


def lines(source: Source, seen: Sequence[Seen]) -> str:
    """Return the lines found on this machine between nodes, each as `3 -> 5`, or `3 - 5` without an arrow.

    A line belongs to the nodes whose words stand in the shapes at its ends.
    """
    if source.image is None:
        return ""
    node_of = {block.id: one.id for one in reversed(seen) for block in one.blocks}
    within = {
        shape.id: next((node_of[block] for block in shape.passages if block in node_of), None)
        for shape in source.image.shapes
    }
    found = []
    for line in source.image.connectors:
        before, after = within.get(line.before or ""), within.get(line.after or "")
        if before is not None and after is not None and before != after:
            found.append(f"{before} {'->' if line.directed else '-'} {after}")
    return "\n".join(dict.fromkeys(found))


def between(edges: Sequence[Edge], account: Account) -> tuple[Way, ...]:
    """Return the edges that lead from a step of a picture to another one, each once."""
    steps = {one.id for one in account.seen if one.node.kind == "step"}
    stand = (edge for edge in edges if edge.before in steps and edge.after in steps and edge.before != edge.after)
    return tuple(dict.fromkeys(_ways(stand, account)))


def _ways(edges: Iterator[Edge], account: Account) -> Iterator[Way]:
    blocks = account.blocks.by_number
    for edge in edges:
        block = blocks.get(edge.label) if edge.label is not None else None
        words = " ".join(account.source.slice(block).split()) if block else ""
        yield Way(edge.before, edge.after, words or None)
