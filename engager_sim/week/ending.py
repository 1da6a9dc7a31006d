"""Event of the week in which the end of support is raised, agreed, tapered, and comes."""

from engager_sim.compilation import rule
from engager_sim.theory import Theory
from engager_sim.theory import collaboration as together
from engager_sim.theory import preparations_for_ending as endings
from engager_sim.theory import turnover as leaving
from engager_sim.theory.justice import AT_LIBERTY
from engager_sim.theory.services import DUE, NO_SERVICE, NOT_DUE, WAITING
from engager_sim.theory.ways_out import Exit
from engager_sim.week.episode import close_episode, feel_abandoned
from engager_sim.week.event_log import Event, EventLog, note
from engager_sim.world.dice import Chance, Dice, draw
from engager_sim.world.records import OPEN, Leaver


@rule
def prepare_ending(
    leaver: Leaver, theory: Theory, dice: Dice, week: int, log: EventLog | None
) -> None:
    """An ending is raised, agreed, tapered and closed; or support simply stops."""
    if leaver.episode != OPEN or week < leaver.release_week:
        return
    ending = theory.preparations_for_ending
    weeks_to_end = ending.support_weeks - (week - leaver.release_week)
    if ending.on == 1 and leaver.is_prepared == 1:
        _move_ending_on(leaver, theory, dice, week, weeks_to_end, log)
        if leaver.ending == endings.TAPERING:
            weeks_to_end = min(weeks_to_end, leaver.weeks_of_taper)
    if weeks_to_end <= 0.0:
        _end_support(leaver, theory, dice, week, weeks_to_end, log)


@rule
def _move_ending_on(
    leaver: Leaver, theory: Theory, dice: Dice, week: int, weeks_to_end: float,
    log: EventLog | None,
) -> None:  # fmt: skip
    """An ending moves on by one stage, if it is time to; the man agrees to it once he is ready."""
    ending, progress = theory.preparations_for_ending, leaver.goal_progress
    if leaver.ending == endings.TAPERING:
        leaver.weeks_of_taper -= 1.0
    elif leaver.ending == endings.RAISED:
        if endings.begins_taper(progress, weeks_to_end, leaver.agreed_ending, ending) == 1:
            leaver.ending = endings.TAPERING
            leaver.weeks_of_taper = min(weeks_to_end, ending.taper_weeks)
            _seek_joint_contact(leaver, theory, dice, week)
            _note_stage(leaver, leaver.weeks_of_taper, week, log)
    elif leaver.place != AT_LIBERTY or leaver.contacted == 0:
        return  # it is raised with him, face to face, where what comes after can be prepared
    elif endings.raises_ending(progress, weeks_to_end, ending) == 1:
        leaver.ending = endings.RAISED
        _seek_joint_contact(leaver, theory, dice, week)
        note(log, week, leaver.who, Event.ENDING_RAISED, 0,
            leaver.goal_progress, weeks_to_end, leaver.joint_ending, leaver.trust)  # fmt: skip
    if leaver.ending != endings.NOT_RAISED and leaver.agreed_ending == 0:
        _agree(leaver, week, log)


@rule
def _agree(leaver: Leaver, week: int, log: EventLog | None) -> None:
    """A man agrees to his ending if he copes, or has a service to go to that he trusts."""
    need = _next_service(leaver)
    arranged = service_trust = 0.0
    if need >= 0:
        arranged = endings.arranged_after(leaver.service[need], leaver.joint_ending)
        service_trust = leaver.service_trust[need]
    leaver.agreed_ending = endings.agrees_to_ending(leaver.coping, arranged, service_trust)
    if leaver.agreed_ending == 1:
        note(log, week, leaver.who, Event.ENDING_AGREED, 0,
            leaver.coping, arranged, service_trust, leaver.goal_progress)  # fmt: skip


@rule
def _end_support(
    leaver: Leaver, theory: Theory, dice: Dice, week: int, weeks_to_end: float,
    log: EventLog | None,
) -> None:  # fmt: skip
    """Support ends as planned where its end was raised, and otherwise abruptly."""
    ending = theory.preparations_for_ending
    planned = 0 if leaver.ending == endings.NOT_RAISED else 1
    if planned == 1:
        _hand_on(leaver, theory, dice, week)
        leaver.ending = endings.CLOSED_PLANNED
    else:
        leaver.ending = endings.CLOSED_UNPLANNED
    if leaving.has_met(leaver.rapport) == 1:
        if planned == 0:
            feel_abandoned(leaver, leaver.trust, theory)
        leaver.trust = endings.trust_after_ending(
            leaver.trust, leaver.prior_trust, planned, leaver.agreed_ending, ending
        )
    if ending.on == 1:
        _note_stage(leaver, weeks_to_end, week, log)
    close_episode(leaver, Exit.PLANNED_ENDING if planned == 1 else Exit.ABRUPT_ENDING, week, log)


@rule
def _note_stage(leaver: Leaver, weeks_to_end: float, week: int, log: EventLog | None) -> None:
    """A stage of the ending is noted, with the weeks that are left of it."""
    stage = leaver.ending
    note(log, week, leaver.who, Event.ENDING_STAGE, 0,
        stage, weeks_to_end, leaver.joint_ending, leaver.trust)  # fmt: skip


@rule
def _seek_joint_contact(leaver: Leaver, theory: Theory, dice: Dice, week: int) -> None:
    """A joint contact with the next service comes about where it is sought and the tie carries."""
    if leaver.joint_ending == 1 or leaver.place != AT_LIBERTY or _next_service(leaver) < 0:
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
    uniform = draw(dice, leaver.who, week, Chance.HANDOVER_AT_ENDING)
    arrived = together.handover_succeeds(tie, theory.collaboration, uniform)
    if leaver.joint_ending == 1 or arrived == 1:
        if leaver.service[need] == NO_SERVICE:
            leaver.service[need] = WAITING
        if leaver.joint_ending == 1 and leaver.admission[need] == NOT_DUE:
            leaver.admission[need] = DUE
        leaver.handed_on[need] = 1
    if leaver.service[need] != NO_SERVICE:
        carried = endings.trust_carried_over(leaver.trust, leaver.joint_ending, tie, ending)
        own_trust = leaver.service_trust[need]
        leaver.service_trust[need] = endings.trust_in_next_service(own_trust, carried)


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
