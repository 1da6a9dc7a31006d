"""What a declared outcome is."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

IDENTICAL = "identical"
"""What is written where a difference is 0 in every replicate."""


def is_identical(value: float, low: float, high: float) -> bool:
    """Tell of a difference and its interval, if it has one, whether it is 0 in every replicate."""
    return value == 0.0 and not (low < 0.0 or high > 0.0)


PERCENTAGE_POINTS = "pp: percentage points"
"""What captions say of differences of shares."""


BOUNDED = {"share": (0.0, 1.0), "0-1": (0.0, 1.0)}
"""Units of which no mean, and so no end of its interval, lies outside."""


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

    @property
    def bounds(self) -> tuple[float, float]:
        """Between which every mean lies: those of shares and scores from 0 to 1 have ends."""
        return BOUNDED.get(self.unit, (-math.inf, math.inf))

    def text(self, value: float, difference: bool = False) -> str:
        """Write a value: shares as percentages, money and other large numbers without decimals.

        Parameters
        ----------
        difference : bool
            Whether it is a difference or a spread: of shares in percentage points (pp), of others
            with one decimal more.
        """
        if math.isnan(value):
            return "no value"
        if self.unit == "share":
            return f"{100.0 * value:z.1f}{' pp' if difference else '%'}"
        if self.unit == "GBP" or abs(value) >= 100.0:
            return f"{value:z,.0f}"
        return f"{value:z.3f}" if difference else f"{value:z.2f}"

    def with_interval(
        self, value: float, low: float, high: float, difference: bool = False, between: str = " "
    ) -> str:
        """Write a value and, if it has one, its interval; a difference of exactly 0 as such.

        Parameters
        ----------
        difference : bool
            Whether it is a difference, as in :meth:`text`.
        between : str
            What stands between the value and its interval.
        """
        if difference and is_identical(value, low, high):
            return IDENTICAL
        text = self.text(value, difference)
        if math.isnan(value) or math.isnan(low):
            return text
        ends = ", ".join(self.text(end, difference).removesuffix(" pp") for end in (low, high))
        return f"{text}{between}[{ends}]"

    @property
    def label_with_unit(self) -> str:
        """Its label, and its unit unless that is a share."""
        return self.label if self.unit == "share" else f"{self.label} ({self.unit})"
