"""Steps of a text that says how things go: "the clerk checks the form", "an order must be placed".

What hangs on "if" is a condition and what hangs on "that" a content, so neither is a step; "when", "once" and
"after" lead in something that does happen.
"""

from __future__ import annotations

from journey.engines.local.clauses import Clause
from journey.engines.local.lexicon import words
from journey.engines.local.readings import Reading
from journey.engines.local.tokens import Tag

_HAPPENS = frozenset({"when", "whenever", "once", "after", "as soon as", "while", "whereas", "until"})


def is_step(reading: Reading, clause: Clause) -> bool:
    """Whether the clause of a prescribing text tells a step."""
    head = reading.tokens[clause.head]
    acts = head.tag is Tag.VERB or (head.tag is Tag.DO and clause.object is not None)
    if not acts or _is_aside(reading, clause) or clause.negated or clause.kind in ("infinitive", "participle"):
        return False
    if clause.kind == "gerund":
        return _is_said_to_happen(reading, clause)
    return _may_open(reading, clause) and not _is_state(reading, clause)


def _is_aside(reading: Reading, clause: Clause) -> bool:
    """Whether the clause stands in brackets."""
    marks = [token.text for token in reading.tokens[: clause.head] if token.text in ("(", ")")]
    return bool(marks) and marks[-1] == "("


def _is_said_to_happen(reading: Reading, clause: Clause) -> bool:
    """'After returning to the station': what comes after "after" does happen."""
    tells_more = clause.last + 1 < len(reading.tokens) and reading.tokens[clause.last + 1].tag is not Tag.POINT
    return clause.first > 0 and reading.tokens[clause.first - 1].lower == "after" and tells_more


def _may_open(reading: Reading, clause: Clause) -> bool:
    if clause.opener in _HAPPENS:
        return clause.modal is None
    goes_on = clause.opener == "where" and reading.tokens[clause.start - 1].text == ","
    return goes_on or clause.opener in (None, "who", "which")


def _is_state(reading: Reading, clause: Clause) -> bool:
    """Whether the verb tells how something is, or only that the process begins, goes on or ends."""
    head = reading.tokens[clause.head]
    if _is_course(reading, clause) or reading.denies_subject(clause):
        return True
    if clause.passive:
        return head.lower in words("verbs", "adjectival")
    return head.lemma in words("verbs", "state") or head.lemma in words("verbs", "mental")


def _is_course(reading: Reading, clause: Clause) -> bool:
    """Whether the clause is about the course of the process itself: "the process ends", "this is repeated"."""
    if reading.tokens[clause.head].lemma not in words("verbs", "frame"):
        return False
    about = clause.subject if clause.passive or clause.object is None else clause.object
    named = {token.lower for token in reading.span(about)}
    return bool(named & words("nouns", "course")) or (clause.object is None and not clause.passive)
