"""Sentences on the runs that have no value of an outcome."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from engager_sim.outcomes.headline import HEADLINE
from engager_sim.reports.outcome_text import outcome_label

MISSING = "missing"
"""The table of outcomes that lack values."""


def headline_missing(missing: pd.DataFrame, *groups: str) -> pd.DataFrame:
    """Take the headline outcomes of some groups of men."""
    if missing.empty:
        return missing
    suffixes = ["" if group == "all" else f"_{group}" for group in groups]
    return missing[
        missing["outcome"].isin([f"{name}{each}" for name in HEADLINE for each in suffixes])
    ]


def missing_note(missing: pd.DataFrame, outcome: str) -> str:
    """Say what one outcome lacks, in a sentence with a space before it; nothing if it is whole."""
    if missing.empty:
        return ""
    return "".join(f" {said}" for said in missing_sentences(missing[missing["outcome"] == outcome]))


def missing_sentences(missing: pd.DataFrame) -> Iterable[str]:
    """Say how many runs have no value, why, and what means then stand on.

    Outcomes of which the same is to be said share a sentence.
    """
    outcomes: dict[tuple[Any, ...], list[str]] = {}
    facts = [name for name in missing.columns if name != "outcome"]
    for row in missing.to_dict("records"):
        label = outcome_label(str(row["outcome"]))
        outcomes.setdefault(tuple(row[name] for name in facts), []).append(label)
    for values, labels in outcomes.items():
        yield f"{'; '.join(labels)}: {_sentence(dict(zip(facts, values, strict=True)))}"


def _sentence(row: Mapping[Any, Any]) -> str:
    count = row["failed"] + row["no_value"]
    parts = [row["reason"]] if row["no_value"] else ["failed"]
    if row["failed"] and row["no_value"]:
        parts = [f"{row['failed']:,} failed", f"{row['no_value']:,}: {row['reason']}"]
    have = "has" if count == 1 else "have"
    told = f"of {row['runs']:,} runs {count:,} {have} no value ({'; '.join(parts)})"
    return f"{told}; {_means(row)}."


def _means(row: Mapping[Any, Any]) -> str:
    """Say what means stand on."""
    if row["points"] == 1:
        lacking = row["failed"] + row["no_value"] == row["runs"]
        return "there is no mean" if lacking else "means are over the others"
    if row["alike"]:
        return "all points lack the same replicates, which are left out"
    short = f"{row['short']:,} of {row['points']:,} points average fewer than {row['replicates']:,}"
    short += " replicates" if row["replicates"] > 1 else " replicate"
    empty = f"{row['empty']:,} of {row['points']:,} points have no value"
    told = [text for text, count in ((short, row["short"]), (empty, row["empty"])) if count]
    differ = ", so points stand on different replicates" if row["short"] else ", and are left out"
    return " and ".join(told) + differ
