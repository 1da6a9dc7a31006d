"""What studies of factors share: their settings, their design, how it is run, their result."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

import pandas as pd

from engager_sim.designs.columns import point_columns, run_columns
from engager_sim.designs.design import Design
from engager_sim.designs.execution.blocks import blocks_of
from engager_sim.designs.execution.carry_out import Execution, carry_out
from engager_sim.designs.execution.outcome_runs import OutcomeRuns
from engager_sim.designs.execution.store import Store, count_runs, outcomes_of
from engager_sim.designs.missing_values import MISSING, missing_table
from engager_sim.designs.points_table import points_table
from engager_sim.designs.samplers import Numbers
from engager_sim.designs.study_file import Study
from engager_sim.results.study_manifest import design_facts
from engager_sim.runs.tables.column import Column
from engager_sim.scenarios.fitted_parameters import POSTERIOR, FittedParameters
from engager_sim.statistics.interval_contents import IntervalContents
from engager_sim.studies.kind import PreparedStudy, StudyResult

NO_EFFECT = "no effect here"
"""What is written of a factor or theme that changes nothing of an outcome."""


@dataclass(frozen=True)
class FactorSettings:
    """What a study of factors asks.

    Attributes
    ----------
    study : Study
        What every study file says.
    fitted : FittedParameters or None
        Where parameters are drawn from.
    """

    study: Study
    fitted: FittedParameters | None = field(default=None, kw_only=True)

    @property
    def intervals(self) -> IntervalContents:
        """What its intervals hold."""
        return IntervalContents.of(self.fitted, self.study.replicates, self.study.scenarios)

    @classmethod
    def of(
        cls,
        asked: Self | str | Path,
        read: Callable[[str | Path, FittedParameters | None], Self],
        parameters: FittedParameters | str | Path | None,
    ) -> Self:
        """Take settings as they are, or read a study file for the posterior; or as named."""
        if isinstance(asked, str | Path):
            named = POSTERIOR if parameters is None else parameters
            return read(asked, FittedParameters.of(named))
        if parameters is None:
            return asked
        return replace(asked, fitted=FittedParameters.of(parameters))

    def design(self, values: Numbers) -> Design:
        """Make the runs at some points, of shape (points, factors); all share random numbers."""
        study = self.study
        return Design(
            scenarios=study.scenarios,
            factors=study.factors,
            values=values,
            seed=study.seed,
            columns=study.columns,
            first_replicates=(0,) * len(study.scenarios),
            fitted=self.fitted,
        )


@dataclass(frozen=True, eq=False, kw_only=True)
class FactorResult[S: FactorSettings](StudyResult):
    """The result of a study of factors.

    Attributes
    ----------
    settings : FactorSettings
        What was asked.
    design : Design
        Every point that was run.
    points : pandas.DataFrame
        A row per point: its factors' values, each outcome's mean and that mean's standard error.
    missing : pandas.DataFrame
        A row per outcome of which a run has no value (:mod:`engager_sim.designs.missing_values`).
    """

    settings: S
    design: Design
    points: pd.DataFrame
    missing: pd.DataFrame

    def columns_with(
        self, derived: Mapping[str, Sequence[Column]]
    ) -> Mapping[str, Sequence[Column]]:
        """Declare the columns of runs and points, and of the derived tables that have rows."""
        kept = self.with_rows({**derived, "missing": MISSING})
        return {"runs": run_columns(self.design), "points": point_columns(self.design), **kept}


@dataclass(frozen=True, eq=False)
class Responses:
    """What the runs of a design gave.

    Attributes
    ----------
    values : float64 array, shape (outcomes, points, replicates)
        The outcomes, or those of the first scenario less those of the second; NaN for none.
    facts : dict of str to Any
        The fields of :class:`FactorResult` that follow from the runs alone.
    """

    values: Numbers
    facts: dict[str, Any]


def responses_of(store: Store, settings: FactorSettings, design: Design) -> Responses:
    """Read what the runs of a study of factors gave."""
    replicates = settings.study.replicates
    done, failed = count_runs(store)
    outcomes = outcomes_of(store, design, replicates, [column.name for column in design.columns])
    values = outcomes[:, 0] if len(design.scenarios) == 1 else outcomes[:, 0] - outcomes[:, 1]
    facts = {
        "settings": settings,
        "design": design,
        "points": points_table(design, values),
        "missing": missing_table(design.columns, outcomes, failed),
        "asked": design.runs(replicates),
        "done": done,
        "failed": failed,
    }
    return Responses(values, facts)


def prepared_study[R: StudyResult](
    study: Study,
    design: Design,
    method: Mapping[str, Any],
    analyse: Callable[[Execution], R],
    **more: Any,
) -> PreparedStudy[R]:
    """Make the design of a study file ready to run.

    Parameters
    ----------
    method : mapping
        What the numbers depend on besides the design, as data that JSON can hold.
    analyse : callable
        Computes the result when all runs of the design are kept.
    **more
        Further fields of :class:`~engager_sim.studies.kind.PreparedStudy`.
    """
    workload = OutcomeRuns(design)
    blocks = blocks_of(workload, study.replicates)

    def run_and_analyse(execution: Execution) -> R:
        carry_out(workload, blocks, execution.store, execution.executor, execution.watch)
        return analyse(execution)

    return PreparedStudy(
        question=study.question,
        name=study.name,
        scenarios=study.scenarios,
        seed=study.seed,
        replicates=study.replicates,
        fitted=design.fitted,
        workload=workload,
        blocks=blocks,
        facts=design_facts(design, method),
        analyse=run_and_analyse,
        points_digest=design.digest,
        **more,
    )
