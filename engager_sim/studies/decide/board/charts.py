"""The two charts of a board's page, as data: gain against spend, and what the gain rests on."""

from collections.abc import Iterable, Sequence

import numpy as np
from matplotlib.ticker import MaxNLocator

from engager_sim.figures.line_breaks import unbroken
from engager_sim.figures.scales import MINUS
from engager_sim.reports.outcome_text import chance_text
from engager_sim.studies.decide.board.choices import FIRST_YEAR, STEADY, Choices
from engager_sim.studies.decide.board.content import (
    Axis,
    Chart,
    ChartMark,
    GainAgainstSpend,
    Span,
    WithoutThemes,
)
from engager_sim.studies.decide.doubts import GAIN
from engager_sim.studies.decide.standings import Row, carriers
from engager_sim.studies.decide.wording import begun, gain_text, pounds, theme_words

THOUSAND = 1000.0
SLACK = 0.06
"""Share of an axis that is left free beyond what is drawn."""
INTERVALS = 3
"""Of ticks on an axis, at most: every tick is read as a word."""


def charts(choices: Choices, shown: Sequence[str]) -> list[Chart]:
    """Make the charts, with the options that the table shows."""
    rests = _without_themes(choices)
    return [_gain_against_spend(choices, shown), *([] if rests is None else [rests])]


def _gain_against_spend(choices: Choices, shown: Sequence[str]) -> GainAgainstSpend:
    marks = tuple(
        ChartMark(
            look, _spend(choices, name), Span(*choices.gain(name)), choices.is_affordable(name)
        )
        for look, name in enumerate(shown)
    )
    budget = choices.facts["budget"]
    cost = [] if budget is None else [budget / THOUSAND]
    cost += [end for mark in marks for end in _ends(mark.spend)]
    return GainAgainstSpend(
        _cheapest_gain(choices),
        "Each choice's gain against its spending, as in the table.",
        _axis("GBP thousand, first year", cost),
        _axis("Gain", [end for mark in marks for end in _ends(mark.gain)]),
        marks,
        None if budget is None else (budget / THOUSAND, "budget"),
    )


def _spend(choices: Choices, name: str) -> Span:
    row = choices.rows[name]
    return Span(
        *(float(row[end]) / THOUSAND for end in ("first_year", "first_year_low", "first_year_high"))
    )


def _cheapest_gain(choices: Choices) -> str:
    """Say what a unit of gain costs where it is cheapest, in the first year and in a steady one."""
    first, steady = choices.cheapest_gain(FIRST_YEAR), choices.cheapest_gain(STEADY)
    if first is None or steady is None:
        return "What is gained against what is spent."
    each = "man" if choices.facts["counts_men"] else "unit"
    costs = {
        column: unbroken(pounds(float(choices.rows[name][column])))
        for column, name in ((FIRST_YEAR, first), (STEADY, steady))
    }
    label = choices.label(first)
    if first != steady:
        return (
            f"Per further {each}, {label} costs least in the first year ({costs[FIRST_YEAR]}), "
            f"{choices.label(steady)} in a steady year ({costs[STEADY]})."
        )
    said = f"{begun(label)} costs least per further {each}: {costs[FIRST_YEAR]}"
    if costs[FIRST_YEAR] == costs[STEADY]:
        return f"{said} a year."
    return f"{said}, then {costs[STEADY].replace('GBP', '').strip()} a year."


def _without_themes(choices: Choices) -> WithoutThemes | None:
    table = choices.tables["doubts"]
    if table.empty:
        return None
    gains = table[(table["option"] == choices.foremost) & (table["criterion"] == GAIN)]
    rows = gains.to_dict("records")
    names = tuple(theme_words(row["theme"]) for row in rows)
    left = tuple(
        Span(float(row["without_theme"]), float(row["low"]), float(row["high"])) for row in rows
    )
    whole = float(rows[0]["with_theme"])
    least, *alike = carriers(rows)
    told = "; ".join(
        f"{name} {gain_text(choices.facts, span.value)}"
        for name, span in zip(names, left, strict=True)
    )
    return WithoutThemes(
        _rests_on(least, alike, whole),
        f"Gain left without {told}.",
        _axis("Gain left without", [0.0, whole, *(end for span in left for end in _ends(span))]),
        names,
        left,
        whole,
    )


def _rests_on(row: Row, alike: Sequence[Row], whole: float) -> str:
    theme, left = theme_words(row["theme"]), float(row["without_theme"])
    if whole <= 0.0 or left >= whole:
        return "No theme of the theory carries the gain alone."
    if alike:
        return "Which theme of the theory carries most cannot be told."
    if left <= 0.0:
        return f"{begun(theme)} carries it all: were that to do nothing, nothing would be left."
    share = chance_text(left / whole)
    return f"{begun(theme)} carries most: were that to do nothing, {share} would be left."


def _ends(span: Span) -> tuple[float, float]:
    return span.low, span.high


def _axis(label: str, values: Iterable[float]) -> Axis:
    """Span the values and 0, with few ticks at round numbers."""
    held = [value for value in (0.0, *values) if np.isfinite(value)]
    low, high = min(held), max(held)
    room = SLACK * ((high - low) or 1.0)
    low, high = low - room, high + room
    places = [
        float(place)
        for place in MaxNLocator(INTERVALS).tick_values(low, high)
        if low <= place <= high
    ]
    return Axis(label, tuple((place, _tick(place)) for place in places), low, high)


def _tick(place: float) -> str:
    return f"{round(place, 6):g}".replace("-", MINUS)
