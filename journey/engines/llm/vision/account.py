"""What a model said about each picture of a job, what of it stands, and what the user must know of the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from journey.engines.llm.abilities import SentPicture
from journey.engines.llm.evidence import Findings
from journey.engines.llm.replies import Reply
from journey.engines.llm.schema import Drawing
from journey.engines.llm.sections import Section
from journey.engines.llm.vision.arranging import Way
from journey.engines.llm.vision.blocks import Blocks, TakenIn
from journey.engines.llm.vision.nodes import Seen, Standing
from journey.engines.llm.vision.tasks import IN_PARTS, NOT_SHOWN
from journey.model import Passage, Source

BLANK = Drawing(title="", actor=None, actor_role=None, scenario=None, goal=None, phases=[], disagreements=[])
BLIND = (
    "The model does not see pictures: it was given the words that were read on this machine, and where they stand. "
    "What could not be read here is missing."
)
KEPT_HERE = (
    "The picture itself was not sent, for its pixels cannot be redacted: the model was given the words that were read "
    "on this machine, redacted, and where they stand."
)


@dataclass(frozen=True)
class Account:
    """What the model said about one picture, as far as it has been asked."""

    source: Source
    """With what the model has read beyond its blocks."""
    blocks: Blocks
    """As they were shown to the model."""
    pictures: tuple[SentPicture, ...] = ()
    """As it was sent, if it was: the whole, then enlarged parts of a very large one."""
    seen: tuple[Seen, ...] = ()
    ways: tuple[Way, ...] = ()
    replies: tuple[Reply, ...] = ()
    added: int = 0
    left_out: int = 0
    wordless: int = 0
    orders: int = 0
    dangling: int = 0
    is_refused: bool = False
    is_unread: bool = False
    """Whether the budget left no room to ask about it."""
    is_seen_once: bool = False
    """Whether it could be looked at only once, though twice was asked for."""
    has_no_edges: bool = False
    """Whether the lines between the steps could not be asked for."""

    def task(self, words: str) -> str:
        """Return a task about the picture, which says so where it is not shown or shown in parts."""
        if not self.pictures:
            return words + NOT_SHOWN
        return words + IN_PARTS if len(self.pictures) > 1 else words

    @property
    def node_lines(self) -> str:
        """The nodes as later questions list them."""
        return "\n".join(one.line for one in self.seen)

    @property
    def block_lines(self) -> str:
        """The blocks that no node cites: titles, labels and the like."""
        return self.blocks.lines(list(self.uncited))

    @property
    def uncited(self) -> Mapping[int, Passage]:
        """The blocks that no node cites, by number."""
        cited = {block.id for one in self.seen for block in one.blocks}
        return {number: block for number, block in self.blocks.by_number.items() if block.id not in cited}

    def with_answer(self, taken: TakenIn, standing: Standing, reply: Reply) -> Account:
        """Return the account with one more answer about what stands in the picture."""
        return replace(
            self,
            source=taken.source,
            seen=(*self.seen, *standing.seen),
            replies=(*self.replies, reply),
            added=self.added + taken.added,
            left_out=self.left_out + taken.left_out,
            wordless=self.wordless + standing.wordless,
            orders=self.orders + standing.orders,
        )


@dataclass(frozen=True)
class PictureReading:
    """All that the model said about the pictures."""

    accounts: tuple[Account, ...]
    drawing: Drawing
    found: Section

    @classmethod
    def of(cls, accounts: Sequence[Account], drawing: Drawing, replies: Sequence[Reply]) -> PictureReading:
        """Return the accounts of all pictures as one reading."""
        told = tuple(reply for account in accounts for reply in account.replies)
        return cls(tuple(accounts), drawing, Section(replies=(*told, *replies)))

    @property
    def sources(self) -> tuple[Source, ...]:
        """The pictures, with what the model has read beyond their blocks."""
        return tuple(account.source for account in self.accounts)

    @property
    def seen(self) -> tuple[Seen, ...]:
        """The nodes of all pictures."""
        return tuple(one for account in self.accounts for one in account.seen)

    @property
    def findings(self) -> Findings:
        """What stands, and how much does not."""
        orders = sum(account.orders for account in self.accounts)
        return Findings({one.id: one.grounded for one in self.seen}, orders=orders)

    @property
    def dropped(self) -> int:
        """Things that the model said and that were left out."""
        return sum(one.left_out + one.wordless + one.orders + one.dangling for one in self.accounts)

    @property
    def missing(self) -> str:
        """Why a part is missing from the map, where one is."""
        if not any(account.is_refused for account in self.accounts):
            return ""
        return "The model refused to work on some of the pictures; the map shows the others."

    def warnings(self) -> Iterator[str]:
        """Say in sentences for the user what was not sent, and what was left out."""
        if any(not account.source.sha256 for account in self.accounts):
            yield KEPT_HERE
        elif any(not account.pictures for account in self.accounts):
            yield BLIND
        for name, sentence in _COUNTED.items():
            if number := sum(getattr(account, name) for account in self.accounts):
                yield sentence.format(number)


_COUNTED = {
    "is_unread": "{} picture(s) were not read: the job's cap did not allow it.",
    "added": "{} place(s) were read by the model and not on this machine: check them against the picture.",
    "left_out": "{} reading(s) of the model were left out: nothing is written in the picture where it saw them.",
    "wordless": "{} thing(s) that the model saw cite no words of the picture and were left out.",
    "dangling": "{} line(s) that the model saw do not lead from one step to another and were left out.",
    "is_seen_once": "{} picture(s) were looked at once only, though a second look was asked for.",
    "has_no_edges": "The lines between the steps of {} picture(s) could not be read.",
}
