"""Read the numbers of a text, in digits and in words, as the same thing: "1,500" is "fifteen hundred".

Number words are those of English, German, French, Spanish, Portuguese, Italian and Dutch. One is not read from a word:
in all of them it is an article or a pronoun as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from journey.grounding.folding import fold
from journey.grounding.words import tokens

_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+$")
_FRACTION_OF_NOTHING = re.compile(r"[.,]0{1,2}$")
_GERMAN_COMPOUND = re.compile(r"(ein|zwei|drei|vier|funf|sechs|sieben|acht|neun)und(\w+)$")
_CONNECTORS = frozenset(("and", "und", "et", "y", "e", "en"))
_LOWER = re.compile(r"[a-z]+")

_UNITS = """
    2 two twice zwei zweimal zwo deux dos dois duas twee
    3 three thrice drei dreimal trois tres tre drie
    4 four vier viermal quatre cuatro quatro quattro
    5 five funf cinq cinco cinque vijf
    6 six sechs seis zes
    7 seven sieben sept siete sete sette zeven
    8 eight acht huit ocho oito
    9 nine neun neuf nueve nove negen
    10 ten zehn dix diez dez dieci tien
    11 eleven elf onze undici
    12 twelve dozen zwolf douze doce doze dodici twaalf
    13 thirteen dreizehn treize trece treze tredici dertien
    14 fourteen vierzehn quatorze catorce quattordici veertien
    15 fifteen funfzehn quinze quince quindici vijftien
    16 sixteen sechzehn seize dieciseis dezesseis sedici zestien
    17 seventeen siebzehn diecisiete dezessete diciassette zeventien
    18 eighteen achtzehn dieciocho dezoito diciotto achttien
    19 nineteen neunzehn diecinueve dezenove diciannove negentien
    20 twenty zwanzig vingt veinte vinte venti twintig
    30 thirty dreissig trente treinta trinta trenta dertig
    40 forty vierzig quarante cuarenta quarenta quaranta veertig
    50 fifty funfzig cinquante cincuenta cinquenta cinquanta vijftig
    60 sixty sechzig soixante sesenta sessenta sessanta zestig
    70 seventy siebzig setenta settanta zeventig
    80 eighty achtzig ochenta oitenta ottanta tachtig
    90 ninety neunzig noventa novanta negentig
    100 hundred hundert cien ciento cem cento honderd
    1000 thousand tausend mille mil mila duizend
    1000000 million millionen millones milhoes milioni miljoen
"""


def _by_word(table: str) -> dict[str, int]:
    rows = (line.split() for line in table.strip().splitlines())
    return {word: int(value) for value, *words in rows for word in words}


_VALUES = _by_word(_UNITS)


def amounts(text: str) -> frozenset[str]:
    """Return the numbers that a text names, each in one form.

    >>> sorted(amounts("Waited twenty-five minutes, twice, for 1,500.00 dollars at 14:30"))
    ['14:30', '1500', '2', '25']
    >>> sorted(amounts("two hundred and fifty of three thousand")), sorted(amounts("fünfundzwanzig oder 1.500 Euro"))
    (['250', '3000'], ['1500', '25'])
    """
    return frozenset(_read(tokens(fold(text).text)))


def _read(said: list[str]) -> Iterator[str]:
    total = current = 0
    for word in said:
        value = _value(_letters(word))
        if value is None and word in _CONNECTORS and current % 10 == 0 and total + current:
            continue
        if value is not None and current and not _goes_on(current, value):
            yield str(total + current)
            total = current = 0
        if value is None:
            if total + current:
                yield str(total + current)
            total = current = 0
            if word[0].isdigit():
                yield _plain(word)
        elif value >= 1000:
            total, current = total + max(current, 1) * value, 0
        else:
            current = max(current, 1) * value if value == 100 else current + value
    if total + current:
        yield str(total + current)


def _goes_on(current: int, value: int) -> bool:
    """Tell whether a number word is part of the number that was begun: "twenty five", and not "two three"."""
    if value >= 100:
        return value > 100 or current < 100
    return current % 100 == 0 or (current % 10 == 0 and value < 20)


def _value(word: str) -> int | None:
    if compound := _GERMAN_COMPOUND.match(word):
        unit, tens = compound.groups()
        return _VALUES[tens] + (_VALUES.get(unit) or 1) if tens in _VALUES else None
    return _VALUES.get(word)


def _letters(word: str) -> str:
    """Return a folded word without its accents."""
    return "".join(_LOWER.findall(word))


def _plain(digits: str) -> str:
    whole = _FRACTION_OF_NOTHING.sub("", digits) if digits.count(".") + digits.count(",") else digits
    return re.sub(r"[.,]", "", whole) if _GROUPED.match(whole) else whole.replace(",", ".")
