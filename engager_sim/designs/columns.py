"""The columns of the tables that every design gives: its runs, and its points."""

from engager_sim.designs.design import Design
from engager_sim.designs.execution.outcome_runs import EXITS, FAILED
from engager_sim.designs.points_table import ERROR
from engager_sim.runs.tables.column import SCENARIO, Column

POINT = Column("point", "number of the point of the design, from 0", "number")


def run_columns(design: Design) -> list[Column]:
    """Declare the columns of the runs of a design."""
    declared = [
        SCENARIO,
        POINT,
        Column(
            "replicate", "number of the replicate; common random numbers at all points", "number"
        ),
        *(
            Column(
                column.name,
                f"{column.outcome.meaning} ({column.whom.replace('_', ' ')})",
                column.outcome.unit,
                column.outcome.denominator,
                column.outcome.missing,
                column.outcome.baseline,
            )
            for column in design.columns
        ),
        Column(FAILED, "why the run could not be made", "text", missing="it was made"),
    ]
    if design.exits:
        declared.append(
            Column(EXITS, "a byte per man: cause of his first exit, plus 16 in usual care", "bytes")
        )
    return declared


def factor_columns(design: Design) -> list[Column]:
    """Declare a column for each factor of a design."""
    return [Column(factor.path, factor.meaning, factor.unit) for factor in design.factors]


def point_columns(design: Design) -> list[Column]:
    """Declare the columns of the table of points."""
    declared = [POINT, *factor_columns(design)]
    for column in design.columns:
        declared.append(Column(column.name, f"mean of {column.label}", column.outcome.unit))
        declared.append(
            Column(
                f"{column.name}{ERROR}",
                "standard error of that mean",
                column.outcome.unit,
                missing="fewer than two replicates",
            )
        )
    return [*declared, Column("n", "replicates with a value", "number")]
