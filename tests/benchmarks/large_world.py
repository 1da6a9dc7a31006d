"""The trial's service many times over: as many sites as it takes, each staffed in proportion."""

import dataclasses

from engager_sim.scenarios.scenario import Scenario

LEAVERS = 100_000
MEN_AT_A_SITE = 2_000
TIMES = 14
"""Each site has so many times the staff, and the places, of one of the trial's two."""


def large_trial(leavers: int = LEAVERS) -> Scenario:
    """Make a scenario of so many men with agencies and teams of their own at every site.

    Each of the trial's two sites has 140 men; each of these has 2000, and fourteen times the staff
    and the places. A scenario file could hold 100,000 men: there are 300 agencies.
    """
    trial = Scenario.load("engager_trial")
    setting = trial.setting
    site = setting.agencies[0].site
    agencies, teams = [], []
    for number in range(leavers // MEN_AT_A_SITE):
        place = f"site {number}"
        agencies += [
            dataclasses.replace(
                agency,
                name=f"{agency.name} {number}",
                site=place,
                places=None if agency.places is None else TIMES * agency.places,
            )
            for agency in setting.agencies
            if agency.site == site
        ]
        teams += [
            dataclasses.replace(
                team,
                name=f"{team.name} {number}",
                agency=f"{team.agency} {number}",
                site=place,
                practitioners=TIMES * team.practitioners,
                supervisors=TIMES * team.supervisors,
                peers=TIMES * team.peers,
            )
            for team in setting.teams
            if team.site == site
        ]
    people = dataclasses.replace(setting.population, leavers=leavers)
    large = dataclasses.replace(setting, population=people, agencies=agencies, teams=teams)
    return dataclasses.replace(trial, name="large_trial", setting=large)
