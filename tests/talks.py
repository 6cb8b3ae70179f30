"""Small sources written in the tests themselves."""

from __future__ import annotations

from journey.model import Passage, Role, Source

ROLES = {"Interviewer": Role.INTERVIEWER, "Agent": Role.OTHER, "System": Role.OTHER}


def talk(*lines: tuple[str, str]) -> Source:
    """A transcript of (speaker, words); everybody but an interviewer, an agent and a system is a participant."""
    text, passages = "", []
    for number, (speaker, words) in enumerate(lines):
        text += f"{speaker}: "
        start = len(text)
        text += f"{words}\n"
        role = ROLES.get(speaker, Role.PARTICIPANT)
        passages.append(Passage(id=f"t{number}", start=start, end=start + len(words), speaker=speaker, role=role))
    return Source(id="s1", kind="transcript", name="talk", sha256="x", text=text, passages=tuple(passages))


def prose(text: str) -> Source:
    """A text in which nobody is named as its speaker."""
    passage = Passage(id="t0", start=0, end=len(text))
    return Source(id="s1", kind="transcript", name="prose", sha256="x", text=text, passages=(passage,))
