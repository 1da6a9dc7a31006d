"""The prices of one scenario: those declared, those it sets, and items of its own."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

import numpy as np
from annotated_types import Ge, Le

from engager_sim.costs.prices import LOCAL, PRICES, Payer, Quantiles, Vector
from engager_sim.world.setting import Name

MOST_POUNDS = 100_000_000.0
MOST_POSTS = 1_000.0


@dataclass(frozen=True, slots=True)
class OwnItem:
    """What a scenario pays for beside what it employs; what it saves a year is below 0.

    ``posts`` are practitioners' posts, or parts of one, at whatever a post is drawn to cost.
    """

    name: Name
    per_year: Annotated[float, Ge(-MOST_POUNDS), Le(MOST_POUNDS)] = 0.0
    start_up: Annotated[float, Ge(0), Le(MOST_POUNDS)] = 0.0
    perspective: Payer = LOCAL
    posts: Annotated[float, Ge(-MOST_POSTS), Le(MOST_POSTS)] = 0.0


@dataclass(frozen=True)
class PriceList:
    """What a scenario says under ``[costs]``; nothing of most.

    Attributes
    ----------
    own_prices : dict
        By the id of a declared price, what stands in its place.
    items : tuple of OwnItem
        Items of its own, each of a name of its own.
    """

    own_prices: Mapping[str, Quantiles] = field(default_factory=dict)
    items: tuple[OwnItem, ...] = ()

    @property
    def quantiles(self) -> dict[str, Quantiles]:
        """Every price's 5%, median and 95%, by its id."""
        return {
            price.id: self.own_prices.get(price.id, price.quantiles) for price in PRICES.values()
        }


def drawn_prices(prices: PriceList, draws: int, seed: int) -> dict[str, Vector]:
    """Draw every price; draw n is the same whatever the scenario, and however many are drawn.

    Parameters
    ----------
    prices : PriceList
        Of a scenario. Where two set different prices, the same probability is read off each.
    draws, seed : int
        How many, and the random seed.

    Returns
    -------
    dict of str to float64 array, shape (draws,)
        By the price's id.
    """
    return {
        name: quantiles.at(_uniforms(name, draws, seed))
        for name, quantiles in prices.quantiles.items()
    }


def median_prices(prices: PriceList) -> dict[str, Vector]:
    """Give every price's median, each as an array of one draw."""
    return {name: np.array([quantiles.median]) for name, quantiles in prices.quantiles.items()}


def _uniforms(name: str, draws: int, seed: int) -> Vector:
    """Draw probabilities from a stream that a price's name decides, so that no other moves it."""
    key = np.random.SeedSequence([seed, zlib.crc32(name.encode())])
    return np.random.Generator(np.random.Philox(key)).uniform(np.finfo(float).tiny, 1.0, draws)
