"""The theory tables of a scenario file: values of declared parameters, for both arms or one."""

import functools
from collections.abc import Callable
from typing import Annotated, Any, Literal

import numpy as np
from annotated_types import Ge, Le

from engager_sim.scenarios.former_parameters import FORMER_PARAMETERS
from engager_sim.scenarios.layered_file import KeyPath, LayeredFile
from engager_sim.scenarios.setting_tables import THEORY_TABLES
from engager_sim.scenarios.value_checks import checked, refuse_unknown
from engager_sim.theory import THEORY_RECORD, parameters
from engager_sim.theory.declaration import Parameter, Role
from engager_sim.world.records import ARMS

type Value = float | int | bool | str
type Groups = dict[str, dict[str, Value]]


@functools.cache
def declared() -> dict[str, dict[str, Parameter]]:
    """Gather the declared parameters by group (theme or part of the circumstances) and name."""
    groups: dict[str, dict[str, Parameter]] = {}
    for parameter in parameters():
        groups.setdefault(parameter.theme, {})[parameter.name] = parameter
    return groups


def read_values(file: LayeredFile) -> dict[str, Groups]:
    """Read what a merged scenario says of the theory.

    Returns
    -------
    dict
        ``{"theory": {group: {name: value}}, "programme": ..., "usual_care": ...}``, only what the
        files say; categories by name, switches as booleans.

    Raises
    ------
    ScenarioError
        If a name is not declared, a value is not allowed, or one arm is given an uncertainty.
    """
    values: dict[str, Groups] = {}
    for table in THEORY_TABLES:
        found = file.data.get(table, {})
        _refuse_no_table(found, (table,), file, f"write a table such as [{table}.supervision]")
        refuse_unknown(found, declared(), (table,), file, _place_in(table))
        groups = {
            group: _read_group(table, group, entries, file) for group, entries in found.items()
        }
        if groups:
            values[table] = groups
    return values


def theories_of(values: dict[str, Groups]) -> np.recarray:
    """Make the theories of both arms: defaults, then ``theory``, then what one arm alone has.

    Returns
    -------
    numpy.recarray of THEORY_RECORD, shape (2,)
        Programme, usual care.
    """
    theories = _defaults().copy()
    for table, groups in values.items():
        arms = range(len(ARMS)) if table == "theory" else [ARMS.index(table)]
        for group, entries in groups.items():
            for name, value in entries.items():
                number = stored_number(declared()[group][name], value)
                for arm in arms:
                    theories[arm][group][name] = number
    return theories.view(np.recarray)


@functools.cache
def _defaults() -> np.ndarray:
    theories = np.zeros(len(ARMS), THEORY_RECORD)
    for parameter in parameters():
        theories[parameter.theme][parameter.name] = parameter.default
    return theories


def named_values(theories: np.recarray) -> dict[str, Groups]:
    """Write out the theories of both arms as a scenario file would: all values, by name."""
    named: dict[str, Groups] = {}
    for arm, theory in zip(ARMS, theories, strict=True):
        groups = named[arm] = {}
        for group, entries in declared().items():
            groups[group] = {name: _named(p, theory[group][name]) for name, p in entries.items()}
    return named


def _read_group(table: str, group: str, entries: Any, file: LayeredFile) -> dict[str, Value]:
    _refuse_no_table(entries, (table, group), file, f"write a table [{table}.{group}]")
    known = declared()[group]
    refuse_unknown(entries, known, (table, group), file, _place_in(table, group))
    values: dict[str, Value] = {}
    for name, value in entries.items():
        parameter, path = known[name], (table, group, name)
        if table != "theory" and parameter.role is Role.UNCERTAINTY:
            raise file.error(
                f"{parameter.path} is an uncertainty, a claim about people or organisations that "
                "holds in both arms; only levers and settings may differ between arms",
                path,
                value=value,
                allowed=f"an uncertainty in [theory.{group}] only",
                fix=f"move the line to [theory.{group}]",
            )
        values[name] = checked(value_type(parameter), value, path, file, value_unit(parameter))
    return values


def _refuse_no_table(found: object, path: KeyPath, file: LayeredFile, fix: str) -> None:
    if not isinstance(found, dict):
        raise file.error("this should be a table", path, value=found, fix=fix)


def _place_in(table: str, group: str = "") -> Callable[[str], str | None]:
    """Say of a parameter's name what took its place, or in which table it belongs: the first."""

    def place(name: str) -> str | None:
        if former := FORMER_PARAMETERS.get(f"{group}.{name}"):
            return former
        homes = (group for group, names in declared().items() if name in names)
        return next((f"{name} belongs in [{table}.{group}]" for group in homes), None)

    return place


@functools.cache
def value_type(parameter: Parameter) -> Any:
    """Derive the type of a parameter's value in a scenario file from its declaration."""
    if parameter.kind == "on/off":
        return bool
    if parameter.kind == "category":
        return Literal[parameter.choices]
    number = int if parameter.kind == "integer" else float
    return Annotated[number, Ge(parameter.low), Le(parameter.high)]


def value_unit(parameter: Parameter) -> str:
    """Give the unit of a parameter that is a number; nothing for a choice or a switch."""
    return parameter.unit if parameter.kind in ("real", "integer") else ""


def stored_number(parameter: Parameter, value: Value) -> float:
    """Turn a value into the number that the theory's records hold."""
    return float(parameter.choices.index(value) if isinstance(value, str) else value)


def _named(parameter: Parameter, number: float) -> Value:
    if parameter.kind == "on/off":
        return bool(number)
    if parameter.kind == "category":
        return parameter.choices[int(number)]
    return int(number) if parameter.kind == "integer" else float(number)
