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
from engager_sim.studies.validate.report import of_validation, validation_in_words

MOST_ROWS = 15


def shown_tables(command: str, folder: Path) -> list[Shown]:
    """Choose and write out the tables that answer a study's question."""
    makers: Mapping[str, Any] = {
        "compare": _of_comparison,
        "sweep": _of_sweep,
        "sensitivity": _of_sensitivity,
        "calibrate": of_calibration,
        "trial": _of_trial,
        "validate": of_validation,
    }
    return [shown for shown in makers[command](folder) if shown.rows]


def answer_in_words(command: str, folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Answer a study's question in sentences, where its kind of study has them."""
    if command == "trial":
        from engager_sim.studies.trial.report import trial_in_words

        return trial_in_words(folder, manifest)
    return validation_in_words(folder) if command == "validate" else []


def _of_trial(folder: Path) -> Iterable[Shown]:
    # What it reads with needs a library of statistics, which no other report should wait for.
    from engager_sim.studies.trial.report import of_trial

    return of_trial(folder)


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


def _of_sweep(folder: Path) -> Iterable[Shown]:
    if not (folder / "interactions.parquet").exists():
        return
    found = pd.read_parquet(folder / "interactions.parquet")
    rows = []
    for row in found.to_dict("records"):
        name = str(row["outcome"])
        rows.append(
            [
                _label(name),
                f"{row['first']} and {row['second']}".replace("_", " "),
                *(
                    _number(row[key], name)
                    for key in ("neither", "first_alone", "second_alone", "both")
                ),
                _with_interval(row, name, "whole_less_sum"),
                str(row["verdict"]),
            ]
        )
    yield Shown(
        "Is the whole more than the sum?",
        "Themes at their first levels (without) and their last (with); the last column but one is "
        "what both do together less the sum of what each does alone, with its paired 95% interval; "
        "more (less) than the sum: further (less far) in the direction in which the sum goes.",
        (
            "Outcome",
            "Themes",
            "Neither",
            "First alone",
            "Second alone",
            "Both",
            "Whole less sum",
            "",
        ),
        rows,
    )


def _of_sensitivity(folder: Path) -> Iterable[Shown]:
    indices = pd.read_parquet(folder / "indices.parquet")
    for outcome, its in indices.groupby("outcome", sort=False):
        main = its[its["index"] == its["index"].iloc[0]].sort_values("rank").head(MOST_ROWS)
        yield Shown(
            f"What matters for: {_label(str(outcome))}",
            f"Ranked by {main['index'].iloc[0]}. Factors whose intervals overlap are tied: this "
            "study cannot say which of them matters more.",
            ("Rank", "Factor", str(main["index"].iloc[0]), "Tied with", "Note"),
            [
                [
                    str(row["rank"]),
                    str(row["factor"]),
                    f"{row['value']:.3g}{_interval(row['low'], row['high'], '{:.3g}')}",
                    _tied(str(row["tied_with"])),
                    str(row["note"]),
                ]
                for row in main.to_dict("records")
            ],
        )
    chance = pd.read_parquet(folder / "chance.parquet")
    yield Shown(
        "How much is mere chance",
        "Shares of the variance of single runs: what the factors do, luck that all points share, "
        "luck of their own, and what drawn parameters do at all points alike and otherwise at "
        "other points; and how much of the variance between points' means other runs would change.",
        (
            "Outcome",
            "Factors",
            "Common luck",
            "Own luck",
            "Parameters",
            "Parameters with factors",
            "Left in means",
        ),
        [
            [_label(str(row["outcome"])), *(_share(row[key]) for key in chance.columns[1:])]
            for row in chance.to_dict("records")
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


def _tied(names: str) -> str:
    tied = [name for name in names.split(", ") if name]
    return f"{len(tied)} others" if len(tied) > 3 else ", ".join(tied) or "none"


def _share(value: float) -> str:
    return "not known" if math.isnan(value) else f"{100.0 * value:.1f}%"
