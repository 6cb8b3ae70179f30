"""How steps lead to one another."""

from __future__ import annotations

from journey.engines.local.links import find_links
from journey.engines.local.sentences import split
from journey.engines.local.steps import find_steps
from tests.talks import prose


def links(text: str) -> list[tuple[str, str, str, str | None]]:
    """Links by the first words of the titles they join."""
    sentences = split([prose(text)])
    steps = find_steps(sentences, language="en")
    name = [step.title.split()[0] for step in steps]
    return [(name[before], name[after], kind, label) for before, after, kind, label in find_links(steps, sentences)]


def test_one_line_of_steps_needs_no_links() -> None:
    assert links("The clerk opens the file. He signs it. He returns it.") == []


def test_if_and_otherwise_part_and_meet_again() -> None:
    found = links("He opens it. If it is complete, he signs it, otherwise he rejects it. He closes it.")
    assert found == [
        ("Opens", "Signs", "branch", "If it is complete"),
        ("Opens", "Rejects", "branch", "otherwise"),
        ("Signs", "Closes", "next", None),
        ("Rejects", "Closes", "next", None),
    ]


def test_or_parts_before_the_last_step_alone() -> None:
    found = links("The clerk opens the file. The clerk signs the file or the clerk rejects the file.")
    assert found == [("Opens", "Signs", "branch", None), ("Opens", "Rejects", "branch", None)]


def test_meanwhile_runs_beside_what_was_told_last() -> None:
    found = links("The clerk opens the file. He signs it. Meanwhile, the cashier prints a receipt.")
    assert ("Opens", "Prints", "next", None) in found
    assert not any(before == "Signs" for before, *_ in found)


def test_again_leads_back_to_the_step_in_the_same_words() -> None:
    found = links("The clerk checks the file. The customer corrects it. The clerk checks the file again.")
    assert ("Checks", "Checks", "loop", None) in found
