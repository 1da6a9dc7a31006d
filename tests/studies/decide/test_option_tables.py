"""Rows of a decision's options, against worlds made by hand."""

import dataclasses

import numpy as np
import pytest

from engager_sim.costs.employment import Item
from engager_sim.costs.spending import Spending, men_a_year
from engager_sim.studies.decide.benefits import Benefits
from engager_sim.studies.decide.option_tables import _spend
from engager_sim.studies.decide.study import Decision

POST = Item("post", "a post")


@pytest.mark.parametrize(("spread", "first", "steady"), [(0.5, 550.0, 500.0), (2.0, None, None)])
def test_a_unit_of_gain_has_a_price_only_where_a_gain_can_be_told(
    decision: Decision, spread: float, first: float | None, steady: float | None
) -> None:
    """A price per man of a gain that may be none or a loss says nothing."""
    expected = np.zeros((3, 2, 201))
    expected[0, 1] = 2.0 + spread * np.linspace(-2.0, 2.0, 201)  # 95%: from 0.1 to 3.9, or below 0
    spent = Spending({POST: np.array([1_000.0])}, {POST: np.array([100.0])})
    gain = np.zeros((2, 201, 2))
    benefits = Benefits(gain, gain, gain, (spent,), (spent,), expected)
    row = _spend(decision.settings, benefits, 1)
    prices = row["spend_per_gain"], row["steady_per_gain"]
    if first is None:
        assert np.isnan(prices).all()
    else:
        assert prices == pytest.approx((first, steady))


def test_what_a_unit_costs_counts_every_man_of_a_year(decision: Decision) -> None:
    """Of a mean per man too: the spending is for all of them."""
    by_mean = dataclasses.replace(decision.settings, outcome="qaly_52w")
    expected = np.zeros((3, 2, 10))
    expected[0, 1] = 2.0
    spent = Spending({POST: np.array([1_000.0])}, {POST: np.zeros(1)})
    gain = np.zeros((2, 10, 2))
    benefits = Benefits(gain, gain, gain, (spent,), (spent,), expected)
    men = men_a_year(by_mean.today.setting)
    assert _spend(by_mean, benefits, 1)["spend_per_gain"] == pytest.approx(1_000.0 / (2.0 * men))
    assert _spend(decision.settings, benefits, 1)["spend_per_gain"] == pytest.approx(500.0)


def test_a_level_that_is_not_in_use_today_is_told_as_such(decision: Decision) -> None:
    levers = decision.levers.set_index(["option", "key"])
    of_peers = [key for option, key in levers.index if option == "peers" and "peers." in key]
    assert of_peers
    for key in of_peers:
        assert "(not in use: no team has a place for a peer)" in levers.loc[("peers", key), "today"]
    assert not levers["today"].str.contains("None").any()
