"""Events of the week between a man and his practitioner: contacts planned, kept, missed."""

from engager_sim.compilation import rule
from engager_sim.theory import Theory
from engager_sim.theory import client_engagement as engagement_rules
from engager_sim.theory import client_motivation as motive
from engager_sim.theory import justice as law
from engager_sim.theory import peers as peer_support
from engager_sim.theory import relationship as bond
from engager_sim.theory.justice import AT_LIBERTY
from engager_sim.theory.preparations_for_ending import TAPERING
from engager_sim.week.event_log import Event, EventLog, note
from engager_sim.week.session import hold_session
from engager_sim.world.dice import Chance, Dice, draw
from engager_sim.world.observed import NOT_YET
from engager_sim.world.records import OPEN, Leaver, WorkerPost


@rule
def plan_contacts(leaver: Leaver, post: WorkerPost, theory: Theory, dice: Dice, week: int) -> None:
    """A practitioner's hours are divided by claims; contacts are planned from a man's share."""
    leaver.planned = 0
    if leaver.episode != OPEN:
        return
    free = 1 if leaver.place == AT_LIBERTY else 0
    seen = engagement_rules.may_be_seen(leaver.statutory, free, leaver.on_licence)
    engagement = theory.client_engagement
    if post.vacancy > 0.0 or seen == 0:
        return
    out = week - leaver.release_week
    if engagement.on == 0:
        possible = engagement.reference_contacts
        leaver.hours_per_contact = engagement.reference_hours
    else:
        tapering = 1 if leaver.ending == TAPERING else 0
        meant = engagement_rules.planned_contacts(
            free, out, tapering, leaver.needs_at_entry, engagement
        )
        parts = engagement_rules.claim_on_hours(out, leaver.crisis)
        claims = post.parts + engagement_rules.claims_of_others(engagement)
        hours = engagement_rules.hours_for_a_man(
            parts, claims, post.supervision_hours, post.gate_meetings, engagement
        )
        possible = engagement_rules.possible_contacts(meant, hours, engagement)
        leaver.hours_per_contact = engagement_rules.contact_length(possible, hours, engagement)
    uniform = draw(dice, leaver.who, week, Chance.CONTACTS)
    leaver.planned = engagement_rules.whole_contacts(possible, uniform)


@rule
def meet(
    leaver: Leaver, post: WorkerPost, theory: Theory, dice: Dice, week: int, log: EventLog | None
) -> None:
    """Each planned contact is kept or missed; a kept one becomes a session."""
    leaver.contacted = leaver.missed = 0
    if leaver.planned == 0 or leaver.episode != OPEN:
        return
    engagement = theory.client_engagement
    free = leaver.place == AT_LIBERTY
    if free and leaver.statutory == 1:
        _meet_by_order(leaver, post, theory, dice, week, log)
        return
    ready = _readiness(leaver, theory)
    for contact in range(leaver.planned):
        chance_of_attending = engagement.attend_custody
        if free:
            company = _company(leaver, theory)
            chance_of_attending = engagement_rules.chance_of_attending(
                ready, leaver.missed_in_a_row, leaver.message_lost, company, engagement
            )
            leaver.planned_free += 1
        if draw(dice, leaver.who, week, Chance.ATTEND, contact) < chance_of_attending:
            hold_session(leaver, post, theory, dice, week, contact, chance_of_attending, log)
        else:
            if free and leaver.first_miss_week == NOT_YET:
                leaver.first_miss_week = week
            _miss(leaver, chance_of_attending, week, log)


@rule
def _meet_by_order(
    leaver: Leaver, post: WorkerPost, theory: Theory, dice: Dice, week: int, log: EventLog | None
) -> None:
    """Who holds an order over him meets him at this week's appointment, or not at all."""
    chance_of_attending = law.chance_of_appointment(
        leaver.crisis, leaver.needs_mean, theory.justice
    )
    for contact in range(leaver.planned):
        if leaver.kept_appointment == 1:
            hold_session(leaver, post, theory, dice, week, contact, chance_of_attending, log)
        else:
            _miss(leaver, chance_of_attending, week, log)


@rule
def _miss(leaver: Leaver, chance_of_attending: float, week: int, log: EventLog | None) -> None:
    """A planned contact does not take place."""
    leaver.missed += 1
    leaver.missed_in_a_row += 1
    note(log, week, leaver.who, Event.MISSED, 0, chance_of_attending,
        leaver.trust, leaver.missed_in_a_row, leaver.message_lost)  # fmt: skip


@rule
def _readiness(leaver: Leaver, theory: Theory) -> float:
    """Log-odds of attending this week's contacts, before accidents."""
    engagement = theory.client_engagement
    drive = motive.motivation(leaver, leaver.on_licence)
    rapport = engagement_rules.what_has_grown(leaver.rapport, engagement)
    trust = engagement_rules.trust_that_counts(leaver.trust, leaver.prior_trust, engagement)
    return engagement_rules.readiness(
        rapport, trust, drive, leaver.needs_mean, leaver.crisis, leaver.reach, engagement
    )


@rule
def _company(leaver: Leaver, theory: Theory) -> float:
    """Log-odds that trust in the team, taken over from a peer, adds to a first contact outside."""
    if leaver.attended_free > 0:
        return 0.0
    return peer_support.accompaniment(leaver.team_trust, theory.peers)


@rule
def follow_up(
    leaver: Leaver, post: WorkerPost, theory: Theory, dice: Dice, week: int, log: EventLog | None
) -> None:
    """A miss is followed up, by a peer or the practitioner, and may yet become a contact.

    That is the contact after the planned ones: they are numbered from 0. A missed appointment
    under an order is not followed up: it counts towards recall.
    """
    if leaver.missed == 0 or leaver.contacted == 1 or leaver.place != AT_LIBERTY:
        return
    if leaver.statutory == 1:
        return
    back = _peer_brings_back(leaver, theory, dice, week)
    by_peer = back
    engagement = theory.client_engagement
    if back == 0 and engagement.on == 1:
        tried = draw(dice, leaver.who, week, Chance.FOLLOW_UP) < engagement.follow_up
        if tried:
            uniform = draw(dice, leaver.who, week, Chance.FOLLOW_UP_SUCCESS)
            willing = motive.willingness(leaver, leaver.on_licence, theory.client_motivation)
            chance = engagement_rules.chance_after_follow_up(leaver.reach, engagement)
            back = 1 if uniform < motive.when_willing(chance, willing) else 0
    if back == 1:
        note(log, week, leaver.who, Event.FOLLOWED_UP, 0,
            by_peer, leaver.rapport, leaver.trust, leaver.missed_in_a_row)  # fmt: skip
        hold_session(leaver, post, theory, dice, week, leaver.planned, 1.0, log)


@rule
def _peer_brings_back(leaver: Leaver, theory: Theory, dice: Dice, week: int) -> int:
    """Whether his peer brings about a contact in the week of a miss."""
    if leaver.peer_present == 0:
        return 0
    uniform = draw(dice, leaver.who, week, Chance.PEER_BRINGS_BACK)
    return peer_support.brings_back(leaver.peer_reach, theory.peers, uniform)


@rule
def count_contact(leaver: Leaver, post: WorkerPost, theory: Theory, week: int) -> None:
    """Contact and claims on staff are counted; without contact rapport fades."""
    free = 1 if leaver.place == AT_LIBERTY else 0
    leaver.weeks_since_contact += 1.0
    if leaver.contacted == 0:
        bond.fade(leaver, theory.relationship)
    elif free == 1 and leaver.statutory == 0:
        leaver.weeks_since_contact = 0.0
    if leaver.episode == OPEN:
        out = week + 1 - leaver.release_week
        post.cases_counted += 1
        if engagement_rules.may_be_seen(leaver.statutory, free, leaver.on_licence) == 1:
            post.parts_counted += engagement_rules.claim_on_hours(out, leaver.crisis)
        if leaver.crisis > theory.supervision.difficult_crisis:
            post.crises_counted += 1
