"""Values of outcome columns as text: a number in its outcome's form, with its interval."""

import math
from typing import Any

from engager_sim.designs.outcome_columns import find_columns

LEAST_SAID = 0.01
"""A probability nearer to 0 or 1 than this is written as nearer than this: none is certain."""


def outcome_text(value: Any, name: str, difference: bool = False) -> str:
    """Write a value of an outcome column, or a difference of two."""
    column = find_columns([name])[0]
    return column.outcome.text(float(value), difference or column.is_difference)


def outcome_label(name: str) -> str:
    """Name an outcome column, with its unit unless that is a share."""
    return find_columns([name])[0].label_with_unit


def with_interval(row: Any, name: str, key: str, difference: bool = False) -> str:
    """Write the value ``key`` of a row with its interval, as the outcome column ``name`` is."""
    column = find_columns([name])[0]
    value, low, high = (float(row[each]) for each in (key, "low", "high"))
    return column.outcome.with_interval(value, low, high, difference or column.is_difference)


def interval_text(low: float, high: float, form: str) -> str:
    """Write an interval after a value; nothing where there is none."""
    return "" if math.isnan(low) else f" [{form.format(low)}, {form.format(high)}]"


def titled(*parts: str) -> str:
    """Join names of scenarios and groups as words."""
    return ", ".join(parts).replace("_", " ")


def chance_text(share: float) -> str:
    """Write a probability in whole percent, never as certain."""
    if math.isnan(share):
        return "no value"
    if share < LEAST_SAID:
        return f"<{LEAST_SAID:.0%}"
    return f">{1.0 - LEAST_SAID:.0%}" if share > 1.0 - LEAST_SAID else f"{share:.0%}"
