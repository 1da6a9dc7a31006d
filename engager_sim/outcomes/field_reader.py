"""Outcomes that are one field of a leaver's record."""

from collections.abc import Callable
from typing import Any

from engager_sim.compilation import rule


def field_reader(field: str) -> Callable[..., Any]:
    """Make the function of an outcome that is one field of a leaver's record."""
    names: dict[str, Any] = {}
    # A compiled function cannot take the name of a field as a value.
    exec(f"def of(leaver):\n    return float(leaver.{field})\n", names)
    made: Callable[..., Any] = rule(names["of"])
    return made
