"""Have a model read pictures: nodes first, then the edges between them, then phases; each answer is a checkpoint.

Where the user asked for thoroughness, each picture is looked at once more for nodes that were missed.

A model that does not see, and one to which no pixels may go because they cannot be redacted, is given what was read and
found on this machine: the words of the blocks, where they stand, and the lines between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from journey.engines.llm.asking import Asked, Asker
from journey.engines.llm.bill import Bill, too_small
from journey.engines.llm.faults import AnswerCutOff, BudgetReached, ContentRefused, QuestionTooLong
from journey.engines.llm.limits import Limits
from journey.engines.llm.merge import MOST, as_told, merge
from journey.engines.llm.parallel import in_parallel
from journey.engines.llm.replies import Reply
from journey.engines.llm.schema import Drawing, Observation
from journey.engines.llm.vision.account import BLANK, Account, PictureReading
from journey.engines.llm.vision.answers import Edges, Nodes
from journey.engines.llm.vision.arranging import arranged
from journey.engines.llm.vision.blocks import Blocks, take_in
from journey.engines.llm.vision.edges import between, lines
from journey.engines.llm.vision.nodes import Seen, hold
from journey.engines.llm.vision.pixels import prepare
from journey.engines.llm.vision.second_look import Told, ask_missed
from journey.engines.llm.vision.tasks import EDGES_TASK, NODES_TASK, NOT_SHOWN, PHASES_TASK
from journey.errors import EngineRefused, EngineReplyInvalid
from journey.model import Source
from journey.work import Stage, Work

LEAST_SPLIT = 8
"""Blocks below which a question about them is not split."""
MOST_SHOWN = 4
"""Pictures that are shown once more where all of them are put together."""


@dataclass(frozen=True)
class PictureReader:
    """Reads the pictures of one job."""

    asker: Asker
    work: Work
    bill: Bill
    limits: Limits
    thorough: bool = False
    """Whether every picture is looked at once more for what was missed."""

    def read(self, sources: Sequence[Source]) -> PictureReading:
        """Return what the model found in the pictures and how it arranged it.

        Raises:
            EngineError: nothing could be read.
        """
        try:
            opened = self._opened(sources)
        except BudgetReached:
            raise too_small(self.bill) from None
        accounts = self._seen(opened)
        self._check_any_was_read(accounts)
        self._progress(1)
        if self.thorough:
            accounts = self._seen_again(accounts)
            self._progress(2)
        steps = [one for account in accounts for one in account.seen if one.node.kind == "step"]
        self.work.found([one.title for one in steps])
        accounts = in_parallel([partial(self._joined, one) for one in accounts], limit=self.limits.at_once)
        self._progress(self._questions - 1)
        drawing, replies = self._drawn(accounts)
        return PictureReading.of(accounts, drawing, replies)

    @property
    def _questions(self) -> int:
        return 4 if self.thorough else 3

    def _progress(self, done: int) -> None:
        self.work.progress(Stage.ASK, done=done, total=self._questions, note="question")

    def _opened(self, sources: Sequence[Source]) -> list[Account]:
        self._progress(0)
        sees = any(source.sha256 for source in sources) and self.asker.sees()
        return [
            Account(source, Blocks(source), prepare(source, self.work) if sees and source.sha256 else ())
            for source in sources
        ]

    def _check_any_was_read(self, accounts: Sequence[Account]) -> None:
        if not all(account.is_refused or account.is_unread for account in accounts):
            return
        if any(account.is_unread for account in accounts):
            raise too_small(self.bill)
        raise EngineRefused(f"The model at {self.asker.host}, or its content filter, refused to work on this picture.")

    def _seen(self, accounts: Sequence[Account]) -> list[Account]:
        """Ask what stands in each picture, all at once, and hold the answers to them one after the other."""
        told = in_parallel([partial(self._told_of, one) for one in accounts], limit=self.limits.at_once)
        return self._all_held(told, first_id=1)

    def _seen_again(self, accounts: Sequence[Account]) -> list[Account]:
        """Ask what was missed in each picture, all at once; what was seen before is kept in any case."""
        shown = [replace(account, blocks=Blocks(account.source)) for account in accounts]
        told = in_parallel([partial(ask_missed, self.asker, one) for one in shown], limit=self.limits.at_once)
        return self._all_held(told, first_id=1 + sum(len(account.seen) for account in accounts))

    def _told_of(self, account: Account) -> Told:
        """Return the answers about a picture, none where there is nothing to show or nothing can be had."""
        if not account.pictures and not account.source.text.strip():
            return account, ()
        try:
            return account, self._ask_nodes(account, list(account.blocks.by_number))
        except ContentRefused:
            return replace(account, is_refused=True), ()
        except BudgetReached:
            return replace(account, is_unread=True), ()

    def _ask_nodes(self, account: Account, numbers: Sequence[int]) -> list[Asked[Nodes]]:
        """Return the answers about some blocks."""
        try:
            shown = account.blocks.lines(numbers)
            return [self.asker.ask("nodes", account.task(NODES_TASK), shown, Nodes, pictures=account.pictures)]
        except (AnswerCutOff, QuestionTooLong):
            middle = len(numbers) // 2
            if len(numbers) < LEAST_SPLIT:
                raise
            return [asked for part in (numbers[:middle], numbers[middle:]) for asked in self._ask_nodes(account, part)]

    def _all_held(self, told: Sequence[Told], *, first_id: int) -> list[Account]:
        held = []
        for account, answers in told:
            held.append(self._held(account, answers, first_id))
            first_id += len(held[-1].seen) - len(account.seen)
        return held

    def _held(self, account: Account, answers: Sequence[Asked[Nodes]], first_id: int) -> Account:
        known, already = account.seen, len(account.seen)
        for asked in answers:
            additions = asked.answer.added if account.pictures else []
            taken = take_in(account.source, account.blocks, additions, self.work)
            next_id = first_id + len(account.seen) - already
            standing = hold(asked.answer.nodes, taken, first_id=next_id, known=known)
            account = account.with_answer(taken, standing, asked.reply)
        return account

    def _joined(self, account: Account) -> Account:
        """Ask for the edges between the steps of a picture; what cannot be had is told and missed."""
        if sum(one.node.kind == "step" for one in account.seen) < 2:
            return account
        material = (
            f"NODES\n{account.node_lines}\nLINES\n{lines(account.source, account.seen)}\nBLOCKS\n{account.block_lines}"
        )
        try:
            asked = self.asker.ask(
                "edges",
                EDGES_TASK if account.pictures else EDGES_TASK + NOT_SHOWN,
                material,
                Edges,
                pictures=account.pictures[:1],
            )
        except (EngineReplyInvalid, ContentRefused, QuestionTooLong, BudgetReached):
            return replace(account, has_no_edges=True)
        found = between(asked.answer.edges, account)
        return replace(
            account, ways=found, dangling=len(asked.answer.edges) - len(found), replies=(*account.replies, asked.reply)
        )

    def _drawn(self, accounts: Sequence[Account]) -> tuple[Drawing, tuple[Reply, ...]]:
        """Ask for the phases; where the cap does not allow it, the steps stand as they were seen."""
        seen = [one for account in accounts for one in account.seen]
        ways = [way for account in accounts for way in account.ways]
        if not seen:
            return BLANK, ()
        try:
            drawing, replies = self._phased(accounts, seen)
        except (BudgetReached, ContentRefused):
            drawing, replies = as_told([one.grounded.observation for one in seen]), ()
        return arranged(drawing, seen, ways), replies

    def _phased(self, accounts: Sequence[Account], seen: Sequence[Seen]) -> tuple[Drawing, tuple[Reply, ...]]:
        observations = [one.grounded.observation for one in seen]
        if len(seen) > MOST:
            return self._merged(observations)
        edges = "\n".join(way.line for account in accounts for way in account.ways)
        parts = [f"NODES\n{account.node_lines}\nBLOCKS\n{account.block_lines}" for account in accounts]
        shown = tuple(picture for account in accounts[:MOST_SHOWN] for picture in account.pictures[:1])
        material = "\n".join([*parts, "EDGES", edges])
        try:
            asked = self.asker.ask(
                "phases", PHASES_TASK if shown else PHASES_TASK + NOT_SHOWN, material, Drawing, pictures=shown
            )
        except (AnswerCutOff, QuestionTooLong):
            return self._merged(observations)
        return asked.answer, (asked.reply,)

    def _merged(self, observations: Sequence[Observation]) -> tuple[Drawing, tuple[Reply, ...]]:
        merged = merge(self.asker, observations, at_once=self.limits.at_once)
        return merged.drawing, merged.replies
