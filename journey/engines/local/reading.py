"""What the engine knows before it draws: the sentences, the steps in them, and what the user asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from journey.engines.local.embeddings import Embedder, MiniLm, Mixed, Terms
from journey.engines.local.enough import why_not
from journey.engines.local.other_languages import is_known
from journey.engines.local.sentences import Sentence, split
from journey.engines.local.steps import FoundStep, find_steps
from journey.engines.local.subjects import unwanted
from journey.engines.local.wishes import Wishes, read_wishes
from journey.errors import EngineRefused
from journey.model import Source
from journey.work import Work

UNKNOWN_LANGUAGE = "Feelings, pains and step wording are English-only here: in this language they are left out."
BY_FREQUENT_WORDS = (
    "In this language feelings, pains and gains are found by frequent words only, and steps are told in the words said."
)


@dataclass(frozen=True)
class Meaning:
    """How likeness is judged in this text; `minilm` is None where it cannot be used."""

    embedder: Embedder
    minilm: MiniLm | None
    language: str | None
    """ISO 639-1 code of most of the text; unknown counts as English."""

    @property
    def english(self) -> bool:
        """Whether the grammar and the embeddings here are those of the text."""
        return self.language in (None, "en")


@dataclass(frozen=True)
class Material:
    """All that a map is drawn from; `why_not` says why none can be."""

    sources: tuple[Source, ...]
    sentences: list[Sentence]
    steps: list[FoundStep]
    meaning: Meaning
    wishes: Wishes
    why_not: str | None
    warnings: tuple[str, ...]


def read_material(sources: Sequence[Source], minilm: MiniLm, work: Work, *, instructions: str) -> Material:
    """Cut the sources into sentences and find the steps that the user wants to see."""
    sentences, wishes = split(sources), read_wishes(instructions)
    meaning, warnings = _meaning(sources, minilm)
    found = find_steps(sentences, language=meaning.language, check=work.check)
    left_out = unwanted(wishes, sentences, meaning.minilm, work=work)
    steps = [step for step in found if step.sentence not in left_out]
    warnings += [f"The local engine could not follow “{part}”; only a model can." for part in wishes.unread]
    if found and not steps:
        warnings.append("With these instructions nothing would be left of the journey, so all of it is shown.")
        steps = found
    return Material(tuple(sources), sentences, steps, meaning, wishes, why_not(sentences, found), tuple(warnings))


def _meaning(sources: Sequence[Source], minilm: MiniLm) -> tuple[Meaning, list[str]]:
    """Choose the embeddings, with a sentence for the user where the better ones cannot be used."""
    if not _is_english(sources):
        language = _language(sources)
        return Meaning(Terms(), None, language), [BY_FREQUENT_WORDS if is_known(language) else UNKNOWN_LANGUAGE]
    try:
        minilm.load()
    except EngineRefused as error:
        return Meaning(Terms(), None, "en"), [f"{error}: phases and pains were found by words alone."]
    return Meaning(Mixed(minilm), minilm, "en"), []


def _is_english(sources: Sequence[Source]) -> bool:
    """Whether most of the text is English; a text too short to tell is taken for it."""
    sizes: Counter[bool] = Counter()
    for source in sources:
        sizes[source.language in (None, "en")] += len(source.text)
    return sizes[True] >= sizes[False]


def _language(sources: Sequence[Source]) -> str | None:
    return next((source.language for source in sources if source.language not in (None, "en")), None)
