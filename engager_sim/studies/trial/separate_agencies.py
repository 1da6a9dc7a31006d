"""Separate agencies for each arm: the world without contamination through shared agencies.

Usual care keeps the agencies it has, names and all, so every draw that the number of an agency or
a tie keys is as before. The programme's teams get copies at a site of their own, and take the
agencies from which only they work with them. Copies have other names and so other numbers: which of
several agencies of one kind serves a man, and whether a copied tie has a shared record or one roof,
are drawn anew on the programme's side. Men's own numbers, and all that these key, do not change.
"""

import dataclasses

from engager_sim.scenarios.scenario import Scenario
from engager_sim.world.records import ARMS
from engager_sim.world.setting import AgencySetting, Setting, TeamSetting, TieSetting

COPY = " (programme's)"
PROGRAMME, USUAL_CARE = ARMS
EVERYWHERE = "everywhere"
"""The site of usual care's agencies where the scenario names no site."""


def separate_agencies(scenario: Scenario) -> Scenario | None:
    """Make the scenario in which the arms share no agency.

    Returns
    -------
    Scenario or None
        Nothing where agencies cannot be divided: some but not all work at all sites, one leads the
        network or stands at its centre, a team works at no site, or a name is too long for what a
        copy adds to it.
    """
    setting = scenario.setting
    if {agency.site for agency in setting.agencies} == {None}:
        setting = _at(setting, EVERYWHERE)
    if not _can_be_divided(setting):
        return None
    homes = {arm: {team.agency for team in setting.teams if team.arm == arm} for arm in ARMS}
    own = homes[PROGRAMME] - homes[USUAL_CARE]  # from which only teams of the programme work
    teams = [_moved_team(team, own) for team in setting.teams]
    agencies = [
        dataclasses.replace(agency, site=f"{agency.site}{COPY}") if agency.name in own else agency
        for agency in setting.agencies
    ]
    shared = [agency for agency in setting.agencies if agency.name not in own]
    near = {team.site for team in setting.teams if team.arm == PROGRAMME}
    copies = [_copy(agency) for agency in shared if agency.site in near]
    names = {copy.name.removesuffix(COPY) for copy in copies}
    divided = dataclasses.replace(
        setting,
        agencies=[*agencies, *copies],
        teams=teams,
        ties=[part for tie in setting.ties for part in _divided_tie(tie, own, names)],
    )
    return dataclasses.replace(scenario, setting=divided)


def _at(setting: Setting, site: str) -> Setting:
    """Put everything at one site."""
    return dataclasses.replace(
        setting,
        agencies=[dataclasses.replace(agency, site=site) for agency in setting.agencies],
        teams=[dataclasses.replace(team, site=site) for team in setting.teams],
    )


def _can_be_divided(setting: Setting) -> bool:
    longest = max(len(agency.name) for agency in setting.agencies)
    return (
        all(agency.site is not None for agency in setting.agencies)
        and all(team.site is not None for team in setting.teams)
        and setting.network.lead is None
        and setting.network.structure != "hub"
        and longest + len(COPY) <= 60
    )


def _moved_team(team: TeamSetting, own: set[str]) -> TeamSetting:
    if team.arm != PROGRAMME:
        return team
    agency = team.agency if team.agency in own else f"{team.agency}{COPY}"
    return dataclasses.replace(team, agency=agency, site=f"{team.site}{COPY}")


def _copy(agency: AgencySetting) -> AgencySetting:
    return dataclasses.replace(agency, name=f"{agency.name}{COPY}", site=f"{agency.site}{COPY}")


def _divided_tie(tie: TieSetting, own: set[str], copied: set[str]) -> list[TieSetting]:
    """Keep a listed tie where both of its ends are usual care's, and copy it for the programme."""
    here = [tie] if own.isdisjoint(tie.between) else []
    if not all(name in own or name in copied for name in tie.between):
        return here
    between = [name if name in own else f"{name}{COPY}" for name in tie.between]
    return [*here, dataclasses.replace(tie, between=between)]
