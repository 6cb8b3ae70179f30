"""Any picture becomes a still: upright, on white, in sRGB, with nothing else in it; or it is refused in a sentence."""

from __future__ import annotations

import io
import struct
import time
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms, PngImagePlugin

from journey.errors import SourceError
from journey.sources import is_picture
from journey.sources.decoding import MAX_PIXELS, decode_picture
from journey.sources.pictures import MAX_KEPT_PIXELS, Still, read_pictures
from tests.drawn_pictures import encoded

HEIC = (Path(__file__).parent / "data/pictures/photo.heic").read_bytes()
SECRETS = (b"CameraMaker", b"Exif", b"GPS", b"tEXt", b"iTXt", b"ICC", b"iCCP", b"<script>", b"secret")


def flag(width: int = 120, height: int = 80) -> Image.Image:
    """Red above blue: which way up it is can be seen."""
    image = Image.new("RGB", (width, height), (200, 0, 0))
    image.paste((0, 0, 200), (0, height // 2, width, height))
    return image


def still(content: bytes, name: str = "a.png") -> Still:
    (only,) = read_pictures(name, content)
    return only


def pixels(content: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(still(content).content)).convert("RGB"))


def with_place(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "CameraMaker"
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)}
    return exif


FORMS = {
    "PNG": encoded(flag()),
    "JPEG": encoded(flag(), "JPEG", quality=95),
    "WebP": encoded(flag(), "WEBP", lossless=True),
    "GIF": encoded(flag(), "GIF"),
    "palette": encoded(flag().convert("P")),
    "grey": encoded(flag().convert("L")),
    "black and white": encoded(flag().convert("1")),
    "CMYK": encoded(flag().convert("CMYK"), "JPEG", quality=95),
    "transparent": encoded(flag().convert("RGBA")),
    "grey, transparent": encoded(flag().convert("LA")),
    "progressive": encoded(flag(), "JPEG", progressive=True, quality=95),
    "interlaced or not": encoded(flag(), "PNG", optimize=True),
}


@pytest.mark.parametrize("content", FORMS.values(), ids=FORMS.keys())
def test_every_form_of_a_picture_becomes_a_still_of_its_extent(content: bytes) -> None:
    found = still(content)
    assert is_picture(content)
    assert (found.width, found.height) == (120, 80)
    assert Image.open(io.BytesIO(found.content)).mode == "RGB"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WebP", "GIF", "palette", "CMYK", "transparent"])
def test_its_colours_stay(form: str) -> None:
    seen = pixels(FORMS[form]).astype(int)
    assert np.abs(seen[10, 60] - (200, 0, 0)).max() < 30
    assert np.abs(seen[70, 60] - (0, 0, 200)).max() < 30


def test_a_photo_of_a_phone_is_read() -> None:
    found = still(HEIC, "photo.heic")
    assert (found.width, found.height) == (480, 320), "turned as its file says"
    assert b"CameraMakerX" in HEIC
    assert b"CameraMakerX" not in found.content


@pytest.mark.parametrize("colour", [(0, 0, 0, 0), (255, 0, 0, 0)])
def test_what_is_transparent_is_white_whatever_colour_hides_there(colour: tuple[int, int, int, int]) -> None:
    assert (pixels(encoded(Image.new("RGBA", (64, 64), colour))) == 255).all()


def test_transparency_of_a_palette_or_of_one_colour_is_white_too() -> None:
    palette = Image.new("P", (64, 64), 1)
    palette.putpalette([0, 0, 0, 10, 20, 30])
    assert (pixels(encoded(palette, transparency=1)) == 255).all()
    assert (pixels(encoded(Image.new("RGB", (64, 64), (1, 2, 3)), transparency=(1, 2, 3))) == 255).all()


def test_sixteen_bits_keep_their_shades() -> None:
    shades = np.linspace(0, 65535, 256).astype(np.uint16)[None, :].repeat(64, axis=0)
    seen = pixels(encoded(Image.fromarray(shades)))[0, :, 0].astype(int)
    assert np.abs(seen - np.arange(256)).max() <= 1


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_stands_as_its_file_says(orientation: int, form: str) -> None:
    undone = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    image = flag().transpose(undone[orientation]) if orientation in undone else flag()
    seen = pixels(encoded(image, form, exif=with_place(orientation)))
    assert seen.shape == (80, 120, 3)
    assert seen[10, 60, 0] > seen[10, 60, 2]
    assert seen[70, 60, 2] > seen[70, 60, 0]


def test_nothing_but_pixels_is_kept() -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", "secret")
    texts.add_itxt("XML:com.adobe.xmp", "secret", zip=False)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for content in (
        encoded(flag(), "PNG", exif=with_place(), pnginfo=texts, icc_profile=profile, dpi=(72, 72)),
        encoded(flag(), "JPEG", exif=with_place(), comment=b"secret", icc_profile=profile),
        encoded(flag(), "WEBP", exif=with_place(), xmp=b"secret", icc_profile=profile),
        encoded(flag(), "GIF", comment=b"secret"),
        encoded(flag()) + b"PK\x03\x04 secret <script>",
    ):
        assert any(secret in content for secret in SECRETS)
        assert not any(secret in still(content).content for secret in SECRETS)


def test_the_same_pixels_give_the_same_bytes_whatever_file_they_came_in() -> None:
    assert still(encoded(flag())).content == still(encoded(flag(), "WEBP", lossless=True), "b.webp").content


def test_a_damaged_profile_or_orientation_costs_no_picture() -> None:
    assert still(encoded(flag(), "PNG", icc_profile=b"nonsense")).width == 120
    assert still(encoded(flag(), "JPEG", exif=b"Exif\x00\x00II*\x00\xff\xff\xff\xff")).width == 120


def test_a_profile_is_applied_before_it_is_dropped() -> None:
    linear = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert still(encoded(flag(), "PNG", icc_profile=linear)).width == 120, "a profile of another kind does no harm"


def header_only(width: int, height: int) -> bytes:
    """Return a PNG that claims an extent and holds no pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def moving(form: str) -> bytes:
    return encoded(flag(), form, save_all=True, append_images=[Image.new("RGB", (120, 80), "white")], duration=100)


REFUSED = {
    "too many pixels": (header_only(10_001, 10_000), "100 million"),
    "too long": (header_only(30_001, 2), "30,000"),
    "too thin": (encoded(Image.new("RGB", (3000, 20))), "nothing in it"),
    "a bomb": (header_only(60_000, 60_000), "100 million"),
    "no pixels": (header_only(1_000, 1_000), "damaged"),
    "cut off": (FORMS["JPEG"][:400], "damaged"),
    "cut off PNG": (FORMS["PNG"][:-40], "damaged"),
    "cut off HEIC": (HEIC[:2000], "damaged"),
    "first bytes only": (b"\xff\xd8\xff", "damaged"),
    "empty": (b"", "empty"),
    "too large": (FORMS["PNG"] + bytes(20 * 1024 * 1024), "20 MB"),
}


@pytest.mark.parametrize(("content", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_opened_is_refused_in_a_sentence(content: bytes, sentence: str) -> None:
    began = time.monotonic()
    with pytest.raises(SourceError) as refusal:
        read_pictures("a.png", content)
    assert sentence in str(refusal.value)
    assert str(refusal.value).endswith(".")
    assert time.monotonic() - began < 5, "refused before anything is decoded"


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_of_a_moving_image_the_first_frame_is_read_and_marked_as_that(form: str) -> None:
    found = still(moving(form))
    seen = np.asarray(decode_picture(found.content))
    assert found.is_first_frame
    assert seen[10, 10, 0] > 150, "red above"
    assert seen[70, 10, 2] > 150, "blue below"
    assert not Image.open(io.BytesIO(found.content)).info, "nothing of the others is kept"


@pytest.mark.parametrize("name", ["PNG", "GIF", "WebP", "JPEG", "palette"])
def test_a_picture_that_does_not_move_is_no_frame_of_one(name: str) -> None:
    assert not still(FORMS[name]).is_first_frame


@pytest.mark.slow
def test_a_very_large_picture_is_kept_reduced() -> None:
    found = still(encoded(Image.new("1", (9_000, 9_000), 1)))
    assert 0.98 * MAX_KEPT_PIXELS <= found.width * found.height <= MAX_KEPT_PIXELS < MAX_PIXELS


@pytest.mark.slow
def test_a_still_is_never_too_large_to_be_read() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (1_500, 2_000, 3), dtype=np.uint8)
    photo = Image.fromarray(noise).resize((7_200, 5_400), Image.Resampling.NEAREST)
    assert len(still(encoded(photo, "JPEG", quality=50)).content) <= 20 * 1024 * 1024


def test_the_user_may_turn_it() -> None:
    (turned,) = read_pictures("a.png", FORMS["PNG"], turned=90)
    seen = np.asarray(decode_picture(turned.content))
    assert (turned.width, turned.height) == (80, 120)
    assert seen[60, 70, 0] > 150, "what was above is at the right"
    assert seen[60, 10, 2] > 150


def test_the_name_decides_nothing() -> None:
    assert read_pictures("talk.txt", FORMS["JPEG"])[0].width == 120
