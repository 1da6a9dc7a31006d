"""A sensitivity study: its design is sampled and run, and its indices are estimated."""

import copy
import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from engager_sim.designs.design import Design
from engager_sim.designs.execution.blocks import blocks_of
from engager_sim.designs.execution.carry_out import Execution, Watch, carry_out, ignore
from engager_sim.designs.execution.executors import Executor, Threads
from engager_sim.designs.execution.outcome_runs import OutcomeRuns
from engager_sim.designs.execution.store import Memory, Store, count_runs, responses_of
from engager_sim.designs.factors import Factor
from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.designs.points_table import points_table
from engager_sim.designs.samplers import Numbers, Problem, problem_of, repeatable
from engager_sim.errors import UsageError
from engager_sim.results.study_manifest import design_facts
from engager_sim.runs.threads import threads_of_this_machine
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.studies.kind import PreparedStudy
from engager_sim.studies.sensitivity.index_estimates import (
    FEWEST_RESAMPLES,
    Response,
    converging_estimates,
    estimate_indices,
)
from engager_sim.studies.sensitivity.methods import Method
from engager_sim.studies.sensitivity.settings import SensitivitySettings, read_sensitivity
from engager_sim.studies.sensitivity.tables import (
    convergence_table,
    groups_table,
    indices_table,
    second_order_table,
    variance_table,
)


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """The result of a sensitivity study.

    Attributes
    ----------
    settings : SensitivitySettings
        What was asked.
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

    settings: SensitivitySettings
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

    def tables(self) -> dict[str, pd.DataFrame]:
        """Give all tables by name."""
        names = ("points", "indices", "second_order", "convergence", "groups", "chance")
        return {name: getattr(self, name) for name in names}

    @property
    def columns(self) -> tuple[OutcomeColumn, ...]:
        """The outcomes that were analysed."""
        return tuple(column for column in self.design.columns if column.name not in self.left_out)

    @property
    def asked(self) -> int:
        """Runs that were asked for."""
        return self.design.points * len(self.design.scenarios) * self.settings.study.replicates


def sampled(
    method: Method, factors: tuple[Factor, ...], groups: list[str] | None, samples: int, seed: int
) -> tuple[Problem, Numbers, Numbers]:
    """Sample a design.

    Returns
    -------
    problem : dict
        The factors as SALib takes them.
    units : float64 array, shape (points, factors)
        The design on the unit cube.
    values : float64 array, shape (points, factors)
        The factors' values.
    """
    problem = problem_of(len(factors), groups)
    with repeatable(seed) as salib_seed:
        units = method.sample(copy.deepcopy(problem), samples, salib_seed)[:, : len(factors)]
    columns = [factor.from_unit(units[:, index]) for index, factor in enumerate(factors)]
    return problem, units, np.stack(columns, axis=1)


def sensitivity_design(settings: SensitivitySettings) -> tuple[Problem, Numbers, Design]:
    """Make the design of a study: its problem, its points on the unit cube, and the runs."""
    study = settings.study
    problem, units, values = sampled(
        settings.method, study.factors, settings.group_of_factor, settings.samples, study.seed
    )
    design = Design(
        scenarios=study.scenarios,
        factors=study.factors,
        values=values,
        seed=study.seed,
        columns=study.columns,
        first_replicates=(0,) * len(study.scenarios),
        fitted=settings.fitted,
    )
    return problem, units, design


def sensitivity(
    study: SensitivitySettings | str | Path,
    store: Store | None = None,
    executor: Executor | None = None,
    watch: Watch | None = None,
    telling: Callable[[str], None] | None = None,
    parameters: FittedParameters | str | Path | None = None,
) -> Sensitivity:
    """Carry out a sensitivity study.

    Parameters
    ----------
    study : SensitivitySettings, str or Path
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
    fitted = FittedParameters.of(parameters)
    if not isinstance(study, SensitivitySettings):
        settings = read_sensitivity(study, fitted)
    else:
        settings = dataclasses.replace(study, fitted=fitted or study.fitted)
    executor = executor or Threads(threads_of_this_machine())
    execution = Execution(store or Memory(), executor, watch or ignore, telling or ignore)
    return prepare(settings).analyse(execution)


def prepare(settings: SensitivitySettings) -> PreparedStudy[Sensitivity]:
    """Sample a study's design and make it ready to run."""
    study = settings.study
    problem, units, design = sensitivity_design(settings)
    workload = OutcomeRuns(design)
    blocks = blocks_of(workload, study.replicates)
    method = {
        "name": settings.method.name,
        "samples": settings.samples,
        "groups": settings.groups,
        "resamples": settings.resamples,
        "of": study.of_what,
    }

    def analyse(execution: Execution) -> Sensitivity:
        carry_out(workload, blocks, execution.store, execution.executor, execution.watch)
        return _analysed(settings, problem, units, design, execution)

    return PreparedStudy(
        question=study.question,
        name=study.name,
        scenarios=study.scenarios,
        seed=study.seed,
        replicates=study.replicates,
        fitted=settings.fitted,
        workload=workload,
        blocks=blocks,
        facts=design_facts(design, method),
        analyse=analyse,
        points_digest=design.digest,
    )


def _analysed(
    settings: SensitivitySettings,
    problem: Problem,
    units: Numbers,
    design: Design,
    execution: Execution,
) -> Sensitivity:
    done, failed = count_runs(execution.store)
    values = responses_of(execution.store, design, settings.study.replicates)
    tables: dict[str, list[pd.DataFrame]] = {
        name: [] for name in ("indices", "second_order", "convergence", "groups")
    }
    left_out: dict[str, str] = {}
    for column, of_outcome in zip(design.columns, values, strict=True):
        execution.tell(f"analysing {column.label}")
        response = Response(settings.names, problem, units, of_outcome, design.replicates_per_draw)
        try:
            _estimate(settings, column.name, response, tables)
        except UsageError as error:  # of this outcome alone: the others are analysed
            left_out[column.name] = str(error)
    if not tables["indices"]:
        raise UsageError(
            "no outcome can be analysed: " + "; ".join(left_out.values()),
            fix="every run is kept; see the column failed in runs/ for reasons",
        )
    return Sensitivity(
        settings=settings,
        design=design,
        points=points_table(design, values),
        chance=variance_table(design.columns, values, design.replicates_per_draw),
        left_out=left_out,
        done=done,
        failed=failed,
        **{name: pd.concat(frames, ignore_index=True) for name, frames in tables.items()},
    )


def _estimate(
    settings: SensitivitySettings,
    name: str,
    response: Response,
    tables: dict[str, list[pd.DataFrame]],
) -> None:
    """Estimate the indices of one outcome and add them to the tables."""
    method, seed, resamples = settings.method, settings.study.seed, settings.resamples
    estimates = estimate_indices(method, response, seed, resamples)
    fewer = max(FEWEST_RESAMPLES, resamples // 4)
    by_samples = converging_estimates(method, response, seed, fewer)
    by_samples[settings.samples if method.settles else len(response.units)] = estimates
    tables["indices"].append(indices_table(name, method, response, estimates))
    tables["second_order"].append(second_order_table(name, response, estimates))
    tables["convergence"].append(convergence_table(name, method, response, by_samples))
    tables["groups"].append(groups_table(name, method, settings.study.factors, estimates))
