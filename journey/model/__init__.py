"""The records: a Source and its passages, the Evidence that points into them, and the Journey drawn from them.

Every record is a frozen value. Identity, time and status live in the store. One class serves validation and JSON
both ways; the JSON form is the open format `journey/1`.
"""

from __future__ import annotations

from journey.model.bill import Attempt, AttemptOutcome, Budget
from journey.model.journey import (
    LANES,
    Actor,
    Emotion,
    EmotionReading,
    Item,
    Journey,
    Lane,
    Link,
    Note,
    Origin,
    Outcome,
    Phase,
    Run,
    Step,
    Touchpoint,
)
from journey.model.picture import Box, Connector, Curve, Face, Picture, Point, Ruling, Shape
from journey.model.record import Fraction, Offset, Record
from journey.model.request import Request, Upload
from journey.model.source import Evidence, Participant, Passage, Role, Source

__all__ = [
    "LANES",
    "Actor",
    "Attempt",
    "AttemptOutcome",
    "Box",
    "Budget",
    "Connector",
    "Curve",
    "Emotion",
    "EmotionReading",
    "Evidence",
    "Face",
    "Fraction",
    "Item",
    "Journey",
    "Lane",
    "Link",
    "Note",
    "Offset",
    "Origin",
    "Outcome",
    "Participant",
    "Passage",
    "Phase",
    "Picture",
    "Point",
    "Record",
    "Request",
    "Role",
    "Ruling",
    "Run",
    "Shape",
    "Source",
    "Step",
    "Touchpoint",
    "Upload",
]
