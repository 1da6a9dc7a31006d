"""What can be observed of a variant's runs."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from engager_sim.designs.outcome_columns import find_columns
from engager_sim.runs.one_run import RunRecord
from engager_sim.runs.plan import Plan
from engager_sim.runs.tables.events import LoggedRun
from engager_sim.studies.validate.variants import Variant
from engager_sim.week.tallies import STAFF_MEANINGS
from engager_sim.world.observed import Mark
from engager_sim.world.records import PROGRAMME

type Numbers = npt.NDArray[np.float64]
type Men = npt.NDArray[Any]
"""A structured array with a row per man."""

AT = "_at_"
"""What stands between a state that is kept at marks and the mark, as in ``trust_at_week_12``."""


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """An outcome of a run: one column of the table of runs."""

    variant: Variant
    name: str

    @property
    def quantities(self) -> tuple[str, ...]:
        """The names of the numbers that it takes from a run."""
        return (self.name,)

    def values(self, record: RunRecord, _: Plan) -> Sequence[float]:
        """Take them."""
        (column,) = find_columns([self.name])
        return column.of(record.outcomes[np.newaxis]).tolist()  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class WeeklyMean:
    """A weekly mean over the programme's men, in a week counted from release."""

    variant: Variant
    name: str
    week: int

    @property
    def quantities(self) -> tuple[str, ...]:
        """The names of the numbers that it takes from a run."""
        return (f"{self.name}_in_week_{self.week}_from_release",)

    def values(self, record: RunRecord, plan: Plan) -> Sequence[float]:
        """Take them."""
        sums = record.tables.men[PROGRAMME, plan.weeks_before + self.week]
        return [_mean(sums[self.name], sums["men"])]


@dataclass(frozen=True, slots=True)
class StaffMean:
    """A weekly mean over the programme's practitioners, in a week of the run."""

    variant: Variant
    name: str
    week: int

    @property
    def quantities(self) -> tuple[str, ...]:
        """The names of the numbers that it takes from a run."""
        return (f"{self.name}_in_week_{self.week}_of_the_run",)

    def values(self, record: RunRecord, _: Plan) -> Sequence[float]:
        """Take them."""
        sums = record.tables.staff[PROGRAMME, self.week]
        return [_mean(sums[self.name], sums[STAFF_MEANINGS[self.name][2]])]


@dataclass(frozen=True, slots=True)
class LogCounts:
    """What is counted in the event log of a run."""

    variant: Variant
    quantities: tuple[str, ...]
    count: Callable[[LoggedRun], Sequence[float]]

    def values(self, record: RunRecord, _: Plan) -> Sequence[float]:
        """Take them."""
        if record.events is None:
            raise AssertionError("the plan asks for the event log")
        return self.count(record.events)


@dataclass(frozen=True, slots=True)
class MenFields:
    """Fields of every man's record at the end of a run.

    A state that is kept at marks has a field for each of them, such as ``trust_at_week_12``.
    """

    variant: Variant
    fields: tuple[str, ...]


type RunNumbers = RunOutcome | WeeklyMean | StaffMean | LogCounts
"""What takes a few numbers from each run."""

type Observation = RunNumbers | MenFields


def men_observed(men: Men, fields: Sequence[str]) -> dict[str, npt.NDArray[Any]]:
    """Take some fields of every man's record, each as an array of its own."""
    return {name: _men_field(men, name).copy() for name in fields}


def men_fields(observations: Iterable[Observation]) -> tuple[str, ...]:
    """List the fields of men's records that any of some observations looks at."""
    looked_at = [item.fields for item in observations if isinstance(item, MenFields)]
    return tuple(dict.fromkeys(name for fields in looked_at for name in fields))


def _men_field(men: Men, name: str) -> npt.NDArray[Any]:
    if name in (men.dtype.names or ()):
        return np.asarray(men[name])
    state, _, mark = name.partition(AT)
    return np.asarray(men[f"{state}_at"][:, Mark[mark.upper()]])


def _mean(total: np.float64, count: np.float64) -> float:
    return float(total / count) if count > 0.0 else np.nan
