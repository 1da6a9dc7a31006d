"""Replicates in groups that share one draw of the parameters."""

import numpy as np
import numpy.typing as npt

type Positions = npt.NDArray[np.int64]


def replicates_by_draw(draws: Positions) -> list[Positions]:
    """List the replicates of each draw.

    Parameters
    ----------
    draws : int64 array, shape (replicates,)
        Number of each replicate's draw; where nothing was drawn, no two have one number.
    """
    order = np.argsort(draws, kind="stable")
    starts = np.unique(draws[order], return_index=True)[1]
    return np.split(order, starts[1:])


def balanced_replicates(draws: Positions) -> Positions:
    """List replicates such that every draw has as many; the others are left out.

    Draws with one replicate are left out where others have more: a last odd replicate tells nothing
    of Monte Carlo error.

    Returns
    -------
    int64 array, shape (draws, replicates of each)
    """
    groups = replicates_by_draw(draws)
    several = [len(group) for group in groups if len(group) > 1]
    count = min(several, default=1)
    return np.array([group[:count] for group in groups if len(group) >= count], np.int64)
