"""Settings that a study may vary: the people who enter, the network's form, the staff."""

import dataclasses
from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from annotated_types import Ge, Le

from engager_sim.errors import UsageError
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.theory_values import Value
from engager_sim.world.records import ARMS
from engager_sim.world.setting import NetworkSetting, PopulationSetting, Setting, TeamSetting

LEAVERS = "population.leavers"
MEANINGS = {
    LEAVERS: ("number of men who enter", "men"),
    "population.recruitment_weeks": ("weeks over which men enter", "weeks"),
    "population.shortest_to_release": ("shortest time from entry to release", "weeks"),
    "population.longest_to_release": ("longest time from entry to release", "weeks"),
    "network.structure": ("how agencies are tied where no tie is listed", "choice"),
    "teams.practitioners": ("practitioners of every team", "posts"),
    "teams.supervisors": ("supervisors of every team", "posts"),
    "teams.peers": ("places for peers of every team", "places"),
}
"""Every setting that can be a factor, with its meaning and unit; teams also by arm."""

type Range = tuple[float, float]


@dataclasses.dataclass(frozen=True, slots=True)
class SettingFact:
    """What is declared of a setting: its meaning, unit, and either its range or its choices."""

    meaning: str
    unit: str
    range: Range | None
    choices: tuple[str, ...]


def declared_settings() -> dict[str, SettingFact]:
    """Gather the settings that a study may vary, by path, from their declarations."""
    facts: dict[str, SettingFact] = {}
    for path, (meaning, unit) in MEANINGS.items():
        table, name = path.split(".")
        hint = _hints(table)[name]
        choices = get_args(hint) if get_origin(hint) is Literal else ()
        facts[path] = SettingFact(meaning, unit, _range(hint), choices)
        if table == "teams":
            for arm in ARMS:
                whose = meaning.replace("every team", f"every {arm.replace('_', ' ')} team")
                facts[f"{arm}.{path}"] = SettingFact(whose, unit, _range(hint), choices)
    return facts


def with_settings(scenario: Scenario, values: Mapping[str, Value]) -> Scenario:
    """Make a scenario that differs from another in some settings.

    Raises
    ------
    UsageError
        If they do not fit together: more supervisors than practitioners, a shortest time to
        release above the longest, or men who come from own data.
    """
    setting = scenario.setting
    for path, value in values.items():
        *arm, table, name = path.split(".")
        if table == "teams":
            change: dict[str, Any] = {name: value}
            teams = [
                dataclasses.replace(team, **change) if not arm or team.arm == arm[0] else team
                for team in setting.teams
            ]
            setting = dataclasses.replace(setting, teams=teams)
        else:
            part = dataclasses.replace(getattr(setting, table), **{name: value})
            setting = dataclasses.replace(setting, **{table: part})
        if table == "population" and scenario.men is not None:
            raise UsageError("the men come from own data, which settles this", key=path)
    _refuse_misfits(setting, scenario.name)
    return dataclasses.replace(scenario, setting=setting)


def _refuse_misfits(setting: Setting, name: str) -> None:
    people = setting.population
    if people.shortest_to_release > people.longest_to_release:
        raise UsageError(
            f"{name}: the shortest time to release is longer than the longest",
            value=people.shortest_to_release,
            allowed=f"at most {people.longest_to_release}",
        )
    for team in setting.teams:
        if team.supervisors > team.practitioners:
            raise UsageError(
                f"{name}: a supervisor of {team.name} would have nobody to supervise",
                value=team.supervisors,
                allowed=f"at most {team.practitioners}, one for each practitioner",
            )


def _hints(table: str) -> dict[str, Any]:
    kinds = {"population": PopulationSetting, "network": NetworkSetting, "teams": TeamSetting}
    return get_type_hints(kinds[table], include_extras=True)


def _range(hint: Any) -> Range | None:
    if get_origin(hint) is not Annotated:
        return None
    bounds = get_args(hint)[1:]
    low: list[Any] = [bound.ge for bound in bounds if isinstance(bound, Ge)]
    high: list[Any] = [bound.le for bound in bounds if isinstance(bound, Le)]
    return (float(low[0]), float(high[0])) if low and high else None
