"""The posterior that ships with the package, read once for all visits."""

from functools import cache

from engager_sim.scenarios.fitted_parameters import POSTERIOR, FittedParameters


@cache
def shipped_posterior() -> FittedParameters:
    """Read it.

    Raises
    ------
    UsageError
        If it was fitted to other rules.
    """
    fitted = FittedParameters.load(POSTERIOR)
    assert fitted is not None  # only central values are no posterior
    return fitted


def at_draw(draw: int | None) -> FittedParameters | None:
    """Keep one draw of it; None, which stands for central values, without a number."""
    return None if draw is None else shipped_posterior().at(draw)
