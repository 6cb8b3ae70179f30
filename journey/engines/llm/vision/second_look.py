"""Look at a picture once more for what the first look missed: words that no node cites, places that nobody read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from journey.engines.llm.asking import Asked, Asker
from journey.engines.llm.faults import BudgetReached, ContentRefused, QuestionTooLong
from journey.engines.llm.vision.account import Account
from journey.engines.llm.vision.answers import Nodes
from journey.engines.llm.vision.tasks import MISSED_TASK
from journey.errors import EngineReplyInvalid

Told = tuple[Account, Sequence[Asked[Nodes]]]
"""A picture as it was shown, and the answers about it."""


def ask_missed(asker: Asker, account: Account) -> Told:
    """Return the answer about what was missed, none where nothing can have been or it cannot be had.

    Args:
        account: of the first look, its blocks with what the model has read in it.

    Raises:
        EngineError: what every further question would meet too.
    """
    if not _may_show_more(account):
        return account, ()
    task, material = account.task(MISSED_TASK), f"FOUND\n{account.node_lines}\nBLOCKS\n{account.block_lines}"
    try:
        return account, [asker.ask("nodes, second look", task, material, Nodes, pictures=account.pictures)]
    except (EngineReplyInvalid, ContentRefused, QuestionTooLong, BudgetReached):
        return replace(account, is_seen_once=True), ()


def _may_show_more(account: Account) -> bool:
    """Tell whether there are pixels to look at, or words that no node cites."""
    if account.is_refused or account.is_unread:
        return False
    return bool(account.pictures) or any(account.source.slice(block).strip() for block in account.uncited.values())
