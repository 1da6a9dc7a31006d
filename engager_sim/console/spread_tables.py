"""What is printed where parameters were drawn: the parts of the spread, and the draws."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
from rich.table import Table

from engager_sim.console.plain_table import plain_table
from engager_sim.designs.factors import Factor
from engager_sim.outcomes.declaration import PERCENTAGE_POINTS
from engager_sim.outcomes.headline import HEADLINE
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.scenarios.fitted_parameters import POSTERIOR, REPLICATES_PER_DRAW, FittedParameters
from engager_sim.scenarios.scenario import Scenario

ENOUGH = 200
"""Replicates from which the parts of a spread are told without a warning; a judgement."""


def spread_of_differences(differences: pd.DataFrame, others: Sequence[str]) -> list[Table]:
    """Make, for each scenario that is compared, the table of where its difference's spread lies."""
    if differences["parameters"].isna().all():
        return []
    tables = []
    for other in others:
        rows = differences[differences["other"] == other]
        group = next(name for name in ("programme", "all") if (rows["whom"] == name).any())
        title = f"{other}: why the difference varies between single runs"
        tables.append(spread_table(title, headline_rows(rows[rows["whom"] == group]), "difference"))
    return tables


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


def headline_rows(rows: pd.DataFrame) -> list[Any]:
    """Take the rows of the headline outcomes, in their order."""
    by_outcome = {str(row["outcome"]): row for row in rows.to_dict("records")}
    return [by_outcome[name] for name in HEADLINE]


def spread_table(title: str, rows: Sequence[Any], value: str) -> Table:
    """Make the table of where the spread of some outcomes lies.

    Parameters
    ----------
    rows : sequence of mapping
        A row per outcome.
    value : str
        The column that holds the mean.
    """
    declared = {outcome.id: outcome for outcome in OUTCOMES}
    caption = (
        "standard deviations between single runs: Monte Carlo error, parameters within a theory, "
        f"rival theories; {PERCENTAGE_POINTS}"
    )
    table = plain_table(title, caption, ())
    for heading in ("Outcome", "Mean", "Monte Carlo error", "Parameters", "Rival theories"):
        table.add_column(heading, justify="left" if heading == "Outcome" else "right")
    for row in rows:
        outcome = declared[str(row["outcome"])]
        is_difference = value == "difference" or row["whom"] == "difference"
        parts = (
            outcome.text(float(row[name]), is_difference or name != value)
            for name in (value, "chance", "parameters", "structure")
        )
        table.add_row(outcome.label_with_unit, *parts)
    return table
