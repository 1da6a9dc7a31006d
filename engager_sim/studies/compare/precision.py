"""A wanted precision: whether it can be had, and how many replicates it needs."""

from collections.abc import Mapping

import numpy as np

from engager_sim.designs.design import Design
from engager_sim.designs.execution.store import Store, outcomes_of
from engager_sim.designs.outcome_columns import find_columns
from engager_sim.errors import UsageError
from engager_sim.statistics.pairing import replicates_for

MOST_FOR_PRECISION = 20_000
"""Replicates after which a wanted precision is given up."""


def checked_precision(
    precision: Mapping[str, float] | None, design: Design, replicates: int
) -> dict[str, float]:
    """Check wanted precisions against what a design keeps.

    Raises
    ------
    UsageError
        If an outcome is unknown or not kept, a width is no number above 0, or the precision cannot
        be judged.
    """
    kept = {column.name for column in design.columns}
    wanted = dict(precision or {})
    for column in find_columns(list(wanted)) if wanted else ():
        if column.name not in kept:
            raise UsageError(
                "these scenarios have one arm", key="precision", value=column.name,
                fix=f"name {column.outcome.id}",
            )  # fmt: skip
        if not 0.0 < wanted[column.name] < np.inf:
            raise UsageError(
                "a precision is a number above 0", key=f"precision of {column.name}",
                value=wanted[column.name],
            )  # fmt: skip
    if wanted and not design.exits:
        raise UsageError(
            "a precision is of paired differences",
            key="precision",
            fix="take it out, or compare scenarios about the same men without --unpaired",
        )
    if wanted and design.fitted is not None:
        raise UsageError(
            "a precision is of Monte Carlo error, and drawn parameters leave more open than that",
            key="precision",
            fix="take it out, or add --parameters defaults",
        )
    if wanted and replicates < 10:
        raise UsageError(
            "too few replicates to judge how many a precision needs",
            key="replicates",
            value=replicates,
            allowed="at least 10",
        )
    return wanted


def second_stage(store: Store, design: Design, pilot: int, wanted: Mapping[str, float]) -> int:
    """Count the replicates that the most demanding outcome and world need."""
    values = outcomes_of(store, design, pilot, list(wanted))
    return max(
        replicates_for(values[index, other, 0] - values[index, 0, 0], width, MOST_FOR_PRECISION)
        for index, width in enumerate(wanted.values())
        for other in range(1, len(design.scenarios))
    )
