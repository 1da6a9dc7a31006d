"""Tables of a results folder that are not written where they have no rows."""

from pathlib import Path

import pandas as pd


def kept_table(folder: Path, name: str) -> pd.DataFrame:
    """Read a table; one without rows where it was not written.

    It then has the column ``outcome`` alone, by which most tables are read.
    """
    file = folder / f"{name}.parquet"
    return pd.read_parquet(file) if file.exists() else pd.DataFrame(columns=["outcome"])
