"""Client engagement: contact planned, kept, missed, followed up, and the ways out.

Disengagement is a mixture of types, not one hazard (Weston et al. 2022): each route has a clock of
its own, and the earliest within the week wins.
"""

import math
from dataclasses import dataclass
from enum import IntEnum

from engager_sim.compilation import rule
from engager_sim.theory.declaration import lever, setting, state, theme_switch, uncertainty

FIRST_WEEKS = 4
NEVER = 1.0e9


class Exit(IntEnum):
    """Why an episode ended. The names are the outcomes' names."""

    NONE = 0
    CRISIS = 1
    RESIGNED = 2
    OVERCONFIDENT = 3
    WITHDREW = 4
    LOST_AT_GATE = 5
    LOST_WITH_WORKER = 6
    RECALL = 7
    NEW_CUSTODY = 8
    PLANNED_ENDING = 9
    ABRUPT_ENDING = 10


EXIT_MEANINGS: dict[Exit, str] = {
    Exit.NONE: "still open",
    Exit.CRISIS: "crisis and chaos",
    Exit.RESIGNED: "resigned acceptance",
    Exit.OVERCONFIDENT: "overconfidence after release",
    Exit.WITHDREW: "wilful withdrawal",
    Exit.LOST_AT_GATE: "lost at the gate",
    Exit.LOST_WITH_WORKER: "lost when the worker left",
    Exit.RECALL: "recalled on licence",
    Exit.NEW_CUSTODY: "new custody",
    Exit.PLANNED_ENDING: "planned ending",
    Exit.ABRUPT_ENDING: "support stopped without preparation",
}


@dataclass
class EngagementState:
    """A leaver's contact with his practitioner."""

    weeks_since_contact: float = state(
        "weeks since the last attended contact", "weeks", 0, 1e6, "meet"
    )
    missed_in_a_row: int = state(
        "contacts missed since the last attended", "contacts", 0, 1e6, "meet"
    )
    hours_per_contact: float = state(
        "length of this week's contacts", "hours", 0, 60, "plan_contacts"
    )


@dataclass(frozen=True)
class ClientEngagement:
    """Parameters of client engagement."""

    on: int = theme_switch("client engagement")
    caseload: float = lever(50.0, 4.0, 80.0, "men", "most men one practitioner holds at a time")
    contact_hours: float = lever(
        12.0,
        4.0,
        35.0,
        "hours per week",
        "working hours of a practitioner that go to contact with men",
    )
    other_cases: int = setting(
        0, 0, 80, "men", "men outside the simulated group whom each practitioner holds as well"
    )
    prison_contacts: float = lever(
        0.1, 0.0, 2.0, "contacts per week", "contacts planned before release"
    )
    early_contacts: float = lever(
        0.75, 0.0, 4.0, "contacts per week", "contacts planned in the first four weeks out"
    )
    later_contacts: float = lever(0.4, 0.0, 2.0, "contacts per week", "contacts planned after that")
    gate_presence: float = lever(
        0.0, 0.0, 1.0, "probability", "chance that a practitioner meets a man at the gate"
    )
    follow_up: float = lever(
        0.15,
        0.0,
        1.0,
        "probability",
        "chance that a missed contact is followed up in the same week",
    )
    attend_base: float = uncertainty(
        0.1, -1.5, 1.5, "log-odds", "readiness to attend in the community, all else at zero"
    )
    attend_rapport: float = uncertainty(1.6, 0.0, 3.0, "log-odds", "how much full rapport adds")
    attend_trust: float = uncertainty(1.0, 0.0, 3.0, "log-odds", "how much full trust adds")
    attend_motivation: float = uncertainty(
        1.2, 0.0, 3.0, "log-odds", "how much full motivation adds"
    )
    attend_needs: float = uncertainty(
        1.0, 0.0, 2.5, "log-odds", "how much unmet practical needs take away"
    )
    attend_crisis: float = uncertainty(
        1.5, 0.0, 3.0, "log-odds", "how much a full crisis takes away"
    )
    attend_missed: float = uncertainty(
        0.5, 0.0, 1.5, "log-odds", "how much having missed the last contact takes away"
    )
    attend_lost_message: float = uncertainty(
        0.8, 0.0, 2.0, "log-odds", "how much a lost message about the contact takes away"
    )
    attend_custody: float = uncertainty(
        0.95, 0.8, 1.0, "probability", "chance that a contact planned in custody takes place"
    )
    reference_attendance: float = uncertainty(
        0.6,
        0.3,
        0.9,
        "probability",
        "attendance in the community, where client engagement is switched off",
    )
    reference_contacts: float = uncertainty(
        0.4,
        0.0,
        1.0,
        "contacts per week",
        "contacts planned, where client engagement is switched off",
    )
    reference_hours: float = uncertainty(
        0.5, 0.2, 1.0, "hours", "length of a contact, where client engagement is switched off"
    )
    shortest_contact: float = setting(
        0.4, 0.1, 1.0, "hours", "shortest contact that is planned; below it contacts become fewer"
    )
    longest_contact: float = setting(
        2.0, 1.0, 4.0, "hours", "longest contact that is planned, travel and notes included"
    )
    follow_up_success: float = uncertainty(
        0.35,
        0.1,
        0.7,
        "probability",
        "chance that following up leads to a contact in the same week",
    )
    gate_loss: float = uncertainty(
        0.28, 0.17, 0.30, "probability", "men lost at the gate when nobody meets them", "Byng 2022"
    )
    gate_loss_met: float = uncertainty(
        0.14, 0.05, 0.20, "probability", "men lost at the gate when somebody meets them"
    )
    crisis_hazard: float = uncertainty(
        0.10, 0.02, 0.3, "per week", "hazard of dropping out through a full crisis without coping"
    )
    resigned_hazard: float = uncertainty(
        0.05, 0.01, 0.15, "per week", "hazard of dropping out without hope or motivation"
    )
    overconfident_hazard: float = uncertainty(
        0.06, 0.01, 0.2, "per week", "hazard of dropping out when no need is felt"
    )
    withdrawal_hazard: float = uncertainty(
        0.06, 0.01, 0.2, "per week", "hazard of walking away without any trust"
    )
    rupture_withdrawal: float = uncertainty(
        1.5, 0.0, 4.0, "ratio", "how much more hazard of walking away an open rupture brings"
    )
    bond: float = uncertainty(
        1.5, 0.0, 3.0, "log hazard", "how much a full alliance lowers every voluntary route out"
    )
    missed_hazard: float = uncertainty(
        0.7,
        0.0,
        2.0,
        "ratio",
        "how much more hazard each contact missed in a row brings, up to three",
    )
    recontact: float = uncertainty(
        0.02, 0.0, 0.15, "per week", "hazard that a man out of contact comes back, at full trust"
    )
    recontact_outreach: float = uncertainty(
        0.02, 0.0, 0.2, "per week", "what persistent outreach adds to that hazard"
    )


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
def claims_of_others(engagement: ClientEngagement) -> int:
    """Parts claimed by the men outside the simulated group: two each."""
    return 2 * engagement.other_cases


@rule
def hours_for_a_man(
    parts: int, all_parts: int, supervision_hours: float, engagement: ClientEngagement
) -> float:
    """Hours this week for one man: the practitioner's contact hours by his part of all claims.

    ``(H - s) x parts / all``: hours per contact are working hours over caseload.
    """
    hours = max(0.0, engagement.contact_hours - supervision_hours)
    return hours * parts / max(parts, all_parts)


@rule
def possible_contacts(meant: float, hours: float, engagement: ClientEngagement) -> float:
    """Contacts per week that a man's hours allow: ``min(meant, hours / shortest)``.

    A contact is never planned shorter than the shortest, so as a caseload fills, contacts become
    shorter first and then fewer.
    """
    return min(meant, hours / engagement.shortest_contact)


@rule
def contact_length(possible: float, hours: float, engagement: ClientEngagement) -> float:
    """Hours of each contact: the man's hours over his contacts, at most the longest."""
    longest = engagement.longest_contact
    return min(longest, hours / possible) if possible > 0.0 else longest


@rule
def whole_contacts(possible: float, uniform: float) -> int:
    """Whole contacts this week, ``floor(m + u)``: m on average."""
    return int(math.floor(possible + uniform))


@rule
def readiness(
    rapport: float,
    trust: float,
    motivation: float,
    needs: float,
    crisis: float,
    engagement: ClientEngagement,
) -> float:
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
    ready: float,
    missed_last: int,
    message_lost: int,
    accompanied_log_odds: float,
    engagement: ClientEngagement,
) -> float:
    """Chance of attending one contact: logistic in readiness and this week's accidents."""
    log_odds = ready + accompanied_log_odds
    if missed_last > 0:
        log_odds -= engagement.attend_missed
    if message_lost == 1:
        log_odds -= engagement.attend_lost_message
    return 1.0 / (1.0 + math.exp(-log_odds))


@rule
def is_lost_at_gate(met: int, rapport: float, engagement: ClientEngagement, uniform: float) -> int:
    """Decide whether a man is lost at the gate: ``P = p (1.3 - 0.6 R)``.

    p with or without somebody there; a man who knows the practitioner from inside is lost less
    (assumption). 23% of allocated men had no community contact (Byng et al. 2022).
    """
    chance = engagement.gate_loss_met if met == 1 else engagement.gate_loss
    return 1 if uniform < chance * (1.3 - 0.6 * rapport) else 0


@rule
def retention(alliance: float, missed_in_a_row: int, engagement: ClientEngagement) -> float:
    """What multiplies every voluntary route out: ``exp(-b A)(1 + m min(3, missed))``.

    Drop-out falls with alliance (direction from Sharf et al. 2010) and rises after a missed
    contact (direction from Mitchell & Selmes 2007); both figures are held out, not fitted here.
    """
    missed = min(3, missed_in_a_row)
    return math.exp(-engagement.bond * alliance) * (1.0 + engagement.missed_hazard * missed)


@rule
def crisis_route(crisis: float, coping: float, engagement: ClientEngagement) -> float:
    """Weekly hazard of dropping out through crisis and chaos: ``h C (1 - K)``."""
    return engagement.crisis_hazard * crisis * (1.0 - coping)


@rule
def resigned_route(hope: float, autonomous: float, engagement: ClientEngagement) -> float:
    """Weekly hazard of resigned acceptance: ``h (1 - hope)(1 - Ma)``."""
    return engagement.resigned_hazard * (1.0 - hope) * (1.0 - autonomous)


@rule
def overconfident_route(
    perceived_need: float, crisis: float, engagement: ClientEngagement
) -> float:
    """Weekly hazard of overconfidence: ``h (1 - felt need)^2 (1 - C)``."""
    unfelt = 1.0 - perceived_need
    return engagement.overconfident_hazard * unfelt * unfelt * (1.0 - crisis)


@rule
def withdrawal_route(trust: float, open_rupture: int, engagement: ClientEngagement) -> float:
    """Weekly hazard of wilful withdrawal: ``h (1 - T)^2 (1 + r rupture)``."""
    distrust = 1.0 - trust
    hazard = engagement.withdrawal_hazard * distrust * distrust
    return hazard * (1.0 + engagement.rupture_withdrawal) if open_rupture == 1 else hazard


@rule
def clock(hazard: float, uniform: float) -> float:
    """Time until an event with this weekly hazard, ``-log(u) / h`` weeks; beyond a week, never.

    Each competing route has its own clock and its own uniform, so raising one hazard can only
    bring that route forward: it sends no man from staying to another route.
    """
    if uniform <= 1.0 - hazard:
        return NEVER  # exp(-h) >= 1 - h: no event within the week, and no logarithm needed
    return -math.log(uniform) / hazard


@rule
def comes_back(
    trust: float, hope: float, outreach: float, engagement: ClientEngagement, uniform: float
) -> int:
    """Decide whether a man out of contact comes back: ``h = (a T + b outreach)(1 + hope) / 1.5``.

    Parameters
    ----------
    outreach : float
        How persistently the team keeps looking for him, in [0, 1] (follow-up and peers).
    """
    hazard = engagement.recontact * trust + engagement.recontact_outreach * outreach
    return 1 if uniform < 1.0 - math.exp(-hazard * (1.0 + hope) / 1.5) else 0
