"""The main analysis: practitioners' means against individuals, with Satterthwaite's freedom.

Men who share a practitioner are alike, so a practitioner and not a man is the unit of an arm that
has practitioners. Each mean is weighted by what it tells, ``n / (1 + (n - 1) icc)``; men of an arm
that is not clustered, and men whom nobody was given, count as individuals. Where practitioners have
equally many men it is Welch's t-test of their means against the individuals. The variance of their
mean is never taken for less than it would be if their men were independent: practitioners cannot
differ by less than nothing. Without that, few means that lie close together by chance would seem
well known, and the test would find too much.

References
----------
Satterthwaite 1946, doi 10.2307/3002019: degrees of freedom of a sum of variance estimates.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import stdtr, stdtrit

from engager_sim.studies.trial.analysis import FEWEST, TrialEstimate, count_arms, no_estimate
from engager_sim.studies.trial.measurement import Measured

FEWEST_PRACTITIONERS = 2
"""Practitioners of a clustered arm below which nothing separates them from their service."""
INDIVIDUAL = -1
"""The practitioner of a man who counts as an individual."""
HIGHEST = 0.999
"""Correlation that weights take at most."""

type Numbers = npt.NDArray[np.float64]
type Whole = npt.NDArray[np.int64]
type Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class PartOfDifference:
    """A mean, the estimated variance of its share in a difference, and that variance's freedom."""

    mean: float
    variance: float
    freedom: float


def difference_between_practitioners(
    measured: Measured,
    week: int,
    adjusted_for: tuple[str, ...],
    level: float,
    everybody: bool = False,
) -> TrialEstimate:
    """Estimate the difference in CORE-OM between the arms from practitioners' means.

    Parameters are those of :func:`~engager_sim.studies.trial.analysis.difference_in_score`. It
    adjusts for ``baseline`` only: practitioners work at one site, so that an adjustment for sites
    would take from the spread between them what the test must know.
    """
    kept = measured.analysed(week, everybody)
    baseline = measured.baseline[kept] if "baseline" in adjusted_for else None
    return compare_practitioners(
        measured.scores[kept, week],
        measured.programme[kept],
        measured.practitioner[kept],
        baseline,
        level,
    )


def compare_practitioners(
    scores: Numbers, programme: Truths, practitioner: Whole, baseline: Numbers | None, level: float
) -> TrialEstimate:
    """Compare the arms, everything of shape (men,).

    Returns
    -------
    TrialEstimate
        NaN where an arm has too few men, or one practitioner alone.
    """
    arms = count_arms(programme)
    group = _groups(programme, practitioner)
    if min(arms) < FEWEST or not _can_be_compared(programme, practitioner):
        return no_estimate(arms)
    adjusted = scores if baseline is None else _adjusted(scores, baseline, group)
    clustered = practitioner != INDIVIDUAL
    icc = intraclass_correlation(adjusted, programme, practitioner)
    spread, freedom = _spread_of_individuals(adjusted, group, clustered)
    within = _within_sd(adjusted, group)
    parts = [
        part
        for arm, sign in ((programme, 1.0), (~programme, -1.0))
        for part in _arm_parts(adjusted[arm], practitioner[arm], icc, within, sign)
    ]
    individuals = _individuals_share(programme, clustered)
    if individuals > 0.0:
        parts.append(PartOfDifference(0.0, individuals * spread, freedom))
    return _tested(parts, arms, within, icc, level)


def satterthwaite(parts: list[PartOfDifference]) -> tuple[float, float]:
    """Add up variances, and give the degrees of freedom of their sum."""
    variance = sum(part.variance for part in parts)
    squares = sum(part.variance**2 / part.freedom for part in parts)
    return variance, variance**2 / squares if squares > 0.0 else np.nan


def weighted_mean(means: Numbers, weights: Numbers) -> PartOfDifference:
    """Average practitioners' means, with a variance that holds whatever the weights.

    With weights p that sum to 1 the variance is ``sum(a e^2)``, a = p^2 / (1 - p), e the deviations
    from the mean. It is unbiased, and its freedom is ``1 / (sum p^2 + (sum a)^2 - sum a^2)``, where
    means vary as the weights say. With equal weights: their variance over their number, and one
    less than their number.
    """
    parts = weights / weights.sum()
    middle = float(parts @ means)
    factors = parts**2 / (1.0 - parts)
    variance = float(factors @ (means - middle) ** 2)
    freedom = 1.0 / float((parts**2).sum() + factors.sum() ** 2 - (factors**2).sum())
    return PartOfDifference(middle, variance, freedom)


def intraclass_correlation(scores: Numbers, programme: Truths, practitioner: Whole) -> float:
    """Estimate the share of variance between practitioners, by one-way analysis of variance.

    Of the men of clustered arms, each arm about its own mean; below 0 by chance. NaN where it is
    not known: no practitioner has two men.
    """
    clustered = practitioner != INDIVIDUAL
    between = within = sizes = 0.0
    groups = men = 0
    for arm in (True, False):
        inside = clustered & (programme == arm)
        if not inside.any():
            continue
        means, counts = practitioner_means(scores[inside], practitioner[inside])
        total, number = float(((scores[inside] - scores[inside].mean()) ** 2).sum()), counts.sum()
        among = float(counts @ (means - scores[inside].mean()) ** 2)
        between, within = between + among, within + total - among
        sizes += float(number - (counts**2).sum() / number)
        groups, men = groups + len(means) - 1, men + int(number) - len(means)
    if groups < 1 or men < 1:
        return float("nan")
    among, inside_of = between / groups, within / men
    whole = among + (sizes / groups - 1.0) * inside_of
    return (among - inside_of) / whole if whole > 0.0 else float("nan")


def practitioner_means(scores: Numbers, practitioner: Whole) -> tuple[Numbers, Numbers]:
    """Give every practitioner's mean score and number of men, by their numbers."""
    _, whose = np.unique(practitioner, return_inverse=True)
    counts = np.bincount(whose).astype(np.float64)
    return np.bincount(whose, weights=scores) / counts, counts


def _groups(programme: Truths, practitioner: Whole) -> Whole:
    """Give each man the number of his group: a practitioner's men, or an arm's individuals."""
    pairs = np.stack([programme.astype(np.int64), practitioner], axis=1)
    return np.unique(pairs, axis=0, return_inverse=True)[1].reshape(-1)


def _can_be_compared(programme: Truths, practitioner: Whole) -> bool:
    for arm in (True, False):
        whose = np.unique(practitioner[(programme == arm) & (practitioner != INDIVIDUAL)])
        if 0 < len(whose) < FEWEST_PRACTITIONERS:
            return False
    return True


def _adjusted(scores: Numbers, baseline: Numbers, group: Whole) -> Numbers:
    """Take the baseline out, by its slope within groups."""
    centred = baseline - _mean_of_group(baseline, group)
    spread = float(centred @ centred)
    slope = float(centred @ scores) / spread if spread > 0.0 else 0.0
    return np.asarray(scores - slope * (baseline - baseline.mean()))


def _mean_of_group(values: Numbers, group: Whole) -> Numbers:
    return np.asarray((np.bincount(group, weights=values) / np.bincount(group))[group])


def _within_sd(scores: Numbers, group: Whole) -> float:
    """Give the standard deviation within groups, of practitioners and of individuals."""
    freedom = len(scores) - len(np.unique(group))
    rest = scores - _mean_of_group(scores, group)
    return float((rest @ rest / freedom) ** 0.5) if freedom > 0 else float("nan")


def _spread_of_individuals(scores: Numbers, group: Whole, clustered: Truths) -> tuple[float, float]:
    """Give the variance of men who count as individuals, within arms, and its freedom.

    Where they are too few it is that of all men within groups.
    """
    chosen = ~clustered
    if np.count_nonzero(chosen) - len(np.unique(group[chosen])) < FEWEST:
        chosen = np.ones(len(scores), bool)
    rest = (scores - _mean_of_group(scores, group))[chosen]
    freedom = len(rest) - len(np.unique(group[chosen]))
    return (float(rest @ rest) / freedom, float(freedom)) if freedom > 0 else (np.nan, np.nan)


def _individuals_share(programme: Truths, clustered: Truths) -> float:
    """Give what a man's variance counts for: of n individuals among N men of an arm, n / N^2."""
    return sum(
        float(np.count_nonzero(~clustered & (programme == arm)))
        / float(np.count_nonzero(programme == arm)) ** 2
        for arm in (True, False)
    )


def _arm_parts(
    scores: Numbers, practitioner: Whole, icc: float, within: float, sign: float
) -> list[PartOfDifference]:
    """Give the parts of one arm's mean, which count by their men.

    The variance of individuals is added for both arms at once.
    """
    clustered = practitioner != INDIVIDUAL
    share = float(clustered.mean())
    parts = []
    if share > 0.0:
        means, counts = practitioner_means(scores[clustered], practitioner[clustered])
        likeness = min(max(0.0, icc), HIGHEST) if not np.isnan(icc) else 0.0
        weights = counts / (1.0 + (counts - 1.0) * likeness)
        arm = weighted_mean(means, weights)
        independent = within**2 * float(((weights / weights.sum()) ** 2 / counts).sum())
        variance = share**2 * max(arm.variance, independent)
        parts.append(PartOfDifference(sign * share * arm.mean, variance, arm.freedom))
    if share < 1.0:
        parts.append(
            PartOfDifference(sign * (1.0 - share) * float(scores[~clustered].mean()), 0.0, np.inf)
        )
    return parts


def _tested(
    parts: list[PartOfDifference],
    arms: tuple[int, int],
    residual_sd: float,
    icc: float,
    level: float,
) -> TrialEstimate:
    estimate = sum(part.mean for part in parts)
    variance, freedom = satterthwaite(parts)
    if not variance > 0.0:
        return no_estimate(arms)
    error = float(variance**0.5)
    half = float(stdtrit(freedom, 1.0 - level / 2.0)) * error
    p = 2.0 * float(stdtr(freedom, -abs(estimate) / error))
    ends = (estimate - half, estimate + half)
    return TrialEstimate(estimate, error, *ends, p, *arms, residual_sd, freedom, icc)
