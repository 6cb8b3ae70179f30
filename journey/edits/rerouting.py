"""Which links a new drawing adds, lacks or labels otherwise. What the user linked, relabelled or removed is theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from journey.edits.grafting import TakeLink
from journey.edits.linking import DeleteLink, LinkName
from journey.model import Journey, Link, Origin

Ends = tuple[str, str]


def reroutings(
    base: Journey, mine: Journey, theirs: Journey, same: Mapping[str, str]
) -> Iterator[tuple[str, TakeLink | DeleteLink]]:
    """Yield the edits of links, each with the step that it leaves.

    A link from or to a step that is new in the drawing comes up once that step was taken.

    Args:
        same: ids of my steps by those of theirs; only steps that are still on my map.
    """
    titles = {step.id: step.title for step in mine.steps()}
    wanted = _by_ends(_mapped(theirs.links, same))
    now, then = _by_ends(mine.links), _by_ends(base.links)
    for ends in dict.fromkeys([*now, *wanted]):
        mine_here = now.get(ends, [])
        if _is_decided(mine_here, then.get(ends, [])):
            continue
        for edit in _edits(mine_here, wanted.get(ends, []), may_delete=_is_known(ends, theirs, same)):
            yield titles[ends[0]], edit


def _mapped(links: Sequence[Link], same: Mapping[str, str]) -> Iterator[Link]:
    for link in links:
        if link.before in same and link.after in same:
            yield link.model_copy(update={"before": same[link.before], "after": same[link.after]})


def _by_ends(links: Sequence[Link] | Iterator[Link]) -> dict[Ends, list[Link]]:
    found: dict[Ends, list[Link]] = {}
    for link in links:
        found.setdefault((link.before, link.after), []).append(link)
    return found


def _is_decided(now: Sequence[Link], then: Sequence[Link]) -> bool:
    """Whether the links between two steps are not those, unchanged, that the engine drew there."""
    return list(now) != list(then) or any(link.origin is Origin.USER for link in now)


def _is_known(ends: Ends, theirs: Journey, same: Mapping[str, str]) -> bool:
    """Whether the drawing has both steps, and leads from the first one to no step that is not on my map.

    Where a new step came between two, the old way stays until the new one is there.
    """
    partners = {own: new for new, own in same.items()}
    if not set(ends) <= partners.keys():
        return False
    return all(link.after in same for link in theirs.links if link.before == partners[ends[0]])


def _edits(now: Sequence[Link], wanted: Sequence[Link], *, may_delete: bool) -> Iterator[TakeLink | DeleteLink]:
    kept = {LinkName.of(link) for link in now} & {LinkName.of(link) for link in wanted}
    old = [link for link in now if LinkName.of(link) not in kept]
    new = [link for link in wanted if LinkName.of(link) not in kept]
    for link, other in zip(old, new, strict=False):
        yield TakeLink(link=other, instead=LinkName.of(link))
    for other in new[len(old) :]:
        yield TakeLink(link=other)
    if may_delete:
        yield from (DeleteLink(link=LinkName.of(link)) for link in old[len(new) :])
