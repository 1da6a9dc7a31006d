"""Therapeutic approach: what a session is about, and what it leaves behind.

Emotional work helps only once a crisis is contained; ruptures happen, and repairing them needs
skill; depth of understanding decides how well help fits. Distress itself follows a man's
circumstances; this theme reaches it through coping, and through the crises and needs that practical
help eases. Coping lowers distress whatever the crises, so "crises but coping" can be reached.
"""

from dataclasses import dataclass

from engager_sim.compilation import rule
from engager_sim.theory.declaration import lever, state, theme_switch, uncertainty

NO_SESSION, PRACTICAL, EMOTIONAL, LIAISON = 0, 1, 2, 3
SETTLING_WEEKS = 4


@dataclass
class TherapyState:
    """What sessions leave with a leaver."""

    # fmt: off
    coping: float = state("ways of coping that he has", "share", 0, 1, "meet", "drawn")
    reflection: float = state("how far he can reflect, and so use emotional work",
        "share", 0, 1, "enter", "drawn")
    focus: int = state("last session: 0 none, 1 practical, 2 emotional, 3 liaison",
        "code", 0, 3, "meet")
    open_rupture: int = state("an unrepaired rupture with his practitioner", "on/off", 0, 1, "meet")
    stirred_up: float = state(
        "what emotional work or a loss has stirred up and nobody has worked through",
        "share", 0, 1, "meet")


@dataclass(frozen=True)
class TherapeuticApproach:
    """Parameters of the therapeutic approach."""

    # fmt: off
    on: int = theme_switch("the therapeutic approach")
    emotional_share: float = lever(0.1, 0.0, 1.0, "share",
        "part of the sessions outside crises meant for emotional work")
    liaison_share: float = lever(0.15, 0.0, 1.0, "share",
        "part of the other sessions spent on work with his other services")
    settling_practical: float = uncertainty(0.6, 0.4, 0.8, "share",
        "part of sessions kept from emotional work in the first four weeks out")
    containment: float = uncertainty(0.4, 0.2, 0.7, "share",
        "crisis level above which emotional work is premature")
    premature: float = uncertainty(0.15, 0.0, 0.5, "probability",
        "chance that a practitioner without skill starts emotional work in a crisis")
    coping_at_start: float = uncertainty(0.25, 0.1, 0.4, "share",
        "coping when men enter; also its usual-care reference")
    reflection_median: float = uncertainty(0.50, 0.30, 0.70, "share",
        "median of how far men can reflect; half is neutral")
    reflection_spread: float = uncertainty(1.20, 0.0, 2.00, "spread",
        "spread of it between men, as a logistic scale on the log-odds")
    coping_gain: float = uncertainty(0.15, 0.03, 0.40, "share per session",
        "gain of coping in an emotional session, times understanding and trust")
    coping_fade: float = uncertainty(0.004, 0.0, 0.02, "share per week",
        "part of the gained coping that fades in a week")
    stirring: float = uncertainty(0.03, 0.0, 0.50, "share per session",
        "part of what can be stirred up that an emotional session without understanding stirs")
    working_through: float = uncertainty(0.30, 0.05, 0.60, "share per session",
        "part of what is stirred up that a session works through, at full understanding")
    stirred_fade: float = uncertainty(0.02, 0.0, 0.08, "share per week",
        "part of what is stirred up that passes by itself")
    referral_need: float = uncertainty(0.3, 0.2, 0.6, "share",
        "severity above which a need is worth handing the man on for")
    crisis_relief: float = uncertainty(0.35, 0.1, 0.6, "share",
        "part of a crisis that a fitting practical session takes away")
    need_relief: float = uncertainty(0.05, 0.01, 0.15, "share",
        "part of his worst need that a fitting practical session takes away")
    small_win: float = uncertainty(0.25, 0.05, 0.6, "probability",
        "chance that a fitting practical session brings a small win")
    rupture: float = uncertainty(0.06, 0.02, 0.10, "probability per contact",
        "chance of a rupture in a session")
    premature_rupture: float = uncertainty(0.15, 0.0, 0.4, "probability per contact",
        "what emotional work in a crisis adds to that chance")
    rupture_severity: float = uncertainty(0.3, 0.1, 0.7, "severity",
        "how grave an unrepaired rupture is to trust")
    repair_base: float = uncertainty(0.3, 0.1, 0.5, "probability",
        "chance that a rupture is repaired without any skill")
    repair_skill: float = uncertainty(0.5, 0.2, 0.7, "probability",
        "what full skill adds to that chance")
    repair_gain: float = uncertainty(0.02, 0.0, 0.06, "share", "trust gained by a repair",
        "Eubanks 2018")


@rule
def is_contained(crisis: float, approach: TherapeuticApproach) -> int:
    """Whether a crisis lies below the level at which emotional work is premature (assumption)."""
    return 1 if crisis < approach.containment else 0


@rule
def choose_focus(
    crisis: float, weeks_out: float, skill: float, approach: TherapeuticApproach, uniform: float
) -> int:
    """Choose what a session is about: practical, emotional or liaison work.

    In a crisis above the containment level sessions are practical, save for premature emotional
    work with chance ``p (1 - skill)``. Otherwise emotional with the lever's share (less in the
    first four weeks out, when the settling share is kept from emotional work), and of the rest the
    liaison share is spent on his other services.

    Parameters
    ----------
    crisis : float
        Crisis level in [0, 1].
    weeks_out : float
        Weeks since release; negative before it.

    Notes
    -----
    Practical and emotional help together is the programme's approach (Byng et al. 2022); the rule
    is an assumption.
    """
    if is_contained(crisis, approach) == 0:
        return EMOTIONAL if uniform < approach.premature * (1.0 - skill) else PRACTICAL
    emotional = approach.emotional_share
    if 0.0 <= weeks_out < SETTLING_WEEKS:
        emotional = min(emotional, 1.0 - approach.settling_practical)
    if uniform < emotional:
        return EMOTIONAL
    liaison = (1.0 - emotional) * approach.liaison_share
    return LIAISON if uniform < emotional + liaison else PRACTICAL


@rule
def cope(
    leaver: TherapyState, understanding: float, trust: float, approach: TherapeuticApproach
) -> None:
    """Let an emotional session build coping: ``dK = 2 M k U T (1 - K)``, M how far he can reflect.

    Claims that progress follows in-depth understanding and trust, not sessions as such
    (Rybczynska-Bunt et al. 2021; Weston et al. 2022), and that men differ in what they can make of
    it; the product is an assumption.
    """
    gain = 2.0 * leaver.reflection * approach.coping_gain * understanding * trust
    leaver.coping += gain * (1.0 - leaver.coping)


@rule
def coping_fades(leaver: TherapyState, approach: TherapeuticApproach) -> None:
    """Let a part of the coping gained since entry fade each week (assumption)."""
    leaver.coping -= approach.coping_fade * max(0.0, leaver.coping - approach.coping_at_start)


@rule
def stir_up(
    leaver: TherapyState, understanding: float, contained: int, approach: TherapeuticApproach
) -> None:
    """Let an emotional session stir up what was kept down: ``dR = 2 (1 - M) s (1 - U)(1 - R)``.

    M is how far he can reflect. In a crisis that is not contained nothing is understood:
    ``dR = 2 (1 - M) s (1 - R)``.

    Claims that emotional work hurts before it helps, less where the man is understood and can
    reflect, and more where it is premature (therapy before the crisis is contained fails:
    assumption, consistent with the studies of Engager). It does not claim that what is stirred up
    is harm: sessions work it through, and it stays with him only where they stop.
    """
    depth = understanding if contained == 1 else 0.0
    stirred = 2.0 * (1.0 - leaver.reflection) * approach.stirring * (1.0 - depth)
    leaver.stirred_up += stirred * (1.0 - leaver.stirred_up)


@rule
def work_through(leaver: TherapyState, understanding: float, approach: TherapeuticApproach) -> None:
    """Let a session work through a part of what is stirred up: ``R (1 - w U)`` (assumption)."""
    leaver.stirred_up -= approach.working_through * understanding * leaver.stirred_up


@rule
def stirred_up_fades(leaver: TherapyState, approach: TherapeuticApproach) -> None:
    """Let a part of what is stirred up pass by itself each week (assumption)."""
    leaver.stirred_up -= approach.stirred_fade * leaver.stirred_up


@rule
def coping_gained(leaver: TherapyState, approach: TherapeuticApproach) -> float:
    """Coping that is left once what is stirred up is taken off: ``K - K0 - R``.

    Below 0, help has left him worse off than none (assumption: what is stirred up weighs as much as
    what he has learnt).
    """
    return leaver.coping - approach.coping_at_start - leaver.stirred_up


@rule
def crisis_after_help(crisis: float, understanding: float, approach: TherapeuticApproach) -> float:
    """Crisis level after a practical session: ``C (1 - r (1 + U) / 2)``.

    Help fits half as well without any understanding of the man (assumption).
    """
    return crisis * (1.0 - approach.crisis_relief * 0.5 * (1.0 + understanding))


@rule
def need_after_help(need: float, understanding: float, approach: TherapeuticApproach) -> float:
    """A need after a practical session on it: ``N (1 - r (1 + U) / 2)`` (assumption)."""
    return need * (1.0 - approach.need_relief * 0.5 * (1.0 + understanding))


@rule
def is_small_win(understanding: float, approach: TherapeuticApproach, uniform: float) -> int:
    """Decide whether a practical session brings a small win: ``P = w (1 + U) / 2`` (assumption)."""
    return 1 if uniform < approach.small_win * 0.5 * (1.0 + understanding) else 0


@rule
def ruptures(crisis: float, focus: int, approach: TherapeuticApproach, uniform: float) -> int:
    """Decide whether a session ruptures the relationship (assumption: 2-10% of contacts)."""
    chance = approach.rupture
    if focus == EMOTIONAL and is_contained(crisis, approach) == 0:
        chance += approach.premature_rupture
    return 1 if uniform < chance else 0


@rule
def repairs(skill: float, approach: TherapeuticApproach, uniform: float) -> int:
    """Decide whether a rupture is repaired: ``P = b + k skill`` (0.3-0.8; assumption)."""
    return 1 if uniform < approach.repair_base + approach.repair_skill * skill else 0


@rule
def trust_after_repair(trust: float, approach: TherapeuticApproach) -> float:
    """Trust once a rupture is repaired: ``T + g (1 - T)``, a little more than before.

    Repaired ruptures do better (Eubanks et al. 2018, second-hand); the form is an assumption. The
    gates do not slow this gain.
    """
    return trust + approach.repair_gain * (1.0 - trust)
