"""The columns of the tables that a run writes."""

from collections.abc import Mapping, Sequence

from engager_sim.runs.tables.agencies import agencies_columns, ties_columns
from engager_sim.runs.tables.column import SCENARIO, Column
from engager_sim.runs.tables.events import events_columns
from engager_sim.runs.tables.leavers import leavers_columns
from engager_sim.runs.tables.runs import runs_columns
from engager_sim.runs.tables.weeks import staff_columns, weekly_columns
from engager_sim.statistics.columns import COUNT, HIGH, LOW, OUTCOME, SPREAD, columns
from engager_sim.studies.run.study import RunResult

SUMMARY: tuple[Column, ...] = (
    SCENARIO,
    OUTCOME,
    *columns(
        ("label", "the outcome in words", "text"),
        ("unit", "unit of the outcome", "text"),
        ("whom", "all men, the men of one arm, or programme less usual care", "name"),
    ),
    Column("mean", "mean over replicates", "as the outcome", missing="no replicate has a value"),
    LOW,
    HIGH,
    COUNT,
    *columns(("of", "replicates run", "number")),
    *SPREAD,
)


def declared(result: RunResult) -> Mapping[str, Sequence[Column]]:
    """Declare the columns of every table of a results folder."""
    workload = result.workload
    two_arms = any(workload.has_two_arms(point) for point in range(workload.points))
    tables: dict[str, Sequence[Column]] = {
        "runs": runs_columns(workload.fitted is not None, two_arms),
        "weekly": weekly_columns(),
        "staff": staff_columns(),
        "ties": ties_columns(),
        "agencies": agencies_columns(),
    }
    if workload.leavers:
        tables["leavers"] = leavers_columns(bool(workload.ids))
    if workload.events:
        tables["events"] = events_columns()
    return {**tables, "summary": SUMMARY}
