"""Peers: people with lived experience who link, accompany and keep hope.

They act on trust, hope and access, never directly on symptoms (White et al. 2020). Their own time
is finite, the work strains them, and they need support.
"""

import math
from dataclasses import dataclass

from engager_sim.compilation import rule
from engager_sim.theory.declaration import lever, state, theme_switch, uncertainty
from engager_sim.theory.hazards import happens

BEGINNING_STRAIN = 0.2
"""Strain of a peer who has just started (assumption)."""


@dataclass
class PeerSupportState:
    """What peers leave with a leaver."""

    peer: int = state("index of his peer, -1 without one", "index", -1, 1e9, "allocate", -1)
    peer_present: int = state("whether that place is filled this week", "on/off", 0, 1, "keep_hope")
    peer_strain: float = state("strain of that peer", "share", 0, 1, "keep_hope")
    hope: float = state("hope that things can change", "share", 0, 1, "keep_hope", "drawn")


@dataclass
class PeerState:
    """How a peer is doing."""

    strain: float = state("strain of the work", "share", 0, 1, "settle_peers", BEGINNING_STRAIN)
    linked: int = state("men linked at the start of the week", "men", 0, 1e9, "settle_peers")


@dataclass(frozen=True)
class Peers:
    """Parameters of peer support."""

    # fmt: off
    on: int = theme_switch("peers")
    hours: float = lever(8.0, 1.0, 37.0, "hours per week", "time that one peer has for men")
    support: float = lever(0.2, 0.0, 1.0, "share",
        "how well peers are themselves supervised and supported",
        anchors=("asked now and then how it goes", "a named contact and a meeting every month",
            "paid time, own supervision every week, somebody to ring on a bad day"))
    hours_per_man: float = uncertainty(1.0, 0.5, 3.0, "hours per week",
        "time of a peer that one linked man takes")
    hope_at_start: float = uncertainty(0.35, 0.1, 0.6, "share",
        "hope when men enter; its reference without peers")
    vicarious_trust: float = uncertainty(0.10, 0.05, 0.20, "share",
        "trust in the team that a man takes over from a peer")
    hope_gain: float = uncertainty(0.04, 0.0, 0.10, "share per week",
        "weekly gain of hope with a peer who is not strained")
    hope_fade: float = uncertainty(0.03, 0.0, 0.10, "share per week",
        "weekly return of hope to where it began, without a peer")
    accompaniment_odds: float = uncertainty(1.5, 1.0, 2.0, "odds ratio",
        "attending the first contact outside when a peer comes along")
    recontact_after_miss: float = uncertainty(0.25, 0.0, 0.6, "probability",
        "chance that a peer brings about contact in the week of a miss")
    bridge: float = uncertainty(0.5, 0.0, 1.5, "ratio",
        "how much more often a man with a peer takes up other services")
    strain_per_load: float = uncertainty(0.03, 0.0, 0.1, "share per week",
        "weekly strain of a peer who is fully used")
    strain_recovery: float = uncertainty(0.08, 0.01, 0.2, "share per week",
        "part of the strain that a well supported week takes away")
    annual_leaving: float = uncertainty(0.25, 0.15, 0.40, "share per year",
        "peers who stop within a year at a strain of one half")
    leaving_strain: float = uncertainty(2.0, 0.0, 4.0, "log hazard",
        "how much full strain raises the hazard of stopping")
    replacement_weeks: float = uncertainty(10.0, 2.0, 26.0, "weeks",
        "weeks until a peer who stopped is replaced")


@rule
def men_a_peer_can_take(peers: Peers) -> int:
    """Men that one peer has time for: ``floor(hours / hours_per_man)``.

    Arithmetic; it claims nothing about people.
    """
    return math.floor(peers.hours / peers.hours_per_man)


@rule
def trust_through_peer(trust: float, peers: Peers) -> float:
    """Trust once a peer vouches for the team: ``T + v (1 - T)`` (0.05-0.20; assumption)."""
    return trust + peers.vicarious_trust * (1.0 - trust)


@rule
def hope_after_week(hope: float, strain: float, linked: int, peers: Peers) -> float:
    """Hope after a week: with a peer it grows by ``g (1 - strain)(1 - hope)``, else it returns.

    Assumption.
    """
    if linked == 1:
        return hope + peers.hope_gain * (1.0 - strain) * (1.0 - hope)
    return hope + peers.hope_fade * (peers.hope_at_start - hope)


@rule
def accompaniment(strain: float, peers: Peers) -> float:
    """Log-odds that a peer who comes along adds to a first contact: ``log(OR)(1 - strain)``.

    Assumption.
    """
    return math.log(peers.accompaniment_odds) * (1.0 - strain)


@rule
def brings_back(strain: float, peers: Peers, uniform: float) -> int:
    """Decide whether a peer brings about contact after a miss: ``P = r (1 - strain)``.

    Assumption.
    """
    return 1 if uniform < peers.recontact_after_miss * (1.0 - strain) else 0


@rule
def outreach_with_peer(follow_up: float, strain: float, peers: Peers) -> float:
    """How persistently a man is looked for once a peer joins in: ``f + (1 - f) r (1 - strain)``.

    Claims that a peer closes a part of the gap that the team's own follow-up f leaves, with the
    persistence r that he has after a miss (assumption).
    """
    return follow_up + (1.0 - follow_up) * peers.recontact_after_miss * (1.0 - strain)


@rule
def bridge_to_services(strain: float, linked: int, peers: Peers) -> float:
    """Multiplier on the take-up of other services: ``1 + b (1 - strain)`` with a peer, else 1.

    Assumption.
    """
    return 1.0 + peers.bridge * (1.0 - strain) if linked == 1 else 1.0


@rule
def strain_of_peer(peer: PeerState, peers: Peers) -> None:
    """Let load strain a peer and support restore: ``ds = l n/n0 (1 - s) - r (0.3 + 0.7 p) s``.

    Assumption.
    """
    capacity = max(1, men_a_peer_can_take(peers))
    load = min(1.0, peer.linked / capacity)
    relief = peers.strain_recovery * (0.3 + 0.7 * peers.support)
    strain = peer.strain
    peer.strain = strain + peers.strain_per_load * load * (1.0 - strain) - relief * strain


@rule
def peer_stops(strain: float, peers: Peers, uniform: float) -> int:
    """Decide whether a peer stops this week; hazard ``-log(1 - a) / 52 exp(k (s - 1/2))``.

    Assumption.
    """
    weekly = -math.log(1.0 - peers.annual_leaving) / 52.0
    hazard = weekly * math.exp(peers.leaving_strain * (strain - 0.5))
    return happens(hazard, uniform)
