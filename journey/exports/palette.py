"""The colours of everything drawn, as on the page in its light theme: six hexadecimal digits, no sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from journey.exports.citations import LANE_TITLES

INK: Final = "1C1C1E"
QUIET: Final = "5B5B66"
LINE: Final = "D8D8DF"
PAPER: Final = "FFFFFF"
PRIMARY: Final = "0B6B50"
BAND_FILL: Final = "E3EFEB"
ALARM: Final = "B3261E"


@dataclass(frozen=True)
class Tone:
    """A lane's colours; the ink has a contrast of 4.5 : 1 and more on the fill (WCAG 2.2, 1.4.3)."""

    fill: str
    ink: str


_BLUE = Tone("EAF2FD", "1D4F91")
_GRAY = Tone("F2F2F0", "55534E")
_TONES = {
    "actions": _BLUE,
    "touchpoints": _GRAY,
    "thoughts": Tone("FFF6DB", "7A5600"),
    "pains": Tone("FDECEA", "A3262A"),
    "gains": Tone("E7F4EA", "1E6B3A"),
    "needs": Tone("F1ECFB", "5B3FA0"),
    "opportunities": Tone("FDF0E3", "8F470A"),
    "notes": _GRAY,
}
_BY_TITLE = {LANE_TITLES[name]: tone for name, tone in _TONES.items()}


def tone(lane: str) -> Tone:
    """Return the colours of a lane by its title.

    >>> tone("Pains").ink, tone("Backstage") == tone("Notes")
    ('A3262A', True)
    """
    return _BY_TITLE.get(lane, _GRAY)


def feeling_ink(score: float) -> str:
    """Return the colour of a feeling from -2 to +2.

    >>> feeling_ink(-1) == ALARM, feeling_ink(0) == QUIET
    (True, True)
    """
    if abs(score) < 0.5:
        return QUIET
    return PRIMARY if score > 0 else ALARM
