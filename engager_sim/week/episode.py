"""Events of the week in which an episode of support changes hands, ends, or begins again."""

from engager_sim.compilation import rule
from engager_sim.theory import Theory
from engager_sim.theory import client_engagement as engagement_rules
from engager_sim.theory import client_motivation as motive
from engager_sim.theory import collaboration as together
from engager_sim.theory import peers as peer_support
from engager_sim.theory import preparations_for_ending as endings
from engager_sim.theory import relationship as bond
from engager_sim.theory import turnover as leaving
from engager_sim.theory import ways_out as routes
from engager_sim.theory.hazards import clock
from engager_sim.theory.justice import AT_LIBERTY
from engager_sim.theory.ways_out import Exit
from engager_sim.week.event_log import Event, EventLog, note
from engager_sim.world.dice import Chance, Dice, draw
from engager_sim.world.four_draws import draw_four
from engager_sim.world.records import (
    CLOSED,
    LOST_WAITING,
    NOT_QUEUED,
    OPEN,
    QUEUED,
    Leaver,
    WorkerPost,
)


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
    leaver.incumbent = post.incumbent
    if leaving.has_met(leaver.rapport) == 0:
        return
    turnover = theory.turnover
    leaver.worker_changes += 1
    overlap = leaving.overlap_in_use(theory.supervision.on, turnover)
    share_lost = leaving.trust_lost_at_change(overlap, turnover)
    understanding_kept = together.understanding_kept(
        leaver.recorded, leaver.formulation, theory.collaboration
    )
    if theory.collaboration.on == 0:
        understanding_kept = 0.0
    understanding_kept = leaving.understanding_after_overlap(
        understanding_kept, share_lost, overlap
    )
    trust_before = leaver.trust
    bond.pass_to_successor(leaver, share_lost, understanding_kept)
    leaver.open_rupture = 0
    uniform = draw(dice, leaver.who, week, Chance.LOST_AT_CHANGE)
    lost = leaving.is_lost_at_change(trust_before, overlap, turnover, uniform)
    note(log, week, leaver.who, Event.WORKER_CHANGED, 0,
        trust_before, leaver.trust, understanding_kept, lost)  # fmt: skip
    if lost == 1:
        feel_abandoned(leaver, trust_before, theory)
        close_episode(leaver, Exit.LOST_WITH_WORKER, week, log)


@rule
def feel_abandoned(leaver: Leaver, trust: float, theory: Theory) -> None:
    """Losing the practitioner whom he trusted stirs up what went before."""
    ending = theory.preparations_for_ending
    leaver.stirred_up = endings.stirred_up_by_loss(leaver.stirred_up, trust, ending)


@rule
def lose(leaver: Leaver, cause: int, week: int, log: EventLog | None) -> None:
    """A man is lost for a cause: out of his episode or, if he waits for one, from the list."""
    if leaver.queued == NOT_QUEUED:
        close_episode(leaver, cause, week, log)
        return
    leaver.queued = LOST_WAITING
    leaver.lost_waiting = 1
    leaver.exit_week = week - leaver.release_week
    weeks_waited = week - leaver.entry_week
    note(log, week, leaver.who, Event.LOST_WAITING, cause,
        leaver.rapport, leaver.trust, leaver.crisis, weeks_waited)  # fmt: skip


@rule
def alliance_that_holds(leaver: Leaver, theory: Theory) -> float:
    """Working alliance that keeps a man in contact, as far as engagement answers to it."""
    engagement = theory.client_engagement
    return bond.alliance(
        engagement_rules.what_has_grown(leaver.rapport, engagement),
        engagement_rules.trust_that_counts(leaver.trust, leaver.prior_trust, engagement),
        engagement_rules.what_has_grown(leaver.understanding, engagement),
    )


@rule
def leave(leaver: Leaver, theory: Theory, dice: Dice, week: int, log: EventLog | None) -> None:
    """The competing routes out each run their own clock; the earliest within the week wins.

    They run for a man who waits for a practitioner as well: waiting protects from none of them.
    """
    if leaver.place != AT_LIBERTY or (leaver.episode != OPEN and leaver.queued != QUEUED):
        return
    engagement, ways_out = theory.client_engagement, theory.ways_out
    alliance = alliance_that_holds(leaver, theory)
    holding = routes.retention(alliance, leaver.missed_in_a_row, ways_out)
    of_crisis, of_resigned, of_overconfident, of_withdrew = draw_four(
        dice, leaver.who, week, Chance.EXIT_CRISIS, Chance.EXIT_RESIGNED,
        Chance.EXIT_OVERCONFIDENT, Chance.EXIT_WITHDREW,
    )  # fmt: skip
    hazard = routes.crisis_route(leaver.crisis, leaver.coping, ways_out)
    hazard = routes.held_back(hazard, holding)
    first = clock(hazard, of_crisis)
    cause = Exit.CRISIS
    hazard = routes.resigned_route(leaver.hope, leaver.autonomous, ways_out)
    hazard = routes.held_back(hazard, holding)
    time = clock(hazard, of_resigned)
    if time < first:
        first, cause = time, Exit.RESIGNED
    hazard = routes.overconfident_route(leaver.perceived_need, leaver.crisis, ways_out)
    hazard = routes.held_back(hazard, holding)
    time = clock(hazard, of_overconfident)
    if time < first:
        first, cause = time, Exit.OVERCONFIDENT
    trust = engagement_rules.trust_that_counts(leaver.trust, leaver.prior_trust, engagement)
    hazard = routes.withdrawal_route(trust, leaver.open_rupture, ways_out)
    hazard = routes.held_back(hazard, holding)
    time = clock(hazard, of_withdrew)
    if time < first:
        first, cause = time, Exit.WITHDREW
    if first < 1.0:
        lose(leaver, cause, week, log)


@rule
def come_back(
    leaver: Leaver, post: WorkerPost, theory: Theory, dice: Dice, week: int, log: EventLog | None
) -> None:
    """A man out of contact may come back while support lasts: to a new episode, or to the list."""
    waited = leaver.queued == LOST_WAITING
    if leaver.place != AT_LIBERTY or not (waited or leaver.episode == CLOSED):
        return
    weeks_after_release = week - leaver.release_week
    if leaver.moved_away == 1 or leaver.exit_week == weeks_after_release:
        return
    if routes.may_come_back(leaver.exit) == 0:
        return
    weeks_left = theory.preparations_for_ending.support_weeks - weeks_after_release
    if weeks_left <= 0.0:
        return
    if post.vacancy > 0.0 and not waited:
        return
    outreach = 0.0 if waited else _outreach(leaver, theory)
    uniform = draw(dice, leaver.who, week, Chance.COME_BACK)
    willing = motive.willingness(leaver, leaver.on_licence, theory.client_motivation)
    trust = engagement_rules.trust_that_counts(
        leaver.trust, leaver.prior_trust, theory.client_engagement
    )
    back = routes.comes_back(
        trust, leaver.hope, willing, outreach, leaver.reach, theory.ways_out, uniform
    )
    if back == 0:
        return
    leaver.lost_at_gate = 0
    if waited:
        leaver.queued = QUEUED
    else:
        leaver.episode = OPEN
        leaver.episodes += 1
        # A successor whom he has yet to meet is met next week, as by men who stayed.
        leaver.missed_in_a_row = 0
        leaver.ending = endings.NOT_RAISED
        leaver.agreed_ending = leaver.joint_ending = 0
    note(log, week, leaver.who, Event.CAME_BACK, 0,
        leaver.trust, leaver.hope, outreach, weeks_after_release)  # fmt: skip


@rule
def _outreach(leaver: Leaver, theory: Theory) -> float:
    """How persistently those who had him look for him: by following up, and through his peer."""
    follow_up = engagement_rules.follow_up_in_use(theory.client_engagement)
    return peer_support.outreach_with_peer(follow_up, leaver.team_trust, theory.peers)
