"""The frame of the app: what the browser's tab says, the four pages, and the one that is open."""

from __future__ import annotations

import streamlit as st

from journey.ui.session import errors_in_words

st.set_page_config(page_title="Journey", page_icon="🧭", layout="wide")
page = st.navigation(
    [
        st.Page("pages/new.py", title="New journey", icon=":material/add_circle:", default=True),
        st.Page("pages/journey.py", title="Journey", icon=":material/route:"),
        st.Page("pages/library.py", title="Library", icon=":material/folder_open:"),
        st.Page("pages/settings.py", title="Settings", icon=":material/tune:"),
    ],
    position="top",
)
with errors_in_words():
    page.run()
