"""The posterior that ships with the package, as a visit asks for it."""

from engager_sim.scenarios.fitted_parameters import FittedParameters, shipped_posterior


def at_draw(draw: int | None) -> FittedParameters | None:
    """Keep one draw of it; None, which stands for central values, without a number."""
    return None if draw is None else shipped_posterior().at(draw)
