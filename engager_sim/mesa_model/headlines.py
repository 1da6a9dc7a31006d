"""Headline measures of a model as it stands, collected at the start and after every week."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from engager_sim.world.records import OPEN

if TYPE_CHECKING:
    from engager_sim.mesa_model.model import EngagerModel

type Measure = Callable[["EngagerModel"], float]

RELATIONSHIP = {
    "trust": "trust",
    "rapport": "rapport",
    "understanding": "understanding",
    "motivation": "autonomous",
}
"""Measures that are means over the men who have entered, and the field that each is a mean of."""


def weeks_passed(model: "EngagerModel") -> float:
    """Weeks that have passed."""
    return float(model.week)


def entered(model: "EngagerModel") -> float:
    """Men who have entered."""
    return float(np.count_nonzero(_have_entered(model)))


def in_contact(model: "EngagerModel") -> float:
    """Men in follow-up who were seen in the last four weeks since their release."""
    return float(np.count_nonzero(_are_followed(model) & (model.world.leavers["engaged"] == 1)))


def episode_open(model: "EngagerModel") -> float:
    """Men in follow-up whose episode of support is open."""
    return float(np.count_nonzero(_are_followed(model) & (model.world.leavers["episode"] == OPEN)))


def burnout(model: "EngagerModel") -> float:
    """Mean burnout of practitioners over the posts that are filled; NaN when none is."""
    staff = model.world.practitioners
    return _mean(staff["burnout"][staff["vacancy"] <= 0.0])


def tie_strength(model: "EngagerModel") -> float:
    """Mean strength over all pairs of agencies that can work together; NaN without any."""
    return _mean(model.world.ties["strength"])


def headline_measures() -> dict[str, Measure]:
    """Make the model reporters of a ``DataCollector``, by name of the column."""
    found: dict[str, Measure] = {
        "week": weeks_passed,
        "entered": entered,
        "in_contact": in_contact,
        "episode_open": episode_open,
    }
    found |= {name: _mean_over_men(field) for name, field in RELATIONSHIP.items()}
    found |= {"burnout": burnout, "tie_strength": tie_strength}
    causes = [cause for cause in EXIT_MEANINGS if cause != Exit.NONE]
    return found | {f"exit_{cause.name.lower()}": _first_exits(cause) for cause in causes}


def _mean_over_men(field: str) -> Measure:
    def measure(model: "EngagerModel") -> float:
        return _mean(model.world.leavers[field][_have_entered(model)])

    return measure


def _first_exits(cause: Exit) -> Measure:
    def measure(model: "EngagerModel") -> float:
        return float(np.count_nonzero(model.world.leavers["first_exit"] == int(cause)))

    return measure


def _have_entered(model: "EngagerModel") -> np.ndarray:
    found: np.ndarray = model.world.leavers["entry_week"] < model.week
    return found


def _are_followed(model: "EngagerModel") -> np.ndarray:
    found: np.ndarray = _have_entered(model) & (model.week <= model.world.leavers["last_week"] + 1)
    return found


def _mean(values: np.ndarray) -> float:
    return float(values.mean()) if len(values) else float("nan")
