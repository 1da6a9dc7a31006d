"""Priors of a service's own, by a form: 5%, median, 95% and a reason for what it knows better.

The posterior's draws are weighted by what the service believes over what was declared, which is
what a fit with those priors would have done, and drawn again. The same with flat priors over the
declared ranges shows what the declared shape does. Where few draws carry the weight that is
refused: the service then knows more than these draws can say, and needs a fit of its own.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.errors import ScenarioError, UsageError
from engager_sim.scenarios.csv_table import Cell, CsvFormat, CsvRow, read_table
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.posterior_file import BASIS, DIGEST, FINGERPRINT, RESULT, write_posterior
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.calibrate.abc import resampled, weighted_quantiles
from engager_sim.studies.calibrate.posterior import LEVELS
from engager_sim.theory.declaration import Parameter

ASKED = ("low_5", "median", "high_95", "reason")
TOLD = ("meaning", "unit", "lowest", "highest", "declared_5", "declared_median", "declared_95")
COLUMNS = ("parameter", *TOLD, *ASKED)
FORM = CsvFormat(
    "a form of priors", 1_000_000, {name: name for name in COLUMNS}, required=("parameter", *ASKED)
)
FEWEST_EFFECTIVE = 50
"""Draws that must carry the weight for it to be said."""
FLAT, DECLARED, ELICITED = "flat", "declared", "elicited"
SHARES = (0.0, 0.05, 0.5, 0.95, 1.0)

type Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Belief:
    """What a service believes of one parameter, and why."""

    parameter: Parameter
    quantiles: tuple[float, float, float]  # 5%, median, 95%
    reason: str


def write_form(fitted: FittedParameters, theme: str | None, file: Path) -> int:
    """Write an empty form, of one theme's parameters or all; give how many there are.

    Raises
    ------
    UsageError
        If there is none of that theme, or the file exists.
    """
    asked = [each for each in _numbers(fitted) if theme in (None, each.theme)]
    if not asked:
        themes = ", ".join(dict.fromkeys(each.theme for each in _numbers(fitted)))
        raise UsageError("no drawn parameter is of this theme", value=theme, allowed=themes)
    if file.exists():
        raise UsageError("this file exists, and may be filled in", file=file, fix="name another")
    with file.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(COLUMNS)
        for each in asked:
            told = (each.low, each.high, *(each.prior or ()))
            rows.writerow(
                (each.path, each.meaning, each.unit, *(f"{number:.4g}" for number in told))
                + ("",) * len(ASKED)
            )
    return len(asked)


def read_form(fitted: FittedParameters, file: Path) -> list[Belief]:
    """Read the rows of a form that are filled in.

    Raises
    ------
    ScenarioError
        If a parameter is not drawn or named twice, a number is missing, out of its range or out of
        order, there is no reason, or nothing is filled in.
    """
    known = {each.path: each for each in _numbers(fitted)}
    rows = [row for row in read_table(file, FORM) if not set(ASKED).isdisjoint(row.cells)]
    beliefs: dict[str, Belief] = {}
    for row in rows:
        belief = _belief(row, file, known)
        if belief.parameter.path in beliefs:
            raise ScenarioError(
                "this parameter is there twice", file=file, key=f"row {row.line}",
                value=belief.parameter.path, fix="keep one of them",
            )  # fmt: skip
        beliefs[belief.parameter.path] = belief
    if not beliefs:
        raise ScenarioError(
            "nothing is filled in", file=file, allowed=", ".join(ASKED),
            fix="fill in a row for each parameter that you know better",
        )  # fmt: skip
    return list(beliefs.values())


def weighted_draws(fitted: FittedParameters, beliefs: Sequence[Belief], prior: str) -> Numbers:
    """Weigh the draws by a prior over the declared one, for the parameters of a form.

    Parameters
    ----------
    prior : str
        ``flat``, ``declared`` or ``elicited``.

    Returns
    -------
    float64 array, shape (draws,)
        Adding up to 1.

    Raises
    ------
    UsageError
        If too few draws carry the weight.
    """
    paths = [parameter.path for parameter in fitted.parameters]
    logs, within = np.zeros(len(fitted.numbers)), len(fitted.numbers)
    for belief in beliefs:
        values = fitted.numbers[:, paths.index(belief.parameter.path)]
        logs += np.log(_density(belief, prior, values) / _density(belief, DECLARED, values))
        if prior == ELICITED:  # draws that all lie beyond what is believed say nothing of it
            low, _, high = belief.quantiles
            within = min(within, int(((low <= values) & (values <= high)).sum()))
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    effective = min(within, 1.0 / float((weights**2).sum()))
    if effective < FEWEST_EFFECTIVE:
        raise UsageError(
            f"only {effective:.0f} of {len(weights):,} draws would carry the {prior} answer",
            allowed=f"at least {FEWEST_EFFECTIVE}",
            fix="fill in fewer parameters or wider numbers, or give a calibration your ranges",
        )
    return weights


def side_by_side(fitted: FittedParameters, beliefs: Sequence[Belief]) -> pd.DataFrame:
    """Compare what is left of each parameter of a form under the three priors.

    Columns are ``parameter``, ``prior``, ``low``, ``middle``, ``high`` (5%, 50%, 95%) and
    ``effective``, how many draws carry the weight.
    """
    paths = [parameter.path for parameter in fitted.parameters]
    rows = []
    for prior in (FLAT, DECLARED, ELICITED):
        weights = weighted_draws(fitted, beliefs, prior)
        for belief in beliefs:
            column = fitted.numbers[:, [paths.index(belief.parameter.path)]]
            ends = weighted_quantiles(column, weights, LEVELS)[:, 0].tolist()
            rows.append((belief.parameter.path, prior, *ends, 1.0 / float((weights**2).sum())))
    names = ["parameter", "prior", "low", "middle", "high", "effective"]
    return pd.DataFrame(rows, columns=names)


def write_answers(
    fitted: FittedParameters, beliefs: Sequence[Belief], folder: Path, seed: int
) -> list[Path]:
    """Write the draws under flat and elicited priors, each to be named with ``--parameters``."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for prior in (FLAT, ELICITED):
        weights = weighted_draws(fitted, beliefs, prior)
        chosen = resampled(weights, len(weights), seed)
        facts = {key: value for key, value in fitted.facts.items() if key not in _MADE_ANEW}
        told = {belief.parameter.path: [*belief.quantiles, belief.reason] for belief in beliefs}
        basis = fitted.facts[BASIS]
        file = folder / f"{prior}.parquet"
        write_posterior(
            _named(fitted, chosen),
            {
                **facts,
                prior: told if prior == ELICITED else list(told),
                CARRIED_BY: round(1.0 / float((weights**2).sum())),
            },
            file,
            scenarios=[Scenario.load(name) for name in basis["scenarios"]],
            outcomes=basis["outcomes"],
        )
        files.append(file)
    return files


CARRIED_BY = "carried_by"
"""The fact of how many draws carry an answer under another prior."""
_MADE_ANEW = (BASIS, FINGERPRINT, DIGEST, RESULT)
"""Facts of a posterior that are not those of its draws under another prior."""


def _numbers(fitted: FittedParameters) -> list[Parameter]:
    return [parameter for parameter in fitted.parameters if parameter.prior is not None]


def _belief(row: CsvRow, file: Path, known: Mapping[str, Parameter]) -> Belief:
    for column in ("parameter", *ASKED):
        if column not in row.cells:
            raise ScenarioError(
                "this cell is empty, but others of its row are filled in", file=file,
                key=f"row {row.line}, column {column}",
                fix="fill it in, or leave all of them empty",
            )  # fmt: skip
    parameter = known[row.cells["parameter"].name(known, "this is no drawn parameter")]
    numbers = [row.cells[column] for column in ASKED[:-1]]
    return Belief(parameter, _in_order(numbers, parameter), row.cells["reason"].text)


def _in_order(cells: Iterable[Cell], parameter: Parameter) -> tuple[float, float, float]:
    before, ends = parameter.low, []
    for cell in cells:
        number = cell.number(parameter.low, parameter.high)
        if not before < number < parameter.high:
            raise cell.error(
                "these numbers are out of order",
                allowed=f"above {before:g} and below {parameter.high:g}",
                fix="let 5%, median and 95% rise between the ends of the range, without them",
            )
        ends.append(number)
        before = number
    low, middle, high = ends
    return low, middle, high


def _density(belief: Belief, prior: str, values: Numbers) -> Numbers:
    """Give the density of a prior at some values: even between its quantiles."""
    parameter = belief.parameter
    inner: tuple[float, ...] = ()
    if prior == ELICITED:
        inner = belief.quantiles
    elif prior == DECLARED and parameter.prior is not None:
        inner = parameter.prior
    shares = SHARES if inner else (SHARES[0], SHARES[-1])
    edges = np.array((parameter.low, *inner, parameter.high))
    heights = np.diff(shares) / np.diff(edges)
    return np.asarray(heights[np.clip(np.searchsorted(edges, values) - 1, 0, len(heights) - 1)])


def _named(fitted: FittedParameters, chosen: npt.NDArray[np.int64]) -> pd.DataFrame:
    """Write draws as scenario files would: categories by name."""
    columns: dict[str, Any] = {}
    for parameter, numbers in zip(fitted.parameters, fitted.numbers[chosen].T, strict=True):
        choices = parameter.choices
        columns[parameter.path] = (
            [choices[int(number)] for number in numbers] if choices else numbers
        )
    return pd.DataFrame(columns)
