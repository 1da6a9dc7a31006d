"""The tables of a calibration's report."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from engager_sim.reports.report_table import Shown


def of_calibration(folder: Path) -> Iterable[Shown]:
    """Write out what was fitted to what, how well, and what stayed unknown."""
    targets = pd.read_parquet(folder / "targets.parquet")
    yield Shown(
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
    parameters = pd.read_parquet(folder / "parameters.parquet")
    yield Shown(
        "What the targets say of each parameter",
        "Priors are even over the declared ranges. A parameter stayed at its prior if its "
        "cumulative posterior is nowhere farther from it than 0.15.",
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
    yield from _rivals(folder)
    yield from _coverage(folder)


def _rivals(folder: Path) -> Iterable[Shown]:
    file = folder / "rivals.parquet"
    if file.exists():
        yield Shown(
            "Rival explanations",
            "Probability of each, given the targets and equal chances before.",
            ("About", "Alternative", "Probability"),
            [
                [str(row["about"]), str(row["alternative"]), f"{row['probability']:.2f}"]
                for row in pd.read_parquet(file).to_dict("records")
            ],
        )


def _coverage(folder: Path) -> Iterable[Shown]:
    file = folder / "coverage.parquet"
    if file.exists():
        yield Shown(
            "Do the intervals hold what they promise?",
            "Simulated truths were fitted as if they were not known; 90% of them should lie in "
            "their intervals.",
            ("Parameter", "Truths", "Inside", "Standard error"),
            [
                [
                    str(row["parameter"]), str(row["truths"]), f"{100.0 * row['inside']:.1f}%",
                    f"{100.0 * row['standard_error']:.1f} points",
                ]
                for row in pd.read_parquet(file).to_dict("records")
            ],
        )  # fmt: skip
