"""The data of the controls: presets, and every parameter as it is declared, with its value."""

import dataclasses
import functools
import math
from collections.abc import Iterator
from typing import Any, NamedTuple

from engager_sim.browser.downloads import file_names, terminal_command
from engager_sim.browser.initial_visit import REPLICATES
from engager_sim.browser.visit import Visit, value_at
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.theory_values import Groups, declared, named_values
from engager_sim.theory import THEMES
from engager_sim.theory.declaration import ASSUMPTION, FITTED, Parameter, Role
from engager_sim.theory.sources import SOURCES
from engager_sim.visible_text import visible
from engager_sim.world.records import ARMS

STEPS, ROUND_NUMBERS = 100, (1, 2, 5, 10)
SWITCH = "on"


@functools.cache
def presets() -> list[dict[str, Any]]:
    """List the presets, with the population of each."""
    return [
        {
            "name": name,
            "label": name.replace("_", " "),
            "population": dataclasses.asdict(Scenario.load(name).setting.population),
        }
        for name in Scenario.presets()
    ]


def controls_view(visit: Visit, replicates: int = REPLICATES[0]) -> dict[str, Any]:
    """Give the settings of the edited world.

    Levers belong to one arm (see :attr:`Visit.lever_arm`); uncertain parameters hold in both.
    """
    settings = visit.settings[visit.edited]
    scenario = settings.scenario()
    values = Values(named_values(settings.source.theories()), named_values(scenario.theories()))
    levers = [*_groups(values, visit.lever_arm, (Role.LEVER,))]
    others = [*_groups(values, visit.lever_arm, (Role.UNCERTAINTY, Role.SETTING))]
    return {
        "scenario": settings.source.name,
        "is_preset": settings.is_preset,
        "lever_arm": f"the {ARMS[visit.lever_arm].replace('_', ' ')} arm",
        "levers": levers,
        "others": others,
        "changed": len(settings.changes),
        "notes": [visible(note, kept="") for note in settings.source.notes],
        "files": file_names(visit),
        "command": terminal_command(visit, replicates),
    }


class Values(NamedTuple):
    """All values of a scenario by arm and group: those of its file, and the current ones."""

    given: dict[str, Groups]
    current: dict[str, Groups]


def _groups(values: Values, arm: int, roles: tuple[Role, ...]) -> Iterator[dict[str, Any]]:
    for group, parameters in declared().items():
        controls = [
            _control(values, parameter, arm)
            for parameter in parameters.values()
            if parameter.role in roles and parameter.name != SWITCH
        ]
        if controls:
            is_theme = group in THEMES
            label = group.replace("_", " ")
            yield {
                "name": group,
                "label": label[:1].upper() + label[1:],
                "switch": f"{group}.{SWITCH}" if is_theme else None,
                "on": not is_theme or any(values.current[arm][group][SWITCH] for arm in ARMS),
                "parameters": controls,
                "changed": sum(control["value"] != control["given"] for control in controls),
            }


def _control(values: Values, parameter: Parameter, arm: int) -> dict[str, Any]:
    path = parameter.path
    if parameter.role is not Role.UNCERTAINTY:
        path = f"{ARMS[arm]}.{path}"
    return {
        "path": path,
        "label": parameter.name.replace("_", " "),
        **{
            name: getattr(parameter, name)
            for name in ("meaning", "anchored", "unit", "low", "high", "kind")
        },
        "step": slider_step(parameter),
        "choices": list(parameter.choices),
        "value": value_at(values.current, path),
        "given": value_at(values.given, path),
        "default": _default(parameter),
        "source": _source(parameter),
        "lever": parameter.role is Role.LEVER,
        "assumed": parameter.source_of_default == ASSUMPTION,
    }


def slider_step(parameter: Parameter) -> float:
    """Choose a round step that divides a parameter's range into about a hundred parts."""
    if parameter.kind != "real":
        return 1
    exact = (parameter.high - parameter.low) / STEPS
    power = 10.0 ** math.floor(math.log10(exact))
    factor = next(number for number in ROUND_NUMBERS if number * power >= 0.999 * exact)
    return float(f"{factor * power:g}")


def _default(parameter: Parameter) -> float | str | bool:
    if parameter.kind == "category":
        return parameter.choices[int(parameter.default)]
    return bool(parameter.default) if parameter.kind == "on/off" else parameter.default


def _source(parameter: Parameter) -> str:
    if parameter.source_of_default == FITTED:
        return "fitted to published figures"
    if parameter.source == ASSUMPTION:
        return "an assumption of this model"
    return SOURCES[parameter.source].citation if parameter.source in SOURCES else parameter.source
