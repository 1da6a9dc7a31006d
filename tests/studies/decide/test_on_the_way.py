"""What options change on the way: true changes lie in the intervals, and nothing is nothing."""

import numpy as np
import pytest

from engager_sim.outcomes.headline import HEADLINE
from engager_sim.studies.decide.on_the_way import change_text, expected_change, today_text
from engager_sim.studies.decide.study import Decision


def test_every_other_headline_outcome_of_every_option_has_a_row(decision: Decision) -> None:
    rows = decision.on_the_way
    others = [name for name in HEADLINE if name != decision.settings.outcome]
    assert rows["outcome"].tolist() == others * len(decision.settings.options)
    weekly = rows[rows["option"] == "weekly"].set_index("outcome")
    assert weekly.loc["staff_burnout", "high"] < 0.0  # what weekly supervision is for
    known = rows.dropna(subset=["difference"])
    assert (known["low"] <= known["difference"]).all()
    assert (known["difference"] <= known["high"]).all()


def test_an_option_that_changes_nothing_is_identical_on_the_way(decision: Decision) -> None:
    rows = decision.on_the_way
    nothing = rows[rows["option"] == "nothing"].dropna(subset=["difference"])
    assert len(nothing) > len(HEADLINE) / 2
    assert {change_text(row) for row in nothing.to_dict("records")} == {"identical"}


def test_noise_alone_is_told_from_none_at_most_one_time_in_twenty() -> None:
    dice = np.random.default_rng(5)
    told, sets = 0, 600
    for _ in range(sets):
        _, low, high = expected_change(dice.normal(size=(2, 40, 2)))
        told += low > 0.0 or high < 0.0
    assert 0.0 < told / sets <= 0.05


def test_draws_that_differ_are_spread_as_far_as_they_differ() -> None:
    dice = np.random.default_rng(6)
    true = dice.normal(3.0, 2.0, size=(4_000, 1))
    runs = np.stack([np.zeros((4_000, 2)), true + dice.normal(0.0, 3.0, size=(4_000, 2))])
    mean, low, high = expected_change(runs)
    assert mean == pytest.approx(3.0, abs=0.2)
    assert (low, high) == pytest.approx((3.0 - 1.96 * 2.0, 3.0 + 1.96 * 2.0), abs=0.4)


def test_an_outcome_without_values_has_no_change() -> None:
    assert np.isnan(expected_change(np.zeros((2, 0, 2)))).all()


def test_changes_are_written_in_the_outcomes_units() -> None:
    share = {"outcome": "engaged_12w", "today": 0.4, "difference": 0.05, "low": 0.01, "high": 0.09}
    assert today_text(share) == "40.0%"
    assert change_text(share) == "5.0 pp [1.0, 9.0]"
