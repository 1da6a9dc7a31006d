"""A validation's words, from small tables made by hand."""

from pathlib import Path

import pandas as pd
import pytest

from engager_sim.studies.validate.narrative import (
    answer,
    bounds,
    figure,
    findings,
    labelled,
    report_tables,
)
from tests.studies.validate.made_up import FIGURES, NAN, PARTS, PATTERNS

WHAT_EACH_SHOWS = (
    "Fitted patterns show that the fit worked, and those built in that the rules say what they "
    "claim; only the untouched test the theory."
)


def test_the_findings_say_what_is_off_and_by_how_much() -> None:
    assert findings(PATTERNS, PARTS, FIGURES) == [
        "Of 3 patterns 1 are met, 1 near and 1 missed. By standing: fitted 1 near, 1 missed; "
        "built in 1 near; untouched 1 met. " + WHAT_EACH_SHOWS,
        "Pattern 1 (Null) is near: CORE-OM (lower end) is -3.3 [-3.5, -3.1], wanted -3.2 to 0; "
        "off by 0.1.",
        "Pattern 3 (Loss) is missed: Men lost (upper end) is 250 [240, 260], wanted at most 0.2; "
        "off by 250.",
        "Of 2 published figures that were held out 1 lie in their 90% predictive intervals.",
        "Appointments is near: published 0.81, predicted 0.34 [0.15, 0.73], 1.6 of its standard "
        "errors outside.",
        "The gated theory alone meets 2 and the additive theory alone meets 1 of 3 patterns.",
    ]


def test_where_nothing_was_fitted_or_built_in_and_no_rival_is_tested_that_is_said() -> None:
    patterns = PATTERNS.assign(
        standing="untouched", verdict_gated="not tested", verdict_additive="not tested"
    )
    sentences = findings(patterns, PARTS[1:2], pd.DataFrame())
    assert sentences == [
        "Of 3 patterns 1 are met, 1 near and 1 missed. By standing: fitted none; built in none; "
        "untouched 1 met, 1 near, 1 missed. " + WHAT_EACH_SHOWS
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, table in (("patterns", PATTERNS), ("parts", PARTS), ("figures", FIGURES)):
        table.to_parquet(tmp_path / f"{name}.parquet")
    return tmp_path


def test_the_answer_is_the_findings_of_the_folder(folder: Path) -> None:
    assert answer(folder, {}) == findings(PATTERNS, PARTS, FIGURES)


def test_the_report_has_a_row_per_pattern_part_and_figure(folder: Path) -> None:
    patterns, parts, figures = report_tables(folder)
    assert patterns.rows[0] == [
        "1", "Null. Nothing differs.", "Byng", "near", "near", "", "met", "missed",
    ]  # fmt: skip
    assert parts.rows[2] == [
        "3", "Men lost (upper end)", "250 [240, 260]", "at most 0.2", "0.1", "missed", "250", "why",
    ]  # fmt: skip
    assert figures.rows[1] == [
        "Appointments", "hold out", "0.81 (derived)", "0.34 [0.15, 0.73]", "near", "1.6",
    ]  # fmt: skip
    assert figures.rows[0][-1] == ""


def test_without_published_figures_the_report_has_no_table_of_them(folder: Path) -> None:
    (folder / "figures.parquet").unlink()
    assert [table.title for table in report_tables(folder)] == ["Patterns", "Parts of patterns"]


@pytest.mark.parametrize(
    ("value", "text"), [(0.12345, "0.123"), (-1234.5, "-1,234"), (NAN, "no figure")]
)
def test_figures_are_written_short(value: float, text: str) -> None:
    assert figure(value) == text


@pytest.mark.parametrize(
    ("least", "most", "text"),
    [(0.1, NAN, "at least 0.1"), (NAN, 2.0, "at most 2"), (0.1, 2.0, "0.1 to 2")],
)
def test_bounds_are_written_as_they_are(least: float, most: float, text: str) -> None:
    assert bounds({"at_least": least, "at_most": most}) == text


@pytest.mark.parametrize(
    ("take", "text"), [("whole", "it"), ("low", "it (lower end)"), ("high", "it (upper end)")]
)
def test_an_end_of_an_interval_is_named(take: str, text: str) -> None:
    assert labelled({"label": "it", "take": take}) == text
