"""The pictures of a sensitivity study."""

from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.figures.factor_labels import factor_labels
from engager_sim.figures.picture import Picture
from engager_sim.studies.sensitivity.figures.conditional_plots import conditional_plots
from engager_sim.studies.sensitivity.figures.convergence import convergence
from engager_sim.studies.sensitivity.figures.group_sums import group_sums
from engager_sim.studies.sensitivity.figures.index_bars import index_bars
from engager_sim.studies.sensitivity.figures.morris_plane import morris_plane
from engager_sim.studies.sensitivity.figures.notes import intervals_note, noise_note, runs_note
from engager_sim.studies.sensitivity.figures.second_order_map import second_order_map
from engager_sim.studies.sensitivity.figures.tornado import tornado
from engager_sim.studies.sensitivity.study import Sensitivity
from engager_sim.studies.sensitivity.tables import SECOND_ORDER


def pictures(sensitivity: Sensitivity) -> list[Picture]:
    """Draw the indices of every outcome, what they depend on, and whether they have settled.

    Parameters
    ----------
    sensitivity : Sensitivity
        A study that was carried out.

    Returns
    -------
    list of Picture
    """
    method = sensitivity.settings.method
    labels = factor_labels(sensitivity.settings.study.factors)
    runs = runs_note(sensitivity)
    estimated = runs + intervals_note(sensitivity)
    drawn: list[Picture] = []
    for column in sensitivity.columns:
        note = estimated + noise_note(sensitivity, column)
        drawn.append(index_bars(sensitivity, column, labels, note))
        if _has_spread(sensitivity, column):
            drawn.append(morris_plane(sensitivity, column, labels, note))
        if method.fills_ranges:
            drawn.append(tornado(sensitivity, column, labels, runs))
            drawn.append(conditional_plots(sensitivity, column, labels, runs))
        if SECOND_ORDER in method.meanings:
            drawn.append(second_order_map(sensitivity, column, labels, note))
    if len(sensitivity.convergence) and sensitivity.convergence["samples"].nunique() > 1:
        drawn += convergence(sensitivity, labels, runs)
    if len(sensitivity.groups):
        drawn += group_sums(sensitivity, labels, estimated)
    return drawn


def _has_spread(sensitivity: Sensitivity, column: OutcomeColumn) -> bool:
    """Say whether all effects have a spread; those of several factors together have none."""
    table = sensitivity.indices
    rows = table[(table["outcome"] == column.name) & (table["index"] == "sigma")]
    return len(rows) > 0 and bool(rows["value"].notna().all())
