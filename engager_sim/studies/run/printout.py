"""What ``engager-sim run`` prints: headline outcomes with their intervals, and their spread."""

from collections.abc import Iterable
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from engager_sim.console.plain_table import plain_table
from engager_sim.console.spread_tables import draws_described, spread_table
from engager_sim.outcomes.declaration import PERCENTAGE_POINTS, Outcome
from engager_sim.outcomes.headline import HEADLINE
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.reports.missing_text import headline_missing, missing_sentences
from engager_sim.runs.tables.runs import DIFFERENCE
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.run.study import RunResult
from engager_sim.studies.run.summary import groups_of, missing_in

TITLES = {
    "all": "All men",
    "programme": "Programme",
    "usual_care": "Usual care",
    DIFFERENCE: "Difference",
}
WIDE = 110
"""Columns of a terminal that can show a mean and its interval side by side."""


def printed(result: RunResult) -> Iterable[Any]:
    """Give the tables and sentences that the command prints."""
    workload = result.workload
    drawn = workload.fitted is not None
    wide = Console().width >= WIDE
    for scenario in workload.scenarios:
        rows = result.summary[result.summary["scenario"] == scenario.name]
        yield headline_table(scenario, rows, wide)
        if drawn:
            yield spread_of_run(scenario.name, rows, result.intervals.draws_used)
        yield from missing_sentences(headline_missing(missing_in(rows), *groups_of(rows)))
    yield from draws_described(workload.fitted, workload.scenarios)


def headline_table(scenario: Scenario, summary: pd.DataFrame, wide: bool) -> Table:
    """Make the table of one scenario: both arms and their difference, or all men of its one arm.

    ``summary`` holds the scenario's rows; with ``wide`` there is room for the arms' intervals
    beside the means, rather than below them.
    """
    rows: dict[tuple[str, str], Any] = {
        (row["outcome"], row["whom"]): row for row in summary.to_dict("records")
    }
    groups = groups_of(summary)
    between = " " if wide or len(groups) == 1 else "\n"
    table = plain_table(
        f"{scenario.name}: {scenario.question}",
        f"simulated; mean [95% interval]; n = replicates with a value; {PERCENTAGE_POINTS}",
        ("Outcome",),
    )
    for heading in (*(TITLES[group] for group in groups), "n"):
        table.add_column(heading, justify="right", no_wrap=True)
    declared = {outcome.id: outcome for outcome in OUTCOMES}
    for name in HEADLINE:
        outcome = declared[name]
        estimates = [rows[name, group] for group in groups]
        cells = [_cell(row, outcome, between) for row in estimates]
        least = min(int(row["n"]) for row in estimates)
        table.add_row(outcome.label_with_unit, *cells, f"{least} of {estimates[0]['of']}")
    return table


def spread_of_run(name: str, summary: pd.DataFrame, draws: int) -> Table:
    """Make the table of one scenario's spread, of the arms' difference where there are two."""
    whom = groups_of(summary)[-1]
    group = "difference between the arms" if whom == DIFFERENCE else "all men"
    title = f"{name}: why single runs differ ({group})"
    return spread_table(title, summary[summary["whom"] == whom], "mean", draws)


def _cell(row: dict[str, Any], outcome: Outcome, between: str) -> str:
    mean, low, high = float(row["mean"]), float(row["low"]), float(row["high"])
    return outcome.with_interval(mean, low, high, row["whom"] == DIFFERENCE, between)
