"""Parameters drawn from a posterior: which draws there are, and what they put into a scenario.

A drawn value stands for a declared default. What a scenario's own file says of a parameter stands,
and so does what a study varies. Replicates go through the draws in order, two under each; where
draws run out they begin again.
"""

import functools
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

import engager_sim.evidence
from engager_sim.errors import UsageError
from engager_sim.scenarios.changes import find_parameter
from engager_sim.scenarios.layered_file import did_you_mean
from engager_sim.scenarios.posterior_file import (
    BASIS,
    FIT_AGAIN,
    RESULT,
    posterior_error,
    read_posterior,
)
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.surveyed_ties import moves_ties
from engager_sim.theory.declaration import Parameter

SHIPPED = Path(next(iter(engager_sim.evidence.__path__))) / "posterior.parquet"
POSTERIOR, DEFAULTS = "posterior", "defaults"
STRUCTURE = "relationship.coupling"
"""The parameter whose values are rival theories rather than sizes."""

REPLICATES_PER_DRAW = 2
"""Replicates that share one draw of the parameters, each time that it is used."""

type Numbers = npt.NDArray[np.float64]


class Drawn(NamedTuple):
    """Under which parameters each replicate was run.

    Attributes
    ----------
    draws : int64 array, shape (replicates,)
        Number of its draw; two replicates each, one at an odd end, more where draws are reused.
    rivals : int64 array, shape (replicates,)
        Number of the rival theory of its draw.
    """

    draws: npt.NDArray[np.int64]
    rivals: npt.NDArray[np.int64]

    def of(self, known: npt.NDArray[np.bool_]) -> "Drawn":
        """Give the same for some of the replicates."""
        return Drawn(self.draws[known], self.rivals[known])


@dataclass(frozen=True, eq=False)
class FittedParameters:
    """Draws from a posterior, equally likely.

    Attributes
    ----------
    name : str
        ``posterior`` for the one that ships with the package, else the file's name.
    parameters : tuple of Parameter
        What was fitted; all of them hold in both arms.
    numbers : float64 array, shape (draws, parameters)
        As the theory's records hold them.
    facts : mapping
        What made it: command, question, seed, targets; under ``basis`` what the draws rest on, and
        under ``result`` the calibration's tables.
    only : int or None
        The number of the one draw under which every replicate is run, if there is but one.
    """

    name: str
    parameters: tuple[Parameter, ...]
    numbers: Numbers
    facts: Mapping[str, Any]
    only: int | None = None

    @classmethod
    def load(cls, name: str | Path) -> "FittedParameters | None":
        """Read what ``--parameters`` names.

        Parameters
        ----------
        name : str or Path
            ``posterior``, ``defaults``, or a ``posterior.parquet`` that a calibration wrote.

        Returns
        -------
        FittedParameters or None
            None for ``defaults``.

        Raises
        ------
        UsageError
            If there is no such file, it is no posterior, or it was fitted to other rules.
        """
        if str(name) == DEFAULTS:
            return None
        file = SHIPPED if str(name) == POSTERIOR else _existing(name)
        return shipped_posterior() if file == SHIPPED else cls.read(file, file.name)

    @classmethod
    def read(cls, file: Path, label: str) -> Self:
        """Read a posterior's file, and call it so.

        Raises
        ------
        UsageError
            If it is no posterior, or it was fitted to other rules.
        """
        draws, facts = read_posterior(file)
        parameters = tuple(_parameter(file, str(path)) for path in draws.columns)
        columns = [_numbers(file, parameter, draws[parameter.path]) for parameter in parameters]
        numbers = np.stack(columns, axis=1)
        numbers.flags.writeable = False
        return cls(label, parameters, numbers, facts)

    @classmethod
    def of(
        cls, parameters: "FittedParameters | str | Path | None", draw: int | None = None
    ) -> "FittedParameters | None":
        """Take fitted parameters as they are, or read what is named; None for defaults.

        Raises
        ------
        UsageError
            If there is no such posterior, or a draw is named that it does not have.
        """
        fitted = cls.load(parameters) if isinstance(parameters, str | Path) else parameters
        if draw is None:
            return fitted
        if fitted is None:
            raise UsageError(
                "central values are no draw", key="draw", value=draw,
                fix=f"name {POSTERIOR}, or leave draw out",
            )  # fmt: skip
        return fitted.at(draw)

    def at(self, draw: int) -> Self:
        """Keep one draw, by its number from 0, under which every replicate is then run.

        Raises
        ------
        UsageError
            If there is no such draw.
        """
        last = len(self.numbers) - 1
        if (
            isinstance(draw, bool)
            or not isinstance(draw, int | np.integer)
            or not 0 <= draw <= last
        ):
            raise UsageError(
                "there is no such draw", key="draw", value=draw,
                allowed=f"a whole number from 0 to {last:,}",
            )  # fmt: skip
        return replace(self, only=int(draw))

    def drawn(self, replicates: int) -> Drawn:
        """Say which draw, and which rival theory, each of so many replicates has."""
        draws = self._draws_of(np.arange(replicates))
        paths = [parameter.path for parameter in self.parameters]
        if STRUCTURE not in paths:
            return Drawn(draws, np.zeros(replicates, np.int64))
        return Drawn(draws, self.numbers[draws, paths.index(STRUCTURE)].astype(np.int64))

    def set_aside_by(self, scenario: Scenario) -> list[str]:
        """List the fitted parameters for which a scenario's own file gives a value."""
        return [parameter.path for parameter in self.parameters if _is_said(scenario, parameter)]

    def without_full_effect_in(self, scenario: Scenario) -> list[str]:
        """List the drawn levers that a scenario's surveyed ties do not follow."""
        if not scenario.surveyed_at:
            return []
        said = self.set_aside_by(scenario)
        drawn = (parameter.path for parameter in self.parameters)
        return [path for path in drawn if moves_ties(path) and path not in said]

    def theories(
        self, scenario: Scenario, replicates: Sequence[int] | npt.NDArray[np.int64]
    ) -> npt.NDArray[np.void]:
        """Make the theories of a scenario under the draws of some replicates.

        Returns
        -------
        structured array of THEORY_RECORD, shape (replicates, 2)
        """
        draws = self._draws_of(np.asarray(replicates, np.int64))
        theories = np.repeat(np.asarray(scenario.theories())[np.newaxis], len(draws), axis=0)
        for index, parameter in enumerate(self.parameters):
            if not _is_said(scenario, parameter):
                column = self.numbers[draws, index]
                theories[parameter.theme][parameter.name] = column[:, np.newaxis]
        return theories

    def under_every_draw(self, scenario: Scenario) -> npt.NDArray[np.void]:
        """Make the theories of a scenario under every draw that is used, shape (draws, 2)."""
        count = len(self.numbers) if self.only is None else 1
        return self.theories(scenario, np.arange(count) * REPLICATES_PER_DRAW)

    def described(self, scenarios: Sequence[Scenario]) -> dict[str, Any]:
        """Describe them as data that JSON can hold: all that a study's numbers depend on."""
        return {
            "name": self.name,
            "draws": len(self.numbers),
            "digest": hashlib.blake2b(self.numbers.tobytes(), digest_size=16).hexdigest(),
            "parameters": [parameter.path for parameter in self.parameters],
            "set_aside": {scenario.name: self.set_aside_by(scenario) for scenario in scenarios},
            "replicates_of_a_draw": REPLICATES_PER_DRAW,
            **({} if self.only is None else {"only": self.only}),
            **{name: fact for name, fact in self.facts.items() if name not in (RESULT, BASIS)},
        }

    def _draws_of(self, replicates: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        if self.only is not None:
            return np.full(len(replicates), self.only, np.int64)
        return replicates // REPLICATES_PER_DRAW % len(self.numbers)


@functools.cache
def shipped_posterior() -> FittedParameters:
    """Read the one that ships, once: neither it nor the rules change within a process.

    Raises
    ------
    UsageError
        If it was fitted to other rules.
    """
    return FittedParameters.read(SHIPPED, POSTERIOR)


def _existing(name: str | Path) -> Path:
    try:
        if Path(name).is_file():
            return Path(name)
    except (OSError, ValueError):  # a name that no file can have
        pass
    raise UsageError(
        "there is no such posterior", key="parameters", value=str(name),
        allowed=f"{POSTERIOR}, {DEFAULTS}, or a posterior.parquet that a calibration wrote",
        fix=did_you_mean(str(name), (POSTERIOR, DEFAULTS)) or "",
    )  # fmt: skip


def _parameter(file: Path, path: str) -> Parameter:
    try:
        table, parameter = find_parameter(path)
    except UsageError as error:
        raise posterior_error(file, error.problem, value=path, fix=error.fix or "") from None
    if table != "theory":
        raise posterior_error(
            file, "only what holds in both arms can be drawn", value=path, fix="fit it for both"
        )
    return parameter


def _numbers(file: Path, parameter: Parameter, column: "pd.Series[Any]") -> Numbers:
    """Turn a column of values into the numbers that records hold."""
    if parameter.choices:
        codes = {choice: float(code) for code, choice in enumerate(parameter.choices)}
        numbers = np.asarray(column.astype(str).map(codes), np.float64)
    else:
        numbers = np.asarray(pd.to_numeric(column, errors="coerce"), np.float64)
    outside = ~((parameter.low <= numbers) & (numbers <= parameter.high))
    if outside.any():
        raise posterior_error(
            file,
            f"{parameter.path} has a value that it cannot have",
            value=column[outside].astype(object).iloc[0],
            allowed=", ".join(parameter.choices) or f"{parameter.low:g} to {parameter.high:g}",
            fix=FIT_AGAIN,
        )
    return numbers


def _is_said(scenario: Scenario, parameter: Parameter) -> bool:
    return parameter.name in scenario.values.get("theory", {}).get(parameter.theme, {})
