"""Agents as views: every attribute of an agent reads and writes one field of its record.

The attributes are made from the declared fields, so an agent has exactly the states that the theory
declares, with their meaning, unit and range as documentation.
"""

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import mesa
import numpy as np
import numpy.typing as npt

from engager_sim.errors import RangeError
from engager_sim.runs.tables.leavers import CODES, PARTS
from engager_sim.theory.declaration import StateField, states_of
from engager_sim.world.observed import NOT_YET

FIXED_UNITS = ("index", "number")
FIXED_FIELDS = ("arm",)


def is_fixed(field: StateField) -> bool:
    """Tell whether a field holds an index or an identity: it can be read, not written.

    The compiled week does not check the indices that records hold, and the random numbers are keyed
    by the numbers of people.
    """
    return field.unit in FIXED_UNITS or field.name in FIXED_FIELDS


class RecordView(mesa.Agent):  # type: ignore[misc]  # Mesa ships no types
    """A Mesa agent that keeps nothing of its own: a view onto the record at an index of many."""

    declared: ClassVar[Mapping[str, StateField]] = {}
    """Every declared field of the record, by name."""

    def __init_subclass__(cls, declared: type | None = None, **named: Any) -> None:
        """Give the class a property for every declared field that no class above it defines."""
        super().__init_subclass__(**named)
        if declared is None:
            return
        cls.declared = {field.name: field for field in states_of(declared)}
        for field in cls.declared.values():
            if not hasattr(cls, field.name):
                setattr(cls, field.name, _property_of(field))

    def __init__(self, model: mesa.Model, records: np.recarray, index: int) -> None:
        super().__init__(model)
        self._records = records
        self._index = index

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

        def __setattr__(self, name: str, value: Any) -> None: ...

    @property
    def index(self) -> int:
        """Position of this agent among those of its kind, from 0."""
        return self._index

    @property
    def record(self) -> Any:
        """The record itself, as numpy holds it; writing to it checks nothing."""
        return self._records[self._index]

    def index_of(self, name: str) -> int:
        """Give the index of the record that a field points to; -1 for none."""
        return int(self._records[name][self._index])

    def code_meaning(self, name: str) -> str:
        """Give the meaning of the code in a field such as ``place`` or ``ending``.

        Raises
        ------
        KeyError
            If the field holds no code, or one for each of several parts.
        """
        if name not in CODES or name not in self.declared or self.declared[name].length:
            raise KeyError(f"{name!r} is not a field of {type(self).__name__} that holds a code")
        return CODES[name][self.index_of(name)]

    def __repr__(self) -> str:
        return f"{type(self).__name__} {self._index}"


class NamedValues(MutableMapping[str, float]):
    """The parts of a field that holds several values, by name; reads and writes the record.

    ``numpy.asarray`` makes an array of them.
    """

    def __init__(
        self, names: tuple[str, ...], values: npt.NDArray[Any], field: StateField, owner: str
    ) -> None:
        self._position = {name: position for position, name in enumerate(names)}
        self._values = values
        self._field = field
        self._owner = owner

    def __getitem__(self, name: str) -> float:
        value: float = self._values[self._position[name]].item()
        return value

    def __setitem__(self, name: str, value: float) -> None:
        position = self._position[name]
        if is_fixed(self._field):
            raise AttributeError(f"{self._owner}.{self._field.name} is fixed: it is an index")
        self._values[position] = checked(self._field, value, self._values.dtype, self._owner, name)

    def __delitem__(self, name: str) -> None:
        raise TypeError(f"a record keeps all its parts: set {name!r} instead")

    def __iter__(self) -> Iterator[str]:
        return iter(self._position)

    def __len__(self) -> int:
        return len(self._position)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[Any]:
        if copy is False:
            raise ValueError("the values are copied out of the record")
        return np.array(self._values, dtype=dtype)

    def __repr__(self) -> str:
        return repr(dict(self))


def checked(
    field: StateField, value: object, kind: np.dtype[Any], owner: str, part: str = ""
) -> float:
    """Convert a value into what the record holds.

    Raises
    ------
    TypeError
        If the value is not a number, or not a whole one where the record holds whole numbers.
    RangeError
        If it is outside the declared range.
    """
    name = f"{owner}.{field.name}" + (f"[{part!r}]" if part else "")
    whole = kind.kind == "i"
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        number = None
    if number is None or (whole and not number.is_integer()):
        expected = "a whole number" if whole else "a number"
        raise TypeError(f"{name} is {expected} ({field.unit}), not {value!r}")
    if not field.low <= number <= field.high:
        allowed = f"{field.low:g} to {field.high:g} {field.unit}"
        raise RangeError("outside its declared range", key=name, value=value, allowed=allowed)
    return int(number) if whole else number


def documentation(field: StateField) -> str:
    """Document a field: its meaning, unit and range, and which event of the week writes it."""
    parts = f" Parts: {', '.join(PARTS[field.name])}." if field.length else ""
    writing = "Read-only" if is_fixed(field) else f"Written by the event {field.written_by}"
    meaning = field.meaning[0].upper() + field.meaning[1:]
    return f"{meaning} ({field.unit}, {field.low:g} to {field.high:g}).{parts} {writing}."


def views[A: RecordView](kind: type[A], model: mesa.Model, records: np.recarray) -> list[A]:
    """Make an agent for every record."""
    return [kind(model, records, index) for index in range(len(records))]


def agent_at[A](agents: Sequence[A], index: int) -> A | None:
    """Give the agent at an index; ``None`` where a record points to nobody."""
    return None if index == NOT_YET else agents[index]


def _property_of(field: StateField) -> property:
    get, put = _array_accessors(field) if field.length else _scalar_accessors(field)
    return property(get, None if is_fixed(field) else put, doc=documentation(field))


def _scalar_accessors(field: StateField) -> tuple[Any, Any]:
    name = field.name

    def get(agent: RecordView) -> float:
        value: float = agent._records[name][agent._index].item()
        return value

    def put(agent: RecordView, value: float) -> None:
        column = agent._records[name]
        column[agent._index] = checked(field, value, column.dtype, type(agent).__name__)

    return get, put


def _array_accessors(field: StateField) -> tuple[Any, Any]:
    name, parts = field.name, PARTS[field.name]

    def get(agent: RecordView) -> NamedValues:
        return NamedValues(parts, agent._records[name][agent._index], field, type(agent).__name__)

    def put(agent: RecordView, values: Mapping[str, float] | Sequence[float]) -> None:
        given = [values[part] for part in parts] if isinstance(values, Mapping) else list(values)
        if len(given) != len(parts):
            raise TypeError(f"{name} has {len(parts)} parts: {', '.join(parts)}")
        stored, owner = agent._records[name][agent._index], type(agent).__name__
        stored[:] = [
            checked(field, value, stored.dtype, owner, part)
            for part, value in zip(parts, given, strict=True)
        ]

    return get, put
