"""The columns of the tables that every design gives: its runs, and its points."""

from engager_sim.designs.design import Design
from engager_sim.designs.execution.outcome_runs import EXITS, FAILED, MEN
from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.designs.points_table import ERROR
from engager_sim.runs.tables.column import SCENARIO, Column

POINT = Column("point", "number of the point of the design, from 0", "number")
REPLICATE = Column(
    "replicate", "number of the replicate; common random numbers at all points", "number"
)
REPLICATE_APART = Column(
    "replicate", "number of the replicate; every point has random numbers of its own", "number"
)
TOO_FEW = "fewer than two replicates, or posterior draws, have a value"
EXIT_BYTES = Column(
    EXITS, "a byte per man: cause of his first exit, plus 16 in usual care", "bytes"
)
MEN_BYTES = Column(
    MEN, "four bytes per man and outcome: his own values, for those who live again", "bytes"
)


def run_columns(design: Design) -> list[Column]:
    """Declare the columns of the runs of a design."""
    declared = [
        SCENARIO,
        POINT,
        REPLICATE_APART if design.replicates_apart else REPLICATE,
        *map(_outcome_column, design.columns),
        Column(FAILED, "why the run could not be made", "text", missing="it was made"),
    ]
    declared += [EXIT_BYTES] if design.exits else []
    return declared if design.lives is None else [*declared, MEN_BYTES]


def _outcome_column(column: OutcomeColumn) -> Column:
    outcome, group = column.outcome, column.whom.replace("_", " ")
    over = (outcome.denominator, outcome.missing, outcome.baseline)
    return Column(column.name, f"{outcome.meaning} ({group})", outcome.unit, *over)


def factor_columns(design: Design) -> list[Column]:
    """Declare a column for each factor of a design."""
    return [Column(factor.path, factor.meaning, factor.unit) for factor in design.factors]


def point_columns(design: Design) -> list[Column]:
    """Declare the columns of the table of points."""
    declared = [POINT, *factor_columns(design)]
    for column in design.columns:
        mean = (f"mean of {column.label}", column.outcome.unit)
        declared.append(Column(column.name, *mean, missing="no replicate has a value"))
        facts = ("standard error of that mean", column.outcome.unit)
        error = Column(f"{column.name}{ERROR}", *facts, missing=TOO_FEW)
        declared.append(error)
    return [*declared, Column("n", "fewest replicates with a value of an outcome", "number")]
