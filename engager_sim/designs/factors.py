"""A factor: something that a study varies, with its type, its range and how it is reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from engager_sim.scenarios.theory_values import Value

SETTING = "setting"
"""The theme of a factor that stands around a service and is no part of the theory."""

type Kind = Literal["real", "integer", "category", "on/off"]


@dataclass(frozen=True, slots=True)
class Factor:
    """Something that a study varies; its meaning, unit, theme and role are as declared.

    The path is that of a parameter for both arms (``supervision.interval``) or one of them
    (``programme.supervision.interval``), or of a setting (``population.leavers``). The range of
    a real or integer factor is closed; that of any other is 0 and its last choice. ``choices`` are
    the values of a category or switch, in order, and empty for numbers; ``levels``, the values of a
    factorial design, are numbers or indices into ``choices``. ``median`` is that of an uncertain
    parameter's prior, where the factor has its whole declared range.
    """

    path: str
    kind: Kind
    low: float
    high: float
    choices: tuple[str | bool, ...]
    levels: tuple[float, ...]
    meaning: str
    unit: str
    theme: str
    role: str
    median: float | None = None

    def from_unit(self, shares: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Map shares of the unit interval to numbers, or to indices into ``choices``.

        A real factor is stretched over its range; of a prior half lies evenly on either side of the
        median. Whole numbers, choices and switches divide the unit interval into equal parts, one
        for each value.
        """
        if self.median is not None:
            return np.interp(shares, (0.0, 0.5, 1.0), (self.low, self.median, self.high))
        if self.kind == "real":
            return np.asarray(self.low + shares * (self.high - self.low))
        count = self.high - self.low + 1.0
        return self.low + np.minimum(np.floor(shares * count), count - 1.0)

    def value(self, number: float) -> Value:
        """Turn a number of the design into the value that a scenario file would say."""
        if self.choices:
            return self.choices[int(number)]
        return int(number) if self.kind == "integer" else float(number)

    def number(self, value: Value) -> float:
        """Turn a value into the number that stands for it in a design."""
        return float(self.choices.index(value)) if self.choices else float(value)

    def text(self, number: float) -> str:
        """Write a value for a reader."""
        value = self.value(number)
        if isinstance(value, bool):
            return "yes" if value else "no"
        return f"{value:g}" if isinstance(value, float) else str(value)

    @property
    def is_setting(self) -> bool:
        """Whether it is a setting rather than a parameter of the theory."""
        return self.theme == SETTING

    @property
    def name(self) -> str:
        """The last part of its path in words, such as ``initial tie``."""
        return self.path.rsplit(".", 1)[-1].replace("_", " ")

    @property
    def mapping(self) -> str:
        """How the unit interval of a sampler becomes a value, in words."""
        if self.median is not None:
            ends = f"{self.low:g} to {self.median:g}, half from {self.median:g} to {self.high:g}"
            return f"half uniform from {ends}"
        if self.kind == "real":
            return f"uniform from {self.low:g} to {self.high:g}"
        if self.kind == "integer":
            return f"equal parts for whole numbers from {self.low:g} to {self.high:g}"
        return "equal parts for " + ", ".join(map(self.text, range(len(self.choices))))


def grid(factors: Sequence[Factor]) -> npt.NDArray[np.float64]:
    """List every combination of the factors' levels, the last factor varying fastest.

    The shape is (combinations, factors).
    """
    axes = np.meshgrid(*(np.array(factor.levels) for factor in factors), indexing="ij")
    return np.stack([axis.ravel() for axis in axes], axis=1)
