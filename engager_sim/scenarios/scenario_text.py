"""A scenario written out: as a file that loads again, as plain data, as differences."""

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

import tomlkit

from engager_sim.scenarios.theory_values import Groups
from engager_sim.world.records import ARMS
from engager_sim.world.setting import Setting

type Flat = dict[str, Any]
type Difference = tuple[str, Any, Any]


def scenario_text(
    question: str, setting: Setting, values: Mapping[str, Groups], costs: Mapping[str, Any]
) -> str:
    """Write a scenario as TOML that loads to the same scenario; it builds on no other file."""
    data = {"question": question} | _without_nothing(dataclasses.asdict(setting))
    data |= {"costs": dict(costs)} if costs else {}
    # Keys of the file itself stand before its first table.
    simple = {key: value for key, value in data.items() if not isinstance(value, dict | list)}
    tables = {key: value for key, value in data.items() if key not in simple}
    return tomlkit.dumps(simple | tables | dict(values))


def setting_data(setting: Setting) -> dict[str, Any]:
    """Write a setting as plain data; own data is named without the folder it lies in."""
    data = dataclasses.asdict(setting)
    if setting.population.men is not None:
        data["population"]["men"] = setting.population.men.rsplit("/", 1)[-1]
    return data


def flat_setting(setting: Setting) -> Flat:
    """Write a setting key by key; agencies, teams and ties go by their names."""
    data = setting_data(setting)
    for table in ("agencies", "teams"):
        data[table] = {
            entry["name"]: {key: value for key, value in entry.items() if key != "name"}
            for entry in data[table]
        }
    data["ties"] = {
        " - ".join(sorted(tie["between"])): {
            key: value for key, value in tie.items() if key != "between"
        }
        for tie in data["ties"]
    }
    return dict(flat(data, ""))


def differences(here: Flat, there: Flat) -> list[Difference]:
    """List the keys whose values differ, in order; ``None`` where one side lacks the key."""
    keys = [*here, *(key for key in there if key not in here)]
    return [(key, here.get(key), there.get(key)) for key in keys if here.get(key) != there.get(key)]


def theory_differences(here: Mapping[str, Groups], there: Mapping[str, Groups]) -> list[Difference]:
    """List the parameters that differ: as ``theory`` where they differ alike in both arms."""
    by_arm = {
        arm: {
            path: (value, other)
            for path, value, other in differences(
                dict(flat(here[arm], "")), dict(flat(there[arm], ""))
            )
        }
        for arm in ARMS
    }
    first, second = (by_arm[arm] for arm in ARMS)
    alike = [path for path in first if first[path] == second.get(path)]
    found = [(f"theory.{path}", *first[path]) for path in alike]
    for arm in ARMS:
        found += [
            (f"{arm}.{path}", *values) for path, values in by_arm[arm].items() if path not in alike
        ]
    return found


def flat(data: Mapping[str, Any], before: str) -> Iterator[tuple[str, Any]]:
    """Yield the values of nested tables with their full keys, each beginning with ``before``."""
    for key, value in data.items():
        if isinstance(value, dict):
            yield from flat(value, f"{before}{key}.")
        else:
            yield before + key, value


def _without_nothing(value: Any) -> Any:
    """Leave out what is not given or empty: TOML has no word for nothing."""
    if isinstance(value, dict):
        given = {key: entry for key, entry in value.items() if entry not in (None, [], {})}
        return {key: _without_nothing(entry) for key, entry in given.items()}
    return [_without_nothing(entry) for entry in value] if isinstance(value, list) else value
