"""Events of the week that happen to a man whatever any service does, and what he makes of them."""

from engager_sim.compilation import rule
from engager_sim.theory import Theory
from engager_sim.theory import circumstances as situation
from engager_sim.theory import client_motivation as motive
from engager_sim.theory import justice as law
from engager_sim.theory import peers as peer_support
from engager_sim.theory import services as help_rules
from engager_sim.theory import therapeutic_approach as therapy
from engager_sim.theory import ways_out as routes
from engager_sim.theory.hazards import NEVER, clock, happens
from engager_sim.theory.justice import Justice
from engager_sim.theory.peers import Peers
from engager_sim.theory.services import IN_SERVICE
from engager_sim.theory.ways_out import Exit
from engager_sim.week.episode import close_episode
from engager_sim.week.event_log import Event, EventLog, note
from engager_sim.week.observation import keep_last_state
from engager_sim.world.dice import Chance, Dice, draw
from engager_sim.world.observed import NOT_YET, YEAR
from engager_sim.world.records import NOT_QUEUED, OPEN, Leaver, PeerPost, World


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
    offence = clock(hazard, draw(dice, leaver.who, week, Chance.OFFENCE))
    lost = breach = NEVER
    if leaver.on_licence == 1:
        lost = law.lost_contact_hazard(leaver.weeks_out_of_touch, justice)
        lost = clock(lost, draw(dice, leaver.who, week, Chance.RECALL_LOST))
        breach = law.breach_hazard(
            leaver.need[situation.SUBSTANCE], leaver.crisis,
            leaver.contacted, leaver.role_conflict, justice,
        )  # fmt: skip
        breach = clock(breach, draw(dice, leaver.who, week, Chance.RECALL_BREACH))
    recall = min(lost, breach)
    inside = 0
    if offence < 1.0 and offence <= recall:
        inside = _offend(leaver, justice, hazard, dice, week, log)
    if inside == 0 and recall < 1.0:
        _recall(leaver, theory, 1 if lost <= breach else 0, week, log)


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
def _recall(
    leaver: Leaver, theory: Theory, for_lost_contact: int, week: int, log: EventLog | None
) -> None:
    """A fixed-term recall, for lost contact (1) or for a detected breach (0).

    It suspends an open episode and the services that he uses or waits for; it ends neither.
    """
    if week - leaver.release_week < YEAR:
        leaver.recalls_lost += for_lost_contact
        leaver.recalls_breach += 1 - for_lost_contact
    weeks = law.recall_length(leaver.short_sentence)
    if theory.client_motivation.on == 1:
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
def live_on(leaver: Leaver, theory: Theory, dice: Dice, week: int, log: EventLog | None) -> None:
    """Housing is found or lost, needs return, crises break out and pass, distress follows."""
    circumstances, who = theory.circumstances, leaver.who
    at_liberty = 1 if leaver.place == law.AT_LIBERTY else 0
    if at_liberty == 1:
        _find_or_lose_housing(leaver, theory, dice, week, log)
    for need in range(1, situation.NEEDS):
        leaver.need[need] = situation.need_returns(
            leaver.need[need], leaver.need_level[need], circumstances
        )
    leaver.needs_mean = situation.mean_of_needs(leaver)
    uniform = draw(dice, who, week, Chance.CRISIS)
    happened = situation.crisis_happens(
        leaver.needs_mean, leaver.coping, at_liberty, circumstances, uniform
    )
    leaver.crisis = situation.crisis_after_week(
        leaver.crisis, happened, leaver.just_released, circumstances
    )
    approach = theory.therapeutic_approach
    if approach.on == 1:
        therapy.coping_fades(leaver, approach)
        therapy.stirred_up_fades(leaver, approach)
    gained = therapy.coping_gained(leaver, approach)
    uniform = draw(dice, who, week, Chance.DISTRESS)
    leaver.distress = situation.distress_after_week(leaver, gained, circumstances, uniform)
    if happened == 1:
        note(log, week, who, Event.CRISIS, 0,
            leaver.crisis, leaver.needs_mean, leaver.coping, leaver.distress)  # fmt: skip


@rule
def _find_or_lose_housing(
    leaver: Leaver, theory: Theory, dice: Dice, week: int, log: EventLog | None
) -> None:
    """Find or lose stable accommodation."""
    stage = leaver.service[situation.HOUSING]
    helped = 1 if stage == IN_SERVICE else 0
    factor = help_rules.housing_help_factor(stage, theory.services)
    uniform = draw(dice, leaver.who, week, Chance.HOUSING)
    housed = situation.changes_housing(
        leaver.housed, leaver.crisis, factor, theory.circumstances, uniform
    )
    if housed != leaver.housed:
        leaver.housed = housed
        leaver.need[situation.HOUSING] = situation.need_of_housing(housed)
        if housed == 1 and theory.client_motivation.on == 1:
            motive.gain_from_win(leaver, theory.client_motivation)
        note(log, week, leaver.who, Event.HOUSING_CHANGED, 0,
            housed, leaver.crisis, helped, leaver.needs_mean)  # fmt: skip


@rule
def settle_motivation(leaver: Leaver, theory: Theory, week: int) -> None:
    """Motivation settles, felt need follows his situation; he acts on what was agreed."""
    motivation = theory.client_motivation
    if motivation.on == 0:
        return
    motive.settle_motivation(leaver, leaver.autonomous_at_entry, leaver.on_licence, motivation)
    weighed = motive.weight_of_situation(leaver.needs_mean, leaver.distress)
    out = week - leaver.release_week
    motive.perceive(leaver, motive.felt_need(weighed, leaver.crisis, out, motivation))
    if leaver.episode == OPEN:
        _act_between_meetings(leaver, theory)


@rule
def _act_between_meetings(leaver: Leaver, theory: Theory) -> None:
    """With support he gets on with his own goals, and practises what he has learnt."""
    motivation, approach = theory.client_motivation, theory.therapeutic_approach
    motive.pursue_goals(leaver, motivation)
    if approach.on == 1:
        leaver.coping = motive.coping_after_practice(
            leaver.autonomous, leaver.coping, approach.coping_at_start, motivation
        )


@rule
def keep_hope(
    leaver: Leaver, world: World, theory: Theory, dice: Dice, week: int, log: EventLog | None
) -> None:
    """Beside a peer a man comes to trust the team and hopes more; without one both fade."""
    peers = theory.peers
    if peers.on == 0:
        return
    was_present = leaver.peer_present
    leaver.peer_present = 0
    leaver.peer_reach = 0.0
    if leaver.peer >= 0:
        peer = world.peers[leaver.peer]
        if peer.vacancy <= 0.0:
            leaver.peer_present = 1
        elif peer.in_relapse == 1 and was_present == 1:
            _miss_peer(leaver, peers, week, log)
        if leaver.episode == OPEN:
            peer.linked_counted += 1
            _stand_beside(leaver, peer, dice, week, log)
    leaver.team_trust = peer_support.team_trust_after_week(
        leaver.team_trust, leaver.peer_reach, peers
    )
    leaver.hope = peer_support.hope_after_week(leaver.hope, leaver.team_trust, peers)


@rule
def _stand_beside(
    leaver: Leaver, peer: PeerPost, dice: Dice, week: int, log: EventLog | None
) -> None:
    """A peer who is there reaches him by what they share; with a new one that is drawn."""
    if leaver.peer_present == 0:
        return
    if leaver.peer_incumbent != peer.incumbent:
        leaver.peer_incumbent = peer.incumbent
        leaver.shared_experience = draw(
            dice, leaver.who, peer.who, Chance.SHARED_EXPERIENCE, peer.incumbent
        )
        note(log, week, leaver.who, Event.PEER_LINKED, 0,
            leaver.shared_experience, leaver.team_trust, leaver.hope, peer.strain)  # fmt: skip
    leaver.peer_reach = peer_support.reach_of_peer(peer.strain, leaver.shared_experience)
    leaver.peer_weeks += 1


@rule
def _miss_peer(leaver: Leaver, peers: Peers, week: int, log: EventLog | None) -> None:
    """His peer has relapsed: a part of the hope and trust that he took over goes."""
    leaver.hope = peer_support.left_after_relapse(leaver.hope, peers.hope_at_start)
    leaver.team_trust = peer_support.left_after_relapse(leaver.team_trust, 0.0)
    note(log, week, leaver.who, Event.PEER_MISSED, 0,
        leaver.team_trust, leaver.hope, leaver.shared_experience, leaver.trust)  # fmt: skip


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


@rule
def survive(leaver: Leaver, theory: Theory, dice: Dice, week: int, log: EventLog | None) -> None:
    """After release a man may die; what he was stands, and nothing more happens to him."""
    weeks_after_release = week - leaver.release_week
    if weeks_after_release < 0:
        return
    hazard = law.death_hazard(weeks_after_release, theory.justice)
    if happens(hazard, draw(dice, leaver.who, week, Chance.DEATH)) == 0:
        return
    note(log, week, leaver.who, Event.DIED, 0,
        hazard, weeks_after_release, leaver.episode, leaver.trust)  # fmt: skip
    leaver.died_week = weeks_after_release
    leaver.queued = NOT_QUEUED
    leaver.contacted = leaver.missed = leaver.engaged = 0
    if leaver.episode == OPEN:
        close_episode(leaver, Exit.DIED, week, log)
    keep_last_state(leaver, weeks_after_release)
