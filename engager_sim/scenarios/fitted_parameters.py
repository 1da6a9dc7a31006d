"""Parameters drawn from a posterior: which draws there are, and what they put into a scenario.

A drawn value stands for a declared default. What a scenario's own file says of a parameter stands,
and so does what a study varies.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

import engager_sim.evidence
from engager_sim.compilation import source_fingerprint
from engager_sim.errors import UsageError
from engager_sim.scenarios.changes import find_parameter
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.scenario_file import did_you_mean
from engager_sim.theory.declaration import Parameter

SHIPPED = Path(next(iter(engager_sim.evidence.__path__))) / "posterior.parquet"
POSTERIOR, DEFAULTS = "posterior", "defaults"
STRUCTURE = "relationship.coupling"
"""The parameter whose values are rival theories rather than sizes."""
CAME_OF_IT = "came_of_it"
"""The fact that holds the calibration's tables."""
FACTS, FINGERPRINT, DIGEST = b"engager_sim", "fingerprint_of_the_rules", "digest_of_the_draws"
FIT_AGAIN = "name a file as engager-sim calibrate wrote it, or fit again"

REPLICATES_PER_DRAW = 2
"""Replicates that share one draw of the parameters."""

type Numbers = npt.NDArray[np.float64]


class Drawn(NamedTuple):
    """Under which parameters each replicate was run.

    Attributes
    ----------
    draws : int64 array, shape (replicates,)
        Number of its draw; two replicates each.
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
        What made it: command, question, seed, targets, fingerprint of the rules; and under
        ``came_of_it`` the calibration's tables.
    """

    name: str
    parameters: tuple[Parameter, ...]
    numbers: Numbers
    facts: Mapping[str, Any]

    @classmethod
    def load(cls, name: str | Path) -> Self | None:
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
        file = SHIPPED if str(name) == POSTERIOR else Path(name)
        table = _opened(file, str(name))
        facts = _facts(table)
        if FINGERPRINT not in facts:
            raise _error(
                file,
                "this file does not say what made it, so it is no posterior",
                fix="name the posterior.parquet that engager-sim calibrate wrote",
            )
        if facts[FINGERPRINT] != source_fingerprint():
            raise _error(
                file,
                "this posterior was fitted to another version of the rules",
                value=facts[FINGERPRINT],
                allowed=source_fingerprint(),
                fix=f"fit it again: {facts.get('made_by', 'engager-sim calibrate')}",
            )
        frame = table.to_pandas()
        if frame.empty or frame.columns.empty:
            raise _error(file, "there are no draws in this posterior", fix="fit it again")
        parameters = tuple(_parameter(file, str(path)) for path in frame.columns)
        columns = [
            _numbers(file, each, frame[path])
            for each, path in zip(parameters, frame.columns, strict=True)
        ]
        if _digest(frame) != facts.get(DIGEST):
            raise _error(
                file,
                "these draws are not those that were fitted: the file was changed",
                fix=FIT_AGAIN,
            )
        label = POSTERIOR if file == SHIPPED else file.name
        return cls(label, parameters, np.stack(columns, axis=1), facts)

    @classmethod
    def of(cls, parameters: "FittedParameters | str | Path | None") -> "FittedParameters | None":
        """Take fitted parameters as they are, or read what is named; None for defaults."""
        if parameters is None or isinstance(parameters, FittedParameters):
            return parameters
        return cls.load(parameters)

    def drawn(self, replicates: int) -> Drawn:
        """Say which draw, and which rival theory, each of so many replicates has."""
        draws = self._draws_of(np.arange(replicates))
        paths = [parameter.path for parameter in self.parameters]
        if STRUCTURE not in paths:
            return Drawn(draws, np.zeros(replicates, np.int64))
        return Drawn(draws, self.numbers[draws, paths.index(STRUCTURE)].astype(np.int64))

    def set_aside_by(self, scenario: Scenario) -> list[str]:
        """List the fitted parameters for which a scenario's own file gives a value."""
        return [each.path for each in self.parameters if _is_said(scenario, each)]

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
        for place, parameter in enumerate(self.parameters):
            if not _is_said(scenario, parameter):
                column = self.numbers[draws, place]
                theories[parameter.theme][parameter.name] = column[:, np.newaxis]
        return theories

    def under_every_draw(self, scenario: Scenario) -> npt.NDArray[np.void]:
        """Make the theories of a scenario under every draw, shape (draws, 2)."""
        return self.theories(scenario, np.arange(len(self.numbers)) * REPLICATES_PER_DRAW)

    def described(self, scenarios: Sequence[Scenario]) -> dict[str, Any]:
        """Describe them as data that JSON can hold: all that a study's numbers depend on."""
        return {
            "name": self.name,
            "draws": len(self.numbers),
            "digest": hashlib.blake2b(self.numbers.tobytes(), digest_size=16).hexdigest(),
            "parameters": [parameter.path for parameter in self.parameters],
            "set_aside": {each.name: self.set_aside_by(each) for each in scenarios},
            "replicates_of_a_draw": REPLICATES_PER_DRAW,
            **{name: fact for name, fact in self.facts.items() if name != CAME_OF_IT},
        }

    def _draws_of(self, replicates: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        return replicates // REPLICATES_PER_DRAW % len(self.numbers)


def refuse_odd_replicates(fitted: FittedParameters | None, replicates: int) -> None:
    """Raise UsageError unless replicates come in two pairs or more where parameters are drawn."""
    if fitted is not None and (
        replicates % REPLICATES_PER_DRAW or replicates < 2 * REPLICATES_PER_DRAW
    ):
        more = max(2 * REPLICATES_PER_DRAW, replicates + replicates % REPLICATES_PER_DRAW)
        raise UsageError(
            "with drawn parameters replicates come in pairs, so that chance can be told from them",
            key="replicates",
            value=replicates,
            allowed="an even number, at least 4",
            fix=f"ask for {more}",
        )
    if fitted is not None and replicates > REPLICATES_PER_DRAW * len(fitted.numbers):
        raise UsageError(
            "there are not so many draws, and replicates under one draw are no new ones",
            key="replicates",
            value=replicates,
            allowed=f"at most {REPLICATES_PER_DRAW * len(fitted.numbers):,}",
            fix="ask for fewer, or fit again with more draws",
        )


def write_posterior(draws: pd.DataFrame, facts: Mapping[str, Any], file: Path) -> None:
    """Write draws as a posterior that can be named with ``--parameters``.

    Parameters
    ----------
    draws : pandas.DataFrame
        A column per parameter's path, a row per draw; categories by name.
    facts : mapping
        What made it; the fingerprint of the rules and a digest of the draws are added.
    """
    facts = {**facts, FINGERPRINT: source_fingerprint(), DIGEST: _digest(draws)}
    said = json.dumps(facts, sort_keys=True)
    table = pa.Table.from_pandas(draws, preserve_index=False)
    pq.write_table(table.replace_schema_metadata({FACTS: said}), file, compression="zstd")


def _digest(draws: pd.DataFrame) -> str:
    """Hash columns and values as text, which reading and writing do not change."""
    text = draws.astype(str).to_csv(index=False)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _facts(table: Any) -> dict[str, Any]:
    """Read what a file says made it; nothing where it says nothing that can be read."""
    try:
        facts = json.loads((table.schema.metadata or {}).get(FACTS, b"{}"))
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}


def _is_file(file: Path) -> bool:
    try:
        return file.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _opened(file: Path, name: str) -> Any:
    if not _is_file(file):
        raise UsageError(
            "there is no such posterior",
            key="parameters",
            value=name,
            allowed=f"{POSTERIOR}, {DEFAULTS}, or a posterior.parquet that a calibration wrote",
            fix=did_you_mean(name, (POSTERIOR, DEFAULTS)) or "",
        )
    try:
        return pq.read_table(file)
    except (OSError, pa.ArrowInvalid) as error:
        reason = str(error).partition(".")[0]
        raise _error(
            file,
            f"this file cannot be read as Parquet: {reason}",
            fix="name the posterior.parquet that engager-sim calibrate wrote",
        ) from None


def _parameter(file: Path, path: str) -> Parameter:
    try:
        table, parameter = find_parameter(path)
    except UsageError as error:
        raise _error(file, error.problem, value=path, fix=error.fix or "") from None
    if table != "theory":
        raise _error(
            file, "only what holds in both arms can be drawn", value=path, fix="fit it for both"
        )
    return parameter


def _numbers(file: Path, parameter: Parameter, column: "pd.Series[Any]") -> Numbers:
    """Turn a column of values into the numbers that records hold."""
    if parameter.choices:
        codes = {choice: float(place) for place, choice in enumerate(parameter.choices)}
        numbers = np.asarray(column.astype(str).map(codes), np.float64)
    else:
        numbers = np.asarray(pd.to_numeric(column, errors="coerce"), np.float64)
    outside = ~((parameter.low <= numbers) & (numbers <= parameter.high))
    if outside.any():
        raise _error(
            file,
            f"{parameter.path} has a value that it cannot have",
            value=column[outside].astype(object).iloc[0],
            allowed=", ".join(parameter.choices) or f"{parameter.low:g} to {parameter.high:g}",
            fix=FIT_AGAIN,
        )
    return numbers


def _is_said(scenario: Scenario, parameter: Parameter) -> bool:
    return parameter.name in scenario.values.get("theory", {}).get(parameter.theme, {})


def _error(file: Path, problem: str, **more: Any) -> UsageError:
    return UsageError(problem, file=file, key="parameters", **more)
