"""The names of speakers, wherever they are said: whole or in part, whatever their case, accents and script.

A label that states a role or a number ("Interviewer", "P07", "Speaker 2") is not a name. Names that are bent by a
language's grammar, beyond an s at the end, and names of people who do not speak are not found.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from journey.grounding.folding import Folded, fold
from journey.grounding.words import is_unspaced
from journey.redaction.patterns import Kind, Secret
from journey.sources.lexicon import NO_SPEAKER, ROLE_WORDS

_BETWEEN_WORDS = re.compile(r"[\s\d,;/|()\[\]{}.&+:_#\"]+")
_NO_NAME = """
speaker speakers person voice unknown anonymous male female man woman sprecher sprecherin stimme locuteur locutrice
hablante falante oratore spreker talare taler puhuja говорящий спикер 발화자 話者 发言人 说话人
mr mrs ms miss mister sir madam dr prof professor doctor herr frau monsieur madame mme señor señora sr sra signor
signora ux ui cx hotline spk usr senior lead junior and und et y the of desk
manager designer director engineer developer analyst expert officer assistant secretary president chair chairman editor
teacher student nurse driver seller buyer owner architect lawyer professional worker employee parent mother father
project product marketing sales industrial interface design research service finance press legal public team
von van der den de del della di da do dos du la le las los el al bin ibn zu zum zur
"""
_ORDINARY = """
angel april art august autumn baker bell bill bond brook brown bush chance charity chase chip christian clay cook
crystal daisy dale dawn day dean don drew eve faith fall fields foster fox frank ginger good grace grant gray green guy
hall hand hart heath hill holly hope iris ivy jack jewel joy june king lane law lily little long lucky major march mark
marks may mercy miles miller mills misty moss noble norm olive page park parks pat patience pearl penny poppy porter
pound price queen randy ray read reed rich rise rob rock rod rose ruby rusty rush sage sandy school shepherd short sky
smart spring star sterling stone storm strong sue summer sunny thorn trip turner violet wade walker wall ward waters way
wells west white will win wise wolf wood woods young ernst klein lang neu gross rot schwarz weiss braun koch vogel stark
frei licht sommer winter horn berg
"""
_WORDS_TOO = frozenset(_ORDINARY.split())
"""Names that are ordinary words too: they are names only with a capital."""


def _bare(folded: str) -> str:
    """Take the accents off that are written with or without; vowel signs of other scripts stay."""
    return re.sub(r"[\u0300-\u036f]", "", folded)


_NEVER = frozenset(_bare(fold(word).text) for word in (*_NO_NAME.split(), *ROLE_WORDS, *NO_SPEAKER))


@dataclass(frozen=True)
class Names:
    """The speakers' names and what to call whom: folded words, and the label each stands for."""

    label_of: Mapping[str, str]
    """By folded name or part of one; a part that several share stands for itself."""

    called: Mapping[str, str]
    """By label: the label without what stands in brackets behind the name."""

    def finder(self) -> Callable[[str], Iterator[Secret]]:
        """Return what finds them all in a text."""
        if not self.label_of:
            return lambda text: iter(())
        longest_first = sorted(self.label_of, key=len, reverse=True)
        pattern = re.compile("|".join(_loosely(name) for name in longest_first))
        return lambda text: self._found(pattern, text)

    def _found(self, pattern: re.Pattern[str], text: str) -> Iterator[Secret]:
        folded = fold(text)
        hit = pattern.search(folded.text)
        while hit:
            is_meant = self._is_meant(hit, folded, text)
            if is_meant:
                start, end = folded.positions[hit.start()], _past_marks(text, folded.positions[hit.end() - 1] + 1)
                yield Secret(Kind.PERSON, start, end, self.label_of[_bare(hit.group())])
            hit = pattern.search(folded.text, hit.end() if is_meant else hit.start() + 1)

    def _is_meant(self, hit: re.Match[str], folded: Folded, text: str) -> bool:
        start, end = hit.span()
        if not (_begins(folded, start) and (_ends(folded, end) or _ends_before_s(folded, end))):
            return False
        is_lower = text[folded.positions[start]].islower()
        return not (is_lower and _is_word_too(_bare(hit.group())))


def names_of(labels: Iterable[str]) -> Names:
    """Return the names that speakers' labels hold, with their parts.

    >>> names_of(["Interviewer", "P07", "Anna Schmidt", "Peter Schmidt"]).label_of["anna"]
    'Anna Schmidt'
    """
    wholes: dict[str, str] = {}
    owners: dict[str, list[str]] = defaultdict(list)
    for label in dict.fromkeys(labels):
        words = name_words(label)
        if words:
            wholes.setdefault(" ".join(words), label)
        for part in {part for word in words for part in (word, *_halves(word))}:
            owners[part].append(wholes[" ".join(words)])
    shared = {part: labels[0] if len(set(labels)) == 1 else part for part, labels in owners.items()}
    called = {label: label.partition("(")[0].strip() or label for label in wholes.values()}
    return Names({**shared, **wholes}, called)


def name_words(label: str) -> list[str]:
    """Return the folded words of a label that may be a person's name, without accents.

    >>> name_words("Dr. José van Berg (Interviewer)"), name_words("Speaker 2"), name_words("UX researcher")
    (['jose', 'berg'], [], [])
    """
    before_at = fold(label).text.partition("@")[0]
    words = [word.strip("'-*") for word in _BETWEEN_WORDS.split(_bare(before_at))]
    return [word for word in words if word not in _NEVER and (len(_composed(word)) > 1 or is_unspaced(word))]


def _composed(folded: str) -> str:
    return unicodedata.normalize("NFC", folded)


def _halves(word: str) -> tuple[str, ...]:
    """Return what may be the family's and the own name in scripts that write them together."""
    whole = _composed(word)
    if not 3 <= len(whole) <= 4 or not all(is_unspaced(char) or _is_hangul(char) for char in whole):
        return ()
    return unicodedata.normalize("NFKD", whole[:2]), unicodedata.normalize("NFKD", whole[-2:])


def _loosely(name: str) -> str:
    """Return a pattern for a folded name with or without its accents."""
    return "".join(rf"{re.escape(char)}[\u0300-\u036f]*" for char in name)


def _is_word_too(name: str) -> bool:
    return name in _WORDS_TOO or len(name) < 3


def _begins(folded: Folded, at: int) -> bool:
    if at == 0:
        return True
    return folded.positions[at - 1] != folded.positions[at] and not _joins(folded.text[at - 1], folded.text[at])


def _ends(folded: Folded, at: int) -> bool:
    if at == len(folded.text):
        return True
    if folded.positions[at - 1] == folded.positions[at] or _is_vowel_sign(folded.text[at]):
        return False
    return _is_hangul(folded.text[at]) or not _joins(folded.text[at - 1], folded.text[at])


def _ends_before_s(folded: Folded, at: int) -> bool:
    """Tell whether an s follows that ends the word: Annas, with no apostrophe in many languages."""
    return folded.text[at : at + 1] == "s" and folded.text[at - 1] != "s" and _ends(folded, at + 1)


def _joins(left: str, right: str) -> bool:
    """Tell whether two letters stand in one word; scripts without spaces never tell."""
    if is_unspaced(left) or is_unspaced(right):
        return False
    return (left.isalpha() or unicodedata.combining(left) > 0) and right.isalpha()


def _is_hangul(char: str) -> bool:
    return "\u1100" <= char <= "\u11ff" or "\uac00" <= char <= "\ud7a3"


def _is_vowel_sign(char: str) -> bool:
    return unicodedata.category(char).startswith("M") and not "\u0300" <= char <= "\u036f"


def _past_marks(text: str, at: int) -> int:
    """Return the end of the character that ends here, with the marks that follow it."""
    while at < len(text) and unicodedata.category(text[at]) in ("Mn", "Me", "Cf"):
        at += 1
    return at
