"""What the programme does to single men: groups and bins of their own effects."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.outcomes.engagement import RELIABLE_CHANGE as RELIABLE
from engager_sim.scenarios.fitted_parameters import Drawn
from engager_sim.statistics.proportions import average

NOTICED = 1.0
"""Points within which a man's own effect is counted as none; an assumption."""
GROUPS = (
    (f"gains {RELIABLE:g} points or more", -np.inf, -RELIABLE),
    (f"gains {NOTICED:g} to {RELIABLE:g} points", -RELIABLE, -NOTICED),
    (f"changes by less than {NOTICED:g} point", -NOTICED, NOTICED),
    (f"loses {NOTICED:g} to {RELIABLE:g} points", NOTICED, RELIABLE),
    (f"loses {RELIABLE:g} points or more", RELIABLE, np.inf),
)
"""Groups of men by their own effects, with the ends between which these lie."""
WIDTH, FARTHEST = 0.5, 10.0
"""Points: width of a bin of own effects, and where the outermost bins begin."""

type Numbers = npt.NDArray[np.float64]


def individual_table(effects: Numbers, drawn: Drawn | None = None) -> pd.DataFrame:
    """Count the men of each group of own effects, in points, of shape (replicates, men).

    Of men who lived to the primary week in both worlds; the others' effects are NaN.
    """
    known = np.maximum((~np.isnan(effects)).sum(axis=1), 1)
    rows = []
    for name, low, high in GROUPS:
        inside = _inside(effects, low, high)
        mean = float(effects[inside].mean()) if inside.any() else np.nan
        rows.append((name, *average(inside.sum(axis=1) / known, drawn), mean))
    return pd.DataFrame(rows, columns=["group", "share", "low", "high", "mean_effect"])


def own_effects_table(effects: Numbers) -> pd.DataFrame:
    """Count men by their own effects, in bins; the outermost hold all that lie beyond."""
    edges = np.arange(-FARTHEST, FARTHEST + 0.5 * WIDTH, WIDTH)
    known = effects[~np.isnan(effects)]
    clipped = np.clip(known, edges[0], edges[-1] - 1e-9)
    counts, _ = np.histogram(clipped, edges)
    return pd.DataFrame(
        {"bin_low": edges[:-1], "bin_high": edges[1:], "share": counts / max(1, known.size)}
    )


def _inside(effects: Numbers, low: float, high: float) -> npt.NDArray[np.bool_]:
    """Mark effects of a group; an end belongs to the group farther from 0."""
    above = effects > low if low < 0.0 else effects >= low
    return above & (effects <= high if high < 0.0 else effects < high)
