"""What a declared outcome is."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """One declared outcome of a run.

    Attributes
    ----------
    id : str
        Its column in the tables.
    label, unit : str
        For figures.
    meaning : str
        One sentence.
    denominator : str
        Over whom the mean is taken.
    missing : str
        When there is no value.
    baseline : str
        What a change is counted from; empty for none.
    of : compiled function, optional
        ``of(leaver) -> float`` or ``of(leaver, theory) -> float``, NaN for one who is not in the
        denominator. An outcome that is not a mean over men has none and names its own ``measure``.
    measure : compiled function, optional
        ``measure(world, arm) -> float``, or with ``theories`` too; arm -1 for everybody.
    """

    id: str
    label: str
    unit: str
    meaning: str
    denominator: str = "all men"
    missing: str = "no man in the denominator"
    baseline: str = ""
    of: Callable[..., Any] | None = None
    measure: Callable[..., Any] | None = None

    def text(self, value: float, finer: bool = False) -> str:
        """Write a value: shares as percentages, money and other large numbers without decimals.

        Parameters
        ----------
        finer : bool
            One decimal more for what is not a share, as small differences need.
        """
        if math.isnan(value):
            return "no value"
        if self.unit == "share":
            return f"{100.0 * value:.1f}%"
        if abs(value) >= 100.0:
            return f"{value:,.0f}"
        return f"{value:.3f}" if finer else f"{value:.2f}"

    @property
    def label_with_unit(self) -> str:
        """Its label, and its unit unless that is a share."""
        return self.label if self.unit == "share" else f"{self.label} ({self.unit})"
