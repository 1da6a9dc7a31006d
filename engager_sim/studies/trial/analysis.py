"""The trial's own analysis: analysis of covariance for CORE-OM, logistic regression for services.

Men count as independent. The published abstract does not show its model. Analysis of covariance by
ordinary least squares, of complete cases as allocated, is an assumption; it is what trials of this
kind commonly state. Who died before a week has no score then, and no analysis has him; whether a
service saw a man within a year is known of the dead as well.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri, stdtrit
from statsmodels.discrete.discrete_model import Logit
from statsmodels.regression.linear_model import OLS

from engager_sim.studies.trial.measurement import Measured

FEWEST = 3
"""Men of an arm below which nothing is estimated."""
PROGRAMME_COLUMN = 1

type Numbers = npt.NDArray[np.float64]
type Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class TrialEstimate:
    """What one analysis estimates; NaN where nothing can be estimated."""

    # Programme less usual care: points, or a log odds ratio.
    estimate: float
    standard_error: float
    # Ends of the interval.
    low: float
    high: float
    p: float  # two-sided
    # Men analysed.
    n_programme: int
    n_usual_care: int
    residual_sd: float  # of scores given covariates; NaN for a logistic regression
    # Degrees of freedom of the test; infinite where it rests on the normal distribution.
    freedom: float
    # Share of the variance of scores, given covariates, that lies between practitioners; NaN for
    # an analysis that takes men as independent.
    icc: float = np.nan


def difference_in_score(
    measured: Measured,
    week: int,
    adjusted_for: tuple[str, ...],
    level: float,
    everybody: bool = False,
) -> TrialEstimate:
    """Estimate the difference in CORE-OM between the arms at one week of follow-up.

    Parameters
    ----------
    week : int
        Index of the week among those of follow-up.
    adjusted_for : tuple of str
        ``baseline``, ``site``.
    level : float
        Of the test; the interval covers one less this.
    everybody : bool
        Whether to analyse all men alive then, as if there had been no attrition.
    """
    kept = measured.analysed(week, everybody)
    covariates = [measured.baseline[kept]] if "baseline" in adjusted_for else []
    if "site" in adjusted_for:
        covariates += site_indicators(measured.site[kept])
    return covariance(measured.scores[kept, week], measured.programme[kept], covariates, level)


def covariance(
    scores: Numbers, programme: Truths, covariates: list[Numbers], level: float
) -> TrialEstimate:
    """Fit scores on arm and covariates, all of shape (men,), by ordinary least squares."""
    arms, design = count_arms(programme), design_matrix(programme, covariates)
    if min(arms) < FEWEST or len(scores) <= design.shape[1] or not separates_arms(design):
        return no_estimate(arms)
    fit = OLS(scores, design).fit()
    quantile = stdtrit(fit.df_resid, 1.0 - level / 2.0)
    return fitted(fit, float(quantile), arms, float(fit.mse_resid**0.5), float(fit.df_resid))


def odds_of_service(
    measured: Measured,
    week: int,
    adjusted_for: tuple[str, ...],
    level: float,
    everybody: bool = False,
) -> TrialEstimate:
    """Estimate the log odds ratio of being seen by a substance service within a year.

    Among men with a substance need at release who were followed up at one week; a site where all or
    none of them were seen says nothing of the arms and is left out. Parameters are those of
    :func:`difference_in_score`; it adjusts for ``site`` only.
    """
    kept = measured.in_need.copy() if everybody else measured.in_need & measured.followed[:, week]
    if "site" in adjusted_for:
        kept &= _at_informative_sites(measured.site, measured.seen, kept)
    programme, seen = measured.programme[kept], measured.seen[kept]
    arms = count_arms(programme)
    cells = [np.count_nonzero(seen[programme == arm] == yes) for arm in (0, 1) for yes in (0, 1)]
    sites = site_indicators(measured.site[kept]) if "site" in adjusted_for else []
    design = design_matrix(programme, sites)
    if min(cells) == 0 or not separates_arms(design):
        return no_estimate(arms)
    fit = Logit(seen.astype(np.float64), design).fit(disp=0, warn_convergence=False)
    return fitted(fit, float(ndtri(1.0 - level / 2.0)), arms, np.nan, np.inf)


def design_matrix(programme: Truths, covariates: list[Numbers]) -> Numbers:
    """Set an intercept, the arm and covariates side by side, shape (men, columns)."""
    return np.column_stack([np.ones(len(programme)), programme.astype(np.float64), *covariates])


def fitted(
    fit: Any,
    quantile: float,
    arms: tuple[int, int],
    residual_sd: float,
    freedom: float,
    icc: float = np.nan,
) -> TrialEstimate:
    """Read the arm's coefficient off a model that statsmodels fitted."""
    estimate, error, p = (
        float(values[PROGRAMME_COLUMN]) for values in (fit.params, fit.bse, fit.pvalues)
    )
    half = quantile * error
    ends = (estimate - half, estimate + half)
    return TrialEstimate(estimate, error, *ends, p, *arms, residual_sd, freedom, icc)


def separates_arms(design: Numbers) -> bool:
    """Tell whether no column follows from others, as the arm does where arms share no site."""
    return bool(np.linalg.matrix_rank(design) == design.shape[1])


def count_arms(programme: Truths) -> tuple[int, int]:
    """Count the men of the programme and of usual care."""
    inside = int(np.count_nonzero(programme))
    return inside, len(programme) - inside


def no_estimate(arms: tuple[int, int]) -> TrialEstimate:
    """Give what an analysis says that can estimate nothing."""
    return TrialEstimate(np.nan, np.nan, np.nan, np.nan, np.nan, *arms, np.nan, np.nan)


def site_indicators(site: npt.NDArray[np.int64]) -> list[Numbers]:
    """Make an indicator of every site but the first."""
    return [(site == number).astype(np.float64) for number in np.unique(site)[1:]]


def _at_informative_sites(site: npt.NDArray[np.int64], seen: Truths, kept: Truths) -> Truths:
    """Mark the men of sites where some, but not all, of those kept were seen."""
    informative = np.zeros(len(site), bool)
    for number in np.unique(site[kept]):
        here = kept & (site == number)
        if seen[here].any() and not seen[here].all():
            informative |= here
    return informative
