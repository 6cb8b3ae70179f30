"""What the user must know of how a map was made, in sentences: what is missing, refused, unread or was spent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version

from journey.engines.llm import prompt
from journey.engines.llm.abilities import Abilities
from journey.engines.llm.bill import RAISE_IT, Bill, spending_warnings
from journey.engines.llm.evidence import Findings
from journey.engines.llm.prompt import Turn
from journey.engines.llm.replies import Reply
from journey.engines.llm.sections import Section
from journey.model import Journey, Outcome, Run
from journey.model.bill import cost_of, tokens_of

UNUSABLE = (
    "The answers about some sections could not be read; the map shows the others. Submit again to have them asked "
    "about once more: what was finished is not paid again."
)


@dataclass(frozen=True)
class Telling:
    """How one map was made."""

    found: Section
    findings: Findings
    turns: Sequence[Turn]
    bill: Bill
    server: Sequence[str] = ()
    """What is to be said about the server."""
    noun: str = "Turn"
    """What the turns are called to the user."""
    missing: str = ""
    """Why a part is missing from the map, where one is."""

    def run(self, engine: str, model: str) -> Run:
        """Return the record of how the map was made."""
        attempts = self.bill.attempts
        replies = self.found.replies
        return Run(
            engine=engine,
            model=replies[-1].model if replies else model,
            versions={"openai": version("openai"), "prompt": str(prompt.VERSION)},
            calls=sum(attempt.calls for attempt in attempts),
            tokens=tokens_of(attempts),
            cost=cost_of(attempts) if self.bill.is_priced else None,
            dropped=self.findings.dropped,
            warnings=tuple(dict.fromkeys(self._warnings())),
        )

    def _warnings(self) -> Sequence[str]:
        found = self.found
        addressed = [turn for turn in self.turns if turn.addresses_assistant]
        return (
            *self.findings.warnings(),
            *self.server,
            *_changed_model(found.replies),
            *self._about(found.refused, "were refused by the model and are missing"),
            *self._about(found.unusable, "were answered in a form that cannot be read, also when asked again"),
            *self._about(found.unread, "were not read: the job's cap did not allow it"),
            *spending_warnings(self.bill.attempts),
            *self._about(found.silent, "gave the model nothing to note, though it was asked twice"),
            *self._about(found.once, "were looked at once only, though a second look was asked for"),
            *self._about(addressed, "seem to address the assistant; they were read as plain text and not followed"),
        )

    def _about(self, turns: Sequence[Turn], what: str) -> tuple[str, ...]:
        numbers = list(dict.fromkeys(turn.number for turn in turns))
        if not numbers:
            return ()
        listed = ", ".join(str(number) for number in numbers[:5]) + (", ..." if len(numbers) > 5 else "")
        return (f"{self.noun}(s) {listed} {what}.",)

    def labelled(self, journey: Journey) -> Journey:
        """Say so on a journey from which sections are missing."""
        reason = self.missing
        if self.found.is_unarranged:
            reason = "The model refused to arrange some of what was found: it stands in the order in which it was told."
        if self.found.unusable:
            reason = UNUSABLE
        if self.found.refused:
            reason = "The model refused to work on some sections of the transcript; the map shows the others."
        if not (reason or self.bill.was_reached) or journey.outcome is not Outcome.COMPLETE:
            return journey
        if self.bill.was_reached:
            reason = f"The cap of {self.bill.cap_in_words} was reached; the map shows what was finished. {RAISE_IT}"
        return journey.model_copy(update={"outcome": Outcome.PARTIAL, "reason": reason})


def _changed_model(replies: Sequence[Reply]) -> tuple[str, ...]:
    names = list(dict.fromkeys(reply.model for reply in replies))
    return (f"More than one model answered: {', '.join(names)}.",) if len(names) > 1 else ()


def about_server(known: Abilities, found: Section, reads: int | None) -> tuple[str, ...]:
    """Say what the server was found not to do.

    Args:
        known: what it was found to take; what it was asked with for kept answers is added.
        reads: the tokens it was found to read, where it cuts what is longer.
    """
    for form in {reply.form for reply in found.replies}:
        known = known.both(Abilities(form=form))
    if reads is None:
        return known.warnings()
    smaller = f"The server reads {reads:,} tokens at most and cuts the rest unsaid: it was asked in smaller sections."
    return (*known.warnings(), smaller)
