"""A short interview and a model's sound answer about it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from journey.model import Passage, Role, Source
from journey.settings import Settings

KEY = "sk-test-5d1f7a20c9"
TURNS = (
    (Role.INTERVIEWER, "Nora", "How did you book the appointment?"),
    (Role.PARTICIPANT, "Yusuf", "I called the clinic’s hotline and waited twenty minutes. That annoyed me a lot."),
    (Role.OTHER, "Desk", "We sent you the confirmation by letter."),
    (Role.PARTICIPANT, "Yusuf", "Then I booked it on the website instead, and that was easy."),
)


def talk(turns: tuple[tuple[Role, str, str], ...] = TURNS) -> Source:
    text, passages = "", []
    for number, (role, speaker, words) in enumerate(turns, 1):
        text += f"{speaker}: "
        passage = Passage(id=f"t{number}", start=len(text), end=len(text) + len(words), speaker=speaker, role=role)
        passages.append(passage)
        text += words + "\n"
    return Source(id="s1", kind="transcript", name="talk.txt", sha256="0" * 64, text=text, passages=tuple(passages))


def settings(url: str = "", *, model: str = "small") -> Settings:
    return Settings(home=Path("unused"), api_key=SecretStr(KEY), base_url=url, model=model)


def observed(turn: int, quote: str, kind: str = "step", **parts: Any) -> dict[str, Any]:
    """Return an observation as a model writes it; its id is its turn unless told otherwise."""
    plain = {"id": turn, "text": "What it shows", "polarity": "does", "channel": None, "feeling": "none"}
    return {"turn": turn, "quote": quote, "kind": kind} | plain | parts


def step(number: int, *observations: int, **parts: Any) -> dict[str, Any]:
    plain = {"title": f"Step {number}", "kind": "action", "support": "stated", "next": [], "moment_of_truth": False}
    return {"number": number, "observations": list(observations)} | plain | parts


def drawing(*steps: dict[str, Any], **parts: Any) -> dict[str, Any]:
    plain = {"title": "Booking", "actor": "Patient", "actor_role": None, "scenario": None, "goal": None}
    phases = [{"name": "Book", "goal": None, "steps": list(steps)}] if steps else []
    return plain | {"phases": phases, "disagreements": []} | parts


def answer(observations: list[dict[str, Any]], drawn: dict[str, Any]) -> str:
    return json.dumps({"observations": observations, "journey": drawn})


SOUND = answer(
    [
        observed(2, "I called the clinic's hotline", id=1, text="Calls the hotline"),
        observed(2, "That annoyed me a lot", "emotion", id=2, text="Annoyed", feeling="bad"),
        observed(4, "Then I booked it on the website instead", id=3, text="Books online"),
        observed(4, "booked it on the website", "touchpoint", id=4, text="Website", channel="web"),
    ],
    drawing(step(1, 1, 2, title="Call the hotline"), step(2, 3, 4, title="Book online")),
)
