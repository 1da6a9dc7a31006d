"""The tables of a report that say how much of a spread is chance, and how much is not known."""

from collections.abc import Callable, Iterable

import pandas as pd

from engager_sim.reports.shown import Shown

HEADINGS = ("Outcome", "Mean", "Chance", "Parameters", "Structure")
HOW = (
    "Standard deviations between single runs: from luck, from parameters within a theory, and from "
    "rival theories."
)


def of_spread(
    about: str, rows: pd.DataFrame, value: str, label: Callable[[str], str],
    written: Callable[[float, str], str],
) -> Iterable[Shown]:  # fmt: skip
    """Write out where the spread of single runs comes from; nothing if no parameter was drawn.

    Parameters
    ----------
    about : str
        What varies.
    rows : pandas.DataFrame
        A row per outcome.
    value : str
        The column that holds the mean.
    label, written : callable
        Name an outcome; write a value of it.
    """
    if rows["parameters"].isna().all():
        return
    cells = [
        [
            label(str(row["outcome"])),
            *(
                written(float(row[name]), str(row["outcome"]))
                for name in (value, "chance", "parameters", "structure")
            ),
        ]
        for row in rows.to_dict("records")
    ]
    yield Shown(f"Why single runs differ: {about}", HOW, HEADINGS, cells)
