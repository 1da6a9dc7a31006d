"""Notes below the pictures of a sensitivity study: runs, intervals, noise, factors not shown."""

import math

from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.figures.factor_labels import BOTH_ARMS, usual_arm
from engager_sim.figures.scales import counted
from engager_sim.studies.sensitivity.noise_statement import noise_statement
from engager_sim.studies.sensitivity.study import Sensitivity


def runs_note(sensitivity: Sensitivity) -> str:
    """Say how many points and replicates there are, how many failed, and whose factors vary."""
    settings, points = sensitivity.settings, sensitivity.design.points
    replicates = counted(settings.study.replicates)
    note = f"{settings.method.label}: {points:,} points of {replicates} each. "
    failed = sum(sensitivity.failed.values())
    if failed:
        note += f"{failed:,} of {sensitivity.asked:,} runs failed and are left out. "
    usual = usual_arm(settings.study.factors)
    if settings.groups == "none" and usual != BOTH_ARMS:
        arm = "the programme" if usual == "programme" else usual
        note += f"Factors are those of {arm} unless said otherwise. "
    return note


def intervals_note(sensitivity: Sensitivity) -> str:
    """Say what the bootstrap draws."""
    settings = sensitivity.settings
    drawn = [] if settings.method.rows_per_block is None else ["points"]
    drawn += ["replicates"] if settings.study.replicates > 1 else []
    if not drawn:
        return "One replicate has no interval. "
    return (
        f"Intervals: {settings.resamples} bootstrap resamples of {' and '.join(drawn)}. "
        f"{settings.intervals.index_line} "
    )


def noise_note(sensitivity: Sensitivity, column: OutcomeColumn) -> str:
    """Say how much of an outcome's variance is Monte Carlo noise, between means and single runs."""
    table, settings = sensitivity.chance, sensitivity.settings
    shares = table[table["outcome"] == column.name].iloc[0]
    drawn, points = settings.fitted is not None, sensitivity.design.points
    note = noise_statement(shares, points, settings.study.replicates, drawn)
    if math.isnan(shares["factors"]):
        return note
    parameters = ""
    if drawn:
        parameters = (
            f", {shares['parameters']:.1%} drawn parameters alike at all points, "
            f"{shares['parameters_with_factors']:.1%} drawn parameters otherwise"
        )
    return (
        f"{note} Of the variance between single runs, {shares['factors']:.1%} is the factors', "
        f"{shares['common_luck']:.1%} noise that all points share, {shares['own_luck']:.1%} other "
        f"noise{parameters}."
    )


def not_shown(count: int, shown: int) -> str:
    """Say how many factors are not shown, if any."""
    more = count - shown
    return f"The {shown} largest of {count} are shown, {more} not. " if more > 0 else ""
