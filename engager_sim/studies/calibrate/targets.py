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
from engager_sim.errors import EngagerError
from engager_sim.scenarios.scenario_file import (
    FileKind,
    KeyPath,
    LayeredFile,
    did_you_mean,
    read_layers,
)
from engager_sim.scenarios.value_checks import checked, refuse_unknown
from engager_sim.theory.sources import SOURCES

SHIPPED = Path(next(iter(engager_sim.evidence.__path__))) / "targets.toml"
TARGETS = FileKind("a file of targets", "write tables [[targets]]")
KEYS = (
    "id",
    "row",
    "label",
    "values",
    "error",
    "how_sure",
    "source",
    "mark",
    "role",
    "scenario",
    "mapping",
    "measure",
)
MEASURE_KEYS = ("kind", "outcomes")
FIT, REMEMBERED = "fit", "remembered"
SHORTEST_CITATION = 30
"""Characters of a citation in full; a shorter one is taken for a misspelt name of a source."""
FARTHEST_APART = 3.0
"""Standard errors by which two figures for one quantity may differ and both be fitted."""

type MeasureKind = Literal["mean", "difference", "log odds ratio"]
type ReadingMark = Literal["seen", "second-hand", "derived", "remembered"]
type TargetRole = Literal["fit", "hold_out"]
type Sentence = Annotated[str, Len(1)]
type StandardError = Annotated[float, Gt(0.0)]
type Numbers = npt.NDArray[np.float64]

OUTCOMES_OF: dict[str, int] = {"mean": 1, "difference": 2, "log odds ratio": 2}
LEAST_SHARE = 0.005
"""Shares nearer to 0 or 1 are taken for this far from them, so that log odds stay finite."""


@dataclass(frozen=True, slots=True)
class Target:
    """One published figure."""

    # Its name, and what it is in words.
    id: str
    label: str
    # The figure; several where it is not known which holds, such as both signs.
    values: tuple[float, ...]
    error: float  # standard error of the figure as a statement about the model's expectation
    # Where the error comes from; the citation; how it was read; why the measure is fair.
    how_sure: str
    source: str
    mark: str
    role: str  # ``"fit"`` or ``"hold_out"``
    scenario: str  # the preset it speaks of
    mapping: str
    # How it is measured: ``"mean"`` of an outcome, ``"difference"`` or ``"log odds ratio"`` of two.
    kind: str
    columns: tuple[OutcomeColumn, ...]  # the outcomes it is measured from

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
    if not isinstance(entry, dict):
        raise file.error("this should be a table", path, value=entry, fix="write [[targets]]")
    refuse_unknown(entry, KEYS, path, file)

    def value(key: str, annotation: Any) -> Any:
        if key not in entry:
            name = entry.get("id", "a target")
            raise file.error(f"{name} needs its {key}", (*path, key), fix=f"add {key} = ...")
        return checked(annotation, entry[key], (*path, key), file)

    measure = entry.get("measure")
    if not isinstance(measure, dict):
        raise file.error(
            "a target needs its measure", (*path, "measure"), fix="add kind and outcomes below it"
        )
    refuse_unknown(measure, MEASURE_KEYS, (*path, "measure"), file)
    kind, columns = _measure(file, measure, (*path, "measure"))
    role, mark = value("role", TargetRole), value("mark", ReadingMark)
    source = value("source", Sentence)
    if source not in SOURCES and len(source) < SHORTEST_CITATION:
        raise file.error(
            "this is neither a source that the project knows nor a citation",
            (*path, "source"),
            value=source,
            allowed=f"{', '.join(SOURCES)}, or {SHORTEST_CITATION} characters or more",
            fix=did_you_mean(source, SOURCES) or "write who, when, what and where",
        )
    if role == FIT and mark == REMEMBERED:
        raise file.error(
            "a figure that was only remembered is never fitted",
            (*path, "role"),
            value=role,
            fix='write role = "hold_out", or read the source and change the mark',
        )
    return Target(
        id=value("id", Sentence),
        label=value("label", Sentence),
        values=tuple(value("values", Annotated[list[float], Len(1, 4)])),
        error=value("error", StandardError),
        how_sure=value("how_sure", Sentence),
        source=source,
        mark=mark,
        role=role,
        scenario=value("scenario", Sentence),
        mapping=value("mapping", Sentence),
        kind=kind,
        columns=columns,
    )


def _measure(
    file: LayeredFile, measure: dict[str, Any], path: KeyPath
) -> tuple[str, tuple[OutcomeColumn, ...]]:
    for key in MEASURE_KEYS:
        if key not in measure:
            raise file.error(f"a measure needs its {key}", (*path, key), fix=f"add {key} = ...")
    kind = str(checked(MeasureKind, measure["kind"], (*path, "kind"), file))
    count = OUTCOMES_OF[kind]
    wanted = Annotated[list[str], Len(count, count)]
    names = checked(wanted, measure["outcomes"], (*path, "outcomes"), file)
    try:
        return kind, find_columns(names)
    except EngagerError as error:
        raise file.error(
            error.problem,
            (*path, "outcomes"),
            value=error.value,
            allowed=error.allowed,
            fix=error.fix,
        ) from None


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
    same = (first.kind, first.columns, first.scenario) == (
        second.kind,
        second.columns,
        second.scenario,
    )
    if not same or {first.role, second.role} != {FIT}:
        return
    error = math.hypot(first.error, second.error)
    nearest = min(abs(a - b) for a in first.values for b in second.values)
    if nearest > FARTHEST_APART * error:
        raise file.error(
            f"this contradicts {first.id}: the same quantity, {nearest / error:.1f} standard "
            "errors apart",
            ("targets", later, "values"),
            value=list(second.values),
            fix='fit one of them and write role = "hold_out" for the other',
        )
