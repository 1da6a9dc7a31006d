"""What counts as undiluted: three parts of how the programme is carried out, each a few changes.

The defaults are assumptions, declared here once; a study file may say otherwise.
"""

from collections.abc import Mapping
from typing import Any

from engager_sim.designs.setting_factors import declared_settings, with_settings
from engager_sim.errors import EngagerError, UsageError
from engager_sim.scenarios.changes import changed, find_parameter
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.scenario_file import LayeredFile
from engager_sim.scenarios.theory_values import Value
from engager_sim.scenarios.value_checks import refuse_unknown
from engager_sim.theory.declaration import Role
from engager_sim.world.records import ARMS, PROGRAMME, USUAL_CARE

type Changes = dict[str, Value]
type Ideal = dict[str, Changes]

DELIVERY, SUPERVISION, CASELOAD = "delivery", "supervision", "caseload"
PARTS = (DELIVERY, SUPERVISION, CASELOAD)
CORNERS = 1 << len(PARTS)
"""Worlds that differ in which parts are ideal; bit k of a corner's number: part k is."""

DEFAULTS: Ideal = {
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
    CASELOAD: {
        "programme.client_engagement.caseload": 8.0,
        "programme.teams.practitioners": 4,
    },
}
"""Assumptions: every man met at the gate and followed up after a miss, with three contacts a week
at first and weekly ones later, and every ending prepared; weekly supervision of high quality by
teams trained beforehand; eight men for each practitioner, with twice the posts so that nobody waits
longer for one."""

TEAMS = "teams"


def corner_of(scenario: Scenario, ideal: Ideal, corner: int) -> Scenario:
    """Make the scenario in which the parts of one corner are ideal."""
    for place, part in enumerate(PARTS):
        if corner >> place & 1:
            scenario = with_changes(scenario, ideal[part])
    return scenario


def with_changes(scenario: Scenario, changes: Mapping[str, Value]) -> Scenario:
    """Change levers and the sizes of teams.

    Raises
    ------
    UsageError
        If a path names neither, or a value is out of range.
    """
    teams = {path: value for path, value in changes.items() if _is_of_teams(path)}
    levers = {path: value for path, value in changes.items() if path not in teams}
    for path, value in teams.items():
        _refuse_team_value(path, value)
    for path in levers:
        _, parameter = find_parameter(path)
        if parameter.role is not Role.LEVER:
            raise UsageError(
                "this is an uncertainty, and no way of carrying out a programme changes it",
                key=path, allowed="levers, and numbers of a team's staff",
            )  # fmt: skip
    return with_settings(changed(scenario, levers), teams)


def read_ideal(file: LayeredFile, table: Mapping[str, Any], scenario: Scenario) -> Ideal:
    """Read ``[trial.ideal]``: a part that is named replaces its default.

    Raises
    ------
    ScenarioError
        On the first part, path or value that cannot be used.
    """
    found = table.get("ideal", {})
    path = ("trial", "ideal")
    if not isinstance(found, dict):
        raise file.error("this should be a table", path, value=found, fix="write [trial.ideal]")
    refuse_unknown(found, PARTS, path, file)
    ideal = dict(DEFAULTS)
    for part, changes in found.items():
        if not isinstance(changes, dict):
            raise file.error(
                "this should be a table", (*path, part), value=changes,
                fix=f"write [trial.ideal.{part}] and below it lines such as "
                "programme.supervision.interval = 1",
            )  # fmt: skip
        ideal[part] = _flat(changes)
    _refuse_misfits(file, ideal, found, scenario)
    return ideal


def _refuse_misfits(
    file: LayeredFile, ideal: Ideal, found: Mapping[str, Any], scenario: Scenario
) -> None:
    owners: dict[str, str] = {}
    for part, changes in ideal.items():
        for name in changes:
            if name in owners:
                told = part if part in found else owners[name]
                raise file.error(
                    f"{owners[name]} and {part} both change this, so their parts cannot be told "
                    "apart", ("trial", "ideal", told, name), fix="leave it to one of them",
                )  # fmt: skip
            owners[name] = part
    for part in found:
        for name, value in ideal[part].items():
            if name.partition(".")[0] == ARMS[USUAL_CARE]:
                raise file.error(
                    "an ideal is one of the programme", ("trial", "ideal", part, name),
                    fix=f"begin with {ARMS[PROGRAMME]}, or change usual care in the scenario",
                )  # fmt: skip
            try:
                with_changes(scenario, {name: value})
            except EngagerError as error:
                raise file.error(
                    error.problem, ("trial", "ideal", part, name), value=error.value,
                    allowed=error.allowed, fix=error.fix,
                ) from None  # fmt: skip
    for corner in range(CORNERS):
        try:
            corner_of(scenario, ideal, corner)
        except EngagerError as error:
            raise file.error(
                f"the parts do not fit together: {error.problem}", ("trial", "ideal"),
                value=error.value, allowed=error.allowed, fix=error.fix,
            ) from None  # fmt: skip


def _flat(table: Mapping[str, Any], before: str = "") -> Changes:
    """Write nested tables, as TOML makes them of dotted keys, as paths."""
    paths: Changes = {}
    for key, value in table.items():
        if isinstance(value, dict):
            paths |= _flat(value, f"{before}{key}.")
        else:
            paths[f"{before}{key}"] = value
    return paths


def _is_of_teams(path: str) -> bool:
    return TEAMS in path.split(".")[:2]


def _refuse_team_value(path: str, value: Value) -> None:
    fact = declared_settings().get(path)
    if fact is None or fact.range is None:
        known = [name for name in declared_settings() if _is_of_teams(name)]
        raise UsageError("no such number of a team", key=path, allowed=", ".join(known))
    low, high = fact.range
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise UsageError(
            "value out of range", key=path, value=value,
            allowed=f"a whole number from {low:g} to {high:g}",
        )  # fmt: skip
