"""Outcomes that are one field of a leaver's record."""

from collections.abc import Callable
from typing import Any

from engager_sim.compilation import rule


def field_reader(field: str) -> Callable[..., Any]:
    """Make the function of an outcome that is one field of a leaver's record."""

    @rule
    def of(leaver: Any) -> float:
        return float(leaver[field])

    return of
