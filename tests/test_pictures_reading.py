"""A still becomes a Source: every word in its place, upright whatever way the page lay, what was not read counted."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from journey import sources
from journey.model import Source
from journey.sources.blocks import Line, group
from journey.sources.geometry import Rect
from journey.sources.grounds import is_parted
from journey.sources.pictures import read_pictures
from journey.sources.rectify import find_page
from tests.drawn_pictures import PHASES, ROWS, WORDS, askew, draw_map, encoded, folded, photographed, share_read


def read(image: Image.Image, form: str = "PNG", **options: object) -> Source:
    """Take a picture in and read it, as a job does."""
    (still,) = read_pictures("map.png", encoded(image, form, **options))
    return sources.read(still.name, still.content)


@pytest.fixture(scope="module")
def plain() -> Source:
    return read(small_map())


def small_map() -> Image.Image:
    return draw_map(960, 600, size=16)


def test_every_word_is_a_passage_of_its_own(plain: Source) -> None:
    assert plain.kind == "image"
    assert sorted(folded(plain.slice(passage)) for passage in plain.passages) == sorted(map(folded, WORDS))
    assert plain.language == "en"


def test_passages_are_numbered_in_reading_order_and_slice_the_text(plain: Source) -> None:
    assert [passage.id for passage in plain.passages] == [f"b{n}" for n in range(1, len(WORDS) + 1)]
    order = [folded(plain.slice(passage)) for passage in plain.passages]
    assert order == [folded(word) for word in (*PHASES, *(word for row in ROWS.items() for word in (row[0], *row[1])))]
    assert plain.text.split("\n") == [plain.slice(passage) for passage in plain.passages]


def test_a_passage_knows_its_place_its_ground_and_how_sure_it_is(plain: Source) -> None:
    cell = next(passage for passage in plain.passages if "chair" in plain.slice(passage))
    assert cell.box
    assert 0.2 < cell.box.x < cell.box.x + cell.box.w < 0.4
    assert 0.2 < cell.box.y < cell.box.y + cell.box.h < 0.4
    assert cell.colour == "#d9ead3"
    assert cell.read_by == "ocr"
    assert (cell.confidence or 0) > 0.9


@pytest.mark.parametrize(
    "turned", [90, pytest.param(180, marks=pytest.mark.slow), pytest.param(270, marks=pytest.mark.slow)]
)
def test_a_page_that_lies_on_its_side_or_head_is_turned(plain: Source, turned: int) -> None:
    source = read(small_map().rotate(turned, expand=True))
    assert source.image
    assert source.image.turned == turned
    assert (source.image.width, source.image.height) == (960, 600)
    assert share_read(source.text) == 1
    assert_same_places(source, plain, within=0.02)


def test_an_upright_page_is_not_turned(plain: Source) -> None:
    assert plain.image
    assert plain.image.turned == 0


@pytest.mark.slow
@pytest.mark.parametrize("degrees", [2, -3, 10])
def test_a_page_askew_is_set_straight(plain: Source, degrees: float) -> None:
    source = read(askew(draw_map(), degrees))
    assert share_read(source.text) == 1
    tops = [passage.box.y for passage in source.passages if passage.box and source.slice(passage) in PHASES]
    assert max(tops) - min(tops) < 0.01


@pytest.mark.slow
@pytest.mark.parametrize("quarters", [0, 1, 2])
def test_a_photographed_page_is_laid_flat(plain: Source, quarters: int) -> None:
    photo = photographed(draw_map()).rotate(90 * quarters, expand=True)
    source = read(photo, "JPEG", quality=85)
    assert share_read(source.text) == 1
    assert_same_places(source, plain, within=0.05)


def test_a_screenshot_keeps_its_pixels() -> None:
    screenshot = Image.new("RGB", (900, 600), "#333333")
    screenshot.paste(draw_map(700, 440, size=14), (100, 80))
    (still,) = read_pictures("a.png", encoded(screenshot))
    assert still.content == read_pictures("b.webp", encoded(screenshot, "WEBP", lossless=True))[0].content
    assert (still.width, still.height) == (900, 600)


def test_a_poster_beside_other_notes_is_not_cut_out() -> None:
    wall = Image.new("RGB", (1600, 1000), "#909090")
    wall.paste(askew(draw_map(800, 600, size=14), 7, around="#909090"), (100, 100))
    draw = ImageDraw.Draw(wall)
    for place in range(8):
        x, y = 1150 + place % 2 * 210, 100 + place // 2 * 200
        draw.rectangle((x, y, x + 180, y + 170), fill="#fff2cc")
        draw.text((x + 10, y + 60), "Call the shop", font=ImageFont.load_default(22), fill="black")
    assert find_page(np.asarray(wall)) is None


@pytest.mark.slow
def test_a_map_of_12000_pixels_is_read_window_by_window(plain: Source) -> None:
    source = read(draw_map(12_000, 1_500, size=30))
    assert sorted(folded(source.slice(passage)) for passage in source.passages) == sorted(map(folded, WORDS))


@pytest.mark.slow
def test_a_worse_copy_reads_the_same() -> None:
    page = draw_map()
    half = page.resize((800, 500), Image.Resampling.LANCZOS)
    for copy, form in ((half, "PNG"), (page, "JPEG"), (askew(page, 2), "JPEG")):
        options = {"quality": 60} if form == "JPEG" else {}
        assert share_read(read(copy, form, **options).text) == 1


@pytest.mark.slow
def test_dark_pages_are_read_too() -> None:
    assert share_read(read(draw_map(960, 600, size=16, ink="white", paper="#222222")).text) == 1


def lines(*rows: tuple[int, int, str], size: int = 24) -> Source:
    image = Image.new("RGB", (700, 400), "white")
    draw = ImageDraw.Draw(image)
    for x, y, words in rows:
        draw.text((x, y), words, font=ImageFont.load_default(size), fill="black")
    return read(image)


def blocks(source: Source) -> list[str]:
    return [source.slice(passage) for passage in source.passages]


def test_lines_of_one_paragraph_are_one_passage() -> None:
    assert blocks(lines((40, 40, "She looks for a chair that"), (40, 72, "fits into the small kitchen"))) == [
        "She looks for a chair that fits into the small kitchen"
    ]


def test_points_of_a_list_are_passages_of_their_own() -> None:
    assert blocks(lines((40, 40, "Searches the web"), (40, 72, "Reads reviews"), (40, 104, "Asks a friend"))) == [
        "Searches the web",
        "Reads reviews",
        "Asks a friend",
    ]


def test_what_stands_apart_stays_apart() -> None:
    assert blocks(lines((40, 40, "the web shop"), (400, 40, "the old shop"), (40, 140, "a friend"))) == [
        "the web shop",
        "the old shop",
        "a friend",
    ]


def test_a_ruling_between_two_lines_parts_them() -> None:
    image = Image.new("RGB", (700, 200), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(24)
    draw.text((40, 40), "looks for a chair", font=font, fill="black")
    draw.text((40, 76), "reads the reviews", font=font, fill="black")
    draw.line((20, 71, 680, 71), fill="black", width=2)
    assert blocks(read(image)) == ["looks for a chair", "reads the reviews"]


def test_columns_set_close_beside_each_other_stay_apart() -> None:
    """That lines below begin at the same place tells a column, and parts it from a line found in two pieces."""

    def piece(words: str, left: int, top: int) -> Line:
        right = left + 8 * len(words)
        return Line(words, ((left, top), (right, top), (right, top + 20), (left, top + 20)), 0.99)

    ground = np.full((120, 300, 3), 255, np.uint8)
    first, rest = piece("Looks for a", 20, 20), piece("dentist", 111, 20)
    below = piece("nearby", 20, 42), piece("on the map", 111, 42)
    assert {block.words for block in group((first, rest, below[0]), ground)} == {"Looks for a dentist nearby"}
    both = group((first, rest, *below), ground)
    assert {block.words for block in both} == {"Looks for a nearby", "dentist on the map"}


def test_a_small_caption_close_under_a_name_is_a_passage_of_its_own() -> None:
    """Of print this small, both lines are found about as high as each other."""

    def line(words: str, top: int) -> Line:
        return Line(words, ((20, top), (128, top), (128, top + 16), (20, top + 16)), 0.99)

    both = line("NORTHERN CLINICS", 20), line("HEALTH SERVICE OF THE NORTH", 36)
    ground = np.full((80, 160, 3), 255, np.uint8)
    assert [block.words for block in group(both, ground)] == [one.words for one in both]
    assert len(group((both[0], line("ON THE MAIN ROAD", 36)), ground)) == 1


def test_small_letters_between_two_lines_are_no_ruling() -> None:
    image = Image.new("RGB", (400, 120), "white")
    ImageDraw.Draw(image).text((10, 10), "summer menu some more", font=ImageFont.load_default(22), fill="black")
    small = np.asarray(image.resize((120, 36), Image.Resampling.LANCZOS), np.uint8)
    assert not is_parted(small, Rect(4, 3, 66, 11))
    small = small.copy()
    small[6] = (90, 90, 90)
    assert is_parted(small, Rect(4, 3, 66, 11))


@pytest.mark.slow
def test_a_row_title_that_runs_up_or_down_is_read() -> None:
    image = small_map()
    title = Image.new("RGB", (180, 28), "white")
    ImageDraw.Draw(title).text((4, 2), "Customer feelings", font=ImageFont.load_default(19), fill="black")
    image.paste(title.rotate(90, expand=True), (6, 130))
    image.paste(title.rotate(270, expand=True), (16, 380))
    source = read(image)
    assert source.image
    assert source.image.turned == 0
    assert [folded(words) for words in blocks(source)].count("customerfeelings") == 2


def test_what_cannot_be_read_is_a_place_without_words() -> None:
    image = Image.new("RGB", (700, 300), "white")
    draw = ImageDraw.Draw(image)
    draw.line(scribble(), fill="black", width=3, joint="curve")
    draw.text((60, 200), "Opens the parcel", font=ImageFont.load_default(34), fill="black")
    unread, written = read(image).passages
    assert unread.read_by == "unread"
    assert unread.start == unread.end
    assert unread.box
    assert 0.05 < unread.box.x < 0.15
    assert written.read_by == "ocr"


def scribble() -> list[tuple[int, int]]:
    """Return strokes that look like writing and are none."""
    random = np.random.default_rng(0)
    steps = np.column_stack([random.integers(-4, 16, 60), random.integers(-16, 16, 60)])
    return [(int(60 + x), int(90 + y)) for x, y in zip(steps[:, 0].cumsum(), steps[:, 1], strict=True)]


def test_a_picture_without_words_is_a_source_without_passages() -> None:
    noise = np.random.default_rng(2).integers(0, 255, (80, 120, 3), dtype=np.uint8)
    assert read(Image.new("RGB", (300, 200), "white")).passages == ()
    assert read(Image.fromarray(noise)).text == ""


def assert_same_places(source: Source, plain: Source, *, within: float) -> None:
    places = {folded(plain.slice(passage)): passage.box for passage in plain.passages}
    for passage in source.passages:
        there, here = places[folded(source.slice(passage))], passage.box
        assert there
        assert here
        assert abs(here.x + here.w / 2 - there.x - there.w / 2) < within
        assert abs(here.y + here.h / 2 - there.y - there.h / 2) < within
