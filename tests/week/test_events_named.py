"""The values of an event are passed to the log under the names that the log declares."""

import ast
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engager_sim.week import order
from engager_sim.week.event_log import Event, column_of, values_of
from tests.week.worlds import lived, small_trial

ROOM = Path(order.__file__).parent
EVENT, FIRST = 3, 5
"""Positions of the event and of its first value among the arguments of ``note``."""


def name_of(argument: ast.expr) -> str | None:
    """Name what is passed: a variable, a field, or a field of which one part is passed."""
    if isinstance(argument, ast.Subscript):
        return name_of(argument.value)
    if isinstance(argument, ast.Attribute):
        return argument.attr
    return argument.id if isinstance(argument, ast.Name) else None


def notes() -> Iterator[tuple[Event, tuple[str | None, ...]]]:
    """Yield every event that the week notes, with the names under which its values are passed."""
    for file in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and name_of(node.func) == "note":
                event = name_of(node.args[EVENT])
                assert event is not None
                yield Event[event], tuple(name_of(value) for value in node.args[FIRST:])


@pytest.mark.parametrize("event", list(Event), ids=lambda event: event.name)
def test_an_event_is_noted_with_the_values_that_are_declared(event: Event) -> None:
    written = {names for noted, names in notes() if noted == event}
    assert written == {event.names}


@pytest.mark.parametrize("event", list(Event), ids=lambda event: event.name)
def test_no_two_values_of_an_event_share_a_name(event: Event) -> None:
    assert len(set(event.names)) == len(event.names)


def test_values_are_read_by_their_names() -> None:
    _, rows = lived(small_trial(30))
    changed = rows[rows["event"] == Event.ATTENDED]
    by_row = [values_of(row)["trust"] for row in changed]
    assert column_of(rows, Event.ATTENDED, "trust").tolist() == by_row
    assert by_row == changed["values"][:, 1].tolist()
    assert np.all(column_of(rows, Event.ATTENDED, "chance_of_attending") <= 1.0)
