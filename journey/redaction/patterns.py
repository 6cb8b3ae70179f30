"""Find what identifies or authorises somebody by its form: links, e-mail addresses, IBANs, cards, phones, numbers.

A finder errs on the side of hiding: what is hidden without need still maps back to the original's words, what is sent
without need cannot be called back. Numbers and addresses that are spelled out in words are not found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers


class Kind(StrEnum):
    """What was hidden, in the words of its pseudonym."""

    LINK = "link"
    EMAIL = "e-mail"
    IBAN = "IBAN"
    CARD = "card"
    PHONE = "phone"
    NUMBER = "number"  # of a customer, an order, an account: whatever has seven digits in a row
    PERSON = "Person"


@dataclass(frozen=True)
class Secret:
    """Something to hide: its half-open range, and a key that is the same however it is spelled."""

    kind: Kind
    start: int
    end: int
    key: str


Finder = Callable[[str], Iterator[Secret]]

_LINK = re.compile(
    r"""(?<![A-Za-z0-9+.-])(?:[a-z][a-z0-9+.-]*+://|www\.)[^\s<>"]++"""
    r"""|(?<![\w.@-])(?:[\w-]++\.)++[^\W\d_]{2,}+(?::\d++)?/[^\s<>"]++""",
    re.IGNORECASE,
)
_BEYOND_HOST = re.compile(r"[/?#@].")
_EDGES = ".,;:!?'’\"”»…)]}"

# Python's \w leaves combining marks out; an accent may be one.
_DOMAIN = re.compile(r"[\w\u0300-\u036f-]++(?:\.[\w\u0300-\u036f-]++)*+")
_AT = re.compile(r"[@＠]|\s?[(\[]\s?at\s?[)\]]\s?", re.IGNORECASE)
_IBAN = re.compile(r"(?<![^\W_])(?=([A-Za-z]{2}[0-9]{2}(?:[ \u00a0-]?[A-Za-z0-9]){11,30}))")
_SEPARATORS = re.compile(r"[ \u00a0-]+")
_VALUES = {ord(char): str(int(char, 36)) for char in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_CARD = re.compile(r"(?<!\d)(?=(\d{3,}(?:[ \u00a0-]?\d){10,16}))")
_PHONE = re.compile(r"(?<!\d)[+＋(]{0,2}\d(?:[ \u00a0().\/‐-–-]{0,3}\d){6,16}(?!\d)")
_NUMBER = re.compile(r"(?<!\d)\d{7,}")
_DATE = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d"
    r"|(?:19|20)\d\d(?:[ ./–-]{1,3}\d\d){2}"
    r"|(?:19|20)\d\d\D{1,3}(?:19|20)\d\d"
)

LEAST_PHONE = 9
"""Digits from which a row of groups is hidden although no numbering plan of the text's language knows it."""

_REGIONS = {
    "ar": ("EG", "SA", "AE", "MA"),
    "cs": ("CZ",),
    "da": ("DK",),
    "de": ("DE", "AT", "CH"),
    "el": ("GR",),
    "en": ("US", "GB", "IE", "AU", "NZ", "CA", "IN", "ZA", "SG"),
    "es": ("ES", "MX", "AR", "CO", "CL", "PE"),
    "fr": ("FR", "BE", "CH", "CA"),
    "he": ("IL",),
    "hi": ("IN",),
    "ja": ("JP",),
    "ko": ("KR",),
    "nb": ("NO",),
    "nl": ("NL", "BE"),
    "no": ("NO",),
    "pt": ("PT", "BR"),
    "ru": ("RU", "KZ"),
    "sv": ("SE",),
    "uk": ("UA",),
    "zh": ("CN", "TW", "HK"),
}
_EVERYWHERE = ("US", "GB", "DE", "FR")


def finders(language: str | None) -> tuple[Finder, ...]:
    """Return what to look for in a text of this language (ISO 639-1), in order: what holds others comes first."""
    known = _REGIONS.get(language or "", (language.upper(),) if language else ())
    regions = tuple(dict.fromkeys((*known, *_EVERYWHERE)))
    return (links, e_mails, ibans, cards, lambda text: phones(text, regions=regions), long_numbers)


def links(text: str) -> Iterator[Secret]:
    """Find links with more than a host: a path, a query or a name before the @ may tell who somebody is.

    >>> [text[one.start:one.end] for text in ["See https://a.org and www.b.org/anna?t=1."] for one in links(text)]
    ['www.b.org/anna?t=1']
    """
    for hit in _LINK.finditer(text):
        address = hit.group().rstrip(_EDGES)
        if _BEYOND_HOST.search(address.partition("://")[2] or address):
            yield Secret(Kind.LINK, hit.start(), hit.start() + len(address), address)


def e_mails(text: str) -> Iterator[Secret]:
    """Find e-mail addresses.

    >>> [one.key for one in e_mails("Write to 'Jo.Doe+x@Example.org', or jo[at]example.org.")]
    ['jo.doe+x@example.org', 'jo@example.org']
    """
    after = 0
    for at in _AT.finditer(text):
        start = at.start()
        while start > after and _is_local(text[start - 1]):
            start -= 1
        start = at.start() - len(text[start : at.start()].lstrip(".'’-"))
        domain = _DOMAIN.match(text, at.end())
        if domain and start < at.start():
            after = domain.end()
            yield Secret(Kind.EMAIL, start, after, f"{text[start : at.start()]}@{domain.group()}".casefold())


def _is_local(char: str) -> bool:
    """Tell whether a character may stand before the @."""
    return char.isalnum() or char in "_.%+'’-" or "\u0300" <= char <= "\u036f"


def ibans(text: str) -> Iterator[Secret]:
    """Find bank accounts by the checksum of ISO 13616.

    >>> [one.key for one in ibans("to DE89 3704 0044 0532 0130 00 and not DE88 3704 0044 0532 0130 00")]
    ['DE89370400440532013000']
    """
    return _longest(_IBAN, text, Kind.IBAN, _is_iban)


def cards(text: str) -> Iterator[Secret]:
    """Find payment cards by the checksum of ISO/IEC 7812 (Luhn).

    >>> [one.key for one in cards("4111 1111 1111 1111 12/29, not 4111 1111 1111 1112")]
    ['4111111111111111']
    """
    return _longest(_CARD, text, Kind.CARD, _is_card)


def phones(text: str, *, regions: tuple[str, ...]) -> Iterator[Secret]:
    """Find phone numbers that a region's numbering plan knows, and others that are as long.

    >>> [one.key for one in phones("030 901820 or +49 (30) 901820, in 2019-2020", regions=("DE",))]
    ['+4930901820', '+4930901820']
    """
    for hit in _PHONE.finditer(text):
        known = next((key for region in regions if (key := _as_phone(hit.group(), region))), None)
        digits = _digits(hit.group())
        if hit.group().isdecimal() and len(digits) <= LEAST_PHONE and digits[0] != "0":
            continue  # a customer's or an order's number, as far as anybody can tell: hidden as such
        if known or (len(digits) >= LEAST_PHONE and not _DATE.match(hit.group())):
            yield Secret(Kind.PHONE, hit.start(), hit.end(), known or digits)


def long_numbers(text: str) -> Iterator[Secret]:
    """Find long numbers of any other kind.

    >>> [one.key for one in long_numbers("order 12345678 of 2026")]
    ['12345678']
    """
    for hit in _NUMBER.finditer(text):
        yield Secret(Kind.NUMBER, hit.start(), hit.end(), _digits(hit.group()))


def _as_phone(text: str, region: str) -> str | None:
    """Return the number as E.164 writes it, when all of the text is one valid number."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if _DATE.fullmatch(text) or not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _longest(candidates: re.Pattern[str], text: str, kind: Kind, stands: Callable[[str], bool]) -> Iterator[Secret]:
    """Yield, from each place where one may begin, the longest run that ends with a group and whose checksum stands."""
    after = 0
    for hit in candidates.finditer(text):
        if hit.start() < after:
            continue
        start, end = hit.span(1)
        ends = (at for at in range(end, start + 12, -1) if text[at - 1].isalnum() and not _is_inside(text, at))
        for at in ends:
            key = _SEPARATORS.sub("", text[start:at]).upper()
            if stands(key):
                yield Secret(kind, start, at, key)
                after = at
                break


def _is_inside(text: str, at: int) -> bool:
    return at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _is_iban(key: str) -> bool:
    if not 15 <= len(key) <= 34:
        return False
    return int((key[4:] + key[:4]).translate(_VALUES)) % 97 == 1


def _is_card(key: str) -> bool:
    if not 13 <= len(key) <= 19:
        return False
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(key))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def _digits(text: str) -> str:
    return "".join(str(int(char)) for char in text if char.isdecimal())
