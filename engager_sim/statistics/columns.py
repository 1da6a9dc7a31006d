"""Columns that the tables of several studies share: an outcome, an interval, parts of a spread."""

from engager_sim.runs.tables.column import NEVER_MISSING, Column

OUTCOME = Column("outcome", "name of the outcome", "name")
LOW = Column("low", "lower end of the 95% interval", "as the value", missing="too few values")
HIGH = Column("high", "upper end of the 95% interval", "as the value", missing="too few values")
COUNT = Column("n", "replicates with a value", "number")
NOT_DRAWN = "parameters were not drawn"
SPREAD = (
    Column(
        "chance",
        "standard deviation of single runs that is Monte Carlo noise",
        "as the value",
        missing="too few values",
    ),
    Column(
        "parameters",
        "standard deviation of single runs from drawn parameters",
        "as the value",
        missing=NOT_DRAWN,
    ),
    Column(
        "structure",
        "standard deviation of single runs from rival theories",
        "as the value",
        missing=NOT_DRAWN,
    ),
)
"""The standard deviations into which the spread of single runs is divided."""


def columns(*facts: tuple[str, ...]) -> tuple[Column, ...]:
    """Declare columns, each by name, meaning, unit and, if it can be, when it is missing."""
    return tuple(
        Column(name, meaning, unit, missing=missing[0] if missing else NEVER_MISSING)
        for name, meaning, unit, *missing in facts
    )
