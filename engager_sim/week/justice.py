"""Events of the week between a man and the law: release, offences, recall, custody, probation."""

from engager_sim.compilation import rule
from engager_sim.theory import Theory
from engager_sim.theory import circumstances as situation
from engager_sim.theory import client_motivation as motive
from engager_sim.theory import justice as law
from engager_sim.theory import services as help_rules
from engager_sim.theory import ways_out as routes
from engager_sim.theory.hazards import NEVER, clock
from engager_sim.theory.justice import Justice
from engager_sim.theory.ways_out import Exit
from engager_sim.week.episode import close_episode
from engager_sim.week.event_log import Event, EventLog, note
from engager_sim.world.dice import Chance, Dice, draw
from engager_sim.world.four_draws import draw_three
from engager_sim.world.observed import NOT_YET, YEAR
from engager_sim.world.records import NOT_QUEUED, OPEN, Leaver


@rule
def answer_to_justice(
    leaver: Leaver, theory: Theory, dice: Dice, week: int, log: EventLog | None
) -> None:
    """A man is released, released again, reoffends, is recalled or goes into new custody."""
    justice = theory.justice
    _release(leaver, justice, week, log)
    if leaver.just_released == 1 and week == leaver.release_week:
        _move_away(leaver, theory, dice, week, log)
    if leaver.place != law.AT_LIBERTY:
        return
    hazard = law.offence_hazard(
        leaver.weeks_at_liberty, 1 - leaver.housed, leaver.need[situation.SUBSTANCE],
        leaver.crisis, leaver.trust, leaver.age, justice,
    )  # fmt: skip
    leaver.weeks_at_liberty += 1.0
    of_offence, of_lost, of_breach = draw_three(
        dice, leaver.who, week, Chance.OFFENCE, Chance.RECALL_LOST, Chance.RECALL_BREACH
    )
    offence = clock(hazard, of_offence)
    lost = breach = NEVER
    if leaver.on_licence == 1:
        lost = law.lost_contact_hazard(leaver.weeks_out_of_touch, justice)
        lost = clock(lost, of_lost)
        breach = law.breach_hazard(
            leaver.need[situation.SUBSTANCE], leaver.crisis,
            leaver.contacted, leaver.role_conflict, justice,
        )  # fmt: skip
        breach = clock(breach, of_breach)
    recall = min(lost, breach)
    inside = 0
    if offence < 1.0 and offence <= recall:
        inside = _offend(leaver, justice, hazard, dice, week, log)
    if inside == 0 and recall < 1.0:
        _recall(leaver, 1 if lost <= breach else 0, week, log)


@rule
def _offend(
    leaver: Leaver, justice: Justice, hazard: float, dice: Dice, week: int, log: EventLog | None
) -> int:
    """An offence, which may lead to new custody; return whether it does."""
    if leaver.first_offence_week == NOT_YET:
        leaver.first_offence_week = week - leaver.release_week
    substance_need = leaver.need[situation.SUBSTANCE]
    note(log, week, leaver.who, Event.OFFENCE, 0,
        hazard, leaver.housed, substance_need, leaver.trust)  # fmt: skip
    if law.leads_to_custody(justice, draw(dice, leaver.who, week, Chance.CUSTODY)) == 0:
        return 0
    weeks = law.custody_length(justice, draw(dice, leaver.who, week, Chance.CUSTODY_LENGTH))
    note(log, week, leaver.who, Event.CUSTODY, 0,
        weeks, leaver.weeks_at_liberty, leaver.crisis, leaver.trust)  # fmt: skip
    _go_inside(leaver, law.NEW_CUSTODY, weeks)
    for need in range(situation.NEEDS):
        help_rules.let_go(leaver, need)
    if leaver.episode == OPEN:
        close_episode(leaver, Exit.NEW_CUSTODY, week, log)
    return 1


@rule
def _recall(leaver: Leaver, for_lost_contact: int, week: int, log: EventLog | None) -> None:
    """A fixed-term recall, for lost contact (1) or for a detected breach (0).

    It suspends an open episode and the services that he uses or waits for; it ends neither.
    """
    if week - leaver.release_week < YEAR:
        leaver.recalls_lost += for_lost_contact
        leaver.recalls_breach += 1 - for_lost_contact
    weeks = law.recall_length(leaver.short_sentence)
    motive.loss_from_coercion(leaver)
    note(log, week, leaver.who, Event.RECALLED, 0,
        for_lost_contact, leaver.weeks_out_of_touch, weeks, leaver.role_conflict)  # fmt: skip
    _go_inside(leaver, law.RECALLED, weeks)


@rule
def _release(leaver: Leaver, justice: Justice, week: int, log: EventLog | None) -> None:
    """Let a man out who is due; set whether he is on licence."""
    leaver.just_released = 0
    if leaver.place == law.IN_PRISON:
        if week >= leaver.release_week:
            leaver.place = law.AT_LIBERTY
            leaver.just_released = 1
    elif leaver.place != law.AT_LIBERTY:
        leaver.weeks_inside -= 1.0
        if leaver.weeks_inside <= 0.0:
            leaver.weeks_inside = 0.0
            leaver.place = law.AT_LIBERTY
            leaver.just_released = 1
            leaver.weeks_out_of_touch = 0.0
    out = week - leaver.release_week
    leaver.on_licence = law.is_on_licence(out, justice)
    if leaver.just_released == 1:
        note(log, week, leaver.who, Event.RELEASED, 0,
            leaver.housed, leaver.needs_mean, leaver.crisis, leaver.rapport)  # fmt: skip


@rule
def _go_inside(leaver: Leaver, place: int, weeks: float) -> None:
    """Recall or custody takes a man from liberty for some weeks."""
    leaver.place = place
    leaver.weeks_inside = weeks
    leaver.weeks_out_of_touch = 0.0


@rule
def _move_away(leaver: Leaver, theory: Theory, dice: Dice, week: int, log: EventLog | None) -> None:
    """Some men leave the area when they are first released; only their own lives go on."""
    uniform = draw(dice, leaver.who, week, Chance.MOVES_AWAY)
    if routes.moves_away(theory.ways_out, uniform) == 0:
        return
    note(log, week, leaver.who, Event.MOVED_AWAY, 0,
        theory.ways_out.moved_away, leaver.episode, leaver.rapport, leaver.trust)  # fmt: skip
    leaver.moved_away = 1
    leaver.queued = NOT_QUEUED
    for need in range(situation.NEEDS):
        help_rules.let_go(leaver, need)
    if leaver.episode == OPEN:
        close_episode(leaver, Exit.MOVED_AWAY, week, log)


@rule
def report_to_probation(
    leaver: Leaver, theory: Theory, dice: Dice, week: int, log: EventLog | None
) -> None:
    """On licence, a man keeps this week's appointment with probation or misses it."""
    leaver.kept_appointment = 0
    if leaver.place != law.AT_LIBERTY or leaver.on_licence == 0:
        return
    chance_of_appointment = law.chance_of_appointment(
        leaver.crisis, leaver.needs_mean, theory.justice
    )
    if draw(dice, leaver.who, week, Chance.APPOINTMENT) < chance_of_appointment:
        leaver.kept_appointment = 1
    else:
        note(log, week, leaver.who, Event.APPOINTMENT_MISSED, 0,
            chance_of_appointment, leaver.crisis, leaver.needs_mean,
            leaver.weeks_out_of_touch)  # fmt: skip


@rule
def stay_in_touch(leaver: Leaver) -> None:
    """On licence, weeks in which nobody has seen him add up; any contact clears them."""
    if leaver.place != law.AT_LIBERTY or leaver.on_licence == 0:
        leaver.weeks_out_of_touch = 0.0
        return
    if leaver.kept_appointment == 1 or leaver.contacted == 1 or leaver.weeks_since_service < 1.0:
        leaver.weeks_out_of_touch = 0.0
    else:
        leaver.weeks_out_of_touch += 1.0
