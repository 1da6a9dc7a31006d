"""Tables of own data: CSV files read strictly, so that a misspelt column is never ignored."""

import contextlib
import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from annotated_types import Ge, Le

from engager_sim.errors import ScenarioError
from engager_sim.scenarios.csv_rows import filled_rows, header_of
from engager_sim.scenarios.layered_file import did_you_mean
from engager_sim.scenarios.value_checks import RefusedValueError, listed, validated

YES_NO = {"yes": True, "no": False, "true": True, "false": False}
CODE = re.compile(
    r"(?:-?(?:7{2,}|8{2,}|9{2,})|-[1-9])(?:\.0+)?"
    r"|#?n/?a[n!]?|null|none|missing|(?:un|not )known|[-.?*]+",
    re.IGNORECASE,
)
"""What stands for a value that is not known in tables of other programs."""
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
MOST_NAMED = 10
NOT_KNOWN = "this column is not known"


@dataclass(frozen=True, slots=True)
class Cell:
    """One value that a table or a network file gives as text, with where it stands.

    ``if_unknown`` says what to do about a value that is not known; nothing where all must be.
    """

    text: str
    file: Path
    location: str
    label: str
    if_unknown: str = "leave the cell empty"
    codes: str = ""

    @property
    def key(self) -> str:
        """Where it stands, such as ``row 3, column distress``."""
        return f"{self.location}, {self.label}"

    def error(self, problem: str, *, allowed: str, fix: str) -> ScenarioError:
        """Make an error that names file, location and value."""
        if self.if_unknown and CODE.fullmatch(self.text):
            code = self.text if NUMBER.fullmatch(self.text) else f'"{self.text}"'
            problem = "this looks like a code for a missing value"
            fix = self.if_unknown + (f", or write {self.codes.format(code)}" if self.codes else "")
        return ScenarioError(
            problem, file=self.file, key=self.key, value=self.text, allowed=allowed, fix=fix
        )

    def number(self, low: float, high: float, *, whole: bool = False, advice: str = "") -> float:
        """Read a number in a closed range; ``advice`` says what else to do about one outside.

        Raises
        ------
        ScenarioError
            If it is no number, not finite, out of range, or has decimals where none may be.
        """
        value: object = self.text
        with contextlib.suppress(ValueError):
            number = float(self.text.replace("_", "?"))  # Python reads 1_0 as 10
            if low <= number <= high and (not whole or number.is_integer()):
                return number  # at once, where there may be millions of cells
            value = int(number) if whole and number.is_integer() else number
        kind: Any = int if whole else float
        try:
            return float(validated(Annotated[kind, Ge(low), Le(high)], value))
        except RefusedValueError as refused:
            fix, allowed = advice or "correct it", refused.allowed
            if self.if_unknown:
                fix += f", or {self.if_unknown} if it is not known"
                allowed += ", or nothing where unknown"
            if isinstance(value, str) and "," in self.text:
                fix = "write decimals with a point"
            elif isinstance(value, float) and math.isfinite(value) and whole:
                fix = f"round it, for example to {round(value)}"
            raise self.error(refused.problem, allowed=allowed, fix=fix) from None

    def yes_no(self) -> bool:
        """Read yes or no, also as a number: 1 or 1.0, 0 or 0.0.

        Raises
        ------
        ScenarioError
            If it is neither.
        """
        if (word := self.text.lower()) in YES_NO:
            return YES_NO[word]
        with contextlib.suppress(ValueError):
            if (number := float(word)) in (0.0, 1.0):
                return number == 1.0
        raise self.error(
            "this is neither yes nor no",
            allowed="yes or no (also true or false, 1 or 0), or nothing where unknown",
            fix=f"write yes or no, or {self.if_unknown} if it is not known",
        )

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
class CsvRow:
    """A row: the line it stands in, counted from 1, and those of its cells that are not empty."""

    line: int
    cells: dict[str, Cell]


@dataclass(frozen=True)
class CsvFormat:
    """What a table may be.

    Attributes
    ----------
    description : str
        What the file should be, for messages.
    most_bytes : int
        A larger file is refused.
    columns : mapping of str to str
        Its columns, and what each is called in the file.
    required : collection of str
        Which of them it must have.
    ignored : collection of str
        Columns of the file that are not read; they must be there too.
    codes : str
        Where codes for missing values are declared, with ``{}`` for one of them.
    if_strange : str
        What to do about columns that are not known, after ``{names}`` of them.
    """

    description: str
    most_bytes: int
    columns: Mapping[str, str]
    required: Collection[str] = ()
    ignored: Collection[str] = ()
    codes: str = ""
    if_strange: str = "rename or remove {names}"


class _Fault(NamedTuple):
    """What is wrong with a header, how to mend it, and in which columns it is."""

    problem: str
    fix: str
    columns: Sequence[int] = ()


def read_table(file: Path, shape: CsvFormat) -> Iterator[CsvRow]:
    """Read a CSV file with a header, row by row; rows without any value are skipped.

    Rows are counted as the file's lines, so the header is row 1, or row 2 after a line ``sep=,``.

    Raises
    ------
    ScenarioError
        If it cannot be read, has an unknown, double or missing column, a row of a wrong length or
        no rows.
    """
    filled = filled_rows(file, shape.most_bytes, shape.description)
    header, empty = _header(file, *header_of(filled), shape), True
    for line, texts in filled:
        yield _row(file, line, header, texts, shape.codes)
        empty = False
    if empty:
        raise ScenarioError(
            "the table has no rows",
            file=file,
            allowed="a header and at least one row",
            fix="add a row, or remove the line that names this file",
        )


def _header(file: Path, line: int, names: list[str], shape: CsvFormat) -> dict[str, str | None]:
    """Find, in the file's order, which column each heading means; nothing for one not read."""
    meant = {heading: column for column, heading in shape.columns.items()}
    known = {**meant, **dict.fromkeys(shape.ignored)}
    if (fault := _fault(names, meant, known, shape)) is not None:
        told = fault.columns[:MOST_NAMED]
        columns = f", column{'s' if told[1:] else ''} {', '.join(str(at + 1) for at in told)}"
        raise ScenarioError(
            fault.problem,
            file=file,
            key=f"row {line}{columns if told else ''}" if names else None,
            value=", ".join([names[at] for at in told] or names[:MOST_NAMED]) or None,
            allowed=", ".join(known),
            fix=fault.fix,
        )
    return {name: known[name] for name in names}


def _fault(
    names: list[str], meant: Collection[str], known: Collection[str], shape: CsvFormat
) -> _Fault | None:
    """Find what is wrong with a header: what was asked for by name comes first."""
    if not names:
        return _Fault("the table is empty", f"its columns may be {listed(known)}")
    asked = [name for column, name in shape.columns.items() if name != column]
    for name in (*asked, *shape.ignored):
        if name not in names:
            return _missing(name, names, "correct or remove its name in the scenario file")
    if strange := [at for at, name in enumerate(names) if name not in known]:
        problem = f"{len(strange)} columns are not known" if strange[1:] else NOT_KNOWN
        return _Fault(
            problem, _advice([names[at] for at in strange], len(names), meant, shape), strange
        )
    if double := [at for at, name in enumerate(names) if name in names[:at]]:
        return _Fault("this column is there twice", "keep one of them", double)
    lacking = (name for key in shape.required if (name := shape.columns[key]) not in names)
    return next((_missing(name, names, f"add a column {name}") for name in lacking), None)


def _missing(name: str, names: list[str], fix: str) -> _Fault:
    return _Fault(f"the column {name} is missing", did_you_mean(name, names) or fix)


def _advice(strange: list[str], columns: int, meant: Collection[str], shape: CsvFormat) -> str:
    """Say what to do about columns that are not known."""
    if columns == 1 and (hint := other_separator(strange)) is not None:
        return hint
    near = {name: did_you_mean(name, meant) for name in strange[:MOST_NAMED]}
    hints = [f"{name}: {hint}" if strange[1:] else hint for name, hint in near.items() if hint]
    return "; ".join(hints) or shape.if_strange.format(
        names=", ".join(f'"{name}"' for name in near)
    )


def other_separator(header: Sequence[str]) -> str | None:
    """Say what to do about a header whose columns are separated by other than commas."""
    is_other = len(header) == 1 and any(mark in header[0] for mark in ";\t")
    return "separate columns by commas" if is_other else None


def _row(
    file: Path, line: int, header: Mapping[str, str | None], texts: list[str], codes: str
) -> CsvRow:
    location = f"row {line}"
    while len(texts) > len(header) and not texts[-1]:
        del texts[-1]
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
        column: Cell(value, file, location, f"column {heading}", codes=codes)
        for (heading, column), value in zip(header.items(), texts, strict=True)
        if value and column
    }
    return CsvRow(line, cells)
