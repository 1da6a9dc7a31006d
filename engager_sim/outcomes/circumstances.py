"""Outcomes of a man's circumstances: services, reoffending, recall, housing, quality of life.

Means over men, each a function of one record; ``NaN`` says that a man is not in the denominator.
"""

import math
from collections.abc import Callable
from typing import Any

from engager_sim.compilation import rule
from engager_sim.outcomes.declaration import Outcome
from engager_sim.outcomes.field_reader import field_reader
from engager_sim.theory import Theory
from engager_sim.theory.circumstances import HOUSING, RELATIONSHIPS, SUBSTANCE, WORK
from engager_sim.theory.costs import life_years
from engager_sim.world.records import Leaver

MISSING = math.nan
IN_NEED = "men with a substance need at release"
SOON = 3
"""Weeks after release within which a start is soon."""
TWO_YEARS = 104


def _substance_service(weeks: int) -> Callable[..., Any]:
    """Make the outcome of men in need whom a substance service saw within some weeks."""

    @rule
    def of(leaver: Leaver) -> float:
        if leaver.substance_at_release == 0:
            return MISSING
        return 1.0 if 0 <= leaver.substance_seen_week < weeks else 0.0

    return of


@rule
def _recalled_52w(leaver: Leaver) -> float:
    return 1.0 if leaver.recalls_lost + leaver.recalls_breach > 0 else 0.0


@rule
def _recall_lost_contact_share(leaver: Leaver) -> float:
    recalls = leaver.recalls_lost + leaver.recalls_breach
    return leaver.recalls_lost / recalls if recalls > 0 else MISSING


@rule
def _weeks_lived_52w(leaver: Leaver) -> float:
    return min(52.0, leaver.died_week + 1.0) if leaver.died_week >= 0 else 52.0


@rule
def _distress_lived_52w(leaver: Leaver) -> float:
    return float(leaver.distress_sum) / 52.0


@rule
def _qaly_52w(leaver: Leaver, theory: Theory) -> float:
    weeks = min(52.0, leaver.died_week + 1.0) if leaver.died_week >= 0 else 52.0
    return life_years(leaver.distress_sum, weeks, theory.costs)


@rule
def _died_52w(leaver: Leaver) -> float:
    return 1.0 if 0 <= leaver.died_week < 52 else 0.0


def _started(need: int, field: str, present: int) -> Callable[..., Any]:
    """Make the outcome of men in need at release whom a service took on within three weeks."""

    @rule
    def of(leaver: Any) -> float:
        if leaver[field] != present:
            return MISSING
        return 1.0 if 0 <= leaver.started_week[need] < SOON else 0.0

    return of


@rule
def _weeks_to_start(leaver: Leaver) -> float:
    started = leaver.services_started
    return leaver.weeks_to_start / started if started > 0 else MISSING


@rule
def _lost_waiting(leaver: Leaver) -> float:
    return 1.0 if leaver.waits_given_up > 0 else 0.0


def _starts() -> list[Outcome]:
    """Declare who is taken on soon, over all men with the need and not only those referred."""
    return [
        Outcome(
            f"started_{SOON}w_{name}",
            f"Service for {words} started within {SOON} weeks",
            "share",
            f"taken on by a service for {words} within {SOON} weeks of release",
            f"men with a need over {words} at release",
            of=_started(need, field, present),
        )
        for name, words, need, field, present in (
            ("housing", "housing", HOUSING, "housed_first", 0),
            ("substance", "substance use", SUBSTANCE, "substance_at_release", 1),
            ("work", "work and money", WORK, "work_at_release", 1),
            ("relationships", "relationships", RELATIONSHIPS, "relationships_at_release", 1),
        )
    ]


def _reoffended(weeks: int, housed: int) -> Callable[..., Any]:
    """Make the outcome for men housed (1), unhoused (0) or all (-1) in the week of release."""

    @rule
    def of(leaver: Leaver) -> float:
        if housed >= 0 and leaver.housed_first != housed:
            return MISSING
        return 1.0 if 0 <= leaver.first_offence_week < weeks else 0.0

    return of


def _reoffended_at_age(weeks: int, youngest: float, oldest: float) -> Callable[..., Any]:
    """Make the outcome for men of some ages at entry, the youngest included."""

    @rule
    def of(leaver: Leaver) -> float:
        if leaver.last_week - leaver.release_week < weeks:
            return MISSING
        if not youngest <= leaver.age < oldest:
            return MISSING
        return 1.0 if 0 <= leaver.first_offence_week < weeks else 0.0

    return of


def _reoffending_by_age() -> list[Outcome]:
    """Declare reoffending by age, and over two years, which needs as long a follow-up."""
    return [
        Outcome(
            f"reoffended_{weeks}w{suffix}",
            f"Reoffended within {weeks} weeks{label}",
            "share",
            f"at least one offence within {weeks} weeks of release",
            whom,
            "no such man, or none followed so long",
            of=_reoffended_at_age(weeks, youngest, oldest),
        )
        for weeks in (52, 104)
        for suffix, label, whom, youngest, oldest in (
            ("", "", "men followed so long", 0.0, math.inf),
            ("_under_25", ", under 25", "men under 25 at entry", 0.0, 25.0),
            ("_25_to_34", ", 25 to 34", "men of 25 to 34 at entry", 25.0, 35.0),
            ("_35_or_over", ", 35 or over", "men of 35 or over at entry", 35.0, math.inf),
        )
        if weeks == TWO_YEARS or suffix
    ]


def _reoffending() -> list[Outcome]:
    declared = []
    for weeks in (4, 13, 26, 52):
        for suffix, housed, whom in (
            ("", -1, "all men"),
            ("_housed", 1, "men in stable accommodation in the week of release"),
            ("_unhoused", 0, "men without it in the week of release"),
        ):
            label = f"Reoffended within {weeks} weeks{suffix.replace('_', ', ')}"
            meaning = f"at least one offence within {weeks} weeks of release"
            declared.append(
                Outcome(
                    f"reoffended_{weeks}w{suffix}",
                    label,
                    "share",
                    meaning,
                    whom,
                    of=_reoffended(weeks, housed),
                )
            )
    return declared


MEANS: tuple[Outcome, ...] = (
    Outcome(
        "treated_3w",
        "Substance treatment within 3 weeks",
        "share",
        "seen by a substance service within three weeks of release",
        IN_NEED,
        of=_substance_service(SOON),
    ),
    Outcome(
        "substance_service_52w",
        "Substance service within a year",
        "share",
        "seen by a substance service within 52 weeks of release",
        IN_NEED,
        of=_substance_service(52),
    ),
    Outcome(
        "onward_service_52w",
        "Seen by a service handed on to",
        "share",
        "seen within a year by a service that his practitioner handed him on to",
        of=field_reader("onward_seen"),
    ),
    *_starts(),
    Outcome(
        "weeks_to_start",
        "Wait until a service starts",
        "weeks",
        "weeks waited outside until a service took him on, mean over his services",
        "men whom a service took on",
        of=_weeks_to_start,
    ),
    Outcome(
        "lost_waiting_52w",
        "Lost while waiting",
        "share",
        "gave up waiting for a service at least once within a year",
        of=_lost_waiting,
    ),
    *_reoffending(),
    *_reoffending_by_age(),
    Outcome(
        "settled_housing_13w",
        "Settled housing at week 13",
        "share",
        "in stable accommodation 13 weeks after release",
        of=field_reader("settled_13w"),
    ),
    Outcome(
        "recalled_52w",
        "Recalled",
        "share",
        "recalled at least once within a year",
        of=_recalled_52w,
    ),
    Outcome(
        "recall_lost_contact_share",
        "Recalls for lost contact",
        "share",
        "share of a man's recalls that were for lost contact",
        "men recalled at least once",
        of=_recall_lost_contact_share,
    ),
    Outcome(
        "qaly_52w",
        "Quality-adjusted life years",
        "years",
        "over the year after release, none after death; a linear mapping from CORE-OM (assumption)",
        of=_qaly_52w,
    ),
    Outcome(
        "weeks_lived_52w",
        "Weeks lived",
        "weeks",
        "weeks lived of the 52 that follow release",
        of=_weeks_lived_52w,
    ),
    Outcome(
        "distress_lived_52w",
        "Distress lived through",
        "points x years",
        "distress without the error of any score, summed over weeks lived of the year after "
        "release, over 52",
        of=_distress_lived_52w,
    ),
    Outcome(
        "custody_weeks_52w",
        "Weeks back in custody",
        "weeks",
        "weeks of recall or new custody within 52 weeks of release",
        of=field_reader("custody_weeks"),
    ),
    Outcome(
        "service_contacts",
        "Contacts with other services",
        "contacts",
        "contacts with services other than his practitioner's, from release to the end of "
        "follow-up",
        of=field_reader("service_contacts"),
    ),
    Outcome(
        "moved_away",
        "Moved away",
        "share",
        "out of reach of the area's services from first release on",
        of=field_reader("moved_away"),
    ),
    Outcome("died_52w", "Died", "share", "died within 52 weeks of release", of=_died_52w),
)
"""Means over men: services, reoffending, recall, housing, quality of life."""
