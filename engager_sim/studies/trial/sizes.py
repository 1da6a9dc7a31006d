"""The same trial with other numbers of men and practitioners, who stay as busy as they were."""

import dataclasses

from engager_sim.designs.setting_factors import LEAVERS, declared_settings, with_settings
from engager_sim.errors import UsageError
from engager_sim.scenarios.scenario import Scenario
from engager_sim.world.setting import AgencySetting

RECRUITMENT = "population.recruitment_weeks"


def resized(scenario: Scenario, men: int) -> Scenario:
    """Make the scenario with so many men, and with recruitment as much longer or shorter.

    Raises
    ------
    UsageError
        If recruitment would take more weeks than are allowed, or the men come from own data.
    """
    people = scenario.setting.population
    if men == people.leavers:
        return scenario
    if scenario.men is not None:
        raise UsageError(
            "the men come from own data, so a trial of another size has no men",
            value=men,
            allowed=str(people.leavers),
            fix="leave men and size out",
        )
    weeks = max(1, round(people.recruitment_weeks * men / people.leavers))
    bounds = declared_settings()[RECRUITMENT].range
    longest = int(bounds[1]) if bounds is not None else weeks
    if weeks > longest:
        most = int(longest * people.leavers / people.recruitment_weeks)
        raise UsageError(
            f"at the scenario's rate, recruiting {men:,} men would take {weeks:,} weeks, and "
            f"{longest} are allowed",
            value=men,
            allowed=f"at most {most:,} men",
            fix="name fewer men, or a scenario that recruits faster, with more teams",
        )
    return with_settings(scenario, {LEAVERS: men, RECRUITMENT: weeks})


def staffed(scenario: Scenario, factor: float) -> Scenario:
    """Make the scenario so many times as large: staff, places of services, and men in a week.

    Practitioners are as busy as before and services as scarce; the same number of men is recruited
    in as much less time.

    Raises
    ------
    UsageError
        If staff cannot be divided, or the men come from own data.
    """
    if factor == 1.0:
        return scenario
    if scenario.men is not None:
        raise UsageError(
            "the men come from own data, whose weeks of entry fit the staff that there are",
            fix="leave practitioners out",
        )
    setting = scenario.setting
    sizes = [
        (team.practitioners * factor, team.supervisors * factor, team.peers * factor)
        for team in setting.teams
    ]
    if any(abs(size - round(size)) > 1e-9 for size, _, _ in sizes):
        had = ", ".join(str(team.practitioners) for team in setting.teams)
        raise UsageError(
            f"the teams of {scenario.name} have {had} practitioners, and cannot all be "
            f"{factor:g} times as large",
            fix="name a number of practitioners that is a multiple of the scenario's own",
        )
    teams = [
        dataclasses.replace(
            team,
            practitioners=round(practitioners),
            supervisors=min(max(1, round(supervisors)), round(practitioners)),
            peers=round(peers),
        )
        for team, (practitioners, supervisors, peers) in zip(setting.teams, sizes, strict=True)
    ]
    people = setting.population
    weeks = max(1, round(people.recruitment_weeks / factor))
    larger = dataclasses.replace(setting, teams=teams, agencies=scarce(setting.agencies, factor))
    return with_settings(dataclasses.replace(scenario, setting=larger), {RECRUITMENT: weeks})


def scarce(agencies: list[AgencySetting], factor: float) -> list[AgencySetting]:
    """Give agencies so many times their places, at least one where there were any."""
    return [
        agency
        if not agency.places
        else dataclasses.replace(agency, places=max(1, round(agency.places * factor)))
        for agency in agencies
    ]
