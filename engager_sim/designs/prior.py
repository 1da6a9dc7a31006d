"""Draws of all uncertain parameters from their priors, and the theories that they make."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from engager_sim.designs.factor_tables import declared_factor
from engager_sim.designs.factors import Factor
from engager_sim.designs.samplers import latin_hypercube
from engager_sim.scenarios.scenario import Scenario
from engager_sim.theory import parameters
from engager_sim.theory.declaration import Role

type Numbers = npt.NDArray[np.float64]


def uncertain_factors() -> tuple[Factor, ...]:
    """List every uncertain parameter as a factor over its whole range, theme by theme."""
    return tuple(
        declared_factor(parameter.path)
        for parameter in parameters()
        if parameter.role is Role.UNCERTAINTY
    )


def prior_units(draws: int, seed: int) -> Numbers:
    """Draw all uncertain parameters on the unit cube of their priors, shape (draws, parameters)."""
    return latin_hypercube(len(uncertain_factors()), draws, seed)


def theories_at(
    scenario: Scenario, factors: Sequence[Factor], units: Numbers
) -> npt.NDArray[np.void]:
    """Make the theories of a scenario at points of the unit cube, for both arms alike.

    Parameters
    ----------
    units : float64 array, shape (points, factors)
        What a scenario's own file says of a factor for both arms stands.

    Returns
    -------
    structured array of THEORY_RECORD, shape (points, 2)
    """
    theories = np.repeat(np.asarray(scenario.theories())[np.newaxis], len(units), axis=0)
    said = scenario.values.get("theory", {})
    for factor, shares in zip(factors, units.T, strict=True):
        group, _, name = factor.path.partition(".")
        if name not in said.get(group, {}):
            theories[group][name] = factor.from_unit(shares)[:, np.newaxis]
    return theories
