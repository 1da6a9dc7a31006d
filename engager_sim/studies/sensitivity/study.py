"""A sensitivity study: sampled by SALib, run, and analysed with honest uncertainty."""

import copy
from collections.abc import Callable
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
from engager_sim.designs.factors import Factor
from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.designs.points_table import points_table
from engager_sim.errors import UsageError
from engager_sim.runs.threads import threads_of_this_machine
from engager_sim.scenarios.fitted_parameters import FittedParameters, refuse_odd_replicates
from engager_sim.studies.sensitivity.estimates import Response, converging, estimate
from engager_sim.studies.sensitivity.methods import Method
from engager_sim.studies.sensitivity.salib_calls import Problem, problem_of, repeatable
from engager_sim.studies.sensitivity.settings import SensitivityStudy, read_sensitivity
from engager_sim.studies.sensitivity.tables import (
    chance_table,
    convergence_table,
    groups_table,
    indices_table,
    second_order_table,
)

type Telling = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """What came of a sensitivity study.

    Attributes
    ----------
    plan : SensitivityStudy
        The study.
    design : Design
        Every point that was run.
    points : pandas.DataFrame
        A row per point: its factors' values, each outcome's mean over replicates and its standard
        error.
    indices, second_order, convergence, groups, chance : pandas.DataFrame
        See :mod:`engager_sim.studies.sensitivity.tables`.
    left_out : dict of str to str
        Outcomes that could not be analysed, and why.
    done : int
        Runs done, of those asked for.
    failed : dict of str to int
        Reasons of runs that failed, and how many.
    """

    plan: SensitivityStudy
    design: Design
    points: pd.DataFrame
    indices: pd.DataFrame
    second_order: pd.DataFrame
    convergence: pd.DataFrame
    groups: pd.DataFrame
    chance: pd.DataFrame
    left_out: dict[str, str]
    done: int
    failed: dict[str, int]

    @property
    def columns(self) -> tuple[OutcomeColumn, ...]:
        """The outcomes that were analysed."""
        return tuple(each for each in self.design.columns if each.name not in self.left_out)

    @property
    def asked(self) -> int:
        """Runs that were asked for."""
        return self.design.points * len(self.design.scenarios) * self.plan.study.replicates


def sampled(
    method: Method, factors: tuple[Factor, ...], groups: list[str] | None, samples: int, seed: int
) -> tuple[Problem, npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Sample a design.

    Returns
    -------
    problem : dict
        The factors as SALib wants them.
    units : float64 array, shape (points, factors)
        The design on the unit cube.
    values : float64 array, shape (points, factors)
        The factors' values.
    """
    problem = problem_of(len(factors), groups)
    with repeatable(seed) as salib_seed:
        units = method.sample(copy.deepcopy(problem), samples, salib_seed)[:, : len(factors)]
    columns = [factor.from_unit(units[:, place]) for place, factor in enumerate(factors)]
    return problem, units, np.stack(columns, axis=1)


def sensitivity_design(
    plan: SensitivityStudy, fitted: FittedParameters | None = None
) -> tuple[Problem, npt.NDArray[np.float64], Design]:
    """Make the design of a study: its problem, its points on the unit cube, and the runs."""
    study = plan.study
    problem, units, values = sampled(
        plan.method, study.factors, plan.group_of_each, plan.samples, study.seed
    )
    design = Design(
        scenarios=study.scenarios,
        factors=study.factors,
        values=values,
        seed=study.seed,
        columns=study.columns,
        first_replicates=(0,) * len(study.scenarios),
        fitted=fitted,
    )
    return problem, units, design


def sensitivity(
    study: SensitivityStudy | str | Path,
    store: Store | None = None,
    executor: Executor | None = None,
    watch: Watch | None = None,
    telling: Telling | None = None,
    parameters: FittedParameters | str | Path | None = None,
) -> Sensitivity:
    """Carry out a sensitivity study.

    Parameters
    ----------
    study : SensitivityStudy, str or Path
        A study, or the path of its file.
    store : Store, optional
        Where runs are kept; in memory unless given.
    executor : Executor, optional
        Who runs them; threads of this machine unless given.
    watch : callable, optional
        Told how far the runs are.
    telling : callable, optional
        Told in words what is analysed.
    parameters : FittedParameters, str or Path, optional
        Where fitted parameters are drawn from: ``posterior``, or a calibration's file. Defaults
        unless given.

    Returns
    -------
    Sensitivity

    Raises
    ------
    ScenarioError
        If the study's file cannot be used.
    UsageError
        If too few runs have an outcome to analyse.
    """
    plan = study if isinstance(study, SensitivityStudy) else read_sensitivity(study)
    problem, units, design = sensitivity_design(plan, FittedParameters.of(parameters))
    refuse_odd_replicates(design.fitted, plan.study.replicates)
    store = store or Memory()
    executor = executor or Threads(threads_of_this_machine())
    carry_out(design, blocks_of(design, plan.study.replicates), store, executor, watch)
    done, failed = count_runs(store)
    values = responses_of(store, design, plan.study.replicates)
    tables: dict[str, list[pd.DataFrame]] = {
        name: [] for name in ("indices", "second_order", "convergence", "groups")
    }
    left_out: dict[str, str] = {}
    for place, column in enumerate(design.columns):
        if telling is not None:
            telling(f"analysing {column.label}")
        response = Response(plan.names, problem, units, values[place], design.replicates_per_draw)
        try:
            _analyse(plan, column.name, response, tables)
        except UsageError as error:  # of this outcome alone: the others are analysed
            left_out[column.name] = str(error)
    if not tables["indices"]:
        raise UsageError(
            "no outcome can be analysed: " + "; ".join(left_out.values()),
            fix="every run is kept; see the column failed in runs/ for reasons",
        )
    return Sensitivity(
        plan=plan,
        design=design,
        points=points_table(design, values),
        chance=chance_table(design.columns, values, design.replicates_per_draw),
        left_out=left_out,
        done=done,
        failed=failed,
        **{name: pd.concat(frames, ignore_index=True) for name, frames in tables.items()},
    )


def _analyse(
    plan: SensitivityStudy, name: str, response: Response, tables: dict[str, list[pd.DataFrame]]
) -> None:
    method, seed, resamples = plan.method, plan.study.seed, plan.resamples
    estimates = estimate(method, response, seed, resamples)
    settling = converging(method, response, seed, max(20, resamples // 4))
    settling[plan.samples if method.settles else len(response.units)] = estimates
    tables["indices"].append(indices_table(name, method, response, estimates))
    tables["second_order"].append(second_order_table(name, response, estimates))
    tables["convergence"].append(convergence_table(name, method, response, settling))
    tables["groups"].append(groups_table(name, method, plan.study.factors, estimates))
