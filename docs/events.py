"""Parameters that the events of a week read themselves, not through a rule."""

import ast
import dataclasses
import importlib
import inspect
import pkgutil
from typing import Any

from docs.markdown import code, table
from docs.rules import GROUPS, nodes_of
from engager_sim import outcomes, week, world
from engager_sim.compilation import Rule
from engager_sim.theory import Theory

ROOMS = (world, week, outcomes)
NAMES = {field.name for field in dataclasses.fields(Theory)}
SWITCH = "on"


def parameters_of_events() -> str:
    """Write a row per function of the engine that reads parameters, switches left out."""
    rows = [
        (code(name), ", ".join(map(code, paths)))
        for name, paths in read_by_events().items()
        if paths
    ]
    return table(("Function", "Parameters it reads"), rows)


def read_by_events() -> dict[str, list[str]]:
    """List the parameters that each function outside the theory reads, by its full name."""
    found = {}
    for package in ROOMS:
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            for member in vars(importlib.import_module(module.name)).values():
                if isinstance(member, Rule) and member.py_func.__module__ == module.name:
                    name = f"{module.name.removeprefix('engager_sim.')}.{member.py_func.__name__}"
                    found[name] = _read_by(member)
    return found


def _read_by(rule: Rule) -> list[str]:
    """List the parameters that one function reads, in the order of its text."""
    groups: dict[str, str] = {
        argument.name: GROUPS[argument.annotation]
        for argument in inspect.signature(rule.py_func).parameters.values()
        if argument.annotation in GROUPS
    }
    read: dict[str, None] = {}
    for node in nodes_of(rule):
        if isinstance(node, ast.Assign):
            groups |= _records_named_in(node)
        elif isinstance(node, ast.Attribute) and node.attr != SWITCH:
            group = _group_of(node.value, groups)
            if group:
                read[f"{group}.{node.attr}"] = None
    return list(read)


def _records_named_in(node: ast.Assign) -> dict[str, str]:
    """Read which names an assignment gives to records of parameters."""
    target, value = node.targets[0], node.value
    targets: list[Any] = target.elts if isinstance(target, ast.Tuple) else [target]
    values: list[Any] = value.elts if isinstance(value, ast.Tuple) else [value]
    return {
        name.id: given.attr
        for name, given in zip(targets, values, strict=False)
        if isinstance(name, ast.Name) and _group_of(given, {})
    }


def _group_of(node: ast.AST, groups: dict[str, str]) -> str:
    """Name the group of parameters that an expression stands for; empty if none."""
    if isinstance(node, ast.Name):
        return groups.get(node.id, "")
    is_theory = isinstance(node, ast.Attribute) and node.attr in NAMES
    if isinstance(node, ast.Attribute) and is_theory and _is_theory(node.value):
        return node.attr
    return ""


def _is_theory(node: ast.AST) -> bool:
    """Tell whether an expression stands for a whole theory."""
    held = node.value if isinstance(node, ast.Subscript) else node
    return isinstance(held, ast.Name) and held.id in {"theory", "theories"}
