"""Events of the week that happen to staff, peers and ties: people leave, come and tire."""

import numpy as np

from engager_sim.compilation import rule
from engager_sim.theory import client_engagement as engagement_rules
from engager_sim.theory import collaboration as together
from engager_sim.theory import effective_ties as ties
from engager_sim.theory import peers as peer_support
from engager_sim.theory import supervision as staff
from engager_sim.theory import turnover as leaving
from engager_sim.theory.hazards import happens
from engager_sim.theory.peers import Peers
from engager_sim.week.event_log import Event, EventLog, note
from engager_sim.world.dice import Chance, Dice, draw, staff_week
from engager_sim.world.population import fill_place, fill_post
from engager_sim.world.records import PROGRAMME, USUAL_CARE, Tie, World


@rule
def replace_staff(
    world: World, theories: np.ndarray, dice: Dice, week: int, log: EventLog | None
) -> None:
    """Practitioners leave; posts stay vacant, or pass over with an overlap; successors start."""
    for index in range(len(world.practitioners)):
        post = world.practitioners[index]
        supervision = theories[post.arm].supervision
        turnover = theories[post.arm].turnover
        if post.vacancy > 0.0:
            post.vacancy -= 1.0
        else:
            uniform = draw(dice, post.who, staff_week(week, post.incumbent), Chance.LEAVES_POST)
            reference = supervision.reference_burnout
            if leaving.leaves_post(post.burnout, reference, turnover, uniform) == 0:
                continue
            overlap = leaving.overlap_in_use(supervision.on, turnover)
            vacancy = leaving.weeks_vacant(supervision.on, overlap, turnover)
            note(log, week, post.who, Event.WORKER_LEFT, 0,
                post.burnout, post.skill, post.cases, vacancy)  # fmt: skip
            post.left += 1
            post.incumbent += 1
            post.vacancy = vacancy
        if post.vacancy <= 0.0:
            post.vacancy = 0.0
            fill_post(post, supervision, dice)
            note(log, week, post.who, Event.POST_FILLED, 0,
                post.skill, post.fidelity, post.burnout, post.cases)  # fmt: skip


@rule
def replace_peers(
    world: World, theories: np.ndarray, dice: Dice, week: int, log: EventLog | None
) -> None:
    """Peers stop, or relapse and may come back; their places are filled again after some weeks."""
    for index in range(len(world.peers)):
        peer = world.peers[index]
        peers = theories[world.teams[peer.team].arm].peers
        if peers.on == 0:
            continue
        if peer.vacancy > 0.0:
            peer.vacancy -= 1.0
            if peer.vacancy <= 0.0:
                peer.vacancy = 0.0
                _fill_or_return(world, index, peers, dice, week, log)
            continue
        uniform = draw(dice, peer.who, staff_week(week, peer.incumbent), Chance.PEER_STOPS)
        if peer_support.peer_stops(peer.strain, peers, uniform) == 1:
            _stop(world, index, peers, week, log)
            continue
        hazard = peer_support.relapse_hazard(peer.strain, peer.recovery, peers)
        uniform = draw(dice, peer.who, staff_week(week, peer.incumbent), Chance.PEER_RELAPSES)
        if happens(hazard, uniform) == 1:
            peer.in_relapse = 1
            peer.vacancy = peer_support.RELAPSE_WEEKS
            note(log, week, peer.who, Event.PEER_RELAPSED, 0,
                peer.strain, peer.recovery, peers.support, hazard)  # fmt: skip


@rule
def _fill_or_return(
    world: World, index: int, peers: Peers, dice: Dice, week: int, log: EventLog | None
) -> None:
    """An empty place is filled; a peer who was away comes back, or stops for good."""
    peer = world.peers[index]
    if peer.in_relapse == 0:
        fill_place(peer, dice)
        note(log, week, peer.who, Event.PEER_STARTED, 0,
            peer.strain, peer.linked, index, peers.support)  # fmt: skip
        return
    peer.in_relapse = 0
    uniform = draw(dice, peer.who, staff_week(week, peer.incumbent), Chance.PEER_RETURNS)
    if peer_support.peer_returns(peers, uniform) == 0:
        _stop(world, index, peers, week, log)
        return
    peer.strain = peer_support.BEGINNING_STRAIN
    note(log, week, peer.who, Event.PEER_RETURNED, 0,
        peer.strain, peer.recovery, peers.support, peer.linked)  # fmt: skip


@rule
def _stop(world: World, index: int, peers: Peers, week: int, log: EventLog | None) -> None:
    """A peer stops; the place stays empty for some weeks."""
    peer = world.peers[index]
    note(log, week, peer.who, Event.PEER_STOPPED, 0,
        peer.strain, peer.linked, index, peers.replacement_weeks)  # fmt: skip
    peer.incumbent += 1
    peer.vacancy = peers.replacement_weeks


@rule
def look_around(world: World) -> None:
    """Each team sees how closely it is tied to agencies that enforce orders."""
    for index in range(len(world.teams)):
        team = world.teams[index]
        strongest = 0.0
        for other in range(len(world.agencies)):
            tie = world.pair[team.agency, other]
            if tie >= 0 and world.agencies[other].enforces == 1:
                strongest = max(strongest, world.ties[tie].strength)
        team.enforcer_tie = ties.effective_tie(strongest, team.load)


@rule
def settle_ties(world: World, theories: np.ndarray) -> None:
    """Ties grow with joint work, decay without it, suffer from failures and from those who left."""
    for index in range(len(world.ties)):
        tie = world.ties[index]
        collaboration = theories[_arm_of(world, tie)].collaboration
        if collaboration.on == 1:
            together.settle_tie(tie, collaboration)
    for index in range(len(world.practitioners)):
        post = world.practitioners[index]
        if post.left > post.left_felt:
            turnover = theories[post.arm].turnover
            overlap = leaving.overlap_in_use(theories[post.arm].supervision.on, turnover)
            share_lost = leaving.trust_lost_at_change(overlap, turnover)
            _feel_departure(world, theories, post.agency, share_lost)
        post.left_felt = post.left


@rule
def _arm_of(world: World, tie: Tie) -> int:
    """The arm that a tie serves: the programme if one of its agencies takes part, or usual care."""
    reached = world.agencies[tie.first].has_programme + world.agencies[tie.second].has_programme
    return PROGRAMME if reached > 0 else USUAL_CARE


@rule
def _feel_departure(world: World, theories: np.ndarray, agency: int, share_lost: float) -> None:
    """A practitioner who left takes a part of every tie of the agency along."""
    for other in range(len(world.agencies)):
        index = world.pair[agency, other]
        if index < 0:
            continue
        tie = world.ties[index]
        if theories[_arm_of(world, tie)].collaboration.on == 1:
            posts = world.agencies[agency].posts
            tie.strength = ties.tie_after_departure(tie.strength, posts, share_lost)


@rule
def settle_staff(world: World, theories: np.ndarray) -> None:
    """Caseload and crises counted over the week wear practitioners out; rest restores them."""
    for index in range(len(world.practitioners)):
        post = world.practitioners[index]
        post.cases, post.parts = post.cases_counted, post.parts_counted
        post.difficult_week = staff.difficult_share(post.crises_counted, post.cases)
        post.cases_counted = post.parts_counted = post.crises_counted = 0
        post.gate_meetings, post.gate_counted = post.gate_counted, 0
        if post.vacancy > 0.0:
            continue
        supervision = theories[post.arm].supervision
        engagement = theories[post.arm].client_engagement
        cases = post.cases + engagement.other_cases
        contacts = engagement_rules.contacts_meant(engagement)
        carried = staff.manageable(contacts, supervision)
        staff.strain(post, cases, carried, supervision)
        post.weeks_filled += 1
        post.burnout_sum += post.burnout
        if post.cases > 0:
            post.cases_sum += cases
            post.weeks_with_cases += 1


@rule
def settle_peers(world: World, theories: np.ndarray) -> None:
    """Load strains peers, support restores them."""
    for index in range(len(world.peers)):
        peer = world.peers[index]
        peer.linked = peer.linked_counted
        peer.linked_counted = 0
        peers = theories[world.teams[peer.team].arm].peers
        if peers.on == 1 and peer.vacancy <= 0.0:
            peer_support.strain_of_peer(peer, peers)
