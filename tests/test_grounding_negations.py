"""A claim denies what its quote denies, and no more: letters that match cannot tell."""

from __future__ import annotations

import pytest

from journey.grounding import negations_stand
from journey.model import Evidence


def stands(claim: str, *quotes: str) -> bool:
    evidence = [Evidence(source="s1", passage="t1", start=0, end=len(quote), quote=quote) for quote in quotes]
    return negations_stand(claim, evidence)


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Gets the confirmation", "I never got the confirmation"),
        ("Gets a refund", "I never got my refund"),
        ("Logs in", "I couldn't log in"),
        ("Finds the button", "I couldn't find the button"),
        ("Was happy", "I was not happy"),
        ("No parcel arrived", "The parcel arrived on Friday"),
        ("Never calls the bank", "I call the bank every week"),
        ("Trusts the bank", "I don’t trust the bank at all"),
        ("Zahlt die Rechnung", "Ich habe die Rechnung nicht bezahlt"),
        ("Le colis n'est pas arrivé", "Le colis est arrivé lundi"),
        ("Recibe la factura", "Nunca recibí la factura"),
    ],
)
def test_a_denial_that_was_dropped_or_added_is_found(claim: str, quote: str) -> None:
    assert not stands(claim, quote)


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Calls the hotline", "I called the hotline"),
        ("No confirmation came", "I never got the confirmation"),
        ("Keine Antwort erhalten", "ich habe nie eine Antwort bekommen"),
        ("Not only slow", "Not only was it slow"),
    ],
)
def test_a_claim_that_says_the_same_stands(claim: str, quote: str) -> None:
    assert stands(claim, quote)


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Calls the shop", "I couldn't find it so I called the shop"),
        ("Waits twenty minutes", "I waited twenty minutes and nobody answered"),
        ("Likes the app", "No, I really liked the app"),
        ("Nobody answered", "I waited twenty minutes and nobody answered"),
    ],
)
def test_a_denial_in_another_clause_is_not_the_claim_s(claim: str, quote: str) -> None:
    assert stands(claim, quote)


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Fails to log in", "I couldn't log in"),
        ("Unclear instructions", "The instructions weren't clear"),
        ("Website missing price", "The website didn't show the price"),
        ("Useless confirmation", "The confirmation didn't help"),
    ],
)
def test_a_word_that_denies_by_its_meaning_is_a_denial_of_its_own(claim: str, quote: str) -> None:
    assert stands(claim, quote)


def test_where_no_word_is_shared_nothing_is_judged() -> None:
    assert stands("Annoyed", "that wasn't nice")
    assert stands("", "that wasn't nice")
    assert stands("Calls the hotline")


def test_any_of_several_quotes_may_say_it() -> None:
    assert stands("Finds the button", "I couldn't find the button", "Then I found the button after all")
