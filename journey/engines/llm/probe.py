"""Try out, once for each server and model, what it takes; what it takes is then known to all jobs.

Two tiny questions that hold no word of the user's: is an answer held to a schema, and is its length bounded. What a
server refuses by name is left out; where it refuses without naming anything, parameters are left out one by one and
then put back one by one. What is ignored is found out by asking for what does not come out by chance.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from journey.engines.llm.abilities import OPTIONAL, Abilities, Question
from journey.engines.llm.client import ChatClient
from journey.engines.llm.faults import ContentRefused, RequestRefused
from journey.engines.llm.replies import Reply
from journey.errors import EngineRefused, EngineReplyInvalid

NAME = "trying out the server"
VERSION = 1
"""Raise it when servers should be tried out again."""
TASK = "This is a test of a connection."
"""The first words of every such question."""
HELD_ROOM, BOUNDED_ROOM = 400, 16
"""Tokens for the answers: enough for a model that thinks first, and too few for what is asked."""

_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {"colour": {"type": "string", "enum": ["violet", "orange"]}},
    "required": ["colour"],
    "additionalProperties": False,
}
_HELD = Question(
    messages=[{"role": "system", "content": TASK}, {"role": "user", "content": "Name a colour of the rainbow."}],
    schema_name="probe",
    schema=_SCHEMA,
    room=HELD_ROOM,
    is_ours=True,
)
_BOUNDED = Question(
    messages=[{"role": "system", "content": TASK}, {"role": "user", "content": "Count from one to sixty in words."}],
    schema_name="plain",
    schema=None,
    room=BOUNDED_ROOM,
    is_ours=True,
)
QUESTIONS = (_HELD, _BOUNDED)
"""What a server is asked that takes everything; one that does not is asked again, with less."""

Ask = Callable[[Question], Reply]
"""Sends a question as often as it takes, and counts what that costs."""


def try_out(client: ChatClient, ask: Ask) -> Abilities:
    """Return what the server of a client that knows nothing yet takes.

    Raises:
        EngineError: it cannot be asked at all.
    """
    try:
        reply = _held(client, ask)
        if reply and not reply.sent:
            reply = _counted(client, ask, reply)
        _bound(client, ask)
    except ContentRefused:  # a filter that dislikes a test says nothing about what the server takes
        return client.abilities
    return client.abilities.model_copy(update={"tells_usage": reply is None or reply.sent > 0})


def _held(client: ChatClient, ask: Ask) -> Reply | None:
    """Find the strictest form that the server takes and follows; None when its answer did not end."""
    while True:
        try:
            reply = _accepted(client, ask)
        except EngineReplyInvalid:  # it was taken; whether it is followed shows in the first real answer
            return None
        if client.abilities.form == "text" or _has_form(reply):
            return reply
        client.abilities = client.abilities.less_strict()


def _accepted(client: ChatClient, ask: Ask) -> Reply:
    """Ask with ever less until the server accepts it, then put back what was not to blame.

    Raises:
        RequestRefused: there is nothing left to do without.
    """
    guessed: list[str] = []
    while True:
        try:
            reply = ask(_HELD)
        except RequestRefused:
            if not (name := _least_missed(client)):
                raise
            guessed.append(name)
            client.abilities = _less(client.abilities, name)
        else:
            return _put_back(client, ask, [name for name in guessed[:-1] if name in OPTIONAL], reply)


def _least_missed(client: ChatClient) -> str:
    sent = client.abilities.parameters(_HELD, client.model, is_default_service=client.is_default_service)
    return next((name for name in (*OPTIONAL, "response_format") if name in sent), "")


def _less(abilities: Abilities, name: str) -> Abilities:
    return abilities.without(name) if name in OPTIONAL else abilities.less_strict()


def _put_back(client: ChatClient, ask: Ask, names: Sequence[str], reply: Reply) -> Reply:
    """Return the reply to the fullest question that is accepted."""
    for name in names:
        known = client.abilities
        client.abilities = known.with_(name)
        try:
            reply = ask(_HELD)
        except (EngineRefused, EngineReplyInvalid):
            client.abilities = known
    return reply


def _has_form(reply: Reply) -> bool:
    """Tell whether an answer has the form that was asked for: the question invites other colours and bare words."""
    try:
        answer = json.loads(reply.content)
    except (ValueError, RecursionError):
        return False
    if reply.form == "json_schema":
        return answer in ({"colour": "violet"}, {"colour": "orange"})
    return isinstance(answer, dict)


def _counted(client: ChatClient, ask: Ask, reply: Reply) -> Reply:
    """Do without the stream of a server that says only without one what an answer takes: the bill must know."""
    known = client.abilities
    client.abilities = known.without("stream")
    try:
        whole = ask(_HELD)
    except (EngineRefused, EngineReplyInvalid):
        whole = reply
    if not whole.sent:
        client.abilities = known
    return whole


def _bound(client: ChatClient, ask: Ask) -> None:
    """Use the older name of the bound on an answer where the newer is not followed."""
    try:
        reply = ask(_BOUNDED)
    except (RequestRefused, EngineReplyInvalid):
        return
    if reply.received > 2 * BOUNDED_ROOM:
        client.abilities = client.abilities.without("max_completion_tokens")
