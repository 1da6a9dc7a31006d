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
from engager_sim.statistics.interval_contents import IntervalContents
from engager_sim.studies.compare.carriers import carriers_remark
from engager_sim.studies.compare.differences import (
    CERTAIN,
    UNSAID,
    are_identical,
    group_name,
    has_probabilities,
    headline_group,
    probability_text,
    said_identical,
)

BETWEEN_OTHERS = "differences_between_others"


def answer(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Say which headline outcomes differ from the base by more than their interval."""
    differences = pd.read_parquet(folder / "differences.parquet")
    holds = IntervalContents.of_manifest(manifest).named
    missing = headline_missing(kept_table(folder, MISSING), headline_group(differences))
    others = kept_table(folder, BETWEEN_OTHERS)
    return [
        *(
            _clear_differences(rows, holds)
            for table in (differences, others)
            for rows in _by_pair(table)
        ),
        *([CERTAIN] if has_probabilities(differences) else []),
        *_remark(folder, manifest),
        *missing_sentences(missing),
    ]


def _remark(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    contents = IntervalContents.of_manifest(manifest)
    drawn = contents.draws is not None
    remark = carriers_remark(kept_table(folder, "carriers"), drawn, contents.draws_used)
    return [remark] if remark else []


def uncertainty(manifest: Mapping[str, Any]) -> str:
    """Say whether scenarios were paired."""
    if manifest["method"]["paired"]:
        return (
            "All scenarios follow the same men with common random numbers, so differences are "
            "much better known than the means."
        )
    return "Scenarios have different men and independent replicates: only means are compared."


def report_tables(folder: Path) -> Iterable[ReportTable]:
    """Give the differences of any two scenarios, and the exits that differ from the base's."""
    differences = pd.read_parquet(folder / "differences.parquet")
    for rows in _by_pair(differences):
        yield _differences(rows, "differences")
        by_outcome = rows[rows["whom"] == headline_group(rows)]
        about = titled(rows["other"].iloc[0], "difference")
        yield from spread_table(about, by_outcome, "difference")
    for rows in _by_pair(kept_table(folder, BETWEEN_OTHERS)):
        yield _differences(rows, BETWEEN_OTHERS)
    carriers = kept_table(folder, "carriers")
    for rows in _by_pair(carriers):
        yield _carriers(rows)
    changed = kept_table(folder, "changed")
    if len(changed):
        yield _changed_exits(changed)


def _by_pair(table: pd.DataFrame) -> Iterable[pd.DataFrame]:
    pairs = table.groupby(["base", "other"], sort=False) if len(table) else ()
    return (rows for _, rows in pairs)


def _clear_differences(rows: pd.DataFrame, holds: str) -> str:
    other = str(rows["other"].iloc[0])
    if are_identical(rows):
        return said_identical(titled(rows["base"].iloc[0]), titled(other))
    about = f"{titled(other)} less {titled(rows['base'].iloc[0])}"
    headline = rows[(rows["whom"] == headline_group(rows)) & rows["outcome"].isin(HEADLINE)]
    clear = headline[(headline["low"] > 0.0) | (headline["high"] < 0.0)].set_index("outcome")
    names = [
        f"{outcome_label(name)} {with_interval(clear.loc[name], name, 'difference', True)}"
        f"{_likely(clear.loc[name])}"
        for name in HEADLINE
        if name in clear.index
    ]
    listed = "; ".join(names) if names else "none"
    return (
        f"{about}: of {len(headline)} headline "
        f"outcomes {len(names)} differ by more than their 95% interval ({holds}): {listed}."
    )


def _likely(row: Any) -> str:
    """Say how likely the other's expectation is the higher one, if that is known."""
    text = probability_text(row)
    return "" if text == UNSAID else f", higher with probability {text}"


def _differences(rows: pd.DataFrame, source: str) -> ReportTable:
    whom, other = headline_group(rows), str(rows["other"].iloc[0])
    by_outcome: Any = rows[rows["whom"] == whom].set_index("outcome")
    drawn = has_probabilities(by_outcome)
    likely = "; how likely the other's expectation is the higher one, Monte Carlo error removed"
    cells = [
        [
            outcome_label(name),
            outcome_text(by_outcome.loc[name, "mean_in_base"], name),
            outcome_text(by_outcome.loc[name, "mean_in_other"], name),
            with_interval(by_outcome.loc[name], name, "difference", True),
            *([probability_text(by_outcome.loc[name])] if drawn else []),
        ]
        for name in HEADLINE
    ]
    return ReportTable(
        titled(f"{other} compared with {rows['base'].iloc[0]}"),
        f"Over {group_name(whom)}: means, and the difference with its 95% interval "
        f"({PERCENTAGE_POINTS}; identical: 0 in every replicate){likely if drawn else ''}.",
        (
            "Outcome",
            titled(rows["base"].iloc[0]),
            titled(other),
            "Difference",
            *([f"{titled(other)} is higher"] if drawn else []),
        ),
        cells,
        source,
    )


def _carriers(rows: pd.DataFrame) -> ReportTable:
    return ReportTable(
        f"What carries the uncertainty of {titled(rows['other'].iloc[0])} less "
        f"{titled(rows['base'].iloc[0])}",
        "Parameters that are among the ten that carry most of an outcome's difference in at least "
        "80% of bootstrap resamples of the draws; effect: change of the difference per standard "
        f"deviation of the parameter; {PERCENTAGE_POINTS}.",
        ("Outcome", "Parameter", "Meaning", "Effect", "Among the ten", "Source"),
        [
            [
                str(row["label"]),
                str(row["parameter"]),
                str(row["meaning"]),
                outcome_text(row["effect"], row["outcome"], True),
                f"{row['frequency']:.0%}",
                str(row["source"]),
            ]
            for row in rows.to_dict("records")
        ],
        "carriers",
    )


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
        "changed",
    )
