"""What a job will take, reckoned before anything is sent: calls, tokens, seconds and dollars."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from journey.engines.llm import probe, sight
from journey.engines.llm.abilities import Question
from journey.engines.llm.chunks import cut, estimated_tokens, tokens_of
from journey.engines.llm.known import Known
from journey.engines.llm.limits import CORE, EARLIER, Limits
from journey.engines.llm.merge import MOST
from journey.engines.llm.prompt import GLEAN_TASK, JOIN_TASK, MERGE_TASK, OBSERVE_TASK, WHOLE_TASK, Turn, number_turns
from journey.engines.llm.schema import Answer, Drawing, Joining, Observed, Whole, strict_schema
from journey.engines.llm.vision.answers import Edges, Nodes
from journey.engines.llm.vision.pixels import patches, patches_of_parts
from journey.engines.llm.vision.reading import MOST_SHOWN
from journey.engines.llm.vision.tasks import EDGES_TASK, MISSED_TASK, NODES_TASK, PHASES_TASK
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
WORDS_IN_PICTURE = 500
"""Tokens of the blocks of a picture that nobody has read yet: of 28 maps and diagrams, half had fewer than 313 and
four fifths fewer than 726, whatever their size."""
STEPS_OF_MERGE, STEP = 30, 20
"""Steps that a merge makes of its observations, and tokens of each in the joining and in its answer."""
TRIED = 20
"""Tokens of the answer to a question by which a server is tried out."""
UNKNOWN = Known()
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
    enlarged: int = 0
    """Tokens of the parts of very large ones that are shown beside the whole."""

    @property
    def unshown(self) -> Volume:
        """The same where no pixels are sent: only the words read in the pictures are."""
        return replace(self, shown=0, enlarged=0)


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
    if source.image is not None:
        words = sum(map(tokens_of, number_turns([source])))
        return replace(picture_volume(source.image.width, source.image.height), tokens=words)
    chunks = cut(number_turns([source]), core=CORE, context=EARLIER)
    return Volume(
        sections=len(chunks),
        tokens=sum(tokens_of(turn) for chunk in chunks for turn in chunk.core),
        repeated=sum(tokens_of(turn) for chunk in chunks for turn in chunk.context),
    )


def picture_volume(width: int, height: int) -> Volume:
    """Guess the measure of a picture of so many pixels that has not been read yet.

    >>> picture_volume(800, 600)
    Volume(sections=0, tokens=500, repeated=0, pictures=1, shown=475, enlarged=0)
    """
    return Volume(
        sections=0,
        tokens=WORDS_IN_PICTURE,
        pictures=1,
        shown=patches(width, height),
        enlarged=patches_of_parts(width, height),
    )


def rough_volume(size: int) -> Volume:
    """Guess the measure of a source of so many bytes that has not been read yet.

    >>> rough_volume(12_000)
    Volume(sections=1, tokens=4000, repeated=0, pictures=0, shown=0, enlarged=0)
    """
    tokens = size // 3
    sections = -(-tokens // CORE)
    return Volume(sections, tokens, EARLIER * max(sections - 1, 0))


def estimate(
    volumes: Sequence[Volume], settings: Settings, *, thorough: bool = False, known: Known = UNKNOWN
) -> Estimate:
    """Return what drawing from sources of these measures will take.

    Args:
        thorough: everything is looked at once more.
        known: about the server; what is not has to be tried out first, which takes calls too.
    """
    limits = Limits.of(settings)
    seen = [one.unshown for one in volumes] if known.sees is False else list(volumes)
    planned = planned_calls(seen, thorough=thorough)
    calls = [*(trial_calls(seen, known) if planned else ()), *planned]
    sent, received = sum(call.sent for call in calls), sum(call.received for call in calls)
    speed = SPEED[limits.at_once == 1]
    return Estimate(
        calls=len(calls),
        tokens=sent + received,
        seconds=received / speed / min(limits.at_once, max(len(calls), 1)),
        cost=None if limits.price is None else limits.price.of(sent, received),
    )


def trial_calls(volumes: Sequence[Volume], known: Known) -> Iterator[Call]:
    """Yield the tiny calls by which a server is tried out that takes all that it is asked for; others take a few more.

    Whether it sees is tried out only where a picture would be shown.
    """
    if not known.takes:
        yield from map(_trial, probe.QUESTIONS)
    if known.sees is None and any(one.shown for one in volumes):
        yield _trial(sight.question())


def planned_calls(volumes: Sequence[Volume], *, thorough: bool = False) -> list[Call]:
    """Return the calls that will be made about the sources, repairs and repetitions aside."""
    pictures = [one for one in volumes if one.pictures]
    return _picture_calls(pictures, thorough=thorough) if pictures else _text_calls(volumes, thorough=thorough)


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


def _text_calls(volumes: Sequence[Volume], *, thorough: bool) -> list[Call]:
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


def _picture_calls(pictures: Sequence[Volume], *, thorough: bool) -> list[Call]:
    """Return the calls about pictures: nodes and edges of each, what was missed in each, and the phases of all."""
    calls = [call for one in pictures for call in _calls_about(one, thorough=thorough)]
    words = sum(one.tokens for one in pictures)
    shown = sum(one.shown for one in pictures[:MOST_SHOWN])
    return [*calls, Call(_head(PHASES_TASK, Drawing) + shown + words, words // BLOCK * DRAWN)]


def _calls_about(picture: Volume, *, thorough: bool) -> Iterator[Call]:
    words, blocks = picture.tokens, picture.tokens // BLOCK
    whole = picture.shown + picture.enlarged
    nodes = Call(_head(NODES_TASK, Nodes) + whole + words, blocks * NODE)
    yield nodes
    if thorough:
        yield Call(_head(MISSED_TASK, Nodes) + whole + words, int(nodes.received * MISSED))
    yield Call(_head(EDGES_TASK, Edges) + picture.shown + 2 * words, blocks * EDGE)


def _trial(question: Question) -> Call:
    """Return the call of a question by which a server is tried out; its answer is a few words."""
    words = sum(estimated_tokens(message["content"]) for message in question.messages)
    shown = sum(patches(picture.width, picture.height) for picture in question.pictures)
    form = estimated_tokens(json.dumps(question.schema)) if question.schema else 0
    return Call(words + shown + form, TRIED)


def _observed(tokens: int) -> int:
    return tokens // OBSERVED_EVERY + 1


def _head(task: str, kind: type[Answer]) -> int:
    """Return the tokens that a call takes besides its material."""
    return estimated_tokens(task) + estimated_tokens(json.dumps(strict_schema(kind, bounded=False)))
