"""How numbers are written in figures: digits, units, signs, and the marks that tell lines apart."""

import math
from typing import NamedTuple

from engager_sim.outcomes.declaration import IDENTICAL, is_identical

MARKERS = "osD^vP*X"
MINUS, MOST_DIGITS = "\N{MINUS SIGN}", 4


class Scale(NamedTuple):
    """How numbers of a unit are written: what they are multiplied by, digits, and units.

    Colours run over ``least_range`` at least, as written, so that little does not look like much;
    a judgement.
    """

    times: float
    digits: int
    unit: str
    of_differences: str
    least_range: float = 0.0

    def number(self, value: float) -> str:
        """Write a value."""
        return f"{self.times * value:z,.{self.digits}f}".replace("-", MINUS)

    def signed(self, value: float) -> str:
        """Write a difference."""
        return _signed(self.times * value, self.digits)

    def with_interval(self, mean: float, low: float, high: float) -> str:
        """Write a difference and the ends of its interval, if it has one.

        It gets more digits where an end would round to the mean or to 0; 0 itself is said to be no
        difference.
        """
        if is_identical(mean, low, high):
            return IDENTICAL
        for digits in range(self.digits, MOST_DIGITS + 1):
            ends = [round(self.times * end, digits) for end in (low, high)]
            if low == high or not {0.0, round(self.times * mean, digits)} & set(ends):
                break
        texts = [_signed(self.times * value, digits) for value in (mean, low, high)]
        return texts[0] if math.isnan(low) else f"{texts[0]} ({texts[1]} to {texts[2]})"


def _signed(value: float, digits: int) -> str:
    """Write a number with its sign, and what rounds to 0 without."""
    text = f"{value:+z,.{digits}f}".replace("-", MINUS)
    return text if any(digit in "123456789" for digit in text) else text[1:]


SCALES = {
    "share": Scale(100.0, 1, "%", "percentage points", 10.0),
    "0-1": Scale(1.0, 3, "0 to 1", "on a scale from 0 to 1", 0.1),
    "years": Scale(1.0, 3, "years", "years", 0.1),
    "per post and year": Scale(1.0, 3, "per post and year", "per post and year", 0.1),
    "GBP": Scale(1.0, 0, "GBP", "GBP", 500.0),
    "points 0-40": Scale(1.0, 2, "points 0-40", "points 0-40", 4.0),
    "points": Scale(1.0, 2, "points", "points", 4.0),
    "weeks": Scale(1.0, 2, "weeks", "weeks", 4.0),
    "contacts": Scale(1.0, 2, "contacts", "contacts", 2.0),
    "men": Scale(1.0, 2, "men", "men", 5.0),
}


def counted(replicates: int) -> str:
    """Write how many replicates there are."""
    return "one replicate" if replicates == 1 else f"{replicates} replicates"


def scale_of(unit: str) -> Scale:
    """Say how numbers of an outcome's unit are written."""
    return SCALES.get(unit, Scale(1.0, 2, unit, unit))
