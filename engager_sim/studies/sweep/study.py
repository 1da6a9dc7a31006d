"""A sweep is carried out and read: points, cells, surface, interactions."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.designs.design import Design
from engager_sim.designs.execution.blocks import blocks_of
from engager_sim.designs.execution.carry_out import Watch, carry_out
from engager_sim.designs.execution.executors import Executor, Threads
from engager_sim.designs.execution.store import Memory, Store, count_runs, responses_of
from engager_sim.designs.points_table import points_table
from engager_sim.runs.threads import threads_of_this_machine
from engager_sim.scenarios.fitted_parameters import FittedParameters, refuse_odd_replicates
from engager_sim.studies.sweep import interactions, surfaces
from engager_sim.studies.sweep.settings import SweepPlan, read_sweep


@dataclass(frozen=True, eq=False)
class Sweep:
    """What came of a sweep.

    Attributes
    ----------
    plan : SweepPlan
        The study.
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

    plan: SweepPlan
    design: Design
    points: pd.DataFrame
    surface: pd.DataFrame
    cells: pd.DataFrame
    interactions: pd.DataFrame
    presets: pd.DataFrame
    done: int
    failed: dict[str, int]

    @property
    def asked(self) -> int:
        """Runs that were asked for."""
        return self.design.points * len(self.design.scenarios) * self.plan.study.replicates


def sweep_design(plan: SweepPlan, fitted: FittedParameters | None = None) -> Design:
    """Make the design of a sweep; parameters are drawn if ``fitted`` is given."""
    study = plan.study
    return Design(
        scenarios=study.scenarios,
        factors=study.factors,
        values=plan.values,
        seed=study.seed,
        columns=study.columns,
        first_replicates=(0,) * len(study.scenarios),
        fitted=fitted,
    )


def sweep(
    study: SweepPlan | str | Path,
    store: Store | None = None,
    executor: Executor | None = None,
    watch: Watch | None = None,
    parameters: FittedParameters | str | Path | None = None,
) -> Sweep:
    """Carry out a sweep.

    Parameters
    ----------
    study : SweepPlan, str or Path
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
    plan = study if isinstance(study, SweepPlan) else read_sweep(study)
    design = sweep_design(plan, FittedParameters.of(parameters))
    replicates = plan.study.replicates
    refuse_odd_replicates(design.fitted, replicates)
    store = store or Memory()
    executor = executor or Threads(threads_of_this_machine())
    carry_out(design, blocks_of(design, replicates), store, executor, watch)
    values = responses_of(store, design, replicates)
    points = points_table(design, values)
    done, failed = count_runs(store)
    return Sweep(
        plan=plan,
        design=design,
        points=points,
        **_tables(plan, design, points, values),
        presets=surfaces.preset_places(plan.across, plan.down),
        done=done,
        failed=failed,
    )


def _tables(
    plan: SweepPlan, design: Design, points: pd.DataFrame, values: npt.NDArray[np.float64]
) -> dict[str, pd.DataFrame]:
    drawn = None if design.fitted is None else design.fitted.drawn(plan.study.replicates)
    axes = [factor for factor in (plan.across, plan.down, plan.panels) if factor is not None]
    columns = [plan.place(factor) for factor in axes]
    if plan.kind != "factorial":
        places = design.values[:, columns[:2]]
        fitted = [
            surfaces.fitted_surface(
                column.name, plan.across, plan.down, places, points[column.name].to_numpy()
            )
            for column in design.columns
        ]
        return {
            "surface": pd.concat(fitted, ignore_index=True),
            "cells": pd.DataFrame(),
            "interactions": pd.DataFrame(columns=interactions.COLUMNS),
        }
    cells = pd.concat(
        [
            interactions.cells_table(column.name, axes, columns, design.values, its, drawn)
            for column, its in zip(design.columns, values, strict=True)
        ],
        ignore_index=True,
    )
    together = [
        interactions.interactions_table(column.name, design.factors, design.values, its, drawn)
        for column, its in zip(design.columns, values, strict=True)
    ]
    return {
        "surface": surfaces.surface_of_cells(cells, plan.across, plan.down),
        "cells": cells,
        "interactions": pd.concat(together, ignore_index=True),
    }
