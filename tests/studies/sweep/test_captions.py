"""What the pictures of a sweep say, against small tables made by hand."""

from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from engager_sim.figures.outcome_labels import OutcomeLabel, label_outcome
from engager_sim.figures.scales import MINUS
from engager_sim.studies.sweep.figures import captions
from engager_sim.studies.sweep.figures.today import today_by_panel, today_note
from engager_sim.studies.sweep.settings import SweepSettings, read_sweep
from tests.designs.study_files import SWEEP, write_study

LABEL = "Trust at week 12, programme"
TODAY = " Star: your service today, which is the scenario as it is, in these factors."
OFF = " Your service today, which is the scenario as it is, stands off this picture."
PANELS = '\n[figures]\npanels = "programme.supervision.mode"\n'


@pytest.fixture
def settings(tmp_path: Path) -> SweepSettings:
    """Read a sweep of ties (0.1, 0.8) across and intervals (8, 1) down."""
    return read_sweep(write_study(tmp_path, SWEEP))


@pytest.fixture
def with_panels(tmp_path: Path) -> SweepSettings:
    """Read the same with a panel for each mode of supervision."""
    return read_sweep(write_study(tmp_path, SWEEP + PANELS))


@pytest.fixture
def outcome(settings: SweepSettings) -> OutcomeLabel:
    """Take trust at week 12, on a scale from 0 to 1."""
    return label_outcome(settings.study.columns[0], settings.study)._replace(label=LABEL)


SURFACE = pd.DataFrame(
    {
        "panel": [0, 0, 1, 1],
        "across": [0.1, 0.8, 0.1, 0.8],
        "down": [8.0, 1.0, 8.0, 1.0],
        "value": [0.3, 0.2, 0.1, 0.45],
        "explained": float("nan"),
    }
)


def test_a_surface_is_told_by_its_lowest_and_highest_value_panel_by_panel(
    with_panels: SweepSettings, outcome: OutcomeLabel
) -> None:
    assert captions.surface_description(with_panels, SURFACE, outcome) == (
        f"{LABEL}, 0 to 1, over Collaboration: initial tie (share), programme arm, and "
        "Supervision: interval (weeks), programme arm. "
        "Mode: managerial; from 0.200 at initial tie 0.8 and interval 1 to 0.300 at initial tie "
        "0.1 and interval 8. Mode: shared; from 0.100 at initial tie 0.1 and interval 8 to 0.450 "
        "at initial tie 0.8 and interval 1."
    )


def test_a_fitted_surface_says_how_much_it_explains(
    settings: SweepSettings, outcome: OutcomeLabel
) -> None:
    surface = SURFACE[SURFACE["panel"] == 0].assign(explained=0.618)
    text = captions.surface_description(settings, surface, outcome)
    assert text.endswith("interval 8. A quadratic fitted to sampled points; R squared 0.62.")


def sweep_of(settings: SweepSettings, points: pd.DataFrame | None = None) -> SimpleNamespace:
    """Make as much of a sweep as notes read."""
    design = SimpleNamespace(scenarios=[settings.study.scenario])
    return SimpleNamespace(settings=settings, points=points, design=design, surface=SURFACE)


def test_the_note_below_cells_gives_half_the_median_widths(
    settings: SweepSettings, outcome: OutcomeLabel
) -> None:
    cells = pd.DataFrame(
        {
            "low": [0.1, 0.2, 0.3],
            "high": [0.2, 0.4, 0.7],
            "difference": [0.0, 0.1, 0.2],
            "difference_low": [0.0, 0.06, 0.18],
            "difference_high": [0.0, 0.12, 0.22],
        }
    )
    assert captions.cells_note(settings, cells, outcome) == (
        "Means over 3 replicates and all levels of other factors. 95% intervals: ±0.1 for a mean, "
        "±0.025 for a difference from the first cell, with common random numbers (medians). "
        f"{settings.interval_line}"
    )
    unknown = cells.assign(low=float("nan"))
    assert captions.cells_note(settings, unknown, outcome) == (
        "Means over 3 replicates and all levels of other factors."
    )


def test_the_note_below_a_fitted_surface_says_what_is_left(
    settings: SweepSettings, outcome: OutcomeLabel
) -> None:
    points = pd.DataFrame({"y_standard_error": [0.01, 0.02, 0.04]})
    surface = SURFACE.assign(explained=0.75)
    assert captions.fitted_note(sweep_of(settings, points), "y", surface, outcome) == (
        "A quadratic in the two factors, fitted to the means of 8 points (small dots) over 3 "
        "replicates. It explains R squared = 0.75 of their variance; the rest comes from other "
        "factors, from shapes that a quadratic cannot take and from Monte Carlo error. Standard "
        "error of a mean: 0.02 (median). "
        f"{settings.interval_line}"
    )


def test_a_note_says_whether_the_scenario_as_it_is_is_on_the_picture(tmp_path: Path) -> None:
    of_ties = SWEEP.replace("[0.1, 0.8]", "[0.1, 0.5, 0.8]")
    for levels, said in (("[8, 4, 1]", TODAY), ("[8, 7, 6]", OFF), ("[8, 1]", OFF)):
        study = of_ties.replace("levels = [8, 1]", f"levels = {levels}")
        swept = sweep_of(read_sweep(write_study(tmp_path, study)))
        assert today_note(today_by_panel(swept)) == said  # type: ignore[arg-type]


PAIRS = pd.DataFrame(
    {
        "first": ["collaboration"],
        "second": ["preparations_for_ending"],
        "n": [3],
        "neither": [0.2],
        "first_alone": [0.25],
        "second_alone": [0.15],
        "both": [0.31],
        "whole_less_sum": [0.11],
        "low": [0.05],
        "high": [0.17],
        "verdict": ["more than the sum"],
    }
)


def test_a_pair_of_themes_is_told_alone_together_and_beyond_the_sum(outcome: OutcomeLabel) -> None:
    assert captions.pairs_description(PAIRS, outcome) == (
        f"{LABEL}, on a scale from 0 to 1. Collaboration alone +0.050, preparations for ending "
        f"alone {MINUS}0.050, both +0.110; whole less sum +0.110 (+0.050 to +0.170): more than the "
        "sum."
    )


def test_the_note_below_pairs_says_what_the_levels_are(settings: SweepSettings) -> None:
    text = captions.pairs_note(settings, PAIRS, "points")
    assert text.startswith("Means over 3 replicates and all levels of other themes.")
    assert "collaboration: initial tie (share) 0.1 to 0.8" in text
    assert "supervision: interval (weeks) 8 to 1, mode managerial to shared" in text
    assert "whole less sum (points) with its paired 95% interval" in text


CELLS = pd.DataFrame(
    {
        "panel": [0, 0, 0, 1],
        "across": [0, 0, 1, 0],
        "down": [0, 1, 0, 0],
        "low": [0.1, 0.1, 0.1, 0.1],
        "difference": [0.0, 0.02, -0.05, 0.0],
        "difference_low": [0.0, 0.01, -0.08, 0.0],
        "difference_high": [0.0, 0.03, -0.02, 0.0],
    }
)


def test_levels_are_told_by_the_largest_difference_whatever_its_sign(
    with_panels: SweepSettings, outcome: OutcomeLabel
) -> None:
    assert captions.levels_description(with_panels, CELLS, outcome) == (
        f"{LABEL}, on a scale from 0 to 1, less that at initial tie 0.1 and interval 8. Mode: "
        f"managerial; most at initial tie 0.8 and interval 8, {MINUS}0.050 ({MINUS}0.080 to "
        f"{MINUS}0.020). Mode: shared; no difference anywhere."
    )


def test_the_note_below_levels_says_from_where_they_differ(
    settings: SweepSettings, with_panels: SweepSettings
) -> None:
    assert captions.levels_note(settings, CELLS) == (
        "Differences from initial tie 0.1 and interval 8, paired by replicate over 3 replicates; "
        "means over all levels of other factors. Lines: Supervision: interval (weeks), programme "
        "arm. Upright lines, set apart: 95% intervals. "
        f"{settings.interval_line}"
    )
    assert "interval 8 in the same panel, paired" in captions.levels_note(with_panels, CELLS)


def test_one_replicate_has_no_interval_and_none_is_claimed(settings: SweepSettings) -> None:
    single = CELLS.assign(low=float("nan"))
    assert captions.levels_note(settings, single).endswith("interval (weeks), programme arm.")
    assert captions.interval_words(settings, CELLS, "Bands") == (
        f" Bands: 95% intervals. {settings.interval_line}"
    )
