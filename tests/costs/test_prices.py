"""Prices: the three numbers are what is drawn, by name and number, whatever the scenario."""

import numpy as np
import pytest

from engager_sim.costs.price_list import PriceList, drawn_prices, median_prices
from engager_sim.costs.prices import PERSPECTIVES, PRICES, Price, Quantiles
from engager_sim.costs.quality_of_life import quality_adjusted_years
from engager_sim.theory.costs import Costs, life_years

DRAWS = 40_000
POINTS = np.array([0.05, 0.5, 0.95])


def test_an_amount_is_its_three_numbers_at_their_probabilities() -> None:
    amounts = Quantiles(10.0, 20.0, 80.0).at(POINTS)
    np.testing.assert_allclose(amounts, [10.0, 20.0, 80.0], rtol=1e-12)


def test_a_symmetric_amount_is_lognormal() -> None:
    # log 4 / 1.6448536 from the median to the 95%, so one spread is 0.8427858 and e of it 2.3228.
    above = Quantiles(5.0, 20.0, 80.0).at(np.array([0.8413447461]))
    assert above[0] == pytest.approx(20.0 * 2.3228, rel=1e-4)


def test_a_certain_price_is_the_same_in_every_draw() -> None:
    own = PriceList({"practitioner_post": Quantiles(52_000.0, 52_000.0, 52_000.0)})
    assert set(drawn_prices(own, 50, seed=1)["practitioner_post"]) == {52_000.0}


@pytest.mark.parametrize("price", PRICES.values(), ids=PRICES.keys())
def test_draws_of_every_price_have_its_quantiles(price: Price) -> None:
    drawn = np.quantile(drawn_prices(PriceList(), DRAWS, 3)[price.id], POINTS)
    np.testing.assert_allclose(drawn, price.quantiles, rtol=0.03)


def test_draws_are_the_same_bytes_whatever_their_number_and_the_other_prices() -> None:
    declared = drawn_prices(PriceList(), 100, seed=5)
    fewer = drawn_prices(PriceList({"peer_hour": Quantiles(1.0, 2.0, 3.0)}), 30, seed=5)
    for name in PRICES:
        same = name != "peer_hour"
        assert (declared[name][:30].tobytes() == fewer[name].tobytes()) is same


def test_another_seed_and_another_price_are_independent() -> None:
    first, second = (drawn_prices(PriceList(), 4_000, seed) for seed in (1, 2))
    ranks = {name: np.argsort(np.argsort(values)) for name, values in first.items()}
    assert abs(np.corrcoef(first["peer_hour"], second["peer_hour"])[0, 1]) < 0.06
    among = np.corrcoef(list(ranks.values())) - np.eye(len(ranks))
    assert np.abs(among).max() < 0.07


def test_two_scenarios_read_one_probability_off_each_price() -> None:
    here = drawn_prices(PriceList(), 500, 1)["supervisor_hour"]
    there = drawn_prices(PriceList({"supervisor_hour": Quantiles(60.0, 90.0, 130.0)}), 500, 1)
    assert (np.argsort(here) == np.argsort(there["supervisor_hour"])).all()


def test_medians_are_the_middle_numbers() -> None:
    own = {"peer_hour": Quantiles(1.0, 2.0, 3.0)}
    medians = median_prices(PriceList(own))
    assert medians["peer_hour"].tolist() == [2.0]
    assert medians["custody_week"].tolist() == [PRICES["custody_week"].quantiles.median]


def test_declared_prices_rise_from_the_5_to_the_95_per_cent_and_are_above_0() -> None:
    for price in PRICES.values():
        assert 0.0 < price.quantiles.low < price.quantiles.median < price.quantiles.high


def test_what_hours_used_and_what_is_employed_cost_agree_where_they_price_the_same() -> None:
    used = Costs()
    for name in ("supervisor_hour", "peer_hour", "service_contact", "utility_per_point"):
        assert PRICES[name].quantiles.median == getattr(used, name)


def test_custody_is_counted_from_one_perspective_only() -> None:
    counting = [name for name, payers in PERSPECTIVES.items() if "justice" in payers]
    assert counting == ["justice"] == [PRICES["custody_week"].payer]


def test_quality_adjusted_years_are_those_of_the_outcome_at_its_slope() -> None:
    costs = Costs()
    weeks, distress_sum = 40.0, 700.0
    years = quality_adjusted_years(
        np.array([weeks]),
        np.array([distress_sum / 52.0]),
        np.array([costs.utility_per_point]),
        costs.utility_at_zero,
    )
    assert years[0] == pytest.approx(life_years(distress_sum, weeks, costs), rel=1e-12)
