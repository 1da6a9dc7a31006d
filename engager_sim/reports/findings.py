"""The tables of a report: the few rows that answer the question, ready to print."""

import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from engager_sim.designs.outcome_columns import find_columns
from engager_sim.outcomes.headline import HEADLINE
from engager_sim.reports.report_table import Shown
from engager_sim.reports.spread import of_spread
from engager_sim.studies.calibrate.report import of_calibration
from engager_sim.studies.run.summary import summarise


def shown_tables(command: str, folder: Path) -> list[Shown]:
    """Choose and write out the tables that answer a study's question."""
    makers: Mapping[str, Any] = {
        "run": _of_run,
        "compare": _of_comparison,
        "calibrate": of_calibration,
        "trial": _of_trial,
    }
    return [shown for shown in makers[command](folder) if shown.rows]


def answer_in_words(command: str, folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Answer a study's question in sentences, where its kind of study has them."""
    if command == "trial":
        from engager_sim.studies.trial.report import trial_in_words

        return trial_in_words(folder, manifest)
    return []


def _of_trial(folder: Path) -> Iterable[Shown]:
    # What it reads with needs a library of statistics, which no other report should wait for.
    from engager_sim.studies.trial.report import of_trial

    return of_trial(folder)


def _of_run(folder: Path) -> Iterable[Shown]:
    summary = summarise(pd.read_parquet(folder / "runs.parquet"))
    drawn = not summary["parameters"].isna().all()
    over = ", over parameters and theories" if drawn else ""
    for scenario, its in summary.groupby("scenario", sort=False):
        whose = [
            whom
            for whom in ("programme", "usual_care", "difference")
            if (its["whom"] == whom).any()
        ]
        columns = whose or ["all"]
        found = its.set_index(["outcome", "whom"])
        rows = [
            [
                _label(name),
                *(_with_interval(found.loc[(name, whom)], name, "mean") for whom in columns),
            ]
            for name in HEADLINE
        ]
        headings = ["Outcome", *(whom.replace("_", " ").capitalize() for whom in columns)]
        yield Shown(
            str(scenario).replace("_", " ").capitalize(),
            f"Mean over replicates and its 95% interval{over}.",
            headings,
            rows,
        )
        about = whose[-1] if whose else "all"
        headline = its[(its["whom"] == about) & its["outcome"].isin(HEADLINE)]
        yield from of_spread(_titled(scenario, about), headline, "mean", _label, _number)


def _of_comparison(folder: Path) -> Iterable[Shown]:
    differences = pd.read_parquet(folder / "differences.parquet")
    for other, its in differences.groupby("other", sort=False):
        whom = "programme" if (its["whom"] == "programme").any() else "all"
        found = its[its["whom"] == whom].set_index("outcome")
        rows = [
            [
                _label(name),
                _number(found.loc[name, "mean_in_base"], name),
                _number(found.loc[name, "mean_in_other"], name),
                _with_interval(found.loc[name], name, "difference"),
            ]
            for name in HEADLINE
        ]
        men = "all men" if whom == "all" else f"men of the {whom}"
        yield Shown(
            f"{other} compared with {its['base'].iloc[0]}".replace("_", " "),
            f"Over {men}: means, and the difference with its 95% interval.",
            ("Outcome", "Base", "Other", "Difference"),
            rows,
        )
        headline = found[found.index.isin(HEADLINE)].reset_index()
        yield from of_spread(_titled(other, "difference"), headline, "difference", _label, _number)
    if (folder / "changed.parquet").exists():
        changed = pd.read_parquet(folder / "changed.parquet")
        yield Shown(
            "Men whose fate differs",
            "How many men per replicate end their first episode otherwise than in the base. "
            "This includes what spills over through shared staff and agencies.",
            ("Scenario", "Arm", "Men", "Share of the arm"),
            [
                [
                    str(row["other"]).replace("_", " "),
                    str(row["arm"]).replace("_", " "),
                    f"{row['men_whose_fate_differs']:.1f}"
                    + _interval(row["low"], row["high"], "{:.1f}"),
                    f"{100.0 * row['share']:.1f}%",
                ]
                for row in changed.to_dict("records")
            ],
        )


def _titled(scenario: Any, whom: str) -> str:
    return f"{scenario}, {whom}".replace("_", " ")


def _number(value: Any, name: str) -> str:
    """Write a value of an outcome column."""
    return find_columns([name])[0].outcome.text(float(value))


def _label(name: str) -> str:
    return find_columns([name])[0].label_with_unit


def _with_interval(row: Any, name: str, key: str) -> str:
    text = _number(row[key], name)
    if text == "no value" or math.isnan(float(row["low"])):
        return text
    return f"{text} [{_number(row['low'], name)}, {_number(row['high'], name)}]"


def _interval(low: float, high: float, form: str) -> str:
    return "" if math.isnan(low) else f" [{form.format(low)}, {form.format(high)}]"
