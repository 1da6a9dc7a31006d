"""The week is order only: its files hold no equation and no threshold, both live in the theory."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from engager_sim import week

FILES = sorted(Path(week.__file__).parent.glob("*.py"))
EVERY_FILE = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)

MEMORY_ONLY = {"reading_ahead.py"}
"""Counts records, bytes and lines of a cache; nothing in it is about people or services."""

SCALING = (
    ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult, ast.LShift, ast.RShift,
)  # fmt: skip
"""Sums and differences stay allowed: weeks, counts and hours are counted on."""
ARITHMETIC = {
    "abs", "divide", "divmod", "dot", "exp", "floor_divide", "log", "multiply", "pow", "power",
    "prod", "round", "sqrt", "square", "sum",
}  # fmt: skip
"""Functions that compute, Python's own and numpy's."""
BOUNDS = {"min", "max"}
ARITHMETIC_MODULES = {"cmath", "math", "operator", "statistics"}
PLAIN = (0, 1)
"""Nothing and one: off and on, none and once, this week or not."""


def equations_in(source: str) -> list[str]:
    """List what in a file's text computes or decides by a number of its own."""
    tree = ast.parse(source)
    numbers = named_numbers(ast.walk(tree)) | NUMBERS_OF_THE_WEEK
    found: list[tuple[int, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, SCALING):
            found.append((node.lineno, f"scales: {ast.unparse(node)}"))
        elif isinstance(node, ast.Import | ast.ImportFrom) and modules_of(node):
            found.append((node.lineno, f"imports arithmetic: {ast.unparse(node)}"))
        elif isinstance(node, ast.Constant) and is_fraction(node):
            found.append((node.lineno, f"holds a quantity: {ast.unparse(node)}"))
        elif isinstance(node, ast.Compare | ast.Call):
            found += [(node.lineno, text) for text in thresholds_in(node, numbers)]
    return [f"line {line} {text}" for line, text in sorted(found)]


def thresholds_in(node: ast.Compare | ast.Call, numbers: set[str]) -> Iterator[str]:
    """Yield a comparison, or the bound of a minimum or maximum, that has a number of its own."""
    if isinstance(node, ast.Compare):
        weighed = [node.left, *node.comparators]
    else:
        called = ast.unparse(node.func).rpartition(".")[2]
        if called in ARITHMETIC:
            yield f"computes: {ast.unparse(node)}"
        weighed = node.args if called in BOUNDS else []
    if any(is_own_number(part, numbers) for side in weighed for part in summed(side)):
        yield f"decides: {ast.unparse(node)}"


def summed(side: ast.expr) -> Iterator[ast.expr]:
    """Yield what one side of a comparison adds up; what is only called or looked up is its own."""
    if isinstance(side, ast.BinOp):
        yield from summed(side.left)
        yield from summed(side.right)
    elif isinstance(side, ast.Tuple | ast.List | ast.Set):
        for part in side.elts:
            yield from summed(part)
    elif isinstance(side, ast.IfExp):
        yield from summed(side.body)
        yield from summed(side.orelse)
    else:
        yield side


def is_own_number(part: ast.expr, numbers: set[str]) -> bool:
    """Tell whether a part is a number other than 0 and 1, written out or named by the week."""
    return not is_plain(part) if is_number(part) else ast.unparse(part) in numbers


def is_number(node: ast.AST) -> bool:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        return is_number(node.operand)
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def is_plain(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value in PLAIN


def is_fraction(node: ast.Constant) -> bool:
    return type(node.value) is float and not is_plain(node)


def modules_of(node: ast.Import | ast.ImportFrom) -> set[str]:
    """Name the modules of arithmetic that a statement imports."""
    names = {str(node.module)} if isinstance(node, ast.ImportFrom) else set()
    return ARITHMETIC_MODULES & (names | {alias.name for alias in node.names})


def named_numbers(nodes: Iterable[ast.AST]) -> set[str]:
    """List the names that assignments give a number other than 0 and 1 to."""
    numbers: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            targets: list[ast.expr] = [node.target]
            given = node.value
        elif isinstance(node, ast.Assign):
            targets, given = node.targets, node.value
        else:
            continue
        for target in targets:
            numbers |= set(names_given_numbers(target, given))
    return numbers


def names_given_numbers(target: ast.expr, given: ast.expr) -> Iterator[str]:
    """Yield the names that are given such a number, alone or side by side; -1 says that none is."""
    if isinstance(target, ast.Tuple) and isinstance(given, ast.Tuple):
        for one, value in zip(target.elts, given.elts, strict=True):
            yield from names_given_numbers(one, value)
    elif is_number(given) and not is_plain(given) and ast.unparse(given) != "-1":
        yield ast.unparse(target)


NUMBERS_OF_THE_WEEK = {
    name
    for file in FILES
    if file.name not in MEMORY_ONLY
    for name in named_numbers(ast.parse(file.read_text(encoding="utf-8")).body)
}
"""Numbers that a file of the week names for all the others."""


@EVERY_FILE
def test_no_file_of_the_week_holds_an_equation_or_a_threshold(file: Path) -> None:
    if file.name not in MEMORY_ONLY:
        assert equations_in(file.read_text(encoding="utf-8")) == []


def test_only_files_that_exist_are_let_off() -> None:
    assert {file.name for file in FILES} >= MEMORY_ONLY


@pytest.mark.parametrize(
    "source",
    [
        "lost = share * leaver.trust",
        "leaver.understanding *= kept",
        "mean = total / serving",
        "post.cases //= 2",
        "parts = week % 4",
        "square = trust ** 2",
        "if leaver.crisis > 0.5: pass",
        "if 2 <= out: pass",
        "if out == 6: pass",
        "if leaver.cases + 3 > most: pass",
        "if post == -1: pass",
        "ready = (trust > 0.3) + (crisis < 0.5)",
        "severity = 0.3",
        "LIMIT = 4\nif since < LIMIT: pass",
        "worst, limit = -1, 4\nif since < limit: pass",
        "limit: int = 4\nif since < limit: pass",
        "weight = need + 0.1",
        "left = max(0.2, trust)",
        "left = min(2, trust)",
        "if (2 if out else 3) < week: pass",
        "if place in (2, 3): pass",
        "import math",
        "from math import exp",
        "weeks = round(out)",
        "weeks = np.power(out, mark)",
    ],
)
def test_an_equation_or_a_threshold_would_be_noticed(source: str) -> None:
    assert equations_in(source) != []


@pytest.mark.parametrize(
    "source",
    [
        "out = week - leaver.release_week",
        "leaver.missed_in_a_row += 1",
        "if leaver.weeks_inside <= 0.0 or hazard < 1.0: pass",
        "if leaver.first_exit == Exit.NONE: pass",
        "if out < YEAR and need > services.met_need: pass",
        "if draw(dice, who, week, Chance.ATTEND, 100) < chance: pass",
        "best, chosen = most, -1\nif chosen < 0: pass",
        "left = max(0.0, weeks)",
        "CRISIS = 17",
    ],
)
def test_order_counting_and_named_thresholds_are_left_alone(source: str) -> None:
    assert equations_in(source) == []
