"""A sweep: its design is run, and its points, cells, surface and interactions are computed."""

import dataclasses
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from engager_sim.designs.design import Design
from engager_sim.designs.execution.blocks import blocks_of
from engager_sim.designs.execution.carry_out import Execution, Watch, carry_out, ignore
from engager_sim.designs.execution.executors import Executor, Threads
from engager_sim.designs.execution.outcome_runs import OutcomeRuns
from engager_sim.designs.execution.store import Memory, Store, count_runs, responses_of
from engager_sim.designs.points_table import points_table
from engager_sim.designs.samplers import Numbers
from engager_sim.results.study_manifest import design_facts
from engager_sim.runs.threads import threads_of_this_machine
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.studies.kind import PreparedStudy
from engager_sim.studies.sweep import interactions, surfaces
from engager_sim.studies.sweep.settings import AXES, SweepSettings, read_sweep


@dataclass(frozen=True, eq=False)
class Sweep:
    """The result of a sweep.

    Attributes
    ----------
    settings : SweepSettings
        What was asked.
    design : Design
        Every point that was run.
    points : pandas.DataFrame
        A row per point: its factors' values, each outcome's mean and that mean's standard error.
    surface : pandas.DataFrame
        The outcome over the two axes: cell means, or a fitted quadratic where points are sampled.
    cells : pandas.DataFrame
        Means by level of the axes, with intervals; of factorial designs only.
    interactions : pandas.DataFrame
        Whether two themes do more together than the sum of each alone; of factorial designs only.
    presets : pandas.DataFrame
        Where each preset stands on the axes.
    done : int
        Runs done, of those asked for.
    failed : dict of str to int
        Reasons of runs that failed, and how many.
    """

    settings: SweepSettings
    design: Design
    points: pd.DataFrame
    surface: pd.DataFrame
    cells: pd.DataFrame
    interactions: pd.DataFrame
    presets: pd.DataFrame
    done: int
    failed: dict[str, int]

    def tables(self) -> dict[str, pd.DataFrame]:
        """Give all tables by name."""
        names = ("points", "surface", "cells", "interactions", "presets")
        return {name: getattr(self, name) for name in names}

    @property
    def asked(self) -> int:
        """Runs that were asked for."""
        return self.design.points * len(self.design.scenarios) * self.settings.study.replicates


def sweep_design(settings: SweepSettings) -> Design:
    """Make the design of a sweep."""
    study = settings.study
    return Design(
        scenarios=study.scenarios,
        factors=study.factors,
        values=settings.values,
        seed=study.seed,
        columns=study.columns,
        first_replicates=(0,) * len(study.scenarios),
        fitted=settings.fitted,
    )


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
    store : Store, optional
        Where runs are kept; in memory unless given.
    executor : Executor, optional
        Who runs them; threads of this machine unless given.
    watch : callable, optional
        Told how far the runs are.
    parameters : FittedParameters, str or Path, optional
        Where fitted parameters are drawn from: ``posterior``, or a calibration's file. Defaults
        unless given.

    Returns
    -------
    Sweep

    Raises
    ------
    ScenarioError
        If the study's file cannot be used.
    """
    fitted = FittedParameters.of(parameters)
    if not isinstance(study, SweepSettings):
        settings = read_sweep(study, fitted)
    else:
        settings = dataclasses.replace(study, fitted=fitted or study.fitted)
    executor = executor or Threads(threads_of_this_machine())
    return prepare(settings).analyse(Execution(store or Memory(), executor, watch or ignore))


def prepare(settings: SweepSettings) -> PreparedStudy[Sweep]:
    """Make a sweep ready to run."""
    study, design = settings.study, sweep_design(settings)
    workload = OutcomeRuns(design)
    blocks = blocks_of(workload, study.replicates)
    axes = (settings.across, settings.down, settings.panels)
    paths = {
        name: None if axis is None else axis.path for name, axis in zip(AXES, axes, strict=True)
    }

    def analyse(execution: Execution) -> Sweep:
        carry_out(workload, blocks, execution.store, execution.executor, execution.watch)
        return _analysed(settings, design, execution.store)

    return PreparedStudy(
        question=study.question,
        name=study.name,
        scenarios=study.scenarios,
        seed=study.seed,
        replicates=study.replicates,
        fitted=settings.fitted,
        workload=workload,
        blocks=blocks,
        facts=design_facts(design, {"kind": settings.kind, **paths}),
        analyse=analyse,
        points_digest=design.digest,
    )


def _analysed(settings: SweepSettings, design: Design, store: Store) -> Sweep:
    values = responses_of(store, design, settings.study.replicates)
    points = points_table(design, values)
    done, failed = count_runs(store)
    tables = (
        _factorial_tables(settings, design, values)
        if settings.is_factorial
        else _sampled_tables(settings, design, points)
    )
    return Sweep(
        settings=settings,
        design=design,
        points=points,
        **tables,
        presets=surfaces.preset_positions(settings.across, settings.down),
        done=done,
        failed=failed,
    )


def _factorial_tables(
    settings: SweepSettings, design: Design, values: Numbers
) -> dict[str, pd.DataFrame]:
    """Average over cells and corners."""
    drawn = None if design.fitted is None else design.fitted.drawn(settings.study.replicates)
    columns = [settings.column(axis) for axis in settings.axes]
    cells, pairs = [], []
    for column, of_outcome in zip(design.columns, values, strict=True):
        cells.append(
            interactions.cells_table(
                column.name, settings.axes, columns, design.values, of_outcome, drawn
            )
        )
        pairs.append(
            interactions.interactions_table(
                column.name, design.factors, design.values, of_outcome, drawn
            )
        )
    all_cells = pd.concat(cells, ignore_index=True)
    return {
        "surface": surfaces.surface_of_cells(all_cells, settings.across, settings.down),
        "cells": all_cells,
        "interactions": pd.concat(pairs, ignore_index=True),
    }


def _sampled_tables(
    settings: SweepSettings, design: Design, points: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Fit a surface; sampled points have no cells."""
    across, down = settings.across, settings.down
    positions = design.values[:, [settings.column(across), settings.column(down)]]
    fitted = [
        surfaces.fitted_surface(
            column.name, across, down, positions, points[column.name].to_numpy()
        )
        for column in design.columns
    ]
    return {
        "surface": pd.concat(fitted, ignore_index=True),
        "cells": pd.DataFrame(),
        "interactions": pd.DataFrame(columns=interactions.INTERACTION_COLUMNS),
    }
