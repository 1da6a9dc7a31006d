"""The table that ``engager-sim run`` prints: headline outcomes with their intervals."""

import math
from typing import Any

from rich import box
from rich.table import Table

from engager_sim.outcomes.declaration import Outcome
from engager_sim.outcomes.headline import HEADLINE
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.runs.tables.runs import DIFFERENCE
from engager_sim.studies.run.study import Runs

TITLES = {
    "all": "All men",
    "programme": "Programme",
    "usual_care": "Usual care",
    DIFFERENCE: "Difference",
}
ARMS_SIDE_BY_SIDE = ("programme", "usual_care", DIFFERENCE)


def headline_table(runs: Runs, wide: bool) -> Table:
    """Make the table of one scenario: both arms and their difference, or all men of its one arm.

    Parameters
    ----------
    wide : bool
        Whether there is room for the arms' intervals beside the means, rather than below them.
    """
    found: dict[tuple[str, str], Any] = {
        (row["outcome"], row["whom"]): row for row in runs.summary().to_dict("records")
    }
    two_arms = any(whom == DIFFERENCE for _, whom in found)
    columns = ARMS_SIDE_BY_SIDE if two_arms else ("all",)
    between = " " if wide or not two_arms else "\n"
    replicates = len(runs.runs)
    table = Table(
        title=f"{runs.scenario.name}: {runs.scenario.question}",
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        caption=f"simulated; mean [95% interval {_over(runs)}]; n = replicates with a value",
        caption_justify="left",
    )
    table.add_column("Outcome")
    for column in columns:
        table.add_column(TITLES[column], justify="right", no_wrap=True)
    table.add_column("n", justify="right", no_wrap=True)
    declared = {outcome.id: outcome for outcome in OUTCOMES}
    for name in HEADLINE:
        outcome = declared[name]
        rows = [found[name, column] for column in columns]
        least = min(int(row["n"]) for row in rows)
        cells = [_cell(row, outcome, between) for row in rows]
        table.add_row(outcome.label_with_unit, *cells, f"{least} of {replicates}")
    return table


def _over(runs: Runs) -> str:
    return "across replicates" if runs.fitted is None else "over parameters and theories"


def _cell(row: dict[str, Any], outcome: Outcome, between: str) -> str:
    mean, low, high = float(row["mean"]), float(row["low"]), float(row["high"])
    if math.isnan(mean):
        return "no value"
    if math.isnan(low):
        return outcome.text(mean)
    ends = f"[{outcome.text(low)}, {outcome.text(high)}]"
    return f"{outcome.text(mean)}{between}{ends}"
