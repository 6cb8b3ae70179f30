"""One job, at ?job=ID: its progress while it is live, its map with the evidence when it is done."""

from __future__ import annotations

import streamlit as st

from journey.jobs.job import JobState
from journey.model import Outcome
from journey.ui import compare_view, journey_view
from journey.ui.ended_panel import show_failed, show_not_enough
from journey.ui.frame import require_frame
from journey.ui.progress_panel import watch
from journey.ui.session import asked_job_id, current_app, open_journey
from journey.ui.spending import show_attempts

require_frame()
app = current_app()
job_id = asked_job_id()
job = app.queue.find(job_id) if job_id else None

if job_id is None:
    journey_view.show_nothing_open(app)
    st.stop()
if job is None:
    journey_view.show_unknown(job_id)
    st.stop()
if job.deleted is not None:
    journey_view.show_deleted(app, job)
    st.stop()

if job.helps:
    journey_view.show_helper(job)
    st.stop()

if job.state is not JobState.SUCCEEDED:
    journey_view.show_title(job)
    if job.is_live:
        watch(job)
    else:
        show_failed(app, job)
    st.stop()

journey = open_journey(job)
journey_view.show_head(app, job, journey)
if journey.outcome is Outcome.NOT_ENOUGH and not journey.phases:
    show_not_enough(app, job, journey)
    st.stop()
if compare_view.is_asked():
    compare_view.show_comparison(app, job, journey)
    st.stop()
journey_view.show_map_and_evidence(app, job, journey)
show_attempts(app, job)
