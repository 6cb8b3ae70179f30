"""Feelings, pains, gains and needs in German, Spanish and French: by frequent words, rather too few than false ones."""

from __future__ import annotations

import pytest

from journey.engines.local import LocalEngine
from journey.engines.local.embeddings import MiniLm
from journey.engines.local.other_languages import Voiced, find_voiced
from journey.engines.local.reading import BY_FREQUENT_WORDS, UNKNOWN_LANGUAGE
from journey.engines.local.sentences import split
from journey.grounding import verify
from journey.model import Journey, Passage, Role, Source
from tests.plain_work import PlainWork


def source(*said: str, language: str, role: Role = Role.PARTICIPANT) -> Source:
    text, passages = "", []
    for number, words in enumerate(said, 1):
        passages.append(Passage(id=f"t{number}", start=len(text), end=len(text) + len(words), role=role))
        text += words + "\n"
    return Source(
        id="s1",
        kind="transcript",
        name="talk.txt",
        sha256="0" * 64,
        language=language,
        text=text,
        passages=tuple(passages),
    )


def voiced(said: str, language: str, *, role: Role = Role.PARTICIPANT) -> Voiced:
    return find_voiced(split([source(said, language=language, role=role)]), language, PlainWork())


def found(said: str, language: str) -> list[tuple[str, str]]:
    return [(one.lane, one.statement.said) for one in voiced(said, language).findings]


def felt(said: str, language: str) -> list[tuple[float, str]]:
    return [(one.score, one.label) for one in voiced(said, language).feelings]


@pytest.mark.parametrize(
    ("language", "said", "expected"),
    [
        ("de", "Ich war total wütend.", [(-2.0, "wütend")]),
        ("de", "Die Übergabe hat mir gut gefallen.", [(1.0, "mir gut gefallen")]),
        ("de", "Das hat mir nicht gefallen.", [(-0.5, "mir nicht gefallen")]),
        ("de", "Mit dem Preis war ich nicht zufrieden.", [(-0.5, "nicht zufrieden")]),
        ("de", "Da war ich ein bisschen verunsichert.", [(-0.7, "verunsichert")]),
        ("es", "Al final me sentí aliviada.", [(1.0, "aliviada")]),
        ("es", "La entrega no me gustó.", [(-0.5, "no me gustó")]),
        ("es", "Estábamos muy preocupados por el retraso.", [(-1.3, "preocupados")]),
        ("fr", "J'étais vraiment soulagée.", [(1.3, "soulagée")]),
        ("fr", "Je n’étais pas content du tout.", [(-0.5, "pas content")]),
        ("fr", "L'accueil ne m'a pas plu.", [(-0.5, "m'a pas plu")]),
    ],
)
def test_a_feeling_is_read_with_its_strength_and_its_negation(
    language: str, said: str, expected: list[tuple[float, str]]
) -> None:
    assert felt(said, language) == expected


@pytest.mark.parametrize(
    ("language", "said", "expected"),
    [
        ("de", "Ich rief dort an, aber niemand ging ans Telefon.", [("pains", "aber niemand ging ans Telefon")]),
        ("de", "Ich konnte das Formular nicht öffnen.", [("pains", "Ich konnte das Formular nicht öffnen")]),
        ("de", "Der Umbau der Seite war sehr umständlich.", [("pains", "Der Umbau der Seite war sehr umständlich")]),
        ("de", "Es gab kein Problem mit der Lieferung.", [("gains", "Es gab kein Problem mit der Lieferung")]),
        ("de", "Ich hätte gern eine Nachricht bekommen.", [("needs", "Ich hätte gern eine Nachricht bekommen")]),
        ("es", "Llamé tres veces y nadie contestó.", [("pains", "Llamé tres veces y nadie contestó")]),
        ("es", "No encontré el botón de pago.", [("pains", "No encontré el botón de pago")]),
        ("es", "No hubo ningún problema con la maleta.", [("gains", "No hubo ningún problema con la maleta")]),
        ("es", "Necesito un recibo por correo.", [("needs", "Necesito un recibo por correo")]),
        ("fr", "Je n'ai jamais reçu la facture.", [("pains", "Je n'ai jamais reçu la facture")]),
        ("fr", "Personne ne savait où aller.", [("pains", "Personne ne savait où aller")]),
        ("fr", "Le guichet était très efficace.", [("gains", "Le guichet était très efficace")]),
        ("fr", "J'aimerais pouvoir payer en ligne.", [("needs", "J'aimerais pouvoir payer en ligne")]),
    ],
)
def test_what_went_wrong_what_was_easy_and_what_is_wished_is_found(
    language: str, said: str, expected: list[tuple[str, str]]
) -> None:
    assert found(said, language) == expected


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "Wenn das passiert wäre, wäre ich verzweifelt gewesen."),
        ("de", "Die Kollegin am Schalter war selbst genervt."),
        ("de", "Vielen Dank, gern."),
        ("de", "Danach bin ich mit dem Bus nach Hause gefahren."),
        ("de", "War das kompliziert für Sie?"),
        ("es", "Si no hubiera llegado, habría estado desesperada."),
        ("es", "Ella estaba furiosa con nosotros."),
        ("es", "Después fui a la tienda del centro."),
        ("fr", "Sans cela j'aurais été désespérée."),
        ("fr", "Elle était fatiguée ce jour-là."),
        ("fr", "Ensuite j'ai pris le bus pour rentrer."),
    ],
)
def test_what_is_supposed_asked_polite_plain_or_another_s_shows_nothing(language: str, said: str) -> None:
    assert (found(said, language), felt(said, language)) == ([], [])


def test_a_strong_word_before_another_only_strengthens_it() -> None:
    assert felt("Die Beraterin war furchtbar nett.", "de") == [(1.0, "nett")]


def test_only_the_customer_and_whoever_speaks_of_oneself_voices_something() -> None:
    said = "Niemand ging ans Telefon und das war ärgerlich."
    for role, expected in ((Role.PARTICIPANT, 1), (Role.INTERVIEWER, 0), (Role.OTHER, 0), (Role.UNKNOWN, 0)):
        assert len(voiced(said, "de", role=role).findings) == expected
    assert voiced(f"Ich stand lange dort. {said}", "de", role=Role.UNKNOWN).findings


def draw(*said: str, language: str) -> Journey:
    journey = LocalEngine(MiniLm()).extract([source(*said, language=language)], PlainWork())
    assert verify(journey) == ()
    return journey


def test_the_map_has_them_in_their_lanes_each_with_its_quote() -> None:
    journey = draw(
        "Zuerst habe ich auf der Seite nach einem Termin gesucht, aber ich konnte den Kalender nicht finden.",
        "Dann habe ich bei der Hotline angerufen. Ich musste eine Stunde warten und war sehr wütend.",
        "Am nächsten Tag bekam ich die Bestätigung und war erleichtert.",
        language="de",
    )
    searched, called, waited, confirmed = journey.steps()
    assert [item.evidence[0].quote for item in searched.pains] == ["aber ich konnte den Kalender nicht finden"]
    assert called.emotion is None
    assert [one.emotion and (one.emotion.score, one.emotion.label) for one in (waited, confirmed)] == [
        (-2.0, "wütend"),
        (1.0, "erleichtert"),
    ]
    assert not any(step.opportunities for step in journey.steps()), "they are worded in English only"
    assert BY_FREQUENT_WORDS in journey.run.warnings


def test_of_a_language_without_listed_words_that_is_said() -> None:
    journey = draw(
        "Ensin etsin ajan verkkosivulta.",
        "Sitten soitin palveluun ja odotin tunnin.",
        "Lopulta sain vahvistuksen.",
        language="fi",
    )
    assert UNKNOWN_LANGUAGE in journey.run.warnings
    assert not any(step.emotion or step.pains for step in journey.steps())


def test_phases_are_named_by_telling_words_and_titles_end_where_the_words_do() -> None:
    journey = draw(
        "Also, ich habe zuerst auf der Webseite das Formular ausgefüllt und abgeschickt.",
        "Ich bin am nächsten Tag mit dem Fahrrad zur Filiale gefahren und habe dort lange gewartet.",
        "Das hat mich wirklich geärgert. Dann habe ich bei der Hotline angerufen.",
        "Ich würde mir wünschen, dass man die Karte in der App bestellen kann.",
        language="de",
    )
    steps = list(journey.steps())
    titles = [step.title for step in steps]
    assert titles[0] == "Ich habe zuerst auf der Webseite das Formular ausgefüllt"
    assert titles[2:] == ["Dann habe ich bei der Hotline angerufen"], "neither a feeling nor a wish is a deed"
    assert not any(title.endswith((" und", " habe", " dort")) for title in titles)
    assert [meeting.channel for step in steps for meeting in step.touchpoints] == ["web", "shop", "phone"]
    small = {"ich", "das", "der", "hat", "habe", "dann", "und"}
    assert all(small.isdisjoint(phase.name.lower().split()) for phase in journey.phases)
