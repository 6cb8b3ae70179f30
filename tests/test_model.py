"""What a record refuses, and that its JSON keeps everything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from journey.model import Emotion, Evidence, Item, Journey, Link, Origin, Passage, Phase, Run, Source, Step

SAID = Evidence(source="s1", passage="t1", start=0, end=5, quote="hello")


def test_evidence_spans_exactly_its_quote() -> None:
    with pytest.raises(ValidationError, match="spans 3"):
        Evidence(source="s1", passage="t1", start=0, end=3, quote="hello")


def test_a_quoted_claim_without_a_quote_cannot_be_built() -> None:
    with pytest.raises(ValidationError, match="no evidence"):
        Item(id="i1", text="It is slow", origin=Origin.QUOTED)
    with pytest.raises(ValidationError, match="no evidence"):
        Step(id="p1", title="Call", origin=Origin.QUOTED)
    with pytest.raises(ValidationError, match="no evidence"):
        Emotion(score=-1, label="angry", origin=Origin.QUOTED)


def test_an_inferred_step_shows_no_quote() -> None:
    with pytest.raises(ValidationError, match="inferred"):
        Step(id="p1", title="Call", origin=Origin.INFERRED, evidence=(SAID,))


def test_unknown_fields_are_refused() -> None:
    with pytest.raises(ValidationError):
        Item.model_validate({"id": "i1", "text": "x", "origin": "user", "colour": "red"})


def test_a_link_is_published_as_from_and_to() -> None:
    assert Link(before="a", after="b").model_dump()["from"] == "a"
    assert Link.model_validate({"from": "a", "to": "b"}) == Link(before="a", after="b")


@given(text=st.text(min_size=1, max_size=40))
def test_a_journey_is_the_same_after_json(text: str) -> None:
    quote = Evidence(source="s1", passage="t1", start=0, end=len(text), quote=text)
    step = Step(id="p1", title=text, origin=Origin.QUOTED, evidence=(quote,))
    source = Source(
        id="s1",
        kind="transcript",
        name="a.txt",
        sha256="0" * 64,
        text=text,
        passages=(Passage(id="t1", start=0, end=len(text)),),
    )
    journey = Journey(
        title="T",
        phases=(Phase(id="f1", name="One", origin=Origin.INFERRED, steps=(step,)),),
        links=(Link(before="p1", after="p1", kind="loop"),),
        sources=(source,),
        run=Run(engine="local"),
    )
    assert Journey.model_validate_json(journey.model_dump_json()) == journey
