"""The pictures that a journey was drawn from, made small enough to leave with it, and the regions its claims rest on.

What leaves is drawn anew from the pixels: whatever else the file held (a place, a name, a comment) stays behind.
"""

from __future__ import annotations

import base64
import io
import logging
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from PIL import Image

from journey.errors import JourneyError
from journey.exports.appendix import cited
from journey.model import Box, Journey, Source

log = logging.getLogger(__name__)

Pictures = Mapping[str, bytes]
"""By their digests, pictures as they are kept, or smaller copies of them; one that is missing is not at hand."""

NO_PICTURES: Pictures = {}

MOST_PIXELS = 2_000_000
"""Pixels of a picture that leaves: small print of a wall can still be read."""

MOST_PIXELS_IN_ALL = 24_000_000
"""Pixels of all pictures of one journey: from the thirteenth on, each of them gets smaller."""

LONGEST_SIDE = 16_000
"""Pixels in one direction: WebP holds 16,383."""

MOST_TO_OPEN = 100_000_000
"""Pixels of a picture that is opened at all; what is kept never has more."""

_QUALITY: Final = {"WEBP": 82, "JPEG": 88}
_TURNS: Final[dict[int, Image.Transpose]] = {
    90: Image.Transpose.ROTATE_270,  # Pillow turns the other way round
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True)
class Region:
    """Where in a picture claims rest, and their numbers in the appendix; `index` is the passage's place in its source,
    from 1: an id may be any text."""

    index: int
    box: Box
    words: str
    numbers: tuple[int, ...]

    @property
    def label(self) -> str:
        """The numbers as a card shows them.

        >>> Region(1, Box(x=0, y=0, w=1, h=1), "", (3, 7, 8, 9)).label
        'E3 E7 +2'
        """
        first = " ".join(f"E{number}" for number in self.numbers[:2])
        return f"{first} +{len(self.numbers) - 2}" if len(self.numbers) > 2 else first


@dataclass(frozen=True)
class Illustration:
    """A picture, upright, in the format that was asked for."""

    source: Source
    width: int
    """Pixels."""
    height: int
    content: bytes
    regions: tuple[Region, ...]

    def as_address(self) -> str:
        """Return the picture as an address that holds it whole."""
        kind = "webp" if self.content[8:12] == b"WEBP" else "jpeg"
        return f"data:image/{kind};base64,{base64.b64encode(self.content).decode()}"


def illustrations(
    journey: Journey, pictures: Pictures, form: Literal["WEBP", "JPEG"] = "JPEG"
) -> dict[str, Illustration]:
    """Return, by the id of their source, the pictures that are at hand, in the order of the sources."""
    at_hand = [source for source in journey.sources if source.kind == "image" and source.sha256 in pictures]
    most = min(MOST_PIXELS, MOST_PIXELS_IN_ALL // max(1, len(at_hand)))
    found = {source.id: _illustration(journey, source, pictures[source.sha256], form, most) for source in at_hand}
    return {source_id: one for source_id, one in found.items() if one is not None}


def pictures_at_hand(journey: Journey, load: Callable[[str], bytes]) -> Pictures:
    """Return those pictures of a journey that can be loaded by their digest."""
    found: dict[str, bytes] = {}
    for source in journey.sources:
        if source.kind == "image" and source.sha256 not in found:
            try:
                found[source.sha256] = load(source.sha256)
            except JourneyError as exc:
                log.info("a picture is not at hand: %s", type(exc).__name__)
    return found


def regions(journey: Journey, source: Source) -> tuple[Region, ...]:
    """Return the regions of a picture on which something of the map rests, in reading order."""
    numbers: dict[str, dict[int, None]] = {}
    for claim in cited(journey):
        for evidence in claim.evidence:
            if evidence.source == source.id:
                numbers.setdefault(evidence.passage, {})[claim.number] = None
    return tuple(
        Region(index, passage.box, source.slice(passage), tuple(numbers[passage.id]))
        for index, passage in enumerate(source.passages, start=1)
        if passage.box is not None and passage.id in numbers
    )


def around(box: Box) -> Box:
    """Return a region with so much of the picture round it that one sees where it is.

    >>> around(Box(x=0.5, y=0.5, w=0.25, h=0.125)).w > 0.3
    True
    """
    aside, above = max(0.03, 0.25 * box.w), max(0.03, 0.35 * box.h)
    x, y = max(0.0, box.x - aside), max(0.0, box.y - above)
    return Box(x=x, y=y, w=min(1.0, box.x + box.w + aside) - x, h=min(1.0, box.y + box.h + above) - y)


def _illustration(
    journey: Journey, source: Source, content: bytes, form: Literal["WEBP", "JPEG"], most: int
) -> Illustration | None:
    turned = source.image.turned if source.image else 0
    try:
        picture = _opened(content, turned, most)
        out = io.BytesIO()
        picture.save(out, form, quality=_QUALITY[form], **({"method": 2} if form == "WEBP" else {"subsampling": 0}))
    except _BROKEN as exc:
        log.warning("a picture is left out of an export: %s", type(exc).__name__)
        return None
    return Illustration(source, picture.width, picture.height, out.getvalue(), regions(journey, source))


def _opened(content: bytes, turned: int, most: int) -> Image.Image:
    """Return a picture's pixels alone: upright, on white, as many as may leave."""
    with warnings.catch_warnings(), Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP")) as opened:
        warnings.simplefilter("ignore")  # about metadata, which is dropped
        if opened.width * opened.height > MOST_TO_OPEN:
            raise Image.DecompressionBombError
        scale = min(1.0, (most / (opened.width * opened.height)) ** 0.5, LONGEST_SIDE / max(opened.size))
        size = (max(1, round(opened.width * scale)), max(1, round(opened.height * scale)))
        opened.draft("RGB", size)
        seen = opened.convert("RGBA") if opened.has_transparency_data else opened.convert("RGB")
    small = seen.resize(size, Image.Resampling.LANCZOS) if seen.size != size else seen
    bare = Image.new("RGB", size, "white")
    bare.paste(small, mask=small if small.mode == "RGBA" else None)
    return bare.transpose(_TURNS[turned]) if turned else bare
