"""Pictures drawn when a test needs them: a printed map, photographed, turned, damaged."""

from __future__ import annotations

import io
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Pixels = NDArray[np.uint8]

PHASES = ("Discover", "Compare", "Order", "Receive")
ROWS: dict[str, tuple[str, ...]] = {
    "Actions": ("Searches for a chair", "Reads three reviews", "Pays with a card", "Opens the parcel"),
    "Touchpoints": ("Search engine", "Review portal", "Web shop", "Delivery van"),
    "Pain points": ("Too many adverts", "Prices are hidden", "Form asks twice", "Box is damaged"),
    "Opportunities": ("Show real photos", "Compare on one page", "Remember the address", "Use less cardboard"),
}
WORDS = (*PHASES, *ROWS, *(cell for cells in ROWS.values() for cell in cells))
"""Every string of the drawn map."""


def draw_map(
    width: int = 1600, height: int = 1000, *, size: int = 22, ink: str = "black", paper: str = "white"
) -> Image.Image:
    """Draw a journey map as a table: phases across, rows of cells with titles at the left."""
    image = Image.new("RGB", (width, height), paper)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size)
    columns, rows = len(PHASES) + 1, len(ROWS) + 1
    wide, high = width // columns, height // rows
    for row, cells in enumerate([("", *PHASES), *((title, *cells) for title, cells in ROWS.items())]):
        for column, words in enumerate(cells):
            left, top = column * wide, row * high
            if row and column:
                draw.rectangle(
                    (left + 12, top + 12, left + wide - 12, top + high - 12), fill="#d9ead3", outline="#557755"
                )
            draw.text((left + wide / 2, top + high / 2), words, font=font, fill=ink, anchor="mm")
    return image


def encoded(image: Image.Image, form: str = "PNG", **options: object) -> bytes:
    """Return the picture as a file."""
    packed = io.BytesIO()
    image.save(packed, form, **options)
    return packed.getvalue()


def photographed(page: Image.Image, *, room: float = 0.15, tilt: float = 0.08) -> Image.Image:
    """Return the page as a camera sees it lying on a dark desk: in perspective, unevenly lit."""
    pixels = np.asarray(page)
    height, width = pixels.shape[:2]
    wide, high = round(width * (1 + 2 * room)), round(height * (1 + 2 * room))
    x, y = width * room, height * room
    corners = [
        [x + tilt * width, y],
        [x + width, y + tilt * height],
        [x + width * (1 - tilt / 2), y + height],
        [x, y + height * (1 - tilt)],
    ]
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(flat, np.array(corners, np.float32))
    desk = np.random.default_rng(1).normal(70, 6, (high, wide, 3)).clip(0, 255).astype(np.uint8)
    seen = cv2.warpPerspective(pixels, matrix, (wide, high), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, (wide, high))
    shade = np.linspace(1.0, 0.8, wide)[None, :, None]
    return Image.fromarray((np.where(mask[..., None] > 127, seen, desk) * shade).astype(np.uint8))


def askew(page: Image.Image, degrees: float, *, around: str = "white") -> Image.Image:
    """Return the page turned clockwise by an angle."""
    return page.rotate(-degrees, expand=True, resample=Image.Resampling.BICUBIC, fillcolor=around)


def folded(text: str) -> str:
    """Return the letters alone, for comparing what was read."""
    return "".join(filter(str.isalnum, text.casefold()))


def share_read(text: str, words: Sequence[str] = WORDS) -> float:
    """Return the share of strings that stand in a text."""
    read = folded(text)
    return sum(folded(one) in read for one in words) / len(words)
