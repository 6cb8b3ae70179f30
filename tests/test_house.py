"""The house rules that no off-the-shelf checker holds: sizes, the README's truth, what CI runs."""

from __future__ import annotations

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

from journey import sources
from journey.jobs.job import JobState

ROOT = Path(__file__).parents[1]
MODULES = [ROOT / "app.py", *sorted(ROOT.glob("pages/*.py")), *sorted(ROOT.glob("journey/**/*.py"))]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _lengths(path: Path) -> Iterator[tuple[str, int]]:
    """Yield every function's name and its lines without the docstring."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            yield f"{path.relative_to(ROOT)}:{node.name}", (node.end_lineno or 0) - first.lineno + 1


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_has_at_most_300_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_functions_are_short() -> None:
    lengths = dict(found for path in MODULES for found in _lengths(path))
    assert {name for name, lines in lengths.items() if lines > 50} == set()
    assert statistics.quantiles(lengths.values(), n=10)[-1] < 30
    assert statistics.median(lengths.values()) <= 8


@pytest.mark.parametrize(
    ("command", "file"),
    [
        ("pip install -r requirements.txt && streamlit run app.py", "README.md"),
        ("pip install -r requirements-dev.txt && pytest", "README.md"),
        ("pip install -q -r requirements-dev.txt && pytest", ".ci/run"),
    ],
)
def test_the_two_commands_stand_where_they_are_promised(command: str, file: str) -> None:
    assert command in (ROOT / file).read_text(encoding="utf-8")


def test_every_setting_is_in_the_readme_and_every_one_there_is_read() -> None:
    code = (ROOT / "journey/settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'"((?:JOURNEY|OPENAI)_[A-Z_]+)"', code))
    assert set(re.findall(r"^\| `((?:JOURNEY|OPENAI)_[A-Z_]+)`", README, re.MULTILINE)) == read


def test_every_dependency_is_pinned_and_explained() -> None:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pins = [line.split() for line in lines if line and not line.startswith("#")]
    explained = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    for pin, *_ in pins:
        name, exactly, version = pin.partition("==")
        assert exactly, f"{pin} is not pinned"
        assert version
        assert f"| {name} |" in explained


def test_the_readme_tells_every_state_of_a_job_and_no_other() -> None:
    assert re.findall(r"^\| `([a-z]+)` \| [A-Z]", README, re.MULTILINE) == [state.value for state in JobState]


def test_the_readme_names_every_ending_that_is_read() -> None:
    table = README.partition("## What goes in")[2].partition("##")[0]
    assert set(re.findall(r"`(\.[a-z]+)`", table)) == set(sources.SUFFIXES)


def test_the_readme_draws_every_floor() -> None:
    drawn = README.partition("## How it is built")[2]
    parts = {path.stem for path in (ROOT / "journey").iterdir() if not path.name.startswith("__")}
    assert {part for part in parts if part not in drawn} <= {"work", "settings", "errors"}


def test_pictures_in_the_readme_exist() -> None:
    assert all((ROOT / path).is_file() for path in re.findall(r"!\[[^]]*\]\(([^)]+)\)", README))


def test_no_module_imports_the_models_library_before_a_model_is_asked() -> None:
    """It takes as long to import as a third of the rest: the first page after a start would wait for it."""
    for path in MODULES:
        at_once = [node for node in ast.parse(path.read_text(encoding="utf-8")).body if hasattr(node, "names")]
        assert "openai" not in {name.name for node in at_once for name in node.names}, path
        assert "openai" not in {getattr(node, "module", None) for node in at_once}, path
