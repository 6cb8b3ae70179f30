"""The tree of what can go wrong. A class's first docstring line is its default message, written for the user.

JourneyError
├── SourceError              the input cannot be read; the sentence says why and what to do
├── JourneyFileError         a journey file is not one of ours, or is damaged
├── SettingsError            a setting from the environment cannot be used; names the variable
├── OutputError              the result cannot be written where the user wants it
├── EditRefused              a change does not fit the map as it is now, or would break one of its rules
│   └── EditOutdated         the map was changed elsewhere since the user last saw it
├── EngineError
│   ├── EngineUnavailable    a retry may help (network, overload); may carry retry_after
│   ├── EngineRefused        a retry will not help: key, quota, model name, input too long
│   └── EngineReplyInvalid   the engine answered, but not with what was asked
├── JobError
│   ├── JobNotFound          no job with this id
│   ├── InvalidTransition    the job's state does not allow this
│   ├── QueueFull            too many jobs wait already
│   ├── WorkCrashed          a part of the work, run apart in a child process, died
│   └── JobFailed            raised by JobQueue.result for a job that ended without a journey
├── Stopped                  running work is told to stop; never shown as an error
│   ├── JobCancelled         the user asked
│   ├── DeadlineExceeded     the job has used its running time
│   ├── ShuttingDown         the process is leaving; the job goes back to the queue
│   └── LeaseLost            another worker holds the job now; drop everything
└── StoreError
    ├── StoreFull            no room on the disk
    ├── StoreReadOnly        the data folder cannot be written
    ├── StoreDamaged         the data folder holds something this program did not write
    └── StoreOwned           another process already runs the workers of this data folder
"""

from __future__ import annotations

from inspect import cleandoc


class JourneyError(Exception):
    """Something went wrong."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or cleandoc(type(self).__doc__ or "").partition("\n")[0])


class SourceError(JourneyError):
    """This input cannot be read."""


class JourneyFileError(JourneyError):
    """This is not a journey file."""


class SettingsError(JourneyError):
    """A setting cannot be used."""


class OutputError(JourneyError):
    """The result cannot be written."""


class EditRefused(JourneyError):
    """This change does not fit the map as it is now."""


class EditOutdated(EditRefused):
    """The map was changed elsewhere meanwhile, in another tab perhaps: it is shown as it is now. Repeat your change."""


class EngineError(JourneyError):
    """The engine could not draw the journey."""


class EngineUnavailable(EngineError):
    """The engine cannot be reached right now."""

    def __init__(self, message: str | None = None, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        """Seconds the server asked us to wait, when it said so."""


class EngineRefused(EngineError):
    """The engine refused this request, and asking again will not help."""


class EngineReplyInvalid(EngineError):
    """The engine's reply was not a journey."""


class JobError(JourneyError):
    """The job cannot do this."""


class JobNotFound(JobError):
    """There is no such job in this library."""


class InvalidTransition(JobError):
    """The job's state does not allow this."""


class QueueFull(JobError):
    """Too many jobs are waiting: let some finish or cancel some, then submit again."""


class WorkCrashed(JobError):
    """A part of the work stopped without an answer, most likely for want of memory."""


class JobFailed(JobError):
    """The job ended without a journey."""


class Stopped(JourneyError):
    """The work was told to stop."""


class JobCancelled(Stopped):
    """The job was cancelled."""


class DeadlineExceeded(Stopped):
    """The job used all its running time."""


class ShuttingDown(Stopped):
    """The program is closing; the job continues at the next start."""


class LeaseLost(Stopped):
    """Another worker has taken this job over."""


class StoreError(JourneyError):
    """The data folder cannot be used."""


class StoreFull(StoreError):
    """The disk is full: free some space, then retry. Nothing that was saved is lost."""


class StoreReadOnly(StoreError):
    """The data folder cannot be written to."""


class StoreDamaged(StoreError):
    """The data folder is damaged."""


class StoreOwned(StoreError):
    """Another running program already works on the jobs of this data folder."""
