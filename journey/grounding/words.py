"""What may not differ between a quote and its source: word borders, numbers, negations and modal words.

All functions work on folded text (`folding.fold`).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[$€£¥%]|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f]|'(?=[^\W\d_]))*")
_SENTENCE_END = re.compile(r"[.!?]|。|！|？")

# Scripts written without spaces: every place may end a word there.
_UNSPACED = (
    ("\u0e00", "\u0eff"),
    ("\u1000", "\u109f"),
    ("\u1780", "\u17ff"),
    ("\u3005", "\u30ff"),
    ("\u3400", "\u9fff"),
)

_NEGATIONS = """
    no not none nobody nothing never neither nor nowhere cannot without hardly barely scarcely unable
    nicht kein keine keinen keinem keiner nie niemals nichts ohne
    ne pas jamais rien aucun aucune sans nunca nada nadie ningun ninguna sin nao sem non mai niente senza
    niet geen nooit zonder inte ingen aldrig ikke ingen aldri nie nigdy bez ни не нет никогда без
"""
_MODALS = """
    can could will would shall should may might must need ought maybe perhaps if unless except only but
    kann konnte wird wurde soll sollte muss musste darf wenn peut pourrait doit devrait puede podria debe
"""
_AMOUNTS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion
    half quarter dozen once twice thrice first second third all every each some any most few many less more
    minute minutes hour hours day days week weeks month months year years percent
"""


def _folded_words(text: str) -> frozenset[str]:
    return frozenset(unicodedata.normalize("NFKD", text).split())


_GUARDED = _folded_words(_NEGATIONS) | _folded_words(_MODALS) | _folded_words(_AMOUNTS)
_NEGATING = _folded_words(_NEGATIONS)
_REVERSING = _NEGATING | _folded_words(_MODALS)


def tokens(folded: str) -> list[str]:
    """Return words and numbers, contractions whole.

    >>> tokens("it can't cost $1,500.00, can it?")
    ['it', "can't", 'cost', '$', '1,500.00', 'can', 'it']
    """
    return _TOKEN.findall(folded)


def guarded(folded: str) -> Counter[str]:
    """Count the words that change what a sentence says: numbers, units, negations, modals.

    >>> sorted(guarded("we can't ship 15 of them"))
    ['15', "can't"]
    """
    return Counter(
        token for token in tokens(folded) if token in _GUARDED or not token[0].isalpha() or _is_contracted(token)
    )


def negates(token: str) -> bool:
    """Tell whether a word says that something is not so.

    >>> negates("never"), negates("didn't"), negates("nicht"), negates("note")
    (True, True, True, False)
    """
    return token in _NEGATING or token.endswith("n't")


def reverses(folded: str) -> bool:
    """Tell whether leaving these words out of a sentence could turn its meaning round.

    >>> reverses("not, I think,"), reverses("you know, really"), reverses("not. And then")
    (True, False, False)
    """
    if _SENTENCE_END.search(folded):
        return False
    return any(token in _REVERSING or _is_contracted(token) for token in tokens(folded))


def _is_contracted(token: str) -> bool:
    return token.endswith(("n't", "'ll", "'d"))


def cuts_word(folded: str, at: int) -> bool:
    """Tell whether a border at this offset would fall inside a word, a number or an accented letter.

    >>> cuts_word("we can't", 6), cuts_word("we can't", 8), cuts_word("1,500", 1), cuts_word("'can' it", 4)
    (True, False, True, False)
    """
    if at <= 0 or at >= len(folded):
        return False
    if _is_mark(folded[at]):
        return True
    before, after = folded[max(at - 2, 0) : at], folded[at : at + 2]
    if _belongs(before[-1], after[0]):
        return True
    return _bridges(before[-1] + after) or _bridges(before + after[0])


def _belongs(left: str, right: str) -> bool:
    return _in_word(left) and _in_word(right) and not (is_unspaced(left) or is_unspaced(right))


def _bridges(three: str) -> bool:
    """Tell whether the middle character joins two halves of one word or number."""
    if len(three) < 3:
        return False
    left, middle, right = three[0], three[1], three[2]
    return (middle == "'" and _in_word(left) and _in_word(right)) or (
        middle in ".,:" and left.isdigit() and right.isdigit()
    )


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_" or _is_mark(char)


def _is_mark(char: str) -> bool:
    return char > "\u02ff" and unicodedata.category(char).startswith("M")


def is_unspaced(char: str) -> bool:
    """Tell whether a character belongs to a script that is written without spaces between words."""
    return any(first <= char <= last for first, last in _UNSPACED)
