"""Scenes: what somebody tells in one go at one touchpoint is one step of the map, and its single deeds are its actions.

A text that prescribes a process is drawn deed by deed. People who tell what happened to them name many small deeds
("I opened the site, searched, typed in the postcode"); a map with a column for each hides the journey.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from journey.engines.local.cells import Cells
from journey.engines.local.sentences import Sentence
from journey.engines.local.steps import FoundStep
from journey.model import Role

MOST_ACTIONS = 4
"""Deeds besides the one that names the scene; a longer answer becomes several scenes."""

_LEAP = re.compile(
    r"(?:and |but |so |then |well, )*(?:"
    r"(?:the|that) (?:next|following|same|other) |next (?:day|week|month|morning|time)\b|(?:the )?day after\b"
    r"|(?:later|afterwards|eventually|finally|meanwhile|in the (?:end|meantime|morning|evening|afternoon))\b"
    r"|(?:\w+ )?(?:a|an|one|two|three|four|five|six|ten|few|couple of|\d+) (?:minute|hour|day|week|month|year)s? "
    r"(?:later|after|before|earlier)\b"
    r"|(?:at|around|by) (?:half past|quarter|noon|midnight|\d)|before (?:that|I)\b|after (?:that|this)\b"
    r"|on (?:the day|mon|tues|wednes|thurs|fri|satur|sun)|when I (?:finally|got|arrived|came)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Scene:
    """One step of the map: the deed that names it, and the others in order; all are indexes of steps."""

    lead: int
    actions: tuple[int, ...] = ()

    @property
    def all(self) -> tuple[int, ...]:
        """Every deed, the lead first."""
        return (self.lead, *self.actions)


def find_scenes(
    order: Iterable[int],
    steps: Sequence[FoundStep],
    sentences: Sequence[Sentence],
    *,
    phases: Sequence[int],
    cells: Sequence[Cells],
) -> list[Scene]:
    """Group the steps, walked in the order of the map, into scenes.

    Args:
        phases: the phase of each step.
        cells: what was found for each step; a second channel begins a second scene.
    """
    groups: list[list[int]] = []
    for index in order:
        here = sentences[steps[index].sentence]
        if (
            groups
            and _may_take(groups[-1], index, steps=steps, phases=phases)
            and _goes_on(sentences[steps[groups[-1][-1]].sentence], here)
            and not _changes_channel(groups[-1], index, cells=cells)
        ):
            groups[-1].append(index)
        else:
            groups.append([index])
    return [_scene(group, steps) for group in groups]


def _may_take(group: Sequence[int], index: int, *, steps: Sequence[FoundStep], phases: Sequence[int]) -> bool:
    is_full = len(group) > MOST_ACTIONS
    decides = "decision" in (steps[group[0]].kind, steps[index].kind)
    return not is_full and not decides and phases[group[-1]] == phases[index]


def _goes_on(before: Sentence, here: Sentence) -> bool:
    """Whether a sentence goes on with what the one before told, in the same answer and without a leap in time."""
    if not _tells(here) or before.turn != here.turn:
        return False
    return before is here or not _LEAP.match(here.text)


def _tells(sentence: Sentence) -> bool:
    """Whether a customer speaks: prose without speakers and the lines of an agent stay deed by deed."""
    return sentence.speaker is not None and sentence.role in (Role.PARTICIPANT, Role.UNKNOWN)


def _changes_channel(group: Sequence[int], index: int, *, cells: Sequence[Cells]) -> bool:
    known = {meeting.channel for member in group for meeting in cells[member].meetings}
    return bool(known) and not known.issuperset(meeting.channel for meeting in cells[index].meetings)


def _scene(group: Sequence[int], steps: Sequence[FoundStep]) -> Scene:
    """Name a scene by the customer's own deed that says most, the first of those that say as much."""
    own = [index for index in group if not steps[index].is_others] or list(group)
    lead = max(own, key=lambda index: min(len(steps[index].title.split()), 3))
    return Scene(lead, tuple(index for index in group if index != lead))


def merged(cells: Sequence[Cells], scene: Scene) -> Cells:
    """Return what was found for all deeds of a scene, in the order told."""
    whole = Cells()
    for index in sorted(scene.all):
        for lane, findings in cells[index].found.items():
            whole.found[lane] += findings
        whole.feelings += cells[index].feelings
        whole.meetings += cells[index].meetings
        whole.opportunities += cells[index].opportunities
    return whole
