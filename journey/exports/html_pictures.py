"""Pictures in a web page: each once, with its regions over it as links; and beside a quote, the part it was read from.

A part is a window on the same picture, not a copy of it: the page holds every picture once.
"""

from __future__ import annotations

from collections.abc import Iterator

from journey.exports.html_words import words
from journey.exports.illustrations import Illustration, Region, around

BORDER = 0.004
"""Room between a region and its outline, in parts of the picture's width: the line must not lie on the words."""


def picture_html(picture: Illustration, number: int) -> Iterator[str]:
    """Yield a picture under the number of its source, each of its regions leading to the card that rests on it."""
    size = f"{picture.width} {picture.height}"
    name = words(picture.source.name)
    yield f'<div class="picture" tabindex="0" role="region" aria-label="{name}">'
    yield f'<div class="sheet" style="--ratio:{picture.width / picture.height:.4f}">'
    yield f'<svg viewBox="0 0 {size}" role="img" aria-label="{name}">'
    yield f'<image id="picture{number}" width="{picture.width}" height="{picture.height}"'
    yield f' href="{picture.as_address()}"/></svg>'
    yield from (_region(region, number) for region in picture.regions)
    yield "</div></div>"


def region_id(number: int, index: int) -> str:
    """Return the place on the page of a passage of the picture under that number."""
    return f"s{number}-r{index}"


def cut_html(picture: Illustration, number: int, region: Region) -> str:
    """Return the part of a picture round a region, the region outlined."""
    window, wide, high = around(region.box), picture.width, picture.height
    frame = f"{window.x * wide:.0f} {window.y * high:.0f} {max(1, window.w * wide):.0f} {max(1, window.h * high):.0f}"
    spare = BORDER * wide
    place = (
        f'x="{region.box.x * wide - spare:.0f}" y="{region.box.y * high - spare:.0f}" '
        f'width="{region.box.w * wide + 2 * spare:.0f}" height="{region.box.h * high + 2 * spare:.0f}"'
    )
    told = f"Where it stands in {words(picture.source.name)}"
    shown = f'<use href="#picture{number}"/><rect {place}/>'
    return f'<svg class="cut" viewBox="{frame}" role="img" aria-label="{told}">{shown}</svg>'


def _region(region: Region, number: int) -> str:
    box = region.box
    place = f"left:{box.x:.2%};top:{box.y:.2%};width:{box.w:.2%};height:{box.h:.2%}"
    name = f'aria-label="{region.label}: {words(region.words)}"'
    link = (
        f'<a class="region" id="{region_id(number, region.index)}" href="#e{region.numbers[0]}" style="{place}" {name}>'
    )
    return f"{link}<b>{region.label}</b></a>"
