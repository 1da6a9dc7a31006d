"""Supervision: what holds a practitioner's skill, fidelity and strength.

Sessions raise skill and fidelity and relieve burnout; without them skill drifts back to habit,
fastest in difficult weeks. Practitioners change first, then clients. What happens when they leave
is told in the next room, ``turnover``; the switch of this theme turns both off.
"""

import math
from dataclasses import dataclass

from engager_sim.compilation import rule
from engager_sim.theory.declaration import Role, category, lever, state, theme_switch, uncertainty
from engager_sim.theory.traits import spread_around

MANAGERIAL, REFLECTIVE, SHARED = 0, 1, 2


@dataclass
class PracticeState:
    """How a practitioner is doing."""

    # fmt: off
    skill: float = state("relational and therapeutic skill",
        "share", 0, 1, "hold_supervision", "drawn")
    fidelity: float = state("working as the approach intends",
        "share", 0, 1, "hold_supervision", "drawn")
    burnout: float = state("exhaustion", "share", 0, 1, "settle_staff", "drawn")
    habit: float = state("skill this person falls back to", "share", 0, 1, "replace_staff", "drawn")
    weeks_since_supervision: float = state("weeks since the last session",
        "weeks", 0, 1e6, "hold_supervision")
    difficult_week: float = state("share of this practitioner's men in crisis last week",
        "share", 0, 1, "settle_staff")


@dataclass
class SupervisorState:
    """What a supervisor brings and has left."""

    quality: float = state(
        "how good this supervisor's sessions are", "share", 0, 1, "enter", "drawn"
    )
    supervisees: int = state("practitioners supervised", "people", 0, 1e6, "enter", "given")


@dataclass(frozen=True)
class Supervision:
    """Parameters of supervision."""

    # fmt: off
    on: int = theme_switch("supervision")
    interval: float = lever(8.0, 1.0, 26.0, "weeks",
        "weeks from one supervision session to the next, as planned")
    quality: float = lever(0.2, 0.0, 1.0, "share", "median quality of supervisors' sessions",
        anchors=("cases are ticked off, often interrupted",
            "cases are thought through; the practitioner's own part is touched now and then",
            "protected time, a trained supervisor, work and feelings are looked at every time"))
    quality_spread: float = uncertainty(0.3, 0.0, 1.0, "log-odds",
        "spread of quality between supervisors, as a logistic scale")
    mode: int = category(MANAGERIAL, ("managerial", "reflective", "shared"), Role.LEVER,
        "what sessions are about: managing cases, reflecting, or reflecting across agencies")
    supervisor_hours: float = lever(6.0, 0.5, 37.0, "hours per week",
        "time one supervisor has for sessions")
    skill_at_start: float = lever(0.35, 0.1, 0.9, "share",
        "median skill of practitioners when they take a post",
        anchors=("means well; no training in building a relationship",
            "some training and experience with such men",
            "trained and experienced; keeps and repairs contact with men whom others lose"))
    skill_spread: float = uncertainty(0.25, 0.0, 1.0, "log-odds",
        "spread of that skill between people, as a logistic scale")
    fidelity_at_start: float = lever(0.4, 0.1, 0.9, "share",
        "fidelity to the approach when practitioners take a post",
        anchors=("works as before, whatever the manual says",
            "about half of what the approach asks for is seen in meetings",
            "nearly all of it is seen, also under pressure"))
    burnout_at_start: float = uncertainty(0.25, 0.0, 0.6, "share",
        "burnout when practitioners take a post")
    habit_share: float = uncertainty(0.8, 0.5, 1.0, "share",
        "part of the skill at start that is habit and never drifts away")
    habit_fidelity: float = uncertainty(0.25, 0.0, 0.5, "share",
        "fidelity that is left when nobody attends to it")
    reference_skill: float = uncertainty(0.35, 0.1, 0.6, "share",
        "skill in usual care, where supervision is switched off")
    reference_fidelity: float = uncertainty(0.35, 0.1, 0.6, "share",
        "fidelity in usual care, where supervision is switched off")
    reference_burnout: float = uncertainty(0.35, 0.1, 0.6, "share",
        "burnout in usual care, where supervision is switched off")
    session_hours: float = uncertainty(1.5, 0.5, 3.0, "hours",
        "time of a supervisor that one session takes")
    skill_gain: float = uncertainty(0.03, 0.01, 0.05, "share per session",
        "gain of skill in a reflective session of full quality")
    fidelity_gain: float = uncertainty(0.05, 0.02, 0.12, "share per session",
        "gain of fidelity in such a session")
    relief: float = uncertainty(0.08, 0.02, 0.20, "share per session",
        "part of burnout that such a session takes away")
    men_discussed: int = uncertainty(3, 0, 10, "men",
        "men worked on jointly with each tied agency in a session shared across agencies")
    managerial_worth: float = uncertainty(0.35, 0.0, 0.8, "share",
        "worth of a managerial session against a reflective one")
    skill_drift: float = uncertainty(0.010, 0.005, 0.02, "share per week",
        "drift of skill back to habit in a quiet week")
    fidelity_drift: float = uncertainty(0.025, 0.005, 0.05, "share per week",
        "drift of fidelity back to habit in a quiet week")
    difficult_drift: float = uncertainty(3.0, 0.0, 8.0, "ratio",
        "how much more drift a week brings in which all men are in crisis")
    difficult_crisis: float = uncertainty(0.5, 0.2, 0.8, "share",
        "crisis level above which a man makes a practitioner's week hard")
    burnout_wear: float = uncertainty(0.004, 0.0, 0.02, "share per week",
        "weekly burnout from ordinary work at a manageable caseload")
    burnout_overload: float = uncertainty(0.06, 0.0, 0.15, "share per week",
        "weekly burnout from a caseload of twice the manageable")
    manageable_contacts: float = uncertainty(18.0, 8.0, 30.0, "per week",
        "contacts one practitioner can carry: 45 men at 0.4 a week", "HMI Probation 2021")
    burnout_crises: float = uncertainty(0.1, 0.0, 0.2, "share per week",
        "weekly burnout when all men are in crisis")
    recovery: float = uncertainty(0.02, 0.005, 0.08, "share per week",
        "part of burnout that a week of ordinary rest takes away")
    cancelled_by_burnout: float = uncertainty(0.5, 0.0, 1.0, "probability",
        "chance that full burnout cancels a session")


@rule
def take_post(practitioner: PracticeState, supervision: Supervision, uniform: float) -> None:
    """Let a new person take a post, with skill drawn around the median at start.

    With the theme off, everyone stands at the usual-care reference and stays there.

    Arithmetic; it claims nothing about people.
    """
    if supervision.on == 0:
        practitioner.skill = supervision.reference_skill
        practitioner.fidelity = supervision.reference_fidelity
        practitioner.burnout = supervision.reference_burnout
        practitioner.habit = supervision.reference_skill
        return
    skill = spread_around(supervision.skill_at_start, supervision.skill_spread, uniform)
    practitioner.skill = skill
    practitioner.habit = supervision.habit_share * skill
    practitioner.fidelity = supervision.fidelity_at_start
    practitioner.burnout = supervision.burnout_at_start
    practitioner.weeks_since_supervision = 0.0


@rule
def supported_practice(skill: float, fidelity: float, burnout: float) -> float:
    """How far practice is supported: ``x_s = skill x fidelity x (1 - burnout)``, in [0, 1].

    The only quantity of the supervision theme that gates the relationship. Assumption: the three
    multiply, so that a skilled but exhausted practitioner is not supported.
    """
    return skill * fidelity * (1.0 - burnout)


@rule
def chance_of_session(supervisees: float, burnout: float, supervision: Supervision) -> float:
    """Chance that a due session takes place, in [0, 1].

    ``min(1, H i / (n h)) (1 - k b)``: the supervisor's hours H over the interval i against the
    sessions h of all n supervisees, less cancellation by burnout b (assumption; inconsistent
    supervision was reported in the programme's formative evaluation).
    """
    demand = supervisees * supervision.session_hours / supervision.interval
    room = min(1.0, supervision.supervisor_hours / demand) if demand > 0.0 else 1.0
    return room * (1.0 - supervision.cancelled_by_burnout * burnout)


@rule
def is_due(week: int, post: int, supervision: Supervision) -> int:
    """Whether a session is due: once in every interval, posts staggered by their number.

    Arithmetic; it claims nothing about people.
    """
    interval = supervision.interval
    now = week + post % 997
    return 1 if math.floor(now / interval) != math.floor((now - 1) / interval) else 0


@rule
def learn(practitioner: PracticeState, quality: float, supervision: Supervision) -> None:
    """Let one session raise skill and fidelity and relieve burnout.

    ``ds = g q m (1 - s)``, ``df = h q m (1 - f)``, ``db = -r q m b`` with q the supervisor's
    quality and m the worth of the mode (managerial below 1, reflective and shared 1).

    Notes
    -----
    Supervision goes with better worker outcomes, r .30-.40 (Mor Barak et al. 2009), and with
    therapy process, r .21 (Keum & Wang 2021); rates: assumption.
    """
    worth = supervision.managerial_worth if supervision.mode == MANAGERIAL else 1.0
    dose = quality * worth
    practitioner.skill += supervision.skill_gain * dose * (1.0 - practitioner.skill)
    practitioner.fidelity += supervision.fidelity_gain * dose * (1.0 - practitioner.fidelity)
    practitioner.burnout -= supervision.relief * dose * practitioner.burnout
    practitioner.weeks_since_supervision = 0.0


@rule
def drift(practitioner: PracticeState, supervision: Supervision) -> None:
    """Let skill and fidelity drift back to habit, faster in a difficult week.

    ``ds = -d (1 + k w) max(0, s - habit)``, w the share of men in crisis (assumption; practitioners
    fell back on habit under pressure, formative evaluation of the programme).
    """
    pace = 1.0 + supervision.difficult_drift * practitioner.difficult_week
    skill_above = max(0.0, practitioner.skill - practitioner.habit)
    fidelity_above = max(0.0, practitioner.fidelity - supervision.habit_fidelity)
    practitioner.skill -= min(1.0, supervision.skill_drift * pace) * skill_above
    practitioner.fidelity -= min(1.0, supervision.fidelity_drift * pace) * fidelity_above
    practitioner.weeks_since_supervision += 1.0


@rule
def difficult_share(crises: int, cases: int) -> float:
    """Share of a practitioner's men in crisis, which makes a week difficult; none without men.

    Claims that the share counts and not the number: a full caseload wears by itself (assumption).
    """
    return crises / cases if cases > 0 else 0.0


@rule
def manageable(planned_contacts: float, supervision: Supervision) -> float:
    """Caseload one practitioner can carry: contacts that can be carried over contacts per man.

    Parameters
    ----------
    planned_contacts : float
        Contacts per man and week that are meant; at least 0.1 is counted.

    Notes
    -----
    About 50 men is the most manageable in probation (HM Inspectorate of Probation 2021); that
    fewer can be seen more often is an assumption.
    """
    return supervision.manageable_contacts / max(0.1, planned_contacts)


@rule
def strain(
    practitioner: PracticeState, caseload: float, carried: float, supervision: Supervision
) -> None:
    """Let a week's overload and crises wear a practitioner out, and rest restore.

    ``db = (a min(1, n/n0) + o max(0, n/n0 - 1) + c w)(1 - b) - r b`` with n the caseload, n0 the
    manageable one, w the share of men in crisis; the first bracket counts as 1 at most. Assumption;
    burnout explains much of the differences between therapists (Delgadillo et al. 2018).
    """
    filled = caseload / carried
    load = (
        supervision.burnout_wear * min(1.0, filled)
        + supervision.burnout_overload * max(0.0, filled - 1.0)
        + supervision.burnout_crises * practitioner.difficult_week
    )
    burnout = practitioner.burnout
    practitioner.burnout = (
        burnout + min(1.0, load) * (1.0 - burnout) - supervision.recovery * burnout
    )
