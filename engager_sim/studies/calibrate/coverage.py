"""Coverage of the posterior's intervals: known truths, fitted as if they were not known.

Truths are the points whose figures lie nearest the data, because that is where intervals must hold.
Each is left out, its figures with errors of observation stand for the published ones, and the rank
of what is true within its own posterior says whether a 90% interval holds it (Cook, Gelman & Rubin
2006). What the figures do not inform repeats its prior and is held by construction, so it is
counted apart.

References
----------
Cook, S. R., Gelman, A. & Rubin, D. B. (2006). Validation of software for Bayesian models using
posterior quantiles. Journal of Computational and Graphical Statistics 15, 675-692.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.designs.execution.executors import Executor
from engager_sim.studies.calibrate.abc import distances, to_logits
from engager_sim.studies.calibrate.posterior import LEVELS, Fitting
from engager_sim.studies.calibrate.quantities import (
    DIFFERENCE,
    FIGURE,
    OUTCOME,
    at_points,
    at_truths,
)
from engager_sim.studies.calibrate.reference_table import values_of
from engager_sim.studies.calibrate.settings import CalibrationSettings

INFORMED, AT_PRIOR = "informed parameter", "parameter at its prior"
ALL = "all of them"
PLURALS = {
    INFORMED: "Informed parameters",
    AT_PRIOR: "Parameters at their priors",
    FIGURE: "Figures",
    OUTCOME: "Outcomes of the service",
    DIFFERENCE: "Differences that its options make",
}
"""How kinds of quantities are written."""
HELD, TOO_OFTEN, TOO_RARELY, NOT_JUDGED = "holds", "too wide", "too narrow", "not judged"
LEAST, MOST = 0.86, 0.94
"""Between which shares of truths a 90% interval must hold."""
BINS = 10
POINTS_PER_TRUTH = 3
"""Points, per truth or point accepted, at which quantities are simulated: enough to accept from."""

type Numbers = npt.NDArray[np.float64]
type Rows = npt.NDArray[np.int64]


def nearest(fitting: Fitting, observations: Sequence[Numbers], count: int) -> Rows:
    """Find the points whose figures lie nearest one of the possible observations, nearest first."""
    far = [distances(fitting.summaries, observed, fitting.errors) for observed in observations]
    return np.argsort(np.min(far, axis=0), kind="stable")[:count]


def ranks_of_truths(
    fitting: Fitting,
    values: Numbers,
    truths: Rows,
    observed: Numbers,
    true: Numbers,
    noise: tuple[Numbers, Numbers] | None = None,
) -> Numbers:
    """Rank what is true of each truth within its posterior, fitted without it.

    Parameters
    ----------
    fitting : Fitting
        The points from which posteriors are made.
    values : float64 array, shape (points, quantities)
        What is predicted, at each point.
    truths : int64 array, shape (truths,)
        Which points are the truths.
    observed : float64 array, shape (truths, targets)
        Figures that are observed of each.
    true : float64 array, shape (truths, quantities)
        What is true of each.
    noise : pair of float64 array, each of shape (quantities,), optional
        Variance of Monte Carlo error in ``values`` and in ``true``. The first is removed from the
        posterior's variance and the second put in its place, by drawing it together about its mean.

    Returns
    -------
    float64 array, shape (truths, quantities)
        Shares of the posterior below the truth, half of what equals it included.
    """
    ranks = np.empty(true.shape)
    for index, point in enumerate(truths.tolist()):
        accepted = fitting.accepted([observed[index]], left_out=point)
        moved = np.concatenate([each.adjusted(values[each.rows]) for each in accepted])
        weights = np.concatenate([each.weights for each in accepted])
        weights /= weights.sum()
        if noise is not None:
            mean = weights @ moved
            variance = weights @ (moved - mean) ** 2
            left = np.maximum(variance - noise[0], 0.0) + noise[1]
            moved = mean + np.sqrt(left / np.where(variance > 0.0, variance, 1.0)) * (moved - mean)
        ranks[index] = weights @ (moved < true[index]) + 0.5 * (weights @ (moved == true[index]))
    return ranks


def coverage_and_ranks(
    settings: CalibrationSettings,
    fitting: Fitting,
    observations: Sequence[Numbers],
    informed: Sequence[str],
    executor: Executor,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Fit simulated truths; say how often 90% intervals hold, and how the truths rank.

    Parameters
    ----------
    informed : sequence of str
        Paths of the parameters that the figures inform.
    """
    if settings.truths == 0:
        return coverage_table([], np.empty((0, 0))), ranks_table([], np.empty((0, 0)))
    truths = nearest(fitting, observations, settings.truths)
    logits = to_logits(fitting.table.units)
    ranks = ranks_of_truths(fitting, logits, truths, fitting.summaries[truths], logits[truths])
    names = [
        (INFORMED if factor.path in informed else AT_PRIOR, factor.path)
        for factor in fitting.table.factors
    ]
    tables = [(names, ranks)]
    tables.append(_quantities_ranked(settings, fitting, observations, executor))
    parts = [(coverage_table(*each), ranks_table(*each)) for each in tables]
    coverage, ranked = (pd.concat(each, ignore_index=True) for each in zip(*parts, strict=True))
    return coverage, ranked


def _quantities_ranked(
    settings: CalibrationSettings,
    fitting: Fitting,
    observations: Sequence[Numbers],
    executor: Executor,
) -> tuple[list[tuple[str, str]], Numbers]:
    """Rank figures and a service's outcomes among the points nearest the data.

    Points without a value of one of them are left out, and quantities that never vary.
    """
    count = max(POINTS_PER_TRUTH * settings.truths, POINTS_PER_TRUTH * fitting.count)
    near = nearest(fitting, observations, count)
    values = values_of(settings, fitting.table.units[near], fitting.table.rivals[near])
    points = at_points(settings, values, executor)
    true = at_truths(settings, values[: settings.truths], executor)
    whole = np.isfinite(points.values).all(axis=1)
    known = whole[: len(true.values)] & np.isfinite(true.values).all(axis=1)
    if not known.any():
        return [], np.empty((0, 0))
    varies = points.values[whole].std(axis=0) > 0.0
    ranks = ranks_of_truths(
        fitting.of(near[whole]),
        points.values[whole][:, varies],
        (np.cumsum(whole) - 1)[: len(known)][known],
        fitting.summaries[near[: len(known)]][known],
        true.values[known][:, varies],
        (points.noise[varies], true.noise[varies]),
    )
    names = [name for name, kept in zip(points.names, varies.tolist(), strict=True) if kept]
    return names, ranks


def coverage_table(names: Sequence[tuple[str, str]], ranks: Numbers) -> pd.DataFrame:
    """Count how often 90% intervals hold, of each quantity and over those of a kind.

    The row of all of a kind takes each truth's intervals together for its standard error.
    """
    inside = (LEVELS[0] <= ranks) & (ranks <= LEVELS[-1])
    rows = []
    for kind, columns in _by_kind(names):
        shares = inside[:, columns].mean(axis=0)
        errors = np.sqrt(shares * (1.0 - shares) / len(ranks))
        for column, share, error in zip(columns, shares.tolist(), errors.tolist(), strict=True):
            rows.append((kind, names[column][1], len(ranks), share, error, _verdict(kind, share)))
        of_a_truth = inside[:, columns].mean(axis=1)
        error = of_a_truth.std(ddof=1) / np.sqrt(len(ranks)) if len(ranks) > 1 else np.nan
        share = float(of_a_truth.mean())
        rows.append((kind, ALL, len(ranks), share, float(error), NOT_JUDGED))
    columns_of_table = ["kind", "quantity", "truths", "inside", "standard_error", "verdict"]
    return pd.DataFrame(rows, columns=columns_of_table)


def ranks_table(names: Sequence[tuple[str, str]], ranks: Numbers) -> pd.DataFrame:
    """Count how many truths lie in each tenth of their posterior."""
    tenths = np.minimum((ranks * BINS).astype(np.int64), BINS - 1)
    rows = [
        (kind, name, tenth + 1, float((tenths[:, column] == tenth).mean()))
        for column, (kind, name) in enumerate(names)
        for tenth in range(BINS)
    ]
    return pd.DataFrame(rows, columns=["kind", "quantity", "tenth", "share"])


def coverage_sentences(coverage: pd.DataFrame) -> Iterable[str]:
    """Say how often intervals held simulated truths, kind by kind, and name the exceptions."""
    for name, rows in coverage.groupby("kind", sort=False) if len(coverage) else ():
        kind = PLURALS[str(name)]
        (whole,) = rows[rows["quantity"] == ALL].to_dict("records")
        rest = rows[rows["quantity"] != ALL]
        off = rest[rest["verdict"].isin([TOO_OFTEN, TOO_RARELY])]
        named = "; ".join(
            f"{row['quantity']} {100.0 * row['inside']:.1f}% ({row['verdict']})"
            for row in off.to_dict("records")
        )
        yield (
            f"{kind}: 90% intervals held {100.0 * whole['inside']:.1f}% of "
            f"{whole['truths']} simulated truths (standard error "
            f"{100.0 * whole['standard_error']:.1f} points), over {len(rest)}"
            f"{f'; outside 86% to 94%: {named}' if named else ''}."
        )


def _by_kind(names: Sequence[tuple[str, str]]) -> Iterable[tuple[str, list[int]]]:
    for kind in dict.fromkeys(kind for kind, _ in names):
        yield kind, [column for column, name in enumerate(names) if name[0] == kind]


def _verdict(kind: str, share: float) -> str:
    if kind == AT_PRIOR:
        return NOT_JUDGED
    return TOO_RARELY if share < LEAST else TOO_OFTEN if share > MOST else HELD
