"""Which language a transcript is in."""

from __future__ import annotations

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

_LEAST_LETTERS = 20
_SAMPLE = 10_000
_SURE = 0.9


def identify_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language, or None when the text is too short or too mixed to tell.

    >>> identify_language("Good morning, I would like to return these shoes because they are too small.")
    'en'
    >>> identify_language("Mm-hmm.") is None
    True
    """
    sample = text[:_SAMPLE]
    if sum(map(str.isalpha, sample)) < _LEAST_LETTERS:
        return None
    code, probability = _identifier().classify(sample)
    return str(code) if probability >= _SURE and len(code) == 2 else None


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
