"""Proposals for a map: worked out by a job of their own, accepted or rejected one by one, never overwriting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from journey.edits import DeleteItem, SetText, Suggestion, apply
from journey.edits.outline import Wished, Wishes, lines_of
from journey.errors import EditOutdated, EditRefused, InvalidTransition, JobFailed
from journey.jobs.janitor import DAY, sweep
from journey.jobs.queue import JobQueue
from journey.library import Library
from journey.model import Journey, Request
from journey.proposing import Proposer
from journey.work import Work
from tests.jobs_parts import ask, small_store
from tests.journeys import full_journey


class Desk:
    """A library with one journey, whose engine answers what the test wants."""

    def __init__(self, home: Path) -> None:
        self.answer: Journey | Wishes | Exception = full_journey()
        self.asked: list[Request] = []
        self.queue = JobQueue(small_store(home), draw=self._draw)
        self.library = Library(self.queue)
        self.proposer = Proposer(self.queue, self.library)
        self.job_id = self.queue.submit(ask(self.queue))
        self.queue.run(self.job_id)

    def _draw(self, request: Request, load: Callable[[str], bytes], work: Work) -> Journey | Wishes:
        self.asked.append(request)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    @property
    def base(self) -> int:
        return self.queue.get(self.job_id).revision

    def draw_again(self, answer: Journey | Exception, *, instructions: str = "") -> None:
        self.answer = answer
        self.queue.run(self.proposer.draw_again(self.job_id, engine="local", instructions=instructions))

    def wish(self, *wishes: Wished, words: str = "please") -> None:
        self.answer = Wishes(wishes=wishes)
        self.queue.run(self.proposer.change(self.job_id, engine="openai", wish=words))

    def accept(self, one: Suggestion, *, base: int) -> None:
        self.library.revise(self.job_id, one.edit, base=base)
        self.proposer.decide(self.job_id, one.key)

    def words(self) -> list[str]:
        return [one.words for one in self.proposer.suggestions(self.job_id)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "store")
    yield desk
    desk.queue.close()


def number(words: str) -> int:
    return next(at for at, line in enumerate(lines_of(full_journey()), start=1) if line.words == words)


def redrawn() -> Journey:
    shorter = apply(full_journey(), DeleteItem(item="i3"))
    return shorter.model_copy(update={"goal": "Rest"})


def test_a_map_is_drawn_again_from_its_own_sources_by_a_job_that_stands_in_no_list(desk: Desk) -> None:
    desk.draw_again(redrawn(), instructions="Look at goals")
    asked = desk.asked[-1]
    assert (asked.helps, asked.instructions, asked.wish) == (desk.job_id, "Look at goals", "")
    assert asked.about == desk.queue.get(desk.job_id).result
    assert [job.id for job in desk.library.rows()] == [desk.job_id]
    assert desk.words() == ["Set the goal to “Rest”", "Deleted “A faster search” from the opportunities"]
    assert desk.library.open(desk.job_id) == full_journey()


def test_an_accepted_suggestion_is_an_edit_that_can_be_undone_and_a_rejected_one_is_not_made_again(desk: Desk) -> None:
    desk.draw_again(redrawn())
    goal, gone = desk.proposer.suggestions(desk.job_id)
    desk.accept(goal, base=desk.base)
    assert desk.library.open(desk.job_id).goal == "Rest"
    desk.proposer.decide(desk.job_id, gone.key)
    assert desk.words() == []
    desk.library.undo(desk.job_id, base=desk.base)
    assert desk.library.open(desk.job_id) == full_journey()
    desk.proposer.close(desk.job_id)
    desk.draw_again(redrawn())
    assert gone.words not in desk.words()


def test_what_the_user_changed_meanwhile_is_left_alone(desk: Desk) -> None:
    desk.draw_again(redrawn())
    desk.library.revise(desk.job_id, SetText(part="goal", text="My goal"), base=desk.base)
    desk.library.revise(desk.job_id, SetText(part="item", id="i3", text="My idea"), base=desk.base)
    assert desk.words() == []


def test_a_wish_in_words_comes_back_as_suggestions_on_the_map_as_it_is(desk: Desk) -> None:
    desk.wish(
        Wished(deed="rename", target=number("Look for a room"), text="Search"),
        Wished(deed="delete", target=number("A faster search")),
    )
    assert desk.asked[-1].wish == "please"
    assert desk.words() == [
        "Changed “Look for a room” to “Search”",
        "Deleted “A faster search” from the opportunities",
    ]
    first = desk.proposer.suggestions(desk.job_id)[0]
    desk.accept(first, base=desk.base)
    assert next(desk.library.open(desk.job_id).steps()).title == "Search"
    desk.library.revise(desk.job_id, DeleteItem(item="i3"), base=desk.base)
    assert desk.words() == []


def test_accepting_on_a_map_that_was_changed_elsewhere_is_refused(desk: Desk) -> None:
    desk.draw_again(redrawn())
    one, base = desk.proposer.suggestions(desk.job_id)[0], desk.base
    desk.library.revise(desk.job_id, SetText(part="scenario", text="Other"), base=base)
    with pytest.raises(EditOutdated):
        desk.accept(one, base=base)
    assert one.words in desk.words()


def test_one_proposal_at_a_time_and_never_without_words(desk: Desk) -> None:
    desk.proposer.draw_again(desk.job_id, engine="local")
    with pytest.raises(InvalidTransition, match="being worked out"):
        desk.proposer.draw_again(desk.job_id, engine="local")
    assert desk.words() == []
    with pytest.raises(EditRefused, match="Say in words"):
        desk.proposer.change(desk.job_id, engine="openai", wish=" ")


def test_a_proposal_that_failed_says_why_and_is_closed_without_a_trace(desk: Desk) -> None:
    desk.draw_again(EditRefused("The model server refused the key."))
    helper = desk.proposer.helper(desk.job_id)
    assert helper is not None
    with pytest.raises(JobFailed):
        desk.proposer.suggestions(desk.job_id)
    desk.proposer.close(desk.job_id)
    assert desk.proposer.helper(desk.job_id) is None
    assert desk.library.open(desk.job_id) == full_journey()


def test_the_janitor_keeps_what_an_open_proposal_is_about_and_forgets_with_the_journey(desk: Desk) -> None:
    desk.wish(Wished(deed="rename", target=number("Look for a room"), text="Search"))
    desk.library.revise(desk.job_id, SetText(part="goal", text="Rest"), base=desk.base)
    desk.library.revise(desk.job_id, SetText(part="goal", text="Sleep"), base=desk.base)
    created = desk.queue.get(desk.job_id).created
    sweep(desk.queue.store, now=created + 400 * DAY, keep_days=1)
    assert desk.words() == ["Changed “Look for a room” to “Search”"]
    desk.library.delete(desk.job_id)
    sweep(desk.queue.store, now=1e12, keep_days=1)
    assert desk.queue.store.proposals.owners() == set()
