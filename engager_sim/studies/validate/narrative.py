"""A validation's findings for its report: what is met, what is missed, and by how much."""

import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from engager_sim.reports.kept_table import kept_table
from engager_sim.reports.missing_text import MISSING, missing_sentences
from engager_sim.reports.report_table import ReportTable
from engager_sim.studies.validate.expected import NOT_TESTED, STANDINGS

VERDICTS = ("met", "near", "missed")
COLUMNS = tuple(words.capitalize() for words in STANDINGS.values())
"""Headings of the columns in which verdicts stand."""


def answer(folder: Path, _: Mapping[str, Any]) -> list[str]:
    """Say how far the fitted model can be believed, from a results folder."""
    return [*findings(*_read(folder)), *missing_sentences(kept_table(folder, MISSING))]


def uncertainty(_: Mapping[str, Any]) -> str:
    """Say how a figure's interval is made."""
    return (
        "Intervals of a pattern's figures are by the jackknife: groups of posterior draws are left "
        "out, one at a time."
    )


def report_tables(folder: Path) -> Iterable[ReportTable]:
    """Give every pattern, every part of one, and every published figure."""
    patterns, parts, figures = _read(folder)
    yield _patterns(patterns)
    yield _parts(parts)
    if len(figures):
        yield _figures(figures)


def findings(patterns: pd.DataFrame, parts: pd.DataFrame, figures: pd.DataFrame) -> list[str]:
    """Say how far the fitted model can be believed, from a validation's tables."""
    counts = patterns["verdict"].value_counts()
    sentences = [
        f"Of {len(patterns)} patterns {counts.get('met', 0)} are met, {counts.get('near', 0)} near "
        f"and {counts.get('missed', 0)} missed. {_by_standing(patterns)}"
    ]
    sentences += [_part_off(row) for row in parts[parts["verdict"] != "met"].to_dict("records")]
    held_out = figures[figures["role"] != "fit"] if len(figures) else figures
    if len(held_out):
        met = int((held_out["verdict"] == "met").sum())
        tested = int((held_out["verdict"] != NOT_TESTED).sum())
        sentences.append(
            f"Of {tested} published figures that were held out {met} lie in their 90% "
            "predictive intervals."
        )
        off = held_out[held_out["verdict"] != "met"]
        sentences += [_figure_off(row) for row in off.to_dict("records")]
    rivals = [
        f"the {rival} theory alone meets {int((patterns[f'verdict_{rival}'] == 'met').sum())}"
        for rival in ("gated", "additive")
        if (patterns[f"verdict_{rival}"] != NOT_TESTED).all()
    ]
    if rivals:
        sentences.append(f"{' and '.join(rivals).capitalize()} of {len(patterns)} patterns.")
    return sentences


def verdict_by_standing(standing: str, verdict: str) -> list[str]:
    """Write a verdict in three columns: under each standing that a pattern has."""
    return [verdict if stands_as(standing, words) else "" for words in STANDINGS.values()]


def stands_as(standing: str, words: str) -> bool:
    """Tell whether a pattern's standing is, or is among others, this one."""
    return words in standing.split(", ")


def figure(value: float) -> str:
    """Write a figure of a pattern."""
    if math.isnan(value):
        return "no figure"
    return f"{value:.3g}" if abs(value) < 100.0 else f"{value:,.0f}"


def with_interval(row: Mapping[Any, Any]) -> str:
    """Write the figure of a part with its interval."""
    return f"{figure(row['figure'])} [{figure(row['low'])}, {figure(row['high'])}]"


def prediction(row: Mapping[Any, Any]) -> str:
    """Write what is predicted of a published figure, with its interval."""
    if pd.isna(row["middle"]):
        return "no run has a value"
    return f"{row['middle']:.3g} [{row['low']:.3g}, {row['high']:.3g}]"


def errors_outside(row: Mapping[Any, Any]) -> str:
    """Write how many standard errors a published figure lies outside; nothing if inside."""
    return f"{row['off']:.1f}" if row["off"] > 0.0 else ""


def labelled(row: Mapping[Any, Any]) -> str:
    """Name a part of a pattern, and the end of the interval if it is one."""
    end = {"low": " (lower end)", "high": " (upper end)"}.get(str(row["take"]), "")
    return f"{row['label']}{end}"


def bounds(row: Mapping[Any, Any]) -> str:
    """Write the bounds of a part."""
    least, most = row["at_least"], row["at_most"]
    if pd.isna(least):
        return f"at most {most:g}"
    return f"at least {least:g}" if pd.isna(most) else f"{least:g} to {most:g}"


def _read(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    patterns, parts = (
        pd.read_parquet(folder / f"{name}.parquet") for name in ("patterns", "parts")
    )
    return patterns, parts, kept_table(folder, "figures")


def _patterns(patterns: pd.DataFrame) -> ReportTable:
    return ReportTable(
        "Patterns",
        "A pattern is as good as its worst part; its verdict stands in the column of its standing. "
        "Fitted: its own figure was among the targets of the fit, so that it tests nothing but the "
        "fit. Built in: a claim of the theory says it, or a rule was changed for it. Untouched: "
        "neither, so that it tests the theory.",
        ("", "Pattern", "Seen by", *COLUMNS, "Gated alone", "Additive alone"),
        [
            [
                str(row["number"]),
                f"{row['pattern']}. {row['claim']}",
                str(row["source"]),
                *verdict_by_standing(row["standing"], row["verdict"]),
                str(row["verdict_gated"]),
                str(row["verdict_additive"]),
            ]
            for row in patterns.to_dict("records")
        ],
    )


def _parts(parts: pd.DataFrame) -> ReportTable:
    return ReportTable(
        "Parts of patterns",
        "What the fitted model shows, with its 95% interval by leaving out groups of draws; what "
        "was wanted, and how far off it is. Bounds were written down before the fit; what was "
        "changed after a look at verdicts stands in docs/evaluation.md.",
        ("", "What", "Found", "Wanted", "Near within", "Verdict", "Off by", "Why"),
        [
            [
                str(row["number"]),
                labelled(row),
                with_interval(row),
                bounds(row),
                f"{row['near_within']:g}",
                str(row["verdict"]),
                figure(row["off"]) if row["off"] else "",
                str(row["why"]),
            ]
            for row in parts.to_dict("records")
        ],
    )


def _figures(figures: pd.DataFrame) -> ReportTable:
    return ReportTable(
        "Published figures",
        "90% predictive intervals, errors of observation included; from the calibration that "
        "made the posterior. Held out: never fitted to.",
        ("Figure", "Role", "Published", "Predicted", "Verdict", "Errors outside"),
        [
            [
                str(row["label"]),
                str(row["role"]).replace("_", " "),
                f"{row['value']:g} ({row['mark']})",
                prediction(row),
                str(row["verdict"]),
                errors_outside(row),
            ]
            for row in figures.to_dict("records")
        ],
    )


def _by_standing(patterns: pd.DataFrame) -> str:
    """Count verdicts by standing: a pattern that is fitted and built in counts in both."""
    counted = []
    for words in STANDINGS.values():
        has_it = [stands_as(standing, words) for standing in patterns["standing"]]
        verdicts = patterns.loc[has_it, "verdict"]
        told = ", ".join(
            f"{int((verdicts == verdict).sum())} {verdict}"
            for verdict in VERDICTS
            if (verdicts == verdict).any()
        )
        counted.append(f"{words} {told or 'none'}")
    return (
        f"By standing: {'; '.join(counted)}. Fitted patterns show that the fit worked, and those "
        "built in that the rules say what they claim; only the untouched test the theory."
    )


def _part_off(row: Mapping[Any, Any]) -> str:
    return (
        f"Pattern {row['number']} ({row['pattern']}) is {row['verdict']}: {labelled(row)} is "
        f"{with_interval(row)}, wanted {bounds(row)}; off by {figure(abs(row['off']))}."
    )


def _figure_off(row: Mapping[Any, Any]) -> str:
    if row["verdict"] == NOT_TESTED:
        return f"{row['label']} is not tested: no run has a value."
    return (
        f"{row['label']} is {row['verdict']}: published {row['value']:g}, predicted "
        f"{prediction(row)}, {row['off']:.1f} of its standard errors outside."
    )
