"""The app: the page that is open, in the frame that all pages share."""

from __future__ import annotations

from journey.ui.frame import frame, open_page, warn_of_full_disk

page = open_page()
with frame():
    warn_of_full_disk()
    page.run()
