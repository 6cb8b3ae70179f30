"""Spreadsheets of journey maps as teams and their tools lay them out: each comes in right, or is refused in words."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from journey.errors import JourneyFileError
from journey.imports import read_journey
from journey.model import Journey
from tests.test_imports_tables import items, phases, read, scores


def test_groups_of_lanes_beside_the_lanes_and_two_merged_heads() -> None:
    sheet = (book := Workbook()).active
    for row in (
        ["Customer Journey Map - Mobile contract"],
        [],
        ["", "", "Discover", None, "Buy", None],
        ["", "", "See ad", "Compare tariffs", "Order online", "Wait for SIM"],
        ["Customer", "Customer actions", "sees poster", "opens tabs\nmakes a list", "fills form", "checks mailbox"],
        [None, "Thoughts", None, "Which one is cheapest?", "Is it safe?", None],
        [None, "Emotions", 3, 2, 4, 1],
        ["Backstage", "Systems", None, "CMS", "CRM\nBilling", None],
        ["Insights", "Pain points", None, "Too many", "Form times out", None],
    ):
        sheet.append(row)
    for merged in ("C3:D3", "E3:F3", "A5:A7"):
        sheet.merge_cells(merged)
    book.save(out := io.BytesIO())
    journey = read_journey("map.xlsx", out.getvalue())
    assert journey.title == "Customer Journey Map - Mobile contract"
    assert phases(journey) == {"Discover": ["See ad", "Compare tariffs"], "Buy": ["Order online", "Wait for SIM"]}
    assert items(journey, "actions")[1] == ["opens tabs", "makes a list"]
    assert items(journey, "Systems") == [[], ["CMS"], ["CRM", "Billing"], []]
    assert scores(journey) == [0, -1, 1, -2]


GERMAN = """;Suchen;;Buchen;
Schritt;Anzeige sehen;Vergleichen;Formular;Warten
Was tut der Kunde?;schaut TV;"öffnet 5 Tabs
macht Liste";füllt aus;wartet
Was denkt der Kunde?;;Welches ist günstig?;;Kommt das noch?
Wie fühlt sich der Kunde?;neutral;unsicher;genervt;😡
Kontaktpunkte / Kanäle;TV;Web;Web;E-Mail
Probleme & Hürden;;zu viele;Formular bricht ab;
Chancen;;;Zwischenspeichern;Tracking
"""
SPANISH = """Etapa,Descubrir,Comprar
Pasos,Ver anuncio,Pagar
¿Qué hace el cliente?,mira la tele,paga con tarjeta
¿Qué piensa?,,¿Es seguro?
¿Cómo se siente?,neutral,enfadada
Puntos de dolor,,Tarjeta rechazada
"""
ENGLISH = """Stage,Awareness,Purchase
What is the customer doing?,Sees an ad,Pays
What is the customer thinking?,Hm,Finally
What is the customer feeling?,neutral,happy
What are the pain points?,,Card refused
How can we improve?,,More payment methods
"""


def test_lanes_that_are_questions() -> None:
    german, spanish, english = read(GERMAN), read(SPANISH), read(ENGLISH)
    assert phases(german) == {"Suchen": ["Anzeige sehen", "Vergleichen"], "Buchen": ["Formular", "Warten"]}
    assert items(german, "actions") == [["schaut TV"], ["öffnet 5 Tabs", "macht Liste"], ["füllt aus"], ["wartet"]]
    assert scores(german) == [0, -1, -1, -2]
    assert (items(spanish, "thoughts"), scores(spanish)) == ([[], ["¿Es seguro?"]], [0, -2])
    assert items(spanish, "actions") == [["mira la tele"], ["paga con tarjeta"]]
    assert items(english, "opportunities") == [[], ["More payment methods"]]
    assert items(english, "pains") == [[], ["Card refused"]]


def test_phases_down_with_the_steps_of_each_in_one_cell() -> None:
    journey = read(
        "Etapa,Pasos,Acciones,Emociones,Puntos de dolor\n"
        'Descubrir,"Ver anuncio\nBuscar","mira la tele\nbusca",neutral,\n'
        "Comprar,Pagar,paga,enfadado,Tarjeta rechazada\n"
    )
    assert phases(journey) == {"Descubrir": ["Ver anuncio", "Buscar"], "Comprar": ["Pagar"]}
    assert items(journey, "actions") == [["mira la tele"], ["busca"], ["paga"]]
    assert scores(journey) == [0, None, -2]
    assert any("could not be told apart" in warning for warning in journey.run.warnings)


@pytest.mark.parametrize(
    ("rows", "label"),
    [
        ("Positive,x,,\nNeutral,,x,\nNegative,,,x\n", "Positive"),
        ("Emotions 🙂,curious,,\nEmotions 😐,,meh,\nEmotions 🙁,,,angry\n", "curious"),
        ("Emotion: positive,●,,\nEmotion: neutral,,●,\nEmotion: negative,,,●\n", "Emotion: positive"),
    ],
)
def test_a_curve_drawn_by_hand_in_a_row_for_each_level(rows: str, label: str) -> None:
    journey = read(f"Phase,Search,Search,Buy\nStep,See ad,Compare,Pay\n{rows}Pains,,too many,refused\n")
    assert scores(journey) == [1, 0, -1]
    first = next(journey.steps())
    assert first.emotion is not None
    assert first.emotion.label == label
    assert items(journey, "pains") == [[], ["too many"], ["refused"]]


def test_the_lanes_of_the_tools_that_draw_maps() -> None:
    uxpressia = read(
        "Journey Map Online shopping\nPersona,Anna Schmidt\nStages,Awareness,Research\nUser goals,Find a gift,Choose\n"
        'Process,Sees an ad,"Reads reviews\nCompares"\nChannels,Instagram,Website\nProblems,,None\nExperience,6,2\n'
    )
    assert (uxpressia.title, uxpressia.actor and uxpressia.actor.name) == (
        "Journey Map Online shopping",
        "Anna Schmidt",
    )
    assert items(uxpressia, "actions") == [["Sees an ad"], ["Reads reviews", "Compares"]]
    smaply = read(
        "Lane,Search,,Purchase,\nSteps,See ad,Compare,Pay,Receive\nEmotional journey,0,-1,-2,2\n"
        "Channels,TV,Web,Web,Post\nText lane,watches,compares,pays,opens\n"
    )
    assert phases(smaply) == {"Search": ["See ad", "Compare"], "Purchase": ["Pay", "Receive"]}
    assert scores(smaply) == [0, -1, -2, 2]
    assert items(smaply, "Text lane")[3] == ["opens"]
    moods = read(
        "Phases,Steps,Touchpoints,Departments,Moods\nOrient,Search,Website,Marketing,Happy\nBuy,Pay,Shop,Sales,Sad\n"
    )
    assert (scores(moods), items(moods, "Departments")) == ([1, -1], [["Marketing"], ["Sales"]])


def test_facts_about_the_map_above_phases_that_have_no_label() -> None:
    journey = read(
        "CUSTOMER JOURNEY MAP,,\nPersona,Jumping Jamie,\nScenario,Switch plan,\nExpectations,Clear information,\n"
        ",PHASE 1,PHASE 2\n,Define,Compare\nActions,Reviews plan,Researches\nMindset,I pay too much,\nEmotions,😟,🙂\n"
    )
    assert (journey.actor and journey.actor.name, journey.scenario) == ("Jumping Jamie", "Switch plan")
    assert [item.text for item in journey.expectations] == ["Clear information"]
    assert phases(journey) == {"PHASE 1": ["Define"], "PHASE 2": ["Compare"]}
    assert items(journey, "needs") == [[], []]


def test_steps_numbered_across_with_empty_columns_between() -> None:
    journey = read(",Step 1: Search,,Step 2: Pay,\nDoing,googles,,pays,\nFeeling,good,,bad,\nPains,,,refused,\n")
    assert phases(journey) == {"Journey": ["Step 1: Search", "Step 2: Pay"]}
    assert (items(journey, "actions"), scores(journey)) == ([["googles"], ["pays"]], [1, -1])


def test_of_two_maps_in_a_sheet_the_first_is_taken_and_the_user_is_told() -> None:
    one = "Persona: {}\nPhase,Search,Pay\nActions,{}\nPains,{}\n"
    journey = read(
        one.format("Anna", "googles,pays", "slow,refused") + "\n" + one.format("Ben", "asks,cash", "rude,none")
    )
    assert items(journey, "actions") == [["googles"], ["pays"]]
    assert journey.actor is not None
    assert journey.actor.name == "Anna"
    assert any("more than one map" in warning for warning in journey.run.warnings)


@pytest.mark.parametrize(
    "text",
    [
        "I was so confused\nLogin page\nToo many fields\n",
        "Frame,Type,Text,Color\nSearch,sticky_note,Too many results,red\nPay,sticky_note,Refused,red\n",
        "Name,Amount,Date\nAnna,3,2024\nBen,4,2025\n",
    ],
)
def test_notes_of_a_whiteboard_and_other_tables_are_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(JourneyFileError, match=r"Give it a row or a column with labels.*add a picture instead"):
        read(text)


def test_a_layout_is_read_the_same_with_empty_rows_and_columns_around_it() -> None:
    def padded(text: str) -> Journey:
        return read(
            "\n;;\n" + "\n".join(f";{line}" if not line.startswith("macht") else line for line in text.splitlines())
        )

    assert phases(padded(GERMAN)) == phases(read(GERMAN))
    assert scores(padded(GERMAN)) == scores(read(GERMAN))
