"""What is expected: the patterns with their parts, and the bounds within which each is met."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from annotated_types import Ge, Le, Len

import engager_sim.evidence
from engager_sim.scenarios.layered_file import KeyPath, LayeredFile
from engager_sim.scenarios.scenario_file import read_layers
from engager_sim.scenarios.setting_tables import read_record
from engager_sim.scenarios.value_checks import refuse_unknown

SHIPPED = Path(next(iter(engager_sim.evidence.__path__))) / "patterns.toml"

Take = Literal["whole", "low", "high"]
Standing = Literal["fitted", "built_in", "untouched"]
STANDINGS: Mapping[Standing, str] = {
    "fitted": "fitted",
    "built_in": "built in",
    "untouched": "untouched",
}
"""What a pattern can be to the model, and how it is written."""
Sentence = Annotated[str, Len(1)]
Finite = Annotated[float, Ge(-1e9), Le(1e9)]
Margin = Annotated[float, Ge(0.0)]


NOT_TESTED = "not tested"
"""Verdict on what no run has a value of, or what a rival theory alone says too little of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternPart:
    """One figure of a pattern, and its bounds."""

    measure: Sentence  # name, as in validate/measures.py
    label: Sentence  # with its unit
    # The figure over all runs, or an end of the 95% interval of its expectation over parameters
    # and theories.
    take: Take = "whole"
    at_least: Finite | None = None  # it is met from here
    at_most: Finite | None = None  # up to here
    near: Margin  # how far outside it is near
    why: Sentence  # what the bounds rest on

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


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that must appear."""

    number: Annotated[int, Ge(1)]  # as the evidence sheet numbers it
    name: Sentence
    claim: Sentence
    source: Sentence  # who saw it
    # Fitted: its own figure was among the targets of the fit. Built in: a claim of the theory says
    # it, or a rule was changed for it; it can be fitted as well. Untouched: neither.
    standing: Annotated[list[Standing], Len(1, 2)]
    parts: tuple[PatternPart, ...]

    @property
    def standing_text(self) -> str:
        """Write its standing: fitted, built in, both, or untouched."""
        return ", ".join(words for name, words in STANDINGS.items() if name in self.standing)


@dataclass(frozen=True, slots=True)
class Expected:
    """All patterns in the order of their numbers, and when a held-out figure is near.

    It is near within ``near_errors`` of its standard errors outside its predictive interval.
    """

    patterns: tuple[Pattern, ...]
    near_errors: Margin

    def all_parts(self) -> Iterator[tuple[Pattern, PatternPart]]:
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
    patterns = tuple(
        _pattern(file, table, ("patterns", index))
        for index, table in enumerate(_tables(file, file.data, ("patterns",)))
    )
    held_out = file.data.get("held_out", {})
    return read_record(Expected, held_out, ("held_out",), file, patterns=patterns)


def _pattern(file: LayeredFile, table: Any, path: KeyPath) -> Pattern:
    parts = tuple(
        _part(file, part, (*path, "parts", index))
        for index, part in enumerate(_tables(file, table, (*path, "parts")))
    )
    rest = {key: value for key, value in table.items() if key != "parts"}
    pattern = read_record(Pattern, rest, path, file, parts=parts)
    if "untouched" in pattern.standing and len(set(pattern.standing)) > 1:
        raise file.error(
            "a pattern that is untouched is nothing else",
            (*path, "standing"),
            value=pattern.standing,
            allowed="untouched alone, or fitted, built_in or both",
        )
    return pattern


def _part(file: LayeredFile, table: Any, path: KeyPath) -> PatternPart:
    part = read_record(PatternPart, table, path, file)
    if part.at_least is None and part.at_most is None:
        raise file.error("a part needs a bound", path, fix="add at_least = ... or at_most = ...")
    if part.at_least is not None and part.at_most is not None and part.at_least > part.at_most:
        raise file.error(
            "the bounds leave nothing between them",
            (*path, "at_least"),
            value=part.at_least,
            allowed=f"at most {part.at_most:g}",
        )
    return part


def _tables(file: LayeredFile, table: Any, path: KeyPath) -> list[Any]:
    tables = table.get(path[-1]) if isinstance(table, dict) else None
    if not isinstance(tables, list) or not tables:
        name = ".".join(key for key in path if isinstance(key, str))
        raise file.error(f"there are no {path[-1]}", path, fix=f"write tables [[{name}]]")
    return tables
