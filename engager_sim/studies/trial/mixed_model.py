"""A mixed model of CORE-OM: practitioners vary at random, in clustered arms alone.

It stands beside the main analysis. Its test takes the standard error for known (normal
distribution), as statsmodels does, so that it sees too much where practitioners are few.
"""

import warnings

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import ndtri
from statsmodels.regression.linear_model import OLS
from statsmodels.regression.mixed_linear_model import MixedLM, MixedLMParams

from engager_sim.studies.trial.analysis import (
    FEWEST,
    PROGRAMME_COLUMN,
    TrialEstimate,
    count_arms,
    design_matrix,
    fitted,
    no_estimate,
    separates_arms,
    site_indicators,
)
from engager_sim.studies.trial.measurement import Measured
from engager_sim.studies.trial.practitioner_means import INDIVIDUAL

HIGHEST_RATIO = 10.0
"""Variance between practitioners over that of men up to which it is sought."""
NEXT_TO_NOTHING = 1e-4
"""Ratio that counts as none."""


def difference_in_mixed_model(
    measured: Measured,
    week: int,
    adjusted_for: tuple[str, ...],
    level: float,
    everybody: bool = False,
) -> TrialEstimate:
    """Estimate the difference in CORE-OM by restricted maximum likelihood.

    Parameters are those of :func:`~engager_sim.studies.trial.analysis.difference_in_score`. Where
    the variance between practitioners is estimated at 0, men count as independent.
    """
    kept = measured.analysed(week, everybody)
    programme, whose = measured.programme[kept], measured.practitioner[kept]
    covariates = [measured.baseline[kept]] if "baseline" in adjusted_for else []
    if "site" in adjusted_for:
        covariates += site_indicators(measured.site[kept])
    arms, design = count_arms(programme), design_matrix(programme, covariates)
    scores = measured.scores[kept, week]
    clustered = whose != INDIVIDUAL
    if min(arms) < FEWEST or len(scores) <= design.shape[1] or not separates_arms(design):
        return no_estimate(arms)
    # A practitioner's number may stand in both arms; individuals have no random effect.
    groups = np.where(clustered, 2 * whose + programme, INDIVIDUAL)
    quantile = float(ndtri(1.0 - level / 2.0))
    model = MixedLM(scores, design, groups, exog_re=clustered.astype(np.float64)[:, np.newaxis])
    # What a fit would set: restricted, and without penalties.
    model.reml, model.fe_pen, model.cov_pen = True, None, None
    ratio = _variance_ratio(model, design.shape[1])
    if ratio == 0.0:
        plain = OLS(scores, design).fit(use_t=False)
        return fitted(plain, quantile, arms, float(plain.mse_resid**0.5), np.inf, 0.0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of variances near their bound
        try:
            fit = model.fit(_start(ratio, design.shape[1]), reml=True, method="bfgs")
        except np.linalg.LinAlgError:
            return no_estimate(arms)
    if not np.isfinite(fit.bse[PROGRAMME_COLUMN]):
        return no_estimate(arms)
    between = float(np.asarray(fit.cov_re)[0, 0])
    icc = between / (between + float(fit.scale))
    return fitted(fit, quantile, arms, float(fit.scale**0.5), np.inf, icc)


def _variance_ratio(model: MixedLM, columns: int) -> float:
    """Find the variance between practitioners over that of men, by the restricted likelihood.

    0 where the likelihood is highest there: statsmodels' own search stops, from where it begins,
    short of such a bound, and without a word at some places that are none.
    """

    def loss(ratio: float) -> float:
        return -float(model.loglike(_start(ratio, columns), profile_fe=True))

    best = minimize_scalar(loss, bounds=(0.0, HIGHEST_RATIO), method="bounded")
    return float(best.x) if best.x > NEXT_TO_NOTHING else 0.0


def _start(ratio: float, columns: int) -> MixedLMParams:
    return MixedLMParams.from_components(fe_params=np.zeros(columns), cov_re=np.array([[ratio]]))
