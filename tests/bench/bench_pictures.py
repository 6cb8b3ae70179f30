"""Measure the reading of pictures: `python tests/bench/bench_pictures.py` prints a table; nothing here fails on time.

Each picture is read in a fresh process, as a job does: start, import, models, OCR and layout are all in the time.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from PIL import Image, ImageDraw, ImageFont  # noqa: E402

from tests.drawn_pictures import askew, draw_map, encoded, photographed  # noqa: E402

VERBS = ("Compares", "Opens", "Reads", "Orders", "Returns", "Asks for")
THINGS = ("the offers", "a parcel", "three reviews", "a new card", "the chair", "some help")


def grid(count: int, *, columns: int, size: int, width: int = 1600, height: int = 1200) -> Image.Image:
    """Draw cards with a short line each."""
    image = Image.new("RGB", (width, height), "white")
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(size)
    rows = -(-count // columns)
    for number in range(count):
        x, y = number % columns * width // columns, number // columns * height // rows
        words = f"{VERBS[number % 6]} {THINGS[number // 6 % 6]} {number}"
        draw.rectangle((x + 6, y + 6, x + width // columns - 6, y + height // rows - 6), fill="#fff2cc")
        draw.text((x + width / columns / 2, y + height / rows / 2), words, font=font, fill="black", anchor="mm")
    return image


CASES: dict[str, Callable[[], Image.Image]] = {
    "60 lines of 20 px, 1600 x 1200": lambda: grid(60, columns=5, size=20),
    "150 lines of 13 px, 1600 x 1200": lambda: grid(150, columns=6, size=13),
    "60 lines, upside down": lambda: grid(60, columns=5, size=20).rotate(180),
    "60 lines, on its side": lambda: grid(60, columns=5, size=20).rotate(90, expand=True),
    "60 lines, askew by 5 degrees": lambda: askew(grid(60, columns=5, size=20), 5),
    "60 lines, photographed": lambda: photographed(grid(60, columns=5, size=20)),
    "24 lines of 40 px, 12000 x 3000": lambda: draw_map(12_000, 3_000, size=40),
}


def measure(picture: Path) -> None:
    """Take a picture in and read it, in this process; write what it took as JSON."""
    from journey import sources
    from journey.sources.pictures import read_pictures

    (still,) = read_pictures(picture.name, picture.read_bytes())
    source = sources.read(still.name, still.content)
    used = resource.getrusage(resource.RUSAGE_SELF)
    lines = sum(passage.read_by == "ocr" for passage in source.passages)
    cpu = used.ru_utime + used.ru_stime
    sys.stdout.write(json.dumps({"passages": lines, "cpu": cpu, "gigabytes": used.ru_maxrss / 1e6}))


def main() -> None:
    """Print a row per picture: the best of three."""
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    print(f"{'':36} {'read':>5} {'seconds':>8} {'cpu':>6} {'peak':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for name, draw in CASES.items():
            path = Path(folder) / "picture.png"
            path.write_bytes(encoded(draw()))
            print(f"{name:36} {_best(path)}", flush=True)


def _best(path: Path) -> str:
    runs = []
    for _ in range(3):
        began = time.perf_counter()
        told = subprocess.run([sys.executable, __file__, str(path)], check=True, capture_output=True, cwd=ROOT).stdout
        runs.append((time.perf_counter() - began, json.loads(told)))
    seconds, told = min(runs, key=lambda run: run[0])
    return f"{told['passages']:5} {seconds:8.1f} {told['cpu']:6.1f} {told['gigabytes']:5.2f} GB"


if __name__ == "__main__":
    measure(Path(sys.argv[1])) if len(sys.argv) > 1 else main()
