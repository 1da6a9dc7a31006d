"""Tables of what is declared: states, parameters, outcomes, the week, ways out, sources."""

import ast
import dataclasses
import inspect
import textwrap
from typing import Any

from docs.markdown import code, number, sentence, table, titled
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.studies.parameters_table import as_markdown, parameter_rows
from engager_sim.theory import Theory, parameters
from engager_sim.theory.declaration import StateField, states_of
from engager_sim.theory.sources import SOURCES
from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from engager_sim.week.order import WEEK, WeekEvent
from engager_sim.world.records import (
    Agency,
    GivenMan,
    Leaver,
    Peer,
    Practitioner,
    Supervisor,
    Team,
    Tie,
)

RECORDS = (Leaver, Practitioner, Supervisor, Peer, Team, Agency, Tie, GivenMan)


def entities() -> str:
    """Write a row per kind of agent: what it is and how many fields describe it."""
    rows = [
        (titled(_spaced(record.__name__)), _first_line(record), len(list(states_of(record))))
        for record in RECORDS
    ]
    return table(("Kind", "What one record is", "Fields"), rows)


def states() -> str:
    """Write a table per kind of agent: every field, and for men whose theme it is."""
    parts = []
    for record in RECORDS:
        owners = _owners(record)
        headings = ["Field", "Meaning", "Unit", "Range", "Written by"]
        rows = []
        for field in states_of(record):
            row = [code(field.name), field.meaning, field.unit, _range(field)]
            row.append(code(field.written_by))
            rows.append([owners[field.name], *row] if len(set(owners.values())) > 1 else row)
        if len(set(owners.values())) > 1:
            headings.insert(0, "Part")
        parts.append(f"## {titled(_spaced(record.__name__))}\n\n{_first_line(record)}\n")
        parts.append(table(headings, rows) + "\n")
    return "\n".join(parts).rstrip()


def week() -> str:
    """Write the order of a week."""
    rows = [
        (place, event.part, code(event.name), event.theme, event.meaning)
        for place, event in enumerate(WEEK, start=1)
    ]
    return table(("", "Part", "Event", "Theme", "What happens"), rows)


def parameter_tables() -> str:
    """Write a table of parameters per theme and part of the circumstances."""
    parts = []
    for group in dataclasses.fields(Theory):
        rows = parameter_rows(group.name)
        declared: Any = group.type
        parts.append(f"## {titled(group.name)}\n\n{_first_line(declared)}\n")
        parts.append(as_markdown(rows))
    return "\n".join(parts).rstrip()


def parameter_counts() -> str:
    """Write how many parameters each theme has, by role."""
    roles = ("lever", "uncertainty", "setting")
    declared = list(parameters())
    rows: list[list[object]] = []
    for group in dataclasses.fields(Theory):
        own = [parameter.role.value for parameter in declared if parameter.theme == group.name]
        rows.append([titled(group.name), *(own.count(role) for role in roles), len(own)])
    every = [parameter.role.value for parameter in declared]
    rows.append(["All", *(every.count(role) for role in roles), len(every)])
    return table(("Theme or part", "Levers", "Uncertainties", "Settings", "All"), rows)


def outcomes() -> str:
    """Write a row per outcome."""
    rows = (
        (
            code(outcome.id), outcome.label, outcome.unit, sentence(outcome.meaning),
            outcome.denominator, outcome.missing, outcome.baseline,
        )
        for outcome in OUTCOMES
    )  # fmt: skip
    headings = (
        "Id", "Label", "Unit", "Meaning", "Denominator", "Missing when there is", "Baseline",
    )  # fmt: skip
    return table(headings, rows)


def exits() -> str:
    """Write a row per way out, with the event of the week that takes a man out by it."""
    closing = {event.name: _causes_of(event) for event in WEEK}
    rows = [
        (
            sentence(meaning),
            ", ".join(code(event) for event, causes in closing.items() if cause.name in causes),
            code(f"exit_{cause.name.lower()}"),
        )
        for cause, meaning in EXIT_MEANINGS.items()
        if cause != Exit.NONE
    ]
    return table(("Cause", "Event of the week", "Outcome"), rows)


def sources() -> str:
    """Write a row per source that a declaration cites, with what cites it."""
    cited = list(parameters())
    rows = [
        (
            key,
            source.citation,
            source.locator,
            source.mark,
            ", ".join(code(parameter.path) for parameter in cited if parameter.source == key)
            if key != STRUCTURE
            else "the switches of the themes",
        )
        for key, source in SOURCES.items()
    ]
    return table(("Key", "Citation", "Where", "How it was read", "Parameters that cite it"), rows)


STRUCTURE = "structure of the model"


def _causes_of(event: WeekEvent) -> set[str]:
    """Name the causes that an event gives, and not those that it only compares with."""
    step: Any = event.step
    tree = ast.parse(textwrap.dedent(inspect.getsource(step.py_func)))
    compared = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        for part in ast.walk(node)
    }
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == Exit.__name__
        and id(node) not in compared
    }


def _owners(record: type) -> dict[str, str]:
    """Name, for each field, the part of the theory or the world that declares it."""
    found = {}
    for owner in reversed(record.__mro__):
        room = owner.__module__.rpartition(".")[2]
        for name in vars(owner).get("__annotations__", {}):
            found[name] = "identity and bookkeeping" if owner is record else room.replace("_", " ")
    return found


def _range(field: StateField) -> str:
    bounds = f"{number(field.low)} to {number(field.high)}"
    return f"{field.length} values, {bounds}" if field.length else bounds


def _first_line(declared: type) -> str:
    return (inspect.getdoc(declared) or "").splitlines()[0]


def _spaced(name: str) -> str:
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
