"""Paste a transcript or drop files and pictures, see what was recognised, choose, submit."""

from __future__ import annotations

import streamlit as st

from journey.ui import intake_files, intake_form, picture_form
from journey.ui.frame import require_frame
from journey.ui.language import say
from journey.ui.session import current_app

require_frame()
app = current_app()
job_id = intake_form.submitted()
if job_id:
    st.switch_page("pages/journey.py", query_params={"job": job_id})

st.title(say("New journey"), anchor=False)
st.caption(say("An interview or a picture becomes a customer journey map in which every card shows what it came from."))

pasting, dropping = st.columns([3, 2], gap="large")
with pasting:
    intake_form.ask_text()
with dropping:
    intake_files.ask_files(app)
    intake_form.offer_sample()

picture_form.show_pictures(app)
with st.spinner(say("Reading")):
    recognised = intake_form.recognise_all(app)
intake_form.show_recognised(recognised)
intake_form.ask_options(app)
intake_form.ask_to_submit(app, recognised)
if not recognised:
    st.space("medium")
    intake_form.show_first_steps()
