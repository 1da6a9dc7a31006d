"""What ``engager-sim compare`` prints: differences, their spread, and exits that differ."""

from collections.abc import Iterable
from typing import Any

import pandas as pd
from rich.table import Table

from engager_sim.console.plain_table import plain_table
from engager_sim.console.spread_tables import draws_described, spread_table
from engager_sim.outcomes.declaration import PERCENTAGE_POINTS
from engager_sim.outcomes.headline import HEADLINE
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.reports.missing_text import headline_missing, missing_sentences
from engager_sim.studies.compare.differences import (
    are_identical,
    group_name,
    headline_group,
    said_identical,
)
from engager_sim.studies.compare.study import Comparison


def printed(comparison: Comparison) -> Iterable[Any]:
    """Give the tables and sentences that the command prints."""
    design = comparison.design
    others = [scenario.name for scenario in design.scenarios[1:]]
    whom = headline_group(comparison.differences)
    yield from (difference_table(comparison, name) for name in others)
    for name in others:
        if are_identical(comparison.differences[comparison.differences["other"] == name]):
            yield said_identical(design.scenarios[0].name, name)
    yield from missing_sentences(headline_missing(comparison.missing, whom))
    yield from _spreads(comparison.differences)
    yield from draws_described(design.fitted, design.scenarios, (), comparison.replicates)
    yield from _changed_exits(comparison)
    yield from _precision_reached(comparison)


def difference_table(comparison: Comparison, other: str) -> Table:
    """Make the table that is printed: headline outcomes in both worlds and their difference."""
    declared = {outcome.id: outcome for outcome in OUTCOMES}
    rows_of_other = comparison.differences[comparison.differences["other"] == other]
    whom = headline_group(rows_of_other)
    base = comparison.design.scenarios[0].name
    how = "of paired replicates" if comparison.paired else "of independent replicates"
    how += "" if comparison.design.fitted is None else ", over parameters and theories"
    caption = f"simulated; difference [95% interval, {how}]; {PERCENTAGE_POINTS}"
    table = plain_table(f"{other} less {base}: {group_name(whom)}", caption, ())
    table.add_column("Outcome")
    for heading in ("Base", "Other", "Difference", "n"):
        table.add_column(heading, justify="right", no_wrap=True)
    rows = {
        str(row["outcome"]): row
        for row in rows_of_other[rows_of_other["whom"] == whom].to_dict("records")
    }
    for name in HEADLINE:
        outcome, row = declared[name], rows[name]
        means = [outcome.text(float(row[key])) for key in ("mean_in_base", "mean_in_other")]
        mean, low, high = (float(row[key]) for key in ("difference", "low", "high"))
        difference = outcome.with_interval(mean, low, high, difference=True)
        counted = f"{row['n']} of {row['of']}"
        table.add_row(outcome.label_with_unit, *means, difference, counted)
    return table


def _spreads(differences: pd.DataFrame) -> Iterable[Table]:
    """Make, for each scenario that is compared, the table of where its difference's spread lies."""
    if differences["parameters"].isna().all():
        return
    headline = differences[differences["whom"] == headline_group(differences)]
    for other, rows in headline.groupby("other", sort=False):
        title = f"{other}: why the difference varies between single runs"
        yield spread_table(title, rows, "difference")


def _precision_reached(comparison: Comparison) -> list[str]:
    said = []
    rows: list[Any] = comparison.differences.to_dict("records")
    for name, width in comparison.precision.items():
        for row in rows:
            whom = "" if row["whom"] == "all" else f"_{row['whom']}"
            if f"{row['outcome']}{whom}" != name:
                continue
            half = (float(row["high"]) - float(row["low"])) / 2.0
            reached = half <= width * (1.0 + 1e-9)
            said.append(
                f"{row['other']}: {name} is known to within {half:.3g} from "
                f"{comparison.replicates:,} replicates; {width:g} was wanted"
                + ("." if reached else ", and is NOT reached.")
            )
    return said


def _changed_exits(comparison: Comparison) -> list[str]:
    changed: list[Any] = list(comparison.changed[comparison.changed["share"] > 0.0].itertuples())
    said = [
        f"{row.other}: of the {str(row.arm).replace('_', ' ')} men, "
        f"{row.men_whose_fate_differs:.1f} ({100 * row.share:.1f}%) end their first episode "
        "otherwise than in the base."
        for row in changed
    ]
    spill = "Differences include what spills over through shared staff and agencies."
    return [*said, spill] if said else said
