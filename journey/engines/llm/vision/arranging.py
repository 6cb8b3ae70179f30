"""Put together what was seen in pictures: steps with their edges, none of them forgotten, none leading nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from journey.engines.llm.schema import Drawing, DrawnPhase, DrawnStep, NextStep
from journey.engines.llm.vision.nodes import Seen
from journey.model import Journey


@dataclass(frozen=True)
class Way:
    """An edge that stands: from one step to another, by their ids, with the words written on it."""

    before: int
    after: int
    label: str | None

    @property
    def line(self) -> str:
        """The edge as a later question lists it."""
        return f"{self.before} -> {self.after}{f': {self.label}' if self.label else ''}"


def arranged(drawing: Drawing, seen: Sequence[Seen], ways: Sequence[Way]) -> Drawing:
    """Return the drawing with every step that was seen and the edges that were found between them.

    Steps get the shapes that were seen, and lead where the edges lead: the model's own word for it is not asked.
    """
    phases = _with_forgotten(drawing.phases, [one for one in seen if one.node.kind == "step"])
    number_of = {id_: step.number for phase in phases for step in phase.steps for id_ in step.observations}
    steps = {one.id: one for one in seen if one.node.kind == "step"}
    shaped = [
        phase.model_copy(update={"steps": [_finished(step, ways, number_of, steps) for step in phase.steps]})
        for phase in phases
    ]
    return drawing.model_copy(update={"phases": shaped})


def with_roles(journey: Journey, seen: Sequence[Seen]) -> Journey:
    """Return the journey with the lane's owner on every step that stands in one."""
    roles = {(one.grounded.evidence[0].source, one.blocks[0].id): one.node.role for one in seen if one.node.role}
    phases = []
    for phase in journey.phases:
        steps = []
        for step in phase.steps:
            found = [roles[key] for piece in step.evidence if (key := (piece.source, piece.passage)) in roles]
            steps.append(step.model_copy(update={"role": " ".join(found[0].split())}) if found and found[0] else step)
        phases.append(phase.model_copy(update={"steps": tuple(steps)}))
    return journey.model_copy(update={"phases": tuple(phases)})


def _finished(
    step: DrawnStep, ways: Sequence[Way], number_of: Mapping[int, int], steps: Mapping[int, Seen]
) -> DrawnStep:
    own = [steps[id_] for id_ in step.observations if id_ in steps]
    onward = {
        number_of[way.after]: way.label
        for way in ways
        if way.before in step.observations and way.after in number_of and number_of[way.after] != step.number
    }
    shapes = [one.node.shape for one in own if one.node.shape != "action"]
    return step.model_copy(
        update={
            "title": own[0].title if own else step.title,
            "kind": shapes[0] if shapes else "action",
            "next": [NextStep(to=to, label=label) for to, label in onward.items()],
        }
    )


def _with_forgotten(phases: Sequence[DrawnPhase], steps: Sequence[Seen]) -> list[DrawnPhase]:
    """Place each step that no drawn step holds after the one before it, in the order in which they were listed."""
    numbered = _numbered(phases)
    placed = {id_ for phase in numbered for step in phase.steps for id_ in step.observations}
    fresh = 1 + max((step.number for phase in numbered for step in phase.steps), default=0)
    for one in steps:
        if one.id not in placed:
            _insert(numbered, _alone(one, fresh))
            fresh += 1
    return numbered


def _numbered(phases: Sequence[DrawnPhase]) -> list[DrawnPhase]:
    """Return the phases with lists of their own, and every step under a number of its own."""
    number = 0
    out = []
    for phase in phases:
        steps = []
        for step in phase.steps:
            number += 1
            steps.append(step.model_copy(update={"number": number, "observations": list(step.observations)}))
        out.append(phase.model_copy(update={"steps": steps}))
    return out


def _insert(phases: list[DrawnPhase], step: DrawnStep) -> None:
    if not phases:
        phases.append(DrawnPhase(name="As drawn", goal=None, steps=[]))
    wanted = step.observations[0]
    places = [
        (id_, phase, at)
        for phase in phases
        for at, other in enumerate(phase.steps)
        for id_ in other.observations
        if id_ < wanted
    ]
    _, phase, at = max(places, key=lambda one: one[0], default=(0, phases[0], -1))
    phase.steps.insert(at + 1, step)


def _alone(one: Seen, number: int) -> DrawnStep:
    return DrawnStep(
        number=number,
        title=one.title,
        kind="action",
        support="stated",
        observations=[one.id],
        next=[],
        moment_of_truth=False,
    )
