"""What is too much, too little or of the wrong kind, each said in one sentence."""

from __future__ import annotations

from journey.errors import SourceError
from journey.sources.utterance import count_words

MAX_BYTES = 20 * 1024 * 1024
MAX_WORDS = 500_000
MAX_UNPACKED_BYTES = 200 * 1024 * 1024

LIMITS = (
    "Up to 20 MB each; transcripts up to 500,000 words, a .docx or .odt unpacked up to 200 MB; "
    "pictures up to 100 million pixels."
)
"""The limits as the page states them."""


def check_size(content: bytes) -> None:
    """Refuse content that is empty or over 20 MB.

    Raises:
        SourceError: with the sentence to show.
    """
    if not content.strip():
        raise SourceError("This file is empty: choose one with a transcript or a picture in it, or paste the text.")
    if len(content) > MAX_BYTES:
        raise SourceError(
            f"This file is {len(content) / 1024 / 1024:.1f} MB, and the limit is 20 MB: "
            "split it into parts, or save the pictures in it smaller."
        )


def check_words(text: str) -> None:
    """Refuse text without a single letter, or of more than 500,000 words.

    Raises:
        SourceError: with the sentence to show.
    """
    if not any(map(str.isalpha, text)):
        raise SourceError("There are no words in this file: nothing in it could be read as speech.")
    _check_count(count_words(text), MAX_WORDS)


def check_length(text: str) -> None:
    """Refuse a text file that is hopelessly long before any time is spent on it; numbers and times count here too.

    Raises:
        SourceError: with the sentence to show.
    """
    _check_count(count_words(text), 3 * MAX_WORDS)


def _check_count(words: int, limit: int) -> None:
    if words > limit:
        raise SourceError(f"This transcript has {words:,} words, and the limit is 500,000: split it into parts.")
