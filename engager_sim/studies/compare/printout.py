"""What ``engager-sim compare`` prints: differences, their spread, and exits that differ."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from rich.console import JustifyMethod
from rich.table import Table

from engager_sim.console.plain_table import plain_table
from engager_sim.console.spread_tables import draws_described, spread_table
from engager_sim.outcomes.declaration import PERCENTAGE_POINTS, Outcome
from engager_sim.outcomes.headline import HEADLINE
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.reports.missing_text import headline_missing, missing_sentences
from engager_sim.studies.compare.carriers import carriers_remark
from engager_sim.studies.compare.differences import (
    CERTAIN,
    are_identical,
    group_name,
    has_probabilities,
    headline_group,
    probability_text,
    said_identical,
)
from engager_sim.studies.compare.study import Comparison


def printed(comparison: Comparison) -> Iterable[Any]:
    """Give the tables and sentences that the command prints."""
    design = comparison.design
    others = [scenario.name for scenario in design.scenarios[1:]]
    whom = headline_group(comparison.differences)
    yield from (difference_table(comparison, name) for name in others)
    yield from _between_others(comparison)
    for table in (comparison.differences, comparison.differences_between_others):
        for (base, other), rows in _by_pair(table):
            if are_identical(rows):
                yield said_identical(base, other)
    if has_probabilities(comparison.differences):
        yield CERTAIN
    yield from missing_sentences(headline_missing(comparison.missing, whom))
    yield from _spreads(comparison)
    yield from _carriers(comparison)
    yield from draws_described(design.fitted, design.scenarios)
    yield from _changed_exits(comparison)
    yield from _precision_reached(comparison)


def difference_table(comparison: Comparison, other: str) -> Table:
    """Make the table that is printed: headline outcomes in both worlds and their difference."""
    declared = {outcome.id: outcome for outcome in OUTCOMES}
    rows_of_other = comparison.differences[comparison.differences["other"] == other]
    whom, drawn = headline_group(rows_of_other), comparison.design.fitted is not None
    base = comparison.design.scenarios[0].name
    how = "of paired replicates" if comparison.paired else "of independent replicates"
    rows = {
        str(row["outcome"]): row
        for row in rows_of_other[rows_of_other["whom"] == whom].to_dict("records")
    }
    counted = {name: f"{rows[name]['n']} of {rows[name]['of']}" for name in HEADLINE}
    # What is the same in every row is said once, so that names have room.
    is_whole = len(set(counted.values())) == 1
    caption = f"simulated; difference [95% interval, {how}]; {HIGHER if drawn else ''}"
    caption += f"n: {counted[HEADLINE[0]]}; " if is_whole else ""
    table = plain_table(
        f"{other} less {base}: {group_name(whom)}", f"{caption}{PERCENTAGE_POINTS}", ()
    )
    _add_named_column(table, "Outcome", [declared[name].label_with_unit for name in HEADLINE])
    likely = ("P(higher)",) if drawn else ()
    for scenario in (base, other):
        _add_named_column(table, scenario.replace("_", " "), justify="right")
    for heading in ("Difference", *likely, *(() if is_whole else ("n",))):
        table.add_column(heading, justify="right", no_wrap=True)
    for name in HEADLINE:
        outcome, row = declared[name], rows[name]
        means = [outcome.text(float(row[key])) for key in ("mean_in_base", "mean_in_other")]
        cells = [*means, _difference(row, outcome, between="\n")]
        cells += [probability_text(row, between="\n")] if drawn else []
        table.add_row(outcome.label_with_unit, *cells, *(() if is_whole else (counted[name],)))
    return table


def _add_named_column(
    table: Table, heading: str, names: Iterable[str] = (), justify: JustifyMethod = "left"
) -> None:
    """Add a column that is no narrower than its longest word, so that none is broken."""
    words = [word for name in (heading, *names) for word in name.split()]
    table.add_column(heading, justify=justify, min_width=min(LONGEST_WORD, max(map(len, words))))


LONGEST_WORD = 16
TO_DECIDE = (
    "How many men may expect to be better and worse off, for whom it works and what it costs: "
    "engager-sim decide."
)
MOST_PRINTED = 3
HIGHER = (
    "P(higher): how likely the other's expectation is the higher one [95% interval], Monte Carlo "
    "error removed; "
)


def _difference(row: Mapping[Any, Any], outcome: Outcome, between: str = " ") -> str:
    mean, low, high = (float(row[key]) for key in ("difference", "low", "high"))
    return outcome.with_interval(mean, low, high, difference=True, between=between)


def _between_others(comparison: Comparison) -> Iterable[Table]:
    """Make, for each further scenario but the last, a table of those after it less it."""
    table = comparison.differences_between_others
    if table.empty:
        return
    whom, drawn = headline_group(table), comparison.design.fitted is not None
    declared = {outcome.id: outcome for outcome in OUTCOMES}
    for base, of_base in table[table["whom"] == whom].groupby("base", sort=False):
        caption = f"simulated; difference [95% interval]; {HIGHER if drawn else ''}"
        others = of_base["other"].unique()
        printed = plain_table(
            f"The others less {base}: {group_name(whom)}", f"{caption}{PERCENTAGE_POINTS}", ()
        )
        printed.add_column("Outcome")
        for other in others:
            printed.add_column(str(other), justify="right", overflow="fold")
        rows = {(row["outcome"], row["other"]): row for row in of_base.to_dict("records")}
        for name in HEADLINE:
            outcome = declared[name]
            cells = [_difference(rows[name, other], outcome) for other in others]
            if drawn:
                likely = (probability_text(rows[name, other]) for other in others)
                cells = [f"{cell}\n{text}" for cell, text in zip(cells, likely, strict=True)]
            printed.add_row(outcome.label_with_unit, *cells)
        yield printed


def _by_pair(table: pd.DataFrame) -> Iterable[tuple[Any, pd.DataFrame]]:
    return table.groupby(["base", "other"], sort=False) if len(table) else ()


def _spreads(comparison: Comparison) -> Iterable[Table]:
    """Make, for each scenario that is compared, the table of where its difference's spread lies."""
    differences, draws = comparison.differences, comparison.intervals.draws_used
    if differences["parameters"].isna().all():
        return
    headline = differences[differences["whom"] == headline_group(differences)]
    for other, rows in headline.groupby("other", sort=False):
        title = f"{other}: why the difference varies between single runs"
        yield spread_table(title, rows, "difference", draws)


def _carriers(comparison: Comparison) -> Iterable[Table | str]:
    """Name the parameters that carry most of the differences from the base, or say why none."""
    draws = comparison.intervals.draws_used
    if remark := carriers_remark(comparison.carriers, comparison.design.fitted is not None, draws):
        yield remark
    base = comparison.design.scenarios[0].name
    from_base = comparison.carriers[comparison.carriers["base"] == base]
    declared = {outcome.id: outcome for outcome in OUTCOMES}
    for other, rows in from_base.groupby("other", sort=False):
        table = plain_table(
            f"{other}: what carries the uncertainty of the difference",
            "simulated; per SD: change of the difference per standard deviation of the parameter; "
            "often: share of bootstrap resamples in which it is among the ten that carry most; "
            f"at most {MOST_PRINTED} of an outcome, all with what they mean in carriers.csv",
            ("Outcome", "Parameter", "Per SD", "Often", "Source"),
        )
        for _, of_outcome in rows.groupby("outcome", sort=False):
            for index, row in enumerate(of_outcome.head(MOST_PRINTED).to_dict("records")):
                table.add_row(
                    "" if index else str(row["label"]),
                    str(row["parameter"]),
                    declared[row["outcome"]].text(row["effect"], difference=True),
                    f"{row['frequency']:.0%}",
                    str(row["source"]),
                )
        yield table


def _precision_reached(comparison: Comparison) -> list[str]:
    said = []
    rows: list[Any] = comparison.differences.to_dict("records")
    for name, width in comparison.precision.items():
        for row in rows:
            whom = "" if row["whom"] == "all" else f"_{row['whom']}"
            if f"{row['outcome']}{whom}" != name:
                continue
            half = (float(row["high"]) - float(row["low"])) / 2.0
            of_which = f"{row['other']}: how well {name} is known cannot be judged"
            if math.isnan(half):
                said.append(f"{of_which}: too few replicates have a value in both.")
                continue
            if half == 0.0:
                said.append(
                    f"{of_which}: no replicate that was to tell how many it needs differs. Name "
                    "more replicates."
                )
                continue
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
    return [*said, spill, TO_DECIDE] if said else said
