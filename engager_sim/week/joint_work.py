"""Events of the week between the agencies that serve a man."""

from engager_sim.compilation import rule
from engager_sim.theory import Theory
from engager_sim.theory import client_motivation as motive
from engager_sim.theory import collaboration as together
from engager_sim.theory import effective_ties as ties
from engager_sim.theory import relationship as bond
from engager_sim.theory import services as help_rules
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
    """Agencies that serve a man work on him together, or not; a formulation, lost messages.

    Where collaboration is off they work as in usual care: their messages go wrong there too. What
    they cover is looked at for a man with an open episode alone: no other relationship reads it.
    """
    collaboration = theory.collaboration
    leaver.message_lost = 0
    own_enforces = world.agencies[team.agency].enforces
    under_order = 1 if leaver.on_licence == 1 or leaver.place != AT_LIBERTY else 0
    if collaboration.on == 1:
        _ask_consent(leaver, collaboration, week, log)
    if collaboration.on == 0 or leaver.episode != OPEN:
        tie = ties.effective_tie(collaboration.reference_tie, team.load)
        leaver.coverage = _coverage_of(leaver, world, team) if leaver.episode == OPEN else 0.0
        leaver.recorded = 0.0
        leaver.shared_practice = leaver.effective_tie = tie
        leaver.role_conflict = together.role_conflict(own_enforces, tie, under_order, collaboration)
        leaver.failures = 0
        if leaver.episode == OPEN:
            discussed = is_discussed_this_week(leaver, post, theory.supervision, dice, week)
            _pass_messages(leaver, post, theory, discussed, dice, week, log)
        return
    uniform = draw(dice, leaver.who, week, Chance.JOINT_WORK)
    worked = _meet_agencies(leaver, world, team, collaboration, uniform)
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
def _coverage_of(leaver: Leaver, world: World, team: Team) -> float:
    """How far the agencies there are cover what he needs, however they work together."""
    claims = covered = 0
    for slot in range(SLOTS):
        agency, claim = leaver.agency_for[slot], _is_claim(leaver, slot)
        claims += claim
        if agency == team.agency or (agency >= 0 and world.pair[team.agency, agency] >= 0):
            covered += claim
    return ties.share_covered(covered, claims)


@rule
def _ask_consent(
    leaver: Leaver, collaboration: Collaboration, week: int, log: EventLog | None
) -> None:
    """He consents to the shared record, or takes his consent back."""
    before = leaver.consents
    leaver.consents = together.consents_to_share(leaver.trust, leaver.reluctance, collaboration)
    if leaver.consents != before:
        note(log, week, leaver.who, Event.CONSENT, 0,
            leaver.consents, leaver.trust, leaver.reluctance, leaver.recorded)  # fmt: skip


@rule
def _meet_agencies(
    leaver: Leaver, world: World, team: Team, collaboration: Collaboration, uniform: float
) -> int:
    """Set what a man's agencies share; count the joint work; return whether there was any.

    One draw serves all ties of a man in a week, so the closest agencies are the ones that meet.
    """
    practice = tie_sum = recorded = 0.0
    claims = covered = worked = 0
    for slot in range(SLOTS):
        agency, claim = leaver.agency_for[slot], _is_claim(leaver, slot)
        claims += claim
        if agency == team.agency:
            covered += claim
            practice += claim
            tie_sum += claim
            recorded += claim
            continue
        index = world.pair[team.agency, agency] if agency >= 0 else -1
        if index < 0:
            continue
        tie = world.ties[index]
        effective = ties.effective_tie(tie.strength, team.load)
        if claim == 1:
            covered += 1
            written = 1 if tie.shared_record == 1 and leaver.consents == 1 else 0
            practice += together.practice_with(
                effective, written, tie.colocated, leaver.formulation, collaboration
            )
            tie_sum += effective
            recorded += written
        if _serves_now(leaver, slot):
            tie.shared_men += 1
            tie.failures += leaver.failures
            if together.works_jointly(effective, tie.colocated, collaboration, uniform) == 1:
                tie.joint_work += 1
                worked = 1
    reference = collaboration.reference_tie if claims == 0 else 0.0
    leaver.coverage = ties.share_covered(covered, claims)
    leaver.shared_practice = ties.mean_over(practice, covered, reference)
    leaver.effective_tie = ties.mean_over(tie_sum, claims, reference)
    leaver.recorded = ties.mean_over(recorded, claims, 0.0)
    leaver.failures = 0
    return worked


@rule
def _is_claim(leaver: Leaver, slot: int) -> int:
    """Whether a need, his licence or prison is for agencies to cover."""
    if slot < NEEDS:
        return help_rules.is_claim(leaver.need[slot], leaver.need_level[slot])
    return _is_under(leaver, slot)


@rule
def _serves_now(leaver: Leaver, slot: int) -> bool:
    """Whether a man's agency for a need, licence or prison has to do with him this week."""
    if slot < NEEDS:
        in_need = help_rules.is_present(leaver.need[slot]) == 1
        return bool(in_need or leaver.service[slot] != NO_SERVICE)
    return bool(_is_under(leaver, slot) == 1)


@rule
def _is_under(leaver: Leaver, slot: int) -> int:
    """Whether he is on licence, for probation; whether he is inside, for prison."""
    if slot == PROBATION:
        return leaver.on_licence
    return 1 if slot == PRISON and leaver.place != AT_LIBERTY else 0


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
    leaver.failures += 1
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
        if leaver.on_licence == 1:
            motive.loss_from_coercion(leaver)
    contradictory = wrong - 1
    note(log, week, leaver.who, Event.MESSAGE_WRONG, 0,
        contradictory, leaver.recorded, trust_lost, leaver.trust)  # fmt: skip
