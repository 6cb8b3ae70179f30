"""The embedded engine, which needs no key and no network."""

from journey.engines.local.engine import LocalEngine

__all__ = ["LocalEngine"]
