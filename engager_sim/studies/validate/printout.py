"""What ``engager-sim validate`` prints: patterns, published figures, and the findings."""

from collections.abc import Iterable
from typing import Any

from rich.table import Table

from engager_sim.console.plain_table import plain_table
from engager_sim.console.spread_tables import draws_described
from engager_sim.reports.missing_text import missing_sentences
from engager_sim.studies.validate.narrative import (
    COLUMNS,
    bounds,
    errors_outside,
    figure,
    findings,
    labelled,
    prediction,
    verdict_by_standing,
    with_interval,
)
from engager_sim.studies.validate.study import Validation


def printed(validation: Validation) -> Iterable[Any]:
    """Give the tables and sentences that the command prints."""
    yield pattern_table(validation)
    if len(validation.figures):
        yield figure_table(validation)
    yield from findings(validation.patterns, validation.parts, validation.figures)
    yield from missing_sentences(validation.missing)
    yield from draws_described(validation.fitted, [])


def pattern_table(validation: Validation) -> Table:
    """Make the table that is printed of the patterns and their parts."""
    table = plain_table(
        "Patterns: is each met by the fitted model?",
        "simulated; [95% interval by leaving out groups of draws]; a verdict stands under what the "
        "pattern is: fitted to, built in by a claim or a rule changed for it, or untouched",
        ("", "Pattern", "Found", "Wanted", *COLUMNS, "Off by"),
    )
    patterns = validation.patterns
    standing = dict(zip(patterns["number"].tolist(), patterns["standing"].tolist(), strict=True))
    last = 0
    for row in validation.parts.to_dict("records"):
        first = row["number"] != last
        last = row["number"]
        table.add_row(
            str(row["number"]) if first else "",
            f"{row['pattern']}: {labelled(row)}" if first else labelled(row),
            with_interval(row),
            bounds(row),
            *verdict_by_standing(standing[row["number"]], str(row["verdict"])),
            figure(row["off"]) if row["off"] else "",
        )
    return table


def figure_table(validation: Validation) -> Table:
    """Make the table that is printed of the published figures."""
    table = plain_table(
        "Published figures: fitted, and held out",
        "simulated; 90% predictive intervals, errors of observation included",
        ("Figure", "Role", "Published", "Predicted", "Verdict", "Errors outside"),
    )
    for row in validation.figures.to_dict("records"):
        table.add_row(
            str(row["label"]),
            str(row["role"]).replace("_", " "),
            f"{row['value']:.3g}",
            prediction(row),
            str(row["verdict"]),
            errors_outside(row),
        )
    return table
