"""Measure the reading of pictures: `python tests/bench/bench_pictures.py` prints a table; nothing here fails on time.

The time is what a user waits from the moment a job begins until its source is there: the reading process of its own,
which either started when the picture was chosen and has loaded its models by then, or starts with the job; OCR; layout.
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


LOADED = 5.0
"""Seconds between choosing a picture and submitting it: more than a process takes to get ready to read it."""


def measure(picture: Path, *, ahead: bool) -> None:
    """Take a picture in, then read it in a child process as a job does; write how long that took as JSON.

    Args:
        ahead: the process was started when the picture was chosen, as on the page; else it starts with the job.
    """
    from journey.bootstrap import private_queue
    from journey.jobs.apart import run_apart
    from journey.jobs.standby import standby
    from journey.pipeline import Reading, load_reader, read_labelled
    from journey.settings import Settings
    from journey.submission import take_in

    with tempfile.TemporaryDirectory() as home:
        queue = private_queue(Settings.from_env(), Path(home))
        (upload,) = take_in(queue, picture.name, picture.read_bytes()).uploads
        content = queue.store.files.load(upload.sha256)
        if ahead:
            time.sleep(LOADED)
        else:
            standby.dismiss()
        label = json.dumps({"name": upload.name, "source_id": "s1", "roles": {}}).encode()
        before, began = _cpu(), time.perf_counter()
        told = run_apart(read_labelled, label + b"\n" + content, check=lambda: None, prepare=load_reader)
        seconds = time.perf_counter() - began
        reading = Reading.model_validate_json(told)
        standby.dismiss()  # only of what has ended the processor time and the memory are told
        queue.close()
    assert reading.source
    lines = sum(passage.read_by == "ocr" for passage in reading.source.passages)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    row = {"passages": lines, "seconds": seconds, "cpu": _cpu() - before, "gigabytes": peak}
    sys.stdout.write(json.dumps(row))


def _cpu() -> float:
    """Return the seconds of processor time of the children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print a row per picture: the best of three, with the reading process started ahead and with the job."""
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    print(f"{'':36} {'read':>5} {'ahead':>8} {'with job':>9} {'cpu':>6} {'peak':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for name, draw in CASES.items():
            path = Path(folder) / "picture.png"
            path.write_bytes(encoded(draw()))
            ahead, later = _best(path, "ahead"), _best(path, "later")
            print(
                f"{name:36} {later['passages']:5.0f} {ahead['seconds']:6.1f} s {later['seconds']:7.1f} s "
                f"{later['cpu']:6.1f} {later['gigabytes']:5.2f} GB",
                flush=True,
            )


def _best(path: Path, how: str) -> dict[str, float]:
    runs: list[dict[str, float]] = []
    for _ in range(3):
        command = [sys.executable, __file__, str(path), how]
        runs.append(json.loads(subprocess.run(command, check=True, capture_output=True, cwd=ROOT).stdout))
    return min(runs, key=lambda run: run["seconds"])


if __name__ == "__main__":
    measure(Path(sys.argv[1]), ahead=sys.argv[2] == "ahead") if len(sys.argv) > 1 else main()
