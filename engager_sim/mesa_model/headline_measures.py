"""Headline measures of a world, collected at the start and after every week."""

from collections.abc import Callable
from functools import partial

import numpy as np

from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from engager_sim.world.records import NEXT_WEEK, OPEN, World

type Measure = Callable[[World], float]

RELATIONSHIP = {
    "trust": "trust",
    "rapport": "rapport",
    "understanding": "understanding",
    "motivation": "autonomous",
}
"""Measures that are means over the men who have entered, and the field that each is a mean of."""


def headline_measures() -> dict[str, Measure]:
    """Give the measures by name, in the order of their columns.

    ``entered``, ``in_contact`` (seen in the last four weeks since release) and ``episode_open``
    count men, the latter two those in follow-up; states are means over the men who have entered,
    ``burnout`` one over filled posts and ``tie_strength`` one over all pairs of agencies that can
    work together, NaN without any; ``exit_...`` count first exits by cause.
    """
    causes = [cause for cause in EXIT_MEANINGS if cause != Exit.NONE]
    return {
        "week": lambda world: float(world.clock[NEXT_WEEK]),
        "entered": lambda world: _count(_have_entered(world)),
        "in_contact": lambda world: _count(_are_followed(world) & (world.leavers["engaged"] == 1)),
        "episode_open": lambda world: _count(
            _are_followed(world) & (world.leavers["episode"] == OPEN)
        ),
        **{name: partial(_mean_over_leavers, field) for name, field in RELATIONSHIP.items()},
        "burnout": lambda world: _mean(
            world.practitioners["burnout"][world.practitioners["vacancy"] <= 0.0]
        ),
        "tie_strength": lambda world: _mean(world.ties["strength"]),
        **{f"exit_{cause.name.lower()}": partial(_first_exits, cause) for cause in causes},
    }


def _mean_over_leavers(field: str, world: World) -> float:
    return _mean(world.leavers[field][_have_entered(world)])


def _first_exits(cause: Exit, world: World) -> float:
    return _count(world.leavers["first_exit"] == int(cause))


def _count(chosen: np.ndarray) -> float:
    return float(np.count_nonzero(chosen))


def _have_entered(world: World) -> np.ndarray:
    return np.asarray(world.leavers["entry_week"] < world.clock[NEXT_WEEK])


def _are_followed(world: World) -> np.ndarray:
    in_follow_up = world.clock[NEXT_WEEK] <= world.leavers["last_week"] + 1
    return np.asarray(_have_entered(world) & in_follow_up)


def _mean(values: np.ndarray) -> float:
    return float(values.mean()) if len(values) else float("nan")
