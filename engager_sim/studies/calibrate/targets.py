"""Targets: published figures that the model is fitted to or held against, read from a file."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
import numpy.typing as npt
from annotated_types import Gt, Len

import engager_sim.evidence
from engager_sim.designs.outcome_columns import OutcomeColumn, find_columns
from engager_sim.scenarios.layered_file import FileKind, KeyPath, LayeredFile, did_you_mean
from engager_sim.scenarios.scenario_file import read_layers
from engager_sim.scenarios.setting_tables import read_record
from engager_sim.scenarios.value_checks import checked, refuse_unknown
from engager_sim.theory.sources import SOURCES

SHIPPED = Path(next(iter(engager_sim.evidence.__path__))) / "targets.toml"
TARGETS = FileKind("a file of targets", "write tables [[targets]]")
FIT, REMEMBERED = "fit", "remembered"
SHORTEST_CITATION = 30
"""Characters of a citation in full; a shorter one is taken for a misspelt name of a source."""
FARTHEST_APART = 3.0
"""Standard errors by which two figures for one quantity may differ and both be fitted."""

MeasureKind = Literal["mean", "difference", "log odds ratio"]
Sentence = Annotated[str, Len(1)]
type Numbers = npt.NDArray[np.float64]

OUTCOMES_OF: dict[str, int] = {"mean": 1, "difference": 2, "log odds ratio": 2}
LEAST_SHARE = 0.005
"""Shares nearer to 0 or 1 are taken for this far from them, so that log odds stay finite."""


@dataclass(frozen=True, slots=True)
class AskedMeasure:
    """A measure as a file names it."""

    kind: MeasureKind
    outcomes: Annotated[list[str], Len(1, 2)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One published figure."""

    # Its name, and what it is in words.
    id: Sentence
    label: Sentence
    # The figure; several where it is not known which holds, such as both signs.
    values: Annotated[list[float], Len(1, 4)]
    # Standard error of the figure as a statement about the model's expectation.
    error: Annotated[float, Gt(0.0)]
    # Where the error comes from; the citation; how it was read.
    how_sure: Sentence
    source: Sentence
    mark: Literal["seen", "second-hand", "derived", "remembered"]
    # Fitted; or only predicted: never looked at, or seen before by who made the model.
    role: Literal["fit", "hold_out", "seen_validation"]
    scenario: Sentence  # the preset it speaks of
    mapping: Sentence  # why the measure is fair
    # How it is measured: ``"mean"`` of an outcome, ``"difference"`` or ``"log odds ratio"`` of two.
    kind: str
    columns: tuple[OutcomeColumn, ...]  # the outcomes it is measured from
    sample: str = ""  # whose people it was measured on: figures of one sample share them
    reversed: bool = False  # whether its error goes against those of the others of its sample

    @property
    def citation(self) -> str:
        """The source in full."""
        return SOURCES[self.source].citation if self.source in SOURCES else self.source

    def measure(self, means: Sequence[Numbers]) -> Numbers:
        """Compute the figure from its outcomes' means.

        Parameters
        ----------
        means : sequence of float64 array
            For each of ``columns``, means over replicates at every point.
        """
        if self.kind == "mean":
            return means[0]
        if self.kind == "difference":
            return np.asarray(means[0] - means[1])
        return np.asarray(_log_odds(means[0]) - _log_odds(means[1]))


def _log_odds(shares: Numbers) -> Numbers:
    clipped = np.clip(shares, LEAST_SHARE, 1.0 - LEAST_SHARE)
    return np.asarray(np.log(clipped / (1.0 - clipped)))


def read_targets(path: Path = SHIPPED) -> tuple[Target, ...]:
    """Read targets from a file; those that ship with the package unless another is named.

    Raises
    ------
    ScenarioError
        If a target lacks its citation, error or measure, names an outcome that does not exist, is
        remembered and yet to be fitted, or contradicts another that is to be fitted.
    """
    file = read_layers(path, TARGETS)
    refuse_unknown(file.data, ("targets",), (), file)
    entries = file.data.get("targets")
    if not isinstance(entries, list) or not entries:
        raise file.error("there are no targets", ("targets",), fix="write tables [[targets]]")
    targets = tuple(_read(file, entry, ("targets", index)) for index, entry in enumerate(entries))
    for first, second in itertools.combinations(range(len(targets)), 2):
        _refuse_clash(file, targets, first, second)
    return targets


def _read(file: LayeredFile, entry: Any, path: KeyPath) -> Target:
    given = dict(entry) if isinstance(entry, dict) else entry
    made: dict[str, Any] = {}
    if isinstance(given, dict):
        given.pop("row", None)  # of the evidence sheet, for readers
        measured = _measure(file, given.pop("measure", None), (*path, "measure"))
        made["kind"], made["columns"] = measured
    target = read_record(Target, given, path, file, **made)
    if target.source not in SOURCES and len(target.source) < SHORTEST_CITATION:
        raise file.error(
            "this is neither a source that the project knows nor a citation",
            (*path, "source"),
            value=target.source,
            allowed=f"{', '.join(SOURCES)}, or {SHORTEST_CITATION} characters or more",
            fix=did_you_mean(target.source, SOURCES) or "write who, when, what and where",
        )
    if target.role == FIT and target.mark == REMEMBERED:
        raise file.error(
            "a figure that was only remembered is never fitted",
            (*path, "role"),
            value=target.role,
            fix='write role = "hold_out", or read the source and change the mark',
        )
    return target


def _measure(
    file: LayeredFile, measure: Any, path: KeyPath
) -> tuple[str, tuple[OutcomeColumn, ...]]:
    if not isinstance(measure, dict):
        raise file.error("a target needs its measure", path, fix="add kind and outcomes below it")
    asked = read_record(AskedMeasure, measure, path, file)
    count = OUTCOMES_OF[asked.kind]
    wanted = Annotated[list[str], Len(count, count)]
    names = checked(wanted, asked.outcomes, (*path, "outcomes"), file)
    with file.naming((*path, "outcomes")):
        return asked.kind, find_columns(names)


def _refuse_clash(file: LayeredFile, targets: Sequence[Target], earlier: int, later: int) -> None:
    """Refuse two targets of one name, and two to be fitted that contradict each other."""
    first, second = targets[earlier], targets[later]
    if first.id == second.id:
        raise file.error(
            "two targets have this name",
            ("targets", later, "id"),
            value=second.id,
            fix="give one of them another",
        )
    quantities = {(target.kind, target.columns, target.scenario) for target in (first, second)}
    if len(quantities) > 1 or {first.role, second.role} != {FIT}:
        return
    error = math.hypot(first.error, second.error)
    nearest = min(abs(a - b) for a in first.values for b in second.values)
    if nearest > FARTHEST_APART * error:
        raise file.error(
            f"this contradicts {first.id}: the same quantity, {nearest / error:.1f} standard "
            "errors apart",
            ("targets", later, "values"),
            value=second.values,
            fix='fit one of them and write role = "hold_out" for the other',
        )
