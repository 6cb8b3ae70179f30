"""The engine that asks a model on any OpenAI-compatible server; the only package that knows `openai`."""

from __future__ import annotations

from journey.engines.llm.engine import LlmEngine

__all__ = ["LlmEngine"]
