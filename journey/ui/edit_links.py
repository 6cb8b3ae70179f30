"""The fields of a step's links: where it leads besides the next step, of what kind that is, and when."""

from __future__ import annotations

import streamlit as st

from journey.edits import AddLink, DeleteLink, LinkName, SetLink
from journey.model import Link, Step
from journey.ui.edit_fields import ask_text, step_titles
from journey.ui.editing import Editing
from journey.ui.language import entry, say

WAYS = {"next": entry("goes on to"), "branch": entry("branches to"), "loop": entry("goes back to")}
"""The kinds of a link, as they read between two steps."""


def edit_links(editing: Editing, step: Step) -> None:
    """Draw the links that leave a step, and a form for one more."""
    titles = step_titles(editing.journey)
    for number, link in enumerate(link for link in editing.journey.links if link.before == step.id):
        with st.container(border=True):
            _ask_link(editing, link, f"{step.id}-{number}", title=titles.get(link.after, ""))
    _ask_new(editing, step, titles)


def _ask_link(editing: Editing, link: Link, suffix: str, *, title: str) -> None:
    way, label, name = f"way-{suffix}", f"when-{suffix}", LinkName.of(link)
    st.text(say("To {title}", title=title))
    st.selectbox(
        say("Kind"),
        WAYS,
        format_func=lambda kind: say(WAYS[kind]),
        key=editing.keep_shown(way, link.kind),
        on_change=editing.change,
        args=(lambda: SetLink.model_validate({"link": name, "way": editing.typed(way), "label": link.label}),),
    )
    ask_text(
        editing,
        label,
        say("When"),
        link.label or "",
        lambda: SetLink(link=name, way=link.kind, label=editing.typed(label)),
    )
    st.button(
        say("Remove this link"),
        icon=":material/link_off:",
        key=editing.key(f"unlink-{suffix}"),
        on_click=editing.change,
        args=(lambda: DeleteLink(link=name),),
    )


def _ask_new(editing: Editing, step: Step, titles: dict[str, str]) -> None:
    to, way, label = (f"{name}-{step.id}" for name in ("link-to", "link-way", "link-when"))
    others = {one: title for one, title in titles.items() if one != step.id} | {step.id: titles[step.id]}
    with st.form(editing.key(f"link-{step.id}"), border=False):
        st.selectbox(say("Leads to"), others, format_func=lambda one: others.get(one, ""), key=editing.key(to))
        st.selectbox(say("Kind"), WAYS, index=1, format_func=lambda kind: say(WAYS[kind]), key=editing.key(way))
        st.text_input(say("When (optional)"), key=editing.key(label), placeholder=say("if it is out of stock"))
        st.form_submit_button(
            say("Add the link"),
            on_click=editing.change,
            args=(
                lambda: AddLink.model_validate(
                    {
                        "before": step.id,
                        "after": editing.typed(to),
                        "way": editing.typed(way),
                        "label": editing.typed(label),
                    }
                ),
                lambda: editing.clear(label),
            ),
        )
