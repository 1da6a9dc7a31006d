"""Outcomes of what stands around men: staff, ties, places and cost."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from engager_sim.compilation import rule
from engager_sim.outcomes.associations import is_among
from engager_sim.outcomes.declaration import Outcome
from engager_sim.world.records import World

WEEKS_A_YEAR = 52.0


def _per_week_of_posts(total: str, weeks: str, times: float = 1.0) -> Callable[..., Any]:
    """Make the measure that divides what the posts of an arm's teams add up to by their weeks."""

    @rule
    def measure(world: World, arm: int) -> float:
        sum_of_posts = sum_of_weeks = 0.0
        for index in range(len(world.practitioners)):
            post = world.practitioners[index]
            if is_among(post.arm, arm):
                sum_of_posts += post[total]
                sum_of_weeks += post[weeks]
        return sum_of_posts / (sum_of_weeks / times) if sum_of_weeks > 0.0 else math.nan

    return measure


@rule
def _tie_strength(world: World, arm: int) -> float:
    """Average the ties of the agencies in which an arm's teams work, over weeks of shared men."""
    total = weeks = 0.0
    for index in range(len(world.teams)):
        team = world.teams[index]
        if is_among(team.arm, arm):
            for other in range(len(world.agencies)):
                tie = world.pair[team.agency, other]
                if tie >= 0:
                    total += world.ties[tie].strength_sum
                    weeks += world.ties[tie].weeks_used
    return total / weeks if weeks > 0.0 else math.nan


def _per_week_in_demand(total: str, share_of_places: bool) -> Callable[..., Any]:
    """Make the measure that divides a sum over agencies with places by their weeks, or places.

    Both arms share the agencies, so it is the same for each.
    """

    @rule
    def measure(world: World) -> float:
        summed = of = 0.0
        for index in range(len(world.agencies)):
            agency = world.agencies[index]
            if agency.places >= 0:
                summed += agency[total]
                of += agency.weeks_in_demand * (agency.places if share_of_places else 1.0)
        return summed / of if of > 0.0 else math.nan

    return measure


@rule
def _cost_per_leaver(world: World, theories: np.ndarray, arm: int) -> float:
    total = men = 0.0
    for index in range(len(world.leavers)):
        leaver = world.leavers[index]
        if is_among(leaver.arm, arm):
            costs, peers = theories[leaver.arm].costs, theories[leaver.arm].peers
            total += leaver.contact_hours * costs.practitioner_hour
            total += leaver.service_contacts * costs.service_contact
            total += leaver.peer_weeks * peers.hours_per_man * costs.peer_hour
            men += 1.0
    for index in range(len(world.supervisors)):
        supervisor = world.supervisors[index]
        whose = world.teams[supervisor.team].arm
        if is_among(whose, arm):
            total += supervisor.hours_spent * theories[whose].costs.supervisor_hour
    return total / men if men > 0.0 else math.nan


POSTS = "weeks of filled posts of practitioners"
IN_DEMAND = "weeks of agencies with places in which one is used or awaited"
NO_PLACES = "no agency with a number of places"

MEASURES: tuple[Outcome, ...] = (
    Outcome(
        "staff_burnout",
        "Staff burnout",
        "0-1",
        "mean burnout of practitioners",
        POSTS,
        "no such team",
        measure=_per_week_of_posts("burnout_sum", "weeks_filled"),
    ),
    Outcome(
        "staff_left_per_year",
        "Staff leaving",
        "per post and year",
        "practitioners who left, per filled post and year",
        POSTS,
        "no such team",
        measure=_per_week_of_posts("left", "weeks_filled", WEEKS_A_YEAR),
    ),
    Outcome(
        "supervision_coverage",
        "Supervision coverage",
        "share",
        "supervision sessions held of those due",
        "sessions due to practitioners in post",
        "no session was due",
        measure=_per_week_of_posts("sessions", "sessions_due"),
    ),
    Outcome(
        "tie_strength",
        "Tie strength",
        "0-1",
        "mean tie of the agencies in which teams work",
        "ties of the teams' agencies in weeks when both serve a man",
        "no such week",
        measure=_tie_strength,
    ),
    Outcome(
        "caseload",
        "Caseload",
        "men",
        "men per practitioner",
        "weeks of filled posts with at least one man",
        "no man had a practitioner",
        measure=_per_week_of_posts("cases_sum", "weeks_with_cases"),
    ),
    Outcome(
        "queue_length",
        "Queue for a place",
        "men",
        "men accepted who wait for a place, per agency; the same in both arms, which share them",
        IN_DEMAND,
        NO_PLACES,
        measure=_per_week_in_demand("queue_sum", False),
    ),
    Outcome(
        "places_used",
        "Places used",
        "share",
        "places in use of those that agencies have; the same in both arms, which share them",
        IN_DEMAND,
        NO_PLACES,
        measure=_per_week_in_demand("used_sum", True),
    ),
    Outcome(
        "cost_per_leaver",
        "Cost of hours used per man",
        "GBP",
        "hours of practitioners, supervisors and peers that were used, and service contacts, at "
        "declared unit costs; what is employed and not used costs nothing here",
        measure=_cost_per_leaver,
    ),
)
"""Every outcome of staff, ties, places and cost."""
