"""A kept contact: the relationship grows, work is done, things may go wrong."""

from engager_sim.compilation import rule
from engager_sim.theory import Theory
from engager_sim.theory import circumstances as situation
from engager_sim.theory import client_motivation as motive
from engager_sim.theory import collaboration as together
from engager_sim.theory import effective_ties as ties
from engager_sim.theory import relationship as bond
from engager_sim.theory import supervision as staff
from engager_sim.theory import therapeutic_approach as therapy
from engager_sim.theory.circumstances import NEEDS
from engager_sim.theory.justice import AT_LIBERTY, IN_PRISON
from engager_sim.theory.preparations_for_ending import TAPERING
from engager_sim.theory.services import NO_SERVICE, WAITING
from engager_sim.week.event_log import Event, EventLog, note
from engager_sim.world.dice import Chance, Dice, draw
from engager_sim.world.observed import NOT_YET
from engager_sim.world.records import Leaver, WorkerPost


@rule
def hold_session(
    leaver: Leaver, post: WorkerPost, theory: Theory, dice: Dice, week: int,
    occasion: int, chance_of_attending: float, log: EventLog | None,
) -> None:  # fmt: skip
    """A kept contact: the relationship grows, work is done, things may go wrong."""
    relationship = theory.relationship
    leaver.contacted = 1
    leaver.missed_in_a_row = 0
    _count(leaver, week)
    supported = staff.supported_practice(post.skill, post.fidelity, post.burnout)
    practice = ties.practice_around(leaver.coverage, leaver.shared_practice)
    speed = bond.growth_speed(practice, supported, relationship)
    leaver.growth_speed = speed
    spent = bond.time_together(leaver.hours_per_contact, relationship)
    goals = motive.goals_in_use(theory.client_motivation)
    respect = bond.respect(leaver.role_conflict, spent, goals, relationship)
    bond.grow(leaver, speed, spent, respect, relationship)
    if theory.client_motivation.on == 1:
        motive.gain_from_contact(leaver, leaver.trust, theory.client_motivation)
    if theory.therapeutic_approach.on == 1:
        _work(leaver, post, supported, theory, dice, week, occasion, log)
    note(log, week, leaver.who, Event.ATTENDED, 0,
        chance_of_attending, leaver.trust, leaver.focus, leaver.growth_speed)  # fmt: skip
    _keep_promise(leaver, post, theory, dice, week, occasion, log)


@rule
def _count(leaver: Leaver, week: int) -> None:
    """Count a kept contact; one with who holds an order over him is counted apart."""
    leaver.contact_hours += leaver.hours_per_contact
    if leaver.statutory == 1:
        leaver.statutory_contacts += 1
        return
    leaver.attended_all += 1
    if leaver.place == AT_LIBERTY:
        leaver.attended_free += 1
        if leaver.first_miss_week >= 0 and leaver.weeks_missed_to_contact == NOT_YET:
            leaver.weeks_missed_to_contact = week - leaver.first_miss_week


@rule
def _work(
    leaver: Leaver, post: WorkerPost, supported: float, theory: Theory, dice: Dice, week: int,
    occasion: int, log: EventLog | None,
) -> None:  # fmt: skip
    """Practical, emotional or liaison work, and the ruptures and repairs that come with it."""
    approach = theory.therapeutic_approach
    ripe = _judge(leaver, supported, theory, dice, week, occasion, log)
    uniform = draw(dice, leaver.who, week, Chance.FOCUS, occasion)
    leaver.focus = therapy.choose_focus(leaver.judgement, leaver.crisis, approach, uniform)
    therapy.work_through(leaver, leaver.understanding, approach)
    unripe_work = 0
    if leaver.focus == therapy.EMOTIONAL and ripe >= 1.0:
        therapy.cope(leaver, leaver.understanding, leaver.trust, approach)
    elif leaver.focus == therapy.EMOTIONAL:
        unripe_work = 1
        therapy.stir_up(leaver, ripe, supported, approach)
    elif leaver.focus == therapy.PRACTICAL:
        _help_practically(leaver, theory, dice, week, occasion, log)
    else:
        _refer(leaver, theory, dice, week, occasion, log)
    _rupture_or_repair(leaver, post, unripe_work, theory, dice, week, occasion, log)


@rule
def _judge(
    leaver: Leaver, supported: float, theory: Theory, dice: Dice, week: int, occasion: int,
    log: EventLog | None,
) -> float:  # fmt: skip
    """The practitioner judges whether emotional work is ripe; return how ripe it is.

    A judgement is noted when it differs from the last one.
    """
    approach = theory.therapeutic_approach
    depth = therapy.depth_of_bond(leaver.trust, leaver.understanding)
    weeks_left = _weeks_left(leaver, theory, week)
    ripe = therapy.ripeness(leaver.crisis, depth, weeks_left, approach)
    uniform = draw(dice, leaver.who, week, Chance.JUDGEMENT, occasion)
    judgement = therapy.judge(ripe, supported, approach, uniform)
    if judgement != leaver.judgement:
        leaver.judgement = judgement
        note(log, week, leaver.who, Event.JUDGED, 0,
            leaver.crisis, depth, weeks_left, judgement)  # fmt: skip
    return ripe


@rule
def _weeks_left(leaver: Leaver, theory: Theory, week: int) -> float:
    """Weeks before release to a man inside, weeks before the end of support to one outside."""
    if leaver.place == IN_PRISON:
        return leaver.release_week - week
    if leaver.place != AT_LIBERTY:
        return leaver.weeks_inside
    if leaver.ending == TAPERING:
        return leaver.weeks_of_taper
    return theory.preparations_for_ending.support_weeks - (week - leaver.release_week)


@rule
def _help_practically(
    leaver: Leaver, theory: Theory, dice: Dice, week: int, occasion: int, log: EventLog | None
) -> None:
    """Practical help: the crisis and his worst other need ease, perhaps with a small win."""
    approach = theory.therapeutic_approach
    understanding = leaver.understanding
    leaver.crisis = therapy.crisis_after_help(leaver.crisis, understanding, approach)
    worst = situation.worst_need_but_housing(leaver)
    leaver.need[worst] = therapy.need_after_help(leaver.need[worst], understanding, approach)
    uniform = draw(dice, leaver.who, week, Chance.SMALL_WIN, occasion)
    if therapy.is_small_win(understanding, approach, uniform) == 1:
        if theory.client_motivation.on == 1:
            motive.gain_from_win(leaver, theory.client_motivation)
        note(log, week, leaver.who, Event.SMALL_WIN, 0,
            understanding, leaver.autonomous, leaver.goal_progress, leaver.needs_mean)  # fmt: skip


@rule
def _refer(
    leaver: Leaver, theory: Theory, dice: Dice, week: int, occasion: int, log: EventLog | None
) -> None:
    """Liaison: hand the man on to the service for his worst need that he does not use yet."""
    need, severity = -1, theory.therapeutic_approach.referral_need
    for other in range(NEEDS):
        free = leaver.service[other] == NO_SERVICE and leaver.agency_for[other] >= 0
        if free and leaver.need[other] > severity:
            need, severity = other, leaver.need[other]
    if need < 0:
        return
    uniform = draw(dice, leaver.who, week, Chance.REFERRAL_ARRIVES, occasion)
    tie = leaver.effective_tie
    arrived = together.handover_succeeds(tie, theory.collaboration, uniform)
    if arrived == 1:
        leaver.service[need] = WAITING
        leaver.handed_on[need] = 1
    note(log, week, leaver.who, Event.REFERRED, 0, need, tie, arrived, leaver.trust)


@rule
def _rupture_or_repair(
    leaver: Leaver, post: WorkerPost, unripe_work: int, theory: Theory, dice: Dice, week: int,
    occasion: int, log: EventLog | None,
) -> None:  # fmt: skip
    """An open rupture may be repaired; a new one may open, and be repaired at once or not."""
    approach = theory.therapeutic_approach
    opened = leaver.open_rupture
    if opened == 0:
        uniform = draw(dice, leaver.who, week, Chance.RUPTURE, occasion)
        if therapy.ruptures(unripe_work, approach, uniform) == 0:
            return
    uniform = draw(dice, leaver.who, week, Chance.REPAIR, occasion)
    if therapy.repairs(post.skill, approach, uniform) == 1:
        leaver.open_rupture = 0
        leaver.trust = therapy.trust_after_repair(leaver.trust, approach)
        note(log, week, leaver.who, Event.REPAIR, 0,
            post.skill, leaver.trust, leaver.rapport, leaver.understanding)  # fmt: skip
    elif opened == 0:
        leaver.open_rupture = 1
        trust_lost = bond.disappoint(leaver, approach.rupture_severity, 0, theory.relationship)
        note(log, week, leaver.who, Event.RUPTURE, 0,
            post.skill, leaver.focus, trust_lost, leaver.trust)  # fmt: skip


@rule
def _keep_promise(
    leaver: Leaver, post: WorkerPost, theory: Theory, dice: Dice, week: int, occasion: int,
    log: EventLog | None,
) -> None:  # fmt: skip
    """What was promised about other agencies is kept, or broken and owned up to, or not."""
    uniform = draw(dice, leaver.who, week, Chance.PROMISE, occasion)
    if together.breaks_promise(leaver.effective_tie, theory.collaboration, uniform) == 0:
        return
    leaver.failures += 1
    uniform = draw(dice, leaver.who, week, Chance.OWN_UP_TO_PROMISE, occasion)
    owned_up = bond.owns_up(post.skill, leaver.role_conflict, theory.relationship, uniform)
    severity = theory.collaboration.promise_severity
    trust_lost = bond.disappoint(leaver, severity, owned_up, theory.relationship)
    note(log, week, leaver.who, Event.PROMISE_BROKEN, 0,
        leaver.effective_tie, owned_up, trust_lost, leaver.trust)  # fmt: skip
