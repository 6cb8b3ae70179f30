"""What reaches a model's server when what identifies people is hidden, and what comes back from it."""

from __future__ import annotations

import hashlib
import json

import pytest

from journey import pipeline, sources
from journey.engines.llm import LlmEngine
from journey.grounding import verify
from journey.model import Journey, Request, Upload
from tests.faults.obedient import model, obeys, turns_of, wanted
from tests.faults.server import Answer, Asked, ModelServer
from tests.faults.talk import answer, drawing, observed, settings, step
from tests.plain_work import PlainWork

SECRETS = (
    "Yusuf",
    "Demir",
    "Nora",
    "yusuf.demir@example.org",
    "90 18 20",
    "4111",
    "DE89",
    "0532 0130",
    "s3cr3t",
    "98765432",
)
TALK = """\
Nora Lind: How did it start, Yusuf?
Yusuf Demir: I wrote from yusuf.demir@example.org and Nora called me at +49 30 90 18 20.
Nora Lind: And then?
Yusuf Demir: I paid with card 4111 1111 1111 1111, then from DE89 3704 0044 0532 0130 00, order 98765432.
Nora Lind: What did the page say?
Yusuf Demir: It sent me to https://shop.example/reset?token=s3cr3t and said Dear Mr Demir, which annoyed me.
"""
INSTRUCTIONS = "The actor is Yusuf Demir, +49 30 90 18 20"
WROTE = "I wrote from yusuf.demir@example.org and Nora called me at +49 30 90 18 20"


def extract(server: ModelServer, talk: str = TALK, *, redact: bool = True, work: PlainWork | None = None) -> Journey:
    engine = LlmEngine(settings(server.url))
    digest = hashlib.sha256(talk.encode()).hexdigest()
    upload = Upload(name="Yusuf Demir.txt", sha256=digest)
    request = Request(uploads=(upload,), engine="openai", instructions=INSTRUCTIONS, redact=redact)
    journey = pipeline.draw(request, lambda _: talk.encode(), work or PlainWork(), engines={"openai": engine})
    assert verify(journey) == ()
    assert journey.sources == (sources.read(upload.name, talk.encode()),)
    return journey


def sent(server: ModelServer) -> str:
    """Return all that reached the server, as text without escapes."""
    return "\n".join(
        json.dumps([asked.path, dict(asked.headers), asked.body], ensure_ascii=False) for asked in server.requests
    )


def leaked(server: ModelServer) -> set[str]:
    return {secret for secret in SECRETS if secret.casefold() in sent(server).casefold()}


def observing(asked: Asked) -> str:
    """Observe and draw in the words that were sent."""
    lines = {number: words for number, words in turns_of(asked).items() if "I wrote" in words}
    ((number, words),) = lines.items()
    found = [
        observed(number, words.removesuffix("."), id=1, text="Writes to Person_B"),
        observed(number, "[phone 1]", "touchpoint", id=2, text="[phone 1]", channel="phone"),
    ]
    return answer(
        found, drawing(step(1, 1, 2, title="Write from [e-mail 1]"), title="Person_B's order", actor="Person_A")
    )


def test_nothing_that_was_hidden_reaches_the_server_and_the_map_has_the_originals_words() -> None:
    with ModelServer(model(lambda asked: observing(asked))) as server:
        journey = extract(server)
    assert len(server.requests) == 1
    assert leaked(server) == set()
    assert "The person you work for asks: The actor is Person_" in server.requests[0].text
    (drawn,) = journey.steps()
    assert [piece.quote for piece in drawn.evidence] == [WROTE, "+49 30 90 18 20"]
    assert drawn.title == "Write from yusuf.demir@example.org"
    assert drawn.touchpoints[0].evidence[0].quote == drawn.touchpoints[0].text == "+49 30 90 18 20"
    assert {journey.title, journey.actor.name if journey.actor else ""} == {"Nora Lind's order", "Yusuf Demir"}
    assert "Person_" not in journey.model_dump_json()


def test_what_is_shown_while_the_model_works_has_the_names_that_were_said() -> None:
    work = PlainWork()
    with ModelServer(model(names_people)) as server:
        extract(server, TALK * 60, work=work)
    assert leaked(server) == set()
    assert len(work.shown) > 2
    assert {title for titles in work.shown for title in titles} >= {"Yusuf Demir calls Nora Lind"}
    assert not any("Person_" in title for titles in work.shown for title in titles)


def names_people(asked: Asked) -> str | None:
    """Word every observation with pseudonyms."""
    if wanted(asked) != "observed":
        return None
    answered = json.loads(obeys(asked))
    return json.dumps({"observations": [one | {"text": "Person_A calls Person_B"} for one in answered["observations"]]})


def test_the_same_talk_reaches_the_server_as_it_is_when_the_user_says_so() -> None:
    with ModelServer(model()) as server:
        extract(server, redact=False)
    assert leaked(server) == set(SECRETS)


def spoils_quotes(asked: Asked) -> Answer | str | None:
    """Misquote every turn, so that the model is asked about its quotes too."""
    if wanted(asked) not in ("observed", "whole"):
        return None
    answered = json.loads(obeys(asked))
    answered["observations"] = [one | {"quote": one["quote"] + " invented"} for one in answered["observations"]]
    return json.dumps(answered)


@pytest.mark.parametrize("spoil", [lambda _: None, spoils_quotes], ids=["sound", "misquoting"])
def test_no_call_of_a_long_talk_says_what_was_hidden(spoil: object) -> None:
    assert callable(spoil)
    with ModelServer(model(spoil)) as server:
        extract(server, TALK * 60)
    assert {"observed"} < {wanted(asked) for asked in server.requests}
    assert leaked(server) == set()
