"""A calibration's findings for its report: predictions, parameters, rivals, coverage."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from engager_sim.reports.kept_table import kept_table
from engager_sim.reports.missing_text import MISSING, missing_sentences
from engager_sim.reports.report_table import ReportTable
from engager_sim.studies.calibrate.correlated_errors import moved_sentence
from engager_sim.studies.calibrate.coverage import AT_PRIOR, coverage_sentences
from engager_sim.studies.calibrate.prior_conflicts import conflict_sentences

ROLES = {"fit": "fitted", "hold_out": "held-out", "seen_validation": "seen validation"}
"""How the roles of targets are written."""


def answer(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Say what contradicts the prior, is predicted, informed, probable, covered, and missing."""
    del manifest
    return [
        *conflict_sentences(pd.read_parquet(folder / "prior_conflicts.parquet")),
        *prediction_sentences(pd.read_parquet(folder / "targets.parquet")),
        informed_sentence(pd.read_parquet(folder / "parameters.parquet")),
        *rival_sentences(kept_table(folder, "rivals")),
        moved_sentence(pd.read_parquet(folder / "correlated_errors.parquet")),
        *coverage_sentences(kept_table(folder, "coverage")),
        *missing_sentences(kept_table(folder, MISSING)),
    ]


def uncertainty(_: Mapping[str, Any]) -> str:
    """Say what the test of coverage adds."""
    return "How often such intervals hold simulated truths stands in the table of coverage."


def report_tables(folder: Path) -> Iterable[ReportTable]:
    """Give conflicts, targets, parameters, rival explanations and coverage."""
    yield _conflicts(pd.read_parquet(folder / "prior_conflicts.parquet"))
    yield _targets(pd.read_parquet(folder / "targets.parquet"))
    yield _parameters(pd.read_parquet(folder / "parameters.parquet"))
    yield _rivals(kept_table(folder, "rivals"))
    yield _correlated(pd.read_parquet(folder / "correlated_errors.parquet"))
    yield _coverage(kept_table(folder, "coverage"))


def prediction_sentences(targets: pd.DataFrame) -> Iterable[str]:
    """Say of how many figures the fitted model's predictive interval holds the published value."""
    for role, name in ROLES.items():
        rows = targets[targets["role"] == role]
        if len(rows):
            # Of a figure with several possible values, one inside is enough.
            inside = rows.groupby("label", sort=False)["is_inside"].any()
            outside = "; ".join(inside.index[~inside])
            yield (
                f"{inside.sum()} of {len(inside)} {name} figures lie in their 90% predictive "
                f"intervals{f'; outside: {outside}' if outside else ''}."
            )


def informed_sentence(parameters: pd.DataFrame) -> str:
    """Say of how many parameters the targets say anything."""
    informed = (parameters["verdict"] == "informed").sum()
    return (
        f"The targets inform {informed} of {len(parameters)} parameters; the others stayed at "
        "their priors."
    )


def rival_sentences(rivals: pd.DataFrame) -> Iterable[str]:
    """Say how probable each rival explanation is."""
    for row in rivals.to_dict("records"):
        yield f"{row['about']} {row['alternative']}: probability {row['probability']:.2f}."


def _conflicts(conflicts: pd.DataFrame) -> ReportTable:
    return ReportTable(
        "Do prior and data contradict each other?",
        "What the prior predicts to be observed, before anything is fitted. A figure beyond three "
        "standard deviations is a conflict; so are all figures together, if the prior predicts "
        "figures as far off with a probability below 1%.",
        ("Prior", "Figure", "Published", "Predicted, mean (SD)", "Off", ""),
        [
            [
                str(row["prior"]),
                str(row["label"]),
                "" if pd.isna(row["value"]) else f"{row['value']:.3g}",
                "" if pd.isna(row["middle"]) else f"{row['middle']:.3g} ({row['spread']:.2g})",
                f"{row['deviations']:+.1f} SD"
                if pd.isna(row["probability"])
                else f"probability {row['probability']:.2g}",
                str(row["verdict"]),
            ]
            for row in conflicts.to_dict("records")
        ],
    )


def _correlated(moved: pd.DataFrame) -> ReportTable:
    return ReportTable(
        "If errors of one sample's figures go together",
        "How far they do is an assumption; medians, 90% intervals and probabilities under the one "
        "that was made and under another.",
        ("", "Quantity", "Assumed", "Tried", "Moved, in intervals"),
        [
            [
                str(row["kind"]),
                str(row["quantity"]),
                _with_interval(row, ""),
                _with_interval(row, "other_"),
                "" if pd.isna(row["moved"]) else f"{row['moved']:+.2f}",
            ]
            for row in moved.to_dict("records")
        ],
    )


def _with_interval(row: Mapping[Any, Any], which: str) -> str:
    ends = [row[f"{which}{end}"] for end in ("middle", "low", "high")]
    return f"{ends[0]:.3g}" if pd.isna(ends[1]) else "{:.3g} [{:.3g}, {:.3g}]".format(*ends)


def _targets(targets: pd.DataFrame) -> ReportTable:
    return ReportTable(
        "Does the fitted model predict what was published?",
        "90% predictive intervals, errors of observation included. Held-out figures were never "
        "fitted to. A target taught nothing if its predictive interval is wider than half the "
        "prior's.",
        ("Figure", "Role", "Published", "Predicted", "Inside", "Taught", "Source"),
        [
            [
                str(row["label"]),
                str(row["role"]).replace("_", " "),
                f"{row['value']:.3g} (error {row['error']:.2g})",
                f"{row['middle']:.3g} [{row['low']:.3g}, {row['high']:.3g}]",
                "yes" if row["is_inside"] else f"no, {row['errors_off']:+.1f} standard errors",
                str(row["taught"]),
                f"{row['citation']} ({row['mark']})",
            ]
            for row in targets.to_dict("records")
        ],
    )


def _parameters(parameters: pd.DataFrame) -> ReportTable:
    return ReportTable(
        "What the targets say of each parameter",
        "Half of a prior lies evenly on either side of its median. A parameter stayed at its prior "
        "if its cumulative posterior is nowhere farther from it than 0.15.",
        ("Parameter", "Prior", "Posterior, 90% interval", ""),
        [
            [
                str(row["parameter"]),
                f"{row['prior_low']:g} to {row['prior_high']:g}",
                f"{row['middle']:.3g} [{row['low']:.3g}, {row['high']:.3g}]",
                str(row["verdict"]),
            ]
            for row in parameters.to_dict("records")
        ],
    )


def _rivals(rivals: pd.DataFrame) -> ReportTable:
    return ReportTable(
        "Rival explanations",
        "Probability of each, given the targets and equal probabilities before.",
        ("About", "Alternative", "Probability"),
        [
            [str(row["about"]), str(row["alternative"]), f"{row['probability']:.2f}"]
            for row in rivals.to_dict("records")
        ],
    )


def _coverage(coverage: pd.DataFrame) -> ReportTable:
    told = coverage if coverage.empty else coverage[coverage["kind"] != AT_PRIOR]
    return ReportTable(
        "Do the intervals hold what they promise?",
        "Simulated truths near the data were fitted as if they were not known; 90% of them should "
        "lie in their intervals, and of each quantity 86% to 94%. Parameters at their priors are "
        "left out here: they are held by construction.",
        ("", "Quantity", "Truths", "Inside", "Standard error", ""),
        [
            [
                str(row["kind"]),
                str(row["quantity"]),
                str(row["truths"]),
                f"{100.0 * row['inside']:.1f}%",
                f"{100.0 * row['standard_error']:.1f} points",
                str(row["verdict"]),
            ]
            for row in told.to_dict("records")
        ],
    )
