"""Steps of a text that tells what happened: "so I called the hotline, and they told me to wait".

An event is in the past and has been done: what was thought, wished, planned, asked or denied is none, and nor is the
scene ("I was sitting there"), unless something awaited did not come ("the page wouldn't load").
"""

from __future__ import annotations

from collections.abc import Sequence

from journey.engines.local.clauses import Clause
from journey.engines.local.lexicon import words
from journey.engines.local.readings import Reading
from journey.engines.local.tokens import AUXILIARIES, Tag, Token
from journey.engines.local.vocabulary import phrases
from journey.model import Role

_HAPPENED = frozenset({"when", "once", "after", "as soon as", "whereas", "while", "until", "before"})
_SCENE = frozenset({"look", "search", "wait", "try", "shop", "browse", "hunt", "queue"})
_GOT_TO = frozenset({"finally", "eventually", "in the end"})


def is_step(reading: Reading, clause: Clause, *, habitual: bool = False, in_chat: bool = False) -> bool:
    """Whether the clause of a telling text is something that happened.

    Args:
        habitual: the text tells in the present what its speakers do each time, so the present counts as told.
        in_chat: the speakers act while they speak: a wish is a request, and "I have entered it" is news.
    """
    if not _tells(reading, clause):
        return False
    if in_chat and _is_request(reading, clause):
        return True
    if (clause.subject is None and not reading.leaves_me_out(clause)) or not _is_open(reading, clause):
        return False
    if clause.negated or reading.denies_subject(clause):
        return not _is_state(reading, clause) and _is_failure(reading, clause, in_chat=in_chat)
    if not _has_doer(reading, clause) and not (habitual and reading.subject(clause) == "you"):
        return False
    if _is_unmet(reading, clause) or _is_state(reading, clause) or _is_about_the_telling(reading, clause):
        return False
    return _has_happened(reading, clause, habitual=habitual, in_chat=in_chat)


def _tells(reading: Reading, clause: Clause) -> bool:
    """Whether the clause has a verb of its own that could tell of something done, outside quotation marks."""
    head = reading.tokens[clause.head]
    does = head.tag is Tag.DO and any(token.tag is Tag.NOUN for token in reading.span(clause.object))
    return (head.tag is Tag.VERB or does) and clause.kind == "finite" and not reading.is_quoted(clause)


def _is_about_the_telling(reading: Reading, clause: Clause) -> bool:
    """Whether the clause is about the interview ("I told you"), names nothing, or only leads to what is told next."""
    speaks = reading.is_mine(clause) and any(token.lower == "you" for token in reading.span(clause.object))
    return speaks or _says_nothing(reading, clause) or _only_leads(reading, clause)


def _says_nothing(reading: Reading, clause: Clause) -> bool:
    """'I mentioned earlier', "I was told", "I did a lot": what, the text does not say here."""
    head, after = reading.tokens[clause.head], reading.tokens[clause.last + 1 :]
    if head.lemma in words("verbs", "utter") and after and after[0].lower in ("earlier", "before", "already"):
        return True
    if clause.passive and head.lemma in words("verbs", "say"):
        return reading.is_mine(clause) and _stops(after)
    return head.lemma in ("get", "do", "make", "have") and _is_vague(reading, clause)


def _only_leads(reading: Reading, clause: Clause) -> bool:
    """'When I got in, ...', "I went and asked": the other verb tells the deed; "days went by" is none at all."""
    head, after = reading.tokens[clause.head], reading.tokens[clause.last + 1 :]
    if clause.object is not None or head.lemma not in ("go", "come", "get"):
        return False
    leads = len(after) > 1 and after[0].tag is Tag.CONJUNCTION and after[1].tag is Tag.VERB
    passes = reading.subject(clause) in words("nouns", "stretch")
    return passes or leads or (clause.opener is not None and _stops(after))


def _stops(after: Sequence[Token]) -> bool:
    return not after or after[0].tag in (Tag.POINT, Tag.CONJUNCTION)


def _is_vague(reading: Reading, clause: Clause) -> bool:
    """Whether what was done or got goes without a name: "did a lot", "got everything"."""
    spoken = [token.lower for token in reading.span(clause.object)]
    end = clause.object[1] if clause.object else len(reading.tokens)
    ends = end >= len(reading.tokens) or reading.tokens[end].tag in (Tag.POINT, Tag.CONJUNCTION, Tag.MARKER)
    return bool(spoken) and ends and all(word in words("nouns", "vague") for word in spoken)


def is_state_of_teller(reading: Reading, clause: Clause) -> bool:
    """Whether the clause says what the speaker did, does or will do: all there is in a talk without a story."""
    if not _tells(reading, clause) or not reading.is_mine(clause) or clause.negated:
        return False
    base = reading.tokens[clause.head].lemma
    opinion = base in words("verbs", "mental") or base in words("verbs", "utter") or base == "be"
    return not opinion and clause.opener in (None, "that") and clause.modal in (None, "will")


def _is_open(reading: Reading, clause: Clause) -> bool:
    """Whether the clause stands by itself, or says when something else happened by what happened first."""
    if clause.opener == "that":
        return clause.past and reading.is_mine(clause) and _is_outcome(reading, clause)
    return clause.opener is None or (clause.opener in _HAPPENED and clause.past)


def _is_outcome(reading: Reading, clause: Clause) -> bool:
    """'So angry that I left': what came of it, said after "that"."""
    before = reading.tokens[max(clause.start - 3, 0) : clause.start]
    return reading.tokens[clause.start].lower == "that" and any(token.lower in ("so", "such") for token in before)


def _has_doer(reading: Reading, clause: Clause) -> bool:
    """Whether somebody or something of the story is the subject, not people in general, "you" or a bare "it"."""
    subject, head = reading.subject(clause), reading.tokens[clause.head]
    if reading.is_mine(clause) or subject in ("they", "he", "she"):
        return True
    if subject in ("it", "that", "this", "which", "there", "one"):
        if clause.opener in ("until", "before"):
            return False
        return clause.past and (head.lemma in words("verbs", "event") or clause.over in ("start", "begin", "stop"))
    anyone = words("nouns", "anyone")
    return subject != "you" and subject not in anyone and subject.removesuffix("s") not in anyone


def _is_failure(reading: Reading, clause: Clause, *, in_chat: bool) -> bool:
    """Whether what was denied had been awaited: "couldn't log in", "never arrived", but not "didn't want to"."""
    base = reading.tokens[clause.head].lemma
    if base in words("verbs", "mental") or base in words("verbs", "state") or reading.subject(clause) == "you":
        return False
    cannot = clause.modal in ("can", "ca") or reading.tokens[clause.first].lower == "cannot"
    if clause.modal == "could" or clause.over == "able" or (in_chat and cannot):
        return True
    if reading.is_mine(clause):
        return clause.past and base in words("verbs", "hoped")
    return (clause.past or clause.modal in ("would", "wo")) and base in words("verbs", "awaited")


def _is_unmet(reading: Reading, clause: Clause) -> bool:
    """Whether the verb in front leaves open that it was done ("I wanted to go"), or a modal does ("I would")."""
    if any(token.lower in ("almost", "nearly") for token in reading.tokens[max(clause.first - 1, 0) : clause.head]):
        return True
    if clause.modal is not None:
        return not (clause.modal == "could" and reading.has(_GOT_TO))
    return clause.over in words("verbs", "unmet")


def _is_state(reading: Reading, clause: Clause) -> bool:
    head = reading.tokens[clause.head]
    if clause.passive:
        feels = head.lower in phrases("felt") and clause.over is None
        return feels or (head.lower in words("verbs", "adjectival") and clause.last == clause.head)
    if head.lemma in words("verbs", "utter") and clause.last == clause.head and not _names_thing(reading, clause):
        return True
    if head.lower == "used" and clause.object is None:
        return True
    if head.lower == "got" and clause.tense == "perfect":
        return True
    return head.lemma in words("verbs", "state") or head.lemma in words("verbs", "mental")


def _names_thing(reading: Reading, clause: Clause) -> bool:
    """Whether a thing is named, and not a clause begun, after a verb of saying."""
    if clause.object is None:
        return False
    following = reading.tokens[clause.object[1]].tag if clause.object[1] < len(reading.tokens) else Tag.POINT
    return following not in (Tag.VERB, *AUXILIARIES)


def _has_happened(reading: Reading, clause: Clause, *, habitual: bool, in_chat: bool) -> bool:
    head = reading.tokens[clause.head]
    if head.forms == {"ing"} and clause.over is None:
        return head.lemma in _SCENE if clause.past else in_chat
    if clause.past or clause.modal == "could":
        return True
    if reading.sentence.role is Role.OTHER and in_chat:
        return not reading.is_mine(clause) or clause.passive
    return habitual


def _is_request(reading: Reading, clause: Clause) -> bool:
    """Whether a customer in a chat says what they came for: "I need to return an item", "I'd like to cancel"."""
    if reading.sentence.role is Role.OTHER or clause.negated or clause.opener:
        return False
    says_it = reading.is_mine(clause) or (clause.subject is None and clause.first <= 1)
    return says_it and clause.over in ("want", "need", "like", "try", "look")
