"""A sensitivity study's findings for its report: what matters most, what is tied, what is noise."""

import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from engager_sim.reports.kept_table import kept_table
from engager_sim.reports.missing_text import MISSING, missing_sentences
from engager_sim.reports.outcome_text import interval_text, outcome_label
from engager_sim.reports.report_table import ReportTable
from engager_sim.studies.factor_study import NO_EFFECT
from engager_sim.studies.sensitivity.methods import METHODS
from engager_sim.studies.sensitivity.noise_statement import noise_statement
from engager_sim.studies.sensitivity.remarks import remark_sentences
from engager_sim.studies.sensitivity.tables import SHARE_COLUMNS

MOST_ROWS, MOST_SAID = 15, 3
"""Factors in a table of the report, and in a sentence."""


def answer(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Say for each outcome which factors matter most, which are tied, and how much is noise."""
    indices = kept_table(folder, "indices")
    chance = pd.read_parquet(folder / "chance.parquet").set_index("outcome")
    method, drawn = METHODS[manifest["method"]["name"]], "fitted_parameters" in manifest
    size, sentences = (int(manifest["points"]), int(manifest["replicates"])), []
    for outcome, rows in indices.groupby("outcome", sort=False):
        main = rows[rows["index"] == method.main].sort_values("rank")
        noise = noise_statement(chance.loc[str(outcome)], *size, drawn)
        acting = main[main["note"] != NO_EFFECT]
        told = []
        if len(acting):
            told = [_largest(acting, method.meanings[method.main]), _ties(acting)]
        without = main.loc[main["note"] == NO_EFFECT, "factor"]
        told += [*_without_effect(without), noise]
        sentences.append(f"{outcome_label(str(outcome))}: {' '.join(told)}")
    sentences += remark_sentences(kept_table(folder, "remarks"))
    return [*sentences, *missing_sentences(kept_table(folder, MISSING))]


def uncertainty(_: Mapping[str, Any]) -> str:
    """Say what the intervals of the indices hold."""
    return "Intervals of the indices are bootstrap intervals, over replicates and over points."


def report_tables(folder: Path) -> Iterable[ReportTable]:
    """Give for each outcome the factors that matter most, and the components of variance."""
    indices = kept_table(folder, "indices")
    for outcome, rows in indices.groupby("outcome", sort=False):
        index = str(rows["index"].iloc[0])
        yield _ranking(str(outcome), index, rows[rows["index"] == index].sort_values("rank"))
    yield _variance(pd.read_parquet(folder / "chance.parquet"))


def _largest(main: pd.DataFrame, meaning: str) -> str:
    """Name the largest values of the main index."""
    known = main[main["value"].notna()].head(MOST_SAID)
    factors = [f"{row['factor']} {_value(row)}" for row in known.to_dict("records")]
    index = f"{main['index'].iloc[0]} ({meaning})"
    return f"the largest {index}, with 95% intervals: {'; '.join(factors)}."


def _ties(main: pd.DataFrame) -> str:
    """Say from which factors the first cannot be told apart."""
    first = main.iloc[0]
    if not first["tied_with"]:
        return f"No other factor's interval overlaps that of {first['factor']}."
    return f"Not told apart from {first['factor']}: {_tied(str(first['tied_with']))}."


def _without_effect(factors: "pd.Series[str]") -> Iterable[str]:
    """Name the factors that change nothing."""
    if len(factors):
        yield f"No effect here: {', '.join(factors.head(MOST_ROWS))}{_more(len(factors))}."


def _more(count: int) -> str:
    return f" and {count - MOST_ROWS} more" if count > MOST_ROWS else ""


def _ranking(outcome: str, index: str, main: pd.DataFrame) -> ReportTable:
    return ReportTable(
        f"What matters for: {outcome_label(outcome)}",
        f"Ranked by {index}. Factors whose intervals overlap are tied: this study cannot say which "
        "of them matters more.",
        ("Rank", "Factor", index, "Tied with", "Note"),
        [
            [
                *("" if row["note"] == NO_EFFECT else str(row["rank"]), str(row["factor"])),
                *(("", "") if row["note"] == NO_EFFECT else _with_ties(row)),
                str(row["note"]),
            ]
            for row in main.head(MOST_ROWS).to_dict("records")
        ],
    )


def _variance(chance: pd.DataFrame) -> ReportTable:
    return ReportTable(
        "How much is Monte Carlo noise",
        "Shares of the variance of single runs: what the factors do, noise that all points have "
        "alike, noise that they do not share, and what posterior draws do at all points alike and "
        "otherwise at other points; and how much of the variance between points' means other "
        "replicates or draws would change.",
        (
            "Outcome",
            "Factors",
            "Common noise",
            "Own noise",
            "Parameters",
            "Parameters with factors",
            "Left in means",
        ),
        [
            [outcome_label(str(row["outcome"])), *(_share(row[key]) for key in SHARE_COLUMNS)]
            for row in chance.to_dict("records")
        ],
    )


def _with_ties(row: Mapping[Any, Any]) -> tuple[str, str]:
    return _value(row), _tied(str(row["tied_with"]))


def _value(row: Mapping[Any, Any]) -> str:
    return f"{row['value']:.3g}{interval_text(row['low'], row['high'], '{:.3g}')}"


def _tied(names: str) -> str:
    tied = [name for name in names.split(", ") if name]
    return f"{len(tied)} others" if len(tied) > 3 else ", ".join(tied) or "none"


def _share(value: float) -> str:
    return "not known" if math.isnan(value) else f"{value:.1%}"
