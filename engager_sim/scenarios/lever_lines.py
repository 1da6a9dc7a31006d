"""Levers as lines of a scenario file: value, meaning, unit, range, and how levels of it look."""

from collections.abc import Iterator

import tomlkit

from engager_sim.scenarios.theory_values import Value
from engager_sim.theory.declaration import ANCHORED, Parameter


def lever_line(parameter: Parameter, value: Value, before: str = "") -> str:
    """Write one lever with what it means; ``before`` opens its comment."""
    allowed = ", ".join(parameter.choices) or f"{parameter.low:g} to {parameter.high:g}"
    if parameter.kind == "on/off":
        allowed = "true, false"
    said = f"{before}{parameter.meaning} ({parameter.unit}: {allowed})"
    return f"{parameter.name} = {written(value)} # {said}"


def anchor_lines(parameter: Parameter) -> Iterator[str]:
    """Write what a real service looks like at some levels of a lever, as comments."""
    for level, words in zip(ANCHORED, parameter.anchors, strict=False):
        yield f"#   {level:g}: {words}"


def written(value: object) -> str:
    """Write a value as TOML has it."""
    return tomlkit.item(value).as_string()
