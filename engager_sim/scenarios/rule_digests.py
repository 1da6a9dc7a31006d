"""Digests of what compiled rules mean, whatever they are called and wherever they stand.

A digest is taken of a function's syntax tree in which other functions stand as their own digests,
constants and members of enumerations as their values, and local variables as numbers. It covers
all that the function reaches.

It is blind to comments, docstrings, formatting, imports, annotations and decorators, to the names
of functions, constants and local variables, and to the file in which they stand. It sees every
literal and constant, every field that is read or written, and the order of what is done: even where
something that is written otherwise would give equal numbers.
"""

import ast
import builtins
import functools
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, NamedTuple

import numpy as np

BYTES = 8
WRITTEN = "<string>"
"""The file of a function that a program wrote."""
MEANINGLESS = ("annotation", "returns", "type_comment", "type_params", "decorator_list", "ctx")
"""Parts of a syntax tree that change no number."""
UNKNOWN: Any = object()


class RuleDigest(NamedTuple):
    """The digest of a rule, and the fields that it and the rules it calls read or write."""

    text: str
    fields: frozenset[str]


ITSELF = RuleDigest("itself", frozenset())
"""Stands for a rule within its own digest."""


class RuleDigests:
    """Takes digests of rules, of each function once.

    Parameters
    ----------
    written : mapping of str to tuple
        Of each function that a program writes, by its name: what it passes on, by name, and the
        rules to which it passes what they ask for, in order.

    Attributes
    ----------
    taken : dict
        The digests so far; a function comes after those that it calls.
    """

    def __init__(
        self, written: Mapping[str, tuple[Sequence[str], Sequence[Callable[..., Any]]]]
    ) -> None:
        self.taken: dict[FunctionType, RuleDigest] = {}
        self._written = written
        self._begun: set[FunctionType] = set()

    def of(self, rule: Callable[..., Any]) -> RuleDigest:
        """Take the digest of a rule and of all that it calls.

        Raises
        ------
        TypeError
            If it reaches something that has no digest.
        """
        function: Any = getattr(rule, "py_func", rule)
        if function in self.taken:
            return self.taken[function]
        if function in self._begun:
            return ITSELF
        self._begun.add(function)
        reader = _Reader(function, self)
        code = function.__code__
        if code.co_filename == WRITTEN:
            if code.co_name not in self._written:
                raise TypeError(f"a program writes {code.co_name}, which has no digest")
            passed, rules = self._written[code.co_name]
            calls = [(asked_of(passed, step), reader.meaning(step)) for step in rules]
            text = repr(calls)
        else:
            tree = _functions_in(code.co_filename)[code.co_firstlineno]
            text = reader.text([tree.args, tree.body])
        self.taken[function] = RuleDigest(digest_of(text), frozenset(reader.fields))
        return self.taken[function]


class _Reader:
    """Writes the syntax tree of one function with every global name replaced by its meaning."""

    def __init__(self, function: FunctionType, digests: RuleDigests) -> None:
        self.fields: set[str] = set()
        code = function.__code__
        self._digests = digests
        self._locals = {*code.co_varnames, *code.co_cellvars}
        self._numbers: dict[str, int] = {}
        cells = zip(code.co_freevars, function.__closure__ or (), strict=True)
        enclosed = {name: cell.cell_contents for name, cell in cells}
        self._globals = vars(builtins) | function.__globals__ | enclosed

    def text(self, part: object) -> str:
        """Write a part of the tree."""
        match part:
            case list():
                return f"[{','.join(map(self.text, _statements(part)))}]"
            case ast.AnnAssign(target=target, value=ast.expr() as assigned):
                return self.text(ast.Assign([target], assigned))
            case ast.Name(id=name) | ast.arg(arg=name) if name in self._locals:
                return f"${self._numbers.setdefault(name, len(self._numbers))}"
            case ast.Name() | ast.Attribute() if (value := self._value(part)) is not UNKNOWN:
                return self.meaning(value)
            case ast.Attribute(attr=name):
                self.fields.add(name)
        if not isinstance(part, ast.AST):
            return repr(part)
        parts = (f"{name}={self.text(value)}" for name, value in _meaningful(part))
        text = f"{type(part).__name__}({','.join(parts)})"
        if isinstance(part, ast.Call) and part.keywords:  # by which names it is called counts
            text += repr(_arguments(self._value(part.func)))
        return text

    def _value(self, node: ast.expr) -> object:
        """Find what a name or a dotted name stands for, unless it is known only within a run."""
        match node:
            case ast.Name(id=name) if name not in self._locals:
                return self._globals.get(name, UNKNOWN)
            case ast.Attribute(value=owner, attr=name):
                value = self._value(owner)
                if isinstance(value, ModuleType | type):
                    return getattr(value, name)
        return UNKNOWN

    def meaning(self, value: object) -> str:
        """Write what a global name stands for."""
        match value:
            case bool() | int() | float() | str() | None if not isinstance(value, Enum):
                return repr(value)
            case tuple():
                return f"({','.join(map(self.meaning, value))})"
            case np.generic() | np.ndarray():
                return f"{value.dtype}{value.tolist()}"
            case Enum():
                return self.meaning(value.value)
            case type() if issubclass(value, Enum):
                return self.meaning(tuple(value))
            case type() if hasattr(value, "_fields"):  # a named tuple, which rules make
                return repr(value._fields)
        if isinstance(getattr(value, "py_func", value), FunctionType):
            digest = self._digests.of(value)  # type: ignore[arg-type]
            self.fields |= digest.fields
            return digest.text
        if (name := getattr(value, "__name__", None)) is None:
            raise TypeError(f"a rule reaches {value!r}, which has no digest")
        return f"{getattr(value, '__module__', '')}.{name}"


def _statements(parts: list[Any]) -> Iterator[Any]:
    """Leave out docstrings and bare annotations."""
    for part in parts:
        match part:
            case ast.Expr(value=ast.Constant(value=str())) | ast.AnnAssign(value=None):
                pass
            case _:
                yield part


def _meaningful(node: ast.AST) -> Iterator[tuple[str, Any]]:
    for name, value in ast.iter_fields(node):
        # Empty parts are left out because later versions of Python may have more of them.
        if name not in MEANINGLESS and value is not None and value != []:
            yield name, value


def asked_of(passed: Sequence[str], rule: Any) -> list[int]:
    """Say which of the things that are passed on by name a rule asks for, whatever their names."""
    return [passed.index(name) for name in _arguments(rule)]


def _arguments(rule: Any) -> tuple[str, ...]:
    """Name the arguments of a rule; none of what is no rule."""
    code = getattr(getattr(rule, "py_func", rule), "__code__", None)
    return code.co_varnames[: code.co_argcount] if code else ()


@functools.cache
def _functions_in(file: str) -> dict[int, ast.FunctionDef]:
    """Read the functions of a file, by the line on which each begins, decorators included."""
    tree = ast.parse(Path(file).read_bytes())
    return {
        min((node.lineno, *(decorator.lineno for decorator in node.decorator_list))): node
        for node in _defined(tree.body)
    }


def _defined(body: list[ast.stmt]) -> Iterator[ast.FunctionDef]:
    for node in body:
        if isinstance(node, ast.FunctionDef):
            yield node
        yield from _defined(getattr(node, "body", []))


def digest_of(text: str) -> str:
    """Hash a text."""
    return hashlib.blake2b(text.encode(), digest_size=BYTES).hexdigest()
