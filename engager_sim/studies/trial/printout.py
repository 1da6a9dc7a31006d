"""What ``engager-sim trial`` prints: power by size, why the trial looks null, and its findings."""

from collections.abc import Iterable
from typing import Any

from rich.table import Table

from engager_sim.console.plain_table import plain_table
from engager_sim.console.spread_tables import draws_described
from engager_sim.studies.trial.narrative import NAMES, STEPS
from engager_sim.studies.trial.number_text import (
    percent,
    points,
    points_with_ends,
    pounds,
    share_text,
)
from engager_sim.studies.trial.replicate import CORE_OM
from engager_sim.studies.trial.study import Trials


def printed(trials: Trials) -> Iterable[Any]:
    """Give the tables and sentences that the command prints."""
    yield power_by_size(trials)
    yield analyses_compared(trials)
    if len(trials.null):
        yield causes_of_null(trials)
    yield from trials.in_words()
    services = [trials.study.scenario, trials.study.compared_with]
    yield from draws_described(trials.fitted, [service for service in services if service])
    yield "Every simulated trial stands in trials.parquet."


def power_by_size(trials: Trials) -> Table:
    """Make the table of the primary outcome by design."""
    study, power = trials.study, trials.power
    table = plain_table(
        f"{study.title}: CORE-OM at week {study.primary}, programme less usual care",
        f"simulated; {study.replicates:,} trials of each design; practitioners' means; posts: "
        f"practitioners of the programme; [95% interval"
        f"{'' if trials.fitted is None else ', over parameters and theories'}]; below 0 is better",
        ("Men", "Posts", "True effect", "Null", "Power", "Power, no attrition", "Cost"),
    )
    chosen = (power["outcome"] == CORE_OM) & (power["week"] == study.primary)
    merged = power[chosen].merge(trials.costs[["men", "practitioners", "cost"]])
    for row in merged.to_dict("records"):
        table.add_row(
            f"{row['men']:,}",
            f"{row['practitioners']:,}",
            points_with_ends(row, "effect", "effect_"),
            percent(row["looked_null"]),
            share_text(row, "power", "power"),
            share_text(row, "complete_power", "complete_power"),
            pounds(row["cost"]),
        )
    return table


def analyses_compared(trials: Trials) -> Table:
    """Make the table of what each analysis of the study's own design sees."""
    study, by_analysis = trials.study, trials.by_analysis
    men, practitioners = study.design
    table = plain_table(
        f"What each analysis sees with {men:,} men and {practitioners} practitioners",
        f"CORE-OM at week {study.primary}; the same simulated trials",
        ("Analysis", "Mean estimate", "Standard error", "Power", "Holds the true effect"),
    )
    chosen = (by_analysis["men"] == men) & (by_analysis["practitioners"] == practitioners)
    rows = by_analysis[chosen & (by_analysis["week"] == study.primary)]
    for row in rows.to_dict("records"):
        table.add_row(
            NAMES[str(row["analysis"])],
            points_with_ends(row, "estimate", "estimate_"),
            points(row["standard_error"]),
            share_text(row, "power", "power"),
            percent(row["holds_effect"]),
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
        shares = share_text(row, "null_share", "null")
        table.add_row(STEPS[str(row["step"])], points_with_ends(row), shares)
    return table
