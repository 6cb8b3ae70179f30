"""What the user has added to the journey to come: files as they were taken in, kept in the browser tab's state."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from journey.bootstrap import App
from journey.errors import SourceError
from journey.model import Upload
from journey.sources import is_picture
from journey.sources.reframing import Framing
from journey.submission import Intake, take_in, thumbnails
from journey.ui.intake import Recognised, recognise, recognise_picture
from journey.ui.pixels import framed

PLAIN = Framing()
FILES, DOCUMENTS = "new_files", "new_documents"


@dataclass(frozen=True)
class Attached:
    """A file the user added: its bytes are kept already, so neither a page switch nor the uploader can lose it.

    `origin` is the digest of the bytes as they came; pages of one PDF share it and are told apart by their number.
    One with a `refusal` is not kept.
    """

    upload: Upload
    bytes: int
    origin: str
    page: int = 1
    is_picture: bool = False
    framing: Framing = PLAIN
    refusal: str = ""

    @property
    def id(self) -> str:
        """What tells it from everything else that was added: two of them may hold the same pixels."""
        return f"{self.origin[:16]}-{self.page}"


@dataclass(frozen=True)
class Document:
    """A PDF of several pages, to choose among them: its bytes, kept nowhere else, and a small picture of each page."""

    name: str
    content: bytes
    pages: int
    thumbnails: tuple[bytes, ...]
    chosen: tuple[int, ...] = (1,)


def all_attached() -> list[Attached]:
    """Return what was added, in the order in which it is submitted."""
    found: list[Attached] = st.session_state.setdefault(FILES, [])
    return found


def pictures() -> list[Attached]:
    """Return the pictures among it that can be used."""
    return [one for one in all_attached() if one.is_picture and not one.refusal]


def documents() -> dict[str, Document]:
    """Return the PDFs of several pages, by the digest of their bytes."""
    found: dict[str, Document] = st.session_state.setdefault(DOCUMENTS, {})
    return found


def clear() -> None:
    """Forget all of it: it was submitted."""
    st.session_state[FILES], st.session_state[DOCUMENTS] = [], {}


def attach(app: App, arrived: Iterable[tuple[str, bytes]]) -> None:
    """Take files in; one that was added before is not added again, one that cannot be opened keeps its sentence."""
    for name, content in arrived:
        origin = hashlib.sha256(content).hexdigest()
        if all(one.origin != origin for one in all_attached()):
            all_attached().extend(_taken_in(app, name, content, origin))


def choose_pages(app: App, origin: str, pages: Sequence[int]) -> None:
    """Take other pages of a PDF instead of those taken before.

    Raises:
        SourceError: they cannot be drawn.
    """
    document, chosen = documents()[origin], tuple(sorted(pages))
    taken = _taken(take_in(app.queue, document.name, document.content, pages=chosen), document.content, pages=chosen)
    place = next((at for at, one in enumerate(all_attached()) if one.origin == origin), len(all_attached()))
    before = {one.id: one for one in all_attached()}
    new = [before.get(one.id, one) for one in taken]
    rest = [one for one in all_attached() if one.origin != origin]
    st.session_state[FILES] = [*rest[:place], *new, *rest[place:]]
    documents()[origin] = replace(document, chosen=chosen)


def remove(attached: Attached) -> None:
    """Leave a file out again, and a PDF with the last of its pages."""
    rest = [one for one in all_attached() if one != attached]
    st.session_state[FILES] = rest
    if all(one.origin != attached.origin for one in rest):
        documents().pop(attached.origin, None)


def move(attached: Attached, by: int) -> None:
    """Put a picture before or after its neighbour among the pictures."""
    row, files = pictures(), all_attached()
    at = row.index(attached)
    first, second = files.index(attached), files.index(row[at + by])
    files[first], files[second] = files[second], files[first]


def frame(attached: Attached, framing: Framing) -> None:
    """Keep how a picture is to be turned and cut."""
    files = all_attached()
    if attached in files:
        files[files.index(attached)] = replace(attached, framing=framing)


def recognised(attached: Attached, load: Callable[[str], bytes]) -> Recognised:
    """Return a file as the page shows it; a picture has its size, as far as the user has cut it."""
    if attached.refusal:
        return Recognised(attached.upload, refusal=attached.refusal, is_picture=attached.is_picture)
    if attached.is_picture:
        return recognise_picture(attached.upload, attached.framing, load)
    return recognise(attached.upload, load)


def as_framed(app: App, attached: Attached) -> Upload:
    """Return a picture as it is to be submitted: turned and cut, and kept anew if that changes it.

    Raises:
        JourneyError: it cannot be decoded, or not be kept.
    """
    if attached.framing.is_plain:
        return attached.upload
    content = framed(attached.upload.sha256, attached.framing.model_dump_json(), app.queue.store.files.load)
    return attached.upload.model_copy(update={"sha256": app.queue.keep(content)})


def _taken_in(app: App, name: str, content: bytes, origin: str) -> list[Attached]:
    try:
        intake = take_in(app.queue, name, content)
        if intake.pages > 1:
            documents()[origin] = Document(name, content, intake.pages, thumbnails(content))
    except SourceError as error:
        return [Attached(Upload(name=name, sha256=origin), len(content), origin, refusal=str(error))]
    return _taken(intake, content)


def _taken(intake: Intake, content: bytes, *, pages: Sequence[int] = (1,)) -> list[Attached]:
    kind, origin = is_picture(content), hashlib.sha256(content).hexdigest()
    return [
        Attached(upload, len(content), origin, page, is_picture=kind)
        for upload, page in zip(intake.uploads, pages, strict=True)
    ]
