"""Headline measures of a world, collected at the start and after every week."""

from collections.abc import Callable

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


def weeks_passed(world: World) -> float:
    """Weeks that have passed."""
    return float(world.clock[NEXT_WEEK])


def entered(world: World) -> float:
    """Men who have entered."""
    return float(np.count_nonzero(_have_entered(world)))


def in_contact(world: World) -> float:
    """Men in follow-up who were seen in the last four weeks since their release."""
    return float(np.count_nonzero(_are_followed(world) & (world.leavers["engaged"] == 1)))


def episode_open(world: World) -> float:
    """Men in follow-up whose episode of support is open."""
    return float(np.count_nonzero(_are_followed(world) & (world.leavers["episode"] == OPEN)))


def burnout(world: World) -> float:
    """Mean burnout of practitioners over the posts that are filled; NaN when none is."""
    staff = world.practitioners
    return _mean(staff["burnout"][staff["vacancy"] <= 0.0])


def tie_strength(world: World) -> float:
    """Mean strength over all pairs of agencies that can work together; NaN without any."""
    return _mean(world.ties["strength"])


def headline_measures() -> dict[str, Measure]:
    """Give the measures by name, in the order of their columns."""
    measures: dict[str, Measure] = {
        "week": weeks_passed,
        "entered": entered,
        "in_contact": in_contact,
        "episode_open": episode_open,
    }
    measures |= {name: _mean_over_leavers(field) for name, field in RELATIONSHIP.items()}
    measures |= {"burnout": burnout, "tie_strength": tie_strength}
    causes = [cause for cause in EXIT_MEANINGS if cause != Exit.NONE]
    return measures | {f"exit_{cause.name.lower()}": _first_exits(cause) for cause in causes}


def _mean_over_leavers(field: str) -> Measure:
    def measure(world: World) -> float:
        return _mean(world.leavers[field][_have_entered(world)])

    return measure


def _first_exits(cause: Exit) -> Measure:
    def measure(world: World) -> float:
        return float(np.count_nonzero(world.leavers["first_exit"] == int(cause)))

    return measure


def _have_entered(world: World) -> np.ndarray:
    have_entered: np.ndarray = world.leavers["entry_week"] < world.clock[NEXT_WEEK]
    return have_entered


def _are_followed(world: World) -> np.ndarray:
    in_follow_up = world.clock[NEXT_WEEK] <= world.leavers["last_week"] + 1
    are_followed: np.ndarray = _have_entered(world) & in_follow_up
    return are_followed


def _mean(values: np.ndarray) -> float:
    return float(values.mean()) if len(values) else float("nan")
