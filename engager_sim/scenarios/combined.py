"""Scenarios that change the same one, put together: what each changes, and where they clash."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engager_sim.errors import UsageError
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.costs_table import ITEMS
from engager_sim.scenarios.layered_file import (
    ENTRIES,
    SCENARIO,
    Layer,
    LayeredFile,
    entry_name,
    layered,
    merge,
)
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.setting_tables import COSTS
from engager_sim.scenarios.supervision_hours import hours_kept, most_hours_asked, sessions_fit
from engager_sim.world.records import ARMS

SAID_OF_A_FILE = ("question", "based_on")
"""What a file says of itself, and not of the world."""

ADDED_UP = (*SAID_OF_A_FILE, f"{COSTS}.{ITEMS}")
"""What a file need not repeat of the one it builds on: a file adds its own items of costs."""

TIES = "ties"
"""The list whose entries go by the two agencies that they tie."""

PEOPLE = ("practitioners", "supervisors", "peers")
"""Numbers of people: two options that set one to the same number each buy that many, not both."""

SUPERVISION, HOURS = "supervision", "supervisor_hours"
"""The lever of an arm that follows from posts and sessions, which several options may raise."""

WITH = " + "
"""What stands between the names of scenarios that are put together."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """What a scenario file changes in another: a table as a file based on that one would say it."""

    file: LayeredFile
    data: Mapping[str, Any]


def change_of(base: LayeredFile, option: LayeredFile) -> FileChange:
    """Find what an option says otherwise than the scenario it changes.

    Entries of a list that both have, such as a team, are compared by name and key by key, and ties
    by the agencies that they tie; a list of teams or agencies that gains or loses an entry, and one
    of ties that loses one, is changed as a whole.

    Raises
    ------
    UsageError
        If the option lacks something that the scenario says: it then changes another one.
    """
    below, above = _by_name(base.data), _by_name(option.data)
    for table, one in ENTRIES.items():
        if set(below.get(one, ())) != set(above.get(one, ())):
            below[table], above[table] = base.data.get(table), option.data.get(table)
            below.pop(one, None), above.pop(one, None)
    if isinstance(below.get(TIES), dict) and not set(below[TIES]) <= set(above.get(TIES, ())):
        below[TIES], above[TIES] = base.data[TIES], option.data.get(TIES)
    lost = [key for key in _lost(below, above) if not key.startswith(ADDED_UP)]
    if lost:
        raise UsageError(
            f"{option.name} does not say what {base.name} says, so it cannot be put together with "
            "other options",
            file=option.top.file,
            key=lost[0],
            fix=f'begin it with based_on = "{base.top.file.name}" and write only what it changes',
        )
    found = _difference(below, above)
    return FileChange(option, {key: found[key] for key in found if key not in SAID_OF_A_FILE})


def clashes(first: FileChange, second: FileChange) -> list[str]:
    """List the keys that two options set to different values, or to one number of people."""
    return list(_clashes(first.data, second.data))


def combined(base: LayeredFile, changes: Sequence[FileChange]) -> Scenario:
    """Put options together that do not clash.

    Where one sets the hours that a supervisor keeps, and sessions fit with each option alone, they
    fit with all of them: the hours are raised to what posts and sessions come to.

    Raises
    ------
    ScenarioError
        If what they come to together cannot be used.
    """
    names = WITH.join(change.file.name for change in changes)
    # A survey of ties was made at the levers of the file that lists it, not at other options'.
    in_order = sorted(changes, key=lambda change: not _lists_ties(change.data))
    ties, own = _by_name(base.data).get(TIES, {}), []
    for change in in_order:
        data = _with_items(change.data)
        if isinstance(data.get(TIES), dict):
            ties = merge(ties, data[TIES])
            data[TIES] = list(
                ties.values()
            )  # a list replaces a list: it holds all that came before
        own.append(Layer(change.file.top.file, data, change.file.top.heading))
    scenario = Scenario.from_layers(layered([*base.layers, *own], SCENARIO))
    scenario = _with_hours_of_sessions(scenario, changes)
    questions = " ".join(str(change.file.data.get("question", "")) for change in changes)
    return replace(scenario, name=names, question=questions)


def _with_hours_of_sessions(scenario: Scenario, changes: Sequence[FileChange]) -> Scenario:
    for arm in ARMS:
        tables = (change.data.get(arm, {}).get(SUPERVISION, {}) for change in changes)
        said = [float(table[HOURS]) for table in tables if HOURS in table]
        if not said:
            continue
        path = f"{arm}.{SUPERVISION}.{HOURS}"
        scenario = changed(scenario, {path: max(said)})
        alone = (Scenario.from_layers(change.file) for change in changes)
        if not sessions_fit(scenario, arm) and all(sessions_fit(each, arm) for each in alone):
            scenario = changed(scenario, {path: hours_kept(most_hours_asked(scenario, arm))})
    return scenario


def _lists_ties(data: Mapping[str, Any]) -> bool:
    return TIES in data or TIES in data.get("network", {})


def _by_name(data: Mapping[str, Any]) -> dict[str, Any]:
    """Turn lists whose entries have names into tables of those."""
    tables = dict(data)
    for table, one in ENTRIES.items():
        entries = tables.get(table)
        if isinstance(entries, list) and all(entry_name(entry) for entry in entries):
            tables[one] = {entry_name(entry): entry for entry in tables.pop(table)}
    if isinstance(ties := tables.get(TIES), list):
        tables[TIES] = {" - ".join(sorted(tie["between"])): tie for tie in ties}
    costs = tables.get(COSTS)
    if isinstance(costs, dict) and isinstance(costs.get(ITEMS), list):
        items = {entry_name(entry): entry for entry in costs[ITEMS]}
        tables[COSTS] = costs | {ITEMS: items}
    return tables


def _with_items(data: Mapping[str, Any]) -> dict[str, Any]:
    """Write items of costs as a list again."""
    costs = data.get(COSTS, {})
    if ITEMS not in costs:
        return dict(data)
    items = [{"name": name} | item for name, item in costs[ITEMS].items()]
    return {**data, COSTS: costs | {ITEMS: items}}


def _difference(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in above.items():
        under = below.get(key)
        if isinstance(value, dict) and isinstance(under, dict):
            if inner := _difference(under, value):
                found[key] = inner
        elif key not in below or value != under:
            found[key] = value
    return found


def _lost(below: Mapping[str, Any], above: Mapping[str, Any], before: str = "") -> list[str]:
    lost = []
    for key, value in below.items():
        if key not in above:
            lost.append(f"{before}{key}")
        elif isinstance(value, dict) and isinstance(above[key], dict):
            lost += _lost(value, above[key], f"{before}{key}.")
    return lost


def _clashes(first: Mapping[str, Any], second: Mapping[str, Any], before: str = "") -> list[str]:
    found = []
    for table, one in ENTRIES.items():
        if (table in first and one in second) or (one in first and table in second):
            found.append(f"{before}{table}")
    for key in first:
        here, there = first[key], second.get(key)
        if isinstance(here, dict) and isinstance(there, dict):
            found += _clashes(here, there, f"{before}{key}.")
        elif key in second and (key in PEOPLE or (here != there and not _follows(key, before))):
            found.append(f"{before}{key}")
    return found


def _follows(key: str, before: str) -> bool:
    """Tell whether a key is one that is computed where options are put together."""
    return key == HOURS and before in [f"{arm}.{SUPERVISION}." for arm in ARMS]
