"""Peers: trust by proxy, hope, and peers themselves (7.7)."""

import math

from engager_sim.week.event_log import Event
from engager_sim.world.dice import Chance
from tests.replication.numbers import happens
from tests.replication.records import OPEN, Record, Theory, World

FADE = 0.03
WEEKS_OF_RELAPSE = 6.0
STRAIN_AT_START = 0.2


def men_a_peer_can_take(theory: Theory) -> int:
    """``floor(hours / hours_per_man)``."""
    men: int = math.floor(theory.peers.hours / theory.peers.hours_per_man)
    return men


def is_there(peer: Record) -> bool:
    """Tell whether a peer's place is filled and the peer not away."""
    return bool(peer.vacancy <= 0.0)


def replace_peers(world: World) -> None:
    """Peers stop, or relapse and may come back; their places are filled again after some weeks."""
    for index, peer in enumerate(world.peers):
        theory = world.theories[world.teams[peer.team].arm]
        if not theory.peers.on:
            continue
        if peer.vacancy > 0.0:
            peer.vacancy = max(0.0, peer.vacancy - 1.0)
            if peer.vacancy == 0.0:
                fill_or_return(world, theory, index, peer)
        else:
            stop_or_relapse(world, theory, index, peer)


def fill_or_return(world: World, theory: Theory, index: int, peer: Record) -> None:
    """After a relapse a peer comes back with ``P = (1 + p) / 2``, rested, or stops."""
    support = theory.peers.support
    if peer.in_relapse:
        returns = world.uniform_of_staff(peer, Chance.PEER_RETURNS) < (1.0 + support) / 2.0
        peer.in_relapse = 0
        if not returns:
            stop(world, theory, index, peer)
            return
        peer.strain = STRAIN_AT_START
        values = (peer.strain, peer.recovery, support, peer.linked)
        world.note(peer.who, Event.PEER_RETURNED, values)
        return
    peer.recovery = world.uniform_of_taking(peer, Chance.PEER_RECOVERY)
    peer.strain = STRAIN_AT_START
    world.note(peer.who, Event.PEER_STARTED, (peer.strain, peer.linked, index, support))


def stop_or_relapse(world: World, theory: Theory, index: int, peer: Record) -> None:
    """A peer stops, or, if not, may relapse."""
    peers = theory.peers
    stopping = -math.log(1.0 - peers.annual_leaving) / 52.0
    stopping *= math.exp(peers.leaving_strain * (peer.strain - 0.5))
    if happens(stopping, world.uniform_of_staff(peer, Chance.PEER_STOPS)):
        stop(world, theory, index, peer)
        return
    relapse = -math.log(1.0 - peers.annual_relapse) / 52.0 * 2.0 * (1.0 - peer.recovery)
    relapse *= math.exp(peers.leaving_strain * (peer.strain - peers.support))
    if happens(relapse, world.uniform_of_staff(peer, Chance.PEER_RELAPSES)):
        peer.in_relapse = 1
        peer.vacancy = WEEKS_OF_RELAPSE
        values = (peer.strain, peer.recovery, peers.support, relapse)
        world.note(peer.who, Event.PEER_RELAPSED, values)


def stop(world: World, theory: Theory, index: int, peer: Record) -> None:
    """A peer stops; the place is filled again after some weeks."""
    weeks = theory.peers.replacement_weeks
    world.note(peer.who, Event.PEER_STOPPED, (peer.strain, peer.linked, index, weeks))
    peer.incumbent += 1
    peer.vacancy = float(weeks)


def link(world: World, man: Record) -> None:
    """Link a man to the peer of his team who is there, has time and holds fewest."""
    theory = world.theory(man)
    team = world.teams[man.team]
    room = men_a_peer_can_take(theory)
    places = range(team.first_peer, team.first_peer + team.peers)
    free = [i for i in places if is_there(world.peers[i]) and world.peers[i].linked < room]
    if free:
        man.peer = min(free, key=lambda i: world.peers[i].linked)
        world.peers[man.peer].linked += 1


def keep_hope(world: World, man: Record) -> None:
    """Beside a peer a man comes to trust the team and hopes more; without one both fade."""
    theory = world.theory(man).peers
    if not theory.on:
        return
    man.peer_reach = 0.0
    was_present = man.peer_present
    man.peer_present = 0
    if man.peer >= 0:
        peer = world.peers[man.peer]
        if is_there(peer):
            if man.episode == OPEN:
                meet_peer(world, man, peer)
        elif was_present and peer.in_relapse:
            miss_peer(world, man)
        if man.episode == OPEN:
            peer.linked_counted += 1
    reach, trust = man.peer_reach, man.team_trust
    if reach > 0.0:
        man.team_trust = trust + theory.vicarious_trust * reach * (1.0 - trust)
    else:
        man.team_trust = trust * (1.0 - FADE)
    man.hope += theory.hope_gain * man.team_trust * (1.0 - man.hope) + FADE * (
        theory.hope_at_start - man.hope
    )


def meet_peer(world: World, man: Record, peer: Record) -> None:
    """A peer who is there, while his episode is open, reaches him by ``(1 - s)(1 + m) / 2``."""
    man.peer_present = 1
    man.peer_weeks += 1
    if man.peer_incumbent != peer.incumbent:
        man.peer_incumbent = peer.incumbent
        man.shared_experience = world.uniform_of_pair(man, peer)
        values = (man.shared_experience, man.team_trust, man.hope, peer.strain)
        world.note(man.who, Event.PEER_LINKED, values)
    man.peer_reach = (1.0 - peer.strain) * (1.0 + man.shared_experience) / 2.0


def miss_peer(world: World, man: Record) -> None:
    """A relapse takes back a part: ``x - t max(0, x - before)`` is left."""
    start = world.theory(man).peers.hope_at_start
    man.hope -= 0.5 * max(0.0, man.hope - start)
    man.team_trust -= 0.5 * max(0.0, man.team_trust)
    values = (man.team_trust, man.hope, man.shared_experience, man.trust)
    world.note(man.who, Event.PEER_MISSED, values)


def settle_peers(world: World) -> None:
    """``ds = l n/n0 (1 - s) - r (0.3 + 0.7 p) s``, n/n0 at most 1."""
    for peer in world.peers:
        theory = world.theories[world.teams[peer.team].arm]
        peer.linked, peer.linked_counted = peer.linked_counted, 0
        if not is_there(peer) or not theory.peers.on:
            continue
        peers, strain = theory.peers, peer.strain
        load = min(1.0, peer.linked / max(1, men_a_peer_can_take(theory)))
        rest = peers.strain_recovery * (0.3 + 0.7 * peers.support)
        peer.strain = strain + peers.strain_per_load * load * (1.0 - strain) - rest * strain
