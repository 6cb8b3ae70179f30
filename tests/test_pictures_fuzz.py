"""Whatever is done to a picture's bytes, a still comes out or a SourceError, soon and within bounded memory."""

from __future__ import annotations

import contextlib
import io
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from journey.errors import SourceError
from journey.sources.pictures import read_pictures
from tests.drawn_pictures import draw_map, encoded
from tests.test_pictures_intake import moving, with_place
from tests.test_pictures_pdf import scanned, written

PAGE = draw_map(160, 120, size=10)
SEEDS = {
    "PNG": encoded(PAGE, "PNG", exif=with_place(6)),
    "palette PNG": encoded(PAGE.convert("P"), "PNG", transparency=0),
    "16-bit PNG": encoded(Image.new("I;16", (64, 64), 40_000)),
    "transparent PNG": encoded(PAGE.convert("RGBA")),
    "JPEG": encoded(PAGE, "JPEG", exif=with_place(8)),
    "CMYK JPEG": encoded(PAGE.convert("CMYK"), "JPEG"),
    "progressive JPEG": encoded(PAGE, "JPEG", progressive=True),
    "WebP": encoded(PAGE, "WEBP", exif=with_place(3)),
    "lossless WebP": encoded(PAGE, "WEBP", lossless=True),
    "GIF": encoded(PAGE, "GIF"),
    **{f"moving {form}": moving(form) for form in ("GIF", "WEBP", "PNG")},
    "HEIC": (Path(__file__).parent / "data/pictures/photo.heic").read_bytes(),
    "scanned PDF": scanned((120, 80)),
    "written PDF": written(b"BT /F 24 Tf 100 600 Td (Opens the parcel) Tj ET"),
}
MOST_SECONDS = 10.0
MOST_BYTES = 1_000_000_000

edits = st.lists(
    st.one_of(
        st.tuples(st.just("set"), st.floats(0, 1), st.binary(min_size=1, max_size=8)),
        st.tuples(st.just("cut"), st.floats(0, 1), st.binary(max_size=0)),
        st.tuples(st.just("insert"), st.floats(0, 1), st.binary(min_size=1, max_size=40)),
        st.tuples(st.just("drop"), st.floats(0, 1), st.binary(min_size=1, max_size=40)),
    ),
    min_size=1,
    max_size=6,
)


def damaged(content: bytes, changes: list[tuple[str, float, bytes]]) -> bytes:
    """Apply the changes, most of them near the beginning, where the headers are."""
    for kind, where, piece in changes:
        at = int(where**2 * len(content))
        after = {"set": at + len(piece), "insert": at, "drop": at + len(piece), "cut": len(content)}[kind]
        content = content[:at] + (b"" if kind == "drop" else piece) + content[after:]
    return content


@pytest.mark.parametrize("seed", SEEDS.values(), ids=SEEDS.keys())
@given(changes=edits)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_damage_is_opened_or_refused(seed: bytes, changes: list[tuple[str, float, bytes]]) -> None:
    open_or_refuse(damaged(seed, changes))


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS.values(), ids=SEEDS.keys())
@given(changes=edits)
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_much_damage_is_opened_or_refused(seed: bytes, changes: list[tuple[str, float, bytes]]) -> None:
    open_or_refuse(damaged(seed, changes))


@given(
    start=st.sampled_from([seed[:16] for seed in SEEDS.values()]),
    rest=st.binary(max_size=400),
)
@settings(max_examples=60, deadline=None)
def test_any_bytes_behind_a_known_beginning_are_opened_or_refused(start: bytes, rest: bytes) -> None:
    open_or_refuse(start + rest)


@pytest.mark.parametrize("seed", SEEDS.values(), ids=SEEDS.keys())
def test_a_picture_cut_off_anywhere_is_opened_or_refused(seed: bytes) -> None:
    for tenth in range(1, 10):
        open_or_refuse(seed[: len(seed) * tenth // 10])


def open_or_refuse(content: bytes) -> None:
    Path("/proc/self/clear_refs").write_text("5")  # the peak is counted from here, whatever ran before
    held, began = memory("VmRSS"), time.monotonic()
    with contextlib.suppress(SourceError):
        for still in read_pictures("a.png", content):
            assert Image.open(io.BytesIO(still.content)).size == (still.width, still.height)
    assert time.monotonic() - began < MOST_SECONDS
    assert memory("VmHWM") - held < MOST_BYTES


def memory(field: str) -> int:
    """Return a figure of this process's memory, in bytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition(f"{field}:")[2].split()[0]) * 1024
