"""The engine shows the functions that it makes of the week's order."""

import ast
import types

import pytest

from engager_sim.week import engine
from engager_sim.week.engine import engine_source
from engager_sim.week.order import CLOSES, EACH_MAN, OPENS, WEEK

MADE = {
    "open_week": (OPENS, engine._open_week),
    "live_week": (EACH_MAN, engine._live_week),
    "close_week": (CLOSES, engine._close_week),
}


def shown(name: str) -> ast.FunctionDef:
    functions = [node for node in ast.parse(engine_source()).body if node.name == name]  # type: ignore[attr-defined]
    (function,) = functions
    assert isinstance(function, ast.FunctionDef)
    return function


@pytest.mark.parametrize("name", MADE)
def test_the_source_calls_the_events_of_its_part_in_the_weeks_order(name: str) -> None:
    part, _ = MADE[name]
    calls = [node for node in ast.walk(shown(name)) if isinstance(node, ast.Call)]
    called = [call.func.id for call in calls if isinstance(call.func, ast.Name)]
    assert called == [event.name for event in WEEK if event.part == part]


@pytest.mark.parametrize("name", MADE)
def test_the_source_that_is_shown_is_the_code_that_runs(name: str) -> None:
    room: dict[str, types.FunctionType] = {}
    exec(engine_source(), room)
    shown_code, running = room[name].__code__, MADE[name][1].py_func.__code__
    assert shown_code.co_code == running.co_code
    assert shown_code.co_names == running.co_names
    assert shown_code.co_varnames == running.co_varnames
