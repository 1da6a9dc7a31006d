"""The data dictionary: every column of every table, and what it means."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

import pandas as pd

from engager_sim.studies.tables.declaration import Column
from engager_sim.studies.tables.of_agencies import agencies_columns, ties_columns
from engager_sim.studies.tables.of_events import events_columns
from engager_sim.studies.tables.of_leavers import leavers_columns
from engager_sim.studies.tables.of_runs import runs_columns
from engager_sim.studies.tables.of_weeks import staff_columns, weekly_columns


def declared_columns() -> dict[str, list[Column]]:
    """List the declared columns of every table that a run can write."""
    return {
        "runs": runs_columns(),
        "weekly": weekly_columns(),
        "staff": staff_columns(),
        "ties": ties_columns(),
        "agencies": agencies_columns(),
        "leavers": leavers_columns(),
        "events": events_columns(),
    }


def data_dictionary(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Describe every column that stands in some tables of a run.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables by name.

    Returns
    -------
    pandas.DataFrame
        Columns ``table, column, meaning, unit, denominator, missing, baseline``.
    """
    return described(tables, declared_columns())


def described(
    tables: Mapping[str, pd.DataFrame], declared: Mapping[str, Sequence[Column]]
) -> pd.DataFrame:
    """Describe every column that stands in some tables, each of which has declared columns."""
    rows = []
    for name, frame in tables.items():
        known = {column.name: column for column in declared[name]}
        for column in frame.columns:
            facts = asdict(known[str(column)])
            rows.append({"table": name, "column": facts.pop("name"), **facts})
    return pd.DataFrame(rows)
