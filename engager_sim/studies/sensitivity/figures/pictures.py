"""The pictures of a sensitivity study."""

from collections import Counter

import numpy as np

from engager_sim.designs.factors import Factor
from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.figures import style
from engager_sim.figures.picture import Picture
from engager_sim.studies.sensitivity.figures.conditional_means import conditional_means
from engager_sim.studies.sensitivity.figures.convergence import (
    convergence,
)
from engager_sim.studies.sensitivity.figures.morris_plane import morris_plane
from engager_sim.studies.sensitivity.figures.second_order_map import second_order_map
from engager_sim.studies.sensitivity.figures.sensitivity_bars import sensitivity_bars
from engager_sim.studies.sensitivity.figures.sensitivity_groups import sensitivity_groups
from engager_sim.studies.sensitivity.figures.tornado import tornado
from engager_sim.studies.sensitivity.settings import SensitivityStudy
from engager_sim.studies.sensitivity.study import Sensitivity
from engager_sim.studies.sensitivity.tables import SECOND_ORDER
from engager_sim.world.records import ARMS

FILLING = ("sobol", "rbd_fast", "delta", "pawn", "hdmr", "regional")
"""Methods whose points fill all ranges, each factor independently of the others. Along eFAST's
search curves factors move together, and the other designs sit on few levels or move by steps."""

BOTH_ARMS = "both arms"
ARMLESS = ("population", "network")
ROLES = {"lever": "levers", "uncertainty": "uncertainties", "setting": "settings"}


def pictures_of_sensitivity(sensitivity: Sensitivity) -> list[Picture]:
    """Draw what came of a sensitivity study.

    Parameters
    ----------
    sensitivity : Sensitivity
        A study that was carried out.

    Returns
    -------
    list of Picture
    """
    labels = factor_labels(sensitivity.plan)
    runs = _runs_note(sensitivity)
    estimated = runs + _intervals_note(sensitivity)
    pictures: list[Picture] = []
    for column in sensitivity.columns:
        whole = estimated + _chance_note(sensitivity, column)
        pictures.append(sensitivity_bars(sensitivity, column, labels, whole))
        if _has_spread(sensitivity, column):
            pictures.append(morris_plane(sensitivity, column, labels, whole))
        if sensitivity.plan.method.name in FILLING:
            pictures.append(tornado(sensitivity, column, labels, runs))
            pictures.append(conditional_means(sensitivity, column, labels, runs))
        if SECOND_ORDER in sensitivity.plan.method.meanings:
            pictures.append(second_order_map(sensitivity, column, labels, whole))
    if sensitivity.convergence["samples"].nunique() > 1:
        pictures += convergence(sensitivity, labels, runs)
    if len(sensitivity.groups):
        pictures += sensitivity_groups(sensitivity, labels, estimated)
    return pictures


def _has_spread(sensitivity: Sensitivity, column: OutcomeColumn) -> bool:
    """Say whether all effects have a spread; those of several factors together have none."""
    table = sensitivity.indices
    its = table[(table["outcome"] == column.name) & (table["index"] == "sigma")]
    return len(its) > 0 and bool(its["value"].notna().all())


def factor_labels(plan: SensitivityStudy) -> dict[str, str]:
    """Name every factor of a study in a few words, and every theme and role.

    Parameters
    ----------
    plan : SensitivityStudy
        The study.

    Returns
    -------
    dict of str to str
        By path, or name of the theme or role. A name stands alone where it says enough; otherwise
        the theme follows, and the arm if it is not that of most factors.
    """
    factors = plan.study.factors
    tables: dict[str, set[str]] = {}
    for factor in factors:
        tables.setdefault(factor.name, set()).add(_table(factor))
    labels = {}
    for factor in factors:
        ambiguous = len(tables[factor.name]) > 1 or " " not in factor.name
        arm = _arm(factor)
        more = [_table(factor)] if ambiguous else []
        more += [arm] if arm not in ("", _usual_arm(factors)) else []
        name = factor.name
        if name == "on":
            name, more = _table(factor), ["on or off", *more[1:]]
        labels[factor.path] = f"{name} ({', '.join(more)})" if more else name
    groups = {group for factor in factors for group in (factor.theme, factor.role)}
    return labels | {group: ROLES.get(group, style.in_words(group)) for group in groups}


def _table(factor: Factor) -> str:
    return style.in_words(factor.path.split(".")[-2])


def _arm(factor: Factor) -> str:
    """Name the arm whose factor this is; nothing where arms have no part in it."""
    first = factor.path.split(".")[0]
    if first in ARMLESS:
        return ""
    return style.in_words(first) if first in ARMS else BOTH_ARMS


def _usual_arm(factors: tuple[Factor, ...]) -> str:
    """Find the arm of most factors, which labels need not repeat."""
    arms = Counter(arm for factor in factors if (arm := _arm(factor)))
    return arms.most_common(1)[0][0] if arms else BOTH_ARMS


def _runs_note(sensitivity: Sensitivity) -> str:
    plan, points = sensitivity.plan, sensitivity.design.points
    count = plan.study.replicates
    replicates = "one replicate" if count == 1 else f"{count} replicates"
    note = f"{plan.method.label}: {points:,} points of {replicates} each. "
    failed = sum(sensitivity.failed.values())
    if failed:
        note += f"{failed:,} of {sensitivity.asked:,} runs failed and are left out. "
    usual = _usual_arm(plan.study.factors)
    if plan.groups == "none" and usual != BOTH_ARMS:
        note += f"Factors are those of {_in_arm(usual)} unless said otherwise. "
    return note


def _in_arm(arm: str) -> str:
    return "the programme" if arm == "programme" else arm


def _intervals_note(sensitivity: Sensitivity) -> str:
    plan = sensitivity.plan
    drawn = [] if plan.method.rows_per_block is None else ["points"]
    drawn += ["replicates"] if plan.study.replicates > 1 else []
    if not drawn:
        return "One replicate has no interval. "
    return f"Intervals: {plan.resamples} resamples of {' and '.join(drawn)}. "


def _chance_note(sensitivity: Sensitivity, column: OutcomeColumn) -> str:
    table = sensitivity.chance
    shares = table[table["outcome"] == column.name].iloc[0]
    if np.isnan(shares["chance_in_means"]):
        one = sensitivity.plan.study.replicates == 1
        return f"Chance is not told from the factors: {'one replicate' if one else 'all is equal'}."
    mostly = ", so that indices mostly describe luck" if shares["chance_in_means"] > 0.5 else ""
    return (
        f"Mere chance is {shares['chance_in_means']:.1%} of the variance between points' means"
        f"{mostly}. Of the variance between single runs, {shares['factors']:.1%} is the factors', "
        f"{shares['common_luck']:.1%} luck that all points share, and {shares['own_luck']:.1%} "
        "other luck."
    )
