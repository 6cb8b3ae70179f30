"""A model that does as it is told, by rule: it quotes the first words of the customer's turns and makes each a step."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable

from journey.model import Role, Source
from tests.faults.server import Answer, Asked, complete
from tests.faults.talk import answer, drawing, observed, step, talk

GATHERED = 6
"""Observations that make a step, where several do."""
_TURN = re.compile(r"^\[(\d+)\] \w+: (.*)$", re.MULTILINE)


def wanted(asked: Asked) -> str:
    """Return what kind of answer was asked for."""
    name: str = asked.body["response_format"]["json_schema"]["name"]
    return name


def material(asked: Asked) -> str:
    """Return what is asked and what stands between the marks, which are new in every question."""
    words: str = asked.body["messages"][1]["content"]
    return wanted(asked) + words.split("===")[-3]


def turns_of(asked: Asked) -> dict[int, str]:
    """Return the customer's numbered turns that are to be analysed in a question."""
    material = asked.body["messages"][1]["content"].rpartition("TO ANALYSE")[2]
    return {int(number): words for number, words in _TURN.findall(material)}


def obeys(asked: Asked) -> str:
    """Return the content of a sound answer."""
    material = asked.body["messages"][1]["content"]
    if wanted(asked) == "observed":
        found = [observed(n, _quoted(words), id=n, text=f"Turn {n}") for n, words in turns_of(asked).items()]
        return json.dumps({"observations": found})
    if wanted(asked) == "whole":
        found = [observed(n, _quoted(words), id=n) for n, words in turns_of(asked).items()]
        return answer(found, drawing(*(step(n, n) for n in turns_of(asked))))
    if wanted(asked) == "drawing":
        ids = [int(n) for n in re.findall(r"^(\d+) ", material, re.MULTILINE)]
        return json.dumps(drawing(*(step(n, n, title=f"Step of {n}") for n in ids)))
    if wanted(asked) == "joining":
        numbers = [int(n) for n in re.findall(r"^(\d+): ", material, re.MULTILINE)]
        steps = [{"steps": [n], "title": f"Joined {n}"} for n in numbers]
        head = dict.fromkeys(("actor", "actor_role", "scenario", "goal"))
        return json.dumps({"title": "All", **head, "phases": [{"name": "All", "goal": None, "steps": steps}]})
    if wanted(asked) == "contrasts":
        return json.dumps({"disagreements": []})
    return json.dumps({"repairs": []})


def gathers(asked: Asked) -> str | None:
    """Merge as models do and the obedient one does not: a step gathers several observations."""
    if wanted(asked) != "drawing":
        return None
    ids = [one["observations"][0] for phase in json.loads(obeys(asked))["phases"] for one in phase["steps"]]
    groups = [ids[start : start + GATHERED] for start in range(0, len(ids), GATHERED)]
    return json.dumps(drawing(*(step(number, *group) for number, group in enumerate(groups, 1))))


def _quoted(words: str) -> str:
    return " ".join(words.split()[:6])


def model(spoil: Callable[[Asked], Answer | str | None] = lambda _: None, *, latency: float = 0.0) -> Answer:
    """Return an obedient model; `spoil` may answer a question instead, with other content or a fault."""

    async def reply(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(latency)
        instead = spoil(asked)
        if callable(instead):
            await instead(asked, writer)
        else:
            content = obeys(asked) if instead is None else instead
            written = min(len(content) // 4, asked.room)
            usage = {"prompt_tokens": len(asked.text) // 4, "completion_tokens": written}
            await complete(asked, writer, content, usage=usage)

    return reply


def long_talk(turns: int = 120, *, matters: int = 5) -> Source:
    """Return an interview of that many turns, each unlike the others, every tenth a question.

    Args:
        matters: sentences of a turn, of six words each, after its first of eight.
    """
    said = [
        (Role.INTERVIEWER, "Nora", f"Question {n}?")
        if n % 10 == 0
        else (
            Role.PARTICIPANT,
            "Yusuf",
            f"Event {n} began when letter {n} arrived. " + f"I was busy with matter {n}. " * matters,
        )
        for n in range(turns)
    ]
    return talk(tuple(said))
