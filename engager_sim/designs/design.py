"""A design: scenarios, points and replicates, and what is kept of every run."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engager_sim.designs.factors import Factor
from engager_sim.designs.lives import Lives
from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.designs.setting_factors import LEAVERS, with_settings
from engager_sim.scenarios.changes import changed, find_parameter
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.surveyed_ties import moves_ties
from engager_sim.world.records import ARMS


@dataclass(frozen=True)
class Design:
    """What a study runs: every scenario at every point, each in so many replicates.

    A run is one scenario at one point in one replicate. Unless points are set apart, all scenarios
    and points have common random numbers: replicate 7 has the same ones everywhere.

    Attributes
    ----------
    factors : tuple of Factor
        What varies from point to point; none for a comparison.
    values : float64 array, shape (points, factors)
        Each point's values, as :meth:`Factor.value` reads them.
    first_replicates : tuple of int
        The replicate with which each scenario begins: 0, unless scenarios are not paired.
    exits : bool
        Whether the cause of every man's first exit is kept.
    replicates_apart : int
        By how many replicates the random numbers of each point are set apart from those of the
        point before; 0, all points have common random numbers.
    fitted : FittedParameters or None
        Where parameters are drawn from, two replicates per draw; what a scenario's file
        says, and the factors, stand.
    lives : Lives or None
        Which replicates follow the same men through further lives; none unless given.
    """

    scenarios: tuple[Scenario, ...]
    factors: tuple[Factor, ...]
    values: npt.NDArray[np.float64]
    seed: int
    columns: tuple[OutcomeColumn, ...]
    first_replicates: tuple[int, ...]
    exits: bool = False
    replicates_apart: int = 0
    fitted: FittedParameters | None = None
    lives: Lives | None = None

    def men_of(self, replicates: range) -> npt.NDArray[np.int64]:
        """Give the replicate whose men, and whose draw, each replicate has: its own, or another's.

        Others have only lives: see :class:`~engager_sim.designs.lives.Lives`.
        """
        numbers = np.array(replicates, np.int64)
        return numbers if self.lives is None else self.lives.men_of(numbers)

    def draws(self, replicates: int) -> npt.NDArray[np.int64]:
        """Give the number of the parameters' draw that each of so many replicates has.

        Where nothing is drawn, no two replicates have anything in common.
        """
        if self.fitted is None:
            return np.arange(replicates)
        return self.fitted.drawn(replicates).draws

    @property
    def points(self) -> int:
        """How many points there are."""
        return len(self.values)

    def runs(self, replicates: int) -> int:
        """Count the runs of so many replicates."""
        return self.points * len(self.scenarios) * replicates

    def digest(self, points: range) -> str:
        """Compute a digest of what these points set."""
        values = np.ascontiguousarray(self.values[points.start : points.stop], np.float64)
        return hashlib.blake2b(values.tobytes(), digest_size=16).hexdigest()

    def most_men(self, scenario: int) -> int:
        """Count the men of a scenario, at the point that has most of them."""
        for index, factor in enumerate(self.factors):
            if factor.path == LEAVERS:
                return int(self.values[:, index].max())
        return self.scenarios[scenario].setting.population.leavers

    def theories(
        self, scenario: int, points: range, replicates: range = range(1)
    ) -> npt.NDArray[np.void]:
        """Make the theories of one scenario at some points, in some replicates.

        Returns
        -------
        structured array of THEORY_RECORD, shape (points * replicates, 2)
            The replicates of the first point, then those of the next.
        """
        varied = self.scenarios[scenario]
        if self.fitted is None:
            theories = np.asarray(varied.theories())[np.newaxis].repeat(len(replicates), axis=0)
        else:
            theories = self.fitted.theories(varied, self.men_of(replicates))
        theories = np.tile(theories, (len(points), 1))
        rows = self.values[points.start : points.stop]
        for factor, column in zip(self.factors, rows.T, strict=True):
            if factor.is_setting:
                continue
            table, parameter = find_parameter(factor.path)
            numbers = _parameter_numbers(factor, parameter.choices, column)
            numbers = np.repeat(numbers, len(replicates))
            arms = range(len(ARMS)) if table == "theory" else [ARMS.index(table)]
            for arm in arms:
                theories[parameter.theme][parameter.name][:, arm] = numbers
        return theories

    def setting_values(self, point: int) -> tuple[tuple[str, float], ...]:
        """List the values, at one point, of those factors that are deployed before a run begins.

        These are settings, and the levers that move surveyed ties where a scenario has such.
        """
        surveyed = any(scenario.surveyed_at for scenario in self.scenarios)
        return tuple(
            (factor.path, float(self.values[point, index]))
            for index, factor in enumerate(self.factors)
            if factor.is_setting or (surveyed and moves_ties(factor.path))
        )

    def scenario_with(self, scenario: int, settings: tuple[tuple[str, float], ...]) -> Scenario:
        """Give a scenario what :meth:`setting_values` lists of a point.

        Raises
        ------
        EngagerError
            If they do not fit together.
        """
        by_path = {factor.path: factor for factor in self.factors}
        values = {path: by_path[path].value(number) for path, number in settings}
        levers = {path: value for path, value in values.items() if not by_path[path].is_setting}
        others = {path: value for path, value in values.items() if path not in levers}
        made = self.scenarios[scenario]
        made = with_settings(made, others) if others else made
        return changed(made, levers) if levers else made

    def at(self, scenario: int, point: int) -> Scenario:
        """Make the scenario of one point, as a file could say it."""
        made = self.scenario_with(scenario, self.setting_values(point))
        values: Mapping[str, float | int | bool | str] = {
            factor.path: factor.value(self.values[point, index])
            for index, factor in enumerate(self.factors)
            if not factor.is_setting
        }
        return changed(made, values)


def _parameter_numbers(
    factor: Factor, choices: tuple[str, ...], column: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Turn indices among a factor's choices into the numbers that the theory's records hold."""
    if not factor.choices:
        return column
    codes = [
        choices.index(choice) if isinstance(choice, str) else float(choice)
        for choice in factor.choices
    ]
    return np.array(codes, np.float64)[column.astype(np.int64)]
