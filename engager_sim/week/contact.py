"""Events of the week between a man and his practitioner: contacts planned, kept, missed."""

import numpy as np

from engager_sim.compilation import rule
from engager_sim.theory import Theory
from engager_sim.theory import client_engagement as engagement_rules
from engager_sim.theory import client_motivation as motive
from engager_sim.theory import collaboration as together
from engager_sim.theory import peers as peer_support
from engager_sim.theory import relationship as bond
from engager_sim.theory import supervision as staff
from engager_sim.theory import therapeutic_approach as therapy
from engager_sim.theory.circumstances import NEEDS
from engager_sim.theory.justice import AT_LIBERTY
from engager_sim.theory.preparations_for_ending import TAPERING
from engager_sim.theory.services import NO_SERVICE, WAITING
from engager_sim.week.event_log import Event, EventLog, note
from engager_sim.world.dice import Chance, Dice, draw
from engager_sim.world.records import NOT_YET, OPEN, Leaver, Practitioner

FOLLOW_UP_OCCASION = np.int64(60)


@rule
def plan_contacts(
    leaver: Leaver, post: Practitioner, theory: Theory, dice: Dice, week: int
) -> None:
    """A practitioner's hours are divided by claims; contacts are planned from a man's share."""
    leaver.planned = 0
    if leaver.episode != OPEN:
        return
    if post.vacancy > 0.0:
        return
    engagement = theory.client_engagement
    out = week - leaver.release_week
    if engagement.on == 0:
        possible = engagement.reference_contacts
        leaver.hours_per_contact = engagement.reference_hours
    else:
        tapering = 1 if leaver.ending == TAPERING else 0
        meant = engagement_rules.planned_contacts(out, tapering, engagement)
        parts = engagement_rules.claim_on_hours(out, leaver.crisis)
        claims = post.parts + engagement_rules.claims_of_others(engagement)
        hours = engagement_rules.hours_for_a_man(parts, claims, post.supervision_hours, engagement)
        possible = engagement_rules.possible_contacts(meant, hours, engagement)
        leaver.hours_per_contact = engagement_rules.contact_length(possible, hours, engagement)
    uniform = draw(dice, leaver.who, week, Chance.CONTACTS)
    leaver.planned = engagement_rules.whole_contacts(possible, uniform)


@rule
def meet(
    leaver: Leaver, post: Practitioner, theory: Theory, dice: Dice, week: int, log: EventLog | None
) -> None:
    """Each planned contact is kept or missed; a kept one becomes a session."""
    leaver.contacted = leaver.missed = 0
    if leaver.planned == 0 or leaver.episode != OPEN:
        return
    engagement = theory.client_engagement
    free = leaver.place == AT_LIBERTY
    ready = _readiness(leaver, theory)
    for contact in range(leaver.planned):
        if engagement.on == 0:
            chance = engagement.reference_attendance
        elif not free:
            chance = engagement.attend_custody
        else:
            company = _company(leaver, theory)
            chance = engagement_rules.chance_of_attending(
                ready, leaver.missed_in_a_row, leaver.message_lost, company, engagement
            )
        if free:
            leaver.planned_free += 1
        if draw(dice, leaver.who, week, Chance.ATTEND, contact) < chance:
            hold_session(leaver, post, theory, dice, week, contact, chance, log)
        else:
            leaver.missed += 1
            leaver.missed_in_a_row += 1
            if free and leaver.first_miss_week == NOT_YET:
                leaver.first_miss_week = week
            note(
                log, week, leaver.who, Event.MISSED, 0,
                chance, leaver.trust, leaver.missed_in_a_row, leaver.message_lost,
            )  # fmt: skip


@rule
def _readiness(leaver: Leaver, theory: Theory) -> float:
    """DOC"""
    drive = motive.motivation(leaver, leaver.on_licence, theory.client_motivation)
    return engagement_rules.readiness(
        leaver.rapport, leaver.trust, drive, leaver.needs_mean, leaver.crisis,
        theory.client_engagement,
    )  # fmt: skip


@rule
def _company(leaver: Leaver, theory: Theory) -> float:
    """Log-odds that a peer adds by coming along to the first contact outside."""
    if leaver.peer_present == 0 or leaver.attended_free > 0:
        return 0.0
    return peer_support.accompaniment(leaver.peer_strain, theory.peers)


@rule
def hold_session(
    leaver: Leaver, post: Practitioner, theory: Theory, dice: Dice, week: int, occasion: int, chance: float,
    log: EventLog | None,
) -> None:  # fmt: skip
    """A kept contact: the relationship grows, work is done, things may go wrong."""
    relationship = theory.relationship
    leaver.contacted = 1
    leaver.missed_in_a_row = 0
    leaver.attended_all += 1
    leaver.contact_hours += leaver.hours_per_contact
    if leaver.place == AT_LIBERTY:
        leaver.attended_free += 1
        if leaver.first_miss_week >= 0 and leaver.weeks_missed_to_contact == NOT_YET:
            leaver.weeks_missed_to_contact = week - leaver.first_miss_week
    supported = staff.supported_practice(post.skill, post.fidelity, post.burnout)
    speed = bond.growth_speed(leaver.shared_practice, supported, relationship)
    leaver.growth_speed = speed
    spent = bond.time_together(leaver.hours_per_contact, relationship)
    bond.grow(leaver, speed, spent, relationship)
    if theory.client_motivation.on == 1:
        motive.gain_from_contact(leaver, leaver.trust, theory.client_motivation)
    if theory.therapeutic_approach.on == 1:
        _work(leaver, post, theory, dice, week, occasion, log)
    note(
        log, week, leaver.who, Event.ATTENDED, 0, chance, leaver.trust, leaver.focus, speed
    )  # fmt: skip
    if theory.collaboration.on == 1:
        _keep_promise(leaver, post, theory, dice, week, occasion, log)


@rule
def _work(
    leaver: Leaver,
    post: Practitioner,
    theory: Theory,
    dice: Dice,
    week: int,
    occasion: int,
    log: EventLog | None,
) -> None:
    """Practical, emotional or liaison work, and the ruptures and repairs that come with it."""
    approach = theory.therapeutic_approach
    uniform = draw(dice, leaver.who, week, Chance.FOCUS, occasion)
    out = week - leaver.release_week
    leaver.focus = therapy.choose_focus(leaver.crisis, out, post.skill, approach, uniform)
    if leaver.focus == therapy.EMOTIONAL:
        if leaver.crisis < approach.containment:
            therapy.cope(leaver, leaver.understanding, leaver.trust, approach)
    elif leaver.focus == therapy.PRACTICAL:
        _help_practically(leaver, theory, dice, week, occasion, log)
    else:
        _refer(leaver, theory, dice, week, occasion, log)
    _rupture_or_repair(leaver, post, theory, dice, week, occasion, log)


@rule
def _help_practically(
    leaver: Leaver, theory: Theory, dice: Dice, week: int, occasion: int, log: EventLog | None
) -> None:
    """DOC"""
    approach = theory.therapeutic_approach
    understanding = leaver.understanding
    leaver.crisis = therapy.crisis_after_help(leaver.crisis, understanding, approach)
    worst = 1
    for need in range(2, NEEDS):
        if leaver.need[need] > leaver.need[worst]:
            worst = need
    leaver.need[worst] = therapy.need_after_help(leaver.need[worst], understanding, approach)
    uniform = draw(dice, leaver.who, week, Chance.FOCUS, 1000 + occasion)
    if therapy.is_small_win(understanding, approach, uniform) == 1:
        if theory.client_motivation.on == 1:
            motive.gain_from_win(leaver, theory.client_motivation)
        note(
            log, week, leaver.who, Event.SMALL_WIN, 0,
            understanding, leaver.autonomous, leaver.goal_progress, leaver.needs_mean,
        )  # fmt: skip


@rule
def _refer(
    leaver: Leaver, theory: Theory, dice: Dice, week: int, occasion: int, log: EventLog | None
) -> None:
    """Liaison: hand the man on to the service for his worst need that he does not use yet."""
    worst, severity = -1, 0.3
    for need in range(NEEDS):
        free = leaver.service[need] == NO_SERVICE and leaver.agency_for[need] >= 0
        if free and leaver.need[need] > severity:
            worst, severity = need, leaver.need[need]
    if worst < 0:
        return
    uniform = draw(dice, leaver.who, week, Chance.HANDOVER, occasion)
    tie = theory.collaboration.reference_tie
    if theory.collaboration.on == 1:
        tie = leaver.effective_tie
    arrived = together.handover_succeeds(tie, theory.collaboration, uniform)
    if arrived == 1:
        leaver.service[worst] = WAITING
        leaver.handed_on[worst] = 1
    note(
        log, week, leaver.who, Event.REFERRED, 0, worst, tie, arrived, leaver.trust
    )  # fmt: skip


@rule
def _rupture_or_repair(
    leaver: Leaver,
    post: Practitioner,
    theory: Theory,
    dice: Dice,
    week: int,
    occasion: int,
    log: EventLog | None,
) -> None:
    """An open rupture may be repaired; a new one may open, and be repaired at once or not."""
    approach = theory.therapeutic_approach
    opened = leaver.open_rupture
    if opened == 0:
        uniform = draw(dice, leaver.who, week, Chance.RUPTURE, occasion)
        if therapy.ruptures(leaver.crisis, leaver.focus, approach, uniform) == 0:
            return
    uniform = draw(dice, leaver.who, week, Chance.REPAIR, occasion)
    if therapy.repairs(post.skill, approach, uniform) == 1:
        leaver.open_rupture = 0
        leaver.trust += approach.repair_gain * (1.0 - leaver.trust)
        note(
            log, week, leaver.who, Event.REPAIR, 0,
            post.skill, leaver.trust, leaver.rapport, leaver.understanding,
        )  # fmt: skip
    elif opened == 0:
        leaver.open_rupture = 1
        lost = bond.disappoint(leaver, approach.rupture_severity, 0, theory.relationship)
        note(
            log, week, leaver.who, Event.RUPTURE, 0, post.skill, leaver.focus, lost, leaver.trust
        )  # fmt: skip


@rule
def _keep_promise(
    leaver: Leaver,
    post: Practitioner,
    theory: Theory,
    dice: Dice,
    week: int,
    occasion: int,
    log: EventLog | None,
) -> None:
    """What was promised about other agencies is kept, or broken and owned up to, or not."""
    uniform = draw(dice, leaver.who, week, Chance.PROMISE, occasion)
    if together.breaks_promise(leaver.effective_tie, theory.collaboration, uniform) == 0:
        return
    uniform = draw(dice, leaver.who, week, Chance.OWN_UP, 1 + occasion)
    owned = bond.owns_up(post.skill, leaver.role_conflict, theory.relationship, uniform)
    severity = theory.collaboration.promise_severity
    lost = bond.disappoint(leaver, severity, owned, theory.relationship)
    note(
        log, week, leaver.who, Event.PROMISE_BROKEN, 0,
        leaver.effective_tie, owned, lost, leaver.trust,
    )  # fmt: skip


@rule
def follow_up(
    leaver: Leaver, post: Practitioner, theory: Theory, dice: Dice, week: int, log: EventLog | None
) -> None:
    """A miss is followed up, by a peer or the practitioner, and may yet become a contact."""
    if leaver.missed == 0 or leaver.contacted == 1 or leaver.place != AT_LIBERTY:
        return
    back = _peer_brings_back(leaver, theory, dice, week)
    by_peer = back
    engagement = theory.client_engagement
    if back == 0 and engagement.on == 1:
        tried = draw(dice, leaver.who, week, Chance.FOLLOW_UP) < engagement.follow_up
        if tried:
            uniform = draw(dice, leaver.who, week, Chance.FOLLOW_UP_SUCCESS)
            back = 1 if uniform < engagement.follow_up_success else 0
    if back == 1:
        note(
            log, week, leaver.who, Event.FOLLOWED_UP, 0,
            by_peer, leaver.rapport, leaver.trust, leaver.missed_in_a_row,
        )  # fmt: skip
        hold_session(leaver, post, theory, dice, week, FOLLOW_UP_OCCASION, 1.0, log)


@rule
def _peer_brings_back(leaver: Leaver, theory: Theory, dice: Dice, week: int) -> int:
    """DOC"""
    if leaver.peer_present == 0:
        return 0
    uniform = draw(dice, leaver.who, week, Chance.PEER_BRINGS_BACK)
    return peer_support.brings_back(leaver.peer_strain, theory.peers, uniform)


@rule
def count_contact(leaver: Leaver, post: Practitioner, theory: Theory, week: int) -> None:
    """The week's contact is counted; without one rapport fades. His claims on staff are counted."""
    if leaver.contacted == 1:
        leaver.weeks_since_contact = 0.0
    else:
        leaver.weeks_since_contact += 1.0
        bond.fade(leaver, theory.relationship)
    if leaver.episode == OPEN:
        out = week + 1 - leaver.release_week
        post.cases_counted += 1
        post.parts_counted += engagement_rules.claim_on_hours(out, leaver.crisis)
        if leaver.crisis > 0.5:
            post.crises_counted += 1
