"""Outcomes of engagement and the relationship: means over men, each a function of one record.

``NaN`` says that a man is not in the denominator.
"""

import math
from collections.abc import Callable
from typing import Any

from engager_sim.compilation import rule
from engager_sim.outcomes.declaration import Outcome
from engager_sim.outcomes.field_reader import field_reader
from engager_sim.theory.declaration import states_of
from engager_sim.theory.ways_out import Exit
from engager_sim.world.observed import CONTACT_WEEKS, MARK_WEEKS, KeptState, Mark
from engager_sim.world.records import Leaver

LONG_GAP, TWO_YEARS = 8, 104
RELIABLE_CHANGE = 5.0
"""Points of CORE-OM (Connell et al. 2007: about 5)."""
RELEASE, WEEK_4, WEEK_12, WEEK_13, WEEK_26, WEEK_52 = (int(mark) for mark in Mark)
MISSING = math.nan
KEPT_AT_MARKS = {field.name: field.length for field in states_of(KeptState) if field.length}
"""At how many of the marks each state is kept."""


@rule
def _community_contact(leaver: Leaver) -> float:
    return 1.0 if leaver.attended_free > 0 else 0.0


@rule
def _any_service_contact(leaver: Leaver) -> float:
    return 1.0 if leaver.attended_free > 0 or leaver.service_contacts > 0 else 0.0


@rule
def _attendance_rate(leaver: Leaver) -> float:
    return leaver.attended_free / leaver.planned_free if leaver.planned_free > 0 else MISSING


@rule
def _contact_after_miss(leaver: Leaver) -> float:
    if leaver.first_miss_week < 0:
        return MISSING
    return 1.0 if 0 <= leaver.weeks_missed_to_contact <= CONTACT_WEEKS else 0.0


@rule
def _engaged_104w(leaver: Leaver) -> float:
    if leaver.last_week - leaver.release_week != TWO_YEARS:
        return MISSING
    return float(leaver.engaged) if leaver.died_week < 0 else 0.0


@rule
def _reliable_change_planned(leaver: Leaver) -> float:
    if leaver.exit != Exit.PLANNED_ENDING or leaver.exit_week > 26:
        return MISSING
    if not _lived_until(leaver, WEEK_26):
        return MISSING
    change = leaver.core_om_at_entry - leaver.core_om_at[WEEK_26]
    return 1.0 if change >= RELIABLE_CHANGE else 0.0


@rule
def _dropout_after_missed(leaver: Leaver) -> float:
    if leaver.first_miss_week < 0:
        return MISSING
    gap = leaver.weeks_missed_to_contact
    return 1.0 if gap < 0 or gap > LONG_GAP else 0.0


@rule
def _lived_until(leaver: Leaver, mark: int) -> bool:
    return leaver.died_week < 0 or leaver.died_week >= MARK_WEEKS[mark]


def _kept(field: str, mark: int, in_contact: bool) -> Callable[..., Any]:
    """Make the outcome that reads a state kept at a mark, over all or those in contact then.

    Compiled code would read past the end of a state without a word, so the mark is checked here.
    """
    if mark >= KEPT_AT_MARKS[field]:
        raise IndexError(f"{field} is not kept at week {MARK_WEEKS[mark]}")

    @rule
    def of(leaver: Any) -> Any:
        if not _lived_until(leaver, mark) or (in_contact and leaver.engaged_at[mark] == 0.0):
            return MISSING
        return leaver[field][mark]

    return of


def _core_om_change(in_contact: bool) -> Callable[..., Any]:
    @rule
    def of(leaver: Leaver) -> float:
        if not _lived_until(leaver, WEEK_26):
            return MISSING
        if in_contact and leaver.engaged_at[WEEK_26] == 0.0:
            return MISSING
        return float(leaver.core_om_at[WEEK_26] - leaver.core_om_at[RELEASE])

    return of


def _in_contact(mark: int) -> str:
    return f"men whose episode is open at week {MARK_WEEKS[mark]}"


def _at_mark(stem: str, field: str, mark: int, label: str, unit: str) -> list[Outcome]:
    week = MARK_WEEKS[mark]
    name, meaning = f"{stem}_{week}w", f"{label} at week {week} after release"
    return [
        Outcome(name, f"{label}, week {week}", unit, meaning, of=_kept(field, mark, False)),
        Outcome(
            f"{name}_in_contact",
            f"{label}, week {week}, in contact",
            unit,
            meaning,
            _in_contact(mark),
            of=_kept(field, mark, True),
        ),
    ]


MEANS: tuple[Outcome, ...] = (
    Outcome(
        "community_contact",
        "Any contact with his practitioner",
        "share",
        "at least one attended contact in the community with a practitioner of his own, who helps "
        "and holds no order over him, in either arm; who has none has none",
        of=_community_contact,
    ),
    Outcome(
        "any_service_contact",
        "Any contact with any service",
        "share",
        "at least one contact in the community with any service, his own practitioner's among "
        "them, in either arm; appointments under an order are none",
        of=_any_service_contact,
    ),
    *(
        Outcome(
            f"engaged_{week}w",
            f"Engaged at week {week}",
            "share",
            "at liberty and seen in the previous four weeks by his own practitioner or any "
            f"service, {week} weeks after release",
            of=field_reader(f"engaged_{week}w"),
        )
        for week in (6, 12, 26, 52)
    ),
    Outcome(
        "engaged_104w",
        "Engaged at week 104",
        "share",
        "at liberty and seen in the previous four weeks by his own practitioner or any service, "
        "104 weeks after release",
        "men followed for just so long",
        "a follow-up of another length",
        of=_engaged_104w,
    ),
    Outcome(
        "weeks_engaged",
        "Weeks engaged",
        "weeks",
        "weeks engaged in the year after release",
        of=field_reader("weeks_engaged"),
    ),
    Outcome(
        "contacts_attended",
        "Contacts attended",
        "contacts",
        "contacts with a practitioner of his own, custody included",
        of=field_reader("attended_all"),
    ),
    Outcome(
        "statutory_contacts",
        "Statutory contacts",
        "contacts",
        "contacts with a practitioner who holds an order over him, custody included; they count "
        "as no other contact",
        of=field_reader("statutory_contacts"),
    ),
    Outcome(
        "contact_hours",
        "Contact hours",
        "hours",
        "hours face to face with a practitioner, in custody and under an order included",
        of=field_reader("contact_hours"),
    ),
    Outcome(
        "seen_1w",
        "Seen in the first week",
        "share",
        "seen in the community by a practitioner of his own in the week of release",
        of=field_reader("seen_1w"),
    ),
    Outcome(
        "contact_after_miss_4w",
        "Contact within four weeks of a miss",
        "share",
        "attended contact with his own practitioner, in the week of the first one missed in the "
        f"community or within {CONTACT_WEEKS:g} weeks of it",
        "men who missed a contact in the community",
        of=_contact_after_miss,
    ),
    Outcome(
        "lost_waiting",
        "Lost while waiting for a practitioner",
        "share",
        "lost at the gate or later while he waited for a practitioner, at least once",
        of=field_reader("lost_waiting"),
    ),
    Outcome(
        "attendance_rate",
        "Attendance",
        "share",
        "contacts with his own practitioner attended of those planned in the community, follow-up "
        "contacts included",
        "men with a contact planned in the community",
        of=_attendance_rate,
    ),
    *_at_mark("trust", "trust_at", WEEK_12, "Trust", "0-1"),
    *_at_mark("rapport", "rapport_at", WEEK_12, "Rapport", "0-1"),
    *_at_mark("understanding", "understanding_at", WEEK_12, "Understanding", "0-1"),
    *_at_mark("motivation", "motivation_at", WEEK_12, "Motivation", "0-1"),
    *(
        outcome
        for mark in (RELEASE, WEEK_4, WEEK_13, WEEK_26, WEEK_52)
        for outcome in _at_mark("core_om", "core_om_at", mark, "Distress (CORE-OM)", "points 0-40")
    ),
    *(
        Outcome(
            f"distress_true_{MARK_WEEKS[mark]}w",
            f"True distress, week {MARK_WEEKS[mark]}",
            "points 0-40",
            f"distress without the error of any score, at week {MARK_WEEKS[mark]} after release",
            of=_kept("distress_at", mark, False),
        )
        for mark in (RELEASE, WEEK_26)
    ),
    *(
        Outcome(
            f"core_om_change_26w{suffix}",
            f"Change in distress to week 26{suffix.replace('_', ' ')}",
            "points",
            "CORE-OM at week 26 less CORE-OM at release; below 0 is better",
            whom,
            baseline="CORE-OM in the week of release",
            of=_core_om_change(in_contact),
        )
        for suffix, whom, in_contact in (
            ("", "all men", False),
            ("_in_contact", _in_contact(WEEK_26), True),
        )
    ),
    Outcome(
        "reliable_change_planned",
        "Reliable change after a planned ending",
        "share",
        f"CORE-OM at least {RELIABLE_CHANGE:g} points lower at week 26 than at entry",
        "men whose last episode ended as planned, by week 26",
        baseline="CORE-OM at entry",
        of=_reliable_change_planned,
    ),
    Outcome(
        "dropout_after_missed",
        "Drop-out after a missed contact",
        "share",
        f"no attended contact within {LONG_GAP} weeks of the first one missed in the community",
        "men who missed a contact in the community",
        of=_dropout_after_missed,
    ),
)
"""Means over men: engagement, the relationship, distress."""
