"""Edits of the links between steps: add, remove, and say what kind one is and when it is taken.

A link has no id: it is named by its two ends, its kind and its label, which no other link of a map has all the same.
"""

from __future__ import annotations

from typing import Literal

from journey.edits.places import find_step, short
from journey.errors import EditRefused
from journey.model import Journey, Link, Origin, Record

Way = Literal["next", "branch", "loop"]


class LinkName(Record):
    """Which link is meant."""

    before: str
    after: str
    way: Way = "next"
    label: str | None = None

    @classmethod
    def of(cls, link: Link) -> LinkName:
        """Name a link."""
        return cls(before=link.before, after=link.after, way=link.kind, label=link.label)

    def find(self, journey: Journey) -> Link:
        """Return the link.

        Raises:
            EditRefused: it is gone.
        """
        found = next((link for link in journey.links if LinkName.of(link) == self), None)
        if found is None:
            raise EditRefused("That link is not on the map any more.")
        return found


class AddLink(Record):
    """Add a link of the user's from one step to another, or back to an earlier one."""

    kind: Literal["add_link"] = "add_link"
    before: str
    after: str
    way: Way = "branch"
    label: str | None = None

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey with one more link."""
        find_step(journey, self.before)
        find_step(journey, self.after)
        link = _link(LinkName(before=self.before, after=self.after, way=self.way, label=self.label))
        _require_new(journey, link)
        return journey.model_copy(update={"links": (*journey.links, link)})

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        return f"Added the link {link_ends(journey, self.before, self.after)}"


class DeleteLink(Record):
    """Remove a link."""

    kind: Literal["delete_link"] = "delete_link"
    link: LinkName

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey without it."""
        gone = self.link.find(journey)
        return journey.model_copy(update={"links": tuple(link for link in journey.links if link is not gone)})

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        return f"Removed the link {link_ends(journey, self.link.before, self.link.after)}"


class SetLink(Record):
    """Say of what kind a link is and when it is taken; it is the user's then, its quotes stay beside it."""

    kind: Literal["set_link"] = "set_link"
    link: LinkName
    way: Way
    label: str | None = None

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey with the link changed; the same again changes nothing."""
        now = self.link.find(journey)
        new = now.model_copy(update={"kind": self.way, "label": _clean(self.label), "origin": Origin.USER})
        if LinkName.of(new) == self.link:
            return journey
        _require_new(journey, new)
        links = tuple(new if link is now else link for link in journey.links)
        return journey.model_copy(update={"links": links})

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        label = _clean(self.label)
        told = f"{self.way}, {short(label)}" if label else self.way
        return f"Changed the link {link_ends(journey, self.link.before, self.link.after)} to {told}"


def _link(name: LinkName) -> Link:
    return Link(before=name.before, after=name.after, kind=name.way, label=_clean(name.label), origin=Origin.USER)


def _clean(label: str | None) -> str | None:
    return " ".join((label or "").split()) or None


def _require_new(journey: Journey, link: Link) -> None:
    if link.before == link.after and link.kind != "loop":
        raise EditRefused("A step leads to itself only as a loop: choose another step, or the kind loop.")
    if any(LinkName.of(other) == LinkName.of(link) for other in journey.links):
        raise EditRefused("This link is on the map already.")


def link_ends(journey: Journey, before: str, after: str) -> str:
    """Say which steps a link joins."""
    titles = {step.id: step.title for step in journey.steps()}
    return f"from {short(titles.get(before, before), most=30)} to {short(titles.get(after, after), most=30)}"
