"""What is printed where parameters were drawn: the parts of the spread, and the draws."""

from collections.abc import Iterable, Sequence

import pandas as pd
from rich.table import Table

from engager_sim.console.plain_table import plain_table
from engager_sim.designs.factors import Factor
from engager_sim.reports.spread import EXPLANATION, HEADINGS, spread_cells
from engager_sim.scenarios.fitted_parameters import POSTERIOR, REPLICATES_PER_DRAW, FittedParameters
from engager_sim.scenarios.scenario import Scenario

ENOUGH = 200
"""Replicates from which the parts of a spread are told without a warning; a judgement."""


def draws_described(
    fitted: FittedParameters | None,
    scenarios: Sequence[Scenario],
    factors: Sequence[Factor] = (),
    replicates: int | None = None,
) -> Iterable[str]:
    """Say where parameters were drawn from, and which of them a file or a study decides."""
    if fitted is None:
        return
    yield (
        f"{len(fitted.parameters)} parameters were drawn from {_named(fitted)} "
        f"({len(fitted.numbers):,} draws), two replicates per draw; made by: "
        f"{fitted.facts.get('made_by', 'unknown')}"
    )
    if replicates is not None and replicates < ENOUGH:
        yield (
            f"From {replicates // REPLICATES_PER_DRAW} draws the parts of the spread are rough: "
            f"{ENOUGH} replicates or more tell them apart, and a part of 0 may only not be seen."
        )
    for scenario in scenarios:
        if aside := fitted.set_aside_by(scenario):
            yield f"{scenario.name} sets these itself: {', '.join(aside)}."
    drawn = {parameter.path for parameter in fitted.parameters}
    if varied := [factor.path for factor in factors if factor.path in drawn]:
        yield f"The study varies these itself: {', '.join(varied)}."


def _named(fitted: FittedParameters) -> str:
    ships = fitted.name == POSTERIOR
    return "the posterior that ships with the package" if ships else fitted.name


def spread_table(title: str, rows: pd.DataFrame, value: str) -> Table:
    """Make the table of where the spread of the headline outcomes lies.

    Parameters
    ----------
    rows : pandas.DataFrame
        A row per outcome.
    value : str
        The column that holds the mean.
    """
    table = plain_table(title, EXPLANATION, ())
    for heading in HEADINGS:
        table.add_column(heading, justify="left" if heading == HEADINGS[0] else "right")
    for cells in spread_cells(rows, value):
        table.add_row(*cells)
    return table
