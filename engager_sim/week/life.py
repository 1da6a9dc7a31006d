"""Events of the week that happen to a man whatever any service does, and what he makes of them."""

from engager_sim.compilation import rule
from engager_sim.theory import Theory
from engager_sim.theory import circumstances as situation
from engager_sim.theory import client_motivation as motive
from engager_sim.theory import justice as law
from engager_sim.theory import peers as peer_support
from engager_sim.theory import services as help_rules
from engager_sim.theory import therapeutic_approach as therapy
from engager_sim.theory.hazards import happens
from engager_sim.theory.peers import Peers
from engager_sim.theory.services import IN_SERVICE
from engager_sim.theory.ways_out import Exit
from engager_sim.week.episode import close_episode
from engager_sim.week.event_log import Event, EventLog, note
from engager_sim.week.observation import keep_last_state
from engager_sim.world.dice import Chance, Dice, draw
from engager_sim.world.four_draws import draw_three
from engager_sim.world.records import NOT_QUEUED, OPEN, Leaver, PeerPost, World


@rule
def live_on(leaver: Leaver, theory: Theory, dice: Dice, week: int, log: EventLog | None) -> None:
    """Housing is found or lost, needs return, crises break out and pass, distress follows."""
    circumstances, who = theory.circumstances, leaver.who
    at_liberty = 1 if leaver.place == law.AT_LIBERTY else 0
    of_crisis, of_distress, of_housing = draw_three(
        dice, who, week, Chance.CRISIS, Chance.DISTRESS, Chance.HOUSING
    )
    if at_liberty == 1:
        _find_or_lose_housing(leaver, theory, of_housing, week, log)
    for need in range(1, situation.NEEDS):
        leaver.need[need] = situation.need_returns(
            leaver.need[need], leaver.need_level[need], circumstances
        )
    leaver.needs_mean = situation.mean_of_needs(leaver)
    happened = situation.crisis_happens(
        leaver.needs_mean, leaver.coping, at_liberty, circumstances, of_crisis
    )
    leaver.crisis = situation.crisis_after_week(
        leaver.crisis, happened, leaver.just_released, circumstances
    )
    approach = theory.therapeutic_approach
    if approach.on == 1:
        therapy.coping_fades(leaver, approach)
    therapy.stirred_up_fades(leaver, approach)
    gained = therapy.coping_gained(leaver, approach)
    leaver.distress = situation.distress_after_week(leaver, gained, circumstances, of_distress)
    if happened == 1:
        note(log, week, who, Event.CRISIS, 0,
            leaver.crisis, leaver.needs_mean, leaver.coping, leaver.distress)  # fmt: skip


@rule
def _find_or_lose_housing(
    leaver: Leaver, theory: Theory, uniform: float, week: int, log: EventLog | None
) -> None:
    """Find or lose stable accommodation."""
    stage = leaver.service[situation.HOUSING]
    helped = 1 if stage == IN_SERVICE else 0
    factor = help_rules.housing_help_factor(stage, theory.services)
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
    motive.settle_motivation(leaver, leaver.autonomous_at_entry, leaver.on_licence, motivation)
    weighed = motive.weight_of_situation(leaver.needs_mean, leaver.distress)
    out = week - leaver.release_week
    motive.perceive(leaver, motive.felt_need(weighed, leaver.crisis, out, motivation))
    if leaver.episode == OPEN and motivation.on == 1:
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
            leaver.peer_present = 1 if leaver.episode == OPEN else 0
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
def survive(leaver: Leaver, theory: Theory, dice: Dice, week: int, log: EventLog | None) -> None:
    """After release a man may die; what he was stands, and nothing more happens to him."""
    weeks_after_release = week - leaver.release_week
    if weeks_after_release < 0:
        return
    uniform = draw(dice, leaver.who, week, Chance.DEATH)
    if uniform >= theory.justice.death_year:
        return  # no week is as deadly as the year it belongs to: spares two powers
    hazard = law.death_hazard(weeks_after_release, theory.justice)
    if happens(hazard, uniform) == 0:
        return
    note(log, week, leaver.who, Event.DIED, 0,
        hazard, weeks_after_release, leaver.episode, leaver.trust)  # fmt: skip
    leaver.died_week = weeks_after_release
    leaver.queued = NOT_QUEUED
    leaver.contacted = leaver.missed = leaver.engaged = 0
    if leaver.episode == OPEN:
        close_episode(leaver, Exit.DIED, week, log)
    keep_last_state(leaver, theory, dice, week)
