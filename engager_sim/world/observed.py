"""What is kept of a leaver's course for the outcomes; no rule reads it."""

from dataclasses import dataclass
from enum import IntEnum

from engager_sim.theory.circumstances import NEEDS
from engager_sim.theory.declaration import IntegerVector, Vector, state, states
from engager_sim.theory.services import NEED_PRESENT

NOT_YET = -1
CONTACT_WEEKS = 4.0
EARLY_WEEK = 6
YEAR = 52


@dataclass(frozen=True, slots=True)
class ObservationSetting:
    """What defines an observation. Fixed: the theory does not know it and no study varies it."""

    name: str
    value: float
    unit: str
    meaning: str


OBSERVATION_SETTINGS = (
    ObservationSetting("contact_weeks", CONTACT_WEEKS, "weeks",
        "a leaver is in contact if he was seen less than so many weeks ago"),
    ObservationSetting("need_present", NEED_PRESENT, "share",
        "a need at release, and any other, is present if it is more severe than this"),
    ObservationSetting("early_week", EARLY_WEEK, "weeks",
        "week after release at which early contact is observed"),
    ObservationSetting("year", YEAR, "weeks",
        "weeks after release, from week 0, that outcomes over a year count"),
)  # fmt: skip
"""Every setting of an observation, but for the weeks of :class:`Mark`."""


class Mark(IntEnum):
    """Weeks after release at which a leaver's state is kept for the outcomes."""

    RELEASE = 0
    WEEK_4 = 1
    WEEK_12 = 2
    WEEK_13 = 3
    WEEK_26 = 4
    WEEK_52 = 5


MARK_WEEKS = (0, 4, 12, 13, 26, 52)
MARKS, BOND_MARKS = len(MARK_WEEKS), Mark.WEEK_12 + 1
"""How many marks there are, and up to which the bond is kept: the programme's twelve weeks."""
AT_MARKS = "at release and at weeks 4, 12, 13, 26 and 52"
WHILE_IT_RUNS = "at release and at weeks 4 and 12"


@dataclass
class KeptState:
    """A leaver's state as it was at set weeks; no rule reads it.

    Apart from what he is observed to do, because few weeks look at it: the engine need not fetch
    it with the rest of him (see :mod:`engager_sim.week.reading_ahead`).
    """

    # fmt: off
    rapport_at: Vector = states(BOND_MARKS, f"rapport {WHILE_IT_RUNS}", "share", 0, 1, "observe")
    understanding_at: Vector = states(BOND_MARKS, f"understanding {WHILE_IT_RUNS}",
        "share", 0, 1, "observe")
    motivation_at: Vector = states(BOND_MARKS, f"motivation {WHILE_IT_RUNS}",
        "share", 0, 1, "observe")
    trust_at: Vector = states(MARKS, f"trust {AT_MARKS}", "share", 0, 1, "observe")
    distress_at: Vector = states(MARKS, f"distress {AT_MARKS}", "points", 0, 40, "observe")
    core_om_at: Vector = states(MARKS, f"CORE-OM as observed, with error, {AT_MARKS}",
        "points", 0, 40, "observe")
    alliance_at: Vector = states(BOND_MARKS,
        f"alliance as observed, with error, {WHILE_IT_RUNS}", "share", 0, 1, "observe")
    engaged_at: Vector = states(MARKS, f"episode open {AT_MARKS}", "on/off", 0, 1, "observe")
    core_om_at_entry: float = state("CORE-OM as observed at entry, with error",
        "points", 0, 40, "enter", "drawn")
    engaged_6w: int = state("engaged at week 6", "on/off", 0, 1, "observe")
    engaged_12w: int = state("engaged at week 12", "on/off", 0, 1, "observe")
    engaged_26w: int = state("engaged at week 26", "on/off", 0, 1, "observe")
    engaged_52w: int = state("engaged at week 52", "on/off", 0, 1, "observe")
    substance_at_release: int = state("substance need at release", "on/off", 0, 1, "observe")
    work_at_release: int = state("need over work or money at release", "on/off", 0, 1, "observe")
    relationships_at_release: int = state("need over relationships at release",
        "on/off", 0, 1, "observe")
    housed_first: int = state("in stable accommodation in the week of release",
        "on/off", 0, 1, "observe")
    seen_1w: int = state("his own practitioner saw him in the week of release",
        "on/off", 0, 1, "observe")
    settled_13w: int = state("in stable accommodation at week 13", "on/off", 0, 1, "observe")


@dataclass
class ObservedState:
    """What is kept of a leaver's course for the outcomes; no rule reads it."""

    # fmt: off
    engaged: int = state("in contact in the last four weeks", "on/off", 0, 1, "observe")
    weeks_engaged: int = state("weeks engaged since release", "weeks", 0, 1e4, "observe")
    planned_free: int = state("contacts planned in the community", "contacts", 0, 1e5, "meet")
    attended_free: int = state("contacts attended in the community", "contacts", 0, 1e5, "meet")
    attended_all: int = state("contacts with a practitioner of his own, custody included",
        "contacts", 0, 1e5, "meet")
    first_miss_week: int = state("week of the first missed contact, -1 never",
        "week", -1, 1e4, "meet", -1)
    weeks_missed_to_contact: int = state(
        "weeks from the first missed contact to the next attended, -1 never",
        "weeks", -1, 1e4, "meet", -1)
    first_offence_week: int = state("week after release of the first offence, -1 never",
        "week", -1, 1e4, "answer_to_justice", -1)
    recalls_lost: int = state("recalls for lost contact within a year",
        "recalls", 0, 1e3, "answer_to_justice")
    recalls_breach: int = state("recalls for a detected breach within a year",
        "recalls", 0, 1e3, "answer_to_justice")
    substance_seen_week: int = state(
        "week after release when the substance service first saw him, -1 never",
        "week", -1, 1e4, "use_services", -1)
    started_week: IntegerVector = states(
        NEEDS, "week after release when a service for each need first took him on, -1 never",
        "week", -1, 1e4, "use_services", -1)
    services_started: int = state("times that a service took him on",
        "times", 0, 1e4, "use_services")
    weeks_to_start: int = state("weeks waited outside for those services, summed",
        "weeks", 0, 1e6, "use_services")
    waits_given_up: int = state("waits for a service given up within a year",
        "waits", 0, 1e4, "use_services")
    onward_seen: int = state("a service he was handed on to saw him within a year",
        "on/off", 0, 1, "use_services")
    service_contacts: int = state("contacts with services after release",
        "contacts", 0, 1e5, "use_services")
    statutory_contacts: int = state("contacts with who holds an order over him, custody included",
        "contacts", 0, 1e5, "meet")
    lost_waiting: int = state("whether he was lost while he waited for a practitioner",
        "on/off", 0, 1, "leave")
    contact_hours: float = state("practitioner hours spent on him", "hours", 0, 1e5, "meet")
    peer_weeks: int = state("weeks linked to a peer", "weeks", 0, 1e4, "keep_hope")
    custody_weeks: int = state("weeks of recall or new custody", "weeks", 0, 1e4, "observe")
    distress_sum: float = state("distress summed over weeks since release",
        "points", 0, 1e6, "observe")
    worker_changes: int = state("changes of practitioner", "changes", 0, 1e3, "change_worker")
