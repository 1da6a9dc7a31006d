"""Outcomes that are not means over men: associations among men, staff, ties and cost."""

import math
from collections.abc import Callable
from typing import Any, cast

import numpy as np

from engager_sim.compilation import rule, rule_that_makes_arrays
from engager_sim.outcomes.declaration import Outcome
from engager_sim.theory.relationship import alliance
from engager_sim.theory.ways_out import Exit
from engager_sim.world.observed import Mark
from engager_sim.world.records import Leaver, World

EVERYBODY = cast(int, np.int64(-1))  # plain numbers would compile each measure three times
RELEASE, WEEK_12 = (cast(int, np.int64(mark)) for mark in (Mark.RELEASE, Mark.WEEK_12))
WEEK_26 = cast(int, np.int64(Mark.WEEK_26))
FEWEST = 10
WEEKS_A_YEAR = 52.0
NEWTON_STEPS = 12


@rule
def _counts(leaver: Leaver, arm: int, mark: int) -> bool:
    return (arm == EVERYBODY or leaver.arm == arm) and leaver.engaged_at[mark] == 1.0


@rule
def _alliance_at(leaver: Leaver, mark: int) -> float:
    return alliance(leaver.rapport_at[mark], leaver.trust_at[mark], leaver.understanding_at[mark])


@rule
def _dropped_out(leaver: Leaver) -> float:
    voluntary = Exit.CRISIS <= leaver.first_exit <= Exit.WITHDREW
    return 1.0 if voluntary and 0 <= leaver.first_exit_week < 26 else 0.0


@rule_that_makes_arrays
def _alliance_dropout_or(world: World, arm: int) -> float:
    """Fit a logistic regression of drop-out on standardised alliance by Newton's method."""
    values, dropped = np.empty(len(world.leavers)), np.empty(len(world.leavers))
    men = 0
    events = total = squares = 0.0
    for index in range(len(world.leavers)):
        leaver = world.leavers[index]
        if _counts(leaver, arm, RELEASE):
            values[men] = _alliance_at(leaver, RELEASE)
            dropped[men] = _dropped_out(leaver)
            events += dropped[men]
            total += values[men]
            squares += values[men] * values[men]
            men += 1
    if events < FEWEST or men - events < FEWEST:
        return math.nan
    mean = total / men
    spread = math.sqrt(max(0.0, squares / men - mean * mean))
    if spread < 1.0e-9:
        return math.nan
    level, slope = math.log(events / (men - events)), 0.0
    for _ in range(NEWTON_STEPS):
        g0 = g1 = h00 = h01 = h11 = 0.0
        for index in range(men):
            x = (values[index] - mean) / spread
            p = 1.0 / (1.0 + math.exp(-(level + slope * x)))
            residual, weight = dropped[index] - p, p * (1.0 - p)
            g0 += residual
            g1 += residual * x
            h00 += weight
            h01 += weight * x
            h11 += weight * x * x
        determinant = h00 * h11 - h01 * h01
        if determinant < 1.0e-12:
            return math.nan
        level += (h11 * g0 - h01 * g1) / determinant
        slope += (h00 * g1 - h01 * g0) / determinant
    return math.exp(slope)


@rule
def _alliance_outcome_r(world: World, arm: int) -> float:
    """Correlate alliance at week 12 with improvement in distress from release to week 26."""
    count = sum_x = sum_y = sum_xx = sum_yy = sum_xy = 0.0
    for index in range(len(world.leavers)):
        leaver = world.leavers[index]
        if _counts(leaver, arm, WEEK_12):
            x = _alliance_at(leaver, WEEK_12)
            y = leaver.distress_at[RELEASE] - leaver.distress_at[WEEK_26]
            count += 1.0
            sum_x += x
            sum_y += y
            sum_xx += x * x
            sum_yy += y * y
            sum_xy += x * y
    if count < FEWEST:
        return math.nan
    spread_x = sum_xx - sum_x * sum_x / count
    spread_y = sum_yy - sum_y * sum_y / count
    if spread_x <= 1.0e-12 or spread_y <= 1.0e-12:
        return math.nan
    return (sum_xy - sum_x * sum_y / count) / math.sqrt(spread_x * spread_y)


def _per_week_of_posts(total: str, weeks: str, times: float = 1.0) -> Callable[..., Any]:
    """Make the measure that divides what the posts of an arm's teams add up to by their weeks."""

    @rule
    def measure(world: World, arm: int) -> float:
        sum_of_posts = sum_of_weeks = 0.0
        for index in range(len(world.practitioners)):
            post = world.practitioners[index]
            if arm in (EVERYBODY, post.arm):
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
        if arm in (EVERYBODY, team.arm):
            for other in range(len(world.agencies)):
                tie = world.pair[team.agency, other]
                if tie >= 0:
                    total += world.ties[tie].strength_sum
                    weeks += world.ties[tie].weeks_used
    return total / weeks if weeks > 0.0 else math.nan


@rule
def _cost_per_leaver(world: World, theories: np.ndarray, arm: int) -> float:
    total = men = 0.0
    for index in range(len(world.leavers)):
        leaver = world.leavers[index]
        if arm in (EVERYBODY, leaver.arm):
            costs, peers = theories[leaver.arm].costs, theories[leaver.arm].peers
            total += leaver.contact_hours * costs.practitioner_hour
            total += leaver.service_contacts * costs.service_contact
            total += leaver.peer_weeks * peers.hours_per_man * costs.peer_hour
            men += 1.0
    for index in range(len(world.supervisors)):
        supervisor = world.supervisors[index]
        whose = world.teams[supervisor.team].arm
        if arm in (EVERYBODY, whose):
            total += supervisor.hours_spent * theories[whose].costs.supervisor_hour
    return total / men if men > 0.0 else math.nan


POSTS = "weeks of filled posts of practitioners"

MEASURES: tuple[Outcome, ...] = (
    Outcome(
        "alliance_dropout_or",
        "Drop-out per SD of alliance",
        "odds ratio",
        "odds ratio of a voluntary exit within 26 weeks per SD of alliance at release",
        "men whose episode is open at release",
        f"fewer than {FEWEST} men who drop out or who stay",
        "alliance in the week of release",
        measure=_alliance_dropout_or,
    ),
    Outcome(
        "alliance_outcome_r",
        "Alliance and improvement",
        "correlation",
        "correlation of alliance at week 12 with the fall in CORE-OM from release to week 26",
        "men whose episode is open at week 12",
        f"fewer than {FEWEST} such men",
        "CORE-OM in the week of release",
        measure=_alliance_outcome_r,
    ),
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
        "no such team",
        measure=_per_week_of_posts("cases_sum", "weeks_with_cases"),
    ),
    Outcome(
        "cost_per_leaver",
        "Cost per man",
        "GBP",
        "practitioners, supervision, peers and service contacts at declared unit costs",
        measure=_cost_per_leaver,
    ),
)
"""Every outcome that is not a mean over men."""
