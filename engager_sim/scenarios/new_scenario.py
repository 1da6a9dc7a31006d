"""A new scenario file: builds on another and offers every lever, ready to be changed."""

import os
from itertools import groupby
from pathlib import Path

import tomlkit

from engager_sim.errors import UsageError
from engager_sim.scenarios.lever_lines import anchor_lines, lever_line
from engager_sim.scenarios.new_files import write_new
from engager_sim.scenarios.scenario import Scenario
from engager_sim.theory import parameters
from engager_sim.theory.declaration import Role
from engager_sim.world.records import ARMS

ENDING = ".toml"


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
    values = basis.resolved()["parameters"][arm]
    document = tomlkit.document()
    document["question"] = f"What changes, compared with {basis.name}?"
    document["based_on"] = name
    document.add(tomlkit.nl())
    for line in (
        "Only what differs stands here. Below are all levers, at the values they have in",
        f"{basis.name}: take away the # before a table's name and before what you change.",
        "What else a scenario may say: engager-sim parameters, and",
        f"engager-sim scenarios show {name}",
    ):
        document.add(tomlkit.comment(line))
    levers = [parameter for parameter in parameters() if parameter.role is Role.LEVER]
    for group, members in groupby(levers, key=lambda parameter: parameter.theme):
        document.add(tomlkit.nl())
        document.add(tomlkit.comment(f"[{arm}.{group}]"))
        for parameter in members:
            setting = lever_line(parameter, values[group][parameter.name])
            for line in (setting, *anchor_lines(parameter)):
                document.add(tomlkit.comment(line))
    return tomlkit.dumps(document)
