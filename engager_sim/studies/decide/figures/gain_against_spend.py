"""What each option gives against what it costs, with intervals and the budget."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from engager_sim.figures import style
from engager_sim.figures.picture import Picture
from engager_sim.figures.scales import MARKERS
from engager_sim.studies.decide.figures.named_options import NamedOptions
from engager_sim.studies.decide.option_tables import OVER
from engager_sim.studies.decide.standings import recommended, rivals
from engager_sim.studies.decide.study import Decision
from engager_sim.studies.decide.wording import (
    begun,
    gain_text,
    label_of,
    pounds,
    what_is_gained,
    yearly_text,
)

THOUSAND = 1000.0
OTHERS: Any = {"marker": ".", "markersize": 3.0, "linestyle": "none"}


def gain_against_spend(decision: Decision) -> Picture:
    """Draw gain over today against the first year's spending, an option each."""
    facts, rows = decision.facts, _options(decision)
    named = NamedOptions(facts, {row["option"]: _weight(row) for row in rows})
    beside = style.legend_width(named.labels)
    layout = style.Panels(1, 1, width=4.4, height=2.9, left=0.75, beside_all=beside)
    note = (
        "Gain over today, with the 95% interval over parameters, against what the local budget "
        "spends more in the first year at median prices, with the central 95% of prices. Hollow: "
        "over the budget. The cross at 0 is today's service."
    )
    title = _finding(decision)
    with style.styled():
        page = style.page(layout, title, {facts["today"]: decision.settings.question}, note)
        axes = page.panels[0]
        axes.axhline(0.0, color=style.FAINT, linewidth=0.8)
        if facts["budget"] is not None:
            _budget(axes, facts["budget"] / THOUSAND)
        axes.plot(
            0.0, 0.0, marker="x", color=style.INK, markersize=8.0, mew=2.0, clip_on=False, zorder=4
        )
        handles = {
            row["option"]: _draw(axes, row, named.numbers.get(row["option"])) for row in rows
        }
        gained = what_is_gained(facts)
        axes.set_xlabel("More spent in the first year (GBP thousand)")
        axes.set_ylabel(begun(gained))
        page.legend_beside(named.handles(handles, **OTHERS), named.labels)
    described = "; ".join(
        f"{label_of(facts, row['option'])}: {gain_text(facts, *_ends(row))} for "
        f"{pounds(row['first_year'])}"
        for row in rows
    )
    return Picture("gain_against_spend", title, f"{title}. {described}. {note}", page.figure)


def _options(decision: Decision) -> list[dict[Any, Any]]:
    table = decision.options
    return list(table[table["option"] != decision.facts["today"]].to_dict("records"))


def _weight(row: dict[Any, Any]) -> float:
    """Weigh an option by its gain; those over the budget come last."""
    return float(row["gain"]) if row["standing"] != OVER else float("-inf")


def _ends(row: dict[Any, Any]) -> tuple[float, float, float]:
    return row["gain"], row["gain_low"], row["gain_high"]


def _finding(decision: Decision) -> str:
    tables, facts = decision.tables(), decision.facts
    best = recommended(tables)
    if rivals(tables):
        return f"{1 + len(rivals(tables))} choices cannot be told from each other"
    if best == facts["today"]:
        return "Nothing that could be bought gives more than today's service"
    row = next(row for row in _options(decision) if row["option"] == best)
    found = f"{label_of(facts, best)} gives most: {gain_text(facts, row['gain'])}"
    return f"{begun(found)} {yearly_text(row['first_year'], row['per_year'])}"


def _budget(axes: Axes, budget: float) -> None:
    axes.axvline(budget, color=style.FAINT, linewidth=0.9, linestyle=(0, (4, 2)))
    axes.text(
        budget, 1.0, "budget ", transform=axes.get_xaxis_transform(), ha="right", va="top",
        color=style.FAINT, **style.SMALL,
    )  # fmt: skip


def _draw(axes: Axes, row: dict[Any, Any], number: int | None) -> Line2D:
    """Draw an option with its look and intervals; one that is not named as a faint dot."""
    spend = row["first_year"] / THOUSAND
    if number is None:
        axes.plot(spend, row["gain"], color=style.FAINT, zorder=2, **OTHERS)
        return Line2D([], [])
    colour = style.LINES[number]
    look: dict[str, Any] = {
        "marker": MARKERS[number],
        "color": colour,
        "markersize": 5.5,
        "markerfacecolor": style.PAPER if row["standing"] == OVER else colour,
    }
    axes.vlines(spend, row["gain_low"], row["gain_high"], color=colour, linewidth=1.0)
    ends = (row["first_year_low"] / THOUSAND, row["first_year_high"] / THOUSAND)
    axes.hlines(row["gain"], *ends, color=colour, linewidth=1.0)
    axes.plot(spend, row["gain"], zorder=3, **look)
    return Line2D([], [], linestyle="none", **look)
