"""What a line of a transcript may say about who speaks and when. Only possibilities: `speakers` decides."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from journey.sources.clock import CLOCK, seconds
from journey.sources.utterance import SENTENCE_END


class Style(StrEnum):
    """How transcripts name a speaker."""

    VOICE = "voice"  # <v Name> words
    BOLD = "bold"  # **Name:** words
    CLOCK = "clock"  # Name [00:01:02]: words, and [00:01:02] Name: words
    HEADER = "header"  # Name 1:08, and the words below
    LEADING = "leading"  # [00:01:02] Name, and the words below
    COLON = "colon"  # Name: words
    BRACKET = "bracket"  # [Name] words, <Name> words
    TAB = "tab"  # Name, a tab, words
    DOT = "dot"  # Q. words
    ALONE = "alone"  # Name, and the words below


@dataclass(frozen=True)
class Mark:
    """A possible speaker at the head of a line, with the words after it."""

    style: Style
    label: str
    words: str
    time: float | None = None

    @cached_property
    def key(self) -> tuple[Style, str]:
        """What makes two marks the same: style and label, whatever its case and width."""
        return self.style, fold(self.label)


@dataclass(frozen=True)
class Line:
    """One line of plain text, read in every way it may be read."""

    plain: str
    """All of it, without Markdown's marks."""
    words: str
    """Without a time at its head."""
    time: float | None = None
    is_stamped: bool = False
    """The time stands in brackets, and so is no part of what was said."""
    mark: Mark | None = None
    is_heading: bool = False
    opens_paragraph: bool = False


@lru_cache(maxsize=4096)
def fold(label: str) -> str:
    """Return the label in the form in which labels are compared.

    >>> fold("Ｄr.  MÜLLER ")
    'dr. müller'
    """
    return " ".join(unicodedata.normalize("NFKC", label).casefold().split())


_DATE = r"\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})?"
_LEAD = re.compile(
    rf"\s*(?P<open>[\[(<]?)[ \t]*(?P<date>{_DATE},?[ \t]+)?(?P<clock>{CLOCK})(?P<half>[ \t]?[AaPp]\.?[Mm]\b\.?)?"
    rf"(?:[ \t]*(?:-|–|—|-->|to)[ \t]*{CLOCK})?[ \t]*(?P<close>[\])>]?)"
    r"(?:[ \t]*[-–—|]{1,3}(?=\s)|[ \t]|(?<=[\])>])|$)"
)
_CLOCK_WITHIN = re.compile(rf"(?<![\d:.,]){CLOCK}(?![\d:])(?:[ \t]?[AaPp][Mm]\b)?")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,80})?[ \t]+([^<>]{1,80})>(.*?)(?:</v>)?[ \t]*", re.DOTALL)
_COLON = re.compile(r"([^:：\t\n]{1,60})[:：](?!//|(?<=\d:)\d)[ \t]*(.*)", re.DOTALL)
_BRACKET = re.compile(r"(?:\[([^\[\]\n]{1,40})\]|<([^<>\n]{1,40})>)[ \t]*[:：]?[ \t]*(.*)", re.DOTALL)
_TAB = re.compile(rf"(?:\d{{1,5}}\t)?([^\t\n]{{1,40}})\t[ \t]*(?:({CLOCK})\t[ \t]*)?(\S.*)", re.DOTALL)
_DOT = re.compile(r"([QA])\.[ \t]+(\S.*)", re.DOTALL)
_BOLD_HEAD = re.compile(r"(?:\*\*|__)([^*\n]{1,80}?)[ \t]*(?:\*\*|__)[ \t]*(.*)", re.DOTALL)
_BOLD = re.compile(r"\*\*(?=[^\s*])([^*\n]{1,500})(?<=\S)\*\*(?!\*)")
_ESCAPE = re.compile(r"\\([\[\]*_`#])")
_PREFIX = re.compile(r"^\s*(?:[-–—]|>>+|\d{1,5}(?:[.)][ \t]|\t))[ \t]*(?=\S)")
"""A dash, an arrow, or the number of the line, before a speaker's name."""
_ZOOM_CHAT = re.compile(r"From[ \t]+(.{1,48}?)[ \t]+to[ \t]+\S.*", re.IGNORECASE)
_HEADING = re.compile(r"#{1,6}[ \t]+(?=\S)")
_QUOTED = re.compile(r">[ \t]+(?=[^\s>])")
_RULE = re.compile(r"(?:>|-{3,}|\*{3,}|_{3,}|={3,})\s*")
_LONGEST_LABEL = 48
_NAME_CHARACTERS = re.compile(r"[\w .,'’‘`´()/&@#·・\-‐‑–+*]+")
_TITLE_DOTS = re.compile(r"\b[^\W\d_a-z]\w{0,3}\.")


def read_line(raw: str, *, opens_paragraph: bool = False) -> Line | None:
    """Return the line with everything it may mark, or None when it only draws a rule."""
    if _RULE.fullmatch(raw.strip()):
        return None
    heading = _HEADING.match(raw.lstrip())
    head = _QUOTED.sub("", raw.strip(), count=1) if raw.lstrip().startswith(">") else raw.strip()
    head = head[heading.end() :] if heading else head
    plain = plain_markdown(head)
    lead = _LEAD.match(plain)
    rest = plain[lead.end() :] if lead else plain
    stamped = lead is not None and bool(lead["open"]) and bool(lead["close"])
    time = _place(lead)
    mark = _bold_mark(head) or _mark(_PREFIX.sub("", rest, count=1), has_lead=lead is not None, time=time)
    if mark is None and opens_paragraph and is_label(plain) and not SENTENCE_END.search(plain):
        mark = Mark(Style.ALONE, plain, "")
    return Line(plain, rest.lstrip(), time, stamped, mark, heading is not None, opens_paragraph)


def _place(lead: re.Match[str] | None) -> float | None:
    """The place in the recording; a time of day, or one with a date, is none."""
    return seconds(lead["clock"]) if lead and not lead["half"] and not lead["date"] else None


def plain_markdown(text: str) -> str:
    r"""Return the text without bold marks and escapes.

    Single asterisks, underscores and links stay: transcribers write `*laughs*`, and a quote has to be found in the
    file again.

    >>> plain_markdown(r"**really** \[laughter\] *sighs*")
    'really [laughter] *sighs*'
    """
    bare = _BOLD.sub(r"\1", text) if "**" in text else text
    return _ESCAPE.sub(r"\1", bare) if "\\" in bare else bare


def is_label(text: str) -> bool:
    """Return whether the text has the shape of a speaker's label at all: short, named with letters, no sentence.

    >>> [is_label(s) for s in ("Dr. Müller-O'Brien", "참가자 1", "id1", "Is it open?", "12", "I said it. Then")]
    [True, True, True, False, False, False]
    """
    return 0 < len(text) <= _LONGEST_LABEL and _is_label(text.strip())


@lru_cache(maxsize=4096)
def _is_label(label: str) -> bool:
    if len(label.split()) > 6 or not _NAME_CHARACTERS.fullmatch(_marks_dropped(label)):
        return False
    if not (label[0].isalnum() or label[0] in "'’‘@#") or label.count("(") != label.count(")"):
        return False
    return any(map(str.isalpha, label)) and ". " not in _TITLE_DOTS.sub("", label)


def _marks_dropped(label: str) -> str:
    """Python's `\\w` leaves out the combining vowels of Indic scripts and of decomposed accents."""
    return "".join(each for each in label if unicodedata.category(each)[0] != "M" and each != "\u200d")


def _mark(rest: str, *, has_lead: bool, time: float | None) -> Mark | None:
    text = rest.lstrip()
    for reader in (_voice, _clocked, _colon, _bracketed, _tabbed, _dotted):
        mark = reader(text)
        if mark is not None:
            style = Style.CLOCK if has_lead and mark.style is Style.COLON else mark.style
            return Mark(style, mark.label, mark.words, mark.time if mark.time is not None else time)
    label = text.strip(" []<>-–—")
    return Mark(Style.LEADING, label, "", time) if has_lead and is_label(label) else None


def _bold_mark(head: str) -> Mark | None:
    match = _BOLD_HEAD.match(head)
    if match is None:
        return None
    inside, after = plain_markdown(match[1]), plain_markdown(match[2])
    lead = _LEAD.match(inside)
    name = inside[lead.end() :] if lead else inside
    mark = _mark(f"{name}{after}" if after.startswith((":", "：")) else f"{name} {after}", has_lead=False, time=None)
    if mark is None or mark.style not in (Style.COLON, Style.CLOCK, Style.HEADER) or len(mark.label) > len(name):
        return None
    time = _place(lead) if lead else mark.time
    return Mark(mark.style if mark.style is Style.HEADER else Style.BOLD, mark.label, mark.words, time)


def _voice(text: str) -> Mark | None:
    match = _VOICE.fullmatch(text)
    return Mark(Style.VOICE, match[1].strip(), match[2].strip()) if match else None


def _clocked(text: str) -> Mark | None:
    """Find `Name 1:08`, `Name (1:08): words` and their like: a name, then a time."""
    match = _CLOCK_WITHIN.search(text, 0, 90)
    if match is None or match.start() == 0:
        return None
    bracketed = text[: match.start()].rstrip()[-1:] in ("[", "(", "<")
    label = text[: match.start()].rstrip(" \t[(<|,-–—").strip("[]<> \t")
    tail = text[match.end() :].lstrip("])> \t")
    if not is_label(label):
        return None
    time = seconds(match[0])
    if not tail.strip(" :：|"):
        return Mark(Style.HEADER, label, "", time)
    if tail.startswith((":", "：")) or bracketed:
        return Mark(Style.CLOCK, label, tail.lstrip(":： \t-–—"), time)
    return None


def _colon(text: str) -> Mark | None:
    match = _COLON.match(text)
    if match is None:
        return None
    label = _ZOOM_CHAT.sub(r"\1", match[1]).strip("[]<> ")
    return Mark(Style.COLON, label, match[2]) if is_label(label) else None


def _bracketed(text: str) -> Mark | None:
    match = _BRACKET.match(text)
    label = (match[1] or match[2]) if match else ""
    return Mark(Style.BRACKET, label.strip(), match[3]) if match and is_label(label) else None


def _tabbed(text: str) -> Mark | None:
    match = _TAB.match(text)
    label = match[1].strip(" :") if match else ""
    return Mark(Style.TAB, label, match[3], seconds(match[2] or "")) if match and is_label(label) else None


def _dotted(text: str) -> Mark | None:
    match = _DOT.match(text)
    return Mark(Style.DOT, match[1], match[2]) if match else None
