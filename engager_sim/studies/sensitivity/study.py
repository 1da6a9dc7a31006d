"""A sensitivity study: its design is sampled and run, and its indices are estimated."""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from engager_sim.designs.design import Design
from engager_sim.designs.effect_changes import factor_changes
from engager_sim.designs.execution.carry_out import Execution, Watch
from engager_sim.designs.execution.executors import Executor
from engager_sim.designs.execution.store import Store
from engager_sim.designs.factors import Factor
from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.designs.samplers import Numbers, Problem, problem_of, repeatable
from engager_sim.errors import UsageError
from engager_sim.reports.missing_text import missing_sentences
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.statistics.rounding import is_constant
from engager_sim.studies.factor_study import NO_EFFECT, FactorResult, prepared_study, responses_of
from engager_sim.studies.kind import PreparedStudy
from engager_sim.studies.sensitivity.index_estimates import (
    Response,
    converging_estimates,
    estimate_indices,
    fewer_resamples,
)
from engager_sim.studies.sensitivity.methods import Method
from engager_sim.studies.sensitivity.remarks import SAME_EVERYWHERE, remarks_table
from engager_sim.studies.sensitivity.settings import SensitivitySettings, read_sensitivity
from engager_sim.studies.sensitivity.tables import (
    convergence_table,
    groups_table,
    indices_table,
    second_order_table,
    variance_table,
)


@dataclass(frozen=True, eq=False, kw_only=True)
class Sensitivity(FactorResult[SensitivitySettings]):
    """The result of a sensitivity study.

    Attributes
    ----------
    indices, second_order, convergence, groups, chance : pandas.DataFrame
        See :mod:`engager_sim.studies.sensitivity.tables`.
    remarks : pandas.DataFrame
        Outcomes that were left out, and why.
    """

    table_names = (
        "points",
        "indices",
        "second_order",
        "convergence",
        "groups",
        "chance",
        "remarks",
        "missing",
    )
    indices: pd.DataFrame
    second_order: pd.DataFrame
    convergence: pd.DataFrame
    groups: pd.DataFrame
    chance: pd.DataFrame
    remarks: pd.DataFrame

    def without_effect(self, outcome: str) -> list[str]:
        """Name the factors, or groups, that change nothing of an outcome."""
        rows = self.indices[self.indices["outcome"] == outcome]
        return list(dict.fromkeys(rows.loc[rows["note"] == NO_EFFECT, "factor"]))

    @property
    def columns(self) -> tuple[OutcomeColumn, ...]:
        """The outcomes that were analysed."""
        left_out = set(self.remarks["outcome"])
        return tuple(column for column in self.design.columns if column.name not in left_out)


def sampled(
    method: Method, factors: tuple[Factor, ...], groups: list[str] | None, samples: int, seed: int
) -> tuple[Problem, Numbers, Numbers]:
    """Sample a design.

    Returns
    -------
    problem : dict
        The factors as SALib takes them.
    units, values : float64 arrays, shape (points, factors)
        The design on the unit cube, and as the factors' values.
    """
    problem = problem_of(len(factors), groups)
    with repeatable(seed) as salib_seed:
        units = method.sample(copy.deepcopy(problem), samples, salib_seed)[:, : len(factors)]
    columns = [factor.from_unit(units[:, index]) for index, factor in enumerate(factors)]
    return problem, units, np.stack(columns, axis=1)


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
    store, executor, watch, telling : optional
        Where runs are kept (in memory unless given), who runs them (threads of this machine unless
        given), what is told how far they are, and what is told in words what is analysed.
    parameters : FittedParameters, str or Path, optional
        Where parameters are drawn from: ``posterior``, or a calibration's file; ``defaults`` are
        central values. Unless given, those of settings stand, and a study file has the posterior.

    Raises
    ------
    ScenarioError
        If the study's file cannot be used.
    UsageError
        If too few runs have an outcome to analyse.
    """
    settings = SensitivitySettings.of(study, read_sensitivity, parameters)
    return prepare(settings).analyse(Execution.of(store, executor, watch, telling))


def prepare(settings: SensitivitySettings) -> PreparedStudy[Sensitivity]:
    """Sample a study's design and make it ready to run."""
    study = settings.study
    problem, units, values = sampled(
        settings.method, study.factors, settings.group_of_factor, settings.samples, study.seed
    )
    design = settings.design(values)
    method = {
        "name": settings.method.name,
        "samples": settings.samples,
        "groups": settings.groups,
        "resamples": settings.resamples,
        "of": study.of_what,
    }

    def analyse(execution: Execution) -> Sensitivity:
        return _analysed(settings, problem, units, design, execution)

    changes = partial(factor_changes, design)
    line = settings.intervals.index_line
    return prepared_study(study, design, method, analyse, changes=changes, intervals=line)


def _analysed(
    settings: SensitivitySettings,
    problem: Problem,
    units: Numbers,
    design: Design,
    execution: Execution,
) -> Sensitivity:
    responses = responses_of(execution.store, settings, design)
    draws = design.draws(settings.study.replicates)
    tables: dict[str, list[pd.DataFrame]] = {
        name: [] for name in ("indices", "second_order", "convergence", "groups")
    }
    left_out: dict[str, str] = {}
    for column, of_outcome in zip(design.columns, responses.values, strict=True):
        execution.tell(f"analysing {column.label}")
        response = Response(settings.names, problem, units, of_outcome, draws)
        if is_constant(of_outcome):
            left_out[column.name] = SAME_EVERYWHERE
            continue
        try:
            _estimate(settings, column.name, response, tables)
        except UsageError as error:  # of this outcome alone: the others are analysed
            left_out[column.name] = str(error)
    if not tables["indices"] and set(left_out.values()) != {SAME_EVERYWHERE}:
        raise UsageError(_nothing_to_analyse(left_out, responses.facts))
    joined: dict[str, Any] = {
        name: pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
        for name, frames in tables.items()
    }
    return Sensitivity(
        **responses.facts,
        chance=variance_table(design.columns, responses.values, draws),
        remarks=remarks_table(left_out),
        **joined,
    )


def _nothing_to_analyse(left_out: Mapping[str, str], facts: Mapping[str, Any]) -> str:
    """Say why no outcome is analysed, and why runs failed or have no value."""
    failed = [f"{count:,} runs failed: {reason}" for reason, count in facts["failed"].items()]
    missing = [sentence.removesuffix(".") for sentence in missing_sentences(facts["missing"])]
    reasons = dict.fromkeys([*left_out.values(), *missing, *failed])
    return f"no outcome can be analysed: {'; '.join(reasons)}"


def _estimate(
    settings: SensitivitySettings,
    name: str,
    response: Response,
    tables: dict[str, list[pd.DataFrame]],
) -> None:
    """Estimate the indices of one outcome and add them to the tables."""
    method, seed, resamples = settings.method, settings.study.seed, settings.resamples
    estimates = estimate_indices(method, response, seed, resamples)
    by_samples = converging_estimates(method, response, seed, fewer_resamples(resamples))
    by_samples[settings.samples if method.settles else len(response.units)] = estimates
    tables["indices"].append(indices_table(name, method, response, estimates))
    tables["second_order"].append(second_order_table(name, response, estimates))
    tables["convergence"].append(convergence_table(name, method, response, by_samples))
    tables["groups"].append(groups_table(name, method, settings.study.factors, estimates))
