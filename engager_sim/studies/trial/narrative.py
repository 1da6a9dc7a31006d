"""A trial's findings for its report: the answer in sentences, and the tables that hold it."""

import dataclasses
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from engager_sim.reports.kept_table import kept_table
from engager_sim.reports.report_table import ReportTable
from engager_sim.studies.trial.decomposition import DELIVERED, FOLLOW_UP, REMAINS
from engager_sim.studies.trial.findings import findings
from engager_sim.studies.trial.number_text import (
    percent,
    points,
    points_with_ends,
    pounds,
    share_text,
)
from engager_sim.studies.trial.replicate import CORE_OM, INDIVIDUALS, MAIN, MIXED
from engager_sim.studies.trial.trial_design import kept_design

NAMES = {
    MAIN: "Practitioners' means (main)",
    INDIVIDUALS: "Individuals (the trial's own)",
    MIXED: "Mixed model",
}
STEPS = {
    REMAINS: "All three undiluted, every man followed up",
    "delivery": "Delivery as it was adds",
    "supervision": "Supervision as it was adds",
    "caseload": "Caseload as it was adds",
    FOLLOW_UP: "Attrition adds (points: bias of the estimate)",
    DELIVERED: "The trial as it was",
}


def answer(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Say what the trial would have seen, and why."""
    names = ("power", "by_analysis", "costs", "null", "published", "individual", "contamination")
    tables = {name: kept_table(folder, name) for name in names}
    return findings(tables, kept_design(manifest["method"]))


def uncertainty(manifest: Mapping[str, Any]) -> str:
    """Say what worlds and replicates share."""
    del manifest
    return (
        "Each replicate is one simulated trial of each size; all its worlds follow the same men "
        "with common random numbers and the same errors of measurement, so what is said of causes "
        "is better known than the power."
    )


def report_tables(folder: Path) -> Iterable[ReportTable]:
    """Give power, why the trial looked null, men's own effects, and what is assumed."""
    shown = {
        "power": _power,
        "by_analysis": _by_analysis,
        "costs": _costs,
        "null": _null,
        "published": _published,
        "individual": _individual,
    }
    for name, report_table in {**shown, "contamination": _contamination, "design": _design}.items():
        table = kept_table(folder, name)
        if len(table):
            yield dataclasses.replace(report_table(table), source=name)


def _power(power: pd.DataFrame) -> ReportTable:
    return ReportTable(
        "What would trials of each design have seen?",
        "The programme less what it is compared with, below 0 better for its men: CORE-OM in "
        "points, substance service as log odds ratio. Scores by practitioners' means, services by "
        "men. Null: the interval covers 0. 95% intervals.",
        (
            *("Outcome", "Week", "Men", "Practitioners", "True effect", "Mean estimate"),
            *("Null", "Power", "By the formula", "Power, no attrition"),
        ),
        [
            [
                "CORE-OM" if row["outcome"] == CORE_OM else "Substance service",
                str(row["week"]),
                f"{row['men']:,}",
                f"{row['practitioners']:,}",
                points_with_ends(row, "effect", "effect_"),
                points_with_ends(row, "estimate", "estimate_"),
                percent(row["looked_null"]),
                share_text(row, "power", "power"),
                "not given" if pd.isna(row["textbook_power"]) else percent(row["textbook_power"]),
                share_text(row, "complete_power", "complete_power"),
            ]
            for row in power.to_dict("records")
        ],
    )


def _by_analysis(table: pd.DataFrame) -> ReportTable:
    return ReportTable(
        "What does each analysis see?",
        "CORE-OM of the same simulated trials. Practitioners' means count as many units as there "
        "are practitioners; individuals count men as independent; the mixed model lets "
        "practitioners vary at random. Intraclass correlation: share of the variance between "
        "practitioners, below 0 by chance. 95% intervals.",
        (
            *("Week", "Men", "Practitioners", "Analysis", "Mean estimate", "Standard error"),
            *("Freedom", "Power", "Holds the true effect", "Intraclass correlation"),
        ),
        [
            [
                str(row["week"]),
                f"{row['men']:,}",
                f"{row['practitioners']:,}",
                NAMES[str(row["analysis"])],
                points_with_ends(row, "estimate", "estimate_"),
                points(row["standard_error"]),
                _freedom(row["freedom"]),
                share_text(row, "power", "power"),
                percent(row["holds_effect"]),
                _correlation(row),
            ]
            for row in table.to_dict("records")
        ],
    )


def _freedom(value: float) -> str:
    if math.isnan(value):
        return "not known"
    return "normal" if value == float("inf") else f"{value:.0f}"


def _correlation(row: Mapping[Any, Any]) -> str:
    if pd.isna(row["icc"]):
        return "not estimated"
    return f"{row['icc']:z.3f} [{row['icc_low']:z.3f}, {row['icc_high']:z.3f}]"


def _costs(costs: pd.DataFrame) -> ReportTable:
    return ReportTable(
        "What does each design cost?",
        "At the prices of the design, every one an assumption that a study file may set. Weeks: "
        "from the first man's entry to the end of the last one's support.",
        (
            *("Men", "Practitioners", "Weeks", "Recruitment", "Follow-up"),
            *("Practitioners paid", "Cost", "Power"),
        ),
        [
            [
                f"{row['men']:,}",
                f"{row['practitioners']:,}",
                f"{row['weeks']:,}",
                *(pounds(row[name]) for name in ("recruitment", "follow_up")),
                *(pounds(row[name]) for name in ("practitioners_paid", "cost")),
                share_text(row, "power", "power"),
            ]
            for row in costs.to_dict("records")
        ],
    )


def _null(null: pd.DataFrame) -> ReportTable:
    return ReportTable(
        "Why did the trial look null?",
        "From an undiluted programme to the one delivered: Shapley values over all combinations, "
        "with the same men and common random numbers. Points of CORE-OM at the primary week, and "
        "share of null trials.",
        ("Step", "Points", "Null trials"),
        [
            [STEPS[str(row["step"])], points_with_ends(row), share_text(row, "null_share", "null")]
            for row in null.to_dict("records")
        ],
    )


def _published(published: pd.DataFrame) -> ReportTable:
    return ReportTable(
        "How often does a simulated trial look like the published one?",
        "Simulated trials of the study's size; share and its 95% Monte Carlo interval.",
        ("Of a simulated trial", "Share"),
        [
            [
                str(row["statement"]).capitalize(),
                f"{percent(row['share'])} [{100.0 * row['low']:.0f}, {100.0 * row['high']:.0f}]",
            ]
            for row in published.to_dict("records")
        ],
    )


def _individual(individual: pd.DataFrame) -> ReportTable:
    return ReportTable(
        "What does the programme do to single men?",
        "Each man's CORE-OM in the programme less that in usual care, in two worlds with common "
        "random numbers: known here, and to no trial.",
        ("A man", "Share of men", "Mean effect, points"),
        [
            [
                str(row["group"]).capitalize(),
                _fine_share_text(row),
                "no such man" if pd.isna(row["mean_effect"]) else points(row["mean_effect"]),
            ]
            for row in individual.to_dict("records")
        ],
    )


def _contamination(contamination: pd.DataFrame) -> ReportTable:
    scores = contamination[contamination["outcome"] == CORE_OM]
    return ReportTable(
        "What do shared agencies do?",
        "CORE-OM where the arms share agencies, less where they have separate agencies: same "
        "men, common random numbers. The difference is the true effect.",
        ("Week", "Whom", "Shared", "Separate", "Contamination, points"),
        [
            [
                str(row["week"]),
                str(row["whom"]).replace("_", " "),
                points(row["shared"]),
                points(row["apart"]),
                f"{row['contamination']:.3f} [{row['low']:.3f}, {row['high']:.3f}]",
            ]
            for row in scores.to_dict("records")
        ],
    )


def _design(design: pd.DataFrame) -> ReportTable:
    return ReportTable(
        "What the trial's design rests on",
        "Every number of the design; an assumption is set by hand.",
        ("What", "Value", "Rests on"),
        [
            [str(row["what"]), str(row["value"]), str(row["rests_on"])]
            for row in design.to_dict("records")
        ],
    )


def _fine_share_text(row: Mapping[Any, Any]) -> str:
    share, low, high = (100.0 * float(row[name]) for name in ("share", "low", "high"))
    return f"{share:.1f}% [{low:.1f}, {high:.1f}]"
