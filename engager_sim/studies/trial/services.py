"""Services between which a trial divides its men: one arm each, with men who may be in either."""

import copy
import dataclasses
import math

import numpy as np

from engager_sim.designs.matched_populations import refuse_other_theory
from engager_sim.errors import UsageError
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.trial.sizes import scarce
from engager_sim.world.records import ARMS, PROGRAMME, USUAL_CARE
from engager_sim.world.setting import AgencySetting, TeamSetting

OWN = "usual care around "
"""How the name of own usual care begins, before that of the service."""
MEN_OF_OFFICER = 140
"""Men of two years for whom usual care has one officer, as in the preset usual_care; assumption."""
OTHER_CASES = 32
"""Men whom each holds besides, as there; assumption."""
TWO_YEARS = 104
COMPARED = ("shortest_to_release", "longest_to_release", "correlations")
"""What of their populations must be alike, so that a man may be allocated to either service."""


def arms_of(scenario: Scenario) -> set[int]:
    """Say to which arms a scenario sends men."""
    parts = scenario.setting.population.allocation
    dealt = {arm for arm in (PROGRAMME, USUAL_CARE) if parts[arm] > 0}
    if scenario.men is None:
        return dealt
    given = scenario.men["arm"]
    said = {int(arm) for arm in given[~np.isnan(given)]}
    return said | dealt if np.isnan(given).any() else said


def service_of(scenario: Scenario) -> Scenario:
    """Make the scenario of one service alone: of two arms, of the programme.

    Practitioners are as busy as with two arms, and services as scarce: as many men a week come to
    the programme, and of every agency's places it has its share.

    Raises
    ------
    UsageError
        If own data send men to both arms.
    """
    if len(arms_of(scenario)) == 1:
        return scenario
    if scenario.men is not None:
        raise UsageError(
            "own data send men to both arms, so nobody may be in either",
            file=scenario.file,
            fix=f"ask for the trial that they describe: engager-sim trial {scenario.name}",
        )
    setting = scenario.setting
    people = setting.population
    share = people.allocation[PROGRAMME] / sum(people.allocation)
    alone = dataclasses.replace(
        people, allocation=[1, 0], recruitment_weeks=round(people.recruitment_weeks / share)
    )
    agencies = scarce(setting.agencies, share)
    return dataclasses.replace(
        scenario, setting=dataclasses.replace(setting, population=alone, agencies=agencies)
    )


def own_usual_care(scenario: Scenario) -> Scenario:
    """Make usual care where a one-arm programme works: the same men and agencies without it.

    The programme's teams are gone, and officers of probation hold the men, at what the scenario
    says of usual care, else at the declared reference. Agencies stay, also the one from which the
    programme worked. Where there is no probation it is added, with no tie but those that the
    structure of the network gives.
    """
    setting = scenario.setting
    teams = [team for team in setting.teams if team.arm == ARMS[USUAL_CARE]]
    agencies = setting.agencies
    if not teams:
        officers = [agency for agency in agencies if agency.kind == "probation"]
        if not officers:
            officers = [AgencySetting("probation", "probation")]
            agencies = [*agencies, *officers]
        teams = [_officers(scenario, officers[0])]
    population = dataclasses.replace(setting.population, allocation=[0, 1])
    values = copy.deepcopy(scenario.values)
    engagement = values.setdefault(ARMS[USUAL_CARE], {}).setdefault("client_engagement", {})
    engagement.setdefault("other_cases", OTHER_CASES)
    men = scenario.men
    if men is not None:
        men = men.copy()
        men["arm"], men["team"] = USUAL_CARE, np.nan
    return dataclasses.replace(
        scenario,
        name=f"{OWN}{scenario.name}",
        setting=dataclasses.replace(setting, population=population, agencies=agencies, teams=teams),
        values=values,
        men=men,
    )


def paired_services(scenario: Scenario, base: Scenario | None) -> tuple[Scenario, Scenario | None]:
    """Give the world of a trial, or the worlds of the two services between which it divides men.

    Parameters
    ----------
    scenario : Scenario
        With both arms, or the service that is tried.
    base : Scenario or None
        The service it is compared with. Without one a service with one arm is compared with its
        own usual care.

    Raises
    ------
    UsageError
        If there is nothing to compare, or nobody could be allocated to either.
    """
    if base is not None:
        services = service_of(base), service_of(scenario)
        refuse_other_trial(*services)
        if services[0].name == services[1].name:
            return services[1], dataclasses.replace(services[0], name=f"{base.name} again")
        return services[1], services[0]
    arms = arms_of(scenario)
    if len(arms) == len(ARMS):
        return scenario, None
    if arms == {USUAL_CARE}:
        raise UsageError(
            f"{scenario.name} is usual care alone, and a trial compares a service with it",
            value=scenario.name,
            fix=f"name the service too: engager-sim trial {scenario.name} through_the_gate",
        )
    return scenario, own_usual_care(scenario)


def refuse_other_trial(base: Scenario, other: Scenario) -> None:
    """Refuse two services between which no man could be allocated.

    Raises
    ------
    UsageError
        Saying what differs besides the services.
    """
    here, there = base.setting.population, other.setting.population
    differ = [
        f"{name.replace('_', ' ')} is {getattr(here, name)} and {getattr(there, name)}"
        for name in COMPARED
        if getattr(here, name) != getattr(there, name)
    ]
    if (base.men is None) != (other.men is None) or (
        base.men is not None and other.men is not None and _differ(base.men, other.men)
    ):
        differ.append("their tables of men differ")
    if differ:
        raise UsageError(
            f"{base.name} and {other.name} are about different men, so no man could be allocated "
            f"to either: {'; '.join(differ)}",
            fix="give both the same population",
        )
    refuse_other_theory(base, other)


def _differ(here: np.recarray, there: np.recarray) -> bool:
    names = [name for name in here.dtype.names or () if name not in ("arm", "team")]
    return len(here) != len(there) or any(
        not np.array_equal(here[name], there[name], equal_nan=True) for name in names
    )


def _officers(scenario: Scenario, agency: AgencySetting) -> TeamSetting:
    people = scenario.setting.population
    in_two_years = people.leavers / people.recruitment_weeks * TWO_YEARS
    count = math.ceil(in_two_years / MEN_OF_OFFICER)
    return TeamSetting(
        "probation officers", "usual_care", agency.name, practitioners=count, site=agency.site
    )
