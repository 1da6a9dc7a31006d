"""Numbers of a trial as its sentences and tables write them."""

import math
from typing import Any


def points(value: float, digits: int = 2) -> str:
    """Write points of CORE-OM; what rounds to 0 has no sign."""
    return "not known" if math.isnan(value) else f"{value:z.{digits}f}"


def percent(value: float) -> str:
    """Write a share."""
    return "not known" if math.isnan(value) else f"{100.0 * value:.0f}%"


def points_with_ends(row: Any, middle: str = "points", stem: str = "") -> str:
    """Write points of CORE-OM with their interval; its ends begin with the stem."""
    ends = (points(row[f"{stem}{end}"]) for end in ("low", "high"))
    return f"{points(row[middle])} [{', '.join(ends)}]"


def share_text(row: Any, middle: str, stem: str) -> str:
    """Write a share with its interval, where there is one; its ends begin with the stem."""
    text = percent(row[middle])
    low, high = float(row[f"{stem}_low"]), float(row[f"{stem}_high"])
    return text if math.isnan(low) else f"{text} [{100.0 * low:.0f}, {100.0 * high:.0f}]"


def pounds(value: float) -> str:
    """Write an amount of money, to the nearest thousand."""
    return f"£{1000.0 * round(value / 1000.0):,.0f}"
