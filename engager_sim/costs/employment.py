"""What a scenario employs at full strength: posts, hours a year, ties that work as one.

Costs follow what is employed, not what is used: a vacancy is no saving, and an hour kept free is
paid. A theme that is switched off is employed all the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from engager_sim.costs.prices import LOCAL, PRICES, WEEKS_A_YEAR, Payer, Vector
from engager_sim.theory.supervision import MANAGERIAL
from engager_sim.theory.supervisors import share_asked
from engager_sim.world.agencies import network, programme_agencies
from engager_sim.world.records import ARMS, PROGRAMME, USUAL_CARE
from engager_sim.world.setting import Setting, TeamSetting


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a budget: what it is, at which price, and who pays.

    An item of a scenario's own has no declared price.
    """

    id: str
    label: str
    price: str = ""
    payer: Payer | None = LOCAL


def _item(label: str, price: str, name: str = "") -> Item:
    return Item(name or price, label, price, PRICES[price].payer)


EMPLOYED = (
    _item("Practitioners", "practitioner_post"),
    _item("Supervisors", "supervisor_hour"),
    _item("Further supervision", "supervisor_hour", "further_supervision_hour"),
    _item("Peers", "peer_hour"),
    _item("Days under one roof", "day_under_one_roof"),
    _item("Shared records", "shared_record"),
)
"""What is paid every year."""
STARTED = (
    _item("Recruiting staff", "recruited_post"),
    _item("Recruiting peers", "recruited_peer"),
    _item("Training for supervision", "reflective_training"),
    _item("Setting up shared records", "shared_record_start"),
)
"""What is paid once, when it begins."""
USED = (_item("Contacts with other services", "service_contact"), _item("Custody", "custody_week"))
"""What men use in a year; how much, runs say."""


@dataclass(frozen=True)
class Employment:
    """How much a scenario employs, by item.

    Attributes
    ----------
    quantities : dict of str to float64 array, shape (2,)
        By the id of an item of ``EMPLOYED`` (a year) or ``STARTED`` (once): the programme's, usual
        care's. Posts and people are counted whole, hours by the year, ties by their expectation.
    """

    quantities: dict[str, Vector]

    def quantity(self, item: str, arm: int | None = None) -> float:
        """Give how much there is of an item: in one arm, or in both."""
        both = self.quantities[item]
        return float(both.sum() if arm is None else both[arm])


def employed(setting: Setting, theories: np.recarray) -> Employment:
    """Count what a scenario employs.

    Parameters
    ----------
    setting : Setting
        With its ties as they are deployed (``Scenario.deployed``).
    theories : numpy.recarray, shape (2,)
        The programme's and usual care's. Of these only levers and settings are read, so that all
        draws of uncertain parameters employ the same.

    Returns
    -------
    Employment

    Notes
    -----
    A tie works in one place, or writes in one record, as the setting says; where it says nothing,
    with the probability that its arm's lever gives, and it counts by that. A tie under one roof is
    one day a week, whatever ``collaboration.days_together`` is. Where the declared interval asks
    for more hours than a supervisor has, the rest are further hours.
    """
    counted = [*_of_teams(setting, theories), *_of_ties(setting, theories)]
    quantities = {item.id: np.zeros(len(ARMS)) for item in EMPLOYED + STARTED}
    for item, arm, quantity in counted:
        quantities[item][arm] += quantity
    return Employment(quantities)


type Counted = tuple[str, int, float]
"""An item, the arm, and how much."""


def _of_teams(setting: Setting, theories: np.recarray) -> Iterator[Counted]:
    for team in setting.teams:
        arm = ARMS.index(team.arm)
        theory = theories[arm]
        people = team.practitioners + team.supervisors
        hours = theory.supervision.supervisor_hours
        further = _further_hours(team, theory.supervision)
        yield "practitioner_post", arm, team.practitioners
        yield "supervisor_hour", arm, team.supervisors * hours * WEEKS_A_YEAR
        yield "further_supervision_hour", arm, further * WEEKS_A_YEAR
        yield "peer_hour", arm, team.peers * theory.peers.hours * WEEKS_A_YEAR
        yield "recruited_post", arm, people
        yield "recruited_peer", arm, team.peers
        yield "reflective_training", arm, people if theory.supervision.mode != MANAGERIAL else 0


def _further_hours(team: TeamSetting, supervision: Any) -> float:
    """Hours a week that a team's sessions ask for beyond what each supervisor has."""
    supervisors = np.arange(team.practitioners) % team.supervisors
    hours = supervision.supervisor_hours
    asked = [
        share_asked(float(count), supervision.session_hours, supervision.interval, hours)
        for count in np.bincount(supervisors, minlength=team.supervisors)
    ]
    return float(sum(max(0.0, share - 1.0) * hours for share in asked))


def _of_ties(setting: Setting, theories: np.recarray) -> Iterator[Counted]:
    programme = programme_agencies(setting)
    for one, other, tie in network(setting).edges(data=True):
        arm = USUAL_CARE if programme.isdisjoint((one, other)) else PROGRAMME
        collaboration = theories[arm].collaboration
        record = float(tie.get("shared_record", collaboration.shared_record))
        yield "day_under_one_roof", arm, float(tie.get("colocated", collaboration.colocation))
        yield "shared_record", arm, record
        yield "shared_record_start", arm, record
