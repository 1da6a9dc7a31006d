"""What is spent in a steady year and at the start, by item, and what one scenario adds to another.

A steady year is one at full strength, after warm-up. Nothing is claimed of what comes after the
weeks that are asked about.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from engager_sim.costs.employment import EMPLOYED, STARTED, USED, Employment, Item
from engager_sim.costs.price_list import OwnItem
from engager_sim.costs.prices import PERSPECTIVES, WEEKS_A_YEAR, Payer, Vector
from engager_sim.world.setting import Setting

DISCOUNT_RATE = 0.035
"""A year, of costs and of health, after the first: the reference case of NICE's manual (PMG36)."""


@dataclass(frozen=True, slots=True)
class Use:
    """What men use in the year after release: numbers, or float64 arrays of shape (draws,).

    Attributes
    ----------
    service_contacts, custody_weeks : float or float64 array
        Mean per man, of outcomes ``service_contacts`` (by year of follow-up) and
        ``custody_weeks_52w``.
    men : float
        Men a year.
    """

    service_contacts: Any
    custody_weeks: Any
    men: float


@dataclass(frozen=True)
class Spending:
    """Spending by item, in pounds of the price year, per draw.

    Attributes
    ----------
    per_year, start_up : dict of Item to float64 array, shape (draws,)
        In a steady year; once.
    """

    per_year: Mapping[Item, Vector]
    start_up: Mapping[Item, Vector]

    def yearly(self, perspective: Payer | None = None) -> Vector:
        """Add up a steady year: all of it, or what one perspective counts."""
        return _total(self.per_year, perspective)

    def once(self, perspective: Payer | None = None) -> Vector:
        """Add up what is spent once: all of it, or what one perspective counts."""
        return _total(self.start_up, perspective)

    def first_year(self, perspective: Payer | None = None) -> Vector:
        """Give what the first year takes, start-up included."""
        return self.once(perspective) + self.yearly(perspective)

    def over(self, weeks: float, perspective: Payer | None = None) -> Vector:
        """Give the present value of so many weeks, start-up included."""
        return self.once(perspective) + self.yearly(perspective) * discounted_years(weeks)


def yearly_spend(
    employment: Employment,
    prices: Mapping[str, Vector],
    own: tuple[OwnItem, ...] = (),
    use: Use | None = None,
    arm: int | None = None,
) -> Spending:
    """Price what a scenario employs, its own items, and what men use.

    Parameters
    ----------
    employment : Employment
        What it employs.
    prices : dict of str to float64 array, shape (draws,)
        As drawn.
    own : tuple of OwnItem
        Items of its own; certain but for the price of posts.
    use : Use, optional
        What men use; left out unless given.
    arm : int, optional
        Only what one arm employs; both unless given. Own items and use are of the whole.

    Returns
    -------
    Spending
    """
    steady = {item: employment.quantity(item.id, arm) * prices[item.price] for item in EMPLOYED}
    start = {item: employment.quantity(item.id, arm) * prices[item.price] for item in STARTED}
    if use is not None:
        for item, each in zip(USED, (use.service_contacts, use.custody_weeks), strict=True):
            steady[item] = each * use.men * prices[item.price]
    certain = np.ones_like(next(iter(prices.values())))
    for entry in own:
        item = Item(entry.name, entry.name, payer=entry.perspective)
        steady[item] = entry.per_year * certain + entry.posts * prices["practitioner_post"]
        start[item] = entry.start_up * certain
    return Spending(steady, start)


def extra_spend(today: Spending, option: Spending) -> Spending:
    """Give what an option spends beyond today's; exactly 0 where nothing is changed.

    Nothing that was spent at the start is given back: no start-up is below 0.
    """
    return Spending(
        _less(option.per_year, today.per_year),
        {
            item: np.maximum(extra, 0.0)
            for item, extra in _less(option.start_up, today.start_up).items()
        },
    )


def men_a_year(setting: Setting) -> float:
    """Count the men who enter in a year."""
    people = setting.population
    return people.leavers / people.recruitment_weeks * WEEKS_A_YEAR


def discounted_years(weeks: float) -> float:
    """Count years, each after the first worth less by the discount rate; a part counts as such."""
    years = np.arange(np.ceil(weeks / WEEKS_A_YEAR))
    parts = np.minimum(1.0, weeks / WEEKS_A_YEAR - years)
    return float(np.sum(parts / (1.0 + DISCOUNT_RATE) ** years))


def _less(amounts: Mapping[Item, Vector], others: Mapping[Item, Vector]) -> dict[Item, Vector]:
    """Take amounts from others, item by item; an item that one side lacks is 0 there."""
    items = dict.fromkeys([*amounts, *others])
    return {item: amounts.get(item, 0.0) - others.get(item, np.zeros(1)) for item in items}


def _total(amounts: Mapping[Item, Vector], perspective: Payer | None) -> Vector:
    none = 0.0 * next(iter(amounts.values()))
    counted = None if perspective is None else PERSPECTIVES[perspective]
    return sum(
        (amount for item, amount in amounts.items() if counted is None or item.payer in counted),
        none,
    )
