"""What each world gives and costs in a year of this service's size, run by run and draw by draw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engager_sim.costs.employment import employed
from engager_sim.costs.price_list import drawn_prices, median_prices
from engager_sim.costs.prices import HEALTH, WEEKS_A_YEAR
from engager_sim.costs.quality_of_life import quality_adjusted_years
from engager_sim.costs.spending import Spending, Use, extra_spend, men_a_year, yearly_spend
from engager_sim.scenarios.scenario import Scenario
from engager_sim.statistics.expectations import expectations
from engager_sim.studies.decide.settings import DecideSettings, checked_outcome
from engager_sim.studies.decide.worlds import (
    CUSTODY_WEEKS,
    DISTRESS_LIVED,
    SERVICE_CONTACTS,
    WEEKS_LIVED,
)

type Numbers = npt.NDArray[np.float64]
type Outcomes = Mapping[str, Numbers]
type Draws = npt.NDArray[np.int64]

SLOPE = "utility_per_point"


@dataclass(frozen=True)
class Benefits:
    """Gain, health and spending of every world, today's first.

    Attributes
    ----------
    gain : float64 array, shape (worlds, draws, replicates)
        The decision's outcome, more being better: men a year of a share, else the mean over men.
    health : float64 array, same shape
        Quality-adjusted life years of a year's men.
    spend : float64 array, same shape
        Pounds beyond today's in the first year, by health and social care: a steady year and
        start-up.
    extra, at_medians : tuple of Spending
        Of each option, by item: of shape (draws,); and at median prices, of shape (1,).
    expected : float64 array, shape (3, worlds, draws)
        Expectations of gain, health and spend, Monte Carlo error removed from what worlds differ
        by.
    """

    gain: Numbers
    health: Numbers
    spend: Numbers
    extra: tuple[Spending, ...]
    at_medians: tuple[Spending, ...]
    expected: Numbers

    @property
    def expected_gain(self) -> Numbers:
        """Expected gain, of shape (worlds, draws)."""
        return np.asarray(self.expected[0])

    def net(self, worth: float) -> Numbers:
        """Net monetary benefit of each run, at so many pounds a quality-adjusted life year."""
        return worth * self.health - self.spend

    def expected_net(self, worth: float) -> Numbers:
        """Give the expected net monetary benefit, of shape (worlds, draws)."""
        return np.asarray(worth * self.expected[1] - self.expected[2])


def counts_men(outcome: str) -> bool:
    """Tell whether an outcome is a share of men, so that men can be counted."""
    return checked_outcome(outcome).unit == "share"


def benefits_of(settings: DecideSettings, outcomes: Outcomes, draws: Draws) -> Benefits:
    """Compute what every world gives and costs.

    Parameters
    ----------
    outcomes : dict of str to float64 array, shape (worlds, draws, replicates)
        What runs gave, today's first.
    draws : int64 array, shape (draws,)
        Numbers of the draws, by which prices are drawn.
    """
    men = men_a_year(settings.today.setting)
    scale = settings.direction * (men if counts_men(settings.outcome) else 1.0)
    gain = scale * outcomes[settings.outcome]
    each = gain.shape[2]
    count = int(draws.max()) + 1
    prices = [
        {
            name: np.repeat(drawn[draws], each)
            for name, drawn in drawn_prices(scenario.costs, count, settings.seed).items()
        }
        for scenario in settings.scenarios
    ]
    spendings = _spendings(settings.scenarios, prices, outcomes)
    extra = [extra_spend(spendings[0], spending) for spending in spendings]
    spend = [one.first_year(HEALTH).reshape(gain.shape[1:]) for one in extra]
    health = men * _health(settings.scenarios, prices, outcomes)
    stacked = np.stack([gain, health, np.stack(spend)])
    return Benefits(
        gain,
        health,
        np.stack(spend),
        tuple(_of_draws(one, each) for one in extra[1:]),
        _at_medians(settings.scenarios, outcomes),
        expectations(stacked),
    )


def _at_medians(scenarios: Sequence[Scenario], outcomes: Outcomes) -> tuple[Spending, ...]:
    """Price every option beyond today's at median prices, of what men use on average."""
    used = (SERVICE_CONTACTS, CUSTODY_WEEKS)
    means = {name: np.array([[np.nanmean(world)] for world in outcomes[name]]) for name in used}
    medians = [median_prices(scenario.costs) for scenario in scenarios]
    today, *options = _spendings(scenarios, medians, means)
    return tuple(extra_spend(today, option) for option in options)


def _spendings(
    scenarios: Sequence[Scenario], prices: Sequence[dict[str, Numbers]], outcomes: Outcomes
) -> list[Spending]:
    found = []
    for index, (scenario, own_prices) in enumerate(zip(scenarios, prices, strict=True)):
        years = scenario.setting.follow_up_weeks / WEEKS_A_YEAR
        use = Use(
            outcomes[SERVICE_CONTACTS][index].reshape(-1) / years,
            outcomes[CUSTODY_WEEKS][index].reshape(-1),
            men_a_year(scenario.setting),
        )
        employment = employed(scenario.deployed, scenario.theories())
        found.append(yearly_spend(employment, own_prices, scenario.costs.items, use))
    return found


def _health(
    scenarios: Sequence[Scenario], prices: Sequence[dict[str, Numbers]], outcomes: Outcomes
) -> Numbers:
    lived, distress = outcomes[WEEKS_LIVED], outcomes[DISTRESS_LIVED]
    years = [
        quality_adjusted_years(
            lived[index].reshape(-1),
            distress[index].reshape(-1),
            # What a point is worth is the same in every world: a price list sets prices alone.
            prices[0][SLOPE],
            float(scenario.theories()[0].costs.utility_at_zero),
        ).reshape(lived.shape[1:])
        for index, scenario in enumerate(scenarios)
    ]
    return np.stack(years)


def _of_draws(spending: Spending, each: int) -> Spending:
    """Average the replicates of each draw."""
    return Spending(
        {item: run.reshape(-1, each).mean(axis=1) for item, run in spending.per_year.items()},
        {item: run.reshape(-1, each).mean(axis=1) for item, run in spending.start_up.items()},
    )
