"""Spending: hand-worked sums, what an option adds, and what can never happen."""

import dataclasses
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.costs.employment import Employment, Item, employed
from engager_sim.costs.price_list import OwnItem, PriceList, drawn_prices
from engager_sim.costs.prices import HEALTH, JUSTICE, LOCAL, PRICES, Vector
from engager_sim.costs.spending import (
    Spending,
    Use,
    discounted_years,
    extra_spend,
    men_a_year,
    yearly_spend,
)
from engager_sim.scenarios.scenario import Scenario
from engager_sim.world.setting import TeamSetting

ROUND = dict.fromkeys(PRICES, 1.0) | {
    "practitioner_post": 50_000.0,
    "supervisor_hour": 70.0,
    "peer_hour": 20.0,
    "recruited_post": 3_000.0,
    "service_contact": 60.0,
    "custody_week": 600.0,
}
NOTHING = employed(Scenario.load("usual_care").setting, Scenario.load("usual_care").theories())
PRICED = drawn_prices(PriceList(), 20, seed=1)
TODAY = Scenario.load("through_the_gate")


def employing(**quantities: tuple[float, float]) -> Employment:
    none = {item: np.zeros(2) for item in NOTHING.quantities}
    return Employment(none | {item: np.array(count) for item, count in quantities.items()})


def round_prices(draws: int = 1) -> dict[str, Vector]:
    return {name: np.full(draws, price) for name, price in ROUND.items()}


def by_id(amounts: Mapping[Item, Vector]) -> dict[str, float]:
    return {item.id: float(amount[0]) for item, amount in amounts.items()}


def spending_of(teams: list[TeamSetting]) -> Spending:
    setting = dataclasses.replace(TODAY.deployed, teams=teams)
    return yearly_spend(employed(setting, TODAY.theories()), PRICED)


def test_a_steady_year_is_quantities_times_prices() -> None:
    spent = yearly_spend(
        employing(
            practitioner_post=(2.0, 1.0), supervisor_hour=(100.0, 0.0), peer_hour=(10.0, 0.0),
            further_supervision_hour=(4.0, 0.0), recruited_post=(3.0, 1.0),
        ),
        round_prices(),
    )  # fmt: skip
    assert by_id(spent.per_year) == {
        "practitioner_post": 150_000.0, "supervisor_hour": 7_000.0,
        "further_supervision_hour": 280.0, "peer_hour": 200.0, "day_under_one_roof": 0.0,
        "shared_record": 0.0,
    }  # fmt: skip
    assert spent.yearly().tolist() == [157_480.0]
    assert spent.once().tolist() == [12_000.0]


def test_one_arm_can_be_priced_alone() -> None:
    staff = employing(practitioner_post=(2.0, 1.0))
    alone = [yearly_spend(staff, round_prices(), arm=arm).yearly()[0] for arm in (0, 1)]
    assert alone == [100_000.0, 50_000.0]


def test_each_perspective_counts_what_it_pays_and_custody_once() -> None:
    use = Use(service_contacts=10.0, custody_weeks=2.0, men=90.0)
    staff = employing(practitioner_post=(1.0, 0.0))
    spent = yearly_spend(staff, round_prices(), use=use)
    assert spent.yearly(LOCAL).tolist() == [50_000.0]
    assert spent.yearly(HEALTH).tolist() == [50_000.0 + 10 * 90 * 60]
    assert spent.yearly(JUSTICE).tolist() == [2 * 90 * 600]
    assert spent.yearly()[0] == spent.yearly(HEALTH)[0] + spent.yearly(JUSTICE)[0]


def test_use_may_differ_from_draw_to_draw() -> None:
    use = Use(np.array([1.0, 2.0]), np.array([0.0, 1.0]), men=10.0)
    spent = yearly_spend(employing(), round_prices(2), use=use)
    assert spent.yearly().tolist() == [600.0, 1_200.0 + 6_000.0]


def test_own_items_are_certain_and_have_a_payer() -> None:
    own = (
        OwnItem("room hire", per_year=3_000.0, start_up=500.0),
        OwnItem("tags", per_year=100.0, perspective=JUSTICE),
    )
    spent = yearly_spend(employing(), round_prices(3), own)
    assert spent.yearly(LOCAL).tolist() == [3_000.0] * 3
    assert spent.yearly(JUSTICE).tolist() == [100.0] * 3
    assert spent.once().tolist() == [500.0] * 3


def test_what_an_option_adds_is_told_by_item_and_nothing_begun_is_given_back() -> None:
    prices = round_prices()
    today = yearly_spend(
        employing(practitioner_post=(3.0, 0.0), recruited_post=(4.0, 0.0)), prices,
        (OwnItem("rent", per_year=10.0),),
    )  # fmt: skip
    option = yearly_spend(
        employing(practitioner_post=(2.0, 0.0), recruited_post=(3.0, 0.0), peer_hour=(52.0, 0.0)),
        prices, (OwnItem("rent", per_year=10.0), OwnItem("car", per_year=5.0, start_up=7.0)),
    )  # fmt: skip
    extra = extra_spend(today, option)
    told = {name: amount for name, amount in by_id(extra.per_year).items() if amount != 0.0}
    assert told == {"practitioner_post": -50_000.0, "peer_hour": 1_040.0, "car": 5.0}
    assert {name: amount for name, amount in by_id(extra.start_up).items() if amount} == {"car": 7}


def test_an_item_that_today_alone_has_is_saved() -> None:
    today = yearly_spend(employing(), round_prices(), (OwnItem("rent", per_year=10.0),))
    assert extra_spend(today, yearly_spend(employing(), round_prices())).yearly().tolist() == [-10]


def test_parts_of_posts_cost_what_a_post_is_drawn_to_cost() -> None:
    """So that half a post is half as uncertain as a whole one, and no more."""
    unfilled = (OwnItem("not worked", posts=-0.5, per_year=100.0),)
    whole = yearly_spend(employing(practitioner_post=(1.0, 0.0)), PRICED).yearly()
    half = yearly_spend(employing(practitioner_post=(1.0, 0.0)), PRICED, unfilled).yearly()
    assert half == pytest.approx(0.5 * whole + 100.0)
    assert whole.std() > 0.0


def test_years_beyond_the_first_are_discounted_and_parts_count_as_such() -> None:
    assert discounted_years(26) == 0.5
    assert discounted_years(52) == 1.0
    assert discounted_years(104) == pytest.approx(1.0 + 1.0 / 1.035)
    assert discounted_years(130) == pytest.approx(1.0 + 1.0 / 1.035 + 0.5 / 1.035**2)


def test_the_present_value_is_start_up_and_discounted_years() -> None:
    item = Item("post", "Post")
    spent = Spending({item: np.array([1_000.0])}, {item: np.array([50.0])})
    assert spent.over(52.0).tolist() == [1_050.0]
    assert spent.over(104.0)[0] == pytest.approx(50.0 + 1_000.0 * (1.0 + 1.0 / 1.035))


def test_men_a_year_are_those_recruited_by_the_week_times_52() -> None:
    people = dataclasses.replace(TODAY.setting.population, leavers=180, recruitment_weeks=104)
    assert men_a_year(dataclasses.replace(TODAY.setting, population=people)) == 90.0


STAFF = st.tuples(st.integers(1, 12), st.integers(1, 4), st.integers(0, 5))


@given(STAFF, st.sampled_from(["practitioners", "peers"]))
def test_spend_never_falls_when_a_post_is_added(staff: tuple[int, int, int], added: str) -> None:
    practitioners, supervisors, peers = staff
    first = TODAY.setting.teams[0]
    team = dataclasses.replace(
        first, practitioners=practitioners, supervisors=supervisors, peers=peers
    )
    more = dataclasses.replace(team, **{added: getattr(team, added) + 1})
    extra = extra_spend(spending_of([team]), spending_of([more]))
    assert (extra.yearly() > 0.0).all()
    assert (extra.once() > 0.0).all()


@given(STAFF)
def test_an_option_that_changes_nothing_adds_exactly_0_in_every_draw(
    staff: tuple[int, int, int],
) -> None:
    practitioners, supervisors, peers = staff
    team = dataclasses.replace(
        TODAY.setting.teams[0], practitioners=practitioners, supervisors=supervisors, peers=peers
    )
    extra = extra_spend(spending_of([team]), spending_of([team]))
    for amounts in (extra.per_year, extra.start_up):
        assert all((amount == 0.0).all() for amount in amounts.values())
