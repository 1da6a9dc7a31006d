"""A validation: every pattern and every held-out figure, with its verdict and by how much."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from engager_sim.designs.execution.blocks import blocks_of
from engager_sim.designs.execution.carry_out import Execution, RunCount, carry_out, ignore
from engager_sim.designs.execution.executors import Threads
from engager_sim.designs.execution.store import Memory
from engager_sim.errors import UsageError
from engager_sim.runs.plan import refuse_unusable_numbers
from engager_sim.runs.threads import threads_of_this_machine
from engager_sim.scenarios.fitted_parameters import POSTERIOR, FittedParameters
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.kind import PreparedStudy, StudyResult
from engager_sim.studies.validate import KIND
from engager_sim.studies.validate.expected import Expected, read_expected
from engager_sim.studies.validate.judgement import (
    has_rivals,
    judged_figures,
    judged_part,
    judged_patterns,
)
from engager_sim.studies.validate.measures import MEASURES, observed_by
from engager_sim.studies.validate.observed import Observed
from engager_sim.studies.validate.settings import ValidateSettings, fitted_model
from engager_sim.studies.validate.workload import VariantRuns

type Telling = Callable[[str, int, int], None]


@dataclass(frozen=True, eq=False, kw_only=True)
class Validation(StudyResult):
    """The result of a validation.

    Attributes
    ----------
    fitted : FittedParameters
        Where parameters were drawn from.
    replicates, seed : int
        Of every variant.
    parts : pandas.DataFrame
        A row per part of a pattern: its figure with a 95% interval, under each rival theory alone,
        its bounds, the verdict and how far off it is.
    patterns : pandas.DataFrame
        A row per pattern: the worst verdict of its parts, also under each rival theory alone.
    figures : pandas.DataFrame
        A row per published figure: predicted 90% interval, verdict, how far off.
    missing : pandas.DataFrame
        A row per outcome of which a run has no value (:mod:`engager_sim.designs.missing_values`).
    """

    table_names = ("patterns", "parts", "figures", "missing")
    fitted: FittedParameters
    replicates: int
    seed: int
    parts: pd.DataFrame
    patterns: pd.DataFrame
    figures: pd.DataFrame
    missing: pd.DataFrame

    @property
    def met(self) -> int:
        """How many patterns are met."""
        return int((self.patterns["verdict"] == "met").sum())


def validate(
    parameters: FittedParameters | str | Path = POSTERIOR,
    replicates: int = 400,
    seed: int = 1,
    threads: int | None = None,
    telling: Telling | None = None,
    expected: Expected | None = None,
) -> Validation:
    """Hold the model against every pattern and every held-out figure.

    Parameters
    ----------
    parameters : FittedParameters, str or Path
        Where parameters are drawn from: ``posterior``, or a calibration's file.
    replicates : int
        Runs of every variant, two under each draw; at least 80.
    seed : int
        Random seed.
    threads : int, optional
        Blocks of runs at a time; as many as there are processors unless given.
    telling : callable, optional
        Called as ``telling(variant, done, asked)``, with how many runs are done.
    expected : Expected, optional
        The patterns and their bounds; those that ship with the package unless given.

    Returns
    -------
    Validation

    Raises
    ------
    UsageError
        If the parameters, a number or a part of a pattern cannot be used.
    """
    refuse_unusable_numbers(replicates, seed, threads)
    settings = ValidateSettings(
        fitted_model(parameters), replicates, seed, expected or read_expected()
    )
    executor = Threads(threads or threads_of_this_machine())
    watch = ignore if telling is None else partial(_tell, telling)
    return prepare(settings).analyse(Execution(Memory(), executor, watch))


def prepare(settings: ValidateSettings) -> PreparedStudy[Validation]:
    """Check a validation and make it ready to run.

    Raises
    ------
    UsageError
        If nothing measures a part of a pattern.
    """
    expected, fitted, replicates = settings.expected, settings.fitted, settings.replicates
    _refuse_unmeasured(expected)
    observations = observed_by(part.measure for _, part in expected.all_parts())
    workload = VariantRuns.of(observations, settings.seed, fitted)
    blocks = blocks_of(workload, replicates)

    def analyse(execution: Execution) -> Validation:
        carry_out(workload, blocks, execution.store, execution.executor, execution.watch)
        execution.tell("measuring patterns")
        observed = Observed(execution.store, observations, replicates)
        return _judge(settings, observed, replicates * workload.points)

    presets = dict.fromkeys(variant.preset for variant in workload.variants)
    return PreparedStudy(
        question=KIND.question,
        name=KIND.name,
        scenarios=[Scenario.load(preset) for preset in presets],
        seed=settings.seed,
        replicates=replicates,
        fitted=fitted,
        workload=workload,
        blocks=blocks,
        facts=_facts(expected, workload),
        analyse=analyse,
        intervals="",
    )


def _judge(settings: ValidateSettings, observed: Observed, runs: int) -> Validation:
    expected, fitted = settings.expected, settings.fitted
    drawn, rivals = fitted.drawn(settings.replicates), has_rivals(fitted)
    parts = pd.DataFrame(
        judged_part(pattern, part, partial(observed.figure, MEASURES[part.measure]), drawn, rivals)
        for pattern, part in expected.all_parts()
    )
    return Validation(
        fitted=fitted,
        replicates=settings.replicates,
        seed=settings.seed,
        asked=runs,
        done=runs,  # one that cannot be made ends the study
        parts=parts,
        patterns=judged_patterns(expected, parts),
        figures=judged_figures(expected, fitted),
        missing=observed.missing(),
    )


def _facts(expected: Expected, workload: VariantRuns) -> dict[str, Any]:
    """Describe the variants and the bounds as data that JSON can hold."""
    variants = [
        {
            "name": variant.name,
            "preset": variant.preset,
            "arms_swapped": variant.arms_swapped,
            "changes": [
                list(change) for change in Scenario.load(variant.preset).difference(scenario)
            ],
        }
        for variant, scenario in zip(workload.variants, workload.scenarios, strict=True)
    ]
    # No preset is the base of another here: variants differ from their own preset.
    return {"differences": {}, "variants": variants, "expected": asdict(expected)}


def _refuse_unmeasured(expected: Expected) -> None:
    for pattern, part in expected.all_parts():
        if part.measure not in MEASURES:
            raise UsageError(
                "nothing measures this",
                key=f"pattern {pattern.number}",
                value=part.measure,
                allowed=", ".join(MEASURES),
            )


def _tell(telling: Telling, count: RunCount) -> None:
    telling(count.point, count.done, count.asked)
