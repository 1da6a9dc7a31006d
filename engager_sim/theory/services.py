"""Services: how men take up, wait for, use and leave the services that meet their needs.

Part of a man's circumstances: pick-up goes on without any help; a referral from prison, a
practitioner's handover, a peer's bridge and a carried-over trust change how often and how long.
Services decide whom they accept and when; where places are limited, men queue for one.
"""

from dataclasses import dataclass

from engager_sim.compilation import rule
from engager_sim.theory.circumstances import NEEDS
from engager_sim.theory.declaration import IntegerVector, Vector, state, states, uncertainty

NO_SERVICE, WAITING, IN_SERVICE = 0, 1, 2
NOT_DUE, DUE, ACCEPTED, ADMITTED = 0, 1, 2, 3
"""How far a wait has come: not over yet, over and to be assessed, accepted but without a place,
given a place when the week closed."""
NO_LIMIT = -1
NEED_PRESENT = 0.3
"""Severity above which a need is present: its service has to do with the man, prison refers him for
it, he may take up help by himself, and an agency accepts him unless its setting says otherwise. One
number, because each of these asks the same, and a definition, which no study varies."""


@dataclass
class ServiceState:
    """A leaver's use of the services for his four needs."""

    # fmt: off
    service: IntegerVector = states(NEEDS, "each need's service: 0 none, 1 waiting, 2 in it",
        "code", 0, 2, "use_services")
    referred: IntegerVector = states(NEEDS, "whether prison referred him to it",
        "on/off", 0, 1, "use_services")
    admission: IntegerVector = states(
        NEEDS, "each wait: 0 not over, 1 to be assessed, 2 waits for a place, 3 given one",
        "code", 0, 3, "use_services")
    weeks_waited: IntegerVector = states(NEEDS, "weeks of each wait so far, those inside included",
        "weeks", 0, 1e5, "use_services")
    handed_on: IntegerVector = states(NEEDS, "whether his practitioner handed him on to it",
        "on/off", 0, 1, "meet")
    service_trust: Vector = states(NEEDS, "trust he brings to each service",
        "share", 0, 1, "prepare_ending", "drawn")
    weeks_since_service: float = state("weeks since any service saw him",
        "weeks", 0, 1e6, "use_services", 1e4)


@dataclass
class PlacesState:
    """An agency's places: how many, for whom, how many are used and awaited."""

    # fmt: off
    places: int = state("places for men of this simulation, -1 no limit",
        "places", -1, 1e6, "enter", "given")
    accepts_above: float = state("severity of a need above which it accepts a man",
        "share", 0, 1, "enter", "given")
    both_sides: int = state("whether it works on both sides of the prison wall",
        "on/off", 0, 1, "enter", "given")
    used_counted: int = state("places in use, counted this week", "places", 0, 1e9, "admit_waiting")
    queue_counted: int = state("men who wait for a place, counted this week",
        "men", 0, 1e9, "admit_waiting")
    queue: int = state("men who still waited for a place when last week closed",
        "men", 0, 1e9, "admit_waiting")
    used_sum: int = state("places in use summed over weeks", "places", 0, 1e12, "admit_waiting")
    queue_sum: int = state("men who still wait for a place summed over weeks",
        "men", 0, 1e12, "admit_waiting")
    weeks_in_demand: int = state("weeks with a place in use or awaited",
        "weeks", 0, 1e6, "admit_waiting")


@dataclass(frozen=True)
class Services:
    """Parameters of services met without, and with, the programme."""

    # fmt: off
    pick_up_housing: float = uncertainty(0.030, 0.0, 0.2, "per week",
        "take-up of a housing service by a man in full need")
    pick_up_substance: float = uncertainty(0.008, 0.0, 0.2, "per week",
        "take-up of a substance service by a man in full need", fitted=0.00429)
    pick_up_work: float = uncertainty(0.020, 0.0, 0.2, "per week",
        "take-up of an employment service by a man in full need")
    pick_up_relationships: float = uncertainty(0.006, 0.0, 0.2, "per week",
        "take-up of mental health or family help by a man in full need")
    pick_up_trust: float = uncertainty(1.5, 0.0, 3.0, "ratio",
        "how much more often a man of full trust takes up services")
    prison_referral: float = uncertainty(0.8, 0.2, 1.0, "probability",
        "chance that prison refers a man for a need by the day of release", fitted=0.843)
    put_off: float = uncertainty(0.3, 0.0, 0.6, "probability per week",
        "chance that a service puts off a man in a full crisis")
    give_up: float = uncertainty(0.04, 0.0, 0.15, "per week",
        "hazard of giving up a wait outside without any trust or tie")
    attendance: float = uncertainty(0.6, 0.3, 0.9, "probability per week",
        "chance that a service sees a man in a week", fitted=0.74)
    drop_out: float = uncertainty(0.06, 0.01, 0.2, "per week",
        "hazard of leaving a service without any trust in it", fitted=0.136)
    drop_out_trust: float = uncertainty(0.7, 0.0, 1.0, "share",
        "part of that hazard, and of giving up a wait, that full trust takes away")
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
def is_present(need: float) -> int:
    """Whether a need is present: more severe than the one threshold that defines it.

    A definition; it claims nothing about people.
    """
    return 1 if need > NEED_PRESENT else 0


@rule
def is_claim(need: float, level: float) -> int:
    """Whether a need counts among those that agencies have to cover: present now, or without help.

    Parameters
    ----------
    level : float
        The level to which the need returns without help.

    Notes
    -----
    Claims that agencies have to do with a need also while help holds it down (assumption); what
    they share about a man then never counts for less because their help works.
    """
    return 1 if need > NEED_PRESENT or level > NEED_PRESENT else 0


@rule
def is_referred_from_prison(need: float, services: Services, uniform: float) -> int:
    """Decide whether prison has referred a man for a need by the day of release.

    With the declared chance, where the need is present (assumption). Whether the referral arrives
    is a matter of the tie across the wall.
    """
    return 1 if need > NEED_PRESENT and uniform < services.prison_referral else 0


@rule
def is_too_slight(severity: float, accepts_above: float) -> int:
    """Whether a service declines a man because his need is too slight: ``N <= threshold``.

    The threshold is the agency's own (assumption: who is declined may come again).
    """
    return 1 if severity <= accepts_above else 0


@rule
def puts_off(crisis: float, services: Services, uniform: float) -> int:
    """Decide whether a service puts off a man whom it would accept: ``P = p C`` (assumption).

    Claims that services see men in acute crisis as not ready; he is assessed again next week.
    """
    return 1 if uniform < services.put_off * crisis else 0


@rule
def give_up_hazard(trust: float, tie: float, services: Services) -> float:
    """Weekly hazard of giving up a wait outside: ``g (1 - t T)(1 - c)``.

    Parameters
    ----------
    tie : float
        c, the tie that is behind the wait, in [0, 1].

    Notes
    -----
    Claims that a man who trusts keeps waiting, and one of whom two agencies keep track is not lost
    on the way (assumption).
    """
    return services.give_up * (1.0 - services.drop_out_trust * trust) * (1.0 - tie)


@rule
def let_go(leaver: ServiceState, number: int) -> None:
    """End a man's use of, or wait for, the service of this number: he has none.

    Claims that who comes again begins anew: no place is kept, no wait is counted on (assumption).
    """
    leaver.service[number] = NO_SERVICE
    leaver.referred[number] = leaver.handed_on[number] = 0
    leaver.admission[number] = NOT_DUE
    leaver.weeks_waited[number] = 0


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
