"""The rules of the theory, read from their own text: equation, parameters, grounds, tests."""

import ast
import dataclasses
import functools
import importlib
import inspect
import pkgutil
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docs.markdown import code, table, titled
from docs.tested import TestName, rules_in_tests
from engager_sim import theory
from engager_sim.compilation import Rule
from engager_sim.theory import Theory

GROUPS = {field.type: field.name for field in dataclasses.fields(Theory)}
"""The name of each class of parameters."""

ROOMS = tuple(room.name for room in pkgutil.iter_modules(theory.__path__))
NOT_ROOMS_OF_RULES = {"declaration", "sources"}
ASSUMED = "assumption"
TO_ROOT = "../../"
"""From the table of rules to the root of the repository."""
CITED = re.compile(
    r"((?:[A-Z][\w'-]+|HM)(?: (?:et al\.|&|of|[A-Z][\w'-]+))*),? \(?((?:19|20)\d\d)\b"
)
"""An author and a year, as docstrings and documents cite them."""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """What the documents say of one rule."""

    room: str
    name: str
    mechanism: str
    equations: tuple[str, ...]
    grounds: tuple[str, ...]
    parameters: tuple[str, ...]
    tests: tuple[TestName, ...]


@functools.cache
def rule_rows() -> tuple[RuleRow, ...]:
    """Describe every rule of the theory, in the order in which the rooms declare them."""
    tested = rules_in_tests()
    rows = []
    for room in rooms_of_rules():
        for rule in rules_of(room):
            name = rule.py_func.__name__
            documented = inspect.getdoc(rule.py_func) or ""
            tests = tuple(sorted(tested.get((room, name), ())))
            read = tuple(parameters_read(rule))
            rows.append(
                RuleRow(
                    room,
                    name,
                    mechanism(documented),
                    equations(documented),
                    grounds(documented),
                    read,
                    tests,
                )
            )
    return tuple(rows)


def rooms_of_rules() -> list[str]:
    """Name the rooms that hold rules: as the theory lists them, then those that serve several."""
    listed = [group for group in GROUPS.values() if group in ROOMS]
    others = [room for room in ROOMS if room not in {*listed, *NOT_ROOMS_OF_RULES}]
    return listed + others


def rules_of(room: str) -> list[Rule]:
    """Find the rules written in a room of the theory."""
    module = importlib.import_module(f"{theory.__name__}.{room}")
    return [
        member
        for member in vars(module).values()
        if isinstance(member, Rule) and member.py_func.__module__ == module.__name__
    ]


def mechanism(documented: str) -> str:
    """Say what a rule is about: its first line, as far as the equation."""
    line = documented.splitlines()[0]
    before, literal, _ = line.partition("``")
    if literal:
        line = re.split(r"[:;,](?=[^:;,]*$)", before)[0]
    return line.strip().removesuffix(".")


def equations(documented: str) -> tuple[str, ...]:
    """List the equations of a docstring: what it writes as code, single names left out."""
    literals = (" ".join(found.split()) for found in re.findall(r"``(.+?)``", documented, re.S))
    return tuple(literal for literal in literals if " " in literal)


def grounds(documented: str) -> tuple[str, ...]:
    """List what a docstring says that a rule rests on: studies, and whether assumption."""
    flowing = " ".join(documented.split())
    cited = [f"{who} {year}" for who, year in CITED.findall(flowing)]
    if ASSUMED in flowing.lower():
        cited.append(ASSUMED)
    return tuple(dict.fromkeys(cited))


def parameters_read(rule: Rule) -> list[str]:
    """List the parameters that a rule reads, itself or through the rules that it calls."""
    arguments = inspect.signature(rule.py_func).parameters.values()
    records = {
        argument.name: GROUPS[argument.annotation]
        for argument in arguments
        if argument.annotation in GROUPS
    }
    read: dict[str, None] = {}
    for node in nodes_of(rule):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id in records:
                read[f"{records[node.value.id]}.{node.attr}"] = None
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called = rule.py_func.__globals__.get(node.func.id)
            if isinstance(called, Rule):
                read |= dict.fromkeys(parameters_read(called))
    return list(read)


@functools.cache
def parsed(rule: Any) -> ast.Module:
    """Parse the text of a compiled function."""
    return ast.parse(textwrap.dedent(inspect.getsource(rule.py_func)))


def nodes_of(rule: Any) -> Iterator[ast.AST]:
    """Yield the nodes of a compiled function's text in the order of the text."""
    nodes = [node for node in ast.walk(parsed(rule)) if isinstance(node, ast.expr | ast.stmt)]
    yield from sorted(nodes, key=lambda node: (node.lineno, node.col_offset))


def rules() -> str:
    """Write a table of rules per room of the theory."""
    parts, every = [], rule_rows()
    for room in rooms_of_rules():
        rows = [row for row in every if row.room == room]
        if rows:
            where = f"engager_sim/theory/{room}.py"
            parts.append(f"## {titled(room)}\n\nRules in [{where}]({TO_ROOT}{where}).\n")
            parts.append(_table_of(rows) + "\n")
    return "\n".join(parts).rstrip()


def _table_of(rows: list[RuleRow]) -> str:
    cells = (
        (
            row.mechanism,
            "<br>".join(map(code, row.equations)),
            code(row.name),
            ", ".join(code(path) for path in row.parameters),
            ", ".join(row.grounds),
            "<br>".join(test.link(TO_ROOT) for test in row.tests),
        )
        for row in rows
    )
    headings = ("Mechanism", "Equation", "Function", "Parameters it reads", "Names", "Tests")
    return table(headings, cells)
