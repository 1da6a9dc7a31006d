"""The data dictionary: every column of every table, and what it means."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

import pandas as pd

from engager_sim.runs.tables.column import Column


def described(
    tables: Mapping[str, pd.DataFrame], declared: Mapping[str, Sequence[Column]]
) -> pd.DataFrame:
    """Describe every column of a results folder.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The derived tables that are written; of each, the columns that it has are described.
    declared : mapping of str to sequence of Column
        The declared columns of every table; those of a table that is not among ``tables`` (the
        runs, a file with more than the table) are all described.

    Returns
    -------
    pandas.DataFrame
        Columns ``table, column, meaning, unit, denominator, missing, baseline``.

    Raises
    ------
    KeyError
        If a column of a table is not declared.
    """
    rows = []
    for name, columns in declared.items():
        known = {column.name: column for column in columns}
        names = [str(column) for column in tables[name].columns] if name in tables else [*known]
        for column in names:
            facts = asdict(known[column])
            rows.append({"table": name, "column": facts.pop("name"), **facts})
    return pd.DataFrame(rows)
