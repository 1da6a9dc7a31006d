"""How many men an option makes better and worse off: expected of each, and as it befell him."""

from typing import Any

import numpy as np
import pandas as pd

from engager_sim.outcomes.direction import DIRECTIONS
from engager_sim.outcomes.engagement import RELIABLE_CHANGE
from engager_sim.statistics.individual_effects import (
    Shares,
    expected_chance_changes,
    expected_changes,
    realised_changes,
)
from engager_sim.studies.decide.benefits import counts_men
from engager_sim.studies.decide.men_effects import TODAY, MenEffects
from engager_sim.studies.decide.settings import DecideSettings
from engager_sim.studies.decide.worlds import DISTRESS, WHOLE, men_outcomes

EXPECTED, REALISED = "expected", "realised"
POINTS, CHANCE = 1.0, 0.05
"""By how much a man's expected distress (points of CORE-OM), or his chance of something, must
change for him to count."""


def men_table(settings: DecideSettings, men: MenEffects) -> pd.DataFrame:
    """Make a row per option and measure: shares of men better and worse off.

    *Expected*: by at least 1 point of distress, or 5 percentage points of a chance. *Realised*: by
    at least 5 points of distress in one and the same life; this depends on how the random numbers
    of two worlds are paired, and stands beside what two unrelated lives of today differ by.
    """
    rows: list[dict[str, Any]] = []
    for index, option in enumerate(settings.options):
        for place, name in enumerate(men_outcomes(settings)):
            if name == DISTRESS:
                gains = DIRECTIONS[name] * men.means[WHOLE, index, :, :, place]
                found = expected_changes(gains, POINTS)
                rows.append(_row(option.name, name, EXPECTED, POINTS, found))
            elif counts_men(name):
                sides = (men.more[index, :, :, place], men.less[index, :, :, place])
                better, worse = sides[:: DIRECTIONS[name]]
                found = expected_chance_changes(better, worse, settings.lives, CHANCE)
                rows.append(_row(option.name, name, EXPECTED, CHANCE, found))
        today, with_it = (-men.distress[world].astype(np.float64) for world in (TODAY, index + 1))
        lived = realised_changes(today, with_it, RELIABLE_CHANGE)
        rows.append(
            _row(option.name, DISTRESS, REALISED, RELIABLE_CHANGE, lived.shares)
            | {"by_noise": lived.by_noise}
        )
    return pd.DataFrame(rows)


def _row(
    option: str, outcome: str, measure: str, threshold: float, shares: Shares
) -> dict[str, Any]:
    about = {"option": option, "outcome": outcome, "measure": measure, "threshold": threshold}
    return about | shares._asdict() | {"by_noise": np.nan}
