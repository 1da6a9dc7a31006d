"""A comparison's findings for its report: differences, and leavers whose exit differs."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from engager_sim.outcomes.declaration import PERCENTAGE_POINTS
from engager_sim.outcomes.headline import HEADLINE
from engager_sim.reports.kept_table import kept_table
from engager_sim.reports.missing_text import MISSING, headline_missing, missing_sentences
from engager_sim.reports.outcome_text import (
    interval_text,
    outcome_label,
    outcome_text,
    titled,
    with_interval,
)
from engager_sim.reports.report_table import ReportTable
from engager_sim.reports.spread import spread_table
from engager_sim.studies.compare.differences import (
    are_identical,
    group_name,
    headline_group,
    said_identical,
)


def answer(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Say which headline outcomes differ from the base by more than their interval."""
    differences = pd.read_parquet(folder / "differences.parquet")
    fitted = "fitted_parameters" in manifest
    holds = "Monte Carlo error, parameters and rival theories" if fitted else "Monte Carlo error"
    missing = headline_missing(kept_table(folder, MISSING), headline_group(differences))
    return [
        *(
            _clear_differences(str(other), rows, holds)
            for other, rows in differences.groupby("other", sort=False)
        ),
        *missing_sentences(missing),
    ]


def uncertainty(manifest: Mapping[str, Any]) -> str:
    """Say whether scenarios were paired."""
    if manifest["method"]["paired"]:
        return (
            "All scenarios follow the same men with common random numbers, so differences are "
            "much better known than the means."
        )
    return "Scenarios have different men and independent replicates: only means are compared."


def report_tables(folder: Path) -> Iterable[ReportTable]:
    """Give the differences of each scenario from the base, and the exits that differ."""
    differences = pd.read_parquet(folder / "differences.parquet")
    for other, rows in differences.groupby("other", sort=False):
        yield from _differences(str(other), rows)
    changed = kept_table(folder, "changed")
    if len(changed):
        yield _changed_exits(changed)


def _clear_differences(other: str, rows: pd.DataFrame, holds: str) -> str:
    if are_identical(rows):
        return said_identical(titled(rows["base"].iloc[0]), titled(other))
    about = f"{titled(other)} less {titled(rows['base'].iloc[0])}"
    headline = rows[(rows["whom"] == headline_group(rows)) & rows["outcome"].isin(HEADLINE)]
    clear = headline[(headline["low"] > 0.0) | (headline["high"] < 0.0)].set_index("outcome")
    names = [
        f"{outcome_label(name)} {with_interval(clear.loc[name], name, 'difference', True)}"
        for name in HEADLINE
        if name in clear.index
    ]
    listed = "; ".join(names) if names else "none"
    return (
        f"{about}: of {len(headline)} headline "
        f"outcomes {len(names)} differ by more than their 95% interval ({holds}): {listed}."
    )


def _differences(other: str, rows: pd.DataFrame) -> Iterable[ReportTable]:
    whom = headline_group(rows)
    by_outcome = rows[rows["whom"] == whom].set_index("outcome")
    cells = [
        [
            outcome_label(name),
            outcome_text(by_outcome.loc[name, "mean_in_base"], name),
            outcome_text(by_outcome.loc[name, "mean_in_other"], name),
            with_interval(by_outcome.loc[name], name, "difference", True),
        ]
        for name in HEADLINE
    ]
    yield ReportTable(
        titled(f"{other} compared with {rows['base'].iloc[0]}"),
        f"Over {group_name(whom)}: means, and the difference with its 95% interval "
        f"({PERCENTAGE_POINTS}; identical: 0 in every replicate).",
        ("Outcome", "Base", "Other", "Difference"),
        cells,
    )
    yield from spread_table(titled(other, "difference"), by_outcome.reset_index(), "difference")


def _changed_exits(changed: pd.DataFrame) -> ReportTable:
    return ReportTable(
        "Men whose first exit differs",
        "How many men per replicate end their first episode otherwise than in the base. "
        "This includes what spills over through shared staff and agencies.",
        ("Scenario", "Arm", "Men", "Share of the arm"),
        [
            [
                titled(row["other"]),
                titled(row["arm"]),
                f"{row['men_whose_fate_differs']:.1f}"
                + interval_text(row["low"], row["high"], "{:.1f}"),
                f"{100.0 * row['share']:.1f}%",
            ]
            for row in changed.to_dict("records")
        ],
    )
