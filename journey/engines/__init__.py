"""Engines turn sources into a journey. Each lives in a module of its own and knows no other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from journey.edits.outline import Wished
from journey.model import Budget, Journey, Source
from journey.work import Work

ON_THIS_MACHINE = "stays on this machine"
"""The destination of an engine that sends nothing anywhere."""


class Engine(Protocol):
    """Turns sources into a journey whose every quote is a slice of a source."""

    @property
    def name(self) -> str:
        """The word used in settings, on the command line and in `Run.engine`."""

    @property
    def destination(self) -> str:
        """Where the text goes, for the user: `ON_THIS_MACHINE`, or a host's name."""

    def extract(
        self,
        sources: Sequence[Source],
        work: Work,
        *,
        instructions: str = "",
        budget: Budget | None = None,
        thorough: bool = False,
    ) -> Journey:
        """Draw the journey that the sources tell.

        Args:
            budget: the most to spend, for an engine that asks a paid service.
            thorough: look once more for what was missed, where that is something the engine can do.

        Raises:
            EngineUnavailable: a retry may help.
            EngineRefused: a retry will not help.
            EngineReplyInvalid: the reply could not be used.
            Stopped: the work was told to stop.
        """


class Editor(Protocol):
    """Understands in words what should be different about a map."""

    @property
    def destination(self) -> str:
        """Where the map goes, for the user: `ON_THIS_MACHINE`, or a host's name."""

    def propose(self, outline: str, wish: str, work: Work, *, budget: Budget | None = None) -> tuple[Wished, ...]:
        """Say which lines of a map to change so that it is as wished; code decides what of it the map takes.

        Args:
            outline: the map as numbered lines.
            wish: the user's words.

        Raises:
            EngineError: as `Engine.extract` does.
            Stopped: the work was told to stop.
        """
