"""Every job and journey: find, open, rename, cancel, retry, delete, and bring back."""

from __future__ import annotations

import time

import streamlit as st

from journey.ui import library_list
from journey.ui.downloads import show_library_download
from journey.ui.frame import require_frame
from journey.ui.job_actions import show_undo
from journey.ui.language import say
from journey.ui.library_filters import ask_wanted, chosen
from journey.ui.session import current_app
from journey.ui.taking_in import ask_files, show_news

require_frame()
app = current_app()
with st.container(horizontal=True, vertical_alignment="bottom"):
    st.title(say("Library"), anchor=False, width="stretch")
    ask_files(app)
    show_library_download(app)
show_news()
show_undo(app)

wanted = ask_wanted(app.library.rows())
rows = chosen(app.library.rows(wanted.search), wanted)
if not rows:
    library_list.show_none(is_filtered=wanted.is_filtered)

start = library_list.ask_page(len(rows))
page = rows[start : start + library_list.PAGE]
asked = library_list.show_rows(app, page, now=time.time())
if asked is None:  # a page that is drawn anew would close the dialog
    library_list.watch(page)
library_list.show_deleted(app)
