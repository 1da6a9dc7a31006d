"""SALib's analyses: indices of the factors from a design and the response at its points.

They are called inside :func:`engager_sim.designs.samplers.repeatable`.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import numpy as np

from engager_sim.designs.samplers import MORRIS_LEVELS, Numbers, Problem

type Indices = dict[str, Numbers]
type Analyse = Callable[[Problem, Numbers, Numbers, int], Indices]
"""Takes a problem, the design on the unit cube, the response and a seed; gives indices by name."""

FEWEST_RESAMPLES = 2
"""Resamples of SALib's own bootstrap, whose intervals are not used: it knows no replicates."""
RSA_BINS = 10
ROWS_OF_A_BLOCK = "rows_of_a_block"
"""A key that is added to a problem: how many rows of the design belong together."""


def _analysis(
    module: str, names: Mapping[str, str], takes_units: bool = True, **options: Any
) -> Analyse:
    """Make one of SALib's analyses; ``names`` says what it calls each of our indices."""

    def analyse(problem: Problem, units: Numbers, response: Numbers, seed: int) -> Indices:
        inputs = (units, response) if takes_units else (response,)
        analysis = import_module(f"SALib.analyze.{module}")  # only when it is used: it is slow
        indices = analysis.analyze(problem, *inputs, seed=seed, **options)
        return {name: np.asarray(indices[theirs], np.float64) for name, theirs in names.items()}

    return analyse


RESAMPLED: Any = {"num_resamples": FEWEST_RESAMPLES}
SOBOL = {"S1": "S1", "ST": "ST", "S2": "S2"}
sobol_analyse = _analysis("sobol", SOBOL, takes_units=False, calc_second_order=True, **RESAMPLED)
"""First-order, total and second-order shares of variance."""

rbd_fast_analyse = _analysis("rbd_fast", {"S1": "S1"}, **RESAMPLED)
"""First-order shares of variance by random balance designs."""

delta_analyse = _analysis("delta", {"delta": "delta_raw"}, method="delta", **RESAMPLED)
"""How far knowing a factor moves the distribution of the outcome."""

pawn_analyse = _analysis("pawn", {"median": "median", "maximum": "maximum"}, S=10)
"""Distances between conditional and unconditional distributions of the outcome."""

dgsm_analyse = _analysis("dgsm", {"dgsm": "dgsm", "vi": "vi"}, **RESAMPLED)
"""Mean squared slopes, and the bound that they set on the total share of variance."""


def morris_analyse(problem: Problem, units: Numbers, response: Numbers, seed: int) -> Indices:
    """Average elementary effects, their sizes and their spread."""
    from SALib.analyze import morris

    grouped = "groups" in problem  # asked now, because the analysis adds groups of its own
    effects = morris.analyze(
        problem,
        units,
        response,
        num_resamples=FEWEST_RESAMPLES,
        num_levels=MORRIS_LEVELS,
        seed=seed,
    )
    indices = {
        name: np.asarray(np.ma.filled(effects[name], np.nan), np.float64)
        for name in ("mu_star", "mu", "sigma")
    }
    if grouped:  # factors that move together, some up and some down, have no direction
        indices["mu"] = np.full_like(indices["mu"], np.nan)
    return indices


def fast_analyse(problem: Problem, _units: Numbers, response: Numbers, seed: int) -> Indices:
    """Estimate first-order and total shares of variance from the spectrum, averaged over sets."""
    from SALib.analyze import fast

    of_sets = [
        fast.analyze(problem, curves, num_resamples=FEWEST_RESAMPLES, seed=seed)
        for curves in response.reshape(-1, problem[ROWS_OF_A_BLOCK])
    ]
    return {name: np.mean([indices[name] for indices in of_sets], axis=0) for name in ("S1", "ST")}


def hdmr_analyse(problem: Problem, units: Numbers, response: Numbers, seed: int) -> Indices:
    """Fit a high-dimensional model representation and share out its variance."""
    from SALib.analyze import enhanced_hdmr

    indices = enhanced_hdmr.analyze(problem, units, response, max_order=2, bootstrap=1, seed=seed)
    count = problem["num_vars"]
    first = np.asarray(indices["S"], np.float64)[:count]
    return {"ST": np.asarray(indices["ST"], np.float64)[:count], "S1": first}


def regional_analyse(problem: Problem, units: Numbers, response: Numbers, seed: int) -> Indices:
    """Compare a factor's values behind each tenth of the outcome with those behind the rest.

    SALib's Cramer-von Mises statistic grows with the number of points; here it is taken per point.
    """
    from SALib.analyze import rsa

    distances = rsa.analyze(problem, units, response, bins=RSA_BINS, target="Y", seed=seed)
    table = np.stack([np.asarray(distances[name], np.float64) for name in problem["names"]], axis=1)
    table /= len(response)
    return {"mean": np.nanmean(table, axis=0), "maximum": np.nanmax(table, axis=0)}


def factorial_analyse(problem: Problem, units: Numbers, response: Numbers, seed: int) -> Indices:
    """Average the outcome at each factor's upper end less its lower end."""
    from SALib.analyze import ff

    count = problem["num_vars"]
    effects = ff.analyze(problem, units, response, second_order=False, seed=seed)
    return {"ME": np.asarray(effects["ME"])[:count]}
