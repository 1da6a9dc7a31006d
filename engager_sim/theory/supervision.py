"""Supervision: what holds a practitioner's skill, fidelity and strength.

Sessions raise skill and fidelity and relieve burnout; without them practice drifts back to what a
worker did before training, fastest in difficult weeks. Practitioners change first, then clients.
Who gives the sessions is told in the room ``supervisors``, what happens when staff leave in
``turnover``; the switch of this theme turns all three off.
"""

import math
from dataclasses import dataclass

from engager_sim.compilation import rule
from engager_sim.theory.declaration import (
    Role,
    category,
    lever,
    setting,
    state,
    theme_switch,
    uncertainty,
)
from engager_sim.theory.traits import spread_around

MANAGERIAL, REFLECTIVE, SHARED = 0, 1, 2
BEGINNING_BURNOUT = 0.25
"""Burnout of whoever takes a post (assumption). Not varied: rest and strain outrun it in a year."""


@dataclass
class PracticeState:
    """How a practitioner is doing."""

    # fmt: off
    skill: float = state("relational and therapeutic skill",
        "share", 0, 1, "hold_supervision", "drawn")
    fidelity: float = state("working as the approach intends",
        "share", 0, 1, "hold_supervision", "drawn")
    burnout: float = state("exhaustion", "share", 0, 1, "settle_staff", "drawn")
    habit: float = state("skill this person had before training",
        "share", 0, 1, "replace_staff", "drawn")
    habit_fidelity: float = state("fidelity this person had before training",
        "share", 0, 1, "replace_staff", "drawn")
    weeks_since_supervision: float = state("weeks since the last session",
        "weeks", 0, 1e6, "hold_supervision")
    due: int = state("whether a session is due and not yet held",
        "on/off", 0, 1, "hold_supervision")
    difficulty: float = state("how much supervision is needed",
        "share", 0, 1, "hold_supervision")
    difficult_week: float = state("share of this practitioner's men in crisis last week",
        "share", 0, 1, "settle_staff")


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
        "median skill of practitioners once trained for a post",
        anchors=("means well; no training in building a relationship",
            "some training and experience with such men",
            "trained and experienced; keeps and repairs contact with men whom others lose"))
    skill_spread: float = uncertainty(0.25, 0.0, 1.0, "log-odds",
        "spread of skill and of fidelity between people, as a logistic scale")
    fidelity_at_start: float = lever(0.4, 0.1, 0.9, "share",
        "median fidelity to the approach of practitioners once trained for a post",
        anchors=("works as before, whatever the manual says",
            "about half of what the approach asks for is seen in meetings",
            "nearly all of it is seen, also under pressure"))
    reference_skill: float = uncertainty(0.35, 0.1, 0.6, "share",
        "median skill before training; with supervision switched off, everybody's")
    reference_fidelity: float = uncertainty(0.35, 0.1, 0.6, "share",
        "median fidelity before training; with supervision switched off, everybody's")
    reference_burnout: float = uncertainty(0.35, 0.1, 0.6, "share",
        "burnout at which the declared share of staff leaves in a year")
    session_hours: float = setting(1.5, 0.5, 3.0, "hours", "length of one session")
    skill_gain: float = uncertainty(0.03, 0.01, 0.05, "share per session",
        "gain of skill in a reflective session of full quality")
    fidelity_gain: float = uncertainty(0.05, 0.02, 0.12, "share per session",
        "gain of fidelity in such a session")
    relief: float = uncertainty(0.08, 0.02, 0.20, "share per session",
        "part of burnout that such a session takes away")
    men_discussed: int = setting(3, 0, 10, "men",
        "men discussed in a session shared across agencies")
    learning: float = uncertainty(0.002, 0.0, 0.006, "share per session",
        "part of what a supervisor lacks in quality that holding a session adds")
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
    burnout_overload: float = uncertainty(0.06, 0.0, 0.15, "share per week",
        "weekly burnout at twice the manageable caseload, or with all a supervisor's time asked")
    manageable_contacts: float = uncertainty(18.0, 8.0, 30.0, "per week",
        "contacts one practitioner can carry: 45 men at 0.4 a week", "HMI Probation 2021")
    burnout_crises: float = uncertainty(0.1, 0.0, 0.2, "share per week",
        "weekly burnout when all men are in crisis, or all supervisees burnt out")
    recovery: float = uncertainty(0.02, 0.005, 0.08, "share per week",
        "part of burnout that a week of ordinary rest takes away")
    cancelled_by_burnout: float = uncertainty(0.5, 0.0, 1.0, "probability",
        "chance that full burnout, on either side, cancels a session")


@rule
def take_post(practitioner: PracticeState, supervision: Supervision, uniform: float) -> None:
    """Let a new person take a post: own practice before training, and what the training adds.

    One trait of the person places skill and fidelity among those of others: in log-odds, before
    training around ``min(reference, at start)``, after it around the median at start. With the
    theme off, everyone's practice stands at the usual-care reference and stays there.

    Claims that workers differ lastingly, and that training lifts all of them alike (assumption).
    """
    practitioner.burnout = BEGINNING_BURNOUT
    practitioner.weeks_since_supervision = 0.0
    practitioner.due = 0
    if supervision.on == 0:
        practitioner.skill = practitioner.habit = supervision.reference_skill
        practitioner.fidelity = practitioner.habit_fidelity = supervision.reference_fidelity
        return
    spread = supervision.skill_spread
    skill, fidelity = supervision.skill_at_start, supervision.fidelity_at_start
    before = min(supervision.reference_skill, skill)
    practitioner.habit = spread_around(before, spread, uniform)
    practitioner.skill = spread_around(skill, spread, uniform)
    before = min(supervision.reference_fidelity, fidelity)
    practitioner.habit_fidelity = spread_around(before, spread, uniform)
    practitioner.fidelity = spread_around(fidelity, spread, uniform)


@rule
def supported_practice(skill: float, fidelity: float, burnout: float) -> float:
    """How far practice is supported: ``x_s = skill x fidelity x (1 - burnout)``, in [0, 1].

    The only quantity of the supervision theme that gates the relationship. Assumption: the three
    multiply, so that a skilled but exhausted practitioner is not supported.
    """
    return skill * fidelity * (1.0 - burnout)


@rule
def difficulty_of(burnout: float, difficult_week: float) -> float:
    """How much a practitioner needs supervision: ``1 - (1 - b)(1 - w)``.

    Claims that exhaustion and a hard week each call for it, and that both together call louder
    (assumption).
    """
    return 1.0 - (1.0 - burnout) * (1.0 - difficult_week)


@rule
def chance_of_session(burnout: float, strain: float, supervision: Supervision) -> float:
    """Chance that an arranged session takes place: ``(1 - k b)(1 - k s)``, in [0, 1].

    b is the practitioner's burnout, s the supervisor's strain (assumption; inconsistent
    supervision was reported in the programme's formative evaluation).
    """
    cancelled = supervision.cancelled_by_burnout
    return (1.0 - cancelled * burnout) * (1.0 - cancelled * strain)


@rule
def hours_kept_free(supervision: Supervision) -> float:
    """Hours a week that practitioners keep free for supervision: ``h / i``.

    Claims that a session that falls out frees no time for men at short notice (assumption).
    """
    return supervision.session_hours / supervision.interval


@rule
def is_discussed(cases: int, supervision: Supervision, uniform: float) -> int:
    """Decide whether a man is discussed in his practitioner's shared session: ``P = d / n``.

    d men are discussed of n; all, if there are fewer (assumption: none is preferred).
    """
    return 1 if uniform * cases < supervision.men_discussed else 0


@rule
def is_due(week: int, post: int, supervision: Supervision) -> int:
    """Whether a session is due: once in every interval, posts staggered by their number.

    When ``floor((week + number mod 997) / i)`` is more than the week before.

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
    """Let skill and fidelity drift back to those before training, faster in a difficult week.

    ``ds = -d (1 + k w) max(0, s - habit)``, w the share of men in crisis and habit the person's own
    before training; d (1 + k w) counts as 1 at most (assumption; practitioners fell back on habit
    under pressure, formative evaluation of the programme).
    """
    pace = 1.0 + supervision.difficult_drift * practitioner.difficult_week
    skill_above = max(0.0, practitioner.skill - practitioner.habit)
    fidelity_above = max(0.0, practitioner.fidelity - practitioner.habit_fidelity)
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

    ``db = (o max(0, n/n0 - 1) + c w)(1 - b) - r b`` with n the caseload, n0 the manageable one, w
    the share of men in crisis; the first bracket counts as 1 at most. Assumption; burnout explains
    much of the differences between therapists (Delgadillo et al. 2018).
    """
    overload = max(0.0, caseload / carried - 1.0)
    load = (
        supervision.burnout_overload * overload
        + supervision.burnout_crises * practitioner.difficult_week
    )
    burnout = practitioner.burnout
    practitioner.burnout = (
        burnout + min(1.0, load) * (1.0 - burnout) - supervision.recovery * burnout
    )
