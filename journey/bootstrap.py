"""The one place that knows every choice: which engines, which store, how many workers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from journey import pipeline
from journey.engines import Editor, Engine
from journey.engines.llm import LlmEngine
from journey.engines.llm.wishes import LlmEditor
from journey.engines.local import LocalEngine
from journey.engines.scripted import ScriptedEngine
from journey.jobs.queue import JobQueue
from journey.jobs.store import JobStore
from journey.library import Library
from journey.proposing import Proposer
from journey.settings import Settings


@dataclass(frozen=True)
class App:
    """The product, put together."""

    settings: Settings
    queue: JobQueue
    library: Library
    engines: Mapping[str, Engine]
    """What the user may choose from, by name."""
    default_engine: str
    proposer: Proposer
    editors: Mapping[str, Editor]
    """What the user may ask in words to change a map, by the name of its engine."""


def open_app(settings: Settings, *, own_workers: bool = False) -> App:
    """Open the user's library.

    Args:
        own_workers: become the process that works on its jobs; otherwise only a client.

    Raises:
        StoreError: the data folder cannot be used; StoreOwned when another process already works on it.
    """
    queue = _queue(settings, JobStore(settings.home))
    if own_workers:
        queue.start()
    library = Library(queue, author=settings.author)
    return App(
        settings=settings,
        queue=queue,
        library=library,
        proposer=Proposer(queue, library),
        editors=offered_editors(settings),
        engines=offered_engines(settings),
        default_engine=default_engine(settings),
    )


def private_queue(settings: Settings, home: Path) -> JobQueue:
    """Open a queue of one's own in `home`, with the user's checkpoints, so that finished calls are shared."""
    return _queue(settings, JobStore(home, checkpoints=settings.home))


def default_engine(settings: Settings) -> str:
    """Return the name of the engine used when the user chose none: a model where one is set up."""
    return LlmEngine.name if settings.has_model else LocalEngine.name


def offered_engines(settings: Settings) -> dict[str, Engine]:
    """Return the engines a user may choose from, by name."""
    engines: dict[str, Engine] = {LocalEngine.name: LocalEngine()}
    if settings.has_model:
        engines[LlmEngine.name] = LlmEngine(settings)
    return engines


def offered_editors(settings: Settings) -> dict[str, Editor]:
    """Return what can change a map in words, by the names of their engines."""
    return {LlmEngine.name: LlmEditor(settings)} if settings.has_model else {}


def _queue(settings: Settings, store: JobStore) -> JobQueue:
    engines = {**offered_engines(settings), ScriptedEngine.name: ScriptedEngine()}
    return JobQueue(
        store,
        draw=partial(pipeline.carry_out, engines=engines, editors=offered_editors(settings)),
        workers=settings.workers,
        timeout=settings.job_timeout,
        keep_days=settings.keep_days,
    )
