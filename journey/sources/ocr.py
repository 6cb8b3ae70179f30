"""Where text stands in an image and what it says; the only file that knows the OCR package.

PP-OCR v6 (Baidu, through RapidOCR and ONNX Runtime), its models inside the wheel. Its line-orientation classifier is
off: it turns long thin lines upside down and makes garbage of them. Lines are found in a reduced image, but cut out of
the full one, so that small print keeps its pixels.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import rapidocr
from numpy.typing import NDArray
from rapidocr import RapidOCR
from rapidocr.ch_ppocr_det import TextDetOutput

from journey.sources.blocks import Block, Line, group
from journey.sources.geometry import Quad, across, is_tall, length, taller
from journey.sources.tiles import SIDE, Window, join, windows

THREADS = min(2, os.cpu_count() or 1)
"""Processors used: to find lines all at once, to read them each on its own; more gain little, and others work too."""
UNREAD = 0.6
"""Confidence below which a line counts as not read: its words are dropped, its place is kept. On photos of handwriting
a third of the letters or fewer were right there, two thirds between this and 0.8."""

MOST_LINES = 1_500
"""Lines that are read, the longest first; a page of more is a pattern, or takes longer than anybody waits."""

SURE = 0.9
"""Confidence from which a second reading of printed words finds nothing to correct."""

_CUTS = (-0.1, 0.08)
"""Shares of a line's height by which its region is cut taller for another reading."""

_MODELS = Path(rapidocr.__file__).parent / "models"
_UPRIGHT_LETTER = 3.0
"""Height by width up to which a tall region may be a single upright letter."""


def read_blocks(pixels: NDArray[np.uint8]) -> tuple[Block, ...]:
    """Read an upright image: its text blocks in reading order; what could not be read has no words.

    Args:
        pixels: (height, width, 3), red, green, blue, 0 to 255.
    """
    return group(read_again(pixels, read_lines(pixels, find_lines(pixels))), pixels)


def find_lines(pixels: NDArray[np.uint8]) -> list[Quad]:
    """Find where lines of text stand, in pixels, over all windows of a large image."""
    height, width = pixels.shape[:2]
    return join([(window, _find_within(pixels, window)) for window in windows(width, height)])


def read_lines(pixels: NDArray[np.uint8], quads: Sequence[Quad]) -> list[Line]:
    """Read what stands in each quadrilateral; a tall one may run up, run down, or be an upright letter."""
    if len(quads) > MOST_LINES:
        longest = sorted(quads, key=length, reverse=True)
        return [*read_lines(pixels, longest[:MOST_LINES]), *(_line(quad, "", 0.0) for quad in longest[MOST_LINES:])]
    crops = [_crop(pixels, quad) for quad in quads]
    turns = [_turns(crop) for crop in crops]
    read = iter(_recognise([np.rot90(crop, turn) for crop, turn in _each_turn(crops, turns)]))
    found = [max((next(read) for _ in ways), key=lambda one: one[1]) for ways in turns]
    return [_line(quad, words, score) for quad, (words, score) in zip(quads, found, strict=True)]


def read_again(pixels: NDArray[np.uint8], lines: Sequence[Line]) -> list[Line]:
    """Read the lines that are not sure once more, cut out a little narrower and wider, and keep the surest reading.

    The region of a line is told to a pixel or two, which for small print decides what the letters look like. What was
    not read at all stays so: among several readings of a scrawl, one always seems surer than it is.
    """
    best = list(lines)
    unsure = [number for number, line in enumerate(lines) if line.words and line.confidence < SURE]
    for share in _CUTS:
        cuts = [taller(lines[number].corners, share) for number in unsure]
        for number, line in zip(unsure, read_lines(pixels, cuts), strict=True):
            if line.confidence > best[number].confidence:
                best[number] = replace(line, corners=lines[number].corners)
    return best


def _line(quad: Quad, words: str, score: float) -> Line:
    words = " ".join(words.split())
    return Line(words if score >= UNREAD else "", quad, round(min(1.0, score), 3))


def _each_turn(
    crops: Sequence[NDArray[np.uint8]], turns: Sequence[tuple[int, ...]]
) -> list[tuple[NDArray[np.uint8], int]]:
    return [(crop, turn) for crop, ways in zip(crops, turns, strict=True) for turn in ways]


def _turns(crop: NDArray[np.uint8]) -> tuple[int, ...]:
    """Return the quarter turns (counter-clockwise) in which a region is worth reading."""
    height, width = crop.shape[:2]
    if not is_tall(width, height):
        return (0,)
    return (0, 1, 3) if height < _UPRIGHT_LETTER * width else (1, 3)


def _find_within(pixels: NDArray[np.uint8], window: Window) -> list[Quad]:
    part = pixels[window.top : window.bottom, window.left : window.right]
    if window.scale != 1:
        way = cv2.INTER_AREA if window.scale < 1 else cv2.INTER_LINEAR
        part = np.asarray(cv2.resize(part, None, fx=window.scale, fy=window.scale, interpolation=way), np.uint8)
    found = _engine(THREADS)(_bgr(part), use_det=True, use_rec=False)
    if not isinstance(found, TextDetOutput) or found.boxes is None:
        return []
    offset = np.array([window.left, window.top])
    return [across(box.astype(np.float64) / window.scale + offset) for box in found.boxes]


def _crop(pixels: NDArray[np.uint8], quad: Quad) -> NDArray[np.uint8]:
    """Cut a quadrilateral out and straighten it."""
    corners = np.asarray(quad, np.float32)
    width = max(1, round(float(max(np.linalg.norm(corners[1] - corners[0]), np.linalg.norm(corners[2] - corners[3])))))
    height = max(1, round(float(max(np.linalg.norm(corners[3] - corners[0]), np.linalg.norm(corners[2] - corners[1])))))
    straight = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, straight)
    return np.asarray(
        cv2.warpPerspective(pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE),
        np.uint8,
    )


def _recognise(crops: Sequence[NDArray[np.uint8]]) -> list[tuple[str, float]]:
    """Return the words and the confidence of each straightened line."""
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(_recognise_one, crops))


def _recognise_one(crop: NDArray[np.uint8]) -> tuple[str, float]:
    read = _engine(1).recognize_txt([_bgr(crop)])
    return (str(read.txts[0]), float(read.scores[0])) if read.txts else ("", 0.0)


def _bgr(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.ascontiguousarray(pixels[..., ::-1])


def load_models() -> None:
    """Load both models now and run each once, on next to nothing: the first time takes longer than those after it."""
    blank = np.full((96, 320, 3), 255, np.uint8)
    _find_within(blank, Window(0, 0, 320, 96, 1.0))
    _recognise([blank, blank])


@cache
def _engine(threads: int) -> RapidOCR:
    """Return the engine for work on so many threads; each loads only the model that it is used for.

    Lines are read one by one, without filling up to the longest of a batch: what one says does not hang on the others.
    """
    cv2.setNumThreads(THREADS)
    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,
            "Global.use_vertical_padding": False,  # of black, whose edge is taken for a line
            "Det.model_path": str(_MODELS / "PP-OCRv6_det_small.onnx"),  # named, so that none is ever downloaded
            "Rec.model_path": str(_MODELS / "PP-OCRv6_rec_small.onnx"),
            "Det.limit_type": "max",  # of itself it enlarges a long strip without bound
            "Det.limit_side_len": SIDE + 32,
            "Rec.rec_batch_num": 1,
            "EngineConfig.onnxruntime.enable_cpu_mem_arena": threads == 1,  # what finding takes is large: given back
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
