"""A sweep: its design is run, and its points, cells, surface and interactions are computed."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from engager_sim.designs.design import Design
from engager_sim.designs.effect_changes import factor_changes
from engager_sim.designs.execution.carry_out import Execution, Watch
from engager_sim.designs.execution.executors import Executor
from engager_sim.designs.execution.store import Store
from engager_sim.designs.samplers import Numbers
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.studies.factor_study import FactorResult, prepared_study, responses_of
from engager_sim.studies.kind import PreparedStudy
from engager_sim.studies.sweep import surfaces
from engager_sim.studies.sweep.interactions import cells_table, interactions_table
from engager_sim.studies.sweep.settings import AXES, SweepSettings, read_sweep


@dataclass(frozen=True, eq=False, kw_only=True)
class Sweep(FactorResult[SweepSettings]):
    """The result of a sweep.

    Attributes
    ----------
    surface : pandas.DataFrame
        The outcome over the two axes: cell means, or a fitted quadratic where points are sampled;
        empty of one factor.
    cells : pandas.DataFrame
        Means by level of the axes, with intervals; of factorial designs only.
    interactions : pandas.DataFrame
        Whether two themes do more together than the sum of each alone; of factorial designs only.
    """

    table_names = ("points", "surface", "cells", "interactions", "missing")
    surface: pd.DataFrame
    cells: pd.DataFrame
    interactions: pd.DataFrame


def sweep(
    study: SweepSettings | str | Path,
    store: Store | None = None,
    executor: Executor | None = None,
    watch: Watch | None = None,
    parameters: FittedParameters | str | Path | None = None,
) -> Sweep:
    """Carry out a sweep.

    Parameters
    ----------
    study : SweepSettings, str or Path
        A sweep, or the path of its study file.
    store, executor, watch : optional
        Where runs are kept (in memory unless given), who runs them (threads of this machine unless
        given), and what is told how far they are.
    parameters : FittedParameters, str or Path, optional
        Where parameters are drawn from: ``posterior``, or a calibration's file; ``defaults`` are
        central values. Unless given, those of settings stand, and a study file has the posterior.

    Raises
    ------
    ScenarioError
        If the study's file cannot be used.
    """
    settings = SweepSettings.of(study, read_sweep, parameters)
    return prepare(settings).analyse(Execution.of(store, executor, watch))


def prepare(settings: SweepSettings) -> PreparedStudy[Sweep]:
    """Make a sweep ready to run."""
    design = settings.design(settings.values)
    paths = dict.fromkeys(AXES) | {
        name: axis.path for name, axis in zip(AXES, settings.axes, strict=False)
    }

    def analyse(execution: Execution) -> Sweep:
        responses = responses_of(execution.store, settings, design)
        if settings.is_factorial:
            tables = _factorial_tables(settings, design, responses.values)
        else:
            tables = _sampled_tables(settings, design, responses.facts["points"])
        return Sweep(**responses.facts, **tables)

    method = {"kind": settings.kind, **paths}
    changes = partial(factor_changes, design)
    line = settings.interval_line
    return prepared_study(settings.study, design, method, analyse, changes=changes, intervals=line)


def _factorial_tables(settings: SweepSettings, design: Design, values: Numbers) -> dict[str, Any]:
    """Average over cells and corners."""
    drawn = None if design.fitted is None else design.fitted.drawn(settings.study.replicates)
    columns = [settings.column(axis) for axis in settings.axes]
    cells, pairs = [], []
    for column, outcome in zip(design.columns, values, strict=True):
        observed = (design.values, outcome, drawn)
        low, high = column.bounds
        if len(design.scenarios) > 1:  # what is observed is a difference between scenarios
            low, high = min(low, low - high), max(high, high - low)
        cells.append(cells_table(column.name, settings.axes, columns, *observed, (low, high)))
        pairs.append(interactions_table(column.name, design.factors, *observed))
    all_cells = pd.concat(cells, ignore_index=True)
    surface = pd.DataFrame()
    if settings.has_surface:
        surface = surfaces.surface_of_cells(all_cells, settings.across, settings.down)
    return {
        "surface": surface,
        "cells": all_cells,
        "interactions": pd.concat(pairs, ignore_index=True),
    }


def _sampled_tables(
    settings: SweepSettings, design: Design, points: pd.DataFrame
) -> dict[str, Any]:
    """Fit a surface; sampled points have no cells."""
    across, down = settings.across, settings.down
    positions = design.values[:, [settings.column(across), settings.column(down)]]
    names = [column.name for column in design.columns]
    fitted = [
        surfaces.fitted_surface(name, across, down, positions, points[name].to_numpy())
        for name in names
    ]
    surface = pd.concat(fitted, ignore_index=True)
    return {"surface": surface, "cells": pd.DataFrame(), "interactions": pd.DataFrame()}
