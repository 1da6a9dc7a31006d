"""The pictures of a sweep."""

from collections.abc import Iterator, Mapping

from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.designs.samplers import Numbers
from engager_sim.figures.outcome_labels import label_outcome
from engager_sim.figures.picture import Picture
from engager_sim.reports.missing_text import missing_note
from engager_sim.studies.sweep.figures import captions
from engager_sim.studies.sweep.figures.curve import curve
from engager_sim.studies.sweep.figures.findings import (
    levels_finding,
    pairs_finding,
    surface_finding,
)
from engager_sim.studies.sweep.figures.interaction_plot import interaction_plot
from engager_sim.studies.sweep.figures.level_lines import level_lines
from engager_sim.studies.sweep.figures.response_surface import response_surface
from engager_sim.studies.sweep.figures.today import today_by_panel, today_note
from engager_sim.studies.sweep.study import Sweep


def pictures(sweep: Sweep) -> list[Picture]:
    """Draw each outcome over the axes; of factorial designs, interactions and levels too.

    An outcome that has no value anywhere has no pictures.
    """
    columns = sweep.design.columns
    if not sweep.settings.has_surface:
        return [picture for column in columns for picture in _curve(sweep, column)]
    today = today_by_panel(sweep)
    return [picture for column in columns for picture in _outcome_pictures(sweep, column, today)]


def _outcome_pictures(
    sweep: Sweep, column: OutcomeColumn, today: Mapping[int, Numbers]
) -> Iterator[Picture]:
    settings, name, where = sweep.settings, column.name, today_note(today)
    lacking = missing_note(sweep.missing, name)
    outcome = label_outcome(column, settings.study)
    surface, pairs, cells = (
        table[table["outcome"] == name] if len(table) else table
        for table in (sweep.surface, sweep.interactions, sweep.cells)
    )
    if surface["value"].isna().all():
        return
    if cells.empty:
        note = captions.fitted_note(sweep, name, surface, outcome)
    else:
        note = captions.cells_note(settings, cells, outcome)
    title = surface_finding(settings, cells, outcome)
    figure = response_surface(sweep, column, title, note + lacking + where, today)
    description = captions.surface_description(settings, surface, outcome) + where
    yield Picture(f"response_surface_{name}", title, description, figure)
    if len(pairs) and pairs["whole_less_sum"].notna().any():
        title = pairs_finding(pairs, outcome)
        note = captions.pairs_note(settings, pairs, outcome.scale.of_differences)
        figure = interaction_plot(sweep, column, title, note + lacking)
        description = captions.pairs_description(pairs, outcome)
        yield Picture(f"interactions_{name}", title, description, figure)
    if len(cells):
        title = levels_finding(settings, cells, outcome)
        note = captions.levels_note(settings, cells)
        figure = level_lines(sweep, column, title, note + lacking)
        description = captions.levels_description(settings, cells, outcome)
        yield Picture(f"levels_{name}", title, description, figure)


def _curve(sweep: Sweep, column: OutcomeColumn) -> Iterator[Picture]:
    """Draw an outcome over the levels of one factor, if it has a value anywhere."""
    cells = sweep.cells[sweep.cells["outcome"] == column.name]
    if cells["mean"].notna().any():
        yield curve(sweep, column, cells)
