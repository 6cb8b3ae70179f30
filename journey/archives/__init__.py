"""The whole library as one file, and such a file taken into another library.

An archive is a zip: `manifest.json`, a journey file of the open format for each journey, its history of changes and
its named versions, and by their digest the pictures that they were read from. Nothing in one is ever unpacked to the
disk by its name, so that no name can lead anywhere; no more is read of it than an honest one holds; and a history is
played through from end to end before it is kept.
"""

from __future__ import annotations

from journey.archives.packing import export_library
from journey.archives.unpacking import TakenIn, import_archive, is_archive, told

__all__ = ["TakenIn", "export_library", "import_archive", "is_archive", "told"]
