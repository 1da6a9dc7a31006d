"""Preparations for ending: raised, tapered, closed, and what carries over.

An ending raised early, tapered and with a working link elsewhere is a loss that a man expects and
survives; an abrupt one repeats past abandonment and leaves trust below where it began.
"""

from dataclasses import dataclass

from engager_sim.compilation import rule
from engager_sim.theory.declaration import lever, state, theme_switch, uncertainty

NOT_RAISED, RAISED, TAPERING, CLOSED_PLANNED, CLOSED_UNPLANNED = 0, 1, 2, 3, 4


@dataclass
class EndingState:
    """Where a leaver's episode stands on its way to an end."""

    # fmt: off
    ending: int = state(
        "0 not raised, 1 raised, 2 tapering, 3 closed as planned, 4 closed unplanned",
        "code", 0, 4, "prepare_ending")
    joint_ending: int = state("whether the next service joined a contact before the end",
        "on/off", 0, 1, "prepare_ending")


@dataclass(frozen=True)
class PreparationsForEnding:
    """Parameters of preparations for ending."""

    # fmt: off
    on: int = theme_switch("preparations for ending")
    support_weeks: float = lever(26.0, 2.0, 52.0, "weeks",
        "weeks after release at which support ends")
    reference_weeks: float = uncertainty(26.0, 2.0, 52.0, "weeks",
        "the same, where preparations for ending are switched off")
    preparation: float = lever(0.1, 0.0, 1.0, "probability",
        "chance that an ending is raised with a man in good time")
    taper_weeks: float = lever(2.0, 0.0, 8.0, "weeks", "weeks of fewer contacts before the end")
    joint_contact: float = lever(0.1, 0.0, 1.0, "probability",
        "chance that a joint contact with the next service is sought")
    raise_weeks: float = uncertainty(3.0, 1.0, 8.0, "weeks",
        "weeks before tapering at which an ending is raised")
    planned_shock: float = uncertainty(0.04, 0.0, 0.1, "share", "trust lost over a prepared ending")
    abrupt_shock: float = uncertainty(0.25, 0.1, 0.4, "share",
        "trust lost, below where it began, over an abrupt ending")
    abandonment: float = uncertainty(0.10, 0.0, 0.60, "share",
        "part of what can be stirred up that losing his practitioner stirs in a man of full trust")
    carried_jointly: float = uncertainty(0.45, 0.2, 0.6, "share",
        "trust carried to the next service after a joint contact")
    carried_alone: float = uncertainty(0.10, 0.0, 0.2, "share",
        "trust carried to the next service otherwise")


@rule
def weeks_of_support(ending: PreparationsForEnding) -> float:
    """Weeks after release at which support ends: the lever, or its reference with the theme off.

    Arithmetic; it claims nothing about people.
    """
    return ending.support_weeks if ending.on == 1 else ending.reference_weeks


@rule
def stage(weeks_to_end: float, is_prepared: int, ending: PreparationsForEnding) -> int:
    """Stage of the ending, given the weeks left and whether this man's is prepared.

    Raised ``raise_weeks`` before tapering, tapering for ``taper_weeks``, then closed; an ending
    that nobody prepared stays unraised until support stops (assumption).
    """
    if weeks_to_end <= 0.0:
        return CLOSED_PLANNED if is_prepared == 1 else CLOSED_UNPLANNED
    if is_prepared == 0:
        return NOT_RAISED
    if weeks_to_end <= ending.taper_weeks:
        return TAPERING
    if weeks_to_end <= ending.taper_weeks + ending.raise_weeks:
        return RAISED
    return NOT_RAISED


@rule
def trust_after_ending(
    trust: float, prior_trust: float, was_planned: int, ending: PreparationsForEnding
) -> float:
    """Trust in helpers once support has ended.

    Planned: ``T (1 - s)``. Abrupt: ``min(T, prior)(1 - s)``, below where it began (assumption:
    shocks of 0-0.1 and 0.1-0.4; repeat of past abandonment).
    """
    if was_planned == 1:
        return trust * (1.0 - ending.planned_shock)
    return min(trust, prior_trust) * (1.0 - ending.abrupt_shock)


@rule
def stirred_up_by_loss(stirred_up: float, trust: float, ending: PreparationsForEnding) -> float:
    """What is stirred up once help has been lost without preparation: ``R + a T (1 - R)``.

    Claims that an abrupt ending, or the loss of a practitioner, repeats past abandonment, and hurts
    him most who had trusted (assumption; a prepared ending is expected and survivable).
    """
    return stirred_up + ending.abandonment * trust * (1.0 - stirred_up)


@rule
def trust_carried_over(
    trust: float, joint_contact: int, tie: float, ending: PreparationsForEnding
) -> float:
    """Trust with which a man starts at the next service, beyond its own beginning.

    ``T c (1 + tie) / 2`` with c larger after a joint contact (0.2-0.6 against 0-0.2; assumption):
    a joint contact carries fully only over a working tie.
    """
    carried = ending.carried_jointly if joint_contact == 1 else ending.carried_alone
    return trust * carried * 0.5 * (1.0 + tie)


@rule
def trust_in_next_service(own_trust: float, carried_trust: float) -> float:
    """Trust in the next service after a planned ending: ``T_s + c (1 - T_s)``.

    Claims that what is carried closes a part c of the gap to full trust, and so never lowers the
    trust that a man has in the service already (assumption).
    """
    return own_trust + carried_trust * (1.0 - own_trust)


@rule
def claim_of_service(need: float, in_use: int) -> float:
    """How strongly a service offers itself to hand a man on to: ``N + use``, the largest is next.

    Claims that a service that he waits for or uses comes before every other, and of those alike the
    one for his worse need (assumption).
    """
    return need + in_use
