"""A sentence on how much of the variance between points' means is Monte Carlo noise."""

import math
from typing import Any

MOSTLY = 0.5
"""Share of the variance between means from which indices mostly describe noise; a judgement."""


def noise_statement(shares: Any, points: int, replicates: int, drawn: bool) -> str:
    """Say how far noise reaches into indices.

    Parameters
    ----------
    shares : mapping
        An outcome's row of the table of variance.
    points, replicates : int
        Those of the study.
    drawn : bool
        Whether parameters were drawn.
    """
    whole = int(shares["points"]), int(shares["replicates"])
    in_means = float(shares["chance_in_means"])
    used = ""
    if whole != (points, replicates):
        used = (
            f" From {whole[0]:,} of {points:,} points and {whole[1]:,} of {replicates:,} "
            "replicates, which have all their values."
        )
    if not math.isnan(in_means):
        noise = (
            "Monte Carlo error and drawn parameters make" if drawn else "Monte Carlo error makes"
        )
        mostly = ", so that indices mostly describe noise" if in_means > MOSTLY else ""
        return f"{noise} {in_means:.1%} of the variance between points' means{mostly}.{used}"
    if replicates < (4 if drawn else 2):
        few = ("one replicate", "the two replicates of one draw", "one pair of replicates")
        return (
            f"With {few[replicates - 1]}, Monte Carlo error cannot be separated from the factors' "
            "effects, and inflates total indices."
        )
    if whole[0] < 2 or whole[1] < (4 if drawn else 2):
        return (
            "Too few points and replicates have all their values, so Monte Carlo error cannot be "
            "separated from the factors' effects."
        )
    return f"All points have the same mean: there is no variance between them to divide.{used}"
