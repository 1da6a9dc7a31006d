"""Where the spread of single runs comes from: three parts, and how well each is known."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from engager_sim.outcomes.declaration import PERCENTAGE_POINTS
from engager_sim.outcomes.headline import HEADLINE
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.reports.outcome_text import outcome_label, outcome_text
from engager_sim.reports.report_table import ReportTable

PARTS = {"chance": "Monte Carlo error", "parameters": "Parameters", "structure": "Rival theories"}
"""The columns of the parts, and what they are called."""
HEADINGS = ("Outcome", "Mean", *PARTS.values())
EXPLANATION = (
    "Standard deviations between single runs [95% interval]: from Monte Carlo error, from "
    f"parameters within a theory, and from rival theories; {PERCENTAGE_POINTS}"
)
QUARTER = 0.25
"""The share of the variance above which a part should be known, and to which share of itself."""


def spread_cells(rows: pd.DataFrame, value: str, between: str = " ") -> list[list[str]]:
    """Divide the spread of the headline outcomes: a row of texts for each, under the headings.

    Parameters
    ----------
    rows : pandas.DataFrame
        A row per outcome.
    value : str
        The column that holds the mean.
    between : str
        What stands between a part and its interval.
    """
    is_difference = value == "difference" or bool((rows["whom"] == "difference").any())
    by_outcome: Any = rows.set_index("outcome")
    return [
        [
            outcome_label(outcome),
            outcome_text(by_outcome.loc[outcome, value], outcome, is_difference),
            *(_part(by_outcome.loc[outcome], outcome, part, between) for part in PARTS),
        ]
        for outcome in HEADLINE
    ]


def _part(row: Mapping[Any, Any], name: str, part: str, between: str) -> str:
    outcome = next(outcome for outcome in OUTCOMES if outcome.id == name)
    ends = (float(row[part]), *_ends(row, part))
    if ends[0] == 0.0 and math.isnan(ends[1]):
        return outcome.text(0.0, difference=True)
    return outcome.with_interval(*ends, difference=True, between=between)


def precision_sentence(rows: pd.DataFrame, draws: int | None = None) -> str:
    """Say whether the larger parts are known well, and how many draws that would take.

    A part is larger where its variance is above a quarter of the whole, and known well where its
    interval reaches no further than a quarter of it.

    Parameters
    ----------
    rows : pandas.DataFrame
        Headline outcomes, with their parts and these parts' intervals.
    draws : int, optional
        How many draws were used, if that is known.
    """
    widest, of_what = 0.0, ""
    for row in rows[rows["outcome"].isin(HEADLINE)].to_dict("records"):
        for part, name in PARTS.items():
            if (reach := _reach(row, part)) > widest:
                widest, of_what = reach, f"{name}, {row['outcome']}"
    if not of_what:
        return "" if rows.get("chance_low", rows["chance"]).notna().any() else FEW
    if widest <= QUARTER:
        return (
            "Each part above a quarter of the variance is known to within a quarter of itself, at "
            f"worst {widest:.0%} ({of_what})."
        )
    times = (widest / QUARTER) ** 2
    wanted = f"{times:.1f} times as many" if draws is None else f"{_rounded(draws * times):,}"
    return (
        "Not each part above a quarter of the variance is known to within a quarter of itself: at "
        f"worst to {widest:.0%} ({of_what}); about {wanted} draws would."
    )


FEW = (
    "Parts of the spread have no interval: fewer than 10 draws were used, or no draw has two "
    "replicates, so that Monte Carlo error, parameters and rival theories cannot be told apart."
)


def _reach(row: Mapping[Any, Any], part: str) -> float:
    """Give how far the interval of a larger part reaches, as a share of it; 0 of a smaller one."""
    whole = sum(float(row[name]) ** 2 for name in PARTS)
    value = float(row[part])
    if not value**2 > QUARTER * whole:
        return 0.0
    low, high = _ends(row, part)
    return 0.0 if math.isnan(low) else max(high - value, value - low) / value


def _ends(row: Mapping[Any, Any], part: str) -> tuple[float, float]:
    """Take the interval of a part; folders of former versions have none."""
    return float(row.get(f"{part}_low", math.nan)), float(row.get(f"{part}_high", math.nan))


def _rounded(number: float) -> int:
    """Round up to two digits."""
    step = 10.0 ** max(0, math.floor(math.log10(number)) - 1)
    return int(math.ceil(number / step) * step)


def spread_table(about: str, rows: pd.DataFrame, value: str) -> Iterator[ReportTable]:
    """Make the table of :func:`spread_cells`; nothing if no parameter was drawn."""
    if not rows["parameters"].isna().all():
        cells = spread_cells(rows, value)
        explained = f"{EXPLANATION}. {precision_sentence(rows)}"
        yield ReportTable(f"Why single runs differ: {about}", explained, HEADINGS, cells)
