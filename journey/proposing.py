"""Proposals: a map drawn again, or changed as asked in words, beside the user's; they take from it what they like."""

from __future__ import annotations

from collections.abc import Callable

from journey.edits import Suggestion, suggest, suggestion
from journey.edits.outline import Wishes, suggestions_of
from journey.errors import EditRefused, InvalidTransition
from journey.jobs.job import Job
from journey.jobs.proposals import Proposal, Proposals
from journey.jobs.queue import JobQueue
from journey.library import Library
from journey.model import Journey, Request

MOST_DECIDED = 1000
"""Decisions remembered for a journey, the latest; a forgotten rejection is only asked about again."""


class Proposer:
    """Asks for proposals and carries out what the user accepts of them. Nothing changes a map but an accepted edit."""

    def __init__(self, queue: JobQueue, library: Library) -> None:
        self._queue = queue
        self._library = library
        self._last: tuple[object, tuple[Suggestion, ...]] = (None, ())

    def draw_again(self, job_id: str, *, engine: str, instructions: str = "") -> str:
        """Have a journey's sources drawn again, and return the id of the job that does it.

        Raises:
            InvalidTransition: the job has no journey, or a proposal for it is being worked out.
            QueueFull, StoreFull: as `JobQueue.submit` does.
        """
        return self._begin(job_id, {"engine": engine, "instructions": instructions})

    def change(self, job_id: str, *, engine: str, wish: str) -> str:
        """Have a journey changed as asked in words, and return the id of the job that works it out.

        Raises:
            EditRefused: there are no words.
            InvalidTransition: the job has no journey, or a proposal for it is being worked out.
            QueueFull, StoreFull: as `JobQueue.submit` does.
        """
        if not wish.strip():
            raise EditRefused("Say in words what should be different.")
        return self._begin(job_id, {"engine": engine, "wish": wish.strip(), "instructions": ""})

    def helper(self, job_id: str) -> Job | None:
        """Return the job that works out what is proposed for a journey, or has; None when nothing is."""
        return self._queue.find(self._proposals.of(job_id).helper)

    def suggestions(self, job_id: str) -> tuple[Suggestion, ...]:
        """Return what is proposed and not decided yet, on the map as it is now.

        Raises:
            JobFailed: the proposal could not be worked out.
        """
        proposal, helper = self._proposals.of(job_id), self.helper(job_id)
        if helper is None or helper.is_live:
            return ()
        found = self._found(self._queue.get(job_id), helper, is_wish=bool(proposal.wish))
        return tuple(one for one in found if one.key not in proposal.decided)

    def decide(self, job_id: str, *keys: str) -> None:
        """Remember that suggestions were accepted or rejected: they are not made again."""
        self._change(job_id, lambda now: now.model_copy(update={"decided": (*now.decided, *keys)[-MOST_DECIDED:]}))

    def close(self, job_id: str) -> None:
        """End a proposal: what was not accepted is left, what was rejected stays remembered."""
        helper = self.helper(job_id)
        self._change(job_id, lambda now: now.model_copy(update={"helper": "", "wish": ""}))
        if helper is not None:
            self._library.delete(helper.id)

    @property
    def _proposals(self) -> Proposals:
        return self._queue.store.proposals

    def _begin(self, job_id: str, asked: dict[str, str]) -> str:
        job = self._queue.get(job_id)
        helper = self.helper(job_id)
        if job.result is None:
            raise InvalidTransition(f"Job {job_id} has no map to change.")
        if helper is not None and helper.is_live:
            raise InvalidTransition("A proposal for this map is being worked out: wait for it, or cancel it.")
        if helper is not None:
            self.close(job_id)
        update = {**asked, "helps": job_id, "about": job.result, "title": job.title}
        request = Request.model_validate(self._queue.request(job_id).model_dump() | update)
        begun = self._queue.submit(request)
        self._change(job_id, lambda now: now.model_copy(update={"helper": begun, "wish": asked.get("wish", "")}))
        return begun

    def _found(self, job: Job, helper: Job, *, is_wish: bool) -> tuple[Suggestion, ...]:
        """Return all that is proposed; what was found last is kept, for a page asks again with every click."""
        key = (job.id, job.result, helper.id, helper.result)
        known, found = self._last
        if known != key or helper.result is None:
            mine = self._queue.journey(job)
            found = self._wished(helper, mine) if is_wish else self._drawn(job.id, helper, mine)
            self._last = (key, found)
        return found

    def _drawn(self, job_id: str, helper: Job, mine: Journey) -> tuple[Suggestion, ...]:
        return suggest(self._library.original(job_id), mine, self._queue.journey(helper))

    def _wished(self, helper: Job, mine: Journey) -> tuple[Suggestion, ...]:
        """Return what was wished for of the map as it was then, as far as the map as it is now takes it."""
        if helper.result is None:
            self._queue.journey(helper)  # says why there is none
        load = self._queue.store.files.load
        then = Journey.model_validate_json(load(self._queue.request(helper.id).about))
        found = suggestions_of(then, Wishes.model_validate_json(load(helper.result or "")).wishes)
        return tuple(one for one in found if suggestion(mine, one.edit) is not None)

    def _change(self, job_id: str, change: Callable[[Proposal], Proposal]) -> None:
        def move(job: Job) -> Job:
            self._proposals.put(job_id, change(self._proposals.of(job_id)))
            return job

        self._queue.store.records.change(job_id, move)
