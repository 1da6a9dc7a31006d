"""Events of the week in which an episode of support changes hands, is prepared to end, or ends."""

from engager_sim.compilation import rule
from engager_sim.theory import Theory
from engager_sim.theory import collaboration as together
from engager_sim.theory import peers as peer_support
from engager_sim.theory import preparations_for_ending as endings
from engager_sim.theory import relationship as bond
from engager_sim.theory import turnover as leaving
from engager_sim.theory import ways_out as routes
from engager_sim.theory.hazards import clock
from engager_sim.theory.justice import AT_LIBERTY
from engager_sim.theory.services import IN_SERVICE, NO_SERVICE, WAITING
from engager_sim.theory.ways_out import Exit
from engager_sim.week.event_log import Event, EventLog, note
from engager_sim.world.dice import Chance, Dice, draw
from engager_sim.world.records import CLOSED, OPEN, Leaver, WorkerPost


@rule
def close_episode(leaver: Leaver, cause: int, week: int, log: EventLog | None) -> None:
    """End a man's episode for a cause; the man's life goes on."""
    leaver.episode = CLOSED
    leaver.exit = cause
    leaver.exit_week = week - leaver.release_week
    if leaver.first_exit == Exit.NONE:
        leaver.first_exit = cause
        leaver.first_exit_week = leaver.exit_week
    note(log, week, leaver.who, Event.EXIT, cause,
        leaver.rapport, leaver.trust, leaver.autonomous, leaver.crisis)  # fmt: skip


@rule
def change_worker(
    leaver: Leaver, post: WorkerPost, theory: Theory, dice: Dice, week: int, log: EventLog | None
) -> None:
    """A man whose practitioner was succeeded loses trust, some understanding, perhaps contact."""
    if leaver.episode != OPEN:
        return
    if post.vacancy > 0.0 or post.incumbent == leaver.incumbent:
        return
    turnover = theory.turnover
    leaver.incumbent = post.incumbent
    leaver.worker_changes += 1
    share_lost = leaving.trust_lost_at_change(turnover)
    understanding_kept = together.understanding_kept(
        leaver.recorded, leaver.formulation, theory.collaboration
    )
    if theory.collaboration.on == 0:
        understanding_kept = 0.0
    understanding_kept = leaving.understanding_after_overlap(
        understanding_kept, share_lost, turnover
    )
    trust_before = leaver.trust
    bond.pass_to_successor(leaver, share_lost, understanding_kept)
    leaver.open_rupture = 0
    uniform = draw(dice, leaver.who, week, Chance.LOST_AT_CHANGE)
    lost = leaving.is_lost_at_change(trust_before, turnover, uniform)
    note(log, week, leaver.who, Event.WORKER_CHANGED, 0,
        trust_before, leaver.trust, understanding_kept, lost)  # fmt: skip
    if lost == 1:
        _feel_abandoned(leaver, trust_before, theory)
        close_episode(leaver, Exit.LOST_WITH_WORKER, week, log)


@rule
def _feel_abandoned(leaver: Leaver, trust: float, theory: Theory) -> None:
    """Losing the practitioner whom he trusted stirs up what went before.

    What is stirred up belongs to the therapeutic approach: where that is off, it stays at nothing.
    """
    ending = theory.preparations_for_ending
    if ending.on == 1 and theory.therapeutic_approach.on == 1:
        leaver.stirred_up = endings.stirred_up_by_loss(leaver.stirred_up, trust, ending)


@rule
def pass_the_gate(
    leaver: Leaver, post: WorkerPost, theory: Theory, dice: Dice, week: int, log: EventLog | None
) -> None:
    """In the week of first release a man is met, finds his own way to the service, or is lost."""
    if leaver.episode != OPEN or leaver.just_released == 0 or week != leaver.release_week:
        return
    engagement = theory.client_engagement
    if engagement.on == 0:
        return
    filled = post.vacancy <= 0.0
    present = draw(dice, leaver.who, week, Chance.GATE_PRESENCE) < engagement.gate_presence
    met = 1 if filled and present else 0
    uniform = draw(dice, leaver.who, week, Chance.GATE)
    lost = routes.is_lost_at_gate(met, leaver.rapport, theory.ways_out, uniform)
    if met == 1:
        note(log, week, leaver.who, Event.MET_AT_GATE, 0,
            leaver.rapport, leaver.trust, engagement.gate_presence, lost)  # fmt: skip
    if lost == 1:
        leaver.lost_at_gate = 1
        close_episode(leaver, Exit.LOST_AT_GATE, week, log)


@rule
def prepare_ending(
    leaver: Leaver, theory: Theory, dice: Dice, week: int, log: EventLog | None
) -> None:
    """An ending is raised, tapered and closed; or support simply stops."""
    if leaver.episode != OPEN or week < leaver.release_week:
        return
    ending = theory.preparations_for_ending
    weeks_to_end = endings.weeks_of_support(ending) - (week - leaver.release_week)
    if ending.on == 0:
        if weeks_to_end <= 0.0:
            leaver.ending = endings.CLOSED_UNPLANNED
            close_episode(leaver, Exit.ABRUPT_ENDING, week, log)
        return
    stage = endings.stage(weeks_to_end, leaver.is_prepared, ending)
    if stage != leaver.ending:
        leaver.ending = stage
        if stage == endings.RAISED or (stage == endings.TAPERING and leaver.joint_ending == 0):
            _seek_joint_contact(leaver, theory, dice, week)
        note(log, week, leaver.who, Event.ENDING_STAGE, 0,
            stage, weeks_to_end, leaver.joint_ending, leaver.trust)  # fmt: skip
    if stage == endings.CLOSED_PLANNED:
        _hand_on(leaver, theory, dice, week)
        leaver.trust = endings.trust_after_ending(leaver.trust, leaver.prior_trust, 1, ending)
        close_episode(leaver, Exit.PLANNED_ENDING, week, log)
    elif stage == endings.CLOSED_UNPLANNED:
        _feel_abandoned(leaver, leaver.trust, theory)
        leaver.trust = endings.trust_after_ending(leaver.trust, leaver.prior_trust, 0, ending)
        close_episode(leaver, Exit.ABRUPT_ENDING, week, log)


@rule
def _seek_joint_contact(leaver: Leaver, theory: Theory, dice: Dice, week: int) -> None:
    """A joint contact with the next service comes about where it is sought and the tie carries."""
    if leaver.place != AT_LIBERTY or _next_service(leaver) < 0:
        return
    sought = draw(dice, leaver.who, week, Chance.JOINT_ENDING_SOUGHT)
    if sought < theory.preparations_for_ending.joint_contact:
        uniform = draw(dice, leaver.who, week, Chance.JOINT_ENDING_HELD)
        tie = leaver.effective_tie
        leaver.joint_ending = together.handover_succeeds(tie, theory.collaboration, uniform)


@rule
def _hand_on(leaver: Leaver, theory: Theory, dice: Dice, week: int) -> None:
    """At a planned ending the next service takes over, with the trust that carries."""
    need = _next_service(leaver)
    if need < 0:
        return
    tie = leaver.effective_tie
    ending = theory.preparations_for_ending
    carried = endings.trust_carried_over(leaver.trust, leaver.joint_ending, tie, ending)
    leaver.service_trust[need] = endings.trust_in_next_service(leaver.service_trust[need], carried)
    uniform = draw(dice, leaver.who, week, Chance.HANDOVER_AT_ENDING)
    arrived = together.handover_succeeds(tie, theory.collaboration, uniform)
    if leaver.joint_ending == 1:
        leaver.service[need] = IN_SERVICE
        leaver.handed_on[need] = 1
    elif arrived == 1:
        if leaver.service[need] == NO_SERVICE:
            leaver.service[need] = WAITING
        leaver.handed_on[need] = 1


@rule
def _next_service(leaver: Leaver) -> int:
    """The service to hand on to: one that he uses, else that for his worst need."""
    strongest, chosen = 0.0, -1
    for need in range(len(leaver.need)):
        if leaver.agency_for[need] >= 0:
            in_use = 1 if leaver.service[need] != NO_SERVICE else 0
            claim = endings.claim_of_service(leaver.need[need], in_use)
            if chosen < 0 or claim > strongest:
                strongest, chosen = claim, need
    return chosen


@rule
def leave(leaver: Leaver, theory: Theory, dice: Dice, week: int, log: EventLog | None) -> None:
    """The competing routes out each run their own clock; the earliest within the week wins."""
    if leaver.episode != OPEN or leaver.place != AT_LIBERTY:
        return
    if theory.client_engagement.on == 0:
        return
    ways_out = theory.ways_out
    alliance = bond.alliance(leaver.rapport, leaver.trust, leaver.understanding)
    holding = routes.retention(alliance, leaver.missed_in_a_row, ways_out)
    who = leaver.who
    hazard = routes.crisis_route(leaver.crisis, leaver.coping, ways_out)
    hazard = routes.held_back(hazard, holding)
    first = clock(hazard, draw(dice, who, week, Chance.EXIT_CRISIS))
    cause = Exit.CRISIS
    hazard = routes.resigned_route(leaver.hope, leaver.autonomous, ways_out)
    hazard = routes.held_back(hazard, holding)
    time = clock(hazard, draw(dice, who, week, Chance.EXIT_RESIGNED))
    if time < first:
        first, cause = time, Exit.RESIGNED
    hazard = routes.overconfident_route(leaver.perceived_need, leaver.crisis, ways_out)
    hazard = routes.held_back(hazard, holding)
    time = clock(hazard, draw(dice, who, week, Chance.EXIT_OVERCONFIDENT))
    if time < first:
        first, cause = time, Exit.OVERCONFIDENT
    hazard = routes.withdrawal_route(leaver.trust, leaver.open_rupture, ways_out)
    hazard = routes.held_back(hazard, holding)
    time = clock(hazard, draw(dice, who, week, Chance.EXIT_WITHDREW))
    if time < first:
        first, cause = time, Exit.WITHDREW
    if first < 1.0:
        close_episode(leaver, cause, week, log)


@rule
def come_back(
    leaver: Leaver, post: WorkerPost, theory: Theory, dice: Dice, week: int, log: EventLog | None
) -> None:
    """A man out of contact may come back while support lasts; that opens a new episode."""
    if leaver.episode != CLOSED or leaver.place != AT_LIBERTY:
        return
    if leaver.exit_week == week - leaver.release_week:
        return
    if routes.may_come_back(leaver.exit) == 0:
        return
    weeks_of_support = endings.weeks_of_support(theory.preparations_for_ending)
    weeks_after_release = week - leaver.release_week
    weeks_left = weeks_of_support - weeks_after_release
    engagement = theory.client_engagement
    if weeks_left <= 0.0 or post.vacancy > 0.0 or engagement.on == 0:
        return
    outreach = peer_support.outreach_with_peer(
        engagement.follow_up, leaver.team_trust, theory.peers
    )
    uniform = draw(dice, leaver.who, week, Chance.COME_BACK)
    if routes.comes_back(leaver.trust, leaver.hope, outreach, theory.ways_out, uniform) == 1:
        leaver.episode = OPEN
        leaver.episodes += 1
        leaver.incumbent = post.incumbent
        leaver.missed_in_a_row = 0
        leaver.lost_at_gate = 0
        leaver.ending = endings.NOT_RAISED
        note(log, week, leaver.who, Event.CAME_BACK, 0,
            leaver.trust, leaver.hope, outreach, weeks_after_release)  # fmt: skip
