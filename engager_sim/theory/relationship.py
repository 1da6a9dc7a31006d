"""The relationship between a leaver and his practitioner: rapport, trust and understanding.

The chain through which the themes act. Three states with different dynamics: *rapport* is fast,
fades without contact, drives attendance and opens the way for trust; *trust* is slow, asymmetric,
read in the light of earlier experience, and drives disclosure and staying; *understanding* needs
disclosure and decides how well help fits the man. Collaboration and supervision are gates on how
fast the three grow; time and respect count in every contact.
"""

import math
from dataclasses import dataclass

from engager_sim.compilation import rule
from engager_sim.theory.declaration import Role, category, state, uncertainty

GATED, ADDITIVE = 0, 1


@dataclass
class RelationshipState:
    """What a leaver carries of his relationship; all in [0, 1]."""

    # fmt: off
    prior_trust: float = state("trust in helpers that he brings from earlier life",
        "share", 0, 1, "enter", "drawn")
    rapport: float = state("ease and warmth with his practitioner", "share", 0, 1, "meet")
    trust: float = state("reliance on his practitioner's goodwill", "share", 0, 1, "meet", "drawn")
    understanding: float = state("how deeply practitioner and man understand his concerns together",
        "share", 0, 1, "meet")


@dataclass(frozen=True)
class Relationship:
    """Parameters of the relationship."""

    # fmt: off
    coupling: int = category(GATED, ("gated", "additive"), Role.UNCERTAINTY,
        "how collaboration and supervision combine: as gates that multiply, or as a sum",
        "Lennox 2021")
    collaboration_floor: float = uncertainty(0.15, 0.05, 0.5, "share",
        "speed of growth left when agencies share no practice at all")
    supervision_floor: float = uncertainty(0.15, 0.05, 0.5, "share",
        "speed of growth left when practice is not supported at all")
    prior_trust_median: float = uncertainty(0.28, 0.2, 0.4, "share",
        "median trust in helpers that men bring from earlier life")
    prior_trust_spread: float = uncertainty(0.45, 0.1, 1.0, "log-odds",
        "spread of prior trust between men, as a logistic scale")
    rapport_growth: float = uncertainty(0.45, 0.15, 0.8, "share per contact",
        "growth of rapport in an unhurried contact, gates open")
    rapport_fade: float = uncertainty(0.08, 0.02, 0.25, "share per week",
        "rapport lost in a week without contact")
    trust_growth: float = uncertainty(0.16, 0.08, 0.32, "share per contact",
        "growth of trust in an unhurried contact of full respect and rapport, gates open")
    rapport_opens: float = uncertainty(0.5, 0.2, 1.0, "share",
        "speed of trust's growth that is left without any rapport")
    trust_loss_ratio: float = uncertainty(3.0, 2.0, 6.0, "ratio",
        "how much more one bad event weighs than one good contact")
    anchoring: float = uncertainty(0.4, 0.0, 0.8, "share",
        "how far events are read to fit the trust a man came with")
    understanding_growth: float = uncertainty(0.25, 0.08, 0.5, "share per contact",
        "growth of understanding at full disclosure, gates open")
    unhurried_hours: float = uncertainty(0.6, 0.3, 1.2, "hours",
        "length of a contact at which 63% of what time can do is done")
    candour_base: float = uncertainty(0.6, 0.3, 0.9, "share",
        "openness of practitioners whose roles do not conflict and who are not in a hurry")
    candour_relief: float = uncertainty(0.6, 0.2, 0.9, "share",
        "part of the loss of trust averted by owning up")


@rule
def gate(openness: float, floor: float) -> float:
    """Speed that a condition allows: ``floor + (1 - floor) x``.

    Parameters
    ----------
    openness : float
        How far the condition is met, x in [0, 1].
    floor : float
        Speed left when it is not met at all, in [0, 1].

    Notes
    -----
    Assumption: linear between floor and 1.
    """
    return floor + (1.0 - floor) * openness


@rule
def growth_speed(
    shared_practice: float, supported_practice: float, relationship: Relationship
) -> float:
    """How fast a relationship can grow, given how agencies and supervision hold the practitioner.

    gated: ``gate(x_c, f_c) gate(x_s, f_s)``; additive (the rival theory):
    ``f_c f_s + (1 - f_c f_s)(x_c + x_s) / 2``, equal to the first at (0, 0) and at (1, 1).

    Parameters
    ----------
    shared_practice : float
        x_c in [0, 1], from the ties of the agencies that serve this man.
    supported_practice : float
        x_s in [0, 1], the practitioner's skill x fidelity x (1 - burnout).

    Returns
    -------
    float
        Multiplier in [f_c f_s, 1].

    Notes
    -----
    Claims that collaboration and supervision are preconditions of the relationship: practitioners
    often could not build it without both (Lennox et al. 2021, abstract). That preconditions
    multiply is this model's reading (assumption). It does not claim a size.
    """
    collaboration_floor = relationship.collaboration_floor
    supervision_floor = relationship.supervision_floor
    if relationship.coupling == ADDITIVE:
        floor = collaboration_floor * supervision_floor
        return floor + (1.0 - floor) * 0.5 * (shared_practice + supported_practice)
    return gate(shared_practice, collaboration_floor) * gate(supported_practice, supervision_floor)


@rule
def time_together(hours: float, relationship: Relationship) -> float:
    """Worth of a contact's length: ``h = 1 - exp(-hours / unhurried_hours)``, below 1.

    Claims that rapport and trust need unhurried contact (Lennox et al. 2021, abstract), and that
    more time helps over the whole range of contacts, though less and less (form: assumption).
    """
    return 1.0 - math.exp(-hours / relationship.unhurried_hours)


@rule
def candour(role_conflict: float, relationship: Relationship) -> float:
    """How openly a role allows a practitioner to speak: ``b (1 - conflict)``.

    Claims that who must enforce as well can say less of what can be done and what must be reported
    (assumption). Skill has no part in it.
    """
    return relationship.candour_base * (1.0 - role_conflict)


@rule
def respect(
    role_conflict: float, together: float, own_goals: float, relationship: Relationship
) -> float:
    """Respect that a contact shows, in [0, 1]: ``q = (o (1 + h) / 2 + goals) / 2``.

    Parameters
    ----------
    together : float
        h from :func:`time_together`; hurry takes up to half of the openness o (:func:`candour`).
    own_goals : float
        How far the goals worked on are the man's own, in [0, 1].

    Notes
    -----
    Claims that being told openly what can be done and what must be reported, and working on goals
    of his own, make up respectful, open and honest communication (Lennox et al. 2021, abstract),
    in every contact and not only after failures. That the two weigh alike is an assumption. Skill
    has no part in it: it multiplies growth in the gate only.
    """
    openness = candour(role_conflict, relationship) * 0.5 * (1.0 + together)
    return 0.5 * (openness + own_goals)


@rule
def read_good_event(prior_trust: float, relationship: Relationship) -> float:
    """Weight of a good event for a man of this prior trust: ``1 - a (1 - prior)``.

    Claims that events are read to fit firm prior beliefs (Poortinga & Pidgeon 2004); ``a`` is
    ``anchoring`` (assumption).
    """
    return 1.0 - relationship.anchoring * (1.0 - prior_trust)


@rule
def read_bad_event(prior_trust: float, relationship: Relationship) -> float:
    """Weight of a bad event for a man of this prior trust: ``1 - a prior`` (see above).

    Assumption.
    """
    return 1.0 - relationship.anchoring * prior_trust


@rule
def grow(
    leaver: RelationshipState, speed: float, together: float, respect_shown: float,
    relationship: Relationship,
) -> None:  # fmt: skip
    """Let one attended contact build rapport, trust and understanding.

    ``dR = r s h (1 - R)``, ``dT = t s h q (f + (1 - f) R) w (1 - T)``, ``dU = u s h T (1 - U)``
    with s the growth speed, h the worth of the time together, q the respect shown, w how the man
    reads good events; disclosure is T. R and T stand as they did before the contact.

    Parameters
    ----------
    leaver : RelationshipState
        Changed in place.
    speed : float
        From :func:`growth_speed`, in [0, 1]. The practitioner's skill multiplies growth here only.
    together : float
        From :func:`time_together`, in [0, 1].
    respect_shown : float
        From :func:`respect`, in [0, 1].

    Notes
    -----
    The chain of time, respect, rapport and trust is in Lennox et al. (2021, abstract); that rapport
    opens the way for trust is the reading of it here. Trust forms by about three months in
    probation (Sturm et al. 2022). Forms and rates: assumption.
    """
    pace = speed * together
    disclosure = leaver.trust
    opened = gate(leaver.rapport, relationship.rapport_opens)
    weight = respect_shown * opened * read_good_event(leaver.prior_trust, relationship)
    leaver.rapport += relationship.rapport_growth * pace * (1.0 - leaver.rapport)
    leaver.trust += relationship.trust_growth * pace * weight * (1.0 - leaver.trust)
    leaver.understanding += (
        relationship.understanding_growth * pace * disclosure * (1.0 - leaver.understanding)
    )


@rule
def fade(leaver: RelationshipState, relationship: Relationship) -> None:
    """Let rapport fade in a week without contact; trust and understanding keep (assumption)."""
    leaver.rapport -= relationship.rapport_fade * leaver.rapport


@rule
def disappoint(
    leaver: RelationshipState, severity: float, owned_up: int, relationship: Relationship
) -> float:
    """Lose trust over something that went wrong; return the trust lost.

    ``dT = -min(1, l t v w)(1 - o c) T`` with l the loss ratio, t the growth rate of trust, v
    severity, w how the man reads bad events, o = 1 if the practitioner owned up, c the relief of
    candour.

    Parameters
    ----------
    severity : float
        From 0 (nothing) to 1 (a grave breach).
    owned_up : int
        1 if the practitioner said so openly, else 0.

    Notes
    -----
    Experienced negative events weigh more than positive ones (Zhu et al. 2023); a ratio of 2-6 is
    an assumption. Respectful, open, honest communication is in Lennox et al. (2021, abstract).
    """
    averted = relationship.candour_relief if owned_up == 1 else 0.0
    weight = read_bad_event(leaver.prior_trust, relationship)
    share = relationship.trust_loss_ratio * relationship.trust_growth * severity * weight
    lost = min(1.0, share) * (1.0 - averted) * leaver.trust
    leaver.trust -= lost
    return lost


@rule
def pass_to_successor(leaver: RelationshipState, share_lost: float, kept: float) -> None:
    """Let a new practitioner take over: ``dT = -l T``, ``dR = -l R``, and U falls to ``k U``.

    Parameters
    ----------
    share_lost : float
        l, the share of trust and of rapport that the change costs, in [0, 1].
    kept : float
        k, the share of understanding that reaches the successor, in [0, 1].

    Notes
    -----
    A change of worker lowers trust (Sturm, thesis). That rapport goes in the same proportion, and
    that it costs a man of more trust more, is an assumption.
    """
    leaver.trust -= share_lost * leaver.trust
    leaver.rapport -= share_lost * leaver.rapport
    leaver.understanding *= kept


@rule
def owns_up(skill: float, role_conflict: float, relationship: Relationship, uniform: float) -> int:
    """Decide whether a practitioner says openly that a promise or message failed.

    ``P = b (1 - conflict)(1 + skill) / 2``: half as likely without any skill (assumption; owning up
    needs openness, and skill to do it).
    """
    probability = candour(role_conflict, relationship) * 0.5 * (1.0 + skill)
    return 1 if uniform < probability else 0


@rule
def alliance(rapport: float, trust: float, understanding: float) -> float:
    """Strength of the working alliance as an observer would rate it: the mean of the three.

    Assumption.
    """
    return (rapport + trust + understanding) / 3.0
