"""Every job and journey: find, open, rename, cancel, retry, delete, and bring back."""

from __future__ import annotations

import time

import streamlit as st

from journey.ui import library_list
from journey.ui.frame import require_frame
from journey.ui.job_actions import show_undo
from journey.ui.session import current_app

require_frame()
app = current_app()
st.title("Library", anchor=False)
show_undo(app)

search, shown = library_list.ask_which()
rows = [job for job in app.library.rows(search) if library_list.is_shown(job, shown)]
if not rows:
    library_list.show_none(is_filtered=bool(search) or shown != library_list.ALL)

start = library_list.ask_page(len(rows))
page = rows[start : start + library_list.PAGE]
renamed = library_list.show_rows(app, page, now=time.time())
if renamed is None:
    library_list.watch(page)
library_list.show_deleted(app)
