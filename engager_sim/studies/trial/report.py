"""The tables of a trial's report, and its answer in words."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from engager_sim.reports.report_table import Shown
from engager_sim.studies.trial.decomposition import DELIVERED, FOLLOW_UP, REMAINS
from engager_sim.studies.trial.narrative import percent, points, told
from engager_sim.studies.trial.tables import CORE_OM

STEPS = {
    REMAINS: "All three ideal, every man followed up",
    "delivery": "Delivery as it was adds",
    "supervision": "Supervision as it was adds",
    "caseload": "Caseload as it was adds",
    FOLLOW_UP: "Loss to follow-up adds (points: bias of the estimate)",
    DELIVERED: "The trial as it was",
}


def trial_in_words(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Say what the trial would have seen, and why, from a results folder."""
    names = ("power", "null", "published", "individual", "contamination")
    files = {name: folder / f"{name}.parquet" for name in names}
    tables = {name: pd.read_parquet(file) for name, file in files.items() if file.exists()}
    method = manifest["method"]
    return told(tables, int(method["size"]), int(method["primary"]), method["residual_sd"])


def of_trial(folder: Path) -> Iterable[Shown]:
    """Write out power, why the trial looked null, men's own effects, and what is assumed."""
    yield _power(folder)
    yield _null(folder)
    yield Shown(
        "How often does a simulated trial look like the published one?",
        "Simulated trials of the study's size; share and its 95% Monte Carlo interval.",
        ("Of a simulated trial", "Share"),
        [
            [str(row["statement"]).capitalize(), _share(row, "share", "low", "high")]
            for row in pd.read_parquet(folder / "published.parquet").to_dict("records")
        ],
    )
    yield Shown(
        "What does the programme do to single men?",
        "Each man's CORE-OM in the programme less that in usual care, in two worlds with the same "
        "luck: known here, and to no trial.",
        ("A man", "Share of men", "Mean effect, points"),
        [
            [
                str(row["group"]).capitalize(),
                _fine_share(row),
                "no such man" if pd.isna(row["mean_effect"]) else points(row["mean_effect"]),
            ]
            for row in pd.read_parquet(folder / "individual.parquet").to_dict("records")
        ],
    )
    yield from _contamination(folder)
    yield Shown(
        "What the trial's design rests on",
        "Every number of the design; an assumption is set by hand.",
        ("What", "Value", "Rests on"),
        [
            [str(row["what"]), str(row["value"]), str(row["rests_on"])]
            for row in pd.read_parquet(folder / "design.parquet").to_dict("records")
        ],
    )


def _power(folder: Path) -> Shown:
    found = pd.read_parquet(folder / "power.parquet")
    return Shown(
        "What would trials of each size have seen?",
        "Programme less usual care, below 0 better for the programme's men: CORE-OM in points, "
        "substance service as log odds ratio. Null: the interval covers 0. 95% intervals.",
        ("Outcome", "Week", "Men", "True effect", "Mean estimate", "Null", "Power",
         "By the formula", "Power, none lost"),
        [
            [
                "CORE-OM" if row["outcome"] == CORE_OM else "Substance service",
                str(row["week"]),
                f"{row['men']:,}",
                _points(row, "effect"),
                _points(row, "estimate"),
                percent(row["looked_null"]),
                _share(row, "power", "power_low", "power_high"),
                "not given" if pd.isna(row["textbook_power"]) else percent(row["textbook_power"]),
                _share(row, "complete_power", "complete_power_low", "complete_power_high"),
            ]
            for row in found.to_dict("records")
        ],
    )  # fmt: skip


def _null(folder: Path) -> Shown:
    return Shown(
        "Why did the trial look null?",
        "From an ideal programme to the one delivered: Shapley values over all combinations, with "
        "the same men and luck. Points of CORE-OM at the primary week, and share of null trials.",
        ("Step", "Points", "Null trials"),
        [
            [
                STEPS[str(row["step"])],
                f"{points(row['points'])} [{points(row['low'])}, {points(row['high'])}]",
                _share(row, "null_share", "null_low", "null_high"),
            ]
            for row in pd.read_parquet(folder / "null.parquet").to_dict("records")
        ],
    )


def _contamination(folder: Path) -> Iterable[Shown]:
    file = folder / "contamination.parquet"
    if file.exists():
        found = pd.read_parquet(file)
        yield Shown(
            "What do shared agencies do?",
            "CORE-OM where the arms share agencies, less where each has agencies of its own: same "
            "men, same luck. The difference is the true effect.",
            ("Week", "Whom", "Shared", "Apart", "Contamination, points"),
            [
                [
                    str(row["week"]),
                    str(row["whom"]).replace("_", " "),
                    points(row["shared"]),
                    points(row["apart"]),
                    f"{row['contamination']:.3f} [{row['low']:.3f}, {row['high']:.3f}]",
                ]
                for row in found[found["outcome"] == CORE_OM].to_dict("records")
            ],
        )


def _points(row: Mapping[Any, Any], stem: str) -> str:
    ends = (points(row[f"{stem}_low"]), points(row[f"{stem}_high"]))
    return f"{points(row[stem])} [{ends[0]}, {ends[1]}]"


def _fine_share(row: Mapping[Any, Any]) -> str:
    share, low, high = (100.0 * float(row[name]) for name in ("share", "low", "high"))
    return f"{share:.1f}% [{low:.1f}, {high:.1f}]"


def _share(row: Mapping[Any, Any], middle: str, low: str, high: str) -> str:
    text = percent(row[middle])
    if pd.isna(row[low]):
        return text
    return f"{text} [{100.0 * row[low]:.0f}, {100.0 * row[high]:.0f}]"
