"""What a command's exit status means, and which error gives which."""

from __future__ import annotations

from enum import IntEnum

from journey.errors import (
    EngineError,
    EngineRefused,
    JobError,
    JourneyError,
    JourneyFileError,
    OutputError,
    SettingsError,
    SourceError,
    StoreError,
)


class Exit(IntEnum):
    """The statuses, as listed in docs/command-line.md."""

    OK = 0  # done; also when the text holds no journey, which the journey file then says
    NO = 1  # the answer is no: a quote does not stand, something is broken, no such job, not possible for it
    USAGE = 2  # the command or a setting was not understood
    REFUSED = 3  # asking again will not help: an input cannot be read, or the engine refused the request
    FAILED = 4  # no journey was drawn, and trying again may help: the engine failed, or the time was used up
    STORAGE = 5  # the data folder or the output cannot be used
    BUG = 70  # a defect of this program
    CANCELLED = 130  # Ctrl-C
    BROKEN_PIPE = 141  # whoever read the output stopped reading
    TERMINATED = 143  # told to end by the system


_BY_ERROR: tuple[tuple[type[JourneyError], Exit], ...] = (
    (SettingsError, Exit.USAGE),
    (SourceError, Exit.REFUSED),
    (JourneyFileError, Exit.REFUSED),
    (EngineRefused, Exit.REFUSED),
    (EngineError, Exit.FAILED),
    (OutputError, Exit.STORAGE),
    (StoreError, Exit.STORAGE),
    (JobError, Exit.NO),
)


def exit_for(error: JourneyError) -> Exit:
    """Return the status that an error ends a command with.

    >>> exit_for(SourceError("empty")).name
    'REFUSED'
    """
    return next((status for kind, status in _BY_ERROR if isinstance(error, kind)), Exit.FAILED)
