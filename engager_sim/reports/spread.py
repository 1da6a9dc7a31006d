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


def spread_table(about: str, rows: pd.DataFrame, value: str) -> Iterable[ReportTable]:
    """Divide the spread of the headline outcomes; nothing if no parameter was drawn.

    Parameters
    ----------
    about : str
        What varies.
    rows : pandas.DataFrame
        A row per outcome.
    value : str
        The column that holds the mean.
    """
    headline = rows[rows["outcome"].isin(HEADLINE)]
    if headline["parameters"].isna().all():
        return
    is_difference = value == "difference" or bool((headline["whom"] == "difference").any())
    cells = [
        [
            outcome_label(str(row["outcome"])),
            *(
                outcome_text(row[name], str(row["outcome"]), is_difference or name != value)
                for name in (value, "chance", "parameters", "structure")
            ),
        ]
        for row in headline.to_dict("records")
    ]
    yield ReportTable(f"Why single runs differ: {about}", EXPLANATION, HEADINGS, cells)
