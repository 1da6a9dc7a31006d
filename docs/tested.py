"""Which tests use which rule: read from the tests' own text."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
TESTS = REPOSITORY / "tests"
THEORY = "engager_sim.theory"

type Use = tuple[str, str]
"""A room of the theory and a name in it."""


@dataclass(frozen=True, order=True, slots=True)
class TestName:
    """A test: its file below ``tests``, and its name."""

    __test__ = False  # pytest would otherwise take this for a test of its own

    file: str
    name: str

    def link(self, to_root: str) -> str:
        """Write its name as a sentence, linked to its file from a document so far from the root."""
        return f"[{self.sentence}]({to_root}tests/{self.file})"

    @property
    def sentence(self) -> str:
        """Its name, read as a sentence; a pattern's number is left to the table of patterns."""
        return re.sub(r"^test_(pattern_\d+_)?", "", self.name).replace("_", " ")


def rules_in_tests() -> dict[Use, set[TestName]]:
    """Find, for every name of the theory, the tests that use it, directly or by a helper."""
    found: dict[Use, set[TestName]] = {}
    for file in sorted(TESTS.rglob("test_*.py")):
        name = file.relative_to(TESTS).as_posix()
        for test, uses in _uses_in(ast.parse(file.read_text(encoding="utf-8"))).items():
            for use in uses:
                found.setdefault(use, set()).add(TestName(name, test))
    return found


def _uses_in(tree: ast.Module) -> dict[str, set[Use]]:
    """Find what each test of a file uses of the theory."""
    names, rooms = _imports(tree)
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    own = {name: set(_named_in(node, names, rooms)) for name, node in functions.items()}
    helped = {
        name: {
            used.id
            for used in ast.walk(node)
            if isinstance(used, ast.Name) and used.id in functions and used.id != name
        }
        for name, node in functions.items()
    }
    return {
        name: set().union(*(own[reached] for reached in _reached(name, helped)))
        for name in functions
        if name.startswith("test_")
    }


def _imports(tree: ast.Module) -> tuple[dict[str, Use], dict[str, str]]:
    """Read which local names stand for a name of the theory, and which for a whole room."""
    names: dict[str, Use] = {}
    rooms: dict[str, str] = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or node.module is None:
            continue
        for alias in node.names:
            local = alias.asname or alias.name
            if node.module == THEORY:
                rooms[local] = alias.name
            elif node.module.startswith(f"{THEORY}."):
                names[local] = (node.module.removeprefix(f"{THEORY}."), alias.name)
    return names, rooms


def _named_in(tree: ast.AST, names: dict[str, Use], rooms: dict[str, str]) -> Iterator[Use]:
    """Yield what a function names of the theory, by itself or through its room."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in names:
            yield names[node.id]
        elif (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id in rooms
        ):
            yield rooms[node.value.id], node.attr


def _reached(start: str, helped: dict[str, set[str]]) -> set[str]:
    """Name a function and every helper that it calls, however far."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += helped[name]
    return seen
