"""What an upright image shows besides its words: shapes, the lines between them, curves, faces and rulings."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from journey.model.picture import Connector, Curve, Face, Ruling, Shape
from journey.model.source import Passage
from journey.sources.layout.areas import with_areas
from journey.sources.layout.canvas import stretch
from journey.sources.layout.colours import find_areas
from journey.sources.layout.curves import find_curves
from journey.sources.layout.diagram import find_diagram
from journey.sources.layout.faces import find_faces
from journey.sources.layout.strikes import find_strikes


@dataclass(frozen=True, slots=True)
class Layout:
    """What was seen in an image besides its words: the fields of a `Picture` that are not its extent."""

    shapes: tuple[Shape, ...] = ()
    connectors: tuple[Connector, ...] = ()
    curves: tuple[Curve, ...] = ()
    faces: tuple[Face, ...] = ()
    rulings: tuple[Ruling, ...] = ()


def lay_out(pixels: NDArray[np.uint8], passages: Sequence[Passage]) -> Layout:
    """Find the outlines, lines, curves and faces of an image.

    Args:
        pixels: the upright image, (height, width, 3), red, green, blue, 0 to 255.
        passages: its text blocks, each with a box.
    """
    with ThreadPoolExecutor(1) as beside:  # OpenCV and NumPy let go of the interpreter: two processors are used
        areas = beside.submit(find_areas, pixels)
        curves = beside.submit(find_curves, pixels, passages)
        faces = beside.submit(find_faces, pixels, passages)
        strikes = beside.submit(find_strikes, pixels, passages)
        diagram = find_diagram(stretch(pixels, passages))
        height, width = pixels.shape[:2]
        shapes = with_areas(diagram.shapes, areas.result(), passages, width=width, height=height)
        return Layout(
            shapes=shapes,
            connectors=diagram.connectors,
            curves=curves.result(),
            faces=faces.result(),
            rulings=(*diagram.rulings, *strikes.result()),
        )
