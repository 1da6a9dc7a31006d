"""What laws look at: the same men in both worlds, whether they were lost or not."""

import numpy as np

from engager_sim.laws.declaration import Measure, Men, Numbers
from engager_sim.runs.one_run import RunRecord
from engager_sim.runs.plan import Plan
from engager_sim.world.observed import Mark

SHARE_MARGIN, TRUST_MARGIN, CORE_OM_MARGIN, CONTACTS_MARGIN = 0.005, 0.005, 0.1, 0.05
"""How far a difference may lie on the wrong side and still count as none; contacts: assumption."""
SOON_TREATED, SOON_BACK = 3, 4
FIRST_WEEKS_OUT = 2


def _seen_at_first(run: RunRecord, plan: Plan) -> float:
    """Share of all men seen in a week, over the week of release and the one after."""
    sums = run.tables.men[:, plan.weeks_before : plan.weeks_before + FIRST_WEEKS_OUT]
    return float(sums["attended"].sum() / sums["men"].sum())


def _trust(men: Men) -> Numbers:
    return np.asarray(men["trust_at"][:, Mark.WEEK_12])


def _motivation(men: Men) -> Numbers:
    return np.asarray(men["autonomous"])


def _treated(men: Men) -> Numbers:
    weeks = men["substance_seen_week"]
    return np.asarray(((weeks >= 0) & (weeks < SOON_TREATED)).astype(np.float64))


def _seen_outside(men: Men) -> Numbers:
    return np.asarray((men["attended_free"] > 0).astype(np.float64))


def _contacts(men: Men) -> Numbers:
    return np.asarray(men["attended_all"].astype(np.float64))


def _back_soon(men: Men) -> Numbers:
    weeks = men["weeks_missed_to_contact"]
    return np.asarray(((weeks >= 0) & (weeks <= SOON_BACK)).astype(np.float64))


def _seen_by_next_service(men: Men) -> Numbers:
    return np.asarray(men["onward_seen"].astype(np.float64))


def _core_om_at_release(men: Men) -> Numbers:
    return np.asarray(men["distress_at"][:, Mark.RELEASE])


def _core_om_at_week_26(men: Men) -> Numbers:
    return np.asarray(men["distress_at"][:, Mark.WEEK_26])


TRUST = Measure(
    "trust", "Trust", "0-1", TRUST_MARGIN, 1, "week 12", _trust, outcomes=("trust_12w",)
)
MOTIVATION = Measure(
    "motivation", "Motivation of his own", "0-1", TRUST_MARGIN, 1, "the year", _motivation
)
STARTS = Measure(
    "starts_3w",
    "Substance treatment within 3 weeks, of all men with the need",
    "share",
    SHARE_MARGIN,
    1,
    "week 3",
    _treated,
    counts=lambda men: np.asarray(men["substance_at_release"] == 1),
    outcomes=("treated_3w",),
)
SEEN_OUTSIDE = Measure(
    "seen_outside", "Seen outside by his practitioner", "share", SHARE_MARGIN, 1, "the year",
    _seen_outside, outcomes=("community_contact",),
)  # fmt: skip
CONTACTS = Measure(
    "contacts", "Contacts attended per man", "contacts", CONTACTS_MARGIN, 1, "the year", _contacts
)
SEEN_AT_FIRST = Measure(
    "seen_week_1",
    "Seen by his practitioner in a week, of the first two out",
    "share",
    SHARE_MARGIN,
    1,
    "week 1",
    per_run=_seen_at_first,
)
BACK_SOON = Measure(
    "back_4w",
    "Contact within 4 weeks of the first miss, of men who missed",
    "share",
    SHARE_MARGIN,
    1,
    "4 weeks after a miss",
    _back_soon,
    counts=lambda men: np.asarray(men["first_miss_week"] >= 0),
)
NEXT_SERVICE = Measure(
    "next_service", "Seen by a service handed on to", "share", SHARE_MARGIN, 1, "the year",
    _seen_by_next_service,
)  # fmt: skip
CORE_OM_AT_RELEASE = Measure(
    "core_om_release", "CORE-OM", "points", CORE_OM_MARGIN, -1, "release", _core_om_at_release
)
CORE_OM_AT_WEEK_26 = Measure(
    "core_om_26w", "CORE-OM", "points", CORE_OM_MARGIN, -1, "week 26", _core_om_at_week_26,
    outcomes=("core_om_26w", "core_om_change_26w"),
)  # fmt: skip
