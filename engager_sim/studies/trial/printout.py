"""What ``engager-sim trial`` prints: power by size, why the trial looks null, and its findings."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.table import Table

from engager_sim.console.plain_table import plain_table
from engager_sim.console.spread_tables import draws_described
from engager_sim.studies.trial.findings import percent, points_with_ends
from engager_sim.studies.trial.narrative import STEPS
from engager_sim.studies.trial.replicate import CORE_OM
from engager_sim.studies.trial.study import Trials


def printed(trials: Trials) -> Iterable[Any]:
    """Give the tables and sentences that the command prints."""
    yield power_by_size(trials)
    yield causes_of_null(trials)
    yield from trials.in_words()
    yield from draws_described(trials.fitted, [trials.study.scenario])
    yield "Every simulated trial stands in trials.parquet."


def power_by_size(trials: Trials) -> Table:
    """Make the table of the primary outcome by size."""
    study, power = trials.study, trials.power
    table = plain_table(
        f"{study.scenario.name}: CORE-OM at week {study.primary}, programme less usual care",
        f"simulated; {study.replicates:,} trials of each size; [95% interval"
        f"{'' if trials.fitted is None else ', over parameters and theories'}]; below 0 is better",
        ("Men", "True effect", "Mean estimate", "Null", "Power", "Formula", "Power, no attrition"),
    )
    chosen = (power["outcome"] == CORE_OM) & (power["week"] == study.primary)
    for row in power[chosen].to_dict("records"):
        table.add_row(
            f"{row['men']:,}",
            points_with_ends(row, "effect", "effect_"),
            points_with_ends(row, "estimate", "estimate_"),
            percent(row["looked_null"]),
            _share(row, "power", "power"),
            percent(row["textbook_power"]),
            _share(row, "complete_power", "complete_power"),
        )
    return table


def causes_of_null(trials: Trials) -> Table:
    """Make the table of why the trial looks null."""
    table = plain_table(
        f"Why a trial of {trials.study.size:,} men looks null",
        "simulated; Shapley values over 8 worlds with the same men and common random numbers; "
        "[95% interval]",
        ("Step", "Points", "Null trials"),
    )
    for row in trials.null.to_dict("records"):
        shares = _share(row, "null_share", "null")
        table.add_row(STEPS[str(row["step"])], points_with_ends(row), shares)
    return table


def _share(row: Mapping[Any, Any], middle: str, stem: str) -> str:
    return f"{percent(row[middle])} [{percent(row[f'{stem}_low'])}, {percent(row[f'{stem}_high'])}]"
