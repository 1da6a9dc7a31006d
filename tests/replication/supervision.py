"""Supervision: who is due, whom a supervisor sees, what a session leaves (7.3)."""

import math

from engager_sim.week.event_log import Event
from engager_sim.world.dice import Chance
from tests.replication.records import Record, Theory, World

MANAGERIAL, REFLECTIVE, SHARED = 0, 1, 2


def hold_supervision(world: World) -> None:
    """Supervisors see those in most difficulty first, the rest stay due; practice drifts."""
    for post in world.practitioners:
        prepare(world, post)
    for index, supervisor in enumerate(world.supervisors):
        theory = world.theories[world.teams[supervisor.team].arm]
        give_time(world, theory, index, supervisor)


def prepare(world: World, post: Record) -> None:
    """Practice drifts before any session; a session falls due once in every interval."""
    theory = world.theories[post.arm]
    supervision = theory.supervision
    post.supervision_hours = 0.0
    post.shared_session = 0
    post.turn = -1.0
    if post.vacancy > 0.0 or not supervision.on:
        return
    post.supervision_hours = supervision.session_hours / supervision.interval
    drift(supervision, post)
    post.weeks_since_supervision += 1
    stagger = post.who % 997
    if turns(world.week + stagger, supervision) == turns(world.week - 1 + stagger, supervision) + 1:
        post.sessions_due += 1
        post.due = 1
    if post.due:
        post.difficulty = 1.0 - (1.0 - post.burnout) * (1.0 - post.difficult_week)
        post.turn = world.uniform_of_staff(post, Chance.SUPERVISION_TURN)


def turns(weeks: int, supervision: Theory) -> int:
    """Give how many intervals have begun."""
    begun: int = math.floor(weeks / supervision.interval)
    return begun


def drift(supervision: Theory, post: Record) -> None:
    """``ds = -d (1 + k w) max(0, s - habit)``, d (1 + k w) at most 1; fidelity alike."""
    faster = 1.0 + supervision.difficult_drift * post.difficult_week
    part = min(1.0, supervision.skill_drift * faster)
    post.skill -= part * max(0.0, post.skill - post.habit)
    part = min(1.0, supervision.fidelity_drift * faster)
    post.fidelity -= part * max(0.0, post.fidelity - post.habit_fidelity)


def give_time(world: World, theory: Theory, index: int, supervisor: Record) -> None:
    """Take those due in the order of their difficulty while hours last."""
    supervision = theory.supervision
    hours, interval = supervision.supervisor_hours, supervision.interval
    length = supervision.session_hours
    if supervisor.vacancy > 0.0 or not supervision.on:
        return
    supervisor.hours_left = min(supervisor.hours_left + hours, max(length, hours * interval))
    due = [post for post in world.practitioners if post.supervisor == index and post.turn >= 0.0]
    due.sort(key=lambda post: (-post.difficulty, post.turn))
    for ahead, post in enumerate(due):
        reached = supervisor.hours_left >= length
        values = (post.difficulty, ahead, supervisor.hours_left, int(reached))
        world.note(post.who, Event.SUPERVISOR_CHOSE, values)
        post.turn = -1.0
        if reached:
            hold_session(world, theory, supervisor, post)


def hold_session(world: World, theory: Theory, supervisor: Record, post: Record) -> None:
    """The session is held with the chance ``(1 - k b)(1 - k s)``, or stays due."""
    supervision = theory.supervision
    k = supervision.cancelled_by_burnout
    chance = (1.0 - k * post.burnout) * (1.0 - k * supervisor.strain)
    if world.uniform_of_staff(post, Chance.SESSION) >= chance:
        values = (chance, post.burnout, supervisor.strain, post.skill)
        world.note(post.who, Event.SESSION_NOT_HELD, values)
        return
    supervisor.hours_left -= supervision.session_hours
    supervisor.hours_spent += supervision.session_hours
    worth = supervision.managerial_worth if supervision.mode == MANAGERIAL else 1.0
    dose = supervisor.quality * worth
    post.skill += supervision.skill_gain * dose * (1.0 - post.skill)
    post.fidelity += supervision.fidelity_gain * dose * (1.0 - post.fidelity)
    post.burnout -= supervision.relief * dose * post.burnout
    post.sessions += 1
    post.due = 0
    post.weeks_since_supervision = 0
    if supervision.mode == SHARED:
        post.shared_session = 1
        reflect_across_agencies(world, post, min(supervision.men_discussed, post.cases))
    values = (supervisor.quality, post.skill, post.fidelity, post.burnout)
    world.note(post.who, Event.SUPERVISED, values)
    supervisor.quality += supervision.learning * (1.0 - supervisor.quality)


def reflect_across_agencies(world: World, post: Record, men: int) -> None:
    """A shared session is joint work on up to so many men with each tied agency."""
    for tie in world.pair[post.agency]:
        if tie >= 0:
            world.ties[tie].joint_work += men


def settle_supervisors(world: World) -> None:
    """``ds = u (o + c B)(1 - s) - r s``, u = `n h / (i H)` and B over those in post."""
    for index, supervisor in enumerate(world.supervisors):
        theory = world.theories[world.teams[supervisor.team].arm].supervision
        if supervisor.vacancy > 0.0 or not theory.on:
            continue
        burnt = [
            post.burnout
            for post in world.practitioners
            if post.supervisor == index and post.vacancy <= 0.0
        ]
        asked = min(
            1.0, len(burnt) * theory.session_hours / (theory.interval * theory.supervisor_hours)
        )
        mean = sum(burnt) / len(burnt) if burnt else 0.0
        strain = supervisor.strain
        wear = asked * (theory.burnout_overload + theory.burnout_crises * mean)
        supervisor.strain = strain + wear * (1.0 - strain) - theory.recovery * strain
