"""Preparations for ending: raised, agreed, tapered, closed, and what carries over.

An ending is raised with a man, in a contact outside, when his goals are near or time is short.
Whether he agrees to it depends on how he copes and on what is arranged after. An ending that was
raised, with a working link elsewhere, is a loss that he expects and survives; an abrupt one repeats
past abandonment and leaves trust below where it began.
"""

from dataclasses import dataclass

from engager_sim.compilation import rule
from engager_sim.theory.declaration import lever, setting, state, theme_switch, uncertainty
from engager_sim.theory.services import IN_SERVICE, NO_SERVICE

NOT_RAISED, RAISED, TAPERING, CLOSED_PLANNED, CLOSED_UNPLANNED = 0, 1, 2, 3, 4
RAISE_WEEKS = 4.0
"""Weeks before tapering at which time is short: long enough for a joint contact, and the taper
itself is a lever (assumption)."""
READY = 0.5
"""Readiness from which a man agrees to an ending: more ready than not (assumption)."""


@dataclass
class EndingState:
    """Where a leaver's episode stands on its way to an end."""

    # fmt: off
    ending: int = state(
        "0 not raised, 1 raised, 2 tapering, 3 closed as planned, 4 closed unplanned",
        "code", 0, 4, "prepare_ending")
    joint_ending: int = state("whether the next service joined a contact before the end",
        "on/off", 0, 1, "prepare_ending")
    agreed_ending: int = state("whether he has agreed to the ending that was raised",
        "on/off", 0, 1, "prepare_ending")
    weeks_of_taper: float = state("weeks of tapering that are left",
        "weeks", -1e4, 1e4, "prepare_ending")


@dataclass(frozen=True)
class PreparationsForEnding:
    """Parameters of preparations for ending."""

    # fmt: off
    on: int = theme_switch("preparations for ending")
    support_weeks: float = setting(26.0, 2.0, 52.0, "weeks",
        "weeks after release at which support ends at the latest, prepared or not")
    preparation: float = lever(0.1, 0.0, 1.0, "probability",
        "chance that an ending is raised with a man in good time")
    taper_weeks: float = lever(2.0, 0.0, 8.0, "weeks", "weeks of fewer contacts before the end")
    joint_contact: float = lever(0.1, 0.0, 1.0, "probability",
        "chance that a joint contact with the next service is sought")
    near_goals: float = uncertainty(0.5, 0.3, 0.8, "share",
        "progress on his goals at which they are near, so that an ending is raised")
    planned_shock: float = uncertainty(0.04, 0.0, 0.1, "share",
        "trust lost over an ending that was prepared but that he did not agree to")
    abrupt_shock: float = uncertainty(0.25, 0.1, 0.4, "share",
        "trust lost, below where it began, over an abrupt ending")
    abandonment: float = uncertainty(0.10, 0.0, 0.60, "share",
        "part of what can be stirred up that losing his practitioner stirs in a man of full trust")
    carried_jointly: float = uncertainty(0.45, 0.2, 0.6, "share",
        "trust carried to the next service after a joint contact")
    carried_alone: float = uncertainty(0.10, 0.0, 0.2, "share",
        "trust carried to the next service otherwise")


@rule
def raises_ending(goal_progress: float, weeks_to_end: float, ending: PreparationsForEnding) -> int:
    """Decide whether to raise an ending with a man: his goals are near or time is short.

    ``G >= near_goals`` or ``weeks left <= taper + 4``, and only in a week in which he is met
    outside: nobody's support ends as planned before he was seen, nor behind his back (assumption).
    """
    is_short = weeks_to_end <= ending.taper_weeks + RAISE_WEEKS
    return 1 if is_short or goal_progress >= ending.near_goals else 0


@rule
def arranged_after(stage: int, joint_contact: int) -> float:
    """How far what comes after is arranged, in [0, 1].

    1 if the next service sees him already or has joined a contact, 1/2 if he waits for it, else 0
    (assumption).
    """
    if stage == IN_SERVICE or joint_contact == 1:
        return 1.0
    return 0.0 if stage == NO_SERVICE else 0.5


@rule
def readiness(coping: float, arranged: float, service_trust: float) -> float:
    """How ready a man is for the end, in [0, 1]: ``1 - (1 - K)(1 - a T_s)``.

    K is his coping, a what is arranged after, T_s his trust in that service. Claims that he is
    ready if he copes by himself or has somewhere to go that he trusts (assumption).
    """
    return 1.0 - (1.0 - coping) * (1.0 - arranged * service_trust)


@rule
def agrees_to_ending(coping: float, arranged: float, service_trust: float) -> int:
    """Decide whether a man agrees to the ending raised with him: his readiness is 1/2 or more.

    Claims that an ending is negotiated with those only who are ready for it (assumption).
    """
    return 1 if readiness(coping, arranged, service_trust) >= READY else 0


@rule
def begins_taper(
    goal_progress: float, weeks_to_end: float, agreed: int, ending: PreparationsForEnding
) -> int:
    """Decide whether a raised ending begins to taper: time is up, or goals are met and he agrees.

    ``weeks left <= taper``, or ``G >= (1 + near_goals) / 2`` where he agreed.

    Claims that contacts follow need: support may end as planned before its last week. After planned
    endings outcome was flat in the number of sessions (Stiles et al. 2015); that met goals lie half
    way from near ones to all is an assumption.
    """
    is_met = goal_progress >= 0.5 * (1.0 + ending.near_goals)
    return 1 if weeks_to_end <= ending.taper_weeks or (agreed == 1 and is_met) else 0


@rule
def trust_after_ending(
    trust: float, prior_trust: float, was_planned: int, agreed: int, ending: PreparationsForEnding
) -> float:
    """Trust in helpers once support has ended.

    Planned and agreed: ``T``. Planned only: ``T (1 - s)``. Abrupt: ``min(T, prior)(1 - s)``, below
    where it began (assumption: shocks of 0-0.1 and 0.1-0.4; repeat of past abandonment).
    """
    if was_planned == 1:
        return trust if agreed == 1 else trust * (1.0 - ending.planned_shock)
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
