"""Changing a scenario in memory: parameters by their path, as studies and notebooks do."""

import copy
import dataclasses
import difflib
from collections.abc import Mapping

from engager_sim.errors import UsageError
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.theory_values import Value, declared, value_type, value_unit
from engager_sim.scenarios.value_checks import RefusedValueError, validated
from engager_sim.theory.declaration import Parameter, Role
from engager_sim.world.records import ARMS


def changed(scenario: Scenario, changes: Mapping[str, Value], name: str | None = None) -> Scenario:
    """Make a scenario that differs from another in some parameters.

    Parameters
    ----------
    scenario : Scenario
        Left as it is.
    changes : mapping
        From a path to a value: ``"supervision.interval"`` for both arms,
        ``"programme.supervision.interval"`` for one. Categories by name, switches as booleans.
    name : str, optional
        Name of the new scenario; the old one's unless given.

    Returns
    -------
    Scenario
        The same setting and men, with these values.

    Raises
    ------
    UsageError
        If a path names no parameter, or a value is out of its range.

    Examples
    --------
    >>> from engager_sim import Scenario
    >>> weekly = changed(Scenario.load("engager_trial"), {"programme.supervision.interval": 1})
    >>> float(weekly.theories()[0].supervision.interval)
    1.0
    """
    values = copy.deepcopy(scenario.values)
    for path, value in changes.items():
        table, parameter = find_parameter(path)
        _refuse_value(path, parameter, value)
        values.setdefault(table, {}).setdefault(parameter.theme, {})[parameter.name] = value
        if table == "theory":
            for arm in ARMS:
                values.get(arm, {}).get(parameter.theme, {}).pop(parameter.name, None)
    return dataclasses.replace(scenario, values=values, name=name or scenario.name)


def find_parameter(path: str) -> tuple[str, Parameter]:
    """Find the table of a scenario file and the declared parameter that a path names.

    Raises
    ------
    UsageError
        If there is none, or one arm is to be given an uncertainty.
    """
    table, _, rest = path.partition(".")
    if table not in ARMS:
        table, rest = "theory", path
    group, _, name = rest.partition(".")
    parameter = declared().get(group, {}).get(name)
    if parameter is None:
        known = [entry.path for names in declared().values() for entry in names.values()]
        close = difflib.get_close_matches(rest, known, n=1)
        raise UsageError(
            "no such parameter",
            key=path,
            fix=f"did you mean {close[0]}?" if close else "list them with: engager-sim parameters",
        )
    if table in ARMS and parameter.role is Role.UNCERTAINTY:
        raise UsageError(
            "an uncertainty holds in both arms", key=path, fix=f"write {parameter.path}"
        )
    return table, parameter


def _refuse_value(path: str, parameter: Parameter, value: Value) -> None:
    try:
        validated(value_type(parameter), value, value_unit(parameter))
    except RefusedValueError as refused:
        raise UsageError(
            refused.problem, key=path, value=value, allowed=refused.allowed, fix=refused.fix
        ) from None
