"""Elementary effects, and which of them are more than Monte Carlo noise."""

import numpy as np
import pandas as pd
import pytest

from engager_sim.designs.prior import theories_at, uncertain_factors
from engager_sim.designs.samplers import morris_sample, problem_of, repeatable
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.screening.morris_screen import effects_of, ends_at, mean_test, noise_test
from engager_sim.screening.narrative import cells, findings

RNG = np.random.default_rng(2)


def test_an_elementary_effect_is_what_a_whole_range_does() -> None:
    with repeatable(1) as seed:
        units = morris_sample(problem_of(3), 5, seed)
    outcomes = (units @ [2.0, -1.0, 0.0])[:, np.newaxis, np.newaxis] * np.ones((1, 2, 1))
    effects = effects_of(units, outcomes)
    assert effects.shape == (3, 5, 2, 1)
    for factor, slope in enumerate((2.0, -1.0, 0.0)):
        assert effects[factor] == pytest.approx(slope)


def test_an_effect_is_noise_if_replicates_differ_as_much_as_trajectories() -> None:
    noise = RNG.normal(size=(8, 4, 400))
    p, _ = noise_test(noise)
    assert 0.02 < (p < 0.05).mean() < 0.09
    p, size = noise_test(noise + 3.0)
    assert (p < 0.001).all()
    assert size.mean() == pytest.approx(3.0, abs=0.1)


def test_what_moves_nothing_at_all_is_noise_and_what_is_the_same_in_all_replicates_is_not() -> None:
    still, certain = np.zeros((4, 2, 1)), np.ones((4, 2, 1))
    assert noise_test(still)[0] == 1.0
    assert noise_test(certain)[0] == 0.0
    assert noise_test(np.full((4, 2, 1), np.nan))[0] == 1.0
    rare = np.zeros((4, 2, 1))
    rare[0] = 0.01
    assert noise_test(rare)[0] == 1.0


def test_every_uncertain_parameter_is_drawn_but_what_a_scenario_says() -> None:
    factors = uncertain_factors()
    said = changed(Scenario.load("usual_care"), {"collaboration.tie_growth": 0.02})
    theories = theories_at(said, factors, np.ones((2, len(factors))))
    assert theories.shape == (2, 2)
    for factor in factors:
        group, name = factor.path.split(".")
        expected = 0.02 if factor.path == "collaboration.tie_growth" else factor.high
        assert theories[group][name] == pytest.approx(expected)


def test_the_inert_are_named() -> None:
    row = {"parameter": "a.b", "preset": "p", "arm": "programme", "outcome": "o", "effect": 0.1234,
           "unit": "share", "sizes": 0.5, "p": 0.2, "inert": True}  # fmt: skip
    assert cells(row) == ("a.b", "p, programme", "o", "0.123 share", "0.5", "0.2")
    (sentence,) = findings(pd.DataFrame([row, row | {"parameter": "c.d", "inert": False}]))
    assert sentence.startswith("Of 2 uncertain parameters 1 move")
    assert "a.b" in sentence
    assert "c.d" not in sentence


def test_a_small_effect_of_one_sign_is_told_from_none_by_its_mean() -> None:
    noise = np.random.default_rng(4).normal(size=(64, 8, 200))
    p, _ = mean_test(noise)
    assert (p < 0.05).mean() == pytest.approx(0.05, abs=0.04)
    p, size = mean_test(noise[:, :, :50] + 0.3)
    assert (p < 1e-3).mean() > 0.9
    assert size.mean() == pytest.approx(0.3, abs=0.05)
    assert np.median(noise_test(noise[:, :, :50] + 0.3)[0]) > np.median(p)


def test_what_happens_at_a_few_points_only_is_no_effect() -> None:
    seldom = np.zeros((64, 8, 1))
    seldom[:5] = 1.0
    assert mean_test(seldom)[0] == 1.0
    assert mean_test(np.zeros((64, 8, 1)))[0] == 1.0


def test_a_parameter_is_moved_over_its_whole_range_and_no_other_is() -> None:
    points = np.random.default_rng(5).random((7, 3))
    units = ends_at(points, 1)
    assert units.shape == (14, 3)
    assert (units[:7, 1] == 0.0).all()
    assert (units[7:, 1] == 1.0).all()
    assert (units[:7, [0, 2]] == units[7:, [0, 2]]).all()
