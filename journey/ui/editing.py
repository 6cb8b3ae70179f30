"""One run's view of a journey that can be changed: what its buttons and fields call, and what the next run tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from journey.bootstrap import App
from journey.edits import Edit, SetText
from journey.errors import EditOutdated, JourneyError
from journey.jobs.job import Job
from journey.jobs.revisions import Revision
from journey.model import Item, Journey, Origin, Step
from journey.ui.language import entry, say, say_below
from journey.ui.session import REFUSAL
from journey.ui.wording import plain

TOLD = "told"
"""Where a callback leaves what it did, for the next run to say."""

NOW_YOURS = entry("It is marked as yours and detached from its quotes, which stay beside it as they were said.")


@dataclass(frozen=True)
class Editing:
    """The journey as it stands on the screen. Every change is kept at once, unless another tab was faster."""

    app: App
    job: Job
    journey: Journey

    def key(self, name: str) -> str:
        """Return a widget's key, the same in every run: a click meant for the run before is not lost."""
        return f"edit-{self.job.id}-{name}"

    def keep_shown(self, name: str, kept: object) -> str:
        """Have the widget that is drawn next show what is kept, and return its key.

        It is told only when it shows something else (an undo, a refusal, another tab), so that words which were typed
        and not yet sent are left alone.
        """
        key = self.key(name)
        if key not in st.session_state or st.session_state[key] != kept:
            st.session_state[key] = kept
        return key

    def clear(self, *names: str) -> None:
        """Empty fields whose words were used, from a callback."""
        for name in names:
            st.session_state.pop(self.key(name), None)

    def typed(self, name: str) -> str:
        """Return what stands in a text field."""
        return str(st.session_state.get(self.key(name)) or "")

    def change(self, make: Callable[[], Edit], then: Callable[[], object] | None = None) -> None:
        """Make an edit and keep it; from a callback, so `make` reads the fields as they are then.

        Args:
            then: called once it is kept.
        """
        try:
            self._keep(make())
        except JourneyError as error:
            st.session_state[REFUSAL] = str(error)
        else:
            if then is not None:
                then()

    def unselect(self) -> None:
        """Let go of the chosen element: it is not there any more."""
        st.session_state.pop(selection_key(self.job), None)

    def is_outdated(self) -> bool:
        """Tell whether the page has something new to show: another revision, or what came of an edit.

        Part of a page that ran alone, after a callback of its own, then has all of it run.
        """
        now = self.app.queue.find(self.job.id)
        return now is None or now.result != self.job.result or TOLD in st.session_state or REFUSAL in st.session_state

    def undo(self) -> None:
        """Take the last change back, from a callback."""
        self._step(self.app.library.undo, entry("Undone: {what}"))

    def redo(self) -> None:
        """Do again what was undone last, from a callback."""
        self._step(self.app.library.redo, entry("Done again: {what}"))

    def _keep(self, edit: Edit) -> None:
        try:
            revision = self.app.library.revise(self.job.id, edit, base=self._base)
        except EditOutdated as error:
            if isinstance(edit, SetText):  # the field will show what the other tab made of it
                said = say("{error} You wrote: “{words}”", error=say_below(str(error)), words=edit.text)
                raise EditOutdated(said) from error
            raise
        if revision is not None:
            self._advance()
            st.session_state[TOLD] = f"{say_below(revision.words)}. {self._whose(edit)}".strip()

    def _step(self, go: Callable[..., Revision], told: str) -> None:
        try:
            revision = go(self.job.id, base=self._base)
            st.session_state[TOLD] = say(told, what=say_below(revision.words))
        except JourneyError as error:
            st.session_state[REFUSAL] = str(error)
        else:
            self._advance()

    @property
    def _base(self) -> int:
        """The revision that the user acts on: the one on the screen, and what they did to it since.

        Leaving a field by clicking a button is two changes of one screen; the second must not be taken for one of
        another tab.
        """
        shown, now = st.session_state.get(self._own, (None, None))
        return now if shown == self.job.revision and now is not None else self.job.revision

    @property
    def _own(self) -> str:
        return f"own-changes-{self.job.id}"

    def _advance(self) -> None:
        st.session_state[self._own] = (self.job.revision, self._base + 1)

    def _whose(self, edit: Edit) -> str:
        if not isinstance(edit, SetText) or not edit.id:
            return ""
        claims: list[Step | Item] = [
            *self.journey.steps(),
            *(item for step in self.journey.steps() for _, item in step.items()),
        ]
        was_quoted = any(claim.id == edit.id and claim.origin is Origin.QUOTED for claim in claims)
        return say(NOW_YOURS) if was_quoted else ""


def selection_key(job: Job) -> str:
    """Return where a browser tab keeps what is chosen of a journey."""
    return f"selected-{job.id}"


def tell() -> None:
    """Say what was done in the run before."""
    told = st.session_state.pop(TOLD, "")
    if told:
        st.toast(plain(told))
