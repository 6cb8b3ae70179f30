"""Who asks and who tells: the user's word, then labels, then questions."""

from __future__ import annotations

import pytest

from journey.model import Role
from journey.sources import read
from journey.sources.roles import role_by_label

I, P, O, U = Role.INTERVIEWER, Role.PARTICIPANT, Role.OTHER, Role.UNKNOWN  # noqa: E741


def roles(text: str, corrections: dict[str, Role] | None = None) -> dict[str, Role]:
    return {each.name: each.role for each in read("a.txt", text.encode(), roles=corrections).participants}


@pytest.mark.parametrize(
    ("labels", "role"),
    [
        ("Interviewer|INTERVIEWER 2|Moderator|Researcher|UX Researcher|Host|Facilitator|Anna (interviewer)|Q|I", I),
        (
            "Interviewerin|Moderatorin|Enquêteur|Entrevistadora|Intervistatore|интервьюер|면접관|インタビュアー|主持人",
            I,
        ),
        ("Participant 3|participant_12|P1|P07|Respondent|Interviewee|Customer|Patient|User|Guest|Client|R2", P),
        ("Teilnehmerin|Kunde|Patientin|Participante|Utilisateur|Клиент|참가자 1|参加者|Katılımcı|Deelnemer", P),
        ("Agent Tom|Support Lisa", O),
        (
            "Agent|Support|Support Agent|Customer Support|System|Bot|Chatbot|Assistant|Kundenservice|상담원|客服",
            O,
        ),
    ],
)
def test_labels_that_state_a_role(labels: str, role: Role) -> None:
    assert {label: role_by_label(label) for label in labels.split("|")} == dict.fromkeys(labels.split("|"), role)


@pytest.mark.parametrize(
    "label",
    ["Maria", "Dr. Hostetler", "Project Manager", "Marketing", "Speaker 1", "Doctor", "id1", "Patient Coordinator"],
)
def test_names_state_no_role(label: str) -> None:
    assert role_by_label(label) is None


def test_the_other_side_of_an_interviewer_is_the_participant() -> None:
    assert roles("Interviewer: Why?\nMaria: Because.\nInterviewer: And?\nMaria: So.") == {"Interviewer": I, "Maria": P}


def test_in_a_support_chat_the_agent_is_other() -> None:
    text = "Agent: How can I help?\nMaria: My lamp broke.\nSystem: Order found.\nAgent: Which one?\nMaria: The blue."
    assert roles(text) == {"Agent": O, "Maria": P, "System": O}


ASKING = "".join(f"Ana: What happened then, number {n}?\nBen: I waited for day {n}.\n" for n in range(6))


def test_who_asks_nearly_all_questions_is_the_interviewer() -> None:
    assert roles(ASKING) == {"Ana": I, "Ben": P}


def test_to_be_asked_to_tell_is_to_be_asked() -> None:
    text = "Ana: So tell me about the trip.\nBen: We left.\n" + "".join(
        f"Ana: And {n}?\nBen: Day {n}.\n" for n in "abc"
    )
    assert roles(text) == {"Ana": I, "Ben": P}


def test_three_questions_are_not_enough_to_tell() -> None:
    assert roles("Ana: What?\nBen: This.\nAna: Why?\nBen: So.\nAna: When?\nBen: Now.") == {"Ana": U, "Ben": U}


def test_when_both_ask_nobody_is_the_interviewer() -> None:
    text = "".join(f"Ana: Was it {n}?\nBen: Is it {n}?\n" for n in range(6))
    assert set(roles(text).values()) == {U}


def test_the_user_has_the_last_word() -> None:
    assert roles(ASKING, {"Ana": P, "Ben": O}) == {"Ana": P, "Ben": O}
    passages = read("a.txt", ASKING.encode(), roles={"Ben": I}).passages
    assert {passage.role for passage in passages if passage.speaker == "Ben"} == {I}


def test_a_lone_letter_is_an_initial_unless_somebody_asks() -> None:
    assert roles("A: We left.\nB: We stayed.\nA: I see.\nB: Yes.") == {"A": U, "B": U}
    assert roles("I: Why?\nB: So.\nI: And?\nB: Yes.") == {"I": I, "B": P}


def test_participants_are_counted() -> None:
    source = read("a.txt", b"Anna: One two.\nBen: Three.\nAnna: Four five six.\nBen: Seven.")
    assert [(each.name, each.turns, each.words) for each in source.participants] == [("Anna", 2, 5), ("Ben", 2, 2)]
