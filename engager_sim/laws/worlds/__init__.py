"""The scenarios with which laws begin, and what a law changes beside parameters."""

import dataclasses
from functools import partial
from pathlib import Path
from typing import Any

from engager_sim.laws.declaration import Shape
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.theory_values import Value, declared
from engager_sim.theory.circumstances import NEEDS
from engager_sim.theory.declaration import Role
from engager_sim.world.agency_choice import FIRST_CHOICE
from engager_sim.world.setting import AGENCY_KINDS, AgencyKind

FOLDER = Path(next(iter(__path__)))
AT_WORK = 0.8
"""Where levers stand that run from 0 to 1 when a theme is held against its absence."""
SERVE_NEEDS = frozenset(AGENCY_KINDS[kind] for kind in FIRST_CHOICE[:NEEDS])
"""The kinds of agency that come first for a need."""
NOBODY_SERVES: AgencyKind = "resettlement"
"""The kind of agency that serves no need where prison healthcare is there."""


def base(name: str) -> Scenario:
    """Load a scenario with which laws begin: one of this folder, or a preset."""
    own = FOLDER / f"{name}.toml"
    return Scenario.load(own if own.is_file() else name)


def levers_at_work(theme: str) -> dict[str, Value]:
    """Put every lever of a theme that runs from 0 to 1 at 0.8."""
    return {
        parameter.path: AT_WORK
        for parameter in declared()[theme].values()
        if parameter.role is Role.LEVER and parameter.kind == "real" and parameter.high <= 1.0
    }


def on_both_sides(scenario: Scenario) -> Scenario:
    """Let every agency that serves a need work on both sides of the wall."""
    agencies = [
        dataclasses.replace(agency, both_sides=agency.kind in SERVE_NEEDS)
        for agency in scenario.setting.agencies
    ]
    return _changed_setting(scenario, agencies=agencies)


def without_the_agency(kind: AgencyKind) -> Shape:
    """Let the agencies of a kind serve no need any more; as many are there to coordinate."""
    return partial(_without_the_agency, kind=kind)


def with_more_men(times: int) -> Shape:
    """Let so many times the men enter over the same weeks, for the same staff."""
    return partial(_with_more_men, times=times)


def with_peers(peers: int) -> Shape:
    """Give every team so many peers."""
    return partial(_with_peers, peers=peers)


def _without_the_agency(scenario: Scenario, kind: AgencyKind) -> Scenario:
    agencies = [
        dataclasses.replace(agency, kind=NOBODY_SERVES) if agency.kind == kind else agency
        for agency in scenario.setting.agencies
    ]
    return _changed_setting(scenario, agencies=agencies)


def _with_more_men(scenario: Scenario, times: int) -> Scenario:
    people = scenario.setting.population
    more = dataclasses.replace(people, leavers=times * people.leavers)
    return _changed_setting(scenario, population=more)


def _with_peers(scenario: Scenario, peers: int) -> Scenario:
    teams = [dataclasses.replace(team, peers=peers) for team in scenario.setting.teams]
    return _changed_setting(scenario, teams=teams)


def _changed_setting(scenario: Scenario, **changes: Any) -> Scenario:
    return dataclasses.replace(scenario, setting=dataclasses.replace(scenario.setting, **changes))
