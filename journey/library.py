"""The user's journeys and the jobs that draw them: find, open, change, undo, delete, restore."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence

from journey.edits import Edit, SetText, apply, difference
from journey.errors import EditOutdated, EditRefused, InvalidTransition, JobFailed
from journey.jobs import job as moves
from journey.jobs.job import Job
from journey.jobs.past import Past, adopt
from journey.jobs.queue import JobQueue
from journey.jobs.revisions import Revision
from journey.jobs.versions import MOST, Version
from journey.model import Journey, Request, Upload


class Library:
    """What the user sees of the queue's jobs, deleted ones left out."""

    def __init__(self, queue: JobQueue, *, author: str = "", clock: Callable[[], float] = time.time) -> None:
        """Open the library.

        Args:
            author: who signs the changes made here.
            clock: seconds since the epoch.
        """
        self._queue = queue
        self._author = author
        self._clock = clock

    def rows(self, search: str = "") -> list[Job]:
        """Return the jobs, newest first, that hold every word of the search, in any case.

        A word is looked for in the title, the tags, and the steps, cards and quotes of the map.
        """
        shown = [job for job in self._queue.jobs() if job.deleted is None and not job.helps]
        words = search.casefold().split()
        if not words:
            return shown
        store = self._queue.store
        digests = {job.result for job in shown if job.result is not None}
        held = store.search.find(words, among=digests, read=store.files.load)
        return [job for job in shown if all(word in _outside(job) or job.result in held[word] for word in words)]

    def open(self, job_id: str) -> Journey:
        """Return the journey of a completed job.

        Raises:
            JobFailed: there is none, or not yet.
        """
        return self._queue.journey(self._queue.get(job_id))

    def original(self, job_id: str) -> Journey:
        """Return the journey as the engine drew it, whatever the user changed since.

        Raises:
            JobFailed: there is none, or not yet.
        """
        job = self._queue.get(job_id)
        return self._queue.journey(job.model_copy(update={"result": job.original or job.result}))

    def take_in(
        self, journey: Journey, *, pictures: Sequence[bytes] = (), tags: Sequence[str] = (), past: Past | None = None
    ) -> str:
        """Keep a journey that was made elsewhere, with the pictures it was read from, and return its job's id.

        Raises:
            StoreFull: there is no room for it.
        """
        content = journey.model_dump_json().encode()
        kept = [Upload(name=f"{journey.title[:80] or 'journey'}.json", sha256=self._queue.keep(content))]
        kept += [Upload(name="picture", sha256=self._queue.keep(picture)) for picture in pictures]
        request = Request(uploads=tuple(kept), engine=journey.run.engine, title=journey.title)
        return self._adopt(request, journey, tags=tags, past=past)

    def duplicate(self, job_id: str, title: str) -> str:
        """Keep a copy of a journey as it is now under another title, and return its job's id.

        The history stays with the first.

        Raises:
            JobFailed: the job has no journey.
        """
        journey, request = self.open(job_id), self._queue.request(job_id)
        copy = journey.model_copy(update={"title": title})
        return self._adopt(request, copy, tags=self._queue.get(job_id).tags)

    def tag(self, job_id: str, tags: Sequence[str]) -> None:
        """Give a job these tags and no others.

        Raises:
            InvalidTransition: there are too many.
        """
        self._queue.store.records.change(job_id, lambda job: moves.tag(job, tags))

    def archive(self, job_id: str, *, away: bool = True) -> None:
        """Put a job that has ended away from the list of all, or back into it.

        Raises:
            InvalidTransition: it is still at work.
        """
        self._queue.store.records.change(job_id, lambda job: moves.archive(job, away=away))

    def rename(self, job_id: str, title: str) -> None:
        """Give a journey another title, in the library and in the journey itself; it can be undone like any edit.

        Raises:
            InvalidTransition: the title is blank.
            JobFailed: the job has no journey.
        """
        if not title.strip():
            raise InvalidTransition("A title cannot be blank: type one.")
        self.revise(job_id, SetText(part="title", text=title), base=self._queue.get(job_id).revision)

    def revise(self, job_id: str, edit: Edit, *, base: int) -> Revision | None:
        """Apply an edit durably, and return what was kept of it; None when it changes nothing.

        Args:
            base: the job's `revision` when the user saw what they are changing.

        Raises:
            EditOutdated: the journey was changed elsewhere since.
            EditRefused: the edit does not fit the map.
            JobFailed: the job has no journey.
        """
        job, before = self._as_seen(job_id, base)
        after = apply(before, edit)
        if after == before:
            return None
        number = job.edits + 1
        back, words = difference(after, before), edit.describe(before)
        revision = Revision(number=number, made=self._clock(), by=self._author, words=words, edit=edit, back=back)
        self._put(job, before, after, edits=number, kept=number, new=revision)
        return revision

    def undo(self, job_id: str, *, base: int) -> Revision:
        """Undo the last change in force, and return it.

        Raises:
            EditOutdated: the journey was changed elsewhere since `base`.
            EditRefused: there is nothing to undo.
        """
        job, before = self._as_seen(job_id, base)
        revision = self.next_undo(job)
        if revision is None:
            raise EditRefused("There is nothing to undo: this is the map as it was drawn.")
        self._put(job, before, apply(before, revision.back), edits=job.edits - 1, kept=job.edits_kept)
        return revision

    def redo(self, job_id: str, *, base: int) -> Revision:
        """Apply again the change that was undone last, and return it.

        Raises:
            EditOutdated: the journey was changed elsewhere since `base`.
            EditRefused: nothing was undone, or something was changed after it.
        """
        job, before = self._as_seen(job_id, base)
        revision = self.next_redo(job)
        if revision is None:
            raise EditRefused("There is nothing to redo.")
        self._put(job, before, apply(before, revision.edit), edits=job.edits + 1, kept=job.edits_kept)
        return revision

    def next_undo(self, job: Job) -> Revision | None:
        """Return the change that `undo` would take back, or None."""
        return self._queue.store.revisions.get(job.id, job.edits) if job.edits else None

    def next_redo(self, job: Job) -> Revision | None:
        """Return the change that `redo` would apply again, or None."""
        return self._queue.store.revisions.get(job.id, job.edits + 1) if job.edits < job.edits_kept else None

    def history(self, job_id: str) -> tuple[Revision, ...]:
        """Return every change in force, the first one first; `next_redo` tells what was undone."""
        job = self._queue.get(job_id)
        return tuple(self._queue.store.revisions.get(job_id, number) for number in range(1, job.edits + 1))

    def versions(self, job_id: str) -> tuple[Version, ...]:
        """Return the states of a journey that the user gave a name, the first one first."""
        return self._queue.store.versions.of(job_id)

    def name_version(self, job_id: str, name: str) -> Version:
        """Give the journey as it is now a name; one that had the name before loses it.

        Raises:
            EditRefused: the name is blank, or there are too many.
            JobFailed: the job has no journey.
        """
        job, title = self._queue.get(job_id), " ".join(name.split())[:80]
        if not title:
            raise EditRefused("A version needs a name: type one.")
        if job.result is None:
            self._queue.journey(job)  # says why there is none
            raise JobFailed
        version = Version(name=title, made=self._clock(), by=self._author, result=job.result, edits=job.edits)
        self._put_versions(job_id, version.name, version)
        return version

    def drop_version(self, job_id: str, name: str) -> None:
        """Take a version's name away; the journey as it is now stays as it is."""
        self._put_versions(job_id, name)

    def open_version(self, job_id: str, name: str) -> Journey:
        """Return the journey as it was in a named version.

        Raises:
            EditRefused: there is no such version.
        """
        found = next((one for one in self.versions(job_id) if one.name == name), None)
        if found is None:
            raise EditRefused("There is no version of that name any more.")
        return self._queue.journey(self._queue.get(job_id).model_copy(update={"result": found.result}))

    def delete(self, job_id: str) -> None:
        """Put a job and its journey out of sight; a live one is cancelled first. `restore` undoes this for a week."""
        now = self._clock()
        self._queue.cancel(job_id)
        self._queue.store.records.change(job_id, lambda job: moves.delete(job, now=now))

    def restore(self, job_id: str) -> None:
        """Bring a deleted job back."""
        self._queue.store.records.change(job_id, moves.restore)

    def _adopt(self, request: Request, journey: Journey, *, tags: Sequence[str], past: Past | None = None) -> str:
        store = self._queue.store
        store.require_room()
        content, now = journey.model_dump_json().encode(), self._clock()
        new = Job(
            id=secrets.token_hex(8),
            title=journey.title[: moves.TITLE],
            engine=request.engine,
            request="",  # nothing that is submitted is the same as this
            size=len(content),
            created=now,
        )
        done = moves.tag(moves.finished(new, now=now, result=store.files.keep(content), outcome=journey.outcome), tags)
        return adopt(store, done, request, past=past).id

    def _put_versions(self, job_id: str, name: str, *new: Version) -> None:
        """Replace the version of that name, if there is one, by the new ones, in one transaction."""
        versions = self._queue.store.versions

        def change(job: Job) -> Job:
            kept = (*(one for one in versions.of(job_id) if one.name != name), *new)
            if len(kept) > MOST:
                raise EditRefused(f"There are {MOST} named versions already: remove one first.")
            versions.put(job_id, kept)
            return job

        self._queue.store.records.change(job_id, change)

    def _as_seen(self, job_id: str, base: int) -> tuple[Job, Journey]:
        job = self._queue.get(job_id)
        _require_seen(job, base)
        return job, self._queue.journey(job)

    def _put(
        self, seen: Job, before: Journey, after: Journey, *, edits: int, kept: int, new: Revision | None = None
    ) -> None:
        """Put a state in force and keep its revision, in one transaction, unless the journey was changed meanwhile."""
        store = self._queue.store
        title = seen.title if after.title == before.title else after.title
        result = store.files.keep(after.model_dump_json().encode())

        def change(job: Job) -> Job:
            _require_seen(job, seen.revision)
            if new is not None:
                store.revisions.keep(job.id, new)
            return moves.revise(job, title=title, result=result, edits=edits, edits_kept=kept)

        store.records.change(seen.id, change)


def _outside(job: Job) -> str:
    """What of a job can be searched without its journey."""
    return "\n".join((job.title, *job.tags)).casefold()


def _require_seen(job: Job, base: int) -> None:
    if job.revision != base:
        raise EditOutdated
