"""Therapeutic approach: what a session is about, and what it leaves behind.

Emotional work helps once the time is ripe for it: a contained crisis, a bond, and weeks left.
Whether it is ripe the practitioner judges; work begun by a wrong judgement is how help hurts.
Ruptures happen, and repairing them needs skill; depth of understanding decides how well help fits.
Distress itself follows a man's circumstances; this theme reaches it through coping, and through the
crises and needs that practical help eases. Coping lowers distress whatever the crises, so "crises
but coping" can be reached.
"""

from dataclasses import dataclass

from engager_sim.compilation import rule
from engager_sim.theory.declaration import lever, state, theme_switch, uncertainty

NO_SESSION, PRACTICAL, EMOTIONAL, LIAISON = 0, 1, 2, 3
NOT_JUDGED, SEEN_UNRIPE, MISSED_RIPE, TAKEN_FOR_RIPE, SEEN_RIPE = 0, 1, 2, 3, 4
MIDDLING_REFLECTION = 0.5
"""Median of how far men can reflect: the middle of the scale, where gains are as declared."""
UNRIPE_RUPTURES = 3.0
"""How many times more often unripe emotional work ruptures than other work (assumption)."""


@dataclass
class TherapyState:
    """What sessions leave with a leaver."""

    # fmt: off
    coping: float = state("ways of coping that he has", "share", 0, 1, "meet", "drawn")
    reflection: float = state("how far he can reflect, and so use emotional work",
        "share", 0, 1, "enter", "drawn")
    focus: int = state("last session: 0 none, 1 practical, 2 emotional, 3 liaison",
        "code", 0, 3, "meet")
    judgement: int = state(
        "last judgement on emotional work: 0 none, 1 unripe and seen so, 2 ripe but not seen so, "
        "3 unripe but taken for ripe, 4 ripe and seen so", "code", 0, 4, "meet")
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
        "part of the sessions meant for emotional work where it is judged ripe")
    liaison_share: float = lever(0.15, 0.0, 1.0, "share",
        "part of the other sessions spent on work with his other services")
    containment: float = uncertainty(0.4, 0.2, 0.7, "share",
        "crisis level below which a crisis is contained")
    ripe_bond: float = uncertainty(0.15, 0.05, 0.35, "share",
        "trust and understanding, the lesser of both, from which emotional work is ripe")
    ripe_weeks: float = uncertainty(4.0, 2.0, 8.0, "weeks",
        "weeks that must be left before release, or before support ends, for it to be ripe")
    misjudgement: float = uncertainty(0.3, 0.1, 0.5, "probability",
        "chance of misjudging whether it is ripe in practice without support; half is a coin's")
    coping_at_start: float = uncertainty(0.25, 0.1, 0.4, "share",
        "coping when men enter; also its usual-care reference")
    reflection_spread: float = uncertainty(1.20, 0.0, 2.00, "spread",
        "spread of it between men, as a logistic scale on the log-odds")
    coping_gain: float = uncertainty(0.15, 0.03, 0.40, "share per session",
        "gain of coping in an emotional session, times understanding and trust")
    coping_fade: float = uncertainty(0.004, 0.0, 0.02, "share per week",
        "part of the gained coping that fades in a week")
    stirring: float = uncertainty(0.10, 0.0, 0.20, "share per session",
        "part of what can be stirred up that unripe emotional work stirs in a middling man")
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
    rupture_severity: float = uncertainty(0.3, 0.1, 0.7, "severity",
        "how grave an unrepaired rupture is to trust")
    repair: float = uncertainty(0.75, 0.6, 0.9, "probability",
        "chance that a practitioner of full skill repairs a rupture in a session")
    repair_gain: float = uncertainty(0.02, 0.0, 0.06, "share", "trust gained by a repair",
        "Eubanks 2018")


@rule
def is_contained(crisis: float, approach: TherapeuticApproach) -> int:
    """Whether a crisis lies below the level from which only practical help fits (assumption)."""
    return 1 if crisis < approach.containment else 0


@rule
def depth_of_bond(trust: float, understanding: float) -> float:
    """Depth of the bond that emotional work needs: ``min(T, U)``, the lesser of both.

    Claims that neither makes up for the other (assumption).
    """
    return min(trust, understanding)


@rule
def ripeness(crisis: float, bond: float, weeks_left: float, approach: TherapeuticApproach) -> float:
    """How ripe the time is for emotional work: ``min(1, (1 - C) / (1 - c), B / b, W / w)``.

    It is ripe at 1: the crisis C contained (at most c), the bond B at least b, the weeks left W at
    least w. The condition that is furthest from met decides.

    Parameters
    ----------
    bond : float
        From :func:`depth_of_bond`.
    weeks_left : float
        Weeks before release to a man who is inside, weeks before the end of support to one outside.

    Notes
    -----
    Therapy before a crisis is contained fails; skilled work that is sustained long enough, and
    knowing the man's concerns in depth, are what mattered (Weston et al. 2022; Rybczynska-Bunt et
    al. 2021). The three conditions and their levels: assumption.
    """
    ripe = min(1.0, (1.0 - crisis) / (1.0 - approach.containment))
    ripe = min(ripe, bond / approach.ripe_bond)
    return min(ripe, max(0.0, weeks_left) / approach.ripe_weeks)


@rule
def judge(
    ripe: float, supported_practice: float, approach: TherapeuticApproach, uniform: float
) -> int:
    """Judge whether the time is ripe; wrongly with ``P = m (1 - x_s)``, and so r times if unripe.

    Parameters
    ----------
    ripe : float
        r, from :func:`ripeness`.
    supported_practice : float
        x_s in [0, 1], the practitioner's skill x fidelity x (1 - burnout).

    Returns
    -------
    int
        ``SEEN_UNRIPE``, ``MISSED_RIPE``, ``TAKEN_FOR_RIPE`` or ``SEEN_RIPE``.

    Notes
    -----
    Claims that skill and supervision sharpen the judgement: practitioners fell back on habit in
    difficult moments where supervision was inconsistent (formative evaluation of the programme);
    and that errors are made near the line: nobody takes a stranger, a full crisis or a last day for
    ripe. The form is an assumption.
    """
    chance = approach.misjudgement * (1.0 - supported_practice)
    if ripe >= 1.0:
        return MISSED_RIPE if uniform < chance else SEEN_RIPE
    return TAKEN_FOR_RIPE if uniform < chance * ripe else SEEN_UNRIPE


@rule
def choose_focus(
    judgement: int, crisis: float, approach: TherapeuticApproach, uniform: float
) -> int:
    """Choose what a session is about: practical, emotional or liaison work.

    Judged ripe, it is emotional with the lever's share e, else e = 0. Where his crisis is contained
    a further ``(1 - e) l`` is liaison with his other services, l the liaison share; what is left is
    practical.

    Notes
    -----
    Practical and emotional help together is the programme's approach (Byng et al. 2022); the rule
    is an assumption.
    """
    judged_ripe = judgement in (TAKEN_FOR_RIPE, SEEN_RIPE)
    emotional = approach.emotional_share if judged_ripe else 0.0
    if uniform < emotional:
        return EMOTIONAL
    if is_contained(crisis, approach) == 0:
        return PRACTICAL
    liaison = (1.0 - emotional) * approach.liaison_share
    return LIAISON if uniform < emotional + liaison else PRACTICAL


@rule
def cope(
    leaver: TherapyState, understanding: float, trust: float, approach: TherapeuticApproach
) -> None:
    """Let ripe emotional work build coping: ``dK = 2 M k U T (1 - K)``, M how far he can reflect.

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
    leaver: TherapyState, ripe: float, supported_practice: float, approach: TherapeuticApproach
) -> None:
    """Let unripe work stir up what was kept down: ``dR = 2 (1 - M)(1 - x_s) s (1 - r)(1 - R)``.

    M is how far he can reflect, x_s the practitioner's supported practice, r how ripe the time is,
    from :func:`ripeness`, R what is stirred up.

    Claims that emotional work begun in a crisis, with a stranger or with no weeks left hurts, less
    in a man who can reflect, in one who is all but ready and with a practitioner who can hold what
    comes up, and that ripe work hurts nobody (assumption, consistent with the studies of Engager).
    It does not claim that what is stirred up stays: sessions work it through.
    """
    unheld = (1.0 - supported_practice) * (1.0 - ripe)
    stirred = 2.0 * (1.0 - leaver.reflection) * approach.stirring * unheld
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
def ruptures(unripe_work: int, approach: TherapeuticApproach, uniform: float) -> int:
    """Decide whether a session ruptures the relationship; ``3 p`` in unripe emotional work, else p.

    Assumption: 2-10% of contacts.
    """
    chance = approach.rupture
    if unripe_work == 1:
        chance *= UNRIPE_RUPTURES
    return 1 if uniform < chance else 0


@rule
def repairs(skill: float, approach: TherapeuticApproach, uniform: float) -> int:
    """Decide whether a rupture is repaired: ``P = r (1 + skill) / 2``.

    Half as likely without any skill: 0.3-0.45, and 0.6-0.9 with all of it (assumption).
    """
    return 1 if uniform < approach.repair * 0.5 * (1.0 + skill) else 0


@rule
def trust_after_repair(trust: float, approach: TherapeuticApproach) -> float:
    """Trust once a rupture is repaired: ``T + g (1 - T)``, a little more than before.

    Repaired ruptures do better (Eubanks et al. 2018, second-hand); the form is an assumption. The
    gates do not slow this gain.
    """
    return trust + approach.repair_gain * (1.0 - trust)
