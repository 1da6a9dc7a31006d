"""Circumstances: a man's needs, crises and distress, whatever any service does.

Life goes on to the end of follow-up. Distress is kept on the 0-40 scale of CORE-OM; it follows
crises and needs, less coping, so a man can be in crisis and cope.
"""

import math
from dataclasses import dataclass

from engager_sim.compilation import rule
from engager_sim.theory.declaration import Vector, setting, state, states, uncertainty
from engager_sim.theory.hazards import happens

HOUSING, SUBSTANCE, WORK, RELATIONSHIPS = 0, 1, 2, 3
NEEDS = 4
NEED_NAMES = ("housing", "substance use", "work and money", "relationships")
MOST_DISTRESS = 40.0
"""The highest score of CORE-OM."""
YOUNGEST, OLDEST = 18.0, 90.0
"""Years: between which men's ages lie. The youngest prison for adults takes men of 18."""
CRISIS_CLOSES = 0.6
"""Part of the gap to a full crisis that one event closes. Fixed: how often crises break out and how
large they are cannot be told apart by what is observed, and the first is uncertain (assumption)."""


@dataclass
class CircumstanceState:
    """A leaver's situation."""

    # fmt: off
    need: Vector = states(
        NEEDS, "unmet needs: housing, substance use, work and money, relationships",
        "share", 0, 1, "live_on", "drawn")
    need_level: Vector = states(NEEDS, "level each need returns to without help",
        "share", 0, 1, "enter", "drawn")
    needs_mean: float = state("mean of the four needs", "share", 0, 1, "live_on", "drawn")
    needs_at_entry: float = state("mean of the four needs at entry",
        "share", 0, 1, "enter", "drawn")
    housed: int = state("in stable accommodation", "on/off", 0, 1, "live_on", "drawn")
    crisis: float = state("how acute his crisis is", "share", 0, 1, "live_on")
    distress: float = state("distress on the CORE-OM scale", "points", 0, 40, "live_on", "drawn")
    distress_level: float = state("distress he returns to", "points", 0, 40, "enter", "drawn")
    age: float = state("age at entry", "years", 18, 90, "enter", "drawn")


@dataclass(frozen=True)
class Circumstances:
    """Parameters of needs, crises and distress."""

    # fmt: off
    substance_prevalence: float = setting(0.60, 0.0, 1.0, "share",
        "men who leave prison with a need over drugs or alcohol", "COCOA 2012")
    work_prevalence: float = setting(0.75, 0.0, 1.0, "share",
        "men who leave with a need over work or money")
    relationships_prevalence: float = setting(0.50, 0.0, 1.0, "share",
        "men who leave with a need over family or other relationships")
    age_median: float = setting(32.0, 19.0, 80.0, "years", "median age of men at entry")
    age_spread: float = setting(0.6, 0.0, 1.5, "log years",
        "spread of it between men: standard deviation of the logarithm of years above 18")
    bundling: float = uncertainty(0.6, 0.0, 1.0, "share",
        "how far a man's traits come together: what multiplies every correlation of the population")
    housed_at_release: float = setting(0.62, 0.0, 1.0, "share",
        "men in stable accommodation on release (53.6% were settled in 2017)", "MoJ housing")
    housing_gain: float = uncertainty(0.05, 0.01, 0.15, "per week",
        "hazard of finding stable accommodation without help")
    housing_loss: float = uncertainty(0.012, 0.002, 0.04, "per week",
        "hazard of losing it, doubled in a crisis")
    need_return: float = uncertainty(0.03, 0.0, 0.1, "share per week",
        "pace at which an eased need returns to its level")
    crisis_rate: float = uncertainty(0.20, 0.05, 0.5, "per week",
        "hazard of a crisis with all needs unmet and no coping")
    crisis_release: float = uncertainty(0.25, 0.0, 0.6, "share",
        "part of that gap that the week of release closes")
    crisis_passes: float = uncertainty(0.30, 0.1, 0.6, "share per week",
        "part of a crisis that passes by itself in a week")
    coping_protects: float = uncertainty(0.3, 0.0, 0.8, "share",
        "part of crises that full coping averts")
    custody_calm: float = uncertainty(0.4, 0.1, 1.0, "ratio",
        "hazard of a crisis in custody against liberty")
    distress_median: float = setting(18.0, 10.0, 30.0, "points",
        "median distress men return to (clinical cut-off: 10)")
    distress_spread: float = setting(3.0, 0.5, 6.0, "points",
        "spread of it between men, as a logistic scale")
    distress_crisis: float = uncertainty(8.0, 0.0, 15.0, "points",
        "distress that a full crisis adds")
    distress_needs: float = uncertainty(6.0, 0.0, 12.0, "points",
        "distress that all needs, against none, add")
    distress_coping: float = uncertainty(12.0, 0.0, 25.0, "points",
        "distress that full coping, against none, takes away")
    distress_pace: float = uncertainty(0.25, 0.05, 0.6, "share per week",
        "pace at which distress follows his situation")
    distress_noise: float = uncertainty(1.4, 0.0, 3.0, "points",
        "week-to-week spread of distress, as a logistic scale", fitted=2.14)


@rule
def age_at_entry(normal: float, circumstances: Circumstances) -> float:
    """A man's age: ``18 + (m - 18) exp(s z)``, at most 90.

    z is his place among all men, a standard normal number, so that years above 18 are
    spread log-normally about their median (form and spread: assumption).
    """
    years = (circumstances.age_median - YOUNGEST) * math.exp(circumstances.age_spread * normal)
    return min(OLDEST, YOUNGEST + years)


@rule
def distress_at_entry(place: float, circumstances: Circumstances) -> float:
    """Distress that a man comes with: ``m + s log(u / (1 - u))``, within 0-40, u his place.

    Assumption.
    """
    spread = circumstances.distress_spread * math.log(place / (1.0 - place))
    return min(MOST_DISTRESS, max(0.0, circumstances.distress_median + spread))


@rule
def need_at_entry(prevalence: float, has_it: float, severity: float) -> float:
    """Draw a need: absent (0.05), or spread evenly over 0.4-1 (assumption)."""
    return 0.4 + 0.6 * severity if has_it < prevalence else 0.05


@rule
def need_of_housing(housed: int) -> float:
    """Need over housing: full without stable accommodation, none with it (assumption).

    Claims that half a home is none; how good a home is has no measure here.
    """
    return 1.0 - housed


@rule
def mean_of_needs(leaver: CircumstanceState) -> float:
    """Weight of a man's needs together: ``(N_1 + N_2 + N_3 + N_4) / 4``.

    Claims that the four weigh alike (assumption).
    """
    total = 0.0
    for need in range(NEEDS):
        total += leaver.need[need]
    return total / NEEDS


@rule
def worst_need_but_housing(leaver: CircumstanceState) -> int:
    """Which need practical help turns to: the worst but housing, of equals the first.

    Claims that help eases needs over substances, work and relationships bit by bit; housing is
    found or lost (assumption).
    """
    worst = SUBSTANCE
    for need in range(WORK, NEEDS):
        if leaver.need[need] > leaver.need[worst]:
            worst = need
    return worst


@rule
def changes_housing(
    housed: int, crisis: float, help_factor: float, circumstances: Circumstances, uniform: float
) -> int:
    """Whether a man is housed after this week.

    Parameters
    ----------
    help_factor : float
        Multiplier on the hazard of finding accommodation; 1 without a housing service.

    Notes
    -----
    Assumption.
    """
    if housed == 1:
        hazard = circumstances.housing_loss * (1.0 + crisis)
        return 1 - happens(hazard, uniform)
    hazard = circumstances.housing_gain * help_factor
    return happens(hazard, uniform)


@rule
def need_returns(need: float, level: float, circumstances: Circumstances) -> float:
    """A need after a week without help: ``N + r (level - N)`` (assumption)."""
    return need + circumstances.need_return * (level - need)


@rule
def crisis_happens(
    needs: float, coping: float, at_liberty: int, circumstances: Circumstances, uniform: float
) -> int:
    """Decide whether a crisis breaks out: hazard ``r (0.2 + 0.8 N)(1 - p K)``, lower in custody.

    Assumption.
    """
    hazard = circumstances.crisis_rate * (0.2 + 0.8 * needs)
    hazard *= 1.0 - circumstances.coping_protects * coping
    if at_liberty == 0:
        hazard *= circumstances.custody_calm
    return happens(hazard, uniform)


@rule
def crisis_after_week(
    crisis: float, happened: int, just_released: int, circumstances: Circumstances
) -> float:
    """Crisis level after a week: ``C (1 - q)``; then release and a new event each close a gap.

    q is the part that passes in a week. In the week of a release ``C + r (1 - C)``, with a new
    event ``C + 0.6 (1 - C)`` (assumption).
    """
    level = crisis * (1.0 - circumstances.crisis_passes)
    if just_released == 1:
        level += circumstances.crisis_release * (1.0 - level)
    if happened == 1:
        level += CRISIS_CLOSES * (1.0 - level)
    return level


@rule
def distress_after_week(
    leaver: CircumstanceState, coping_gained: float, circumstances: Circumstances, uniform: float
) -> float:
    """Distress after a week, in [0, 40].

    ``D + p (target - D) + noise`` with
    ``target = D0 + c C + n (N - N0) - k G``, C crisis, N mean need, 0 at entry, G the coping that
    he has gained, below 0 where more has been stirred up in him than he has learnt to cope with.

    Notes
    -----
    Assumption, scaled so that the spread at six months is near the trial's residual SD of about
    7.4 (derived from Byng et al. 2022). Claims that help reaches distress only through coping,
    needs and crises, and that it can hurt as well as help; peers have no term here (White et al.
    2020: none on symptoms).
    """
    target = (
        leaver.distress_level
        + circumstances.distress_crisis * leaver.crisis
        + circumstances.distress_needs * (leaver.needs_mean - leaver.needs_at_entry)
        - circumstances.distress_coping * coping_gained
    )
    noise = circumstances.distress_noise * math.log(uniform / (1.0 - uniform))
    after = leaver.distress + circumstances.distress_pace * (target - leaver.distress) + noise
    return min(MOST_DISTRESS, max(0.0, after))
