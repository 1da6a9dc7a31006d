"""What ``engager-sim sensitivity`` prints: for each outcome the factors that matter most."""

from collections.abc import Iterable
from typing import Any, Literal

from rich.table import Table

from engager_sim.console.plain_table import plain_table
from engager_sim.console.spread_tables import draws_described
from engager_sim.studies.sensitivity.noise_statement import noise_statement
from engager_sim.studies.sensitivity.study import Sensitivity

MOST_ROWS = 12
JUSTIFIED: dict[str, Literal["left", "right"]] = {"Rank": "right"}


def printed(sensitivity: Sensitivity) -> Iterable[Any]:
    """Give the tables and sentences that the command prints."""
    design = sensitivity.design
    yield from (ranking_table(sensitivity, column.name) for column in sensitivity.columns)
    yield from draws_described(design.fitted, design.scenarios, design.factors)
    remarks = zip(sensitivity.remarks["outcome"], sensitivity.remarks["remark"], strict=True)
    yield from (f"{name}: {remark}." for name, remark in remarks)


def ranking_table(sensitivity: Sensitivity, outcome: str) -> Table:
    """Make the table that is printed for one outcome: the factors that matter most."""
    method = sensitivity.settings.method
    label = next(column.label for column in sensitivity.columns if column.name == outcome)
    rows = sensitivity.indices[sensitivity.indices["outcome"] == outcome]
    main = rows[rows["index"] == method.main].sort_values("rank")
    table = plain_table(
        f"{label}: {method.label}, {method.main} = {method.meanings[method.main]}",
        " ".join(_caption(sensitivity, outcome, main)),
        (),
    )
    for heading in ("Rank", "Factor", method.main, "95% interval", "Tied with"):
        table.add_column(heading, justify=JUSTIFIED.get(heading, "left"), overflow="fold")
    for row in main.head(MOST_ROWS).to_dict("records"):
        tied = len(str(row["tied_with"]).split(", ")) if row["tied_with"] else 0
        table.add_row(
            str(row["rank"]),
            str(row["factor"]),
            f"{row['value']:.3g}",
            f"[{row['low']:.3g}, {row['high']:.3g}]",
            f"{tied} factors" if tied else "none",
        )
    return table


def _caption(sensitivity: Sensitivity, outcome: str, main: Any) -> Iterable[str]:
    settings, chance = sensitivity.settings, sensitivity.chance
    in_means = float(chance[chance["outcome"] == outcome]["chance_in_means"].iloc[0])
    drawn = settings.fitted is not None
    yield "Simulated; 95% bootstrap intervals over replicates and points."
    yield noise_statement(in_means, settings.study.replicates, drawn)
    used, of = int(main["blocks"].iloc[0]), int(main["of"].iloc[0])
    if used < of:
        yield f"From {used:,} of {of:,} parts of the design; the others failed."
    if len(main) > MOST_ROWS:
        yield f"{len(main) - MOST_ROWS} more factors in indices.csv."
