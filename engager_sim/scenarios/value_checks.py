"""One value against its declared type and range, by pydantic; and the sentences that say no."""

import functools
import math
from collections.abc import Callable, Collection, Mapping
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from engager_sim.errors import ScenarioError
from engager_sim.scenarios.layered_file import KeyPath, LayeredFile, did_you_mean

LONGEST_LIST_OF_NAMES = 14
LEAST_PERCENTAGE = 2.0
"""Less than this is taken for a share that is too large, not for a percentage."""

PROBLEMS = {
    "finite_number": "this is not a finite number",
    "greater_than_equal": "this value is out of range",
    "less_than_equal": "this value is out of range",
    "greater_than": "this value is out of range",
    "less_than": "this value is out of range",
    "literal_error": "this is not one of the choices",
    "too_short": "this list has a wrong number of entries",
    "too_long": "this list has a wrong number of entries",
    "string_too_short": "this text is too short",
    "string_too_long": "this text is too long",
}
"""What pydantic's kinds of error mean to a reader; all others are a wrong type."""


class RefusedValueError(Exception):
    """A value that its declared type does not allow.

    Attributes
    ----------
    problem, allowed, fix : str
        What is wrong, what is allowed instead, and what to do about it.
    value : object
        What was refused: the value, or an entry of it.
    path : tuple
        Where in the value that entry stands.
    """

    def __init__(
        self, problem: str, allowed: str, fix: str, value: object, path: tuple[str | int, ...]
    ) -> None:
        self.problem, self.allowed, self.fix, self.value = problem, allowed, fix, value
        self.path = path
        super().__init__(problem)


def validated(annotation: Any, value: object, unit: str = "") -> Any:
    """Return a value as its declared type has it.

    Nothing is converted except a whole number where any number is allowed: ``"3"`` is not 3 and
    ``true`` is not 1. Every number is finite, whatever its range.

    Parameters
    ----------
    annotation : type
        The declared type, with its range or choices.
    unit : str
        Unit of a number, for the message.

    Raises
    ------
    RefusedValueError
        Saying what is wrong, what is allowed and how to mend it.
    """
    try:
        return _adapter(annotation).validate_python(value, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        schema = expected = _schema(annotation)
        path = []
        for part in first["loc"]:
            if "anyOf" in expected:
                break  # what follows names a choice of type, not a place in the value
            expected = expected.get("items") or expected["additionalProperties"]
            path.append(part)
        refused = first["input"]
        infinite = isinstance(refused, float) and not math.isfinite(refused)
        problem = PROBLEMS.get("finite_number" if infinite else first["type"])
        raise RefusedValueError(
            problem or f"this should be {_type_text(expected)}",
            _schema_text(schema) + (f" ({unit})" if unit else ""),
            _fix(refused, expected),
            refused,
            tuple(path),
        ) from None


def checked(
    annotation: Any, value: object, path: KeyPath, file: LayeredFile, unit: str = ""
) -> Any:
    """Return a value of a file as its declared type has it (see :func:`validated`).

    Raises
    ------
    ScenarioError
        With file, key, value, what is allowed and the nearest allowed value.
    """
    try:
        return validated(annotation, value, unit)
    except RefusedValueError as refused:
        raise file.error(
            refused.problem,
            (*path, *refused.path),
            value=refused.value,
            allowed=refused.allowed,
            fix=refused.fix,
        ) from None


def refuse_unknown(
    found: Mapping[str, object],
    valid: Collection[str],
    path: KeyPath,
    file: LayeredFile,
    place_of: Callable[[str], str | None] = lambda _: None,
) -> None:
    """Refuse the first key that is not declared; ``place_of`` says where a misplaced key belongs.

    Raises
    ------
    ScenarioError
        With the nearest valid name.
    """
    for key in found:
        if key not in valid:
            raise unknown_name(
                "this key is not known", key, valid, (*path, key), file, place_of(key)
            )


def unknown_name(
    problem: str,
    name: str,
    valid: Collection[str],
    path: KeyPath,
    file: LayeredFile,
    hint: str | None = None,
) -> ScenarioError:
    """Make the error for a name that is none of those declared."""
    return file.error(
        problem,
        path,
        value=name,
        allowed=listed(valid),
        fix=hint or did_you_mean(name, valid) or "choose one of the names that are allowed",
    )


def listed(names: Collection[str]) -> str:
    """List names, shortened where they are many."""
    shown = ", ".join(list(names)[:LONGEST_LIST_OF_NAMES])
    more = len(names) - LONGEST_LIST_OF_NAMES
    return f"{shown} and {more} more" if more > 0 else shown or "none"


def number_text(number: float) -> str:
    """Write a bound without needless decimals: ``1`` for 1.0."""
    return str(int(number)) if number == int(number) else repr(number)


@functools.cache
def _adapter(annotation: Any) -> TypeAdapter[Any]:
    return TypeAdapter(annotation, config=ConfigDict(allow_inf_nan=False))


@functools.cache
def _schema(annotation: Any) -> dict[str, Any]:
    """Describe a declared type as a JSON schema, without the "or nothing" of an optional one."""
    schema = _adapter(annotation).json_schema()
    if {"type": "null"} in schema.get("anyOf", ()):
        schema = next(choice for choice in schema["anyOf"] if choice["type"] != "null")
    if "const" in schema:
        schema = {"enum": [schema["const"]], "type": "string"}
    return schema


def _type_text(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return " or ".join(map(_type_text, schema["anyOf"]))
    if schema["type"] == "array" and "minItems" in schema:
        exact = schema["minItems"] == schema["maxItems"]
        return f"a list of {schema['minItems']}" if exact else "a list"
    kinds = {
        "integer": "a whole number",
        "number": "a number",
        "boolean": "true or false",
        "array": "a list",
        "object": "a table",
    }
    return kinds.get(schema["type"], "text")


def _schema_text(schema: dict[str, Any]) -> str:
    """Say what a schema allows, such as "a number from 0 to 1"."""
    if "enum" in schema:
        return "one of " + ", ".join(schema["enum"])
    words = _type_text(schema)
    if "minimum" in schema:
        words += f" from {number_text(schema['minimum'])}"
        words += f" to {number_text(schema['maximum'])}" if "maximum" in schema else ""
    elif "exclusiveMinimum" in schema:
        words += f" above {number_text(schema['exclusiveMinimum'])}"
        words += f", up to {number_text(schema['maximum'])}" if "maximum" in schema else ""
    if "minLength" in schema:
        words += f" of {_length(schema)}"
    inner = schema.get("items") or schema.get("additionalProperties")
    return f"{words}, each {_schema_text(inner)}" if inner else words


def _percentage(value: float, schema: dict[str, Any]) -> str | None:
    """Take a number for a percentage where shares are allowed, and this share is."""
    low, high = schema["minimum"], schema.get("maximum", math.inf)
    if schema["type"] == "integer" or not 0.0 <= low < high <= 1.0:
        return None
    share = value / 100.0
    is_percentage = low <= share <= high and value >= LEAST_PERCENTAGE
    return f"did you mean {share:g}, that is {value:g}%?" if is_percentage else None


def _length(schema: dict[str, Any]) -> str:
    if "maxLength" in schema:
        return f"{schema['minLength']} to {schema['maxLength']} characters"
    return f"{schema['minLength']} characters or more"


def _fix(value: object, schema: dict[str, Any]) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return "write one of the numbers that are allowed"
    if "enum" in schema:
        near = did_you_mean(value, schema["enum"]) if isinstance(value, str) else None
        return near or f'write for example "{schema["enum"][0]}"'
    if "minimum" in schema and isinstance(value, int | float) and not isinstance(value, bool):
        nearest = max(schema["minimum"], min(schema.get("maximum", value), value))
        whole = round(nearest) if schema["type"] == "integer" else nearest
        return _percentage(value, schema) or f"the nearest allowed value is {number_text(whole)}"
    if "minLength" in schema and isinstance(value, str):
        return f"write {_length(schema)}"
    if "exclusiveMinimum" in schema and isinstance(value, int | float):
        if "maximum" in schema and value > schema["maximum"]:
            return f"the nearest allowed value is {number_text(schema['maximum'])}"
        return f"write {_schema_text(schema)}"
    fixes = {
        "integer": "write a number in digits, without quotation marks",
        "number": "write a number in digits, without quotation marks",
        "boolean": "write true or false, in small letters and without quotation marks",
        "array": "write its entries in [ ], separated by commas",
        "object": "write a table, a line name = value for each of its entries",
    }
    return fixes.get(schema.get("type", "number"), 'write it in "quotation marks"')
