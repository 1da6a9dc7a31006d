"""Sentences on the runs that have no value of an outcome."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from engager_sim.outcomes.headline import HEADLINE
from engager_sim.reports.outcome_text import outcome_label

FILE = "missing.parquet"


def read_missing(folder: Path) -> pd.DataFrame:
    """Read which outcomes lack values; nothing where none does."""
    return pd.read_parquet(folder / FILE) if (folder / FILE).exists() else pd.DataFrame()


def headline_missing(missing: pd.DataFrame, *groups: str) -> pd.DataFrame:
    """Take the headline outcomes of some groups of men."""
    if missing.empty:
        return missing
    suffixes = ["" if group == "all" else f"_{group}" for group in groups]
    return missing[
        missing["outcome"].isin([f"{name}{each}" for name in HEADLINE for each in suffixes])
    ]


def missing_sentences(missing: pd.DataFrame) -> Iterable[str]:
    """Say of each outcome how many runs have no value, why, and what means then stand on."""
    return map(_sentence, missing.to_dict("records"))


def _sentence(row: Mapping[Any, Any]) -> str:
    count = row["failed"] + row["no_value"]
    parts = [row["reason"]] if row["no_value"] else ["failed"]
    if row["failed"] and row["no_value"]:
        parts = [f"{row['failed']:,} failed", f"{row['no_value']:,}: {row['reason']}"]
    have = "has" if count == 1 else "have"
    return (
        f"{outcome_label(str(row['outcome']))}: of {row['runs']:,} runs {count:,} {have} no value "
        f"({'; '.join(parts)}); {_means(row)}."
    )


def _means(row: Mapping[Any, Any]) -> str:
    """Say what means stand on."""
    if row["points"] == 1:
        return "means are over the others"
    if row["alike"]:
        return "all points lack the same replicates, which are left out"
    short = f"{row['short']:,} of {row['points']:,} points average fewer than {row['replicates']:,}"
    short += " replicates" if row["replicates"] > 1 else " replicate"
    empty = f"{row['empty']:,} of {row['points']:,} points have no value"
    told = [text for text, count in ((short, row["short"]), (empty, row["empty"])) if count]
    differ = ", so points stand on different replicates" if row["short"] else ", and are left out"
    return " and ".join(told) + differ
