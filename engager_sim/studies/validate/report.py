"""The tables of a validation's report, and its answer in words."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from engager_sim.reports.report_table import Shown
from engager_sim.studies.validate.narrative import bounds, figure, labelled, told


def validation_in_words(folder: Path) -> list[str]:
    """Say how far the fitted model can be believed, from a results folder."""
    patterns, parts, figures = _read(folder)
    return told(patterns, parts, figures)


def of_validation(folder: Path) -> Iterable[Shown]:
    """Write out every pattern, every part of one, and every published figure."""
    patterns, parts, figures = _read(folder)
    yield Shown(
        "Patterns",
        "A pattern is as good as its worst part. Fitted: its own figure was among the targets of "
        "the fit, so that it tests nothing but the fit. Shaped: rules were changed after a look at "
        "it.",
        ("", "Pattern", "Seen by", "Verdict", "Gated alone", "Additive alone", ""),
        [
            [
                str(row["number"]),
                f"{row['pattern']}. {row['claim']}",
                str(row["source"]),
                str(row["verdict"]),
                str(row["verdict_gated"]),
                str(row["verdict_additive"]),
                _marks(row),
            ]
            for row in patterns.to_dict("records")
        ],
    )
    yield Shown(
        "Parts of patterns",
        "What the fitted model shows, with its 95% interval by leaving out groups of draws; what "
        "was wanted, and how far off it is. Bounds were written down before the fit; what was "
        "changed after a look at verdicts stands in docs/evaluation.md.",
        ("", "What", "Found", "Wanted", "Near within", "Verdict", "Off by", "Why"),
        [
            [
                str(row["number"]),
                labelled(row),
                f"{figure(row['figure'])} [{figure(row['low'])}, {figure(row['high'])}]",
                bounds(row),
                f"{row['near_within']:g}",
                str(row["verdict"]),
                figure(row["off"]) if row["off"] else "",
                str(row["why"]),
            ]
            for row in parts.to_dict("records")
        ],
    )
    if len(figures):
        yield Shown(
            "Published figures",
            "90% predictive intervals, errors of observation included; from the calibration that "
            "made the posterior. Held out: never fitted to.",
            ("Figure", "Role", "Published", "Predicted", "Verdict", "Errors outside"),
            [
                [
                    str(row["label"]),
                    str(row["role"]).replace("_", " "),
                    f"{row['value']:g} ({row['mark']})",
                    f"{row['middle']:.3g} [{row['low']:.3g}, {row['high']:.3g}]",
                    str(row["verdict"]),
                    f"{row['off']:.1f}" if row["off"] else "",
                ]
                for row in figures.to_dict("records")
            ],
        )


def _marks(row: Mapping[Any, Any]) -> str:
    return ", ".join(name for name in ("fitted", "shaped") if row[name])


def _read(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    patterns, parts = (
        pd.read_parquet(folder / f"{name}.parquet") for name in ("patterns", "parts")
    )
    file = folder / "figures.parquet"
    return patterns, parts, pd.read_parquet(file) if file.exists() else pd.DataFrame()
