"""Columns that the tables of several studies share: an outcome, an interval, parts of a spread."""

from engager_sim.runs.tables.column import Column

OUTCOME = Column("outcome", "name of the outcome", "name")
LOW = Column("low", "lower end of the 95% interval", "as the value", missing="too few values")
HIGH = Column("high", "upper end of the 95% interval", "as the value", missing="too few values")
COUNT = Column("n", "replicates with a value", "number")
NOT_DRAWN = "parameters were not drawn, or no draw has two replicates"
FEW_DRAWS = "parameters were not drawn, or fewer than 10 draws have a value"


def columns(*facts: tuple[str, str, str] | tuple[str, str, str, str]) -> tuple[Column, ...]:
    """Declare columns, each by name, meaning, unit and, if it can be missing, when it is."""
    return tuple(
        Column(name, meaning, unit, "", *missing) for name, meaning, unit, *missing in facts
    )


DEVIATION = "standard deviation of single runs"
SPREAD = columns(
    ("chance", f"{DEVIATION} that is Monte Carlo noise", "as the value", "too few values"),
    ("parameters", f"{DEVIATION} from drawn parameters", "as the value", NOT_DRAWN),
    ("structure", f"{DEVIATION} from rival theories", "as the value", NOT_DRAWN),
    *(
        (f"{part}_{end}", f"{side} end of the 95% interval of {part}", "as the value", FEW_DRAWS)
        for part in ("chance", "parameters", "structure")
        for end, side in (("low", "lower"), ("high", "upper"))
    ),
)
"""The standard deviations into which the spread of single runs is divided, and their intervals."""
