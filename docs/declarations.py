"""Tables of what is declared: states, parameters, outcomes, the week, exits, sources."""

import ast
import dataclasses
import inspect
import re
import textwrap
from typing import Any

from docs.markdown import capital, code, number, table, titled
from engager_sim.compilation import Rule
from engager_sim.costs.prices import PRICES
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.scenarios.parameters_table import as_markdown, parameter_rows
from engager_sim.theory import Theory, parameters
from engager_sim.theory.declaration import StateField, states_of
from engager_sim.theory.sources import SOURCES
from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from engager_sim.week.order import WEEK
from engager_sim.world.observed import OBSERVATION_SETTINGS
from engager_sim.world.records import (
    Agency,
    GivenMan,
    Leaver,
    PeerPost,
    SupervisorPost,
    Team,
    Tie,
    WorkerPost,
)

RECORDS = (Leaver, WorkerPost, SupervisorPost, PeerPost, Team, Agency, Tie, GivenMan)


def entities() -> str:
    """Write a row per kind of agent: what it is and how many fields describe it."""
    rows = [
        (_spoken(record), _first_line(record), len(list(states_of(record)))) for record in RECORDS
    ]
    return table(("Kind", "What one record is", "Fields"), rows)


def states() -> str:
    """Write a section per kind of agent and, in it, a table per part that declares its fields."""
    parts = []
    for record in RECORDS:
        parts.append(f"## {_spoken(record)}\n\n{_first_line(record)}\n")
        fields = {field.name: field for field in states_of(record)}
        owned = _fields_by_owner(record)
        for owner, names in owned.items():
            if len(owned) > 1:
                parts.append(f"### {_spoken(record)}: {owner}\n")
            parts.append(_table_of([fields[name] for name in names]) + "\n")
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
            code(outcome.id),
            outcome.label,
            outcome.unit,
            capital(outcome.meaning),
            outcome.denominator,
            outcome.missing,
            outcome.baseline,
        )
        for outcome in OUTCOMES
    )
    headings = (
        "Id",
        "Label",
        "Unit",
        "Meaning",
        "Denominator",
        "Missing when there is",
        "Baseline",
    )
    return table(headings, rows)


def prices() -> str:
    """Write a row per price."""
    rows = (
        (
            code(price.id),
            capital(price.meaning),
            price.unit,
            *(number(amount) for amount in price.quantiles),
            price.payer or "",
            price.source
            if isinstance(price.source, str)
            else f"{price.source.citation} ({price.source.mark})",
        )
        for price in PRICES.values()
    )
    headings = ("Price", "Of what", "Unit", "5%", "Median", "95%", "Who pays", "Source")
    return table(headings, rows)


def observation_settings() -> str:
    """Write a row per setting of an observation."""
    rows = [
        (capital(setting.meaning), number(setting.value), setting.unit)
        for setting in OBSERVATION_SETTINGS
    ]
    return table(("What defines an observation", "Value", "Unit"), rows)


def exits() -> str:
    """Write a row per exit cause, with the event of the week that names it."""
    closing = {event.name: _causes_of(event.step) for event in WEEK}
    rows = [
        (
            capital(meaning),
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


def _causes_of(step: Any) -> set[str]:
    """Name the causes that an event and its own parts give, not those only compared with."""
    parts = [
        part
        for name in step.py_func.__code__.co_names
        if name.startswith("_") and isinstance(part := step.py_func.__globals__.get(name), Rule)
    ]
    return _causes_in(step).union(*(_causes_of(part) for part in parts))


def _causes_in(step: Any) -> set[str]:
    """Name the causes that a function's own text gives."""
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


def _table_of(fields: list[StateField]) -> str:
    rows = (
        (
            code(field.name), field.meaning, field.unit, _range(field), _initial(field),
            code(field.written_by),
        )
        for field in fields
    )  # fmt: skip
    return table(("Field", "Meaning", "Unit", "Range", "Initially", "Written by"), rows)


def _fields_by_owner(record: type) -> dict[str, list[str]]:
    """List a record's fields by the part of the theory or the world that declares them."""
    found: dict[str, list[str]] = {}
    for owner in record.__mro__:
        room = owner.__module__.rpartition(".")[2].replace("_", " ")
        names = list(vars(owner).get("__annotations__", {}))
        if names:
            title = "identity and bookkeeping" if owner is record else room
            found.setdefault(title, []).extend(names)
    return found


def _range(field: StateField) -> str:
    bounds = f"{number(field.low)} to {number(field.high)}"
    return f"{field.length} values, {bounds}" if field.length else bounds


def _initial(field: StateField) -> str:
    return field.initial if isinstance(field.initial, str) else number(field.initial)


def _first_line(declared: type) -> str:
    return (inspect.getdoc(declared) or "").splitlines()[0]


def _spoken(record: type) -> str:
    """Name a kind of agent in words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", record.__name__).capitalize()
