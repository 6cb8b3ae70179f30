"""Tables of journey maps as people lay them out: ours, lanes down, steps down, in many languages and dialects."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from journey import grounding
from journey.exports import FORMATS
from journey.imports import read_journey
from journey.imports.vocabulary import lane_of
from journey.model import Journey, Origin
from tests.sample_journeys import rich_journey

SOFA = """Customer journey: Buying a sofa;;;;
Persona: Anna;;;;
;Awareness;;Purchase;
Step;See advert;Search;Visit shop;Pay
Customer actions;Watches TV;Googles;Drives there;Waits in queue
Touchpoints;TV;Website;Shop;Till
Emotions;2;4;5;1
Pain points;;"Too many results
No prices";;Long queue
Backstage;;;Sales staff;
"""


def phases(journey: Journey) -> dict[str, list[str]]:
    return {phase.name: [step.title for step in phase.steps] for phase in journey.phases}


def items(journey: Journey, lane: str) -> list[list[str]]:
    return [[item.text for name, item in step.items() if name == lane] for step in journey.steps()]


def scores(journey: Journey) -> list[float | None]:
    return [step.emotion.score if step.emotion else None for step in journey.steps()]


def read(text: str, *, encoding: str = "utf-8") -> Journey:
    journey = read_journey("map.csv", text.encode(encoding))
    assert grounding.verify(journey) == ()
    return journey


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_lanes_down_and_steps_across_in_any_dialect(delimiter: str, encoding: str) -> None:
    journey = read(SOFA.replace(";", delimiter), encoding=encoding)
    assert (journey.title, journey.actor and journey.actor.name) == ("Buying a sofa", "Anna")
    assert phases(journey) == {"Awareness": ["See advert", "Search"], "Purchase": ["Visit shop", "Pay"]}
    assert items(journey, "actions")[0] == ["Watches TV"]
    assert items(journey, "pains") == [[], ["Too many results", "No prices"], [], ["Long queue"]]
    assert items(journey, "Backstage")[2] == ["Sales staff"]
    assert scores(journey) == [-1, 1, 2, -2]


def test_phases_across_without_steps_are_steps_named_by_what_is_done() -> None:
    journey = read(
        "Stages,Discover,Decide\nDoing,Reads a blog,Signs\nThinking,Is it good?,Done\nFeeling,curious,relieved\n"
    )
    assert phases(journey) == {"Discover": ["Reads a blog"], "Decide": ["Signs"]}
    assert scores(journey) == [None, 1]


def test_a_feeling_in_words_that_nobody_can_score_is_kept_as_words() -> None:
    """No invented point: the curve has a gap there."""
    journey = read("Stages,Discover,Decide\nDoing,Reads,Signs\nFeeling,curious,relieved\n")
    assert items(journey, "Feeling") == [["curious"], []]


def test_a_row_for_each_step() -> None:
    journey = read(
        "Phase,Touchpoint,Channel,Emotion,Pains,Opportunities\n"
        "Aware,Advert,TV,🙂,,More ads\n"
        'Aware,Search,Web,😐,"• slow • confusing",\n'
        "Buy,Shop,Store,😡,Queue,More tills\n"
    )
    assert phases(journey) == {"Aware": ["Advert", "Search"], "Buy": ["Shop"]}
    assert scores(journey) == [1, 0, -2]
    assert items(journey, "pains") == [[], ["slow", "confusing"], ["Queue"]]
    assert [one.channel for step in journey.steps() for one in step.touchpoints] == ["TV", "Web", "Store"]


def test_a_row_without_a_step_goes_on_with_the_one_before() -> None:
    journey = read("Step,Pains,Gains\nCall,Slow,\n,Rude,Free\nWait,,\n")
    assert items(journey, "pains") == [["Slow", "Rude"], []]


def test_quotes_with_marks_speaker_and_time_become_evidence() -> None:
    journey = read('Phase\tStep\tQuote\nFind\tSearch\t"“That was a lot” (Anna, 0:12)"\n')
    (step,) = journey.steps()
    assert (step.origin, [quote.quote for quote in step.evidence]) == (Origin.QUOTED, ["That was a lot"])
    (passage,) = journey.sources[0].passages
    assert (passage.speaker, passage.time) == ("Anna", 12)


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("Phase,Schritt,Handlung,Schmerzpunkte", "cp1252"),
        ("Étape du parcours,Étape,Actions,Irritants", "utf-8"),
        ("Fase,Paso,Acciones,Puntos de dolor", "utf-8"),
        ("Fase,Passo,Azioni,Problemi", "utf-8"),
        ("Fase,Passo,Ações,Dores", "utf-8"),
        ("Fase,Stap,Acties,Pijnpunten", "utf-8"),
        ("Etap,Krok,Działania,Bolączki", "utf-8"),
        ("Этап,Шаг,Действия,Боли", "cp1251"),
        ("Етап,Крок,Дії,Болі", "utf-8"),
        ("阶段,步骤,行动,痛点", "gb18030"),
        ("フェーズ,ステップ,行動,課題", "utf-8"),
        ("단계,스텝,행동,불편", "utf-8"),
        ("المرحلة,الخطوة,الإجراءات,نقاط الألم", "utf-8"),
    ],
)
def test_labels_are_known_in_many_languages(head: str, encoding: str) -> None:
    names = head.split(",")
    assert [lane_of(name) for name in names] == ["phase", "step", "actions", "pains"]
    rows = "\n".join(f"{names[0]} 1,{names[1]} {number},{names[2]},{names[3]}" for number in range(1, 6))
    journey = read(f"{head}\n{rows}\n", encoding=encoding)
    assert items(journey, "pains") == [[names[3]]] * 5


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1", "3", "5"], [-2, 0, 2]),
        (["-2", "0", "2"], [-2, 0, 2]),
        (["+1", "-1", "0"], [1, -1, 0]),
        (["1", "10", ""], [-2, 2, None]),
        (["0 %", "50 %", "100 %"], [-2, 0, 2]),
        (["-5", "5", "0"], [-2, 2, 0]),
        (["furious (-1.5)", "", "glad (+1)"], [-1.5, None, 1]),
        (["very satisfied", "neutral", "dissatisfied"], [2, 0, -1]),
    ],
)
def test_numbers_are_feelings_on_the_scale_that_all_of_them_fit(cells: list[str], expected: list[float | None]) -> None:
    rows = "".join(f'Step {number},does it,"{cell}"\n' for number, cell in enumerate(cells))
    assert scores(read(f"Step,Actions,Emotion\n{rows}")) == expected


def test_a_workbook_with_merged_heads_and_a_lane_of_two_rows() -> None:
    book = Workbook()
    sheet = book.active
    sheet["A1"] = "Journey map of a clinic visit"
    sheet.merge_cells("A1:E1")
    sheet["B3"], sheet["D3"] = "Before", "During"
    sheet.merge_cells("B3:C3")
    sheet.merge_cells("D3:E3")
    rows = [
        ("", "Book", "Travel", "Wait", "See the doctor"),
        ("Actions", "calls", "takes a bus", "sits", "talks"),
        ("Feelings", 3, -1, -3, 2),
        ("Pain points", None, "late", "long", None),
        (None, None, "full", None, None),
    ]
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    journey = read_journey("visit.xlsx", out.getvalue())
    assert journey.title == "Journey map of a clinic visit"
    assert phases(journey) == {"Before": ["Book", "Travel"], "During": ["Wait", "See the doctor"]}
    assert items(journey, "pains") == [[], ["late", "full"], ["long"], []]
    assert scores(journey) == [2, -0.67, -2, 1.33]


def test_the_columns_of_cjml_tables_are_known() -> None:
    head = "TP ID,Phase,Actor who initiated,Initiator's label,Channel,Comment,UX description,UX rating\n"
    journey = read(head + "1,Start,Carl,Creates an account,web,,fine,satisfied\n2,Start,Shop,Sends mail,email,late,,\n")
    first, second = journey.steps()
    assert (first.title, first.role, first.emotion and first.emotion.label) == ("Creates an account", "Carl", "fine")
    assert [note.text for note in second.notes] == ["late"]


def test_a_row_for_each_entry_whose_kind_a_column_names() -> None:
    journey = read(
        "Phase,Step,Category,Description\n"
        "Find,Search,Pain point,Too many results\nFind,Search,Emotion,4\nFind,Search,Backstage,Index\n"
        "Find,Search,Pain point,No prices\nBuy,Pay,Emotion,1\nBuy,Pay,Opportunity,A faster till\n"
    )
    assert phases(journey) == {"Find": ["Search"], "Buy": ["Pay"]}
    assert items(journey, "pains") == [["Too many results", "No prices"], []]
    assert items(journey, "Backstage") == [["Index"], []]
    assert scores(journey) == [1, -2]


def test_our_own_tidy_table_may_lose_columns_and_change_their_order() -> None:
    journey = read("Lane,Text,Step,Phase\nPains,Slow,Call,Find\nPains,Rude,Call,Find\nStep,Wait,Wait,Find\n")
    assert phases(journey) == {"Find": ["Call", "Wait"]}
    assert items(journey, "pains") == [["Slow", "Rude"], []]


def test_a_formula_that_was_kept_from_running_is_the_words_it_was() -> None:
    text = FORMATS["csv"].to_bytes(rich_journey()).replace(b"Pushes the bike to work", b"'=1+1")
    assert items(read_journey("x.csv", text), "actions")[0] == ["=1+1"]
