"""What counts as undiluted: three parts of how the programme is carried out, each a few changes.

The defaults are assumptions, declared here once; a study file may say otherwise.
"""

import itertools
from collections.abc import Mapping
from typing import Any

from engager_sim.designs.setting_factors import declared_settings, with_settings
from engager_sim.errors import UsageError
from engager_sim.scenarios.changes import changed, find_parameter
from engager_sim.scenarios.layered_file import LayeredFile
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.theory_values import Value
from engager_sim.scenarios.value_checks import refuse_unknown
from engager_sim.theory.declaration import Role
from engager_sim.world.records import ARMS, PROGRAMME, USUAL_CARE

type Changes = dict[str, Value]
type UndilutedParts = dict[str, Changes]

DELIVERY, SUPERVISION, CASELOAD = "delivery", "supervision", "caseload"
PARTS = (DELIVERY, SUPERVISION, CASELOAD)
CORNERS = 1 << len(PARTS)
"""Worlds that differ in which parts are undiluted; bit k of a corner's number: part k is."""

DEFAULTS: UndilutedParts = {
    DELIVERY: {
        "programme.client_engagement.prison_contacts": 1.0,
        "programme.client_engagement.gate_presence": 1.0,
        "programme.client_engagement.early_contacts": 3.0,
        "programme.client_engagement.later_contacts": 1.0,
        "programme.client_engagement.follow_up": 1.0,
        "programme.preparations_for_ending.preparation": 1.0,
        "programme.preparations_for_ending.joint_contact": 1.0,
    },
    SUPERVISION: {
        "programme.supervision.interval": 1.0,
        "programme.supervision.quality": 0.85,
        "programme.supervision.supervisor_hours": 20.0,
        "programme.supervision.skill_at_start": 0.65,
        "programme.supervision.fidelity_at_start": 0.85,
    },
    CASELOAD: {"programme.client_engagement.caseload": 8.0, "programme.teams.practitioners": 4},
}
"""Assumptions: every man met at the gate and followed up after a miss, with three contacts a week
at first and weekly ones later, and every ending prepared; weekly supervision of high quality by
teams trained beforehand; eight men for each practitioner, with twice the posts so that nobody waits
longer for one."""

TEAMS = "teams"


def corner_scenario(scenario: Scenario, undiluted: UndilutedParts, corner: int) -> Scenario:
    """Make the scenario in which the parts of one corner are undiluted."""
    for index, part in enumerate(PARTS):
        if corner >> index & 1:
            scenario = with_changes(scenario, undiluted[part])
    return scenario


def with_changes(scenario: Scenario, changes: Mapping[str, Value]) -> Scenario:
    """Change levers and the sizes of teams.

    Raises
    ------
    UsageError
        If a path names neither, or a value is out of range.
    """
    teams = {path: value for path, value in changes.items() if _names_team(path)}
    levers = {path: value for path, value in changes.items() if path not in teams}
    for path, value in teams.items():
        _refuse_team_value(path, value)
    for path in levers:
        _, parameter = find_parameter(path)
        if parameter.role is not Role.LEVER:
            raise UsageError(
                "this is an uncertainty, and no way of carrying out a programme changes it",
                key=path,
                allowed="levers, and numbers of a team's staff",
            )
    return with_settings(changed(scenario, levers), teams)


def read_undiluted(
    file: LayeredFile, key: tuple[str, ...], table: Any, scenario: Scenario
) -> UndilutedParts:
    """Read the table of undiluted parts: a part that is named replaces its default.

    Raises
    ------
    ScenarioError
        On the first part, path or value that cannot be used.
    """
    if not isinstance(table, dict):
        raise file.error("this should be a table", key, value=table, fix=f"write [{'.'.join(key)}]")
    refuse_unknown(table, PARTS, key, file)
    undiluted = dict(DEFAULTS)
    for part, changes in table.items():
        if not isinstance(changes, dict):
            raise file.error(
                "this should be a table",
                (*key, part),
                value=changes,
                fix=f"write [{'.'.join((*key, part))}] and below it lines such as "
                "programme.supervision.interval = 1",
            )
        undiluted[part] = _flat(changes)
    for first, second in itertools.combinations(undiluted, 2):
        for path in undiluted[second]:
            if path in undiluted[first]:
                raise file.error(
                    f"{first} and {second} both change this, so their parts cannot be told apart",
                    (*key, second if second in table else first, path),
                    fix="leave it to one of them",
                )
    for part in table:
        for path, value in undiluted[part].items():
            if path.partition(".")[0] == ARMS[USUAL_CARE]:
                raise file.error(
                    "only the programme can be undiluted",
                    (*key, part, path),
                    fix=f"begin with {ARMS[PROGRAMME]}, or change usual care in the scenario",
                )
            with file.naming((*key, part, path)):
                with_changes(scenario, {path: value})
    for corner in range(CORNERS):
        with file.naming(key, "the parts do not fit together: "):
            corner_scenario(scenario, undiluted, corner)
    return undiluted


def _flat(table: Mapping[str, Any], before: str = "") -> Changes:
    """Write nested tables, as TOML makes them of dotted keys, as paths."""
    paths: Changes = {}
    for key, value in table.items():
        if isinstance(value, dict):
            paths |= _flat(value, f"{before}{key}.")
        else:
            paths[f"{before}{key}"] = value
    return paths


def _names_team(path: str) -> bool:
    return TEAMS in path.split(".")[:2]


def _refuse_team_value(path: str, value: Value) -> None:
    fact = declared_settings().get(path)
    if fact is None or fact.range is None:
        known = [name for name in declared_settings() if _names_team(name)]
        raise UsageError("no such number of a team", key=path, allowed=", ".join(known))
    low, high = fact.range
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise UsageError(
            "value out of range",
            key=path,
            value=value,
            allowed=f"a whole number from {low:g} to {high:g}",
        )
