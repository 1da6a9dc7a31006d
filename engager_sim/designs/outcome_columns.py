"""The outcomes that a study keeps: columns of the table of runs, found by name."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engager_sim.errors import UsageError
from engager_sim.outcomes.declaration import Outcome
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.runs.tables.runs import DIFFERENCE, SUFFIXES
from engager_sim.scenarios.layered_file import did_you_mean
from engager_sim.world.records import ARMS

PLACES = {outcome.id: index for index, outcome in enumerate(OUTCOMES)}
KNOWN = {f"{outcome}{suffix}": (outcome, suffix) for outcome in PLACES for suffix in SUFFIXES}
"""The outcome and the suffix of every column, by its name."""


@dataclass(frozen=True, slots=True)
class OutcomeColumn:
    """One outcome of one group of men: all of them, an arm, or programme less usual care."""

    name: str
    place: int
    suffix: str

    @property
    def outcome(self) -> Outcome:
        """The declared outcome."""
        return OUTCOMES[self.place]

    @property
    def whom(self) -> str:
        """Whom it is about: ``all``, an arm, or ``difference``."""
        return SUFFIXES[self.suffix]

    @property
    def is_difference(self) -> bool:
        """Whether it is programme less usual care."""
        return self.whom == DIFFERENCE

    @property
    def bounds(self) -> tuple[float, float]:
        """Between which every mean of it lies."""
        low, high = self.outcome.bounds
        return (low - high, high - low) if self.is_difference else (low, high)

    @property
    def label(self) -> str:
        """The outcome's label, and whom it is about unless that is everybody."""
        groups = {"all": "", DIFFERENCE: ", programme less usual care"}
        return self.outcome.label + groups.get(self.whom, f", {self.whom.replace('_', ' ')}")

    @property
    def label_with_unit(self) -> str:
        """Its label, and its unit unless that is a share."""
        unit = self.outcome.unit
        return self.label if unit == "share" else f"{self.label} ({unit})"

    def of(self, results: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Take this column from results of shape (runs, outcomes, 3)."""
        if self.is_difference:
            return results[:, self.place, 1] - results[:, self.place, 2]
        return results[:, self.place, list(SUFFIXES).index(self.suffix)]


def find_columns(names: Sequence[str]) -> tuple[OutcomeColumn, ...]:
    """Find outcome columns by name.

    Raises
    ------
    UsageError
        If none is named, one is named twice, or there is none of a name.
    """
    if not names:
        raise UsageError("no outcome is named", key="outcomes", fix="name at least one outcome")
    for index, name in enumerate(names):
        if name not in KNOWN:
            raise UsageError(
                "there is no such outcome",
                key="outcomes",
                value=name,
                fix=did_you_mean(name, KNOWN)
                or "every outcome stands in a results folder's data_dictionary.csv",
            )
        if name in names[:index]:
            raise UsageError("this outcome is named twice", key="outcomes", value=name)
    return tuple(OutcomeColumn(name, PLACES[KNOWN[name][0]], KNOWN[name][1]) for name in names)


def all_columns(two_arms: bool) -> tuple[OutcomeColumn, ...]:
    """List the columns of every outcome: of each arm too where there are two."""
    suffixes = ["", *(f"_{arm}" for arm in ARMS)] if two_arms else [""]
    return tuple(
        OutcomeColumn(f"{outcome.id}{suffix}", PLACES[outcome.id], suffix)
        for outcome in OUTCOMES
        for suffix in suffixes
    )
