"""Events of the week between supervisors and practitioners: who is due, who is given time."""

import numpy as np

from engager_sim.compilation import rule
from engager_sim.theory import supervision as staff
from engager_sim.theory import supervisors as guidance
from engager_sim.theory import turnover as leaving
from engager_sim.theory.supervision import Supervision
from engager_sim.week.event_log import Event, EventLog, note
from engager_sim.world.dice import Chance, Dice, draw, staff_week
from engager_sim.world.population import fill_supervision
from engager_sim.world.records import Leaver, SupervisorPost, WorkerPost, World


@rule
def replace_supervisors(
    world: World, theories: np.ndarray, dice: Dice, week: int, log: EventLog | None
) -> None:
    """Supervisors leave; without one no session is held; successors start afresh."""
    for index in range(len(world.supervisors)):
        supervisor = world.supervisors[index]
        arm = world.teams[supervisor.team].arm
        supervision, turnover = theories[arm].supervision, theories[arm].turnover
        if supervision.on == 0:
            continue
        if supervisor.vacancy > 0.0:
            supervisor.vacancy -= 1.0
        else:
            moment = staff_week(week, supervisor.incumbent)
            uniform = draw(dice, supervisor.who, moment, Chance.SUPERVISOR_LEAVES)
            reference = supervision.reference_burnout
            if leaving.leaves_post(supervisor.strain, reference, turnover, uniform) == 0:
                continue
            overlap = leaving.overlap_in_use(supervision.on, turnover)
            vacancy = leaving.weeks_vacant(supervision.on, overlap, turnover)
            note(log, week, supervisor.who, Event.SUPERVISOR_LEFT, 0,
                supervisor.strain, supervisor.quality, supervisor.supervisees,
                vacancy)  # fmt: skip
            supervisor.incumbent += 1
            supervisor.vacancy = vacancy
        if supervisor.vacancy <= 0.0:
            supervisor.vacancy = 0.0
            fill_supervision(supervisor, supervision, dice)
            note(log, week, supervisor.who, Event.SUPERVISOR_STARTED, 0,
                supervisor.quality, supervisor.strain, supervisor.supervisees,
                supervisor.incumbent)  # fmt: skip


@rule
def hold_supervision(
    world: World, theories: np.ndarray, dice: Dice, week: int, log: EventLog | None
) -> None:
    """Supervisors see those in most difficulty first, the rest stay due; practice drifts."""
    for index in range(len(world.practitioners)):
        post = world.practitioners[index]
        _come_due(post, theories[post.arm].supervision, dice, week)
    for index in range(len(world.supervisors)):
        supervisor = world.supervisors[index]
        supervision = theories[world.teams[supervisor.team].arm].supervision
        if supervision.on == 1 and supervisor.vacancy <= 0.0:
            supervisor.hours_left = guidance.hours_at_hand(
                supervisor.hours_left, supervision.session_hours,
                supervision.interval, supervision.supervisor_hours,
            )  # fmt: skip
            _give_time(world, index, supervision, dice, week, log)


@rule
def _come_due(post: WorkerPost, supervision: Supervision, dice: Dice, week: int) -> None:
    """Practice drifts; a session falls due, or is due still; a lot is drawn among equals."""
    post.supervision_hours = 0.0
    post.shared_session = 0
    post.turn = -1
    if supervision.on == 0 or post.vacancy > 0.0:
        return
    post.supervision_hours = staff.hours_kept_free(supervision)
    staff.drift(post, supervision)
    if staff.is_due(week, post.who, supervision) == 1:
        post.due = 1
        post.sessions_due += 1
    if post.due == 1:
        post.difficulty = staff.difficulty_of(post.burnout, post.difficult_week)
        moment = staff_week(week, post.incumbent)
        post.turn = draw(dice, post.who, moment, Chance.SUPERVISION_TURN)


@rule
def _give_time(
    world: World, number: int, supervision: Supervision, dice: Dice, week: int,
    log: EventLog | None,
) -> None:  # fmt: skip
    """A supervisor goes through those who are due, while there is time for a session."""
    supervisor = world.supervisors[number]
    ahead = 0
    chosen = _most_in_need(world, number)
    while chosen >= 0:
        post = world.practitioners[chosen]
        post.turn = -1
        reached = 1 if supervisor.hours_left >= supervision.session_hours else 0
        note(log, week, post.who, Event.SUPERVISOR_CHOSE, 0,
            post.difficulty, ahead, supervisor.hours_left, reached)  # fmt: skip
        if reached == 1:
            _hold_session(world, post, supervisor, supervision, dice, week, log)
        ahead += 1
        chosen = _most_in_need(world, number)


@rule
def _most_in_need(world: World, number: int) -> int:
    """Of a supervisor's practitioners who are due, the one in most difficulty; -1 for none."""
    team = world.teams[world.supervisors[number].team]
    most, lot, chosen = 0.0, 0.0, -1
    for index in range(team.first_post, team.first_post + team.posts):
        post = world.practitioners[index]
        if post.supervisor != number or post.turn < 0.0:
            continue
        is_first = post.difficulty == most and post.turn < lot
        if chosen < 0 or post.difficulty > most or is_first:
            most, lot, chosen = float(post.difficulty), float(post.turn), index
    return chosen


@rule
def _hold_session(
    world: World, post: WorkerPost, supervisor: SupervisorPost, supervision: Supervision,
    dice: Dice, week: int, log: EventLog | None,
) -> None:  # fmt: skip
    """A session is held and both learn by it, or it falls out and stays due."""
    chance_of_session = staff.chance_of_session(post.burnout, supervisor.strain, supervision)
    uniform = draw(dice, post.who, staff_week(week, post.incumbent), Chance.SESSION)
    if uniform >= chance_of_session:
        note(log, week, post.who, Event.SESSION_NOT_HELD, 0,
            chance_of_session, post.burnout, supervisor.strain, post.skill)  # fmt: skip
        return
    staff.learn(post, supervisor.quality, supervision)
    note(log, week, post.who, Event.SUPERVISED, 0,
        supervisor.quality, post.skill, post.fidelity, post.burnout)  # fmt: skip
    guidance.gain_experience(supervisor, supervision.learning)
    post.due = 0
    post.sessions += 1
    supervisor.hours_left -= supervision.session_hours
    supervisor.hours_spent += supervision.session_hours
    if supervision.mode == staff.SHARED:
        post.shared_session = 1
        _reflect_across_agencies(world, post.agency, min(supervision.men_discussed, post.cases))


@rule
def _reflect_across_agencies(world: World, agency: int, men: int) -> None:
    for other in range(len(world.agencies)):
        tie = world.pair[agency, other]
        if tie >= 0:
            world.ties[tie].joint_work += men


@rule
def is_discussed_this_week(
    leaver: Leaver, post: WorkerPost, supervision: Supervision, dice: Dice, week: int
) -> int:
    """Whether his practitioner's shared session of this week dealt with him."""
    if post.shared_session == 0:
        return 0
    uniform = draw(dice, leaver.who, week, Chance.DISCUSSED)
    return staff.is_discussed(post.cases, supervision, uniform)


@rule
def settle_supervisors(world: World, theories: np.ndarray) -> None:
    """Hours given and supervisees' burnout strain supervisors, rest restores them."""
    for index in range(len(world.supervisors)):
        supervisor = world.supervisors[index]
        team = world.teams[supervisor.team]
        supervision = theories[team.arm].supervision
        if supervision.on == 0 or supervisor.vacancy > 0.0:
            continue
        in_post, burnout_sum = 0, 0.0
        for number in range(team.first_post, team.first_post + team.posts):
            post = world.practitioners[number]
            if post.supervisor == index and post.vacancy <= 0.0:
                in_post += 1
                burnout_sum += post.burnout
        asked = guidance.share_asked(
            float(in_post), supervision.session_hours, supervision.interval,
            supervision.supervisor_hours,
        )  # fmt: skip
        burnout = guidance.mean_burnout(burnout_sum, in_post)
        guidance.strain_of_supervisor(
            supervisor, asked, burnout, supervision.burnout_overload,
            supervision.burnout_crises, supervision.recovery,
        )  # fmt: skip
