"""Transcripts for the tests of the local engine, written for them, and work that only counts."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

from pydantic import JsonValue

from journey.errors import JobCancelled
from journey.model import Attempt, Participant, Passage, Role, Source
from journey.work import Stage

T = TypeVar("T")
ROLES = {"Interviewer": Role.INTERVIEWER, "Agent": Role.OTHER}

ROUTER = """\
Interviewer: Thanks for joining. How are you today?
Maria: I'm fine, thanks.
Interviewer: Could you tell me how you first noticed that something was wrong with your internet?
Maria: Um, so one evening the connection dropped all the time. I restarted the router twice. It was really frustrating.
Maria: I thought it was the weather, you know. I work from home, so I need a stable connection.
Interviewer: And what did you do about it? How did you contact the company?
Maria: I searched the website for a phone number. I couldn't find one anywhere.
Maria: Then I called the hotline and waited for forty minutes. Nobody told me how long it would take.
Maria: I almost gave up. I felt completely ignored.
Interviewer: Was the agent angry with you, or was the line bad?
Maria: No, the agent was friendly. She sent me an email with a link.
Interviewer: Let's talk about the appointment. How did the technician visit go?
Maria: I booked a slot in the app. That was easy. The technician came the next morning and replaced the cable.
Maria: He explained everything. I was so relieved. I paid nothing for it.
Interviewer: If it broke again, would you be upset?
Maria: If it broke again, I would be furious.
"""

BANK = """\
Interviewer: How did you open the account?
Tom: I downloaded the app on my phone. Then I filled in a form about my income.
Tom: The form crashed twice. I had to start all over again, which was annoying.
Interviewer: What happened after that?
Tom: I visited the branch and showed my passport. They opened the account within a week.
Tom: I got a letter with the card. I was happy with it.
"""

CHAT = """\
Customer: Hi, I ordered a lamp and it arrived broken.
Agent: Oh no, that is terrible and really frustrating! I am so sorry.
Agent: I have sent a return label by email.
Customer: I printed the label and took the parcel to the post office.
Customer: The refund took three weeks. I was disappointed.
"""


def transcript(text: str, *, source_id: str = "s1", language: str | None = "en", name: str = "talk.txt") -> Source:
    """Return the source of "Name: words" lines; who is no interviewer or agent takes part."""
    turns = [line.partition(": ")[::2] for line in text.splitlines()]
    words, passages = "", []
    for number, (speaker, said) in enumerate(turns, start=1):
        role = ROLES.get(speaker, Role.PARTICIPANT)
        start = len(words)
        words += said + "\n"
        passages.append(Passage(id=f"t{number}", start=start, end=start + len(said), speaker=speaker, role=role))
    return Source(
        id=source_id,
        kind="transcript",
        name=name,
        sha256="0" * 64,
        language=language,
        text=words,
        passages=tuple(passages),
        participants=tuple(
            Participant(name=who, role=ROLES.get(who, Role.PARTICIPANT), turns=1, words=1) for who in dict(turns)
        ),
    )


def prose(text: str, *, language: str | None = "en") -> Source:
    """Return a source of one passage that nobody is said to speak."""
    return Source(
        id="s1",
        kind="transcript",
        name="text.txt",
        sha256="0" * 64,
        language=language,
        text=text,
        passages=(Passage(id="t1", start=0, end=len(text)),),
    )


class CountingWork:
    """Work that runs at once, counts checks, and stops at the given one."""

    def __init__(self, *, stop_at: int = 10**9) -> None:
        self.checks, self.stop_at = 0, stop_at
        self.titles: list[str] = []

    def check(self) -> None:
        self.checks += 1
        if self.checks >= self.stop_at:
            raise JobCancelled

    def progress(self, stage: Stage, *, done: int = 0, total: int = 0, note: str = "") -> None:
        self.check()

    def found(self, titles: Sequence[str]) -> None:
        self.titles = list(titles)

    def step(self, name: str, compute: Callable[[], JsonValue], *, fingerprint: str) -> JsonValue:
        return compute()

    def call(self, request: Callable[[], Coroutine[Any, Any, T]], *, timeout: float | None = None) -> T:
        raise NotImplementedError

    def apart(
        self, function: Callable[[bytes], str], payload: bytes, *, prepare: Callable[[], None] | None = None
    ) -> str:
        return function(payload)

    def load(self, digest: str) -> bytes:
        raise NotImplementedError

    def attempts(self) -> tuple[Attempt, ...]:
        return ()

    def enter(self, attempt: Attempt) -> None:
        raise NotImplementedError
