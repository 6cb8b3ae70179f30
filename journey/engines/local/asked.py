"""What an interviewer asks about: "Let's go to the day of the visit" names what comes next better than its words do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from journey.engines.local.grammar import read
from journey.engines.local.lexicon import kinds, words
from journey.engines.local.phrases import Span, passed_over, phrase_end, with_particle
from journey.engines.local.tokens import Tag, Token
from journey.engines.local.vocabulary import phrases

LONGEST = 5
"""Words of a topic."""

_LEADS = re.compile(
    r"\b(?:let['’]?s|let us|i['’]d like to|we can|can we|could we|shall we)\s+(?:now\s+)?"
    r"(?:talk|speak|go|move|turn|get|come|look)(?:\s+(?:a bit|back|on|over|now))*\s+(?:about|to|at|on)\s+"
    r"|\b(?:tell me|talk to me|hear)(?:\s+(?:a bit|a little|more|now))*\s+about\s+|\b(?:walk|talk|take) me through\s+"
    r"|\b(?:going|coming) back to\s+|\b(?:what|how) about\s+|\bhow (?:was|were|is|are|did)\s+(?=the|your)"
    r"|\b(?:what|anything) (?:happened|went on) (?:with|at|on|during|in)\s+|^(?:and|so|okay,?|and then)\s+(?=the|your)"
    r"|\bhow long did\s+|\bwhat was\s+(?=the|your)",
    re.IGNORECASE,
)
_LED = (Tag.DETERMINER, Tag.POSSESSIVE)
_VAGUE = frozenset(
    {"first", "whole", "moment", "situation", "experience", "feeling", "reaction", "end", "next", "result"}
)


def topics(questions: Sequence[str]) -> Iterator[str]:
    """Yield what questions are about, in order, two to five words or one telling noun.

    >>> list(topics(["Let's go to the day of the visit.", "And then?", "How did you choose a seat?"]))
    ['day of the visit', 'choose a seat']
    """
    for question in questions:
        tokens = read(question)
        named = _named(tokens, question) or _done(tokens)
        if named:
            yield named


def _named(tokens: Sequence[Token], question: str) -> str:
    """The thing that the question leads to."""
    lead = _LEADS.search(question)
    if lead is None:
        return ""
    start = next((at for at, token in enumerate(tokens) if token.start >= lead.end()), len(tokens))
    end = phrase_end(tokens, start)
    if end is None:
        return ""
    if end < len(tokens) and tokens[end].lower == "of":
        end = phrase_end(tokens, end + 1) or end
    return _text(tokens, (start, end)) if _names(tokens[end - 1]) else ""


def _done(tokens: Sequence[Token]) -> str:
    """'Choose a seat' of "How did you choose a seat?"."""
    you = next((at for at in range(1, len(tokens)) if _asks_you(tokens, at)), None)
    head = len(tokens) if you is None else passed_over(tokens, you + 1)
    if head >= len(tokens) or tokens[head].tag is not Tag.VERB or tokens[head].lemma in words("verbs", "trivial"):
        return ""
    end = phrase_end(tokens, with_particle(tokens, head) + 1)
    return _text(tokens, (head, end)) if end is not None and _names(tokens[end - 1]) else ""


def _asks_you(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].lower == "you" and tokens[at - 1].lower == "did"


def _names(noun: Token) -> bool:
    word = noun.lower
    named = noun.tag is Tag.NOUN and "noun" in kinds(word)
    return named and word not in phrases("too_common") and word not in words("nouns", "anyone") and word not in _VAGUE


def _text(tokens: Sequence[Token], span: Span) -> str:
    """The words without the leading article, as they are written; nothing where they are too many."""
    first, end = span
    while first < end - 1 and tokens[first].tag in _LED:
        first += 1
    text = "".join(
        token.text if at == first or token.start == tokens[at - 1].end else f" {token.text}"
        for at, token in enumerate(tokens[:end])
        if at >= first
    )
    return text if len(text.split()) <= LONGEST else ""
