"""The same leavers, each in the programme and in usual care: as dealt, and with arms swapped.

Random numbers are keyed by leaver, week and event, so a leaver enters, is released and falls into
crises by the same ones in both worlds, and what differs is what the arms do to him. Every leaver's
arm is swapped at once, so both worlds have leavers in both arms and staff are about as busy. A
difference between a leaver's two outcomes therefore includes what spills over from others through
shared staff and agencies.
"""

import dataclasses
import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engager_sim.runs.one_run import run_once
from engager_sim.runs.plan import Plan
from engager_sim.world.dice import dice_for
from engager_sim.world.population import team_score
from engager_sim.world.records import ARMS, PROGRAMME, World

type Men = npt.NDArray[np.void]


@dataclass(frozen=True, slots=True)
class BothArms:
    """One replicate twice: the men's records at the end, of shape (men,).

    ``dealt`` as arms were dealt, ``swapped`` the same men's with every man in the other arm.
    """

    dealt: Men
    swapped: Men

    @property
    def arm(self) -> npt.NDArray[np.int64]:
        """The arm that each man was dealt."""
        return np.asarray(self.dealt["arm"])

    def in_each_arm(self, field: str) -> npt.NDArray[np.float64]:
        """Give a field of every man's record in the programme, then in usual care.

        The shape is (2, men) or (2, men, marks).
        """
        dealt, swapped = (np.asarray(men[field], np.float64) for men in (self.dealt, self.swapped))
        in_programme = self.arm == PROGRAMME
        if dealt.ndim > 1:
            in_programme = in_programme[:, np.newaxis]
        return np.stack(
            [np.where(in_programme, dealt, swapped), np.where(in_programme, swapped, dealt)]
        )

    def own_effects(self, field: str = "distress_at") -> npt.NDArray[np.float64]:
        """Give each man's own effect: his value in the programme less that in usual care.

        The shape is (men,) or (men, marks).
        """
        programme, usual_care = self.in_each_arm(field)
        return np.asarray(programme - usual_care)


def both_arms(plan: Plan, replicate: int, sites: World | None = None) -> BothArms:
    """Run a replicate as dealt and with all arms swapped; safe to call from many threads.

    Parameters
    ----------
    plan : Plan
        Of a scenario with teams in both arms.
    replicate : int
        Number of the replicate.
    sites : World, optional
        The template whose sites say which teams are neighbours, with the same teams in the same
        order; the plan's own unless given.
    """
    plan = dataclasses.replace(plan, leavers=True)
    dealt = _men(plan, replicate)
    template = arms_swapped(plan, dealt, replicate, sites or plan.template)
    swapped = dataclasses.replace(plan, template=template)
    return BothArms(dealt, _men(swapped, replicate))


def arms_swapped(plan: Plan, dealt: Men, replicate: int, sites: World) -> World:
    """Make the template of the world in which every man is in the other arm, at his own site.

    Parameters
    ----------
    plan : Plan
        Of the world as dealt; not changed.
    dealt : structured array
        The men's records in that world.
    replicate : int
        Number of the replicate; decides where the other arm has several teams at a man's site.
    sites : World
        The template whose sites say which teams are neighbours.

    Notes
    -----
    Where the other arm has no team at a man's site, one of all its teams is drawn.
    """
    template = plan.template
    given = template.given.copy()
    given["arm"] = len(ARMS) - 1 - dealt["arm"]
    counterparts = _counterparts(sites)
    dice = dice_for(plan.seed, replicate)
    for index, leaver in enumerate(dealt):
        teams = counterparts[int(leaver["team"])]
        if len(teams) > 1:
            scores = [team_score(template.teams[team], int(leaver["who"]), dice) for team in teams]
            teams = [teams[int(np.argmin(scores))]]
        given["team"][index] = teams[0] if teams else math.nan
    return template._replace(given=given)


def _counterparts(template: World) -> list[list[int]]:
    """List, for each team, the teams of the other arm at its site."""
    teams = template.teams
    return [
        [
            other
            for other in range(len(teams))
            if teams.arm[other] != teams.arm[team] and teams.site[other] == teams.site[team]
        ]
        for team in range(len(teams))
    ]


def _men(plan: Plan, replicate: int) -> Men:
    men = run_once(plan, replicate).leavers
    if men is None:
        raise AssertionError("the plan asks for the men's records")
    return men
