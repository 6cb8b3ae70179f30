"""Maps in the styles of different tools, in six languages, from their pixels to a journey: OCR, layout and engine."""

from __future__ import annotations

import pytest

from journey import grounding
from journey.engines.local.pictures.draw import draw_pictures
from journey.model import Journey, Run
from journey.sources.picture_source import read_picture
from tests import drawn_maps
from tests.local_sources import CountingWork

pytestmark = pytest.mark.slow


def draw(picture: bytes) -> Journey:
    journey = draw_pictures([read_picture("map.png", picture)], CountingWork(), run=Run(engine="local"))
    assert not grounding.verify(journey)
    return journey


def outline(journey: Journey) -> list[tuple[str, list[str]]]:
    return [(phase.name, [step.title for step in phase.steps]) for phase in journey.phases]


def lane(journey: Journey, name: str) -> list[str]:
    return [item.text for step in journey.steps() for item in getattr(step, name)]


def signs(journey: Journey) -> list[int]:
    scores = [step.emotion.score for step in journey.steps() if step.emotion is not None]
    return [0 if abs(score) < 0.25 else 1 if score > 0 else -1 for score in scores]


def test_a_german_slide_with_a_ruled_table_bullets_and_smileys() -> None:
    journey = draw(drawn_maps.german_table())
    assert outline(journey) == [
        ("Bedarf erkennen", ["Abrechnung öffnen", "Verbrauch prüfen"]),
        ("Anbieter vergleichen", ["Tarife vergleichen"]),
        ("Abschließen", ["IBAN angeben"]),
        ("Nutzung", ["Zähler ablesen"]),
    ]
    assert lane(journey, "pains") == ["Die Abrechnung ist kaum zu verstehen", "Die App verlangt ein neues Passwort"]
    assert lane(journey, "opportunities") == ["Grafiken statt Tabellen", "Daten aus dem alten Vertrag übernehmen"]
    assert signs(journey) == [-1, 0, 0, 1]


def test_a_french_export_with_titles_above_rows_and_steps_under_phases() -> None:
    journey = draw(drawn_maps.french_map())
    assert outline(journey) == [
        ("Avant", ["Chercher un trajet", "Acheter le billet"]),
        ("Pendant", ["Aller à la gare", "Monter à bord", "Voyager"]),
        ("Après", ["Donner son avis"]),
    ]
    assert lane(journey, "pains") == ["Les prix changent tout le temps", "Le bus est en retard"]
    scores = [step.emotion.score for step in journey.steps() if step.emotion is not None]
    assert sorted(range(6), key=lambda at: scores[at]) == [2, 1, 3, 0, 5, 4]


def test_a_portuguese_dark_template() -> None:
    journey = draw(drawn_maps.portuguese_map())
    assert [name for name, _ in outline(journey)] == ["Pesquisa", "Visita", "Negociação", "Entrega"]
    assert [step.title for step in journey.steps()] == [
        "Procura anúncios na internet",
        "Testa o carro na rua",
        "Pede um desconto",
        "Recebe as chaves",
    ]
    assert lane(journey, "pains") == ["Fotos antigas", "Preço sem explicação"]
    assert journey.title == "Compra de um carro usado"


def test_a_dutch_map_with_labelled_levels_and_a_scale_beside_its_curve() -> None:
    journey = draw(drawn_maps.dutch_map())
    assert outline(journey) == [
        ("Oriënteren", ["Website bekijken", "Advies vragen"]),
        ("Aanvragen", ["Pakket kiezen", "Formulier invullen"]),
        ("Installeren", ["Monteur ontvangen", "Wifi testen"]),
    ]
    assert signs(journey)[1] == signs(journey)[5] == 1
    assert signs(journey)[3] == -1
    assert lane(journey, "pains") == ["Lange wachttijd in de chat", "Alles moet dubbel"]


def test_a_spreadsheet_with_a_row_for_each_step() -> None:
    journey = draw(drawn_maps.english_sheet())
    assert outline(journey) == [
        ("Join", ["Hears about the gym", "Signs up at the desk"]),
        ("Train", ["Books a class", "Works out"]),
        ("Leave", ["Cancels the contract"]),
    ]
    assert signs(journey) == [1, 1, -1, 1, -1]


def test_a_spanish_wall_with_headings_and_a_legend() -> None:
    journey = draw(drawn_maps.spanish_wall())
    assert outline(journey) == [
        ("Antes", ["Tengo hambre", "Abro la app"]),
        ("Pedido", ["Elijo una pizza", "Pago con tarjeta"]),
        ("Entrega", ["Sigo al repartidor", "Recibo la pizza"]),
    ]
    assert lane(journey, "pains") == ["La app va lenta", "El pago falla"]
    assert lane(journey, "gains") == ["Llega caliente"]
