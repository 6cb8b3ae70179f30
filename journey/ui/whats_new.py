"""What's new: the newest part of the changelog, where its readers are."""

from __future__ import annotations

import re
from pathlib import Path

import streamlit as st

from journey.ui.catalogue import ENGLISH
from journey.ui.language import language, say

CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"

_RELEASE = re.compile(r"^## \[(?P<name>[^\]]+)\].*$", re.MULTILINE)


def show_whats_new() -> None:
    """Offer the newest release's notes; an app that was taken apart from its changelog has nothing to tell."""
    if not CHANGELOG.is_file():
        return
    notes = newest(CHANGELOG.read_text(encoding="utf-8"))
    with st.expander(say("What's new"), icon=":material/campaign:"):
        if language() != ENGLISH:
            st.caption(say("These notes are written in English."))
        st.markdown(notes)


def newest(changelog: str) -> str:
    """Return the notes of the release that stands first, its headings made small.

    >>> newest("# Changelog\\n\\n## [Unreleased]\\n\\n### Added\\n- a map\\n\\n## [0.1.0]\\n- less")
    '**Added**\\n- a map'
    """
    first, *older = _RELEASE.finditer(changelog)
    end = older[0].start() if older else len(changelog)
    return re.sub(r"^### (.+)$", r"**\1**", changelog[first.end() : end].strip(), flags=re.MULTILINE)
