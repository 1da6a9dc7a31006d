"""What ``engager-sim sensitivity`` prints: for each outcome the factors that matter most."""

from collections.abc import Iterable
from typing import Any, Literal

from rich.table import Table

from engager_sim.console.plain_table import plain_table
from engager_sim.console.spread_tables import draws_described
from engager_sim.reports.missing_text import missing_sentences
from engager_sim.reports.outcome_text import interval_text
from engager_sim.studies.factor_study import NO_EFFECT
from engager_sim.studies.sensitivity.noise_statement import noise_statement
from engager_sim.studies.sensitivity.remarks import remark_sentences
from engager_sim.studies.sensitivity.study import Sensitivity

MOST_ROWS = 12
JUSTIFIED: dict[str, Literal["left", "right"]] = {"Rank": "right"}


def printed(sensitivity: Sensitivity) -> Iterable[Any]:
    """Give the tables and sentences that the command prints."""
    design = sensitivity.design
    yield from (ranking_table(sensitivity, column.name) for column in sensitivity.columns)
    yield from missing_sentences(sensitivity.missing)
    yield from draws_described(design.fitted, design.scenarios, design.factors)
    yield from remark_sentences(sensitivity.remarks)


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
        if row["note"] == NO_EFFECT:
            table.add_row("", str(row["factor"]), NO_EFFECT, "", "")
            continue
        table.add_row(
            str(row["rank"]),
            str(row["factor"]),
            f"{row['value']:.3g}",
            interval_text(row["low"], row["high"], "{:.3g}").strip(),
            f"{tied} factor{'s' if tied > 1 else ''}" if tied else "none",
        )
    return table


def _caption(sensitivity: Sensitivity, outcome: str, main: Any) -> Iterable[str]:
    settings, chance = sensitivity.settings, sensitivity.chance
    shares = chance[chance["outcome"] == outcome].iloc[0]
    drawn, points = settings.fitted is not None, sensitivity.design.points
    yield "Simulated; 95% bootstrap intervals over replicates and points."
    yield noise_statement(shares, points, settings.study.replicates, drawn)
    used, of = int(main["blocks"].iloc[0]), int(main["of"].iloc[0])
    if used < of:
        yield f"From {used:,} of {of:,} parts of the design; the others lack the value of a point."
    if len(main) > MOST_ROWS:
        yield f"{len(main) - MOST_ROWS} more factors in indices.csv."
