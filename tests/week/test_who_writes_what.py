"""Every state is written by the event that it declares: read from the events' own code."""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from typing import Any

import pytest

from engager_sim.compilation import Rule
from engager_sim.theory.declaration import states_of
from engager_sim.week.event_log import note
from engager_sim.week.order import WEEK
from engager_sim.world.records import (
    Agency,
    Leaver,
    PeerPost,
    SupervisorPost,
    Team,
    Tie,
    WorkerPost,
)

RECORDS = (Leaver, WorkerPost, SupervisorPost, PeerPost, Team, Agency, Tie)
ENTER = "enter"
"""What is drawn or given when men and staff come into the world."""


def code_of(rule: Rule) -> ast.Module:
    return ast.parse(textwrap.dedent(inspect.getsource(rule.py_func)))


def written_in(rule: Rule) -> Iterator[str]:
    """Yield the attributes that a function itself assigns to, whole or in part."""
    for node in ast.walk(code_of(rule)):
        place = node.value if isinstance(node, ast.Subscript) else node
        assigned = isinstance(getattr(node, "ctx", None), ast.Store)
        if assigned and isinstance(place, ast.Attribute):
            yield place.attr


def called_in(rule: Rule) -> Iterator[Rule]:
    """Yield the rules that a function calls, by name or through their module."""
    room: dict[str, Any] = rule.py_func.__globals__
    for node in ast.walk(code_of(rule)):
        if not isinstance(node, ast.Call):
            continue
        called: Any = None
        if isinstance(node.func, ast.Name):
            called = room.get(node.func.id)
        elif isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            called = getattr(room.get(node.func.value.id), node.func.attr, None)
        if isinstance(called, Rule) and called is not note:  # the log belongs to nobody
            yield called


def writes(event: Any) -> set[str]:
    """Name every attribute that an event assigns to, itself or through what it calls."""
    seen: list[Rule] = []
    waiting: list[Rule] = [event]
    while waiting:
        rule = waiting.pop()
        if rule not in seen:
            seen.append(rule)
            waiting += called_in(rule)
    return {name for rule in seen for name in written_in(rule)}


WRITES = {event.name: writes(event.step) for event in WEEK}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_state_is_written_by_the_event_that_it_declares(record: type) -> None:
    wrong = {
        field.name: f"{field.written_by}, but written by {writers(field.name)}"
        for field in states_of(record)
        if field.written_by != ENTER and field.name not in WRITES.get(field.written_by, set())
    }
    assert wrong == {}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_what_is_settled_at_entry_is_written_by_no_event_afterwards(record: type) -> None:
    written_later = {
        field.name: writers(field.name)
        for field in states_of(record)
        if field.written_by == ENTER and writers(field.name)
    }
    assert written_later == {}


def writers(name: str) -> list[str]:
    """List the events that assign to an attribute of this name."""
    return [event for event, names in WRITES.items() if name in names and event != ENTER]


def test_every_event_writes_something() -> None:
    assert [event for event, names in WRITES.items() if not names] == []
