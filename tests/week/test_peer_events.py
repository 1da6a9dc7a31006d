"""Peers stop, relapse and come back; what that leaves with the men they stand beside."""

import pytest

from engager_sim.theory.peers import BEGINNING_STRAIN, RELAPSE_WEEKS
from engager_sim.week import contact, episode, life, staff
from engager_sim.week.event_log import Event
from engager_sim.world.records import CLOSED, OPEN
from tests.week.scene import Scene


@pytest.fixture
def beside(scene: Scene) -> Scene:
    """Stage a man who has a peer who is there and rested."""
    peers = scene.world.peers
    peers["vacancy"], peers["strain"], peers["in_relapse"] = 0.0, 0.0, 0
    leaver = scene.leaver
    leaver.peer, leaver.peer_incumbent, leaver.hope, leaver.team_trust = 0, -1, 0.3, 0.0
    scene.set("peers", hope_at_start=0.3, hope_gain=0.05, vicarious_trust=0.1)
    return scene


def keep_hope(scene: Scene, week: int | None = None) -> None:
    at = scene.week if week is None else week
    life.keep_hope(scene.leaver, scene.world, scene.theory, scene.dice, at, scene.log)


def replace_peers(scene: Scene, week: int) -> None:
    staff.replace_peers(scene.world, scene.theories, scene.dice, week, scene.log)


def test_replace_peers__a_place_is_filled_again_after_some_weeks(beside: Scene) -> None:
    peers = beside.world.peers
    peers["vacancy"], peers["strain"], peers["incumbent"] = 1.0, 0.9, 3
    recovery = peers["recovery"].copy()
    replace_peers(beside, beside.week)
    assert (peers["vacancy"] == 0.0).all()
    assert (peers["strain"] == BEGINNING_STRAIN).all()
    assert (peers["recovery"] != recovery).all()
    assert set(beside.events()) == {Event.PEER_STARTED}


def test_replace_peers__a_peer_in_relapse_is_away_and_comes_back_with_support(
    beside: Scene,
) -> None:
    peers = beside.world.peers
    beside.set("peers", annual_leaving=0.0, annual_relapse=0.999999, support=1.0)
    peers["strain"], peers["recovery"] = 1.0, 0.0
    week = beside.week
    while peers["in_relapse"][0] == 0:
        replace_peers(beside, week)
        week += 1
        assert week < beside.week + 400
    assert peers["vacancy"][0] == RELAPSE_WEEKS
    incumbent = int(peers["incumbent"][0])
    beside.set("peers", annual_relapse=0.0)
    for later in range(int(RELAPSE_WEEKS)):
        replace_peers(beside, week + later)
    assert (peers["vacancy"][0], peers["in_relapse"][0]) == (0.0, 0)
    assert peers["incumbent"][0] == incumbent
    assert peers["strain"][0] == BEGINNING_STRAIN
    assert {Event.PEER_RELAPSED, Event.PEER_RETURNED} <= set(beside.events())


def test_replace_peers__a_relapse_may_end_in_stopping(beside: Scene) -> None:
    peers = beside.world.peers
    beside.set("peers", annual_leaving=0.0, annual_relapse=0.0, support=0.0)
    stopped = returned = 0
    for week in range(60):
        peers["vacancy"], peers["in_relapse"] = 1.0, 1
        incumbent = int(peers["incumbent"][0])
        replace_peers(beside, beside.week + week)
        if peers["incumbent"][0] == incumbent:
            returned += 1
        else:
            stopped += 1
            assert peers["vacancy"][0] == beside.theory.peers.replacement_weeks
        assert peers["in_relapse"][0] == 0
    assert stopped > 0
    assert returned > 0


def test_keep_hope__trust_in_the_team_and_hope_grow_beside_a_peer(beside: Scene) -> None:
    leaver, peers = beside.leaver, beside.world.peers
    trust, counted = float(leaver.trust), int(peers["linked_counted"][0])
    keep_hope(beside)
    assert peers["linked_counted"][0] == counted + 1
    assert leaver.team_trust == pytest.approx(0.1 * leaver.peer_reach)
    assert leaver.hope > 0.3
    assert leaver.peer_present == 1
    assert leaver.trust == trust
    assert beside.events() == [Event.PEER_LINKED]


def test_keep_hope__a_relapse_after_support_has_ended_takes_nothing_from_him(beside: Scene) -> None:
    leaver, peer = beside.leaver, beside.world.peers[beside.leaver.peer]
    leaver.episode = CLOSED
    keep_hope(beside)
    assert leaver.peer_present == 0
    peer.vacancy, peer.in_relapse = 4.0, 1
    keep_hope(beside)
    assert Event.PEER_MISSED not in beside.events()


def test_keep_hope__shared_experience_belongs_to_the_pair(beside: Scene) -> None:
    leaver = beside.leaver
    keep_hope(beside)
    first = float(leaver.shared_experience)
    keep_hope(beside, beside.week + 1)
    assert leaver.shared_experience == first
    beside.world.peers["incumbent"][0] += 1
    keep_hope(beside, beside.week + 2)
    assert leaver.shared_experience != first
    assert beside.events().count(Event.PEER_LINKED) == 2


def test_keep_hope__a_relapse_takes_back_a_part_once_and_never_more_than_the_peer_brought(
    beside: Scene,
) -> None:
    leaver, peers = beside.leaver, beside.world.peers
    leaver.hope, leaver.team_trust, leaver.peer_present = 0.7, 0.6, 1
    peers["vacancy"], peers["in_relapse"] = 4.0, 1
    keep_hope(beside)
    assert leaver.team_trust == pytest.approx(0.3, abs=0.02)
    assert leaver.hope == pytest.approx(0.5, abs=0.02)
    assert (leaver.peer_present, leaver.peer_reach) == (0, 0.0)
    hope = float(leaver.hope)
    keep_hope(beside, beside.week + 1)
    assert leaver.hope > 0.3
    assert leaver.hope == pytest.approx(hope, abs=0.02)
    assert beside.events() == [Event.PEER_MISSED]


def test_keep_hope__once_support_is_over_trust_in_the_team_fades(beside: Scene) -> None:
    leaver = beside.leaver
    leaver.episode, leaver.team_trust = CLOSED, 0.5
    keep_hope(beside)
    assert leaver.team_trust < 0.5
    assert leaver.peer_reach == 0.0


def test_meet__trust_in_the_team_helps_to_a_first_contact_outside_and_to_no_other(
    beside: Scene,
) -> None:
    leaver = beside.leaver
    beside.set("peers", accompaniment_odds=2.0)
    chances = []
    for team_trust, attended in ((0.0, 0), (1.0, 0), (0.0, 3), (1.0, 3)):
        leaver.team_trust, leaver.attended_free = team_trust, attended
        leaver.planned, leaver.missed_in_a_row = 1, 0
        before = leaver.copy()
        contact.meet(leaver, beside.post, beside.theory, beside.dice, beside.week, beside.log)
        row = next(
            row
            for row in beside.log.rows[: beside.log.used[0]][::-1]
            if row["event"] in (Event.ATTENDED, Event.MISSED)
        )
        chances.append(float(row["values"][0]))
        beside.world.leavers[beside.index] = before
    assert chances[1] / (1.0 - chances[1]) == pytest.approx(2.0 * chances[0] / (1.0 - chances[0]))
    assert chances[2] == chances[3]


def test_come_back__trust_in_the_team_brings_men_back(beside: Scene) -> None:
    leaver = beside.leaver
    beside.set("peers", recontact_after_miss=0.6)
    beside.set("client_engagement", follow_up=0.0)
    beside.set("ways_out", recontact=0.0, recontact_outreach=1.0)
    beside.set("preparations_for_ending", support_weeks=52.0)
    back = []
    for team_trust in (0.0, 1.0):
        came = 0
        for week in range(beside.week, beside.week + 20):
            leaver.episode, leaver.exit, leaver.team_trust = CLOSED, 2, team_trust
            leaver.exit_week = beside.week - leaver.release_week - 4
            episode.come_back(leaver, beside.post, beside.theory, beside.dice, week, None)
            came += int(leaver.episode == OPEN)
        back.append(came)
    assert back[0] == 0
    assert back[1] > 0
