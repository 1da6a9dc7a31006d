"""The table of a report that says where the spread of single runs comes from."""

from collections.abc import Iterable

import pandas as pd

from engager_sim.outcomes.declaration import PERCENTAGE_POINTS
from engager_sim.outcomes.headline import HEADLINE
from engager_sim.reports.outcome_text import outcome_label, outcome_text
from engager_sim.reports.report_table import ReportTable

HEADINGS = ("Outcome", "Mean", "Monte Carlo error", "Parameters", "Rival theories")
EXPLANATION = (
    "Standard deviations between single runs: from Monte Carlo error, from parameters within a "
    f"theory, and from rival theories; {PERCENTAGE_POINTS}."
)


def spread_cells(rows: pd.DataFrame, value: str) -> list[list[str]]:
    """Divide the spread of the headline outcomes: a row of texts for each, under the headings.

    Parameters
    ----------
    rows : pandas.DataFrame
        A row per outcome.
    value : str
        The column that holds the mean.
    """
    is_difference = value == "difference" or bool((rows["whom"] == "difference").any())
    by_outcome = rows.set_index("outcome")
    return [
        [
            outcome_label(outcome),
            *(
                outcome_text(by_outcome.loc[outcome, name], outcome, is_difference or name != value)
                for name in (value, "chance", "parameters", "structure")
            ),
        ]
        for outcome in HEADLINE
    ]


def spread_table(about: str, rows: pd.DataFrame, value: str) -> Iterable[ReportTable]:
    """Make the table of :func:`spread_cells`; nothing if no parameter was drawn."""
    if not rows["parameters"].isna().all():
        cells = spread_cells(rows, value)
        yield ReportTable(f"Why single runs differ: {about}", EXPLANATION, HEADINGS, cells)
