"""Events of the week between the agencies that serve a man."""

from engager_sim.compilation import rule
from engager_sim.theory import Theory
from engager_sim.theory import client_motivation as motive
from engager_sim.theory import collaboration as together
from engager_sim.theory import effective_ties as ties
from engager_sim.theory import relationship as bond
from engager_sim.theory.circumstances import NEEDS
from engager_sim.theory.collaboration import Collaboration
from engager_sim.theory.justice import AT_LIBERTY
from engager_sim.theory.services import NO_SERVICE
from engager_sim.week.event_log import Event, EventLog, note
from engager_sim.week.supervising import is_discussed_this_week
from engager_sim.world.dice import Chance, Dice, draw
from engager_sim.world.records import (
    OPEN,
    PRISON,
    PROBATION,
    SLOTS,
    Leaver,
    Team,
    WorkerPost,
    World,
)


@rule
def work_jointly(
    leaver: Leaver, post: WorkerPost, team: Team, world: World, theory: Theory, dice: Dice,
    week: int, log: EventLog | None,
) -> None:  # fmt: skip
    """Agencies that serve a man work on him together, or not; a formulation, lost messages."""
    collaboration = theory.collaboration
    leaver.message_lost = 0
    if collaboration.on == 0 or leaver.episode != OPEN:
        leaver.shared_practice = collaboration.reference_tie
        leaver.effective_tie = collaboration.reference_tie
        return
    uniform = draw(dice, leaver.who, week, Chance.JOINT_WORK)
    worked = _meet_agencies(leaver, world, team, collaboration, uniform)
    own_enforces = world.agencies[team.agency].enforces
    under_order = 1 if leaver.on_licence == 1 or leaver.place != AT_LIBERTY else 0
    leaver.role_conflict = together.role_conflict(
        own_enforces, team.enforcer_tie, under_order, collaboration
    )
    discussed = is_discussed_this_week(leaver, post, theory.supervision, dice, week)
    if (worked == 1 or discussed == 1) and leaver.formulation == 0:
        uniform = draw(dice, leaver.who, week, Chance.FORMULATION)
        leaver.formulation = together.holds_joint_formulation(collaboration, uniform)
        if leaver.formulation == 1:
            note(log, week, leaver.who, Event.JOINT_FORMULATION, 0, leaver.effective_tie,
                leaver.understanding, leaver.shared_practice, leaver.trust)  # fmt: skip
    _pass_messages(leaver, post, theory, discussed, dice, week, log)


@rule
def _meet_agencies(
    leaver: Leaver, world: World, team: Team, collaboration: Collaboration, uniform: float
) -> int:
    """Set what a man's agencies share; count the joint work; return whether there was any.

    One draw serves all ties of a man in a week, so the closest agencies are the ones that meet.
    """
    practice = tie_sum = recorded = 0.0
    serving = worked = 0
    for slot in range(SLOTS):
        agency = leaver.agency_for[slot]
        if agency < 0 or not _serves_now(leaver, slot, collaboration):
            continue
        serving += 1
        if agency == team.agency:
            practice += 1.0
            tie_sum += 1.0
            recorded += 1.0
            continue
        index = world.pair[team.agency, agency]
        if index < 0:
            continue
        tie = world.ties[index]
        effective = ties.effective_tie(tie.strength, team.load)
        practice += together.practice_with(
            effective, tie.shared_record, tie.colocated, leaver.formulation, collaboration
        )
        tie_sum += effective
        recorded += tie.shared_record
        tie.shared_men += 1
        if together.works_jointly(effective, tie.colocated, collaboration, uniform) == 1:
            tie.joint_work += 1
            worked = 1
    if serving > 0:
        leaver.shared_practice = ties.mean_over_agencies(practice, serving)
        leaver.effective_tie = ties.mean_over_agencies(tie_sum, serving)
        leaver.recorded = ties.mean_over_agencies(recorded, serving)
    else:
        leaver.shared_practice = collaboration.reference_tie
        leaver.effective_tie = collaboration.reference_tie
    return worked


@rule
def _serves_now(leaver: Leaver, slot: int, collaboration: Collaboration) -> bool:
    """Whether a man's agency for a need, licence or prison has to do with him this week."""
    if slot < NEEDS:
        in_need = leaver.need[slot] > collaboration.serving_need
        return bool(in_need or leaver.service[slot] != NO_SERVICE)
    if slot == PROBATION:
        return bool(leaver.on_licence == 1)
    return bool(slot == PRISON and leaver.place != AT_LIBERTY)


@rule
def _pass_messages(
    leaver: Leaver, post: WorkerPost, theory: Theory, discussed: int, dice: Dice, week: int,
    log: EventLog | None,
) -> None:  # fmt: skip
    """Agencies' messages about a man arrive, get lost, or contradict each other."""
    uniform = draw(dice, leaver.who, week, Chance.MESSAGE)
    wrong = together.message_goes_wrong(leaver.recorded, theory.collaboration, uniform)
    if wrong == 0:
        return
    if wrong == 1 and discussed == 1:
        note(log, week, leaver.who, Event.MESSAGE_PUT_RIGHT, 0,
            leaver.recorded, leaver.effective_tie, post.cases, leaver.trust)  # fmt: skip
        return
    trust_lost = 0.0
    if wrong == 1:
        leaver.message_lost = 1
    else:
        skill = post.skill
        uniform = draw(dice, leaver.who, week, Chance.OWN_UP_TO_MESSAGE)
        owned = bond.owns_up(skill, leaver.role_conflict, theory.relationship, uniform)
        severity = theory.collaboration.contradiction_severity
        trust_lost = bond.disappoint(leaver, severity, owned, theory.relationship)
        if leaver.on_licence == 1 and theory.client_motivation.on == 1:
            motive.loss_from_coercion(leaver, theory.client_motivation)
    contradictory = wrong - 1
    note(log, week, leaver.who, Event.MESSAGE_WRONG, 0,
        contradictory, leaver.recorded, trust_lost, leaver.trust)  # fmt: skip
