"""How a law is declared: two worlds, what is measured of the same men in both, and the sign."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

import numpy as np
import numpy.typing as npt

from engager_sim.runs.one_run import RunRecord
from engager_sim.runs.plan import Plan
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.theory_values import Value

type Men = npt.NDArray[Any]
"""A structured array with a row per man."""
type Numbers = npt.NDArray[np.float64]
type Shape = Callable[[Scenario], Scenario]


@dataclass(frozen=True, slots=True)
class Measure:
    """What is observed of the men common to both worlds of a law.

    Attributes
    ----------
    name, label, unit : str
        Its name, what it is, and its unit.
    margin : float
        How far a difference may lie on the wrong side and still count as none.
    is_better : int
        1 if more of it is better, -1 if less is.
    week : str
        When it is observed.
    value : callable, optional
        Takes men's records; gives a number for each man, lost ones included.
    counts : callable, optional
        Takes men's records; tells whom they count. Counted is who counts in both worlds.
    per_run : callable, optional
        In place of both: takes a run and its plan; gives one number.
    outcomes : tuple of str
        The declared outcomes, by id, whose sign a law about it therefore fixes too.
    """

    name: str
    label: str
    unit: str
    margin: float
    is_better: int
    week: str
    value: Callable[[Men], Numbers] | None = None
    counts: Callable[[Men], npt.NDArray[np.bool_]] | None = None
    per_run: Callable[[RunRecord, Plan], float] | None = None
    outcomes: tuple[str, ...] = ()

    def pair(
        self, without: tuple[RunRecord, Plan], with_it: tuple[RunRecord, Plan]
    ) -> tuple[float, float]:
        """Measure one run of each world over the men common to both."""
        if self.per_run is not None:
            return self.per_run(*without), self.per_run(*with_it)
        first, second = (_men(run) for run, _ in (without, with_it))
        common = min(len(first), len(second))
        first, second = first[:common], second[:common]
        if self.value is None:
            raise AssertionError(f"{self.name} says how a man or a run is measured")
        counted = np.ones(common, np.bool_)
        if self.counts is not None:
            counted = self.counts(first) & self.counts(second)
        if not counted.any():
            return np.nan, np.nan
        return float(self.value(first)[counted].mean()), float(self.value(second)[counted].mean())


@dataclass(frozen=True, slots=True)
class LawWorld:
    """What makes one of the two worlds from the scenario that both begin with."""

    changes: Mapping[str, Value] = field(default_factory=dict)
    shape: Shape | None = None

    def scenario(self, base: Scenario, name: str) -> Scenario:
        """Make the world's scenario."""
        scenario = changed(base, self.changes, name=name)
        return scenario if self.shape is None else self.shape(scenario)


@dataclass(frozen=True, slots=True)
class Law:
    """That something never makes men worse off, with what competes for it held still.

    Attributes
    ----------
    id, statement : str
        Its name, and what it says.
    measure : Measure
        What must not be worse in the world that is expected to be as good.
    worse, as_good : World
        The world that must not be better, and the one that must not be worse by more than the
        measure's margin.
    base : str
        The scenario that both begin with: see :mod:`engager_sim.laws.worlds`.
    net : bool
        Whether the same change stands in the net table too.
    trade_off : str
        What competes with it there, and which test holds that.
    settings : tuple of str
        Keys of a service's settings that it is about as well, as patterns: a file may change by
        these what the worlds change by a lever or by their shape.
    """

    id: str
    statement: str
    measure: Measure
    worse: LawWorld
    as_good: LawWorld
    base: str = "plenty"
    net: bool = True
    trade_off: str = ""
    settings: tuple[str, ...] = ()

    def is_about(self, key: str, path: str | None) -> bool:
        """Tell whether it says which way a change of a scenario moves men.

        Parameters
        ----------
        key : str
            What is changed, as :meth:`Scenario.difference` names it.
        path : str or None
            The parameter that this is, as ``theme.name``; None for a setting.
        """
        moved = path in self.worse.changes or path in self.as_good.changes
        return moved or any(fnmatchcase(key, pattern) for pattern in self.settings)


def _men(run: RunRecord) -> Men:
    if run.leavers is None:
        raise AssertionError("the plan asks for the men's records")
    return np.asarray(run.leavers)
