"""What is expected: the patterns with their parts, and the bounds within which each is met."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from annotated_types import Ge, Le, Len

import engager_sim.evidence
from engager_sim.scenarios.scenario_file import KeyPath, LayeredFile, read_layers
from engager_sim.scenarios.value_checks import checked, refuse_unknown

SHIPPED = Path(next(iter(engager_sim.evidence.__path__))) / "patterns.toml"
PATTERN_KEYS = ("number", "name", "claim", "source", "fitted", "shaped", "parts")
PART_KEYS = ("measure", "label", "take", "at_least", "at_most", "near", "why")
HELD_OUT_KEYS = ("near_errors",)

type Take = Literal["whole", "low", "high"]
type Sentence = Annotated[str, Len(1)]
type Finite = Annotated[float, Ge(-1e9), Le(1e9)]


@dataclass(frozen=True, slots=True)
class Part:
    """One figure of a pattern, and its bounds.

    Attributes
    ----------
    measure : str
        Name of what measures it, see :mod:`engager_sim.studies.validate.measures`.
    label : str
        What it is, with its unit.
    take : str
        ``"whole"``, the figure over all runs; ``"low"`` or ``"high"``, an end of the 95% interval
        of its expectation, over parameters and theories.
    at_least, at_most : float or None
        Bounds within which it is met.
    near : float
        How far outside it is near.
    why : str
        What the bounds rest on.
    """

    measure: str
    label: str
    take: str
    at_least: float | None
    at_most: float | None
    near: float
    why: str

    def off(self, figure: float) -> float:
        """Say how far a figure lies outside the bounds: above 0 if too high, below if too low.

        NaN for a figure that could not be had.
        """
        if math.isnan(figure):
            return math.nan
        if self.at_least is not None and figure < self.at_least:
            return figure - self.at_least
        if self.at_most is not None and figure > self.at_most:
            return figure - self.at_most
        return 0.0

    def verdict(self, figure: float) -> str:
        """Judge a figure: met, near or missed. One that could not be had is missed."""
        off = abs(self.off(figure))
        if off == 0.0:
            return "met"
        return "near" if off <= self.near else "missed"

    @property
    def bounds(self) -> str:
        """The bounds in words."""
        if self.at_least is None:
            return f"at most {self.at_most:g}"
        if self.at_most is None:
            return f"at least {self.at_least:g}"
        return f"{self.at_least:g} to {self.at_most:g}"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that must appear.

    Attributes
    ----------
    number : int
        As the evidence sheet numbers it.
    name, claim, source : str
        What it is called, what it says, and who saw it.
    fitted : bool
        Whether its own figure was among the targets of the fit.
    shaped : bool
        Whether rules were changed after a look at it.
    parts : tuple of Part
        What is measured of it.
    """

    number: int
    name: str
    claim: str
    source: str
    fitted: bool
    shaped: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """All patterns, and when a held-out figure is met or near.

    Attributes
    ----------
    patterns : tuple of Pattern
        In the order of their numbers.
    near_errors : float
        Standard errors outside its predictive interval within which a held-out figure is near.
    """

    patterns: tuple[Pattern, ...]
    near_errors: float

    def all_parts(self) -> Iterator[tuple[Pattern, Part]]:
        """Yield every part of every pattern, with its pattern."""
        for pattern in self.patterns:
            for part in pattern.parts:
                yield pattern, part


def read_expected(path: Path = SHIPPED) -> Expected:
    """Read what is expected; what ships with the package unless another file is named.

    Raises
    ------
    ScenarioError
        On the first key or value that cannot be used.
    """
    file = read_layers(path)
    refuse_unknown(file.data, ("patterns", "held_out"), (), file)
    tables = file.data.get("patterns")
    if not isinstance(tables, list) or not tables:
        raise file.error("there are no patterns", ("patterns",), fix="write tables [[patterns]]")
    held_out = _table(file, file.data.get("held_out"), ("held_out",), HELD_OUT_KEYS)
    return Expected(
        tuple(_pattern(file, table, ("patterns", index)) for index, table in enumerate(tables)),
        _value(file, held_out, ("held_out",), "near_errors", Annotated[float, Ge(0.0)]),
    )


def _pattern(file: LayeredFile, value: Any, path: KeyPath) -> Pattern:
    entry = _table(file, value, path, PATTERN_KEYS)
    parts = entry.get("parts")
    if not isinstance(parts, list) or not parts:
        raise file.error(
            "a pattern needs parts", (*path, "parts"), fix="write [[patterns.parts]] below it"
        )
    return Pattern(
        number=_value(file, entry, path, "number", Annotated[int, Ge(1)]),
        name=_value(file, entry, path, "name", Sentence),
        claim=_value(file, entry, path, "claim", Sentence),
        source=_value(file, entry, path, "source", Sentence),
        fitted=_value(file, entry, path, "fitted", bool),
        shaped=_value(file, entry, path, "shaped", bool),
        parts=tuple(_part(file, part, (*path, "parts", index)) for index, part in enumerate(parts)),
    )


def _part(file: LayeredFile, value: Any, path: KeyPath) -> Part:
    entry = _table(file, value, path, PART_KEYS)
    if not {"at_least", "at_most"} & set(entry):
        raise file.error("a part needs a bound", path, fix="add at_least = ... or at_most = ...")
    least, most = (
        _value(file, entry, path, key, Finite) if key in entry else None
        for key in ("at_least", "at_most")
    )
    if least is not None and most is not None and least > most:
        raise file.error(
            "the bounds leave nothing between them",
            (*path, "at_least"),
            value=least,
            allowed=f"at most {most:g}",
        )
    return Part(
        measure=_value(file, entry, path, "measure", Sentence),
        label=_value(file, entry, path, "label", Sentence),
        take=_value(file, entry, path, "take", Take) if "take" in entry else "whole",
        at_least=least,
        at_most=most,
        near=_value(file, entry, path, "near", Annotated[float, Ge(0.0)]),
        why=_value(file, entry, path, "why", Sentence),
    )


def _table(file: LayeredFile, value: Any, path: KeyPath, keys: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise file.error("this should be a table", path, value=value, fix="write it as a table")
    refuse_unknown(value, keys, path, file)
    return value


def _value(
    file: LayeredFile, entry: dict[str, Any], path: KeyPath, key: str, annotation: Any
) -> Any:
    if key not in entry:
        raise file.error(f"the key {key} is missing", (*path, key), fix=f"add {key} = ...")
    return checked(annotation, entry[key], (*path, key), file)
