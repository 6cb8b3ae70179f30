"""What is in use and where it lies: engines, data folder, health. Nothing can be set here; the environment is read."""

from __future__ import annotations

import streamlit as st

from journey.ui import settings_panel
from journey.ui.frame import require_frame
from journey.ui.session import open_session
from journey.ui.whats_new import show_whats_new

require_frame()
session = open_session()
st.title("Settings", anchor=False)
st.caption("Settings come from the environment when the app starts. Nothing is stored or changed on this page.")

engines, storage = st.columns(2, gap="large")
with engines:
    settings_panel.show_engines(session.app)
    settings_panel.show_key_help(session.app)
with storage:
    settings_panel.show_health(session)
    settings_panel.show_folder(session.app)
settings_panel.show_sharing()
show_whats_new()
