"""What a recommendation rests on: the same options in worlds in which a theme does nothing.

A law of the theory may fix the sign of an effect, and then every draw agrees. What is left to doubt
is the mechanism itself: how much doubt would change the answer?
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.statistics.intervals import mean_and_interval
from engager_sim.studies.decide.benefits import Benefits, benefits_of
from engager_sim.studies.decide.option_tables import TODAY, choices
from engager_sim.studies.decide.run_values import RunValues
from engager_sim.studies.decide.settings import DecideSettings
from engager_sim.theory import THEMES

type Numbers = npt.NDArray[np.float64]

GAIN = "gain"
"""What is judged by: the decision's outcome, or net benefit."""
CERTAIN = 1.0
"""The doubt at which a theme is sure to do nothing."""


def doubts_table(settings: DecideSettings, values: RunValues) -> pd.DataFrame:
    """Make a row per option, theme and criterion: what is left of it where the theme does nothing.

    ``doubt`` is how probable it must be that the theme does nothing for another choice to be as
    good, expected over both; 1 where only certainty makes a cheaper choice as good; missing where
    no doubt does that, or where the option is no better than the others to begin with.
    """
    draws = np.arange(settings.populations)
    whole = benefits_of(settings, values.with_theme, draws)
    rows, costs = [], _costs(settings)
    for number, theme in enumerate(THEMES):
        outcomes = {name: without[number] for name, without in values.without_theme.items()}
        inert = benefits_of(settings, outcomes, draws)
        for criterion, worth in criteria_of(settings).items():
            on, off = _judged(whole, worth), _judged(inert, worth)
            for world in range(1, len(settings.scenarios)):
                doubt, instead = least_doubt(
                    on.mean(axis=1),
                    off.mean(axis=1),
                    _ahead(off, world),
                    world,
                    choices(settings),
                    costs,
                )
                left, low, high = mean_and_interval(off[world] - off[TODAY])
                rows.append(
                    {
                        "option": settings.scenarios[world].name,
                        "theme": theme,
                        "criterion": criterion,
                        "with_theme": float((on[world] - on[TODAY]).mean()),
                        "without_theme": left,
                        "low": low,
                        "high": high,
                        "doubt": doubt,
                        "instead": "" if instead is None else settings.scenarios[instead].name,
                    }
                )
    return pd.DataFrame(rows)


def criteria_of(settings: DecideSettings) -> dict[str, float | None]:
    """Name what options are judged by: the gain, and net benefit at each worth of a life year."""
    worths = {f"net_benefit_{worth:.0f}": worth for worth in settings.worth}
    return {GAIN: None} | worths


def _judged(benefits: Benefits, worth: float | None) -> Numbers:
    """Average over lives, of shape (worlds, populations)."""
    values = benefits.gain if worth is None else benefits.net(worth)
    return np.asarray(values.mean(axis=2))


def _costs(settings: DecideSettings) -> list[float]:
    """Give what each world takes of the budget, today's first."""
    return [0.0, *(option.first_year for option in settings.options)]


def _ahead(values: Numbers, world: int) -> npt.NDArray[np.bool_]:
    """Tell which worlds are ahead of one beyond the 95% interval of the difference."""
    return np.array([mean_and_interval(each - values[world])[1] > 0.0 for each in values])


def least_doubt(
    on: Numbers,
    off: Numbers,
    ahead: npt.NDArray[np.bool_],
    world: int,
    others: Sequence[int],
    costs: Sequence[float],
) -> tuple[float, int | None]:
    """Find the least probability that a theme does nothing at which another choice is as good.

    Where all is lost with the theme, choices tie only if it is certain to do nothing, and then the
    cheaper one is taken: today's service costs nothing more.

    Parameters
    ----------
    on, off : float64 array, shape (worlds,)
        What each world gives with the theme, and without.
    ahead : bool array, shape (worlds,)
        Which worlds can be told to be ahead of the one that is doubted, without the theme.
    world : int
        The choice that is doubted.
    others : sequence of int
        Choices, today's among them.
    costs : sequence of float
        What each world takes of the budget.

    Returns
    -------
    tuple of float and int or None
        The probability, 1 for certainty, and the other choice; NaN and None where there is none, or
        the choice is no better than another to begin with.
    """
    least, instead = np.nan, None
    for other in sorted(others, key=costs.__getitem__):
        if other == world:
            continue
        lead, left = on[world] - on[other], off[world] - off[other]
        if lead <= 0.0:
            return np.nan, None
        is_tied = left == 0.0 and costs[other] < costs[world]
        if (ahead[other] or is_tied) and not least <= (doubt := float(lead / (lead - left))):
            least, instead = doubt, other
    return least, instead
