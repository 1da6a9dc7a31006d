"""What the pictures of a sensitivity study say, against small tables made by hand."""

import dataclasses
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from engager_sim.figures.factor_labels import factor_labels
from engager_sim.figures.scales import MINUS
from engager_sim.studies.sensitivity.figures.analysed_outcome import SIGMA, AnalysedOutcome
from engager_sim.studies.sensitivity.figures.conditional_plots import conditional_plots
from engager_sim.studies.sensitivity.figures.convergence import convergence
from engager_sim.studies.sensitivity.figures.group_sums import group_sums
from engager_sim.studies.sensitivity.figures.index_bars import index_bars
from engager_sim.studies.sensitivity.figures.morris_plane import morris_plane
from engager_sim.studies.sensitivity.figures.notes import (
    intervals_note,
    noise_note,
    not_shown,
    runs_note,
)
from engager_sim.studies.sensitivity.figures.second_order_map import second_order_map
from engager_sim.studies.sensitivity.figures.tornado import tornado
from engager_sim.studies.sensitivity.methods import METHODS
from engager_sim.studies.sensitivity.settings import SensitivitySettings, read_sensitivity
from tests.designs.study_files import SENSITIVITY, write_study
from tests.figures.layout import text_around

TRUST = "trust_12w_programme"
TIE, INTERVAL = "programme.collaboration.initial_tie", "programme.supervision.interval"
LABEL = "Trust, week 12, programme"
NOTE = "What was run."


@pytest.fixture
def settings(tmp_path: Path) -> SensitivitySettings:
    """Read a Sobol study of ties and intervals."""
    return read_sensitivity(write_study(tmp_path, SENSITIVITY))


def rows(columns: str, *values: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame([(TRUST, *row) for row in values], columns=["outcome", *columns.split()])


INDEX = "index factor value low high rank note"
SOBOL = rows(
    INDEX,
    ("ST", TIE, 0.25, 0.2, 0.3, 2, ""),
    ("ST", INTERVAL, 0.8, 0.7, 0.9, 1, ""),
    ("S1", TIE, -0.02, -0.04, 0.01, 2, "below 0, which no share is"),
    ("S1", INTERVAL, 0.6, 0.61, 0.7, 1, ""),
)
SHARES = (
    "factors common_luck own_luck parameters parameters_with_factors chance_in_means points "
    "replicates"
)


def study(settings: SensitivitySettings, **tables: object) -> Any:
    """Make as much of a study as its pictures read."""
    design = SimpleNamespace(
        points=96, factors=settings.study.factors, values=np.zeros((0, 2)), columns=()
    )
    made = SimpleNamespace(
        settings=settings,
        design=design,
        columns=settings.study.columns,
        labels=factor_labels(settings.study.factors),
        failed={},
        asked=192,
        indices=SOBOL,
        without_effect=lambda _: [],
    )
    vars(made).update(tables)
    return made


def first_outcome(made: Any) -> AnalysedOutcome:
    return AnalysedOutcome(made, made.columns[0], made.labels)


def described(draw: Any, made: Any) -> str:
    picture = draw(first_outcome(made), NOTE)
    assert picture.description.endswith(NOTE)
    return str(picture.description.removesuffix(NOTE).rstrip())


def test_bars_say_the_largest_of_each_index_and_what_is_tied_with_the_first(
    settings: SensitivitySettings,
) -> None:
    axis = "Share of the outcome's variance"
    expected = (
        f"{LABEL}, Sobol: largest total ({axis}), with 95% intervals: interval (supervision) 0.80 "
        f"(0.70 to 0.90), initial tie 0.25 (0.20 to 0.30); largest first-order ({axis}), with 95% "
        f"intervals: interval (supervision) 0.60 (0.61 to 0.70), initial tie {MINUS}0.02 "
        f"({MINUS}0.04 to 0.01). Not told apart from interval (supervision): "
    )
    assert described(index_bars, study(settings)) == f"{expected}none."
    tied = SOBOL.assign(high=[0.7, *SOBOL["high"][1:]])
    told = described(index_bars, study(settings, indices=tied))
    assert told.endswith("Not told apart from interval (supervision): initial tie.")


def test_the_note_below_bars_explains_values_that_no_share_has(
    settings: SensitivitySettings,
) -> None:
    made = study(settings)
    text = text_around(index_bars(first_outcome(made), NOTE).figure)
    assert "Indices below 0, which no share is (1 of 4)." in text
    assert "bootstrap resamples repeat points, which moves this index (1 of 4)." in text


def test_main_effects_are_tied_by_their_size(settings: SensitivitySettings) -> None:
    factorial = dataclasses.replace(settings, method=METHODS["fractional_factorial"])
    effects = rows(
        INDEX, ("ME", TIE, 0.05, 0.04, 0.06, 2, ""), ("ME", INTERVAL, -0.06, -0.08, -0.05, 1, "")
    )
    told = described(index_bars, study(factorial, indices=effects))
    assert told.endswith(
        f"interval (supervision) {MINUS}0.060 ({MINUS}0.080 to {MINUS}0.050), initial tie 0.050 "
        "(0.040 to 0.060). Not told apart from interval (supervision): initial tie."
    )


def test_the_plane_says_how_far_and_how_evenly_factors_move_an_outcome(
    settings: SensitivitySettings,
) -> None:
    effects = rows(
        INDEX,
        ("mu_star", TIE, 0.1, 0.08, 0.12, 2, ""),
        ("mu_star", INTERVAL, 0.2, 0.1, 0.3, 1, ""),
        ("sigma", TIE, 0.15, 0.1, 0.2, 1, ""),
        ("sigma", INTERVAL, 0.04, 0.0, 0.1, 2, ""),
    )
    morris = dataclasses.replace(settings, method=METHODS["morris"])
    assert described(morris_plane, study(morris, indices=effects)) == (
        f"{LABEL}: largest μ* (change over the factor's range (on a scale from 0 to 1)), with 95% "
        f"intervals: interval (supervision) 0.200 (0.100 to 0.300), {SIGMA}/μ* 0.2; initial tie "
        f"0.100 (0.080 to 0.120), {SIGMA}/μ* 1.5. Of 2 factors, 1 have a spread above "
        "their mean size."
    )


def test_the_map_says_the_largest_pairs_and_how_many_are_clear(
    settings: SensitivitySettings,
) -> None:
    pairs = rows("factor other value low high", (TIE, INTERVAL, 0.12, 0.05, 0.2))
    assert described(second_order_map, study(settings, second_order=pairs)) == (
        f"{LABEL}: of 1 pairs of factors, 1 have a share of variance only together whose 95% "
        "interval excludes 0; the largest: initial tie with interval (supervision) 0.12 (0.05 to "
        "0.20)."
    )
    unclear = study(settings, second_order=pairs.assign(value=-0.01, low=-0.1))
    assert "of 1 pairs of factors, 0 have" in described(second_order_map, unclear)
    picture = second_order_map(first_outcome(unclear), NOTE)
    assert "1 are below 0, which no share is" in text_around(picture.figure)


def with_points(settings: SensitivitySettings) -> Any:
    """Give the study four points, each a block, at both ends of both factors."""
    made = study(dataclasses.replace(settings, method=METHODS["pawn"]))
    made.design.values = np.array([[0.0, 1.0], [0.0, 1.0], [0.9, 8.0], [0.9, 8.0]])
    made.points = pd.DataFrame({TRUST: [0.1, 0.1, 0.5, 0.5]})
    return made


def test_the_tornado_says_the_means_at_both_ends_and_how_many_differ(
    settings: SensitivitySettings,
) -> None:
    made = with_points(settings)
    ends = "0.100 to 0.500 ({}; difference +0.400 (+0.400 to +0.400))"
    arrow = "\N{RIGHTWARDS ARROW}"
    assert described(tornado, made) == (
        f"{LABEL} (0 to 1), from the low to the high end of each factor: initial tie "
        f"{ends.format(f'0 {arrow} 0.9 share')}; interval (supervision) "
        f"{ends.format(f'1 {arrow} 8 weeks')}. 2 of 2 factors move it clearly."
    )
    picture = tornado(first_outcome(made), NOTE)
    assert "from the mean of all points (0.300)" in text_around(picture.figure)
    made.points = pd.DataFrame({TRUST: [0.0, 0.4, 0.3, 0.5]})
    assert described(tornado, made).endswith("0 of 2 factors move it clearly.")


def test_conditional_means_are_said_at_both_ends_of_the_first_factors(
    settings: SensitivitySettings,
) -> None:
    made = with_points(settings)
    medians = [("median", TIE, 0.2, 0.1, 0.3, 1, ""), ("median", INTERVAL, 0.1, 0.0, 0.2, 2, "")]
    made.indices = rows(INDEX, *medians)
    assert described(conditional_plots, made) == (
        f"{LABEL} (0 to 1), by initial tie: mean 0.100 at 0 to 0.09 share, 0.500 at 0.81 to 0.9 "
        "share; by interval (supervision): mean 0.100 at 1 to 1.7 weeks, 0.500 at 7.3 to 8 weeks."
    )


def test_convergence_is_said_from_the_fewest_samples_to_all(settings: SensitivitySettings) -> None:
    line = rows(
        "samples index factor value low high",
        (1024, "ST", TIE, 0.25, 0.2, 0.3),
        (1024, "ST", INTERVAL, 0.8, 0.7, 0.9),
        (128, "ST", TIE, 0.4, 0.1, 0.7),
        (128, "ST", INTERVAL, 0.6, 0.2, 1.0),
    )
    made = study(settings, convergence=line)
    picture = convergence([first_outcome(made)], NOTE, "name")
    assert picture.description == (
        f"{LABEL}, from 128 to 1,024 samples: interval (supervision) 0.60 (0.20 to 1.00), then "
        f"0.80 (0.70 to 0.90); initial tie 0.40 (0.10 to 0.70), then 0.25 (0.20 to 0.30). {NOTE}"
    )


def test_sums_of_shares_are_said_by_theme_and_by_role(settings: SensitivitySettings) -> None:
    sums = rows(
        "by group value low high",
        ("theme", "collaboration", 0.1, 0.0, 0.2),
        ("theme", "supervision", 0.6, 0.5, 0.7),
        ("role", "lever", 0.7, 0.6, 0.8),
    )
    made = study(settings, groups=sums)
    picture = group_sums([first_outcome(made)], NOTE, "name")
    assert picture.description == (
        f"{LABEL}, sums of first-order shares by theme: supervision 0.60 (0.50 to 0.70), "
        f"collaboration 0.10 (0.00 to 0.20); by role: levers 0.70 (0.60 to 0.80). {NOTE}"
    )


def test_notes_say_what_was_run_and_what_the_bootstrap_draws(settings: SensitivitySettings) -> None:
    assert runs_note(study(settings)) == (
        "Sobol: 96 points of 2 replicates each. Factors are those of the programme unless said "
        "otherwise. "
    )
    failed = study(settings, failed={"no room": 3, "no men": 1})
    assert "4 of 192 runs failed and are left out. " in runs_note(failed)
    together = dataclasses.replace(settings, groups="theme")
    assert runs_note(study(together)) == "Sobol: 96 points of 2 replicates each. "
    assert intervals_note(study(settings)) == (
        "Intervals: 20 bootstrap resamples of points and replicates. "
        f"{settings.intervals.index_line} "
    )
    whole = dataclasses.replace(settings, method=METHODS["fractional_factorial"])
    assert intervals_note(study(whole)) == (
        f"Intervals: 20 bootstrap resamples of replicates. {settings.intervals.index_line} "
    )
    one = dataclasses.replace(whole, study=dataclasses.replace(whole.study, replicates=1))
    assert intervals_note(study(one)) == "One replicate has no interval. "
    assert not_shown(28, 25) == "The 25 largest of 28 are shown, 3 not. "
    assert not_shown(25, 25) == ""


def test_a_note_divides_the_variance_of_single_runs(settings: SensitivitySettings) -> None:
    chance = rows(SHARES, (0.6, 0.1, 0.3, 0.0, 0.0, 0.25, 96, 2))
    made = study(settings, chance=chance)
    assert noise_note(made, made.columns[0]) == (
        "Monte Carlo error makes 25.0% of the variance between points' means. Of the variance "
        "between single runs, 60.0% is the factors', 10.0% noise that all points share, 30.0% "
        "other noise."
    )
    # Some parameters were drawn; nothing more is asked of them here.
    made.settings = SimpleNamespace(study=settings.study, fitted=object())
    made.chance = rows(SHARES, (0.5, 0.1, 0.2, 0.15, 0.05, 0.25, 96, 2))
    assert noise_note(made, made.columns[0]) == (
        "Monte Carlo error and drawn parameters make 25.0% of the variance between points' means. "
        "Of the variance between single runs, 50.0% is the factors', 10.0% noise that all points "
        "share, 20.0% other noise, 15.0% drawn parameters alike at all points, 5.0% drawn "
        "parameters otherwise."
    )
