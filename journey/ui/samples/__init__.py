"""A transcript to try the app with: an interview we made up, about moving a broadband contract to a new flat."""

from __future__ import annotations

from pathlib import Path

TITLE = "Moving broadband to a new flat"


def sample_transcript() -> str:
    """Return the bundled interview.

    >>> sample_transcript().startswith("Interviewer: ")
    True
    """
    return (Path(__file__).parent / "broadband-move.txt").read_text(encoding="utf-8")
