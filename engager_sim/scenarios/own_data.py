"""Own data on men: a CSV file with a row per leaver, in place of leavers who are drawn."""

import contextlib
import math
from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engager_sim.errors import ScenarioError
from engager_sim.scenarios.csv_table import Cell, CsvFormat, CsvRow, read_table
from engager_sim.scenarios.layered_file import LayeredFile
from engager_sim.scenarios.value_checks import refuse_unknown
from engager_sim.theory.circumstances import (
    HOUSING,
    OLDEST,
    RELATIONSHIPS,
    SUBSTANCE,
    WORK,
    YOUNGEST,
)
from engager_sim.world.deployment import no_men_given
from engager_sim.world.records import ARMS
from engager_sim.world.setting import Setting

MOST_BYTES = 100_000_000
MOST_MEN = 1_000_000
LATEST_ENTRY = 519
LONGEST_TO_RELEASE = 104
WORST_DISTRESS = 40


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A column that a table of men may have.

    Attributes
    ----------
    meaning : str
        What it holds, in one sentence.
    allowed : str
        What a cell may be.
    field : str
        Field of the record that it fills.
    read : callable
        Reads a cell, given the setting.
    need : int, optional
        Which of a man's needs, where the field holds several.
    """

    meaning: str
    allowed: str
    field: str
    read: Callable[[Cell, Setting], float]
    need: int | None = None


def _share(cell: Cell, _: Setting) -> float:
    return cell.number(0, 1, advice="say what its scale is under [population.scales]")


def _arm(cell: Cell, _: Setting) -> float:
    return float(ARMS.index(cell.name(ARMS, "there is no arm of this name")))


def _team(cell: Cell, setting: Setting) -> float:
    names = [team.name for team in setting.teams]
    return float(names.index(cell.name(names, "there is no team of this name")))


def _yes_no(cell: Cell, _: Setting) -> float:
    return float(cell.yes_no())


COLUMNS: dict[str, OwnColumn] = {
    "entry_week": OwnColumn(
        "week of the run in which he enters, counted from 0",
        f"whole number, 0-{LATEST_ENTRY}",
        "entry_week",
        lambda cell, _: cell.number(0, LATEST_ENTRY, whole=True),
    ),
    "weeks_to_release": OwnColumn(
        "weeks from entry to release",
        f"whole number, 0-{LONGEST_TO_RELEASE}",
        "weeks_to_release",
        lambda cell, _: cell.number(0, LONGEST_TO_RELEASE, whole=True),
    ),
    "arm": OwnColumn("arm he is in", " or ".join(ARMS), "arm", _arm),
    "team": OwnColumn("team that works with him", "name of a team of his arm", "team", _team),
    "prior_trust": OwnColumn("trust in services at entry", "0-1", "prior_trust", _share),
    "autonomous": OwnColumn("autonomous motivation at entry", "0-1", "autonomous", _share),
    "need_housing": OwnColumn(
        "whether he will have no stable accommodation", "yes or no", "need", _yes_no, HOUSING
    ),
    "need_substance": OwnColumn("need about drugs or alcohol", "0-1", "need", _share, SUBSTANCE),
    "need_work": OwnColumn("need about work and money", "0-1", "need", _share, WORK),
    "need_relationships": OwnColumn(
        "need about relationships", "0-1", "need", _share, RELATIONSHIPS
    ),
    "distress": OwnColumn(
        "distress at entry, on CORE-OM",
        f"0-{WORST_DISTRESS}",
        "distress",
        lambda cell, _: cell.number(0, WORST_DISTRESS),
    ),
    "age": OwnColumn(
        "age at entry, in years",
        f"{YOUNGEST:g}-{OLDEST:g}",
        "age",
        lambda cell, _: cell.number(YOUNGEST, OLDEST),
    ),
    "short_sentence": OwnColumn(
        "whether his sentence is under a year", "yes or no", "short_sentence", _yes_no
    ),
}
"""The columns a table of men may have, besides ``id``; what is not given is drawn."""


CODES = "missing = [{}] under [population]"
IF_STRANGE = (
    "write ignore = [{names}] under [population] for columns that are not to be read, and for one "
    "of another name, for example, distress = NAME under [population.columns]"
)
READING = ("men", "missing", "ignore", "columns", "scales")
"""What a population says of how its table is read, and not of the men."""


@dataclass(frozen=True)
class Men:
    """Men from own data.

    Attributes
    ----------
    given : numpy.recarray of GIVEN
        A record per man; NaN where the table says nothing.
    ids : tuple of str
        Their own ids, empty where one has none; no ids at all where the table has none.
    notes : tuple of str
        One sentence per column: for how many men it is given, for how many drawn.
    """

    given: np.recarray
    ids: tuple[str, ...]
    notes: tuple[str, ...]


def refuse_unusable_reading(setting: Setting, file: LayeredFile) -> None:
    """Refuse to read a table otherwise than a table can be read, or where there is none.

    Raises
    ------
    ScenarioError
        Naming the key.
    """
    people = setting.population
    said = [key for key in READING[1:] if getattr(people, key)]
    if said and people.men is None:
        raise file.error(
            "there is no table of men that this could be about",
            ("population", said[0]),
            fix='write men = "FILE.csv" too, or take the line out',
        )
    refuse_unknown(people.columns, ("id", *COLUMNS), ("population", "columns"), file)
    headings = [*people.columns.values(), *people.ignore]
    if double := [name for name in headings if headings.count(name) > 1]:
        raise file.error(
            "this column would be read in two ways",
            ("population", "columns"),
            value=double[0],
            allowed="each column of the table once, in columns or in ignore",
            fix="take one of them out",
        )
    shares = [name for name, column in COLUMNS.items() if column.read is _share]
    refuse_unknown(people.scales, shares, ("population", "scales"), file)
    for name, (zero, one) in people.scales.items():
        if zero == one or math.isinf(one - zero):
            raise file.error(
                "the two ends of a scale are the same, or too far apart",
                ("population", "scales", name),
                value=zero,
                allowed="what is 0, and what is 1",
                fix="write for example [1, 4]",
            )


def read_men(file: Path, setting: Setting) -> Men:
    """Read a table of men.

    Raises
    ------
    ScenarioError
        With file, row and column, if a cell cannot be used.
    """
    people = setting.population
    taken = people.columns.values()
    columns = {name: name for name in ("id", *COLUMNS) if name not in taken} | people.columns
    shape = CsvFormat("a table of men", MOST_BYTES, columns, (), people.ignore, CODES, IF_STRANGE)
    known = array("d")  # a row of numbers per man; a million men take 96 MB
    lines: dict[str, int] = {}
    ids: list[str] = []
    codes: Counter[str] = Counter()
    found: set[float | str] = set()
    for row in read_table(file, shape):
        _refuse_same_id(row, lines)
        ids.append(row.cells["id"].text if "id" in row.cells else "")
        for name in list(row.cells) if people.missing else ():
            if held := _codes_in(name, row.cells[name], people.missing):
                found.update(held)
                codes[name] += 1
                del row.cells[name]
        known.extend(_numbers(row, setting))
        if len(ids) > MOST_MEN:
            raise ScenarioError(
                "the table has too many men",
                file=file,
                allowed=f"at most {MOST_MEN:,}",
                fix="split it into several scenarios",
            )
    table = np.array(known).reshape(-1, len(COLUMNS))
    given = no_men_given(len(table))
    for column, values in zip(COLUMNS.values(), table.T, strict=True):
        field = given[column.field]
        if column.need is None:
            field[:] = values
        else:
            field[:, column.need] = values
    notes = [
        _summary(name, values, codes[name]) for name, values in zip(COLUMNS, table.T, strict=True)
    ]
    if people.ignore:
        notes.append(f"columns of {file.name} not read, as asked: {', '.join(people.ignore)}")
    if unused := [code for code in people.missing if code not in found]:
        told = ", ".join(repr(code).removesuffix(".0") for code in unused)
        notes.append(f"codes for missing values in no cell that is read: {told}")
    valued = dict(zip(COLUMNS, ~np.isnan(table).all(axis=0), strict=True))
    if idle := [name for name in people.scales if not valued[name]]:
        notes.append(f"scales of columns without a value: {', '.join(idle)}")
    return Men(given, tuple(ids) if any(ids) else (), tuple(notes))


def arms_of(men: Men, allocated: set[str]) -> set[str]:
    """Tell which arms get men: those given, and those dealt to men whose arm is not given."""
    arms = men.given["arm"]
    dealt = allocated if bool(np.isnan(arms).any()) else set()
    return dealt | {ARMS[int(arm)] for arm in np.unique(arms[~np.isnan(arms)])}


def _refuse_same_id(row: CsvRow, lines: dict[str, int]) -> None:
    if (cell := row.cells.get("id")) is None:
        return
    if cell.text in lines:
        raise cell.error(
            "two men have the same id",
            allowed="an id of his own for each man",
            fix=f"row {lines[cell.text]} has it too; rename or remove one of them",
        )
    lines[cell.text] = row.line


def _codes_in(name: str, cell: Cell, codes: Sequence[float | str]) -> list[float | str]:
    """Find the codes that stand for a missing value and that a cell holds."""
    held: set[float | str] = {cell.text}
    with contextlib.suppress(ValueError):
        held.add(float(cell.text))
    return [code for code in codes if name != "id" and code in held]


def _numbers(row: CsvRow, setting: Setting) -> list[float]:
    """Read one man's columns, in order, NaN where nothing is said; his team decides his arm."""
    numbers = dict.fromkeys(COLUMNS, math.nan)
    scales = setting.population.scales
    for name, cell in row.cells.items():
        if name in scales:
            zero, one = scales[name]
            numbers[name] = (cell.number(min(zero, one), max(zero, one)) - zero) / (one - zero)
        elif name != "id":
            numbers[name] = COLUMNS[name].read(cell, setting)
    if not math.isnan(numbers["team"]):
        team = setting.teams[int(numbers["team"])]
        arm = float(ARMS.index(team.arm))
        if numbers["arm"] == 1.0 - arm:
            raise row.cells["team"].error(
                f"this team works in the arm {team.arm}, but the man is in the other",
                allowed="a team of the man's own arm",
                fix="correct the arm or the team; an empty cell of arm follows the team",
            )
        numbers["arm"] = arm
    return list(numbers.values())


def _summary(name: str, values: npt.NDArray[np.float64], codes: int) -> str:
    known, men = int(np.count_nonzero(~np.isnan(values))), len(values)
    text = f"{name}: given for {known} of {men} men, drawn for {men - known}"
    if known in (0, men):
        text = f"{name}: {'given' if known else 'drawn'} for all {men} men"
    return text + (f" ({codes} by a code for a missing value)" if codes else "")
