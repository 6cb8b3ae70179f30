"""What a new drawing of the same sources would change on a map that its user has worked on, as edits to choose from.

A three-way comparison: the base is what the engine drew first, mine is the map as it is now, theirs is the new
drawing. Where mine differs from the base the user has decided, and nothing is suggested: what they changed stays,
what they deleted stays away. Everything else that theirs has, lacks, words, links or orders otherwise becomes a
suggestion.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from pydantic import Field

from journey.edits.any_edit import Edit
from journey.edits.arranging import DeleteStep
from journey.edits.cards import DeleteItem
from journey.edits.grafting import TakeEmotion, TakeItem, TakePhase, TakeStep, TakeWords
from journey.edits.matching import SAME_ITEM, SAME_STEP, item_likeness, pair_up, step_likeness
from journey.edits.places import lanes_of, placed_items
from journey.edits.reordering import reorderings
from journey.edits.rerouting import reroutings
from journey.edits.words import ClearEmotion, SetText
from journey.errors import EditRefused
from journey.model import Item, Journey, Origin, Phase, Record, Step


class Suggestion(Record):
    """One edit that the user may accept or reject; `key` is the same for the same suggestion made again."""

    key: str
    where: str = Field(description="the phase or step that it is about")
    words: str = Field(description="what it would do")
    edit: Edit


def suggestion(journey: Journey, edit: Edit, *, where: str = "") -> Suggestion | None:
    """Return an edit as a suggestion; None when the journey does not take it, or it would change nothing."""
    try:
        if edit.apply_to(journey) == journey:
            return None
        words = edit.describe(journey)
    except EditRefused:
        return None
    return Suggestion(key=_key(f"{where}\n{words}"), where=where, words=words, edit=edit)


def suggest(base: Journey, mine: Journey, theirs: Journey) -> tuple[Suggestion, ...]:
    """Return what theirs would change on mine, in the order of the map, without anything the user has decided."""
    made = (suggestion(mine, edit, where=where) for where, edit in _Merging(base, mine, theirs).edits())
    unique = {one.key: one for one in made if one is not None}
    return tuple(unique.values())


class _Merging:
    """One comparison: which parts are the same, and which of them the user touched."""

    def __init__(self, base: Journey, mine: Journey, theirs: Journey) -> None:
        self.base, self.mine, self.theirs = base, mine, theirs
        self.base_steps = {step.id: step for step in base.steps()}
        self.base_places = {one.item.id: one for one in placed_items(base)}
        self.my_places = {one.item.id: one for one in placed_items(mine)}
        self.homes = {step.id: phase for phase in mine.phases for step in phase.steps}
        self.drawn = {step.id: phase.id for phase in base.phases for step in phase.steps}
        gone = [step for step in base.steps() if step.id not in self.homes]
        ours, new = [*mine.steps(), *gone], list(theirs.steps())
        pairs = pair_up(ours, new, self._steps_alike, least=SAME_STEP)
        self.same = {step.id: ours[at] for step, at in zip(new, pairs, strict=True) if at >= 0}
        self.deleted = {step.id for step in gone}
        self.still = {new: own.id for new, own in self.same.items() if own.id in self.homes}

    def edits(self) -> Iterator[tuple[str, Edit]]:
        yield from self._head()
        at = -1  # the place of the phase of mine that was met last
        for phase in self.theirs.phases:
            home = self._home(phase)
            if home is None:
                at += 1
                yield from self._new_phase(phase, at)
                continue
            at = self.mine.phases.index(home)
            yield from self._phase_name(home, phase)
            yield from self._steps(home, phase)
        yield from reorderings(self.base, self.mine, self._order())
        yield from reroutings(self.base, self.mine, self.theirs, self.still)
        yield from self._vanished()

    def _head(self) -> Iterator[tuple[str, Edit]]:
        """Yield the journey's own texts; the title is the user's, who named the job."""
        if self.mine.scenario == self.base.scenario and self.theirs.scenario:
            yield "The journey", SetText(part="scenario", text=self.theirs.scenario)
        if self.mine.goal == self.base.goal and self.theirs.goal:
            yield "The journey", SetText(part="goal", text=self.theirs.goal)

    def _home(self, phase: Phase) -> Phase | None:
        """Return the phase of mine in which the engine drew most steps of one of theirs first, or that has its name.

        Where the user has taken steps since is no reason to take others there too.
        """
        known = [self.same[step.id].id for step in phase.steps if step.id in self.same]
        drawn = [self.drawn[step] for step in known if step in self.drawn]
        now = [self.homes[step].id for step in known if step in self.homes]
        for homes in (drawn, now):
            rated = [(homes.count(one.id), one.name.casefold() == phase.name.casefold()) for one in self.mine.phases]
            best = max(rated, default=(0, False))
            if best[0]:
                return self.mine.phases[rated.index(best)]
        return next((one for one in self.mine.phases if one.name.casefold() == phase.name.casefold()), None)

    def _order(self) -> dict[str, list[str]]:
        """Return the ids of my steps in the order of theirs, by the ids of my phases in the order of theirs."""
        order: dict[str, list[str]] = {}
        for phase in self.theirs.phases:
            home = self._home(phase)
            if home is not None:
                order.setdefault(home.id, []).extend(self.still[one.id] for one in phase.steps if one.id in self.still)
        return order

    def _new_phase(self, phase: Phase, at: int) -> Iterator[tuple[str, Edit]]:
        steps = tuple(step for step in phase.steps if step.id not in self.same)
        if steps:
            yield phase.name, TakePhase(phase=phase.model_copy(update={"steps": steps}), at=at)

    def _phase_name(self, home: Phase, phase: Phase) -> Iterator[tuple[str, Edit]]:
        then = next((one for one in self.base.phases if one.id == home.id), home)
        if home.origin is not Origin.USER and home.name == then.name != phase.name:
            yield home.name, TakeWords(part="phase", id=home.id, text=phase.name, origin=phase.origin)

    def _steps(self, home: Phase, phase: Phase) -> Iterator[tuple[str, Edit]]:
        at = 0
        for step in phase.steps:
            own = self.same.get(step.id)
            if own is None:
                yield home.name, TakeStep(phase=home.id, step=step, at=at)
            elif own.id not in self.deleted:
                at = home.steps.index(own) + 1 if own in home.steps else at
                yield from ((own.title, edit) for edit in self._step(own, step))

    def _step(self, own: Step, step: Step) -> Iterator[Edit]:
        then = self.base_steps.get(own.id, own)
        is_titled = own.origin is Origin.USER or own.title != then.title
        if not is_titled and own.title != step.title:
            rests = {"origin": step.origin, "evidence": step.evidence}
            yield TakeWords.model_validate({"part": "step", "id": own.id, "text": step.title, **rests})
        if own.emotion == then.emotion and (own.emotion is None or own.emotion.origin is not Origin.USER):
            yield from self._feeling(own, step)
        yield from self._cards(own, step)

    def _feeling(self, own: Step, step: Step) -> Iterator[Edit]:
        if step.emotion is None and own.emotion is not None:
            yield ClearEmotion(step=own.id)
        elif step.emotion is not None and not _feels_alike(own, step):
            yield TakeEmotion(step=own.id, emotion=step.emotion)

    def _cards(self, own: Step, step: Step) -> Iterator[Edit]:
        ours, theirs = dict(lanes_of(own)), dict(lanes_of(step))
        for lane in dict.fromkeys([*ours, *theirs]):
            mine, new = ours.get(lane, ()), theirs.get(lane, ())
            pairs = pair_up(mine, new, self._items_alike, least=SAME_ITEM)
            for item, at in zip(new, pairs, strict=True):
                if at >= 0:
                    yield from self._words(mine[at], item)
                elif not self._is_known(item, lane):
                    yield TakeItem(step=own.id, lane=lane, item=item)
            kept = {mine[at].id for at in pairs if at >= 0}
            yield from (DeleteItem(item=one.id) for one in mine if one.id not in kept and not self._is_touched(one))

    def _words(self, own: Item, item: Item) -> Iterator[Edit]:
        if not self._is_touched(own) and own.text != item.text:
            rests = {"origin": item.origin, "evidence": item.evidence}
            yield TakeWords.model_validate({"part": "item", "id": own.id, "text": item.text, **rests})

    def _steps_alike(self, own: Step, step: Step) -> float:
        """Return how surely two steps are the same; one that the user renamed is known by what it was."""
        return max(step_likeness(own, step), step_likeness(self.base_steps.get(own.id, own), step))

    def _items_alike(self, own: Item, item: Item) -> float:
        then = self.base_places.get(own.id)
        return max(item_likeness(own, item), item_likeness(then.item, item) if then else 0.0)

    def _is_touched(self, item: Item) -> bool:
        """Tell whether the user made, changed or moved a card."""
        then, now = self.base_places.get(item.id), self.my_places[item.id]
        if item.origin is Origin.USER or then is None:
            return item.origin is Origin.USER
        home = (then.step.id if then.step else "", then.lane)
        return then.item != item or home != (now.step.id if now.step else "", now.lane)

    def _is_known(self, item: Item, lane: str) -> bool:
        """Tell whether a card of theirs stands elsewhere on the map, or was there and the user deleted it."""
        elsewhere = (one for one in self.my_places.values() if one.lane == lane)
        gone = (one for one in self.base_places.values() if one.item.id not in self.my_places and one.lane == lane)
        return any(self._items_alike(one.item, item) >= SAME_ITEM for one in (*elsewhere, *gone))

    def _vanished(self) -> Iterator[tuple[str, Edit]]:
        """Yield the deletion of every step that the new drawing lacks and the user never touched."""
        found = {step.id for step in self.same.values()}
        for step in self.mine.steps():
            if step.id not in found and not self._is_worked_on(step):
                yield step.title, DeleteStep(step=step.id)

    def _is_worked_on(self, step: Step) -> bool:
        """Tell whether the user made, changed or moved a step, or a link from or to it."""
        then = self.base_steps.get(step.id)
        if step.origin is Origin.USER or (then is not None and then != step):
            return True
        home = self.homes[step.id].id
        linked = any(step.id in (link.before, link.after) and link not in self.base.links for link in self.mine.links)
        return linked or self.drawn.get(step.id, home) != home


def _feels_alike(own: Step, step: Step) -> bool:
    a, b = own.emotion, step.emotion
    return a is not None and b is not None and (a.score, a.label) == (b.score, b.label)


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
