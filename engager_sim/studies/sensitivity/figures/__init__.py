"""The pictures of a sensitivity study."""

from engager_sim.figures.factor_labels import factor_labels
from engager_sim.figures.picture import Picture
from engager_sim.reports.missing_text import missing_note
from engager_sim.studies.sensitivity.figures.analysed_outcome import AnalysedOutcome, pages_of
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

    An outcome that no factor changes has no pictures.
    """
    method = sensitivity.settings.method
    labels = factor_labels(sensitivity.settings.study.factors)
    every = [AnalysedOutcome(sensitivity, column, labels) for column in sensitivity.columns]
    outcomes = [outcome for outcome in every if len(outcome.ranked)]
    runs = runs_note(sensitivity)
    estimated = runs + intervals_note(sensitivity)
    drawn: list[Picture] = []
    for outcome in outcomes:
        lacking = missing_note(sensitivity.missing, outcome.column.name).strip()
        here = runs + f"{lacking} " * bool(lacking) + outcome.without_effect
        note = here + intervals_note(sensitivity) + noise_note(sensitivity, outcome.column)
        drawn.append(index_bars(outcome, note))
        spread = outcome.index_rows("sigma")["value"]  # of factors together there is none
        if len(spread) and spread.notna().all():
            drawn.append(morris_plane(outcome, note))
        if method.fills_ranges:
            drawn += [tornado(outcome, here), conditional_plots(outcome, here)]
        if SECOND_ORDER in method.meanings and len(outcome.ranked) > 1:
            drawn.append(second_order_map(outcome, note))
    if len(sensitivity.convergence) and sensitivity.convergence["samples"].nunique() > 1:
        drawn += [convergence(page, runs, name) for name, page in pages_of(outcomes, "convergence")]
    if len(sensitivity.groups):
        drawn += [group_sums(page, estimated, name) for name, page in pages_of(outcomes, "groups")]
    return drawn
