"""From what was read to the map: phases with names, steps with lanes, and the links between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from journey.engines.local import lanes
from journey.engines.local.actor import find_actor
from journey.engines.local.arrangement import Stretch, find_stretches, phases_of_steps
from journey.engines.local.cells import Cells, Homes, fill, to_step
from journey.engines.local.emotion import find_feelings
from journey.engines.local.links import find_links
from journey.engines.local.names import name_phases
from journey.engines.local.naming import name_as_title
from journey.engines.local.opportunities import strongest_pains
from journey.engines.local.other_languages import Voiced, find_voiced, is_known, small_words
from journey.engines.local.plain_names import name_plainly
from journey.engines.local.reading import Material
from journey.engines.local.reasons import felt, grounded
from journey.engines.local.scenes import find_scenes, merged
from journey.engines.local.statements import statements
from journey.engines.local.stopping import watched
from journey.engines.local.touchpoints import find_meetings
from journey.model import Journey, Link, Origin, Phase, Role, Run, Step
from journey.work import Stage, Work

SECTIONS = 3
"""Of the work that progress counts: steps, phases, lanes."""


def draw(material: Material, work: Work, *, run: Run) -> Journey:
    """Draw the journey of a text that tells one."""
    work.found([step.title for step in material.steps])
    work.progress(Stage.FIND, done=1, total=SECTIONS, note="section")
    stretches, steps = find_stretches(material.sentences, material.steps, material.meaning.embedder, work=work)
    material = replace(material, steps=steps)
    numbers = phases_of_steps(material.sentences, material.steps, stretches)
    work.progress(Stage.FIND, done=2, total=SECTIONS, note="section")
    cells = _cells(material, stretches, numbers, work)
    work.progress(Stage.FIND, done=SECTIONS, total=SECTIONS, note="section")
    order = sorted(range(len(numbers)), key=lambda index: numbers[index])
    scenes = find_scenes(order, steps, material.sentences, phases=numbers, cells=cells)
    ids = {index: f"step{place}" for place, scene in enumerate(scenes, start=1) for index in scene.all}
    drawn = {
        scene.lead: to_step(ids[scene.lead], [steps[at] for at in scene.all], merged(cells, scene), material.sentences)
        for scene in scenes
    }
    work.found([step.title for step in drawn.values()])
    return Journey(
        title=name_as_title(material.sources[0]),
        actor=find_actor(material.sources, material.sentences, material.steps, wishes=material.wishes),
        phases=tuple(_phases(material, stretches, numbers, drawn)),
        links=tuple(_links(material, ids)),
        sources=material.sources,
        run=run,
    )


def _cells(material: Material, stretches: Sequence[Stretch], numbers: Sequence[int], work: Work) -> list[Cells]:
    """Find what fills the lanes, and give it to the steps; the strongest pains ask for an opportunity."""
    sentences, voiced = material.sentences, _voiced(material, work)
    work.check()
    meetings = [meeting for index, one in enumerate(watched(sentences, work)) for meeting in find_meetings(index, one)]
    homes = Homes(sentences, material.steps, stretches)
    cells = fill(homes, len(numbers), findings=voiced.findings, feelings=voiced.feelings, meetings=meetings)
    if not material.meaning.english:  # opportunities are worded in English, from what the pains are about
        return cells
    pains: list[list[lanes.Finding]] = [[] for _ in range(max(numbers) + 1)]
    for number, cell in zip(numbers, cells, strict=True):
        pains[number] += cell.found["pains"]
    chosen = strongest_pains(pains)
    for cell in cells:
        cell.opportunities += [pain for pain in cell.found["pains"] if pain in chosen]
    return cells


def _voiced(material: Material, work: Work) -> Voiced:
    """Find what participants feel, suffer, like and need, as far as their language is known."""
    sentences, language = material.sentences, material.meaning.language
    if material.meaning.english:
        said = statements(sentences, work)
        feelings = find_feelings(said, work)
        findings = felt(feelings, lanes.find(said, material.meaning.minilm, work=work))
        return Voiced(grounded(findings, said, sentences), feelings)
    return find_voiced(sentences, language, work) if language and is_known(language) else Voiced((), ())


def _phases(
    material: Material, stretches: Sequence[Stretch], numbers: Sequence[int], steps: Mapping[int, Step]
) -> Iterator[Phase]:
    """Yield the phases that hold steps, each with a name of its own."""
    used = sorted(set(numbers))
    titles = [[step.title for index, step in steps.items() if numbers[index] == number] for number in used]
    deeds = [[step.title for at, step in zip(numbers, material.steps, strict=True) if at == number] for number in used]
    texts = [_said(material, stretches, number) for number in used]
    asked = [_said(material, stretches, number, role=Role.INTERVIEWER) for number in used]
    if material.meaning.english:
        names = name_phases(texts, titles, deeds=deeds, questions=asked)
    else:
        names = name_plainly(texts, small=small_words(material.meaning.language))
    for place, (number, name) in enumerate(zip(used, names, strict=True), start=1):
        inside = tuple(step for index, step in steps.items() if numbers[index] == number)
        yield Phase(id=f"phase{place}", name=name, origin=Origin.INFERRED, steps=inside)


def _said(material: Material, stretches: Sequence[Stretch], number: int, *, role: Role | None = None) -> list[str]:
    spans = [(stretch.first, stretch.last) for stretch in stretches if stretch.phase == number]
    inside = [one for first, last in spans for one in material.sentences[first : last + 1]]
    return [one.text for one in inside if role in (None, one.role)]


def _links(material: Material, ids: Mapping[int, str]) -> Iterator[Link]:
    """Yield the links, each participant's story by itself; one plain line on the map needs none."""
    by_source: dict[str, list[int]] = {}
    for index, step in enumerate(material.steps):
        by_source.setdefault(material.sentences[step.sentence].source, []).append(index)
    for inside in by_source.values():
        found = find_links([material.steps[index] for index in inside], material.sentences)
        if not found and len(by_source) > 1:
            found = [(at, at + 1, "next", None) for at in range(len(inside) - 1)]
        for before, after, kind, label in found:
            ends = ids[inside[before]], ids[inside[after]]
            if ends[0] != ends[1]:
                yield Link(before=ends[0], after=ends[1], kind=kind, label=label)
