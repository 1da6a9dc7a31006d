"""Prices, each declared once: how sure one is of it, what it buys, who pays, where it is from.

Each is three numbers, its 5%, median and 95%, in pounds of one price year. It is lognormal, with a
spread of its own on either side of the median. What a point of distress takes from quality of life
stands among them: it is what a year in less distress is worth.
"""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from engager_sim.theory.declaration import ASSUMPTION
from engager_sim.theory.sources import Source

PRICE_YEAR = "2022/23"
"""The financial year in whose pounds all prices are."""
WEEKS_A_YEAR = 52.0

type Vector = npt.NDArray[np.float64]
Payer = Literal["local budget", "NHS and social care", "justice"]
LOCAL: Payer = "local budget"
HEALTH: Payer = "NHS and social care"
JUSTICE: Payer = "justice"
PERSPECTIVES: dict[Payer, tuple[Payer, ...]] = {
    HEALTH: (LOCAL, HEALTH),
    LOCAL: (LOCAL,),
    JUSTICE: (JUSTICE,),
}
"""Whose spending each perspective counts, the main one first.

What the service's own budget buys is paid by health and social care (assumption): both count it.
Custody is counted once, as justice's.
"""

UPPER_POINT = NormalDist().inv_cdf(0.95)
"""How far the 95% of a normal distribution lies above its median, in standard deviations."""


class Quantiles(NamedTuple):
    """The 5%, median and 95% of an amount; three times the same for one that is certain."""

    low: float
    median: float
    high: float

    def at(self, uniforms: Vector) -> Vector:
        """Give the amounts at some probabilities, ``m exp(s z)``, s that of the side of z.

        Parameters
        ----------
        uniforms : float64 array
            Probabilities in (0, 1).

        Returns
        -------
        float64 array, same shape
        """
        from scipy.special import ndtri  # slow to import; most commands draw no price

        if self.low == self.high:
            return np.full(uniforms.shape, self.median)
        spreads = np.log([self.median / self.low, self.high / self.median]) / UPPER_POINT
        z = ndtri(uniforms)
        amounts: Vector = self.median * np.exp(np.where(z < 0.0, spreads[0], spreads[1]) * z)
        return amounts


@dataclass(frozen=True, slots=True)
class Price:
    """A declared price: what one unit of something costs.

    Attributes
    ----------
    id : str
        Its key under ``[costs]`` in a scenario file.
    quantiles : Quantiles
        5%, median and 95%; above 0.
    unit : str
        Of what it is the price.
    meaning : str
        One sentence.
    payer : str or None
        Whose spending it is; none of what is no money.
    source : Source or ``"assumption"``
        Where the numbers are from.
    """

    id: str
    quantiles: Quantiles
    unit: str
    meaning: str
    payer: Payer | None = LOCAL
    source: Source | str = ASSUMPTION


PRISON_COSTS = Source(
    "Ministry of Justice (2024), costs per place and costs per prisoner 2022 to 2023: GBP 51,724 a "
    "year on average, two thirds of it spent directly at prisons; the 5%, what one man more costs, "
    "is an assumption",
    "second-hand",
)

# fmt: off
PRICES: dict[str, Price] = {
    price.id: price
    for price in (
        Price("practitioner_post", Quantiles(42_000, 52_000, 68_000), "GBP per post and year",
            "a whole-time practitioner: salary, on-costs (about a quarter of it) and overheads "
            "(about an eighth of both)"),
        Price("supervisor_hour", Quantiles(50, 70, 95), "GBP per hour",
            "an hour of a supervising clinician: salary, on-costs and overheads, preparation "
            "included"),
        Price("peer_hour", Quantiles(8, 20, 30), "GBP per hour",
            "an hour of a peer: from expenses alone to a wage with on-costs and support"),
        Price("day_under_one_roof", Quantiles(1_500, 4_000, 10_000), "GBP per tie and year",
            "a day a week in another agency's place of work, for each pair of agencies: desk, "
            "travel, and time on the way"),
        Price("shared_record", Quantiles(500, 2_000, 6_000), "GBP per tie and year",
            "one record in which two agencies write: licences, and looking after access"),
        Price("shared_record_start", Quantiles(1_500, 5_000, 15_000), "GBP per tie, once",
            "setting up such a record: agreement on sharing, access, training"),
        Price("reflective_training", Quantiles(400, 1_200, 3_000), "GBP per person, once",
            "training a practitioner or a supervisor for supervision that is reflective, or shared "
            "across agencies, with the time that it takes"),
        Price("recruited_post", Quantiles(1_500, 3_500, 8_000), "GBP per post, once",
            "recruiting a practitioner or a supervisor: advertising, vetting, induction, "
            "equipment"),
        Price("recruited_peer", Quantiles(300, 900, 2_500), "GBP per peer, once",
            "recruiting a peer: vetting, training, getting to know the team"),
        Price("service_contact", Quantiles(30, 60, 110), "GBP per contact",
            "a contact of a man with another service", HEALTH),
        Price("custody_week", Quantiles(300, 655, 995), "GBP per week",
            "a week of a man in custody, recalled or newly sentenced", JUSTICE, PRISON_COSTS),
        Price("utility_per_point", Quantiles(0.007, 0.0125, 0.018), "utility per point",
            "health utility lost per point of CORE-OM, by a linear mapping", None),
    )
}
"""Every price, by its id, in the order in which it is listed."""
# fmt: on
