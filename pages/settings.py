"""What is in use and where it lies: engines, data folder, health. Only the language is set here; the rest is read."""

from __future__ import annotations

import streamlit as st

from journey.ui import language_choice, settings_panel
from journey.ui.frame import require_frame
from journey.ui.language import say
from journey.ui.session import open_session
from journey.ui.whats_new import show_whats_new

require_frame()
session = open_session()
st.title(say("Settings"), anchor=False)
st.caption(say("Settings come from the environment when the app starts. Only the language is chosen here."))

engines, storage = st.columns(2, gap="large")
with engines:
    settings_panel.show_engines(session.app)
    settings_panel.show_key_help(session.app)
with storage:
    settings_panel.show_health(session)
    settings_panel.show_folder(session.app)
language_choice.ask_language()
settings_panel.show_sharing()
show_whats_new()
