"""What a model will cost, said before the button is pressed, and the most that the user lets a job spend."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from journey.bootstrap import App
from journey.engines.llm.estimate import Estimate, Volume, estimate
from journey.engines.llm.known import known_about
from journey.engines.llm.limits import cap_of
from journey.engines.llm.prices import find_price, price_date
from journey.model import Budget
from journey.settings import Settings
from journey.ui.language import say
from journey.ui.wording import calls_in_words, duration, money, plain

DOLLARS, TOKENS, THOROUGH = "new_budget_dollars", "new_budget_tokens", "new_thorough"


def ask_budget(settings: Settings) -> None:
    """Draw the field for the cap: in dollars where the model's price is known, else in tokens."""
    if find_price(settings.model) is None:
        st.session_state.setdefault(TOKENS, settings.token_budget)
        st.number_input(
            say("Stop at (tokens)"),
            key=TOKENS,
            min_value=1000,
            step=10_000,
            help=say(
                "The price of this model is not known here, so tokens are counted. At the cap the map is partial."
            ),
            persist_state="session",
            width=240,
        )
        return
    st.session_state.setdefault(DOLLARS, settings.budget)
    st.number_input(
        say("Stop at (US dollars)"),
        key=DOLLARS,
        min_value=0.001,
        step=0.1,
        format="%.3f",
        help=say("No call is made that could exceed this. At the cap the map is partial, and says so."),
        persist_state="session",
        width=240,
    )


def ask_thorough() -> None:
    """Draw the choice to have the model look a second time."""
    st.checkbox(
        say("Thorough (second pass)"),
        key=THOROUGH,
        help=say("The model is asked once more what it missed. This about doubles the calls, the time and the cost."),
        persist_state="session",
    )


def is_thorough() -> bool:
    """Return the choice as it is now."""
    return bool(st.session_state.get(THOROUGH))


def chosen_budget(settings: Settings) -> Budget:
    """Return the cap as it is set now."""
    if find_price(settings.model) is None:
        return Budget(tokens=st.session_state.get(TOKENS) or None)
    return Budget(dollars=st.session_state.get(DOLLARS) or None)


def show_estimate(app: App, volumes: Sequence[Volume]) -> None:
    """Say what drawing from these sources will take, and whether the cap allows it."""
    known = known_about(app.settings, app.queue.store.checkpoints.peek)
    expected = estimate(volumes, app.settings, thorough=is_thorough(), known=known)
    if not expected.calls:
        return
    st.caption(
        plain(in_words(expected, model=app.settings.model)),
        help=say("Reckoned before anything is sent. How many words stand in a picture is only guessed."),
    )
    if exceeds(expected, chosen_budget(app.settings), app.settings):
        told = say("The cap may be reached before the end: then the map shows what was finished.")
        st.caption(f":material/info: {told}")


def in_words(expected: Estimate, *, model: str) -> str:
    """Say an estimate in one line.

    >>> in_words(Estimate(calls=12, tokens=48_000, seconds=95, cost=None), model="qwen")
    'About 12 calls, 48,000 tokens, 2 min. The price of qwen is not known here.'
    """
    tokens = round(expected.tokens, -3) or expected.tokens
    took = f"{calls_in_words(expected.calls, tokens, None)}, {duration(expected.seconds)}"
    if expected.cost is None:
        return say("About {took}. The price of {model} is not known here.", took=took, model=model)
    return say("About {took}, {cost} at prices of {day}.", took=took, cost=money(expected.cost), day=price_date())


def exceeds(expected: Estimate, budget: Budget, settings: Settings) -> bool:
    """Tell whether an estimate is above a cap."""
    taken = expected.tokens if expected.cost is None else expected.cost
    return taken > cap_of(budget, settings)
