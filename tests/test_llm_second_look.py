"""What is done for a thorough reading, and for disagreement that no group of observations holds whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from journey.__main__ import main
from journey.engines.llm import LlmEngine, merge
from journey.engines.llm.estimate import estimate, volume
from journey.engines.llm.known import Known
from journey.grounding import verify
from journey.model import Journey, Outcome
from tests.faults.obedient import long_talk, model, obeys, turns_of, wanted
from tests.faults.server import Answer, Asked, ModelServer, fails, says
from tests.faults.talk import observed, settings, talk
from tests.plain_work import PlainWork

MISSED = (5, 55, 115)
"""Turns that the model passes over at its first look."""


def forgets(asked: Asked) -> str | None:
    """Note less than all at first, and at a second look what was missed and something that was noted already."""
    if wanted(asked) != "observed":
        return None
    noted = json.loads(obeys(asked))["observations"]
    is_second = "Another analyst" in asked.text
    wants = [one for one in noted if (one["turn"] in MISSED) == is_second]
    return json.dumps({"observations": [*wants, *noted[:1]] if is_second else wants})


def extract(server: ModelServer, *, thorough: bool = True, turns: int = 120) -> Journey:
    engine = LlmEngine(settings(server.url), at_once=2)
    return engine.extract([long_talk(turns)], PlainWork(), thorough=thorough)


def cited(journey: Journey) -> set[str]:
    return {piece.passage for step in journey.steps() for piece in step.evidence}


def test_a_second_look_finds_what_the_first_has_missed_and_repeats_nothing() -> None:
    with ModelServer(model(forgets)) as server:
        once, twice = extract(server, thorough=False), extract(server)
    missed = {f"t{number}" for number in MISSED}
    assert missed & cited(once) == set()
    assert missed <= cited(twice)
    assert verify(twice) == ()
    assert len(list(twice.steps())) == len(list(once.steps())) + len(MISSED)
    assert twice.run.dropped == 0


def test_what_was_found_is_told_to_the_second_look() -> None:
    with ModelServer(model(forgets)) as server:
        extract(server)
    second = [asked for asked in server.requests if "Another analyst" in asked.text]
    assert len(second) == 2
    assert sum("FOUND\n2 step: Turn 2\n" in asked.text for asked in second) == 1


def test_a_short_talk_gets_a_second_look_too() -> None:
    with ModelServer(model()) as server:
        journey = LlmEngine(settings(server.url)).extract([talk()], PlainWork(), thorough=True)
    assert [wanted(asked) for asked in server.requests] == ["observed", "observed", "drawing"]
    assert journey.outcome is Outcome.COMPLETE


@pytest.mark.parametrize(
    "fault", [says(None, refusal="no"), says("{", finish="length"), fails(413), says("I would rather talk")]
)
def test_a_second_look_that_fails_costs_nothing_that_was_found_and_is_told(fault: Answer) -> None:
    def fails_at_second(asked: Asked) -> Answer | str | None:
        return fault if "Another analyst" in asked.text else None

    with ModelServer(model(fails_at_second)) as server:
        journey = extract(server)
    assert len(list(journey.steps())) == 108
    assert any("were looked at once only" in warning for warning in journey.run.warnings)


def test_the_estimate_counts_the_second_look() -> None:
    for source in (talk(), long_talk(120), long_talk(1500)):
        once, twice = (estimate([volume(source)], settings(), thorough=thorough) for thorough in (False, True))
        assert once.calls < twice.calls
        assert once.tokens < twice.tokens
    with ModelServer(model(forgets)) as server:
        extract(server)
    expected = estimate([volume(long_talk(120))], settings(), thorough=True, known=Known(takes=True))
    assert expected.calls == len(server.requests)


def test_disagreement_between_groups_of_observations_becomes_a_counter(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pain of turn 2 and a gain of turn 119 are merged in different groups, and still meet."""
    monkeypatch.setattr(merge, "MOST", 40)

    def feels(asked: Asked) -> str | None:
        if wanted(asked) == "observed":
            noted = json.loads(obeys(asked))["observations"]
            felt = [
                observed(n, f"Event {n - 1} began", kind, id=1000 + n, text=f"About {n}")
                for n, kind in ((2, "pain"), (119, "gain"))
                if n in turns_of(asked)
            ]
            return json.dumps({"observations": [*noted, *felt]})
        if wanted(asked) == "contrasts":
            told = dict(line.split(" ", 1) for line in asked.text.splitlines() if "About" in line)
            ids = {text: int(number) for number, text in told.items()}
            assert set(ids) == {"pain: About 2", "gain: About 119"}
            pair = {"observation": ids["gain: About 119"], "against": ids["pain: About 2"]}
            return json.dumps({"disagreements": [pair]})
        return None

    with ModelServer(model(feels)) as server:
        journey = extract(server, thorough=False)
    (pain,) = [item for step in journey.steps() for item in step.pains]
    (gain,) = [item for step in journey.steps() for item in step.gains]
    assert [piece.quote for piece in pain.counter] == ["Event 118 began"]
    assert [piece.quote for piece in gain.counter] == ["Event 1 began"]


def test_a_search_for_disagreement_that_fails_costs_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge, "MOST", 40)

    def refuses(asked: Asked) -> Answer | str | None:
        if wanted(asked) == "contrasts":
            return says(None, refusal="no")
        if wanted(asked) == "observed":
            return obeys(asked).replace('"kind": "step"', '"kind": "pain"', 20)
        return None

    with ModelServer(model(refuses)) as server:
        journey = extract(server, thorough=False)
    assert journey.outcome is Outcome.COMPLETE
    assert any(wanted(asked) == "contrasts" for asked in server.requests)


def test_the_shell_asks_for_a_second_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "talk.txt").write_text(talk().text, encoding="utf-8")
    monkeypatch.setenv("JOURNEY_HOME", str(tmp_path / "home"))
    with ModelServer(model()) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        assert main(["extract", str(tmp_path / "talk.txt"), "--thorough"]) == 0
    assert sum("Another analyst" in asked.text for asked in server.requests) == 1
    assert capsys.readouterr().out
