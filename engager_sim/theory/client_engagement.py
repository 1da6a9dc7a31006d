"""Client engagement: contact planned, kept, missed and followed up.

How engagement ends is told in the next room, ``ways_out``; the switch of this theme turns both off.
"""

import math
from dataclasses import dataclass

from engager_sim.compilation import rule
from engager_sim.theory.declaration import lever, setting, state, theme_switch, uncertainty

FIRST_WEEKS = 4


@dataclass
class EngagementState:
    """A leaver's contact with his practitioner."""

    # fmt: off
    weeks_since_contact: float = state("weeks since the last attended contact",
        "weeks", 0, 1e6, "count_contact", 1e4)
    missed_in_a_row: int = state("contacts missed since the last attended",
        "contacts", 0, 1e6, "meet")
    hours_per_contact: float = state("length of this week's contacts",
        "hours", 0, 60, "plan_contacts")


@dataclass(frozen=True)
class ClientEngagement:
    """Parameters of client engagement."""

    # fmt: off
    on: int = theme_switch("client engagement")
    caseload: float = lever(50.0, 4.0, 80.0, "men", "most men one practitioner holds at a time")
    contact_hours: float = lever(12.0, 4.0, 35.0, "hours per week",
        "working hours of a practitioner that go to contact with men")
    other_cases: int = setting(0, 0, 80, "men",
        "men outside the simulated group whom each practitioner holds as well")
    prison_contacts: float = lever(0.1, 0.0, 2.0, "contacts per week",
        "contacts planned before release")
    early_contacts: float = lever(0.75, 0.0, 4.0, "contacts per week",
        "contacts planned in the first four weeks out")
    later_contacts: float = lever(0.4, 0.0, 2.0, "contacts per week", "contacts planned after that")
    gate_presence: float = lever(0.0, 0.0, 1.0, "probability",
        "chance that a practitioner meets a man at the gate")
    follow_up: float = lever(0.15, 0.0, 1.0, "probability",
        "chance that a missed contact is followed up in the same week")
    attend_base: float = uncertainty(0.1, -1.5, 1.5, "log-odds",
        "readiness to attend in the community, all else at zero")
    attend_rapport: float = uncertainty(1.6, 0.0, 3.0, "log-odds", "how much full rapport adds")
    attend_trust: float = uncertainty(1.0, 0.0, 3.0, "log-odds", "how much full trust adds")
    attend_motivation: float = uncertainty(1.2, 0.0, 3.0, "log-odds",
        "how much full motivation adds")
    attend_needs: float = uncertainty(1.0, 0.0, 2.5, "log-odds",
        "how much unmet practical needs take away")
    attend_crisis: float = uncertainty(1.5, 0.0, 3.0, "log-odds",
        "how much a full crisis takes away")
    attend_missed: float = uncertainty(0.5, 0.0, 1.5, "log-odds",
        "how much having missed the last contact takes away")
    attend_lost_message: float = uncertainty(0.8, 0.0, 2.0, "log-odds",
        "how much a lost message about the contact takes away")
    attend_custody: float = uncertainty(0.95, 0.8, 1.0, "probability",
        "chance that a contact planned in custody takes place")
    reference_attendance: float = uncertainty(0.6, 0.3, 0.9, "probability",
        "attendance in the community, where client engagement is switched off")
    reference_contacts: float = uncertainty(0.4, 0.0, 1.0, "contacts per week",
        "contacts planned, where client engagement is switched off")
    reference_hours: float = uncertainty(0.5, 0.2, 1.0, "hours",
        "length of a contact, where client engagement is switched off")
    shortest_contact: float = setting(0.4, 0.1, 1.0, "hours",
        "shortest contact that is planned; below it contacts become fewer")
    longest_contact: float = setting(2.0, 1.0, 4.0, "hours",
        "longest contact that is planned, travel and notes included")
    follow_up_success: float = uncertainty(0.35, 0.1, 0.7, "probability",
        "chance that following up leads to a contact in the same week")


@rule
def planned_contacts(
    week_from_release: float, tapering: int, engagement: ClientEngagement
) -> float:
    """Contacts per week meant for a man at this stage: inside, first four weeks out, later.

    Tapering halves the later rate (assumption). Real cadences are not published: the levers'
    values in the presets are assumptions.
    """
    if week_from_release < 0.0:
        return engagement.prison_contacts
    if tapering == 1:
        return 0.5 * engagement.later_contacts
    if week_from_release < FIRST_WEEKS:
        return engagement.early_contacts
    return engagement.later_contacts


@rule
def claim_on_hours(week_from_release: float, crisis: float) -> int:
    """Priority of a man for scarce hours, as whole parts.

    2 as a rule, 6 in the first four weeks out, 1 before release more than four weeks away, and 2
    more in a crisis (assumption).
    """
    if week_from_release < -FIRST_WEEKS:
        parts = 1
    elif 0.0 <= week_from_release < FIRST_WEEKS:
        parts = 6
    else:
        parts = 2
    return parts + 2 if crisis > 0.5 else parts


@rule
def contacts_meant(engagement: ClientEngagement) -> float:
    """Contacts per man and week in the long run: the lever, or its reference with the theme off.

    Arithmetic; it claims nothing about people.
    """
    return engagement.later_contacts if engagement.on == 1 else engagement.reference_contacts


@rule
def room_for_men(engagement: ClientEngagement) -> float:
    """Simulated men one practitioner may hold: the lever less other cases; no limit if off.

    Arithmetic; it claims nothing about people.
    """
    return engagement.caseload - engagement.other_cases if engagement.on == 1 else math.inf


@rule
def claims_of_others(engagement: ClientEngagement) -> int:
    """Parts claimed by the men outside the simulated group: two each.

    Arithmetic; it claims nothing about people.
    """
    return 2 * engagement.other_cases


@rule
def hours_for_a_man(
    parts: int, all_parts: int, supervision_hours: float, engagement: ClientEngagement
) -> float:
    """Hours this week for one man: the practitioner's contact hours by his part of all claims.

    ``(H - s) x parts / all``: hours per contact are working hours over caseload (assumption).
    """
    hours = max(0.0, engagement.contact_hours - supervision_hours)
    return hours * parts / max(parts, all_parts)


@rule
def possible_contacts(meant: float, hours: float, engagement: ClientEngagement) -> float:
    """Contacts per week that a man's hours allow: ``min(meant, hours / shortest)``.

    A contact is never planned shorter than the shortest, so as a caseload fills, contacts become
    shorter first and then fewer (assumption).
    """
    return min(meant, hours / engagement.shortest_contact)


@rule
def contact_length(possible: float, hours: float, engagement: ClientEngagement) -> float:
    """Hours of each contact: the man's hours over his contacts, at most the longest.

    Assumption.
    """
    longest = engagement.longest_contact
    return min(longest, hours / possible) if possible > 0.0 else longest


@rule
def whole_contacts(possible: float, uniform: float) -> int:
    """Whole contacts this week, ``floor(m + u)``: m on average.

    Arithmetic; it claims nothing about people.
    """
    return math.floor(possible + uniform)


@rule
def readiness(
    rapport: float, trust: float, motivation: float, needs: float, crisis: float,
    engagement: ClientEngagement,
) -> float:  # fmt: skip
    """Log-odds of attending a planned contact in the community, before this week's accidents.

    ``a0 + a_r R + a_t T + a_m M - a_n N - a_c C`` (assumption). Missed appointments run at 19%
    in psychiatry (Mitchell & Selmes 2007); that figure is held out, not fitted here.
    """
    return (
        engagement.attend_base
        + engagement.attend_rapport * rapport
        + engagement.attend_trust * trust
        + engagement.attend_motivation * motivation
        - engagement.attend_needs * needs
        - engagement.attend_crisis * crisis
    )


@rule
def chance_of_attending(
    ready: float, missed_last: int, message_lost: int, accompanied_log_odds: float,
    engagement: ClientEngagement,
) -> float:  # fmt: skip
    """Chance of attending one contact: logistic in readiness and this week's accidents.

    Assumption.
    """
    log_odds = ready + accompanied_log_odds
    if missed_last > 0:
        log_odds -= engagement.attend_missed
    if message_lost == 1:
        log_odds -= engagement.attend_lost_message
    return 1.0 / (1.0 + math.exp(-log_odds))
