"""Names of phases, two to five words long, from what is said in the phase and less elsewhere.

Words are weighed by how often a phase says them against how many phases do (class-based TF-IDF, as in Grootendorst
2022). The name is what the interviewer asks about, else what was done there ("Comparing prices"), else what was spoken
of ("School funding").
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from journey.engines.local.asked import topics
from journey.engines.local.lexicon import forms, kinds, lemma, words
from journey.engines.local.vocabulary import pattern, phrases

LONGEST = 5
"""Words."""
MOST_WORDS_OF_TOPIC = 3
OFTEN = 2
"""Times that a topic is spoken of before it says more than what was done."""
HEAVY = 12
"""How many of a phase's heaviest words a step's title must touch to name it."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BROKEN = re.compile(r"[.,;:!?()\[\]{}\"“”…–—]|\s-+\s")


def name_phases(
    texts: Sequence[Sequence[str]],
    titles: Sequence[Sequence[str]],
    *,
    deeds: Sequence[Sequence[str]] = (),
    questions: Sequence[Sequence[str]] = (),
) -> list[str]:
    """Return a name per phase, each different.

    Args:
        texts: per phase, what was said in it.
        titles: per phase, the titles of its steps.
        deeds: per phase, what was done in its steps besides.
        questions: per phase, what the interviewer says in it.
    """
    spoken = [Counter(word for text in said for word in content_words(text)) for said in texts]
    seen_in = Counter(word for counts in spoken for word in counts)
    taken: set[str] = set()
    names = []
    for number, counts in enumerate(spoken):
        weights = {word: count * math.log(1 + len(spoken) / seen_in[word]) for word, count in counts.items()}
        asked = questions[number] if questions else ()
        done = deeds[number] if deeds else ()
        choices = [*_topics_asked(asked), *_choices(weights, titles[number], done, texts[number])]
        name = next((choice for choice in choices if choice and _key(choice) not in taken), f"Part {number + 1}")
        taken.add(_key(name))
        names.append(name)
    return names


def content_words(text: str) -> Iterator[str]:
    """Yield the words that carry a subject, in lower case.

    >>> list(content_words("So I called the hotline, you know, and they were busy"))
    ['called', 'hotline', 'busy']
    """
    for word in _WORD.findall(pattern("filler").sub(" ", text)):
        if len(word) > 2 and not is_small(word):
            yield word.lower()


def gerund(verb: str) -> str:
    """Return the -ing form of a verb in any form.

    >>> gerund("called"), gerund("put"), gerund("made"), gerund("lies"), gerund("sees"), gerund("reinvigorated")
    ('calling', 'putting', 'making', 'lying', 'seeing', 'reinvigorating')
    """
    base = lemma(verb.lower())
    if base.endswith("ed"):
        base = base[:-1]
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) and base != "be":
        return base[:-1] + "ing"
    if re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", base) or base in phrases("doubled"):
        return base + base[-1] + "ing"
    return base + "ing"


def _key(name: str) -> str:
    """What makes two names the same to a reader: "Remote control" and "Remote controls"."""
    return " ".join(word.removesuffix("s") for word in name.casefold().split())


def _choices(
    weights: Mapping[str, float], titles: Sequence[str], deeds: Sequence[str], texts: Sequence[str]
) -> Iterator[str]:
    """Yield names, best first."""
    doings = [*_doings(weights, titles), *_doings(weights, deeds)]
    yield from (name for name in doings if not _is_trivial(name))
    yield from _topics(weights, texts, least=OFTEN)
    yield from doings
    yield from _topics(weights, texts, least=1)
    yield from map(_clipped, titles)
    heaviest = sorted(weights, key=lambda word: -weights[word])
    for first in range(0, len(heaviest) - 1, 2):
        yield _capital(" · ".join(heaviest[first : first + 2]))
    yield from (_capital(" ".join(title.split()[:LONGEST])) for title in titles)


def _doings(weights: Mapping[str, float], titles: Sequence[str]) -> list[str]:
    """Return step titles in the -ing form, those with the heaviest words first."""
    heavy = set(sorted(weights, key=lambda word: -weights[word])[:HEAVY])
    found: dict[str, float] = {}
    for name in filter(None, map(_doing, titles)):
        inside = [weights[word] for word in content_words(name) if word in heavy]
        found[name] = sum(inside) / math.sqrt(len(name.split()))
    return sorted(found, key=lambda name: -found[name])


def _doing(title: str) -> str:
    """Return "Calling the hotline" for "Called the hotline"; "" where no short phrase comes out.

    >>> _doing("Called the hotline"), _doing("Agent offers a refund"), _doing("Went")
    ('Calling the hotline', '', '')
    """
    verb, _, rest = title.partition(" ")
    if rest.startswith("to ") and "past" in forms(verb.lower()) and lemma(verb.lower()) in words("verbs", "opens"):
        verb, _, rest = rest.removeprefix("to ").partition(" ")
    if not forms(verb.lower()) or "verb" not in kinds(verb.lower()) or verb.lower() in _helping():
        return ""
    parts = _without_tail(_cut(rest.split()))
    if _leads_clause(rest) or not any("noun" in kinds(word.lower()) and not is_small(word) for word in parts):
        return ""
    return _capital(" ".join([gerund(verb), *parts]))


def _clipped(title: str) -> str:
    """The beginning of a title that gives no better name, its verb in the -ing form where it is a deed of one's own."""
    verb, _, rest = title.partition(" ")
    parts = _cut(rest.split()) or _without_tail(rest.split()[: LONGEST - 1])
    is_deed = "past" in forms(verb.lower()) and verb.lower() not in _helping() and not _leads_clause(rest)
    return " ".join([gerund(verb).capitalize() if is_deed else verb, *parts])


def _leads_clause(rest: str) -> bool:
    """Whether what was found out or said follows, which is no thing to name a phase by ("that | it was broken")."""
    first = rest.partition(" ")[0].lower()
    return first == "that" or first in words("closed", "relative") or first in words("closed", "condition")


def _cut(parts: list[str]) -> list[str]:
    """Cut where another phrase begins, so that none is broken: "the lease | for the new flat"."""
    if len(parts) < LONGEST:
        return parts
    leading = [at for at in range(1, LONGEST) if parts[at].lower() in _leading()]
    return parts[: leading[-1]] if leading else []


def _is_trivial(doing: str) -> bool:
    return lemma(doing.partition(" ")[0].lower()) in words("verbs", "trivial")


def _topics_asked(questions: Sequence[str]) -> Iterator[str]:
    """Yield what the interviewer asks about; what was done, in the -ing form."""
    for topic in topics(questions):
        verb, _, rest = topic.partition(" ")
        is_deed = rest and "base" in forms(verb.lower()) and rest.split()[0].lower() in _opening()
        if is_deed:
            yield _capital(" ".join([gerund(verb), *_without_owner(rest)]))
        else:
            yield _capital(topic) if rest else f"The {topic}"


def _without_owner(rest: str) -> list[str]:
    """'Your seat' is nobody's on a map."""
    return ["the" if word.lower() == "your" else word for word in rest.split()]


@cache
def _leading() -> frozenset[str]:
    listed = (words("closed", name) for name in ("preposition", "conjunction", "number"))
    return frozenset[str]().union(*listed, {"to"})


@cache
def _opening() -> frozenset[str]:
    return words("closed", "determiner") | words("closed", "possessive") | words("closed", "particle")


@cache
def _helping() -> frozenset[str]:
    return frozenset[str]().union(*(words("closed", name) for name in ("be", "have", "do", "modal")))


def _without_tail(parts: list[str]) -> list[str]:
    """Drop small words at the end, which lead to words cut off."""
    while parts and is_small(parts[-1]):
        parts = parts[:-1]
    return parts


def _topics(weights: Mapping[str, float], texts: Sequence[str], *, least: int) -> list[str]:
    """Return what was spoken of, best first: runs of two or three words that carry the subject and end in a noun."""
    written: dict[tuple[str, ...], str] = {}
    counts: Counter[tuple[str, ...]] = Counter()
    for run in (run for text in texts for run in _runs(text)):
        key = tuple(word.lower() for word in run)
        written.setdefault(key, " ".join(run))
        counts[key] += 1
    worth = {
        key: sum(weights.get(word, 0.0) for word in key) * math.log(1 + count) / len(key)
        for key, count in counts.items()
        if len(key) > 1 and count >= least
    }
    return [_capital(written[key]) for key in sorted(worth, key=lambda key: -worth[key])]


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield runs of nouns and adjectives; only the first word of a piece may owe its capital to its place."""
    for piece in _BROKEN.split(text):
        run: list[str] = []
        for place, word in enumerate([*_WORD.findall(piece), ""]):
            if len(word) > 1 and not is_small(word) and _may_name(word.lower()):
                run.append(word.lower() if place == 0 and not word.isupper() else word)
                continue
            if 1 < len(run) <= MOST_WORDS_OF_TOPIC and "noun" in kinds(run[-1].lower()):
                yield tuple(run)
            run = []


def _may_name(word: str) -> bool:
    """Whether a word is a noun, or an adjective that is no verb form; verbs such as "keep" are hardly ever either."""
    counts = any(part in words("closed", "number") for part in word.split("-"))
    if counts or word in words("verbs", "trivial") or word in words("time", "calendar"):
        return False
    return "noun" in kinds(word) or ("adjective" in kinds(word) and not forms(word) & {"past", "s"})


def is_small(word: str) -> bool:
    """Whether a word cannot name anything by itself."""
    return word.lower().replace("’", "'") in _small() or "'" in word or "’" in word


@cache
def _small() -> frozenset[str]:
    """Words of the closed classes, of speech, and those too common to name anything."""
    closed = ("determiner", "possessive", "subject", "object", "preposition", "particle", "conjunction", "modal", "be")
    more = ("have", "do", "negation", "relative", "condition", "time", "reason", "number", "adverb", "interjection")
    listed = frozenset[str]().union(*(words("closed", name) for name in (*closed, *more)), words("speech", "filler"))
    return listed | words("verbs", "mental") | frozenset(phrases("too_common"))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
