"""Hold a claim to its quotes as to what was not so: letters that match cannot tell "got it" from "never got it".

A claim is compared with those clauses of its quotes that share most of its words; where it shares none, nothing is
judged. The claim may word a negation in its own way ("no answer" as "fails to answer"): a word that denies by its
meaning leaves it open. Clauses and such words are told apart in English, German, French, Spanish, Portuguese, Italian
and Dutch; in other languages a quote is one clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from journey.grounding.folding import fold
from journey.grounding.words import negates, tokens
from journey.model import Evidence

_ALIKE = 4
"""First letters that two forms of a word share."""
_SHORTEST = 3
"""Letters of a word that can tell two clauses to be about the same: to log in, to pay, a fee."""
_CLAUSE_END = re.compile(
    r"[.!?;:,()\[\]\u2013\u2014\u2026]|\s-+\s|\b(?:and|but|so|then|because|although|though|while|until|which|who|or"
    r"|und|aber|weil|dass|denn|sondern|oder|et|mais|car|y|pero|porque|mas|ma|perche|maar|omdat|dus)\b"
)
_NO_DENIAL = re.compile(
    r"\bnot (?:only|just)\b|\bno (?:doubt|matter|wonder)\b|\bnicht nur\b|\bno solo\b|\bpas seulement\b"
)
_DENIES_BY_MEANING = re.compile(
    r"(?:un(?!der|til|ion|i[tv])|miss(?!ion)|fail|lack|refus|recus|reject|deni|deny|imposs|hard$|diffic|wrong|lost|lose|hidden|hide"
    r"|stop|avoid|skip|cancel|gives?$|abandon|absen|empt|slow|late$|delay|fehl|vermiss|schwer|falsch|verpass|manqu"
    r"|falt|falh|perd|ontbr|moeil)|\w+less$"
)
_FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        """about after also always been before could does doing done from have having here into just like made make more
        most much only other over really should some something still such than that their them then there these they
        thing things this those through very want wanted were what when where with would your
        eine einen einem einer habe haben hatte hatten wird wurde dann auch noch doch mehr sehr sich meine mein diese
        avec dans elle etait mais plus pour tres tout cette une para esta este como muito mais uma com het een voor was
        heel maar naar
        the and you was had her his she him for are but can did all any get got has how its let may our out own put
        say see too try two use way who why yes yet one now off old new day due per via bit lot far ago set der die
        das den dem des ein ist war hat bei von mit auf aus fur vor zur zum als wie was wer man nur ich sie wir ihr
        uns mir dir ihm ihn bin bis mal gar tun les une est par sur aux que qui son ses mon mes ton elle ils vous
        los las una con por del mis sus era fue muy mas han hay com para uma das ele ela foi ser ter che per gli
        dei sono het een van met dat aan uit bij zij wij hun ook wel nog""",
    )
)


def negations_stand(claim: str, evidence: Iterable[Evidence]) -> bool:
    """Tell whether a claim denies what its quotes deny and says what they say.

    Like another number, a denial that was not made, or one that was dropped, is another claim.
    """
    claimed = _clause(fold(claim).text)
    clauses = [one for piece in evidence for one in _clauses(fold(piece.quote).text)]
    shared = [len(claimed.words_in(clause)) for clause in clauses]
    most = max(shared, default=0)
    if not most or claimed.is_open:
        return True
    # One word less counts as near: "finds" and "found" are not known to be one.
    nearest = [clause for clause, count in zip(clauses, shared, strict=True) if count >= max(most - 1, 1)]
    return any(clause.is_open or clause.denies == claimed.denies for clause in nearest)


@dataclass(frozen=True)
class _Clause:
    words: frozenset[str]
    denies: bool
    is_open: bool
    """Whether it holds a word that denies by its meaning."""

    def words_in(self, other: _Clause) -> set[str]:
        others = {_beginning(one) for one in other.words}
        return {word for word in self.words if _beginning(word) in others}


def _beginning(word: str) -> str:
    """Return what two forms of a word share: "log" and "logs", "order" and "ordered"."""
    return word[:-1] if len(word) == _ALIKE and word.endswith("s") else word[:_ALIKE]


def _clauses(folded: str) -> Iterator[_Clause]:
    for part in _CLAUSE_END.split(folded):
        if part.strip():
            yield _clause(part)


def _clause(folded: str) -> _Clause:
    said = tokens(_NO_DENIAL.sub(" ", folded))
    denying = [word for word in said if negates(word)]
    telling = frozenset(word for word in said if len(word) >= _SHORTEST and word not in denying)
    return _Clause(
        words=telling - _FUNCTION_WORDS,
        denies=bool(denying),
        is_open=any(_DENIES_BY_MEANING.match(word) for word in telling),
    )
