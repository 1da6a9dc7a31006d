"""What hypothesis draws: parameters, states and arguments of rules, all within declared ranges.

A rule takes its parameters and states either as instances of the declared classes (plain Python)
or as numpy records (compiled, and plain over records); :func:`as_record` turns the one into the
other with the same values.
"""

import dataclasses
from typing import Any

import numpy as np
from hypothesis import strategies as st

from engager_sim.theory.declaration import parameters_of, record_type, states_of

ROUNDING = 1e-12
"""By how much rounding may spoil a comparison of two computed numbers."""

LARGEST_SCALE = 100.0
"""Fields with a larger range count things; they are drawn from its lower half, so that one more
week stays within it."""

SHARES = st.floats(0.0, 1.0)
UNIFORMS = st.floats(2.0**-53, 1.0 - 2.0**-53)
"""What the dice can give: never 0, never 1."""
SWITCHES = st.integers(0, 1)
HOURS = st.floats(0.0, 40.0)
WEEKS = st.integers(0, 1000)
WEEKS_FROM_RELEASE = st.one_of(st.integers(-104, 260).map(float), st.floats(-104.0, 260.0))
LOG_ODDS = st.floats(-10.0, 10.0)


def within(low: float, high: float, whole: bool) -> st.SearchStrategy[Any]:
    """Draw a number within a closed range, a whole one or any, and often one of its ends.

    What goes wrong goes wrong first where several parameters are at an end of their ranges.
    """
    if whole:
        return st.integers(round(low), round(high))
    return st.one_of(st.floats(float(low), float(high)), st.sampled_from((float(low), float(high))))


def parameters[Theme](theme: type[Theme], **fixed: Any) -> st.SearchStrategy[Theme]:
    """Draw a theme's parameters, each within its declared range.

    Parameters
    ----------
    theme : type
        A class of declared parameters.
    **fixed : object
        Values that are not drawn, or strategies to draw them from.
    """
    drawn: dict[str, st.SearchStrategy[Any]] = {
        parameter.name: within(parameter.low, parameter.high, parameter.kind != "real")
        for parameter in parameters_of(theme, theme.__name__)
    }
    return st.builds(theme, **(drawn | _strategies(drawn, fixed)))


def at_ends[Theme](theme: type[Theme], low: str = "", high: str = "") -> Theme:
    """Give a theme's defaults with some parameters at the low, some at the high end of a range.

    Parameters
    ----------
    low, high : str
        Names of parameters, with spaces between them.
    """
    declared = {p.name: p for p in parameters_of(theme, theme.__name__)}
    ends = {name: declared[name].low for name in low.split()}
    return theme(**ends, **{name: declared[name].high for name in high.split()})


def states[Record](record: type[Record], **fixed: Any) -> st.SearchStrategy[Record]:
    """Draw an agent's record, each field within its declared range; vectors become arrays.

    Parameters
    ----------
    record : type
        A class of declared states.
    **fixed : object
        Values that are not drawn, or strategies to draw them from.
    """
    drawn: dict[str, st.SearchStrategy[Any]] = {}
    kinds = record_type(record)
    for field in states_of(record):
        high = field.high if field.high <= LARGEST_SCALE else field.high / 2.0
        number = kinds[field.name].base
        values = within(field.low, high, np.issubdtype(number, np.integer))
        if field.length > 0:
            drawn[field.name] = _arrays(values, field.length, number)
        else:
            drawn[field.name] = values
    return st.builds(record, **(drawn | _strategies(drawn, fixed)))


def _arrays(
    values: st.SearchStrategy[Any], length: int, number: np.dtype[Any]
) -> st.SearchStrategy[Any]:
    several = st.lists(values, min_size=length, max_size=length)
    return several.map(lambda drawn: np.array(drawn, number))


def _strategies(
    drawn: dict[str, st.SearchStrategy[Any]], fixed: dict[str, Any]
) -> dict[str, st.SearchStrategy[Any]]:
    unknown = set(fixed) - set(drawn)
    if unknown:
        raise KeyError(f"not declared: {sorted(unknown)}")
    return {
        name: value if isinstance(value, st.SearchStrategy) else st.just(value)
        for name, value in fixed.items()
    }


def as_record(declared: Any) -> Any:
    """Copy an instance of a declared class into a numpy record with the same values."""
    records = np.zeros(1, record_type(type(declared))).view(np.recarray)
    for field in dataclasses.fields(declared):
        records[field.name][0] = getattr(declared, field.name)
    return records[0]


def fields_out_of_range(state: Any) -> list[str]:
    """Name the fields of a record that have left their declared range."""
    return [
        field.name
        for field in states_of(type(state))
        if not np.all(
            (field.low <= np.asarray(getattr(state, field.name)))
            & (np.asarray(getattr(state, field.name)) <= field.high)
        )
    ]


def ordered(values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, Any]]:
    """Draw two values, the smaller first."""
    return st.tuples(values, values).map(lambda pair: (min(pair), max(pair)))
