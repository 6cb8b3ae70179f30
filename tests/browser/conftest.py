"""Fixtures of the browser tests: the real app in a process of its own, and a Chromium page that watches it.

Every test that asks for `page` also proves that the page spoke to nobody but this machine and raised no script error.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
LISTEN_TO_SOCKETS = '''
"""Write down every address outside this machine that Python code looks up or connects to."""
import os, sys

HERE = {"", "0.0.0.0", "127.0.0.1", "::1", "localhost", "None"}

def note(event, args):
    if event == "socket.getaddrinfo":
        host = args[0].decode() if isinstance(args[0], bytes) else str(args[0])
    elif event in {"socket.connect", "socket.sendto", "socket.sendmsg"} and isinstance(args[1], tuple):
        host = str(args[1][0])
    else:
        return
    if host not in HERE:
        with open(os.environ["JOURNEY_TEST_OUTBOUND"], "a") as log:
            log.write(f"{event} {host}\\n")

sys.addaudithook(note)
'''


class AppServer:
    """One Streamlit server on a port of its own, over a data folder that outlives it."""

    def __init__(self, folder: Path, *, script: Path) -> None:
        self.home = folder / "home"
        self.script = script
        self.log = folder / "server.log"
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._outbound = folder / "outbound.txt"
        self._startup = folder / "startup"
        self._startup.mkdir(parents=True, exist_ok=True)
        (self._startup / "sitecustomize.py").write_text(LISTEN_TO_SOCKETS)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server, again after a kill too, and wait until it answers."""
        flags = ("--server.port", str(self.port), "--server.headless", "true", "--server.address", "127.0.0.1")
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", str(self.script), *flags],
                cwd=ROOT,
                env=self.environ(),
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        _wait_until(self._is_healthy, seconds=30, what=f"{self.url} answers; see {self.log}")

    def kill(self) -> None:
        """End the server as a crash does: SIGKILL, in the middle of whatever it is doing."""
        self._end(signal.SIGKILL)

    def stop(self) -> float:
        """End the server as an administrator does, and return the seconds it took to leave."""
        began = time.monotonic()
        self._end(signal.SIGTERM)
        return time.monotonic() - began

    def outbound(self) -> list[str]:
        """Return every address outside this machine that the server's Python code has tried to reach."""
        return self._outbound.read_text().splitlines() if self._outbound.exists() else []

    def environ(self) -> dict[str, str]:
        """Return the variables the server is started with: no key, its own data folder, the listener to its sockets."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("OPENAI_", "STREAMLIT_"))}
        return kept | {
            "JOURNEY_HOME": str(self.home),
            "JOURNEY_TEST_OUTBOUND": str(self._outbound),
            "PYTHONPATH": os.pathsep.join((str(self._startup), str(ROOT))),
        }

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        self._process.wait(timeout=30)
        self._process = None

    def _is_healthy(self) -> bool:
        if self._process is None or self._process.poll() is not None:
            raise AssertionError(f"the server has ended:\n{self.log.read_text()}")
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as reply:
                return bool(reply.read() == b"ok")
        except (urllib.error.URLError, OSError):
            return False


def chromium_path() -> str | None:
    """Return the system's Chromium; None for the one that Playwright may have installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


StartApp = Callable[..., AppServer]
"""`start_app(script=ROOT / "app.py")`: a running server over a fresh data folder."""


@pytest.fixture
def start_app(tmp_path: Path) -> Iterator[StartApp]:
    """Start any number of servers; they are killed when the test ends."""
    servers: list[AppServer] = []

    def start(script: Path = ROOT / "app.py") -> AppServer:
        server = AppServer(tmp_path / f"server{len(servers)}", script=script)
        servers.append(server)
        server.start()
        return server

    yield start
    for server in servers:
        server.kill()


@pytest.fixture
def app(start_app: StartApp) -> AppServer:
    """The real app over an empty library."""
    return start_app()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One headless Chromium for the tests of a file, or a skip that says what is missing.

    Not for the whole session: while Playwright is open an event loop runs in this thread, and `asyncio.run` in the
    tests that come after would refuse to begin another.
    """
    with sync_playwright() as playwright:
        try:
            running = playwright.chromium.launch(executable_path=chromium_path(), args=list(CHROMIUM_FLAGS))
        except Error as exc:
            pytest.skip(f"no Chromium to test with: {exc.message.splitlines()[0]}")
        yield running
        running.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser profile that fails the test if a page speaks to another machine or raises a script error."""
    strangers: list[str] = []
    errors: list[str] = []
    profile = browser.new_context(viewport={"width": 1440, "height": 900})
    profile.set_default_timeout(15_000)
    profile.on("request", lambda request: None if _is_local(request.url) else strangers.append(request.url))
    profile.on("weberror", lambda failure: errors.append(str(failure.error)))
    yield profile
    profile.close()
    assert strangers == [], "the page asked other machines"
    assert errors == [], "a script on the page failed"


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page of 1440 x 900 in that profile."""
    return context.new_page()


def _is_local(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"data", "blob", "about", "file"} or parts.hostname == "127.0.0.1"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until(is_true: Callable[[], bool], *, seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds:.0f} s: {what}")
        time.sleep(0.1)
