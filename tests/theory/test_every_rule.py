"""Every rule, found and not listed: plain equals compiled, states stay in range, each is tested."""

import ast
import copy
import dataclasses
import functools
import importlib
import inspect
import pkgutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engager_sim import theory
from engager_sim.compilation import Rule
from tests.strategies import as_record, fields_out_of_range, parameters, states
from tests.theory.arguments import ARGUMENTS


def rules() -> list[Rule]:
    """Find every rule of the theory, in the room where it is written."""
    found = []
    for room in pkgutil.iter_modules(theory.__path__, f"{theory.__name__}."):
        module = importlib.import_module(room.name)
        found += [
            member
            for member in vars(module).values()
            if isinstance(member, Rule) and member.py_func.__module__ == room.name
        ]
    return found


def name_of(rule: Rule) -> str:
    return f"{room_of(rule)}.{rule.py_func.__name__}"


def room_of(rule: Rule) -> str:
    return str(rule.py_func.__module__).rpartition(".")[2]


def first_line_of(rule: Rule) -> str:
    return (rule.py_func.__doc__ or "").strip().splitlines()[0]


EVERY_RULE = pytest.mark.parametrize("rule", rules(), ids=name_of)


def is_state(declared: type) -> bool:
    return "state" in dataclasses.fields(declared)[0].metadata


def drawn_for(rule: Rule, argument: inspect.Parameter) -> st.SearchStrategy[Any]:
    """Choose what to draw for one argument: by its declared class, or by its name."""
    declared = argument.annotation
    if dataclasses.is_dataclass(declared) and isinstance(declared, type):
        return states(declared) if is_state(declared) else parameters(declared)
    assert declared in (int, float), f"{name_of(rule)}: {argument.name} has no known type"
    assert argument.name in ARGUMENTS, (
        f"{name_of(rule)}: say in tests/theory/arguments.py what {argument.name} may be"
    )
    values = ARGUMENTS[argument.name]
    return values.map(float) if declared is float else values


def arguments_of(rule: Rule) -> st.SearchStrategy[tuple[Any, ...]]:
    arguments = inspect.signature(rule.py_func).parameters.values()
    return st.tuples(*(drawn_for(rule, argument) for argument in arguments))


def copied(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(copy.deepcopy(argument) for argument in arguments)


def recorded(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(
        as_record(argument) if dataclasses.is_dataclass(argument) else argument
        for argument in arguments
    )


def bits_of(result: Any, arguments: tuple[Any, ...]) -> tuple[bytes, ...]:
    """Give the exact bits of a result and of every record among the arguments."""
    number = b"" if result is None else np.float64(result).tobytes()
    records = [
        as_record(argument) if dataclasses.is_dataclass(argument) else argument
        for argument in arguments
    ]
    return number, *(record.tobytes() for record in records if isinstance(record, np.void))


@functools.cache
def compiled(rule: Rule) -> Callable[..., Any]:
    """Give a compiled caller of a rule: called from compiled code, the rule is compiled too."""

    @numba.njit(error_model="numpy")
    def call(*arguments):  # type: ignore[no-untyped-def]
        return rule(*arguments)

    caller: Callable[..., Any] = call
    return caller


@EVERY_RULE
def test_a_rule_keeps_states_in_range_and_gives_the_same_bits_when_compiled(rule: Rule) -> None:
    @settings(max_examples=15)
    @given(arguments_of(rule))
    def agree(arguments: tuple[Any, ...]) -> None:
        plain, plain_on_records, machine = (
            copied(arguments), recorded(arguments), recorded(arguments),
        )  # fmt: skip
        result = rule(*plain)
        assert_in_range(rule, result, plain)
        expected = bits_of(result, plain)
        assert bits_of(rule(*plain_on_records), plain_on_records) == expected
        assert bits_of(compiled(rule)(*machine), machine) == expected

    agree()


def assert_in_range(rule: Rule, result: Any, arguments: tuple[Any, ...]) -> None:
    """Check what a rule returned, and what it left in the states."""
    returned = inspect.signature(rule.py_func).return_annotation
    for argument in arguments:
        if dataclasses.is_dataclass(argument) and is_state(type(argument)):
            assert fields_out_of_range(argument) == []
    if returned is None:
        assert result is None
    elif returned is int:
        assert isinstance(result, int)
        decides = first_line_of(rule).startswith(("Decide whether", "Whether"))
        assert result in (0, 1) or not decides
    else:
        assert not np.isnan(result)


@functools.cache
def imported_by_tests_of(room: str) -> set[str]:
    """Name what the tests of a room of the theory import."""
    tests = sorted(Path(__file__).parent.glob(f"test_{room}*.py"))
    assert tests, f"there is no test_{room}.py"
    return {
        alias.name
        for test in tests
        for node in ast.walk(ast.parse(test.read_text()))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_every_rule_has_a_test_in_the_room_that_mirrors_its_own() -> None:
    for rule in rules():
        assert rule.py_func.__name__ in imported_by_tests_of(room_of(rule)), name_of(rule)


def test_a_rule_receives_parameters_and_states_of_its_own_room_and_nothing_else() -> None:
    for rule in rules():
        for argument in inspect.signature(rule.py_func).parameters.values():
            if argument.annotation not in (int, float):
                own = rule.py_func.__module__
                assert argument.annotation.__module__ == own, name_of(rule)


def test_every_rule_says_what_it_claims() -> None:
    for rule in rules():
        first_line = first_line_of(rule)
        assert first_line.endswith((".", ":", ";")) or "``" in first_line, name_of(rule)
        assert len(first_line.split()) >= 4, name_of(rule)


def test_rules_are_found() -> None:
    found = {room_of(rule) for rule in rules()}
    assert {"collaboration", "supervision", "relationship", "justice"} <= found
    assert len(rules()) > 80
