"""Services: how men take up, wait for, use and leave the services that meet their needs.

Part of a man's circumstances: pick-up goes on without any help; a practitioner's handover, a
peer's bridge and a carried-over trust change how often and how long.
"""

from dataclasses import dataclass

from engager_sim.compilation import rule
from engager_sim.theory.circumstances import NEEDS
from engager_sim.theory.declaration import IntegerVector, Vector, state, states, uncertainty

NO_SERVICE, WAITING, IN_SERVICE = 0, 1, 2


@dataclass
class ServiceState:
    """A leaver's use of the services for his four needs."""

    # fmt: off
    service: IntegerVector = states(NEEDS, "each need's service: 0 none, 1 waiting, 2 in it",
        "code", 0, 2, "use_services")
    handed_on: IntegerVector = states(NEEDS, "whether his practitioner handed him on to it",
        "on/off", 0, 1, "meet")
    service_trust: Vector = states(NEEDS, "trust he brings to each service",
        "share", 0, 1, "prepare_ending", "drawn")
    weeks_since_service: float = state("weeks since any service saw him",
        "weeks", 0, 1e6, "use_services", 1e4)


@dataclass(frozen=True)
class Services:
    """Parameters of services met without, and with, the programme."""

    # fmt: off
    pick_up_housing: float = uncertainty(0.030, 0.0, 0.2, "per week",
        "take-up of a housing service by a man in full need")
    pick_up_substance: float = uncertainty(0.008, 0.0, 0.2, "per week",
        "take-up of a substance service by a man in full need")
    pick_up_work: float = uncertainty(0.020, 0.0, 0.2, "per week",
        "take-up of an employment service by a man in full need")
    pick_up_relationships: float = uncertainty(0.006, 0.0, 0.2, "per week",
        "take-up of mental health or family help by a man in full need")
    pick_up_trust: float = uncertainty(1.5, 0.0, 3.0, "ratio",
        "how much more often a man of full trust takes up services")
    pick_up_need: float = uncertainty(0.3, 0.2, 0.6, "share",
        "severity above which a man takes up a service by himself")
    prison_referral_need: float = uncertainty(0.3, 0.2, 0.6, "share",
        "severity above which prison refers a substance need on release")
    prison_referral: float = uncertainty(0.8, 0.2, 0.9, "probability",
        "men with a substance need referred on release in usual care")
    attendance: float = uncertainty(0.6, 0.3, 0.9, "probability per week",
        "chance that a service sees a man in a week")
    drop_out: float = uncertainty(0.06, 0.01, 0.2, "per week",
        "hazard of leaving a service without any trust in it")
    drop_out_trust: float = uncertainty(0.7, 0.0, 1.0, "share",
        "part of that hazard that full trust takes away")
    relief: float = uncertainty(0.06, 0.0, 0.2, "share per week",
        "part of a need, housing apart, that a week's contact with its service takes away")
    met_need: float = uncertainty(0.15, 0.06, 0.2, "share",
        "severity below which a need is met and its service lets him go")
    housing_help: float = uncertainty(2.0, 1.0, 5.0, "ratio",
        "how much faster a housing service finds accommodation")


@rule
def pick_up_hazard(
    kind: float, need: float, trust: float, bridge: float, services: Services
) -> float:
    """Weekly hazard of taking up a service without referral: ``h_k N (1 + t T) bridge``.

    Parameters
    ----------
    kind : float
        The declared take-up of this kind of service.
    bridge : float
        Multiplier from a peer, at least 1.

    Notes
    -----
    Distrust keeps men from help (Howerton et al. 2007); the form is an assumption.
    """
    return kind * need * (1.0 + services.pick_up_trust * trust) * bridge


@rule
def pick_up_of(need: int, services: Services) -> float:
    """The declared take-up of the service for one need (0 housing ... 3 relationships).

    Arithmetic; it claims nothing about people.
    """
    if need == 0:
        return services.pick_up_housing
    if need == 1:
        return services.pick_up_substance
    if need == 2:
        return services.pick_up_work
    return services.pick_up_relationships


@rule
def is_referred_from_prison(need: float, services: Services, uniform: float) -> int:
    """Decide whether prison has referred a man for his substance need by the day of release.

    With the declared chance, where the need is severe enough to be seen (assumption; treatment
    within three weeks of release is the published figure near which the chance was set).
    """
    return 1 if need > services.prison_referral_need and uniform < services.prison_referral else 0


@rule
def housing_help_factor(stage: int, services: Services) -> float:
    """How much faster accommodation is found: the declared ratio in a housing service, else 1.

    Assumption: waiting for the service helps nobody.
    """
    return services.housing_help if stage == IN_SERVICE else 1.0


@rule
def starts_service(weeks_to_wait: float, uniform: float) -> int:
    """Decide whether a wait ends this week: ``P = 1 / mean weeks``, at most 1.

    Arithmetic; it claims nothing about people.
    """
    return 1 if uniform * weeks_to_wait < 1.0 else 0


@rule
def drop_out_hazard(service_trust: float, services: Services) -> float:
    """Weekly hazard of leaving a service: ``h (1 - t T_s)`` (assumption)."""
    return services.drop_out * (1.0 - services.drop_out_trust * service_trust)


@rule
def need_in_service(need: float, services: Services) -> float:
    """A need, housing apart, after its service saw him in a week: ``N (1 - r)`` (assumption)."""
    return need * (1.0 - services.relief)
