"""What every error promises."""

from __future__ import annotations

import inspect

import pytest

from journey import errors
from journey.errors import JourneyError

TREE = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, JourneyError)]


@pytest.mark.parametrize("kind", TREE)
def test_the_first_docstring_line_is_the_default_message(kind: type[JourneyError]) -> None:
    assert str(kind()) == (kind.__doc__ or "").splitlines()[0]
    assert str(kind("Said better.")) == "Said better."


@pytest.mark.parametrize("kind", TREE)
def test_every_error_stands_in_the_tree_drawn_at_the_top(kind: type[JourneyError]) -> None:
    assert kind.__name__ in (errors.__doc__ or "")
