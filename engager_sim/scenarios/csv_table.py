"""Tables of own data: CSV files read strictly, so that a misspelt column is never ignored."""

import contextlib
import csv
import io
import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from annotated_types import Ge, Le

from engager_sim.errors import ScenarioError
from engager_sim.scenarios.scenario_file import did_you_mean
from engager_sim.scenarios.text_file import read_text
from engager_sim.scenarios.value_checks import RefusedValueError, listed, validated

YES_NO = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}


@dataclass(frozen=True, slots=True)
class Cell:
    """One value that a table or a network file gives as text, with where it stands."""

    text: str
    file: Path
    location: str
    label: str

    @property
    def key(self) -> str:
        """Where it stands, such as ``row 3, column distress``."""
        return f"{self.location}, {self.label}"

    def error(self, problem: str, *, allowed: str, fix: str) -> ScenarioError:
        """Make an error that names file, location and value."""
        return ScenarioError(
            problem, file=self.file, key=self.key, value=self.text, allowed=allowed, fix=fix
        )

    def number(self, low: float, high: float, *, whole: bool = False) -> float:
        """Read a number in a closed range.

        Raises
        ------
        ScenarioError
            If it is no number, not finite, out of range, or has decimals where none may be.
        """
        value: object = self.text
        with contextlib.suppress(ValueError):
            number = float(self.text)
            value = int(number) if whole and number.is_integer() else number
        kind: Any = int if whole else float
        try:
            return float(validated(Annotated[kind, Ge(low), Le(high)], value))
        except RefusedValueError as refused:
            fix = refused.fix
            if isinstance(value, str):
                comma = "," in self.text
                fix = "write decimals with a point" if comma else "leave it empty if it is unknown"
            elif isinstance(value, float) and math.isfinite(value) and whole:
                fix = f"round it, for example to {round(value)}"
            raise self.error(
                refused.problem, allowed=f"{refused.allowed}, or nothing where unknown", fix=fix
            ) from None

    def yes_no(self) -> bool:
        """Read yes or no.

        Raises
        ------
        ScenarioError
            If it is neither.
        """
        word = self.text.lower()
        if word not in YES_NO:
            raise self.error(
                "this is neither yes nor no",
                allowed="yes or no (also true or false, 1 or 0), or nothing where unknown",
                fix="write yes or no, or leave it empty",
            )
        return YES_NO[word]

    def name(self, valid: Collection[str], problem: str) -> str:
        """Read one of the valid names.

        Raises
        ------
        ScenarioError
            With the nearest valid name.
        """
        if self.text not in valid:
            fix = did_you_mean(self.text, valid) or "choose one of the names that are allowed"
            raise self.error(problem, allowed=listed(valid), fix=fix)
        return self.text


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the line it stands in, counted from 1, and those of its cells that are not empty."""

    line: int
    cells: dict[str, Cell]


def read_table(
    file: Path,
    columns: Collection[str],
    required: Collection[str],
    most_bytes: int,
    description: str,
) -> Iterator[Row]:
    """Read a CSV file with a header, row by row; blank lines are skipped.

    Parameters
    ----------
    file : Path
        The file; rows are counted as its lines, so the header is row 1.
    columns, required : collection of str
        The columns it may and must have.
    most_bytes : int
        A larger file is refused.
    description : str
        What the file should be, for messages.

    Raises
    ------
    ScenarioError
        If it cannot be read, has an unknown, double or missing column, a row of a wrong length or
        without any value, or no rows.
    """
    lines = csv.reader(
        io.StringIO(read_text(file, most_bytes, description), newline=""), strict=True
    )
    filled = (texts for texts in lines if texts)
    try:
        header = _header(file, next(filled, []), columns, required)
        empty = True
        for texts in filled:
            yield _row(file, lines.line_num, header, texts)
            empty = False
    except csv.Error as error:
        raise ScenarioError(
            f"this is not a CSV table: {error}",
            file=file,
            key=f"row {lines.line_num}",
            fix='put text that holds a comma or a line break in "quotation marks"',
        ) from None
    if empty:
        raise ScenarioError(
            "the table has no rows",
            file=file,
            allowed="a header and at least one row",
            fix="add a row, or remove the line that names this file",
        )


def _header(
    file: Path, texts: list[str], columns: Collection[str], required: Collection[str]
) -> tuple[str, ...]:
    if not texts:
        raise ScenarioError(
            "the table is empty",
            file=file,
            allowed="a header and at least one row",
            fix=f"its columns may be {listed(columns)}",
        )
    names = tuple(text.strip() for text in texts)
    for index, name in enumerate(names):
        problem = fix = None
        if name not in columns:
            problem, fix = "this column is not known", did_you_mean(name, columns)
            if len(names) == 1 and any(mark in name for mark in ";\t"):
                fix = "separate columns by commas"
        elif name in names[:index]:
            problem, fix = "this column is there twice", "keep one of them"
        if problem:
            raise ScenarioError(
                problem,
                file=file,
                key=f"row 1, column {index + 1}",
                value=name,
                allowed=", ".join(columns),
                fix=fix or "rename or remove the column",
            )
    for name in required:
        if name not in names:
            raise ScenarioError(
                f"the column {name} is missing",
                file=file,
                key="row 1",
                value=", ".join(names),
                allowed=", ".join(columns),
                fix=f"add a column {name}",
            )
    return names


def _row(file: Path, line: int, header: tuple[str, ...], texts: list[str]) -> Row:
    location = f"row {line}"
    if len(texts) != len(header):
        raise ScenarioError(
            "this row has another number of cells than the header",
            file=file,
            key=location,
            value=f"{len(texts)} cells",
            allowed=f"{len(header)} cells",
            fix="write a comma for each empty cell, and decimals with a point",
        )
    cells = {
        column: Cell(text.strip(), file, location, f"column {column}")
        for column, text in zip(header, texts, strict=True)
        if text.strip()
    }
    if not cells:
        raise ScenarioError(
            "this row says nothing",
            file=file,
            key=location,
            allowed="at least one value in a row",
            fix="remove the row, or fill one of its cells",
        )
    return Row(line, cells)
