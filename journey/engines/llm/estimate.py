"""What a transcript will take, reckoned before anything is sent: calls, tokens, seconds and dollars."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from journey.engines.llm.chunks import cut, estimated_tokens, tokens_of
from journey.engines.llm.limits import CORE, EARLIER, Limits
from journey.engines.llm.merge import MOST
from journey.engines.llm.prompt import GLEAN_TASK, JOIN_TASK, MERGE_TASK, OBSERVE_TASK, WHOLE_TASK, Turn, number_turns
from journey.engines.llm.schema import Answer, Drawing, Joining, Observed, Whole, strict_schema
from journey.engines.llm.vision.answers import Edges, Nodes
from journey.engines.llm.vision.pixels import patches
from journey.engines.llm.vision.tasks import EDGES_TASK, NODES_TASK, PHASES_TASK
from journey.model import Source
from journey.settings import Settings

OBSERVED_EVERY = 80
"""Tokens of a transcript in which there is about one thing to note."""
OBSERVATION = 70
"""Tokens of an observation as it is written."""
OBSERVATION_LINE = 20
"""Tokens of an observation as it is listed for the merge."""
MISSED = 0.3
"""Share of what there is to note that a second look adds."""
DRAWN = 20
"""Tokens of a drawing for each observation in it."""
BLOCK, NODE, EDGE = 16, 60, 20
"""Tokens of a block of words as it is listed, of a node that is made of it, and of an edge from that."""
STEPS_OF_MERGE, STEP = 30, 20
"""Steps that a merge makes of its observations, and tokens of each in the joining and in its answer."""
SPEED = {True: 20.0, False: 80.0}
"""Tokens a second that a server on the user's own network writes, and that a service does."""


@dataclass(frozen=True)
class Volume:
    """The size of one source as it will be sent."""

    sections: int
    tokens: int
    """Of its turns."""
    repeated: int = 0
    """Of turns that are sent again with the section after them."""
    pictures: int = 0
    """Which are asked about in another way; `tokens` are then those of the words read in them."""
    shown: int = 0
    """Tokens of the pictures themselves, each time they are shown."""


@dataclass(frozen=True)
class Call:
    """One call to be made: tokens of its question and of its answer."""

    sent: int
    received: int


@dataclass(frozen=True)
class Estimate:
    """What a job will take, roughly."""

    calls: int
    tokens: int
    seconds: float
    cost: float | None
    """US dollars, where the model's price is known."""


def volume(source: Source) -> Volume:
    """Measure a source."""
    if source.kind == "image":
        words = sum(map(tokens_of, number_turns([source])))
        return Volume(sections=0, tokens=words, pictures=1, shown=patches(source))
    chunks = cut(number_turns([source]), core=CORE, context=EARLIER)
    return Volume(
        sections=len(chunks),
        tokens=sum(tokens_of(turn) for chunk in chunks for turn in chunk.core),
        repeated=sum(tokens_of(turn) for chunk in chunks for turn in chunk.context),
    )


def rough_volume(size: int) -> Volume:
    """Guess the measure of a source of so many bytes that has not been read yet.

    >>> rough_volume(12_000)
    Volume(sections=1, tokens=4000, repeated=0, pictures=0, shown=0)
    """
    tokens = size // 3
    sections = -(-tokens // CORE)
    return Volume(sections, tokens, EARLIER * max(sections - 1, 0))


def estimate(volumes: Sequence[Volume], settings: Settings, *, thorough: bool = False) -> Estimate:
    """Return what drawing from sources of these measures will take.

    Args:
        thorough: every section is looked at once more.
    """
    limits = Limits.of(settings)
    calls = list(planned_calls(volumes, thorough=thorough))
    sent, received = sum(call.sent for call in calls), sum(call.received for call in calls)
    speed = SPEED[limits.at_once == 1]
    return Estimate(
        calls=len(calls),
        tokens=sent + received,
        seconds=received / speed / min(limits.at_once, max(len(calls), 1)),
        cost=None if limits.price is None else limits.price.of(sent, received),
    )


def planned_calls(volumes: Sequence[Volume], *, thorough: bool = False) -> list[Call]:
    """Return the calls that will be made, repairs and repetitions aside."""
    if pictures := sum(one.pictures for one in volumes):
        return _picture_calls(pictures, sum(one.tokens for one in volumes), sum(one.shown for one in volumes))
    sections = sum(one.sections for one in volumes)
    tokens = sum(one.tokens for one in volumes)
    if not sections:
        return []
    observed = _observed(tokens)
    if sections == 1 and not thorough:
        return [Call(_head(WHOLE_TASK, Whole) + tokens, observed * (OBSERVATION + DRAWN))]
    share = (tokens + sum(one.repeated for one in volumes)) // sections
    section = Call(_head(OBSERVE_TASK, Observed) + share, observed * OBSERVATION // sections)
    if not thorough:
        return [section] * sections + merging_calls(observed)
    noted = observed * OBSERVATION_LINE // sections
    second = Call(_head(GLEAN_TASK, Observed) + share + noted, int(section.received * MISSED))
    more = int(observed * (1 + MISSED))
    return [section, second] * sections + merging_calls(more)


def observations_in(turns: Sequence[Turn]) -> int:
    """Guess how many things there are to note in some turns."""
    return _observed(sum(map(tokens_of, turns)))


def merging_calls(observed: int) -> list[Call]:
    """Return the calls that make one journey of so many observations."""
    merges = -(-observed // MOST)
    each = observed // merges
    calls = [Call(_head(MERGE_TASK, Drawing) + each * OBSERVATION_LINE, each * DRAWN)] * merges
    if merges > 1:
        steps = merges * STEPS_OF_MERGE * STEP
        calls.append(Call(_head(JOIN_TASK, Joining) + steps, steps))
    return calls


def _picture_calls(pictures: int, tokens: int, shown: int) -> list[Call]:
    """Return the calls about pictures with so many words in all: nodes and edges of each, and the phases of all."""
    words, each = tokens // pictures, shown // pictures
    nodes = Call(_head(NODES_TASK, Nodes) + each + words, words // BLOCK * NODE)
    edges = Call(_head(EDGES_TASK, Edges) + each + 2 * words, words // BLOCK * EDGE)
    phases = Call(_head(PHASES_TASK, Drawing) + shown + tokens, tokens // BLOCK * DRAWN)
    return [nodes, edges] * pictures + [phases]


def _observed(tokens: int) -> int:
    return tokens // OBSERVED_EVERY + 1


def _head(task: str, kind: type[Answer]) -> int:
    """Return the tokens that a call takes besides its material."""
    return estimated_tokens(task) + estimated_tokens(json.dumps(strict_schema(kind, bounded=False)))
