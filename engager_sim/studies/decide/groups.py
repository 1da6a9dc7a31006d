"""For whom an option does more: groups by what is seen at entry, and the theme that carries it."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.designs.design import Design
from engager_sim.outcomes.direction import DIRECTIONS
from engager_sim.statistics.subgroups import find_subgroups
from engager_sim.studies.decide.men_effects import MenEffects
from engager_sim.studies.decide.settings import DecideSettings
from engager_sim.studies.decide.traits import described, traits_at_entry
from engager_sim.studies.decide.worlds import WHOLE
from engager_sim.theory import THEMES

type Numbers = npt.NDArray[np.float64]

THE_OUTCOME = 0
"""Place of what the decision is for among the outcomes that are kept of men."""
LEAST_REMOVED = 1.0 / 3.0
"""Share of a group's gain that must go where a theme does nothing for it to be named."""


def groups_table(settings: DecideSettings, design: Design, men: MenEffects) -> pd.DataFrame:
    """Make a row per option and group for whom it does more than for others, or less.

    The mechanism is the theme without which most of the group's gain is gone, if that is a third at
    least; the same lives are looked at with and without it.
    """
    traits = traits_at_entry(design, settings)
    rows: list[dict[str, Any]] = []
    for index, option in enumerate(settings.options):
        gains = DIRECTIONS[settings.outcome] * men.means[:, index, :, :, THE_OUTCOME]
        for group in find_subgroups(gains[WHOLE], traits):
            theme, removed = _mechanism(gains, group.holds(traits))
            rows.append(
                {
                    "option": option.name,
                    "group": described(group.conditions),
                    "men": group.men / (group.men + group.others),
                    **_with_ends("inside", group.inside),
                    **_with_ends("outside", group.outside),
                    **_with_ends("difference", group.difference),
                    "mechanism": theme,
                    "removed": removed,
                }
            )
    return pd.DataFrame(rows)


def _with_ends(name: str, values: tuple[float, float, float]) -> dict[str, float]:
    mean, low, high = values
    return {name: mean, f"{name}_low": low, f"{name}_high": high}


def _mechanism(gains: Numbers, inside: npt.NDArray[np.bool_]) -> tuple[str, float]:
    """Name the theme without which most of a group's gain is gone, and that share.

    Parameters
    ----------
    gains : float64 array, shape (points, populations, men, halves)
        Whole, then without each theme.
    inside : bool array, shape (populations, men)
    """
    means = [float(np.nanmean(point[inside])) for point in gains]
    whole, without = means[WHOLE], means[WHOLE + 1 :]
    if whole <= 0.0:
        return "", np.nan
    removed = [1.0 - left / whole for left in without]
    most = int(np.argmax(removed))
    return (THEMES[most] if removed[most] >= LEAST_REMOVED else ""), float(removed[most])
