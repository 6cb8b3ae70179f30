"""The pictures that a journey was drawn from, where the shell can find them: in the library of this machine."""

from __future__ import annotations

from journey.commands.environment import read_settings
from journey.exports import Format, Pictures, pictures_at_hand
from journey.jobs.files import Files
from journey.model import Journey


def pictures_in_library(journey: Journey, chosen: Format) -> Pictures:
    """Return by digest those that the format shows and the library has; a machine without one is not given one.

    Raises:
        SettingsError: the environment cannot be used.
    """
    folder = read_settings().home / "files"
    if not chosen.illustrate or not folder.is_dir():
        return {}
    return pictures_at_hand(journey, Files(folder, make_room=lambda: False).load)
