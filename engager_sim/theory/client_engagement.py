"""Client engagement: contact planned, kept, missed and followed up.

How engagement ends is told in the next room, ``ways_out``; the switch of this theme turns both off.
"""

import math
from dataclasses import dataclass

from engager_sim.compilation import rule
from engager_sim.theory.declaration import lever, setting, state, theme_switch, uncertainty

FIRST_WEEKS = 4
MEAN_NEED = 0.45
"""Mean of a man's needs at entry at which the later contacts planned are those of the lever."""


@dataclass
class EngagementState:
    """A leaver's contact with his practitioner."""

    # fmt: off
    weeks_since_contact: float = state("weeks since his own practitioner last saw him at liberty",
        "weeks", 0, 1e6, "count_contact", 1e4)
    missed_in_a_row: int = state("contacts missed since the last attended",
        "contacts", 0, 1e6, "meet")
    hours_per_contact: float = state("length of this week's contacts",
        "hours", 0, 60, "plan_contacts")
    reach: float = state("how reachable he is, lastingly; 0 in the middle",
        "log-odds", -50, 50, "enter", "drawn")


@dataclass(frozen=True)
class ClientEngagement:
    """Parameters of client engagement."""

    # fmt: off
    on: int = theme_switch("client engagement")
    caseload: float = lever(50.0, 4.0, 80.0, "men", "most men one practitioner holds at a time")
    contact_hours: float = lever(12.0, 4.0, 35.0, "hours per week",
        "hours left of a working week for contact with men, after travel, records and meetings")
    other_cases: int = setting(0, 0, 80, "men",
        "men outside the simulated group whom each practitioner holds as well")
    prison_contacts: float = lever(0.1, 0.0, 2.0, "contacts per week",
        "contacts planned before release")
    early_contacts: float = lever(0.75, 0.0, 4.0, "contacts per week",
        "contacts planned in the first four weeks out")
    later_contacts: float = lever(0.4, 0.0, 2.0, "contacts per week",
        "contacts planned after that with a man of middling needs")
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
        "how much having missed the last contact, or a lost message about this one, takes away")
    attend_custody: float = uncertainty(0.95, 0.8, 1.0, "probability",
        "chance that a contact planned in custody takes place")
    reach_spread: float = uncertainty(0.5, 0.0, 1.2, "log-odds",
        "lasting spread between men in how reachable they are, as a logistic scale")
    reference_contacts: float = setting(0.4, 0.0, 1.0, "contacts per week",
        "contacts planned, where client engagement is switched off")
    reference_hours: float = setting(0.5, 0.2, 1.0, "hours",
        "length of a contact, where client engagement is switched off")
    shortest_contact: float = setting(0.4, 0.1, 1.0, "hours",
        "shortest contact that is planned; below it contacts become fewer")
    longest_contact: float = setting(2.0, 1.0, 4.0, "hours",
        "longest contact that is planned")
    gate_hours: float = setting(2.0, 0.0, 8.0, "hours",
        "contact hours that a meeting at the gate takes")
    follow_up_success: float = uncertainty(0.35, 0.1, 0.7, "probability",
        "chance that following up a man of middling reach leads to a contact in the same week")


@rule
def planned_contacts(
    at_liberty: int, week_from_release: float, tapering: int, needs_at_entry: float,
    engagement: ClientEngagement,
) -> float:  # fmt: skip
    """Contacts per week meant for a man at this stage: inside, first four weeks out, later.

    Inside, before release or on recall, the prison's rate. Later contacts follow need,
    ``c (1 + N - 0.45)`` with N the mean of his needs at entry, so that the lever is the rate of a
    man of middling needs; tapering halves them.

    Notes
    -----
    Assumption; real cadences are not published. The needs he came with and not those of the week
    count, so that help which eases needs does not thin the contacts by which it works.
    """
    if at_liberty == 0:
        return engagement.prison_contacts
    later = engagement.later_contacts * (1.0 + needs_at_entry - MEAN_NEED)
    if tapering == 1:
        return 0.5 * later
    if week_from_release < FIRST_WEEKS:
        return engagement.early_contacts
    return later


@rule
def may_be_seen(statutory: int, at_liberty: int, on_licence: int) -> int:
    """Whether a man's practitioner has contacts with him at all.

    Who holds an order over him sees him inside and on licence, and not at liberty without one
    (assumption); who helps him sees him throughout.
    """
    return 0 if statutory == 1 and at_liberty == 1 and on_licence == 0 else 1


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
def follow_up_in_use(engagement: ClientEngagement) -> float:
    """How persistently the team goes after a man: the lever; not at all with the theme off.

    Arithmetic; it claims nothing about people.
    """
    return engagement.follow_up if engagement.on == 1 else 0.0


@rule
def what_has_grown(between: float, engagement: ClientEngagement) -> float:
    """Rapport or understanding that engagement answers to: ``v``; none of it with the theme off.

    Claims that without engagement in the programme's sense a man comes, stays and goes as he would
    with a stranger (assumption).
    """
    return between if engagement.on == 1 else 0.0


@rule
def trust_that_counts(trust: float, prior_trust: float, engagement: ClientEngagement) -> float:
    """Trust that engagement answers to: ``T``; with the theme off, what he brought (assumption)."""
    return trust if engagement.on == 1 else prior_trust


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
    parts: int, all_parts: int, supervision_hours: float, gate_meetings: int,
    engagement: ClientEngagement,
) -> float:  # fmt: skip
    """Hours this week for one man: the practitioner's contact hours by his part of all claims.

    ``max(0, H - s - g m) x parts / all`` with s the hours of supervision and m the meetings at
    the gate of g hours each: hours per contact are face-to-face hours over caseload (assumption).
    """
    taken = supervision_hours + engagement.gate_hours * gate_meetings
    hours = max(0.0, engagement.contact_hours - taken)
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
    rapport: float, trust: float, motivation: float, needs: float, crisis: float, reach: float,
    engagement: ClientEngagement,
) -> float:  # fmt: skip
    """Log-odds of attending a planned contact in the community, before this week's accidents.

    ``a0 + a_r R + a_t T + a_m M - a_n N - a_c C + z``, z his own reach, which lasts, so that
    repeated misses go with the man (assumption). Missed appointments run at 19%
    in psychiatry (Mitchell & Selmes 2007); that figure is held out, not fitted here.
    """
    return (
        engagement.attend_base
        + engagement.attend_rapport * rapport
        + engagement.attend_trust * trust
        + engagement.attend_motivation * motivation
        - engagement.attend_needs * needs
        - engagement.attend_crisis * crisis
        + reach
    )


@rule
def chance_of_attending(
    ready: float, missed_last: int, message_lost: int, accompanied_log_odds: float,
    engagement: ClientEngagement,
) -> float:  # fmt: skip
    """Chance of attending one contact: logistic in readiness and this week's accidents.

    Having missed the last contact and a lost message about this one each take the same from the
    log-odds (assumption; no study tells them apart).
    """
    log_odds = ready + accompanied_log_odds
    if missed_last > 0:
        log_odds -= engagement.attend_missed
    if message_lost == 1:
        log_odds -= engagement.attend_missed
    return 1.0 / (1.0 + math.exp(-log_odds))


@rule
def chance_after_follow_up(reach: float, engagement: ClientEngagement) -> float:
    """Chance that following up a miss leads to a contact: ``logistic(logit(s) + z)``.

    s for a man of middling reach, z his own (assumption).
    """
    success = engagement.follow_up_success
    return 1.0 / (1.0 + (1.0 - success) / success * math.exp(-reach))


@rule
def reach_of(engagement: ClientEngagement, uniform: float) -> float:
    """Draw how reachable a man is: ``s log(u / (1 - u))``, logistic around 0 (assumption)."""
    return engagement.reach_spread * math.log(uniform / (1.0 - uniform))
