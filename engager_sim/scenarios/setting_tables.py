"""The tables of a scenario file that make its setting: population, network, agencies, teams."""

import dataclasses
import functools
from typing import Any, get_type_hints

from engager_sim.costs.prices import PRICES
from engager_sim.scenarios.layered_file import ENTRIES, KeyPath, LayeredFile, did_you_mean
from engager_sim.scenarios.part_time import refuse_parts_of_people
from engager_sim.scenarios.value_checks import checked, refuse_unknown
from engager_sim.theory import Theory
from engager_sim.world.correlated_traits import CorrelationSetting
from engager_sim.world.records import ARMS
from engager_sim.world.setting import (
    AgencySetting,
    NetworkSetting,
    PopulationSetting,
    Setting,
    TeamSetting,
    TieSetting,
)

THEORY_TABLES = ("theory", *ARMS)
SETTING_KEYS = tuple(field.name for field in dataclasses.fields(Setting))
COSTS = "costs"
SWITCH = "on"
"""The parameter that every theme has, so that its name says no place."""
KEYS = ("question", "based_on", *SETTING_KEYS, *THEORY_TABLES, COSTS)
"""The keys a scenario file may have at its top level."""


def refuse_unknown_tables(file: LayeredFile) -> None:
    """Refuse a top-level key that is not declared, saying where a theme or a setting belongs.

    Raises
    ------
    ScenarioError
        With the nearest valid key.
    """
    refuse_unknown(file.data, KEYS, (), file, _place_of)


@functools.cache
def _place_of(key: str) -> str | None:
    """Say where a key belongs that stands at the top."""
    for table, kind in (("population", PopulationSetting), ("network", NetworkSetting)):
        if key in _types(kind):
            return f"{key} belongs in the table [{table}]"
    if key in _types(Theory):
        return f"parameters for both arms stand in [theory.{key}]"
    if key in PRICES:
        return f"{key} belongs in the table [{COSTS}]"
    if key in ENTRIES.values():
        listed = next(name for name, one in ENTRIES.items() if one == key)
        return f"write [[{listed}]], or [{key}.NAME] for what differs from a parent's"
    return place_in_theory(key)


@functools.cache
def place_in_theory(name: str) -> str | None:
    """Say where a parameter of the theory belongs that stands in another table."""
    for theme, kind in _types(Theory).items():
        if name != SWITCH and name in _types(kind):
            return f"{name} belongs in the table [theory.{theme}]"
    return None


def read_question(file: LayeredFile) -> str:
    """Read the question a scenario asks: its own key, or else the comment it opens with."""
    if "question" in file.top.data:
        return str(checked(str, file.top.data["question"], ("question",), file)).strip()
    return file.top.heading.removeprefix("#").strip() if file.top.heading.startswith("#") else ""


def read_setting(file: LayeredFile) -> Setting:
    """Build the setting from a merged scenario, each value checked against its declaration.

    Raises
    ------
    ScenarioError
        On the first key or value that cannot be used.
    """
    data = file.data
    follow_up: dict[str, int] = {}
    if "follow_up_weeks" in data:
        wanted = _types(Setting)["follow_up_weeks"]
        path: KeyPath = ("follow_up_weeks",)
        follow_up["follow_up_weeks"] = checked(wanted, data["follow_up_weeks"], path, file)
    population = _population(data.get("population", {}), file)
    return Setting(
        population=dataclasses.replace(population, allocation=list(population.allocation)),
        network=read_record(NetworkSetting, data.get("network", {}), ("network",), file),
        agencies=_records(AgencySetting, "agencies", file),
        teams=_teams(file),
        ties=_records(TieSetting, "ties", file) if "ties" in data else [],
        **follow_up,
    )


def _population(table: Any, file: LayeredFile) -> PopulationSetting:
    path, key = ("population",), "correlations"
    if not isinstance(table, dict) or key not in table:
        return read_record(PopulationSetting, table, path, file)
    correlations = read_record(CorrelationSetting, table[key], (*path, key), file)
    rest = {name: value for name, value in table.items() if name != key}
    return read_record(PopulationSetting, rest, path, file, correlations=correlations)


def _teams(file: LayeredFile) -> list[TeamSetting]:
    refuse_parts_of_people(file.data.get("teams"), file)
    return _records(TeamSetting, "teams", file)


def _records[Record](kind: type[Record], name: str, file: LayeredFile) -> list[Record]:
    entries = file.data.get(name)
    fix = f"write each one as a table [[{name}]]"
    if entries is None or (entries == [] and name != "ties"):
        raise file.error(f"the scenario has no {name}", (name,), allowed="at least one", fix=fix)
    if not isinstance(entries, list):
        raise file.error("this should be a list of tables", (name,), value=entries, fix=fix)
    return [read_record(kind, entry, (name, index), file) for index, entry in enumerate(entries)]


def read_record[Record](
    kind: type[Record], table: Any, path: KeyPath, file: LayeredFile, /, **made: Any
) -> Record:
    """Read a table into a dataclass, each value checked against its field's declaration.

    Parameters
    ----------
    made : object
        Fields that are read from elsewhere.

    Raises
    ------
    ScenarioError
        On the first key or value that cannot be used.
    """
    if not isinstance(table, dict):
        name = ".".join(key for key in path if isinstance(key, str))
        heading = f"[{name}]" if len(path) == name.count(".") + 1 else f"[[{name}]]"
        raise file.error("this should be a table", path, value=table, fix=f"write {heading}")
    types = {name: wanted for name, wanted in _types(kind).items() if name not in made}  # type: ignore[arg-type]
    refuse_unknown(table, types, path, file, place_in_theory)
    for field in dataclasses.fields(kind):  # type: ignore[arg-type]
        optional = {field.default, field.default_factory} != {dataclasses.MISSING}
        if not optional and field.name not in table and field.name in types:
            raise _missing(field.name, table, path, file)
    read = {key: checked(types[key], value, (*path, key), file) for key, value in table.items()}
    return kind(**read, **made)


def _missing(name: str, table: dict[str, Any], path: KeyPath, file: LayeredFile) -> Exception:
    near = did_you_mean(name, table)
    return file.error(
        f"the key {name} is missing", (*path, name), fix=near or f"add a line {name} = ..."
    )


@functools.cache
def _types(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)
