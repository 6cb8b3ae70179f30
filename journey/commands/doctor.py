"""`doctor`: everything that a report needs and nothing secret; no request leaves the machine."""

from __future__ import annotations

import argparse
import platform
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import urlsplit

from journey import __version__
from journey.commands import terminal
from journey.commands.environment import read_settings
from journey.commands.exits import Exit
from journey.errors import JourneyError
from journey.settings import Settings

REQUIREMENTS = Path(__file__).parents[2] / "requirements.txt"
_PIN = re.compile(r"^([\w.-]+)==([\w.]+)")


@dataclass(frozen=True)
class Finding:
    """One line of the report."""

    subject: str
    text: str
    is_broken: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes: nothing."""


def run(_options: argparse.Namespace) -> Exit:
    """Write the report; the status says whether something is broken."""
    settings = read_settings()
    findings = [*_versions(), *_settings(settings), *_engine(settings), *_weights(), *_ocr(), *_store(settings)]
    for finding in findings:
        terminal.write_line(f"{'BROKEN' if finding.is_broken else 'ok':<6} {finding.subject}: {finding.text}")
    broken = sum(finding.is_broken for finding in findings)
    terminal.remark(f"{broken} of these are broken." if broken else "Nothing is broken.")
    return Exit.NO if broken else Exit.OK


def _versions() -> Iterator[Finding]:
    yield Finding("journey", __version__)
    yield Finding(
        "python", f"{platform.python_implementation()} {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )
    yield Finding("system", platform.platform())
    for name, pinned in pins(REQUIREMENTS):
        yield _package(name, pinned)


def pins(requirements: Path) -> Iterator[tuple[str, str]]:
    """Yield the packages that a requirements file pins, each with its version."""
    for line in requirements.read_text(encoding="utf-8").splitlines():
        if pin := _PIN.match(line):
            yield pin[1], pin[2]


def _package(name: str, pinned: str) -> Finding:
    try:
        installed = version(name)
    except PackageNotFoundError:
        return Finding(name, f"missing: pip install {name}=={pinned}", is_broken=True)
    return Finding(name, installed if installed == pinned else f"{installed}, tested with {pinned}")


def _settings(settings: Settings) -> Iterator[Finding]:
    """Show the settings; of the key only whether it is set, of an address no user name or password."""
    key = "set (not shown)" if settings.api_key.get_secret_value() else "not set"
    yield Finding("OPENAI_API_KEY", key)
    yield Finding("OPENAI_BASE_URL", _without_secrets(settings.base_url) or "not set")
    yield Finding("OPENAI_MODEL", settings.model)
    yield Finding("JOURNEY_HOME", str(settings.home))
    yield Finding("JOURNEY_WORKERS", str(settings.workers))
    yield Finding("JOURNEY_JOB_TIMEOUT", f"{settings.job_timeout:g} s")
    yield Finding("JOURNEY_KEEP_DAYS", f"{settings.keep_days:g}")


def _without_secrets(address: str) -> str:
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}" if host else ""


def _engine(settings: Settings) -> Iterator[Finding]:
    try:
        from journey.bootstrap import default_engine, offered_engines

        name = default_engine(settings)
        engine = offered_engines(settings)[name]
    except (ImportError, JourneyError) as exc:
        yield Finding("engine", f"{type(exc).__name__}: {exc}", is_broken=True)
        return
    why = "a key or an address is set" if settings.has_model else "no model is set up"
    yield Finding("engine", f"{name}, because {why}; the text: {engine.destination}")


def _weights() -> Iterator[Finding]:
    try:
        from journey.engines.local.embeddings import MiniLm

        MiniLm().load()
    except (ImportError, JourneyError) as exc:
        yield Finding("embedded model", f"{exc} The local engine goes on without it.", is_broken=True)
        return
    yield Finding("embedded model", "all-MiniLM-L6-v2, digests as expected")


def _ocr() -> Iterator[Finding]:
    """Read a word drawn here: only that shows that the models are there and this machine can run them."""
    try:
        import numpy as np
        from PIL import Image, ImageDraw, ImageFont

        from journey.sources.ocr import read_blocks

        image = Image.new("RGB", (240, 80), "white")
        ImageDraw.Draw(image).text((40, 20), "Journey", font=ImageFont.load_default(32), fill="black")
        words = " ".join(block.words for block in read_blocks(np.asarray(image, np.uint8)))
    except (ImportError, OSError, RuntimeError) as exc:
        yield Finding("reading of pictures", f"{type(exc).__name__}: {exc}", is_broken=True)
        return
    yield Finding("reading of pictures", f"PP-OCRv6; a drawn word was read as {words!r}", is_broken=words != "Journey")


def _store(settings: Settings) -> Iterator[Finding]:
    try:
        from journey.bootstrap import open_app

        with closing(open_app(settings).queue) as queue:
            health = queue.health()
    except (ImportError, JourneyError) as exc:
        yield Finding("store", f"{type(exc).__name__}: {exc}", is_broken=True)
        return
    owner = "a running program works on its jobs" if health.is_owned else "nothing is working on its jobs now"
    yield Finding("store", f"{health.folder} ({health.store_bytes / 1e6:.1f} MB); {owner}")
    yield Finding("jobs", f"{health.queued} queued, {health.running} running")
    full = ", which was full: nothing new is begun" if health.is_short else ""
    yield Finding("disk", f"{health.free_bytes / 1e9:.1f} GB free{full}", is_broken=health.is_short)
