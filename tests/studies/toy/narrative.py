"""The toy's finding."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from engager_sim.reports.report_table import ReportTable


def answer(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Say the share."""
    share = pd.read_parquet(folder / "share.parquet")["mean"].iloc[0]
    return [f"{share:.0%} of the men reoffend, over {manifest['replicates']} replicates."]


def uncertainty(manifest: Mapping[str, Any]) -> str:
    """Say how many replicates there were."""
    return f"The interval is over {manifest['replicates']} replicates."


def report_tables(folder: Path) -> Iterable[ReportTable]:
    """Give the share with its interval."""
    row = pd.read_parquet(folder / "share.parquet").iloc[0]
    cells = [[f"{row['mean']:.3f}", f"{row['low']:.3f}", f"{row['high']:.3f}"]]
    yield ReportTable("Who reoffends", "Mean and 95% interval.", ("Mean", "Low", "High"), cells)
