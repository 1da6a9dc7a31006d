"""What ``engager-sim sweep`` prints: themes alone and together."""

from collections.abc import Iterable
from typing import Any, Literal

from rich.table import Table

from engager_sim.console.plain_table import plain_table
from engager_sim.console.spread_tables import draws_described
from engager_sim.studies.sweep.study import Sweep

HEADINGS = ("Outcome", "Themes", "Neither", "First", "Second", "Both", "Whole less sum")


def printed(sweep: Sweep) -> Iterable[Any]:
    """Give the table and the sentences that the command prints."""
    if len(sweep.interactions):
        yield interaction_table(sweep)
    for column in sweep.design.columns:
        if sweep.points[column.name].nunique() == 1:
            yield f"{column.label} is the same at every point."
    yield from draws_described(sweep.design.fitted, sweep.design.scenarios, sweep.design.factors)


def interaction_table(sweep: Sweep) -> Table:
    """Make the table that is printed: themes alone and together."""
    columns = {column.name: column for column in sweep.design.columns}
    over = "" if sweep.design.fitted is None else ", over parameters and theories"
    table = plain_table(
        sweep.settings.study.question,
        "simulated; neither: themes at the first of their levels, both: at the last; 95% "
        f"interval of paired replicates{over}",
        (),
    )
    for heading in HEADINGS:
        justify: Literal["left", "right"] = "left" if heading in HEADINGS[:2] else "right"
        table.add_column(heading, justify=justify, overflow="fold")
    for row in sweep.interactions.to_dict("records"):
        column = columns[str(row["outcome"])]
        numbers = [
            column.outcome.text(float(row[name]))
            for name in ("neither", "first_alone", "second_alone", "both")
        ]
        whole_less_sum, low, high = (
            column.outcome.text(float(row[name]), finer=True)
            for name in ("whole_less_sum", "low", "high")
        )
        themes = f"{row['first']}, {row['second']}".replace("_", " ")
        table.add_row(column.label, themes, *numbers, f"{whole_less_sum} [{low}, {high}]")
    return table
