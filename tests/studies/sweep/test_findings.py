"""Titles of a sweep's pictures say what intervals bear out, against small tables made by hand."""

from pathlib import Path

import pandas as pd
import pytest

from engager_sim.figures.outcome_labels import OutcomeLabel, label_outcome
from engager_sim.studies.sweep.figures.findings import (
    levels_finding,
    pairs_finding,
    surface_finding,
)
from engager_sim.studies.sweep.settings import SweepSettings, read_sweep
from tests.designs.study_files import SWEEP, write_study

NAN = float("nan")
FIRST = "initial tie 0.1 and interval 8"


@pytest.fixture
def settings(tmp_path: Path) -> SweepSettings:
    """Read a sweep of ties (0.1, 0.8) across and intervals (8, 1) down."""
    return read_sweep(write_study(tmp_path, SWEEP))


@pytest.fixture
def outcome(settings: SweepSettings) -> OutcomeLabel:
    """Take trust at week 12, on a scale from 0 to 1."""
    return label_outcome(settings.study.columns[0], settings.study)._replace(label="Trust")


def cells(*differences: tuple[float, float, float]) -> pd.DataFrame:
    """Make four cells; those after the first differ from it so much, with the interval's ends."""
    rows = [(0.0, 0.0, 0.0), *differences]
    table = pd.DataFrame(rows, columns=["difference", "difference_low", "difference_high"])
    return table.assign(across=[0, 1, 0, 1], down=[0, 0, 1, 1], panel=0)


def test_the_farthest_cell_that_is_clear_is_told(
    settings: SweepSettings, outcome: OutcomeLabel
) -> None:
    table = cells((0.02, 0.01, 0.03), (0.3, -0.1, 0.7), (0.1, 0.05, 0.15))
    assert surface_finding(settings, table, outcome) == (
        "Trust: +0.100 (+0.050 to +0.150) on a scale from 0 to 1 at initial tie 0.8 and interval "
        f"1, against {FIRST}"
    )
    assert levels_finding(settings, table, outcome) == (
        "Trust: 2 of 3 other levels of initial tie and interval differ clearly from the first"
    )


def test_an_interval_that_holds_0_is_no_finding(
    settings: SweepSettings, outcome: OutcomeLabel
) -> None:
    table = cells(*[(0.3, -0.1, 0.7)] * 3)
    assert surface_finding(settings, table, outcome) == (f"Trust: nothing can be told from {FIRST}")
    same = cells(*[(0.0, 0.0, 0.0)] * 3)
    assert "nothing can be told" in surface_finding(settings, same, outcome)


def test_without_intervals_a_title_says_what_is_drawn(
    settings: SweepSettings, outcome: OutcomeLabel
) -> None:
    told = "Trust, over initial tie and interval"
    assert surface_finding(settings, cells(*[(0.3, NAN, NAN)] * 3), outcome) == told
    assert surface_finding(settings, cells(*[(0.3, NAN, NAN)] * 3)[:0], outcome) == told


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (0.01, 0.03, "collaboration and supervision do more than the sum of what each does alone"),
        (-0.01, 0.05, "no whole can be told from the sum of its parts"),
        (NAN, NAN, "the whole against the sum of its parts, without intervals"),
    ],
)
def test_themes_do_more_together_only_where_that_is_clear(
    low: float, high: float, told: str, outcome: OutcomeLabel
) -> None:
    row = {"first": "collaboration", "second": "supervision", "whole_less_sum": 0.02}
    pairs = pd.DataFrame([row | {"low": low, "high": high, "verdict": "more than the sum"}])
    assert pairs_finding(pairs, outcome) == f"Trust: {told}"
