"""What a declared parameter and a declared state are.

A theme declares its parameters as the fields of a class, each with one sentence of meaning, a
unit, a range, a default, a source and a role. Everything else that needs to know a parameter
(scenario files, the command line, sliders, sensitivity bounds, the tables of the documents) reads
the declaration. States are declared the same way, with the event of the week that writes them.

Declarations are laid out by hand: what is short on the first line, the rest below it.
"""

import dataclasses
import functools
import math
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

ASSUMPTION, FITTED = "assumption", "fitted"
ANCHORED = (0.2, 0.5, 0.8)
"""Levels of a lever without a unit of its own at which its anchors stand."""

type Vector = npt.NDArray[np.float64]
type IntegerVector = npt.NDArray[np.int64]


class Role(StrEnum):
    """Who decides a parameter's value."""

    LEVER = "lever"
    """A service can choose it. Its default is the usual-care reference level."""
    UNCERTAINTY = "uncertainty"
    """Nobody knows it exactly; it is a claim about people or organisations."""
    SETTING = "setting"
    """The modeller or the situation fixes it."""


@dataclasses.dataclass(frozen=True, slots=True)
class Parameter:
    """One declared parameter, with its meaning in one sentence and its closed range.

    The unit of a fraction in [0, 1] is ``"share"``. The default stands unless a scenario says
    otherwise; a lever's is the usual-care reference level, an uncertain parameter's the median of
    its prior or, where published figures inform it, its fitted value. ``source`` is a key into
    :data:`engager_sim.theory.sources.SOURCES`, or ``"assumption"``; ``kind`` is ``"real"``,
    ``"integer"``, ``"category"`` or ``"on/off"``; ``choices`` name the values 0, 1, ... of a
    category. ``anchors`` say what a real service looks like at :data:`ANCHORED` of a lever that has
    no unit of its own; they are judgements (assumption).
    """

    name: str
    theme: str
    meaning: str
    unit: str
    low: float
    high: float
    median: float
    role: Role
    source: str
    kind: str = "real"
    choices: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    fitted: float | None = None

    @property
    def path(self) -> str:
        """The full name, ``theme.name``."""
        return f"{self.theme}.{self.name}"

    @property
    def default(self) -> float:
        """The value that stands unless a scenario says otherwise."""
        return self.median if self.fitted is None else self.fitted

    @property
    def source_of_default(self) -> str:
        """Where the default is from: fitted, or the source of the declaration."""
        return self.source if self.fitted is None else FITTED

    @property
    def prior(self) -> tuple[float, float, float] | None:
        """The 5%, median and 95% of an uncertain number's prior; nothing for any other.

        Half of the weight lies evenly on either side of the median, to the ends of the range
        (assumption: that far belief goes, and no finer).
        """
        if self.role is not Role.UNCERTAINTY or self.kind != "real":
            return None
        low = self.low + 0.1 * (self.median - self.low)
        return low, self.median, self.high - 0.1 * (self.high - self.median)

    @property
    def anchored(self) -> str:
        """What the anchored levels look like, in one line; nothing for a parameter without."""
        levels = zip(ANCHORED, self.anchors, strict=False)
        return "; ".join(f"{level:g}: {words}" for level, words in levels)

    @property
    def explained(self) -> str:
        """The meaning, with the anchored levels where there are any."""
        return f"{self.meaning} ({self.anchored})" if self.anchors else self.meaning


type Initial = float | Literal["drawn", "given"]
"""What a state is when week 0 opens: see :func:`state`."""


@dataclasses.dataclass(frozen=True, slots=True)
class StateField:
    """One declared field of an agent's record: unit, closed range, who writes it, meaning.

    ``initial`` is what the field holds when week 0 opens: see :func:`state`.
    """

    name: str
    meaning: str
    unit: str
    low: float
    high: float
    written_by: str
    initial: Initial
    length: int = 0


def _declare(
    role: Role, default: float, low: float, high: float, unit: str, meaning: str, source: str,
    kind: str, choices: tuple[str, ...] = (), anchors: tuple[str, ...] = (),
    fitted: float | None = None,
) -> Any:  # fmt: skip
    facts = {"meaning": meaning, "unit": unit, "low": low, "high": high, "median": default}
    facts |= {"role": role, "source": source, "kind": kind, "choices": choices, "anchors": anchors}
    stands = default if fitted is None else fitted
    return dataclasses.field(default=stands, metadata={"parameter": facts | {"fitted": fitted}})


def _number(
    role: Role, default: float, low: float, high: float, unit: str, meaning: str,
    source: str = ASSUMPTION, anchors: tuple[str, ...] = (), fitted: float | None = None,
) -> Any:  # fmt: skip
    kind = "integer" if isinstance(default, int) else "real"
    return _declare(
        role, default, low, high, unit, meaning, source, kind, anchors=anchors, fitted=fitted
    )


lever = functools.partial(_number, Role.LEVER)
"""Declare something a service can choose; ``default`` is the usual-care reference level."""
uncertainty = functools.partial(_number, Role.UNCERTAINTY)
"""Declare an uncertain parameter: a claim about people or organisations.

Its first number is the prior's median; ``fitted`` is written by ``docs.central_values``."""
setting = functools.partial(_number, Role.SETTING)
"""Declare a quantity that the modeller or the situation fixes."""


def category(
    default: int, choices: tuple[str, ...], role: Role, meaning: str, source: str = ASSUMPTION
) -> Any:
    """Declare a choice among named values, stored as 0, 1, ..."""
    high = len(choices) - 1
    return _declare(role, default, 0, high, "choice", meaning, source, "category", choices)


def on_off(default: int, role: Role, meaning: str, source: str = ASSUMPTION) -> Any:
    """Declare a switch, stored as 0 (off) or 1 (on)."""
    return _declare(role, default, 0, 1, "on/off", meaning, source, "on/off")


def theme_switch(theme: str) -> Any:
    """Declare the switch that turns a whole theme off (ablation)."""
    off = "off, its states stay at their usual-care reference"
    meaning = f"whether the rules of {theme} run; {off}"
    return on_off(1, Role.SETTING, meaning, "structure of the model")


def state(
    meaning: str, unit: str, low: float, high: float, written_by: str, initial: Initial = 0.0,
    length: int = 0,
) -> Any:  # fmt: skip
    """Declare one field of a record.

    Parameters
    ----------
    written_by : str
        The event of the week that settles the field; ``enter`` if none does after the start.
    initial : float, or "drawn" or "given"
        What the field holds when week 0 opens. A number, if every record begins with it: blank
        records are filled with it, and nothing else writes the field before week 0. ``drawn``, if
        it is set when the world is populated: by the dice, by the theory's parameters, by own data
        on men. ``given``, if it is set when the world is deployed: by the setting or, in what is
        said of a man, by own data.
    length : int
        How many values of one kind the field holds; 0 for one that is not a vector.
    """
    facts = {"meaning": meaning, "unit": unit, "low": low, "high": high}
    facts |= {"written_by": written_by, "initial": initial, "length": length}
    begins = math.nan if isinstance(initial, str) else initial
    if length:
        return dataclasses.field(
            default_factory=lambda: [begins] * length, metadata={"state": facts}
        )
    return dataclasses.field(default=begins, metadata={"state": facts})


def states(
    length: int, meaning: str, unit: str, low: float, high: float, written_by: str,
    initial: Initial = 0.0,
) -> Any:  # fmt: skip
    """Declare a field of a record that holds ``length`` values of one kind (see :func:`state`)."""
    return state(meaning, unit, low, high, written_by, initial, length)


def parameters_of(theme: type, name: str) -> Iterator[Parameter]:
    """Yield the declared parameters of one theme's class, in order of declaration."""
    for field in dataclasses.fields(theme):
        yield Parameter(name=field.name, theme=name, **field.metadata["parameter"])


def states_of(record: type) -> Iterator[StateField]:
    """Yield the declared fields of one record class, in order of declaration."""
    for field in dataclasses.fields(record):
        yield StateField(name=field.name, **field.metadata["state"])


def record_type(declared: type) -> np.dtype[np.void]:
    """Derive the numpy record type of a class of declared fields.

    ``float`` becomes float64, ``int`` int64 in a parameter and as few bytes as will do in a state;
    ``Vector`` and ``IntegerVector`` become sub-arrays of their declared length, a class of declared
    fields becomes a nested record.
    """
    columns: list[Any] = []
    for field in dataclasses.fields(declared):
        if field.type is float or field.type is int:
            number = np.float64 if field.type is float else _whole(field.metadata)
            columns.append((field.name, number))
        elif field.type is Vector or field.type is IntegerVector:
            number = np.float64 if field.type is Vector else _whole(field.metadata)
            columns.append((field.name, number, (field.metadata["state"]["length"],)))
        else:
            columns.append((field.name, record_type(field.type)))  # type: ignore[arg-type]
    return np.dtype(columns)


def _whole(declared: Mapping[str, Any]) -> type[np.signedinteger]:
    """Give the type of whole numbers of a parameter or of a state.

    Every week looks at every man, and a large world waits for memory more than it computes: a state
    takes a short type that holds its range twice over, so that a value beyond the range is still
    there for the check of ranges to see. A count takes 32 bits at least, because rules as they are
    written add it to what 16 bits do not hold, as part of a key of random numbers.
    """
    if "state" not in declared:
        return np.int64
    furthest = 2.0 * max(declared["state"]["high"], -declared["state"]["low"])
    short = (kind for kind in (np.int8, np.int32) if furthest <= np.iinfo(kind).max)
    return next(short, np.int64)


def not_set(kind: np.dtype[Any]) -> float:
    """Give what a blank record holds where a value is yet to be drawn or given."""
    return math.nan if kind.kind == "f" else int(np.iinfo(kind).min)


def blank_records(declared: type, count: int) -> np.recarray:
    """Make records of a class of declared states, each field at its declared initial value.

    Where that is to be drawn or given, a number stands that nobody can mistake for a state: NaN, or
    the least whole number.
    """
    records = np.empty(count, record_type(declared))
    for field in states_of(declared):
        column = records[field.name]
        is_set_later = isinstance(field.initial, str)
        column[...] = not_set(column.dtype) if is_set_later else field.initial
    return records.view(np.recarray)
