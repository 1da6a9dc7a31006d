"""The toy's columns."""

from collections.abc import Mapping, Sequence

from engager_sim.designs.columns import run_columns
from engager_sim.runs.tables.column import Column
from engager_sim.statistics.columns import HIGH, LOW
from tests.studies.toy.study import Toy


def declared(toy: Toy) -> Mapping[str, Sequence[Column]]:
    """Declare the runs and the share."""
    share = (Column("mean", "share of men who reoffend", "share"), LOW, HIGH)
    return {"runs": run_columns(toy.design), "share": share}
