"""A new scenario file: builds on another and offers all that a service can change, ready to be."""

import os
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import tomlkit

from engager_sim.errors import UsageError
from engager_sim.scenarios.lever_lines import anchor_lines, lever_line, written
from engager_sim.scenarios.needs_of_men import PARAMETERS
from engager_sim.scenarios.new_files import write_new
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.setting_checks import SERVING_KINDS
from engager_sim.scenarios.theory_values import Groups, declared, named_values
from engager_sim.theory import parameters
from engager_sim.theory.declaration import Role
from engager_sim.world.records import ARMS
from engager_sim.world.setting import AgencySetting, TeamSetting, TieSetting

ENDING = ".toml"
HEADING = (
    "Only what differs stands here. Below is what a service can change, at the values of",
    "{name}: take away the # before a table's name and before what you change.",
    "Agencies, teams, ties and levers follow, and who the men are. All that may be said of the",
    "theory: engager-sim parameters. All that this file comes to: engager-sim scenarios show,",
    "with the name of this file.",
)


def write_new_scenario(file: Path, based_on: str) -> None:
    """Write a scenario file that comes to the same as the one it builds on.

    Parameters
    ----------
    file : Path
        The file to make, ending in ``.toml``.
    based_on : str
        A preset's name, or a scenario file.

    Raises
    ------
    ScenarioError
        If there is no such scenario to build on, or it cannot be used.
    UsageError
        If the file exists already or cannot be written.
    """
    basis = Scenario.load(based_on)
    if file.suffix != ENDING:
        raise UsageError("a scenario file's name ends in .toml", file=file, fix="add .toml")
    name = based_on
    if based_on not in Scenario.presets():
        name = Path(os.path.relpath(*map(os.path.realpath, (basis.file, file.parent)))).as_posix()
    write_new(file.parent, {file.name: _text(basis, name)})


def _text(basis: Scenario, name: str) -> str:
    allocation = dict(zip(ARMS, basis.setting.population.allocation, strict=True))
    arm = next(arm for arm in ARMS if allocation[arm] > 0)
    values = named_values(basis.theories())[arm]
    document = tomlkit.document()
    document["question"] = f"What changes, compared with {basis.name}?"
    document["based_on"] = name
    document.add(tomlkit.nl())
    for line in HEADING:
        document.add(tomlkit.comment(line.format(name=basis.name)))
    for table in (*_of_setting(basis), *_of_levers(arm, values), _of_men(values)):
        document.add(tomlkit.nl())
        for line in table:
            document.add(tomlkit.comment(line))
    return tomlkit.dumps(document)


def _of_setting(basis: Scenario) -> Iterator[list[str]]:
    for team in basis.setting.teams:
        yield _team(team)
    for agency in basis.setting.agencies:
        if agency.kind in SERVING_KINDS:
            yield _agency(agency)
    if basis.setting.network.ties is None:  # a survey's own file says them
        for number, tie in enumerate(basis.setting.ties):
            yield _tie(tie, first=number == 0)


def _team(team: TeamSetting) -> list[str]:
    return [
        f"[team.{written(team.name)}] # arm {team.arm}, of {written(team.agency)}",
        f"practitioners = {team.practitioners} # people; part-time: docs/your_service.md",
        f"supervisors = {team.supervisors} # people; their hours are supervisor_hours, below",
        f"peers = {team.peers} # people; their hours stand under peers, below",
    ]


def _agency(agency: AgencySetting) -> list[str]:
    places = "places = 10" if agency.places is None else f"places = {agency.places}"
    return [
        f"[agency.{written(agency.name)}] # {agency.kind}",
        f"both_sides = {written(agency.both_sides)} # whether it works inside the prison as well: "
        "one provider on both sides of the wall",
        ("# " if agency.places is None else "")
        + f"{places} # men of this simulation that it can hold at a time; no limit if not said",
    ]


def _tie(tie: TieSetting, first: bool) -> list[str]:
    said = {
        "between": tie.between,
        "strength": tie.strength,
        "shared_record": tie.shared_record,
        "colocated": tie.colocated,
    }
    lines = [f"{key} = {written(value)}" for key, value in said.items() if value is not None]
    why = " # keep all ties or none: a list replaces a list" if first else ""
    return [f"[[ties]]{why}", *lines]


def _of_levers(arm: str, values: Groups) -> Iterator[list[str]]:
    levers = [parameter for parameter in parameters() if parameter.role is Role.LEVER]
    for group, members in groupby(levers, key=lambda parameter: parameter.theme):
        lines = [f"[{arm}.{group}]"]
        for parameter in members:
            lines.append(lever_line(parameter, values[group][parameter.name]))
            lines += anchor_lines(parameter)
        yield lines


def _of_men(values: Groups) -> list[str]:
    circumstances = declared()["circumstances"]
    return [
        "[theory.circumstances] # the men, whatever any service does",
        *(lever_line(circumstances[name], values["circumstances"][name]) for name in PARAMETERS),
    ]
