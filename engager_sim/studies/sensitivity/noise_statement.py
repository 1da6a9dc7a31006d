"""A sentence on how much of the variance between points' means is Monte Carlo noise."""

import math

MOSTLY = 0.5
"""Share of the variance between means from which indices mostly describe noise; a judgement."""


def noise_statement(in_means: float, replicates: int, drawn: bool) -> str:
    """Say how far noise reaches into indices.

    ``in_means`` is the share of the variance between points' means that other replicates or draws
    would change; NaN where it is not known.
    """
    if math.isnan(in_means) and replicates == 1:
        return (
            "With one replicate, Monte Carlo error cannot be separated from the factors' effects, "
            "and inflates total indices."
        )
    if math.isnan(in_means):
        return (
            "No two points have a value in every replicate, so Monte Carlo error cannot be "
            "separated from the factors' effects."
        )
    noise = "Monte Carlo error and drawn parameters make" if drawn else "Monte Carlo error makes"
    mostly = ", so that indices mostly describe noise" if in_means > MOSTLY else ""
    return f"{noise} {in_means:.1%} of the variance between points' means{mostly}."
