"""The writers whose libraries take long to import: they are imported when somebody asks for a file of theirs."""

from __future__ import annotations

from journey.exports.illustrations import NO_PICTURES, Pictures
from journey.model import Journey


def to_pptx(journey: Journey, pictures: Pictures = NO_PICTURES) -> bytes:
    """Write a journey as slides."""
    from journey.exports.slides import to_pptx as write

    return write(journey, pictures)


def to_xlsx(journey: Journey) -> bytes:
    """Write a journey as a workbook."""
    from journey.exports.workbook import to_xlsx as write

    return write(journey)


def to_pdf(journey: Journey, pictures: Pictures = NO_PICTURES) -> bytes:
    """Write a journey as pages of A4."""
    from journey.exports.map_pdf import to_pdf as write

    return write(journey, pictures)


def to_pdf_a3(journey: Journey, pictures: Pictures = NO_PICTURES) -> bytes:
    """Write a journey as pages of A3."""
    from journey.exports.map_pdf import to_pdf_a3 as write

    return write(journey, pictures)


def to_png(journey: Journey) -> bytes:
    """Draw a journey as a picture."""
    from journey.exports.map_png import to_png as write

    return write(journey)
