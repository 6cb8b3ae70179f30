"""What a model saw in pictures, as observations that stand on the words of blocks; what cites none is left out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from journey.engines.llm.addressed import is_order
from journey.engines.llm.evidence import Grounded
from journey.engines.llm.schema import Observation
from journey.engines.llm.vision.answers import Node
from journey.engines.llm.vision.blocks import TakenIn, place
from journey.model import Evidence, Passage, Source

MOST_WORDS = 12
"""Words up to which what stands in a picture is shown as it stands, and not as the model words it."""


@dataclass(frozen=True)
class Seen:
    """A node that stands: under an id of our own, on words of its picture."""

    node: Node
    blocks: tuple[Passage, ...]
    grounded: Grounded

    @property
    def id(self) -> int:
        """Its id among the nodes of all pictures."""
        return self.grounded.observation.id

    @property
    def title(self) -> str:
        """What it says, in few words."""
        return self.grounded.observation.text

    @property
    def line(self) -> str:
        """The node as a later question lists it."""
        shape = "" if self.node.shape == "action" else f" ({self.node.shape})"
        return f"{self.id} {self.node.kind}{shape} {place(*self.blocks)}: {' '.join(self.title.split())}"


@dataclass(frozen=True)
class Standing:
    """The nodes of one answer that stand, and how many do not."""

    seen: tuple[Seen, ...] = ()
    wordless: int = 0
    """Nodes that cite no words of the picture."""
    orders: int = 0
    """Nodes whose words give orders to a model."""


def hold(nodes: Sequence[Node], taken: TakenIn, *, first_id: int, known: Sequence[Seen] = ()) -> Standing:
    """Hold nodes to the blocks that they cite.

    Args:
        first_id: for the first of them; the others follow.
        known: nodes of an earlier look, which are not noted a second time.
    """
    noted = {(one.node.kind, block.id) for one in known for block in one.blocks}
    seen: list[Seen] = []
    wordless = orders = 0
    for node in nodes:
        blocks = tuple(_cited(node, taken))
        if not blocks:
            wordless += 1
        elif _is_noted(node, blocks, noted):
            continue
        elif any(_is_order(taken.source, block) for block in blocks):
            orders += 1
        else:
            seen.append(_seen(node, blocks, taken.source, first_id + len(seen)))
    return Standing(tuple(seen), wordless, orders)


def _cited(node: Node, taken: TakenIn) -> list[Passage]:
    known = [taken.passage_of[number] for number in dict.fromkeys(node.blocks) if number in taken.passage_of]
    return [block for block in known if taken.source.slice(block).strip()]


def _is_noted(node: Node, blocks: Sequence[Passage], noted: Collection[tuple[str, str]]) -> bool:
    return all((node.kind, block.id) in noted for block in blocks)


def _is_order(source: Source, block: Passage) -> bool:
    words = source.slice(block)
    return is_order(words, 0, len(words))


def _seen(node: Node, blocks: tuple[Passage, ...], source: Source, number: int) -> Seen:
    evidence = tuple(
        Evidence(source=source.id, passage=block.id, start=block.start, end=block.end, quote=source.slice(block))
        for block in blocks
    )
    words = " ".join(" ".join(piece.quote.split()) for piece in evidence)
    observation = Observation(
        turn=0,
        quote=evidence[0].quote,
        id=number,
        kind=node.kind,
        text=words if len(words.split()) <= MOST_WORDS else node.text,
        polarity="does",
        channel=node.channel,
        feeling=node.feeling,
    )
    return Seen(node, blocks, Grounded(observation, evidence))
