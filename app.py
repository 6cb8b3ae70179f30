"""The frame of the app: what the browser's tab says, the four pages, and the one that is open."""

from __future__ import annotations

import streamlit as st

from journey.ui.frame import frame, navigation

st.set_page_config(page_title="Journey", page_icon="🧭", layout="wide")
page = navigation()
with frame():
    page.run()
