"""Quotes checked by code: locate a quote in a source, verify a whole journey, tell which turns were used.

An engine copies words and cites passages; only this package turns words into offsets. All of it is pure.
"""

from __future__ import annotations

from journey.grounding.finding import locate, numbers_stand
from journey.grounding.negations import negations_stand
from journey.grounding.usage import coverage, unused
from journey.grounding.verifying import Flaw, verify

__all__ = ["Flaw", "coverage", "locate", "negations_stand", "numbers_stand", "unused", "verify"]
