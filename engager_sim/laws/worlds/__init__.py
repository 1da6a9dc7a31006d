"""The scenarios with which laws begin, and what a law changes beside parameters."""

import dataclasses
from functools import partial
from pathlib import Path
from typing import Any

from engager_sim.laws.declaration import Shape
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.theory_values import Value, declared
from engager_sim.theory.declaration import Role
from engager_sim.world.agencies import share_a_site
from engager_sim.world.setting import AgencyKind, TieSetting

FOLDER = Path(next(iter(__path__)))
AT_WORK = 0.8
"""Where levers stand that run from 0 to 1 when a theme is held against its absence."""
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


def tied_across_the_wall(strength: float, recorded: bool, one_place: bool) -> Shape:
    """Tie prison healthcare to every agency of its site that enforces no orders."""
    return partial(_tied_across_the_wall, strength=strength, recorded=recorded, one_place=one_place)


def without_the_agency(kind: AgencyKind) -> Shape:
    """Let the agencies of a kind serve no need any more; as many are there to coordinate."""
    return partial(_without_the_agency, kind=kind)


def with_more_men(times: int) -> Shape:
    """Let so many times the men enter over the same weeks, for the same staff."""
    return partial(_with_more_men, times=times)


def with_peers(peers: int) -> Shape:
    """Give every team so many peers."""
    return partial(_with_peers, peers=peers)


def _tied_across_the_wall(
    scenario: Scenario, strength: float, recorded: bool, one_place: bool
) -> Scenario:
    agencies = scenario.setting.agencies
    across = [
        TieSetting([prison.name, other.name], strength, recorded, one_place)
        for prison in agencies
        for other in agencies
        if prison.kind == "prison_healthcare"
        and other.kind != "prison_healthcare"
        and share_a_site(prison, other)
        and not other.enforces_orders
    ]
    pairs = [set(tie.between) for tie in across]
    others = [tie for tie in scenario.setting.ties if set(tie.between) not in pairs]
    return _changed_setting(scenario, ties=[*others, *across])


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
