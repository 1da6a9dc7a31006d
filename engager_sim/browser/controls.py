"""The controls: presets, and every parameter with its meaning, unit, range, default and source."""

import dataclasses
import math
import shlex
from collections.abc import Iterator
from typing import Any, NamedTuple

from engager_sim.browser.visit import Visit
from engager_sim.scenarios.changes import find_parameter
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.theory_values import Groups, Value, declared, named_values
from engager_sim.theory import THEMES
from engager_sim.theory.declaration import ASSUMPTION, Parameter, Role
from engager_sim.theory.sources import SOURCES
from engager_sim.world.records import ARMS

STEPS, ROUND = 100, (1, 2, 5, 10)
SWITCH = "on"


def presets() -> list[dict[str, Any]]:
    """List the presets, with the people each is about."""
    return [
        {
            "name": name,
            "label": name.replace("_", " "),
            "people": dataclasses.asdict(Scenario.load(name).setting.population),
        }
        for name in Scenario.presets()
    ]


def controls_view(visit: Visit) -> dict[str, Any]:
    """Give the settings of the world that is edited.

    Levers belong to one arm (see :attr:`Visit.lever_arm`); what nobody knows exactly holds in both.
    """
    settings = visit.settings[visit.edited]
    scenario = settings.scenario()
    values = Values(named_values(settings.source.theories()), named_values(scenario.theories()))
    levers = [*_groups(values, visit.lever_arm, (Role.LEVER,))]
    others = [*_groups(values, visit.lever_arm, (Role.UNCERTAINTY, Role.SETTING))]
    file_name = f"{settings.source.name}{'_changed' if settings.changes else ''}.toml"
    return {
        "scenario": settings.source.name,
        "is_preset": settings.source.name in Scenario.presets(),
        "whose": f"the {ARMS[visit.lever_arm].replace('_', ' ')} arm",
        "levers": levers,
        "others": others,
        "changed": len(settings.changes),
        "file": scenario.to_toml(),
        "file_name": file_name,
        "quoted_name": shlex.quote(file_name),
    }


class Values(NamedTuple):
    """All values of a scenario by arm and group: as its file has them, and as they are now."""

    given: dict[str, Groups]
    now: dict[str, Groups]


def _groups(values: Values, arm: int, roles: tuple[Role, ...]) -> Iterator[dict[str, Any]]:
    for group, parameters in declared().items():
        shown = [
            _control(values, each, arm)
            for each in parameters.values()
            if each.role in roles and each.name != SWITCH
        ]
        if shown:
            is_theme = group in THEMES
            label = group.replace("_", " ")
            yield {
                "name": group,
                "label": label[:1].upper() + label[1:],
                "switch": f"{group}.{SWITCH}" if is_theme else None,
                "on": not is_theme or any(values.now[arm][group][SWITCH] for arm in ARMS),
                "parameters": shown,
                "changed": sum(each["value"] != each["given"] for each in shown),
            }


def _control(values: Values, parameter: Parameter, arm: int) -> dict[str, Any]:
    path = parameter.path
    if parameter.role is not Role.UNCERTAINTY:
        path = f"{ARMS[arm]}.{path}"
    return {
        "path": path,
        "label": parameter.name.replace("_", " "),
        "meaning": parameter.meaning,
        "unit": parameter.unit,
        "low": parameter.low,
        "high": parameter.high,
        "step": step_of(parameter),
        "kind": parameter.kind,
        "choices": list(parameter.choices),
        "value": _value(values.now, path),
        "given": _value(values.given, path),
        "default": _named_default(parameter),
        "source": _source(parameter),
        "assumed": parameter.source == ASSUMPTION,
    }


def _value(values: dict[str, Groups], path: str) -> Value:
    table, parameter = find_parameter(path)
    return values[table if table in ARMS else ARMS[0]][parameter.theme][parameter.name]


def step_of(parameter: Parameter) -> float:
    """Choose a round step that divides a parameter's range into about a hundred parts."""
    if parameter.kind != "real":
        return 1
    rough = (parameter.high - parameter.low) / STEPS
    power = 10.0 ** math.floor(math.log10(rough))
    return float(f"{next(each for each in ROUND if each * power >= 0.999 * rough) * power:g}")


def _named_default(parameter: Parameter) -> float | str | bool:
    if parameter.kind == "category":
        return parameter.choices[int(parameter.default)]
    return bool(parameter.default) if parameter.kind == "on/off" else parameter.default


def _source(parameter: Parameter) -> str:
    if parameter.source == ASSUMPTION:
        return "an assumption of this model"
    return SOURCES[parameter.source].citation if parameter.source in SOURCES else parameter.source
