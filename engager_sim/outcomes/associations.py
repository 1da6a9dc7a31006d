"""Outcomes that are associations among men: alliance with drop-out and improvement, practitioners.

Each is computed over the men of an arm, or over all. A spread that a regression leaves is one too.
"""

import math
from typing import cast

import numpy as np

from engager_sim.compilation import rule, rule_that_makes_arrays
from engager_sim.outcomes.declaration import Outcome
from engager_sim.theory.ways_out import Exit
from engager_sim.world.observed import MARK_WEEKS, Mark
from engager_sim.world.records import ARMS, Leaver, World

EVERYBODY = cast(int, np.int64(-1))  # plain numbers would compile each measure three times
RELEASE, WEEK_12 = (cast(int, np.int64(mark)) for mark in (Mark.RELEASE, Mark.WEEK_12))
WEEK_26 = cast(int, np.int64(Mark.WEEK_26))
WEEKS_TO_SCORE = MARK_WEEKS[Mark.WEEK_26]
FEWEST = 10
NEWTON_STEPS = 12
NO_GROUP = -1


@rule
def is_among(whose: int, arm: int) -> bool:
    """Tell whether what belongs to an arm counts towards that of an arm, or of everybody."""
    return arm == EVERYBODY or whose == arm  # numba finds no number in a tuple


@rule
def _counts(leaver: Leaver, arm: int, mark: int) -> bool:
    return is_among(leaver.arm, arm) and leaver.engaged_at[mark] == 1.0


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
            values[men] = leaver.alliance_at[RELEASE]
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
    """Correlate alliance at week 12 with the fall in CORE-OM to week 26, both as observed."""
    count = sum_x = sum_y = sum_xx = sum_yy = sum_xy = 0.0
    for index in range(len(world.leavers)):
        leaver = world.leavers[index]
        if _counts(leaver, arm, WEEK_12):
            x = leaver.alliance_at[WEEK_12]
            y = leaver.core_om_at[RELEASE] - leaver.core_om_at[WEEK_26]
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


@rule
def _change(leaver: Leaver) -> float:
    return float(leaver.core_om_at[WEEK_26] - leaver.core_om_at[RELEASE])


@rule_that_makes_arrays
def _practitioner_variance(world: World, arm: int) -> float:
    """Estimate the intraclass correlation of change in CORE-OM by one-way analysis of variance.

    ``(B - W) / (B + (n0 - 1) W)``, B and W the mean squares between and within practitioners, n0
    the size of their groups, averaged as the analysis of variance of unequal groups does.
    """
    room = len(world.leavers)
    group_of = np.full(room, NO_GROUP, np.int32)
    holders, sizes, sums = np.empty(room, np.int32), np.zeros(room), np.zeros(room)
    # Of each post, the group of its latest holder; of each group, that of the holder before.
    latest, earlier = np.full(len(world.practitioners), NO_GROUP), np.empty(room, np.int32)
    men = groups = 0
    for index in range(room):
        leaver = world.leavers[index]
        if is_among(leaver.arm, arm) and leaver.post >= 0:
            group = latest[leaver.post]
            while group != NO_GROUP and holders[group] != leaver.incumbent:
                group = earlier[group]
            if group == NO_GROUP:
                group = groups
                holders[group], earlier[group] = leaver.incumbent, latest[leaver.post]
                latest[leaver.post] = group
                groups += 1
            group_of[index] = group
            sizes[group] += 1.0
            sums[group] += _change(leaver)
            men += 1
    if groups < 2 or men <= groups:
        return math.nan
    mean = sums.sum() / men
    between = within = squared_sizes = 0.0
    for group in range(groups):
        between += sizes[group] * (sums[group] / sizes[group] - mean) ** 2
        squared_sizes += sizes[group] * sizes[group]
    for index in range(room):
        group = group_of[index]
        if group != NO_GROUP:
            within += (_change(world.leavers[index]) - sums[group] / sizes[group]) ** 2
    between, within = between / (groups - 1), within / (men - groups)
    size = (men - squared_sizes / men) / (groups - 1)
    total = between + (size - 1.0) * within
    return (between - within) / total if total > 0.0 else math.nan


@rule
def _core_om_residual_sd(world: World, arm: int) -> float:
    """Spread of CORE-OM at week 26 about its regression on CORE-OM at entry, arms apart.

    One slope for both arms, a level for each: ``sqrt((S_yy - S_xy^2 / S_xx) / (n - arms - 1))``.
    """
    men = arms = within_x = within_y = within_xy = 0.0
    for group in range(len(ARMS)):
        if arm != EVERYBODY and arm != group:
            continue
        count = sum_x = sum_y = sum_xx = sum_yy = sum_xy = 0.0
        for index in range(len(world.leavers)):
            leaver = world.leavers[index]
            if leaver.arm == group and not 0 <= leaver.died_week < WEEKS_TO_SCORE:
                x, y = leaver.core_om_at_entry, leaver.core_om_at[WEEK_26]
                count += 1.0
                sum_x += x
                sum_y += y
                sum_xx += x * x
                sum_yy += y * y
                sum_xy += x * y
        if count > 0.0:
            men += count
            arms += 1.0
            within_x += sum_xx - sum_x * sum_x / count
            within_y += sum_yy - sum_y * sum_y / count
            within_xy += sum_xy - sum_x * sum_y / count
    if men < FEWEST or within_x <= 1.0e-12:
        return math.nan
    left = within_y - within_xy * within_xy / within_x
    return math.sqrt(max(0.0, left) / (men - arms - 1.0))


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
        "core_om_residual_sd_26w",
        "Residual SD of distress (CORE-OM), week 26",
        "points",
        "spread of CORE-OM at week 26, as observed, about its regression on CORE-OM at entry; a "
        "level for each arm, one slope",
        "men alive at week 26",
        f"fewer than {FEWEST} such men",
        "CORE-OM at entry",
        measure=_core_om_residual_sd,
    ),
    Outcome(
        "practitioner_variance",
        "Variance between practitioners",
        "share of variance",
        "share of the variance of change in CORE-OM, from release to week 26, that lies between "
        "practitioners: intraclass correlation by one-way analysis of variance, below 0 by chance",
        "men who had a practitioner, by the last one",
        "fewer than two practitioners, or none with two men",
        "CORE-OM in the week of release",
        measure=_practitioner_variance,
    ),
)
"""Every outcome that is an association among men, or a spread that one leaves."""
