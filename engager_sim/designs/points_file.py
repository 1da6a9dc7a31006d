"""A design written by hand: a CSV table with a column per factor and a row per point."""

import dataclasses
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engager_sim.designs.factor_tables import declared_factor
from engager_sim.designs.factors import Factor
from engager_sim.errors import ScenarioError, UsageError
from engager_sim.scenarios.csv_rows import read_header
from engager_sim.scenarios.csv_table import CsvFormat, CsvRow, other_separator, read_table
from engager_sim.scenarios.layered_file import LayeredFile

MOST_BYTES = 20_000_000
POINTS_FILE = "a table of points"
IF_OPEN = "or remove the row"
TABLE = "table"
"""The kind of a design that is written by hand."""


def with_factors_of(study: LayeredFile, file: Path) -> LayeredFile:
    """Name the columns of a table of points as the factors of a study file.

    Raises
    ------
    ScenarioError
        If there is no column, one is no parameter or setting, or the study file names factors too.
    """
    if "factors" in study.data:
        raise study.error(
            "the columns of the table of points are the factors",
            ("factors",),
            fix="leave [[factors]] out, or name a kind of design in the place of the table",
        )
    line, names = read_header(file, MOST_BYTES, POINTS_FILE)
    if not names:
        raise ScenarioError(
            "the table of points is empty",
            file=file,
            allowed="a column per factor, with its path as the heading, and a row per point",
            fix="write a heading such as supervision.interval for each factor",
        )
    for number, name in enumerate(names, 1):
        try:
            declared_factor(name)
        except UsageError as error:
            raise ScenarioError(
                error.problem,
                file=file,
                key=f"row {line}, column {number}",
                value=name,
                allowed="the path of a parameter or a setting, as in engager-sim parameters",
                fix=other_separator(names) or error.fix,
            ) from None
    factors = [{"parameter": name} for name in names]
    return dataclasses.replace(study, data={**study.data, "factors": factors})


def read_points(
    file: Path, factors: tuple[Factor, ...]
) -> tuple[tuple[Factor, ...], npt.NDArray[np.float64]]:
    """Read a table of points, in its own order.

    Parameters
    ----------
    factors : tuple of Factor
        Its columns.

    Returns
    -------
    factors : tuple of Factor
        With the range that their columns have.
    values : float64 array, shape (points, factors)

    Raises
    ------
    ScenarioError
        Naming file, row and column of the first value that cannot be used, or the column that has
        one value only.
    """
    paths = [factor.path for factor in factors]
    shape = CsvFormat(POINTS_FILE, MOST_BYTES, {path: path for path in paths}, paths)
    rows = read_table(file, shape)
    values = np.array([[_number(file, row, factor) for factor in factors] for row in rows])
    for factor, column in zip(factors, values.T, strict=True):
        if column.min() == column.max():
            raise ScenarioError(
                "this column has one value only, so it is no factor",
                file=file,
                key=f"column {factor.path}",
                value=factor.text(column[0]),
                fix="set it in the scenario's file, and remove the column",
            )
    narrowed = [
        factor
        if factor.choices
        else dataclasses.replace(factor, low=float(column.min()), high=float(column.max()))
        for factor, column in zip(factors, values.T, strict=True)
    ]
    return tuple(narrowed), values


def _number(file: Path, row: CsvRow, factor: Factor) -> float:
    """Read the number that stands for a cell in a design."""
    cell = row.cells.get(factor.path)
    if cell is None:
        raise ScenarioError(
            "this point leaves a factor open",
            file=file,
            key=f"row {row.line}, column {factor.path}",
            fix=f"give it a value in every row, {IF_OPEN}",
        )
    cell = dataclasses.replace(cell, if_unknown="")
    if factor.choices:
        texts = [factor.text(index) for index in range(len(factor.choices))]
        return float(texts.index(cell.name(texts, "this is none of the choices")))
    whole = factor.kind == "integer"
    return cell.number(factor.low, factor.high, whole=whole, advice=f"correct it, {IF_OPEN}")
