"""What a validation runs: every variant that a measure observes, kept as what is observed of it."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from engager_sim.designs.execution.blocks import Block
from engager_sim.designs.execution.workload import BlockTables
from engager_sim.runs.counterfactual import arms_swapped
from engager_sim.runs.one_run import RunRecord, compile_for, run_once
from engager_sim.runs.plan import Plan, plan_of
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.validate.observations import (
    LogCounts,
    MenFields,
    Observation,
    RunNumbers,
    StaffMean,
    WeeklyMean,
    men_fields,
    men_observed,
)
from engager_sim.studies.validate.variants import Variant
from engager_sim.world.records import LEAVER, World

OBSERVED, MEN = "observed", "men"
"""The tables of numbers observed of runs, and of men's records."""
BYTES_PER_NUMBER, BYTES_OF_INDEX = 8, 24


@dataclass(frozen=True)
class VariantRuns:
    """The runs of some variants, all with the same random numbers and posterior draws.

    A point is a variant. The table ``observed`` has a row per variant, replicate and observed
    quantity; the table ``men`` a row per man of those variants whose men are observed.
    """

    variants: tuple[Variant, ...]
    scenarios: tuple[Scenario, ...]
    observations: tuple[Observation, ...]  # what is kept of them
    seed: int
    fitted: FittedParameters  # where parameters are drawn from, two replicates under each draw

    tables = (OBSERVED, MEN)
    keys = ("variant", "replicate")
    runs_per_replicate = 1

    @classmethod
    def of(
        cls, observations: Sequence[Observation], seed: int, fitted: FittedParameters
    ) -> "VariantRuns":
        """List the variants that some observations need, in order of first need."""
        variants = tuple(dict.fromkeys(item.variant for item in observations))
        scenarios = tuple(variant.scenario() for variant in variants)
        return cls(variants, scenarios, tuple(observations), seed, fitted)

    @property
    def points(self) -> int:
        """How many variants there are."""
        return len(self.variants)

    @property
    def leaver_weeks(self) -> int:
        """About how many weeks of leavers' lives one replicate passes, as the variants' mean."""
        weeks = [
            scenario.leaver_weeks(scenario.setting.population.leavers)
            for scenario in self.scenarios
        ]
        return round(sum(weeks) / len(weeks))

    @property
    def bytes_per_replicate(self) -> int:
        """How many bytes one replicate of a variant gives before compression, as their mean."""
        numbers = sum(len(item.quantities) for item in _numbers(self.observations))
        men = sum(
            scenario.setting.population.leavers
            for point, scenario in enumerate(self.scenarios)
            if self._observes(point, MenFields)
        )
        per_man = BYTES_OF_INDEX + BYTES_PER_NUMBER * len(men_fields(self.observations))
        total = numbers * (BYTES_OF_INDEX + BYTES_PER_NUMBER) + men * per_man
        return total // self.points + 1

    def compile(self) -> None:
        """Compile, or load from disk, what every run calls; run nothing."""
        logged = any(isinstance(item, LogCounts) for item in self.observations)
        compile_for(dataclasses.replace(self._plan(0), events=logged))

    def run_block(self, block: Block) -> BlockTables:
        """Carry out the runs of a block; a pure function of the workload and the block."""
        tables = [self._tables_of(point, block.replicates) for point in block.points]
        return {
            name: pd.concat([of_point[name] for of_point in tables], ignore_index=True)
            for name in self.tables
        }

    def describe(self, point: int) -> str:
        """Say in a few words which variant this is."""
        return self.variants[point].name.replace("_", " ")

    def _tables_of(self, point: int, replicates: range) -> dict[str, pd.DataFrame]:
        plan, observed = self._plan(point), _numbers(self._of(point))
        fields = men_fields(self.observations)
        numbers, men = [], [men_observed(np.zeros(0, LEAVER), fields)]
        for record in _runs(self.variants[point], plan, replicates):
            numbers += [value for item in observed for value in item.values(record, plan)]
            if record.leavers is not None:
                men.append(men_observed(record.leavers, fields))
        quantities = [name for item in observed for name in item.quantities]
        known = dict.fromkeys(
            name for item in _numbers(self.observations) for name in item.quantities
        )
        everybody = len(plan.template.given) if plan.leavers else 0
        tables: dict[str, dict[str, Any]] = {
            OBSERVED: {
                "replicate": np.repeat(np.array(replicates), len(quantities)),
                "quantity": pd.Categorical(quantities * len(replicates), categories=list(known)),
                "value": np.array(numbers, np.float64),
            },
            MEN: {
                "replicate": np.repeat(np.array(replicates), everybody),
                "leaver": np.tile(np.arange(everybody), len(replicates)),
                **{name: np.concatenate([run[name] for run in men]) for name in fields},
            },
        }
        return {name: self._named(point, columns) for name, columns in tables.items()}

    def _named(self, point: int, columns: Mapping[str, Any]) -> pd.DataFrame:
        """Put the name of the variant before the columns of a table."""
        count = len(columns["replicate"])
        names = pd.Index([variant.name for variant in self.variants], dtype=object)
        codes = np.full(count, point)
        return pd.DataFrame({"variant": pd.Categorical.from_codes(codes, names), **columns})

    def _plan(self, point: int) -> Plan:
        return plan_of(
            self.scenarios[point],
            self.seed,
            self.fitted,
            weekly=self._observes(point, WeeklyMean, StaffMean),
            leavers=self._observes(point, MenFields),
            events=self._observes(point, LogCounts),
            check=False,
        )

    def _observes(self, point: int, *kinds: type) -> bool:
        """Whether something of these kinds is observed of a variant."""
        return any(isinstance(item, kinds) for item in self._of(point))

    def _of(self, point: int) -> list[Observation]:
        """List what is observed of a variant."""
        return [item for item in self.observations if item.variant == self.variants[point]]


def _numbers(observations: Iterable[Observation]) -> list[RunNumbers]:
    return [item for item in observations if not isinstance(item, MenFields)]


def _runs(variant: Variant, plan: Plan, replicates: range) -> Iterator[RunRecord]:
    """Run a variant: once in each replicate."""
    for replicate in replicates:
        if variant.arms_swapped:
            template = _with_arms_swapped(plan, replicate)
            yield run_once(dataclasses.replace(plan, template=template), replicate)
        else:
            yield run_once(plan, replicate)


def _with_arms_swapped(plan: Plan, replicate: int) -> World:
    """Make the template in which every man is in the arm that he was not dealt."""
    # Arms and teams are dealt before week 0 and stand: no week needs to pass to know them.
    before_week_0 = dataclasses.replace(plan, weeks=0, weekly=False, leavers=True, events=False)
    dealt = run_once(before_week_0, replicate).leavers
    if dealt is None:
        raise AssertionError("the plan asks for the men's records")
    return arms_swapped(plan, dealt, replicate, plan.template)
