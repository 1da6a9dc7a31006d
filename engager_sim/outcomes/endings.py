"""Outcomes of how support ended: means over men, each a function of one record.

``NaN`` says that a man is not in the denominator.
"""

import math
from collections.abc import Callable
from typing import Any

from engager_sim.compilation import rule
from engager_sim.outcomes.declaration import Outcome
from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from engager_sim.world.records import Leaver

MISSING = math.nan


@rule
def _planned_ending(leaver: Leaver) -> float:
    return 1.0 if leaver.exit == Exit.PLANNED_ENDING else 0.0


@rule
def _unplanned_ending(leaver: Leaver) -> float:
    if leaver.exit == Exit.NONE or leaver.exit == Exit.MOVED_AWAY or leaver.exit == Exit.DIED:
        return MISSING
    return 0.0 if leaver.exit == Exit.PLANNED_ENDING else 1.0


@rule
def _attrition(leaver: Leaver) -> float:
    return 1.0 if Exit.CRISIS <= leaver.first_exit <= Exit.WITHDREW else 0.0


def _first_exit(cause: Exit) -> Callable[..., Any]:
    code = int(cause)

    @rule
    def of(leaver: Leaver) -> float:
        return 1.0 if leaver.first_exit == code else 0.0

    return of


def _exits() -> list[Outcome]:
    return [
        Outcome(
            f"exit_{cause.name.lower()}",
            f"First exit: {meaning}",
            "share",
            f"the first exit from support was: {meaning}",
            of=_first_exit(cause),
        )
        for cause, meaning in EXIT_MEANINGS.items()
        if cause != Exit.NONE
    ]


MEANS: tuple[Outcome, ...] = (
    Outcome(
        "planned_ending",
        "Planned ending",
        "share",
        "the last episode ended as planned",
        of=_planned_ending,
    ),
    Outcome(
        "unplanned_ending",
        "Unplanned ending",
        "share",
        "the last episode ended otherwise than as planned: by himself, lost, stopped or in custody",
        "men whose last episode ended, otherwise than by moving away or death",
        of=_unplanned_ending,
    ),
    Outcome(
        "attrition",
        "Attrition",
        "share",
        "the first exit from support was his own: crisis, resignation, overconfidence, withdrawal",
        of=_attrition,
    ),
    *_exits(),
)
"""Means over men: how support ended."""
