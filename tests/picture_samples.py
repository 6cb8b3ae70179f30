"""Pictures that tests draw themselves, and a journey over one: what was read, what was hardly read, what was not."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from journey.model import Box, Evidence, Item, Journey, Link, Origin, Passage, Phase, Picture, Run, Source, Step

WIDTH, HEIGHT = 1200, 700
CELLS = (
    ("Sign up", (60, 80, 300, 120)),
    ("Chose a plan", (440, 80, 300, 120)),
    ("First bi1l", (820, 80, 300, 120)),
    ("The form is long", (60, 300, 300, 120)),
    ("", (440, 300, 300, 120)),
    ("What is this fee?", (820, 300, 300, 120)),
    ("Done", (440, 520, 300, 120)),
)
"""The words of each box as they were read, and where it lies: x, y, width, height in pixels."""

FEE = "What is this fee?"


def png(
    boxes: Sequence[tuple[str, tuple[int, int, int, int]]] = CELLS, *, size: tuple[int, int] = (WIDTH, HEIGHT)
) -> bytes:
    """Draw the boxes with their words."""
    picture = Image.new("RGB", size, "#eef2f6")
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(34)
    for words, (x, y, w, h) in boxes:
        pen.rounded_rectangle((x, y, x + w, y + h), 14, fill="#ffffff", outline="#30475e", width=3)
        pen.text((x + w / 2, y + h / 2), words or "~ ~ ~", font=font, fill="#111418", anchor="mm")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def picture_source(sha256: str, *, source_id: str = "s1", name: str = "wall.png") -> Source:
    """Build the source of the picture that `png` draws: one box unread, one hardly legible."""
    passages, lines, at = [], [], 0
    for number, (words, (x, y, w, h)) in enumerate(CELLS, start=1):
        box = Box(x=x / WIDTH, y=y / HEIGHT, w=w / WIDTH, h=h / HEIGHT)
        confidence = 0.55 if "bi1l" in words else 0.97
        read_by = "ocr" if words else "unread"
        end = at + len(words)
        passages.append(Passage(id=f"b{number}", start=at, end=end, box=box, read_by=read_by, confidence=confidence))
        lines.append(words)
        at = end + 1
    return Source(
        id=source_id,
        kind="image",
        name=name,
        sha256=sha256,
        text="\n".join(lines),
        passages=tuple(passages),
        image=Picture(width=WIDTH, height=HEIGHT),
    )


def picture_journey(*sources: Source) -> Journey:
    """Build a journey over the first of these pictures: three steps in two phases, a pain, a branch and a loop."""
    source = sources[0]

    def read(passage_id: str) -> tuple[Evidence, ...]:
        passage = next(one for one in source.passages if one.id == passage_id)
        quote = source.slice(passage)
        return (Evidence(source=source.id, passage=passage_id, start=passage.start, end=passage.end, quote=quote),)

    def step(number: int, passage_id: str, **more: object) -> Step:
        evidence = read(passage_id)
        return Step(id=f"p{number}", title=evidence[0].quote, origin=Origin.QUOTED, evidence=evidence, **more)

    def item(number: int, passage_id: str) -> tuple[Item, ...]:
        evidence = read(passage_id)
        return (Item(id=f"i{number}", text=evidence[0].quote, origin=Origin.QUOTED, evidence=evidence),)

    first = (step(1, "b1", pains=item(1, "b4")), step(2, "b2", kind="decision"))
    second = (step(3, "b3", thoughts=item(2, "b6")), step(4, "b7", kind="end"))
    return Journey(
        title="A wall of boxes",
        phases=(
            Phase(id="f1", name="Begin", origin=Origin.INFERRED, steps=first),
            Phase(id="f2", name="Pay", origin=Origin.INFERRED, steps=second),
        ),
        links=(
            Link(before="p1", after="p2"),
            Link(before="p2", after="p3", kind="branch", label="a paid one"),
            Link(before="p2", after="p1", kind="loop", label="if unsure"),
            Link(before="p2", after="p4", kind="branch", label="the free one"),
            Link(before="p3", after="p4"),
        ),
        sources=sources,
        run=Run(engine="local"),
    )
