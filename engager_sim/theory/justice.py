"""Justice: release, licence, recall, reoffending and new custody; and death after release.

Part of a man's circumstances. Risk of reoffending is front-loaded and falls with time at liberty;
recall comes from lost contact and from detected breach, so contact can also raise return to prison.
Appointments on licence are one process, the same in both arms: help is not among them.
"""

import math
from dataclasses import dataclass

from engager_sim.compilation import rule
from engager_sim.theory.declaration import setting, state, uncertainty

IN_PRISON, AT_LIBERTY, RECALLED, NEW_CUSTODY = 0, 1, 2, 3
YEAR = 52.0
REFERENCE_AGE = 32.0
"""Years: the age of a man at the reference risk."""
UNHOUSED, SUBSTANCE_NEED, CRISIS, TRUST = 0.38, 0.44, 0.2, 0.3
"""The man at the reference risk of reoffending: what men average on release by the settings of
their needs, in a usual crisis and at the usual trust (assumption). Fixed: his risk and the declared
reoffending within a year say the same thing twice, so only the latter is uncertain."""
DEATH_SHAPE = 0.6
"""Weibull shape of deaths after release: front-loaded (assumption). Fixed: deaths are few, and what
their year adds up to is the declared parameter."""


@dataclass
class JusticeState:
    """Where a leaver is and under what order."""

    # fmt: off
    place: int = state("0 prison before release, 1 liberty, 2 recalled, 3 new custody",
        "code", 0, 3, "answer_to_justice")
    on_licence: int = state("whether he is on licence", "on/off", 0, 1, "answer_to_justice")
    weeks_inside: float = state("weeks of recall or custody left",
        "weeks", 0, 1e4, "answer_to_justice")
    weeks_at_liberty: float = state("weeks at liberty since first release",
        "weeks", 0, 1e4, "answer_to_justice")
    weeks_out_of_touch: float = state("weeks without probation, practitioner or service seeing him",
        "weeks", 0, 1e4, "answer_to_justice")
    short_sentence: int = state("sentence under a year", "on/off", 0, 1, "enter", "drawn")
    kept_appointment: int = state("kept his appointment with probation this week",
        "on/off", 0, 1, "report_to_probation")
    moved_away: int = state("out of reach of the area's services since his first release",
        "on/off", 0, 1, "answer_to_justice")
    died_week: int = state("week after release of his death, -1 alive",
        "week", -1, 1e4, "survive", -1)


@dataclass(frozen=True)
class Justice:
    """Parameters of licence, recall and reoffending."""

    # fmt: off
    licence_weeks: float = setting(26.0, 0.0, 104.0, "weeks", "weeks on licence after release")
    short_sentences: float = setting(0.6, 0.0, 1.0, "share",
        "men with a sentence under a year, recalled for 2 weeks instead of 4")
    reoffending_year: float = uncertainty(0.60, 0.35, 0.80, "probability",
        "reoffending within a year of a man at the reference risk", "MoJ reoffending", fitted=0.654)
    risk_shape: float = uncertainty(0.70, 0.58, 0.80, "shape",
        "Weibull shape of reoffending over time at liberty; below 1 the hazard falls",
        "NZ Corrections")
    risk_unhoused: float = uncertainty(0.7, 0.0, 1.2, "log hazard",
        "what lack of stable accommodation adds to reoffending", "SPCR", fitted=0.897)
    risk_substance: float = uncertainty(0.5, 0.0, 1.0, "log hazard",
        "what a full substance need adds to reoffending")
    risk_crisis: float = uncertainty(0.4, 0.0, 1.0, "log hazard",
        "what a full crisis adds to reoffending")
    risk_trust: float = uncertainty(0.5, 0.0, 1.5, "log hazard",
        "what full trust takes from reoffending", "Sturm 2021")
    age_gradient: float = uncertainty(0.03, 0.0, 0.08, "log hazard per year",
        "what each year above 32 takes from reoffending, and each year below it adds")
    custody_after_offence: float = uncertainty(0.30, 0.1, 0.6, "probability",
        "chance that an offence leads to new custody at once")
    custody_weeks: float = uncertainty(10.0, 4.0, 26.0, "weeks", "mean weeks of new custody")
    appointment_base: float = uncertainty(0.85, 0.6, 0.98, "probability",
        "chance of keeping in touch with probation in a quiet week")
    appointment_crisis: float = uncertainty(0.35, 0.0, 0.7, "probability",
        "what a full crisis takes from that chance")
    appointment_needs: float = uncertainty(0.25, 0.0, 0.6, "probability",
        "what full needs take from that chance")
    recall_lost: float = uncertainty(0.25, 0.02, 0.6, "per week",
        "hazard of recall once out of touch for more than a week", "MoJ recall")
    recall_breach: float = uncertainty(0.006, 0.001, 0.05, "per week",
        "hazard of recall for a detected breach at full need and crisis", fitted=0.00464)
    detection: float = uncertainty(1.0, 0.0, 4.0, "ratio",
        "how much more breach is detected in a week with contact, at full role conflict")
    death_year: float = uncertainty(0.01, 0.003, 0.03, "probability",
        "men who die within a year of first release")


@rule
def offence_hazard(
    weeks_at_liberty: float, unhoused: int, substance: float, crisis: float, trust: float,
    age: float, justice: Justice,
) -> float:  # fmt: skip
    """Cumulative hazard of an offence over the coming week.

    ``L ((t+1)^k - t^k) / 52^k exp(b . x - b0)``, ``L = -log(1 - p_year)``, t weeks at liberty,
    x = (unhoused, substance need, crisis, -trust, 32 - age); b0 is b . x of a man at the reference
    risk: unhoused 0.38, substance need 0.44, crisis 0.2, trust 0.3, 32 years old.

    Notes
    -----
    60% within a year after short sentences (Ministry of Justice, second-hand); shape 0.58 from
    reimprisonment in New Zealand, borrowed. Reoffending is lower in stable accommodation (SPCR:
    association), with trust (Sturm et al. 2021) and with age: sizes are assumptions.
    """
    total = -math.log(1.0 - justice.reoffending_year)
    shape = justice.risk_shape
    week: float = ((weeks_at_liberty + 1.0) / YEAR) ** shape - (weeks_at_liberty / YEAR) ** shape
    risk = (
        justice.risk_unhoused * (unhoused - UNHOUSED)
        + justice.risk_substance * (substance - SUBSTANCE_NEED)
        + justice.risk_crisis * (crisis - CRISIS)
        - justice.risk_trust * (trust - TRUST)
        - justice.age_gradient * (age - REFERENCE_AGE)
    )
    return total * week * math.exp(risk)


@rule
def leads_to_custody(justice: Justice, uniform: float) -> int:
    """Decide whether an offence leads to new custody at once (assumption)."""
    return 1 if uniform < justice.custody_after_offence else 0


@rule
def custody_length(justice: Justice, uniform: float) -> float:
    """Weeks of new custody, geometric: ``ceil(log u / log(1 - 1/m))`` (assumption)."""
    return math.ceil(math.log(uniform) / math.log(1.0 - 1.0 / justice.custody_weeks))


@rule
def is_on_licence(weeks_out: float, justice: Justice) -> int:
    """Whether a man is on licence: from first release for the declared weeks, inside or not.

    Assumption: no licence is prolonged.
    """
    return 1 if 0 <= weeks_out < justice.licence_weeks else 0


@rule
def recall_length(short_sentence: int) -> float:
    """Weeks of a fixed-term recall: 14 days after a sentence under a year, else 28 (assumption)."""
    return 2.0 if short_sentence == 1 else 4.0


@rule
def chance_of_appointment(crisis: float, needs: float, justice: Justice) -> float:
    """Chance that probation sees a man on licence this week: ``max(0, a - c C - n N)``.

    Claims that whether he reports is between him and the order, whoever helps him: neither the
    arm nor his relationship with a practitioner enters (assumption).
    """
    chance = (
        justice.appointment_base
        - justice.appointment_crisis * crisis
        - justice.appointment_needs * needs
    )
    return max(0.0, chance)


@rule
def death_hazard(weeks_since_release: float, justice: Justice) -> float:
    """Cumulative hazard of death over the coming week: ``L ((t+1)^k - t^k) / 52^k``.

    ``L = -log(1 - p_year)``, t weeks since first release, k = 0.6: the first weeks are the most
    dangerous (assumption). No help lowers it here, and so it is the same in every world: a model of
    engagement has no business to claim lives saved.
    """
    total = -math.log(1.0 - justice.death_year)
    week: float = ((weeks_since_release + 1.0) / YEAR) ** DEATH_SHAPE - (
        weeks_since_release / YEAR
    ) ** DEATH_SHAPE
    return total * week


@rule
def lost_contact_hazard(weeks_out_of_touch: float, justice: Justice) -> float:
    """Weekly hazard of recall for lost contact: none in the first week, full after four.

    Losing touch is the commonest recorded reason for fixed-term recall (Ministry of Justice).

    Assumption.
    """
    return justice.recall_lost * min(1.0, max(0.0, weeks_out_of_touch - 1.0) / 3.0)


@rule
def breach_hazard(
    substance: float, crisis: float, in_contact: int, role_conflict: float, justice: Justice
) -> float:
    """Weekly hazard of recall for a detected breach.

    ``h (0.25 + 0.75 (S + C)/2)(1 + d q contact)``, q the conflict of roles around him: contact can
    raise return to prison (some transition programmes do, Hopkin et al. 2018; the route is an
    assumption).
    """
    conduct = 0.25 + 0.375 * (substance + crisis)
    seen = 1.0 + justice.detection * role_conflict if in_contact == 1 else 1.0
    return justice.recall_breach * conduct * seen
