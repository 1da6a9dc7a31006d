"""Peers: people with lived experience who link, accompany and keep hope.

What a peer brings a man is trust by proxy, in the team and not in his practitioner: it carries him
to a first contact, keeps hope and brings him back. Nothing here touches symptoms (White et al.
2020). Peers differ in how far their experience is his and in how firm their own recovery is; their
time is finite, the work strains them, and they need support. All that a peer does adds to what
there would be without one, and a relapse takes back a part of that, never more.
"""

import math
from dataclasses import dataclass

from engager_sim.compilation import rule
from engager_sim.theory.declaration import lever, setting, state, theme_switch, uncertainty
from engager_sim.theory.hazards import happens

BEGINNING_STRAIN = 0.2
"""Strain of a peer who has just started or come back (assumption)."""
FADE = 0.03
"""Part of hope and of team trust that a week without a peer takes back (assumption). Not varied:
over the half year of support it cannot be told from the gains."""
TAKEN_BACK = 0.5
"""Part of what a peer brought that goes with a relapse (assumption)."""
RELAPSE_WEEKS = 6.0
"""Weeks that a peer in relapse is away (assumption)."""


@dataclass
class PeerSupportState:
    """What peers leave with a leaver."""

    # fmt: off
    peer: int = state("index of his peer, -1 without one", "index", -1, 1e9, "allocate", -1)
    peer_present: int = state("whether that place is filled this week", "on/off", 0, 1, "keep_hope")
    peer_incumbent: int = state("which holder of that place he knows, -1 none",
        "number", -1, 1e6, "keep_hope", -1)
    shared_experience: float = state("how far that peer's experience is his own",
        "share", 0, 1, "keep_hope")
    peer_reach: float = state("how far that peer reaches him this week",
        "share", 0, 1, "keep_hope")
    team_trust: float = state("trust in the team that he takes over from a peer",
        "share", 0, 1, "keep_hope")
    hope: float = state("hope that things can change", "share", 0, 1, "keep_hope", "drawn")


@dataclass
class PeerState:
    """How a peer is doing."""

    strain: float = state("strain of the work", "share", 0, 1, "settle_peers", BEGINNING_STRAIN)
    recovery: float = state("how firm own recovery is", "share", 0, 1, "replace_peers", "drawn")
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
    vicarious_trust: float = uncertainty(0.10, 0.05, 0.20, "share per week",
        "weekly growth of trust in the team beside a peer who reaches him fully")
    hope_gain: float = uncertainty(0.04, 0.0, 0.10, "share per week",
        "weekly gain of hope at full trust in the team")
    accompaniment_odds: float = uncertainty(1.5, 1.0, 2.0, "odds ratio",
        "attending the first contact outside at full trust in the team")
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
    annual_relapse: float = uncertainty(0.12, 0.03, 0.30, "share per year",
        "peers of middling recovery who relapse within a year when as well supported as strained")
    leaving_strain: float = uncertainty(2.0, 0.0, 4.0, "log hazard",
        "how much full strain raises the hazards of stopping and of relapse")
    replacement_weeks: float = setting(10.0, 2.0, 26.0, "weeks",
        "weeks until a peer who stopped is replaced")


@rule
def men_a_peer_can_take(peers: Peers) -> int:
    """Men that one peer has time for: ``floor(hours / hours_per_man)``.

    Arithmetic; it claims nothing about people.
    """
    return math.floor(peers.hours / peers.hours_per_man)


@rule
def reach_of_peer(strain: float, shared_experience: float) -> float:
    """How far a peer who is there reaches a man: ``(1 - s)(1 + m) / 2``.

    m is how far the two have been through the same. Having been inside is common to all peers and
    counts half (assumption).
    """
    return (1.0 - strain) * 0.5 * (1.0 + shared_experience)


@rule
def team_trust_after_week(team_trust: float, peer_reach: float, peers: Peers) -> float:
    """Trust in the team after a week: ``V + v r (1 - V)`` beside a peer, else ``V (1 - f)``.

    It is not trust in his practitioner and opens no disclosure (assumption).
    """
    if peer_reach > 0.0:
        return team_trust + peers.vicarious_trust * peer_reach * (1.0 - team_trust)
    return team_trust - FADE * team_trust


@rule
def hope_after_week(hope: float, team_trust: float, peers: Peers) -> float:
    """Hope after a week: ``H + g V (1 - H) + f (H0 - H)``, V being trust in the team.

    Claims that hope follows from seeing that it can be done, and returns to where it began as that
    fades (assumption).
    """
    gained = peers.hope_gain * team_trust * (1.0 - hope)
    return hope + gained + FADE * (peers.hope_at_start - hope)


@rule
def left_after_relapse(level: float, before: float) -> float:
    """What is left of hope or team trust when his peer relapses: ``x - t max(0, x - before)``.

    before is the level without any peer: a relapse takes back a part of what the peer brought
    (assumption).
    """
    return level - TAKEN_BACK * max(0.0, level - before)


@rule
def accompaniment(team_trust: float, peers: Peers) -> float:
    """Log-odds that trust in the team adds to attending a first contact outside: ``V log(OR)``.

    Assumption: an odds ratio of 1.0-2.0 at full trust, 1.0 included.
    """
    return team_trust * math.log(peers.accompaniment_odds)


@rule
def brings_back(peer_reach: float, peers: Peers, uniform: float) -> int:
    """Decide whether a peer brings about contact after a miss: ``P = b r``.

    Assumption.
    """
    return 1 if uniform < peers.recontact_after_miss * peer_reach else 0


@rule
def outreach_with_peer(follow_up: float, team_trust: float, peers: Peers) -> float:
    """How persistently a man is drawn back once he trusts the team: ``f + (1 - f) r V``.

    Claims that trust in the team closes a part of the gap that the team's own follow-up f leaves,
    with the persistence r that a peer has after a miss (assumption).
    """
    return follow_up + (1.0 - follow_up) * peers.recontact_after_miss * team_trust


@rule
def bridge_to_services(peer_reach: float, peers: Peers) -> float:
    """Multiplier on the take-up of other services: ``1 + b r``.

    Assumption.
    """
    return 1.0 + peers.bridge * peer_reach


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


@rule
def relapse_hazard(strain: float, recovery: float, peers: Peers) -> float:
    """Weekly hazard of a peer's relapse: ``-log(1 - a) / 52 x 2 (1 - R) exp(k (s - p))``.

    R is how firm own recovery is and p the support. Claims that strain endangers recovery and
    support shields it (assumption).
    """
    weekly = -math.log(1.0 - peers.annual_relapse) / 52.0
    return (
        weekly * 2.0 * (1.0 - recovery) * math.exp(peers.leaving_strain * (strain - peers.support))
    )


@rule
def peer_returns(peers: Peers, uniform: float) -> int:
    """Decide whether a peer comes back from a relapse or stops for good: ``P = (1 + p) / 2``.

    Claims that support brings peers back (assumption).
    """
    return 1 if uniform < 0.5 * (1.0 + peers.support) else 0
