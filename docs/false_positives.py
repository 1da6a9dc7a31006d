"""How often each analysis of a trial finds a difference where there is none.

``python -m docs.false_positives`` draws trials without any effect, analyses each and prints the
shares, for several intraclass correlations and numbers of practitioners. The trial's main analysis
must stay within 6.5%.
"""

import argparse
import sys
from collections.abc import Callable, Mapping

import numpy as np

from docs.markdown import table
from engager_sim.studies.trial.analysis import TrialEstimate, difference_in_score
from engager_sim.studies.trial.measurement import Measured
from engager_sim.studies.trial.mixed_model import difference_in_mixed_model
from engager_sim.studies.trial.practitioner_means import difference_between_practitioners

MEN, FOLLOWED_UP, LEVEL = 280, 0.657, 0.05
RESIDUAL_SD, SLOPE = 7.4, 0.5
ICCS, PRACTITIONERS = (0.0, 0.05, 0.1, 0.2), (2, 3, 4, 12)
SMALLEST_SHARE = 0.4
"""Of men, that a practitioner may have against the one with most: before they are divided."""

type Analysis = Callable[[Measured, int, tuple[str, ...], float], TrialEstimate]

ANALYSES: Mapping[str, Analysis] = {
    "practitioners' means (main)": difference_between_practitioners,
    "individuals (the trial's own)": difference_in_score,
    "mixed model": difference_in_mixed_model,
}


def drawn_trial(dice: np.random.Generator, practitioners: int, icc: float) -> Measured:
    """Draw a trial without effect, whose practitioners cluster the men of the programme alone.

    Practitioners have unequally many men; attrition is by chance.
    """
    programme = dice.permutation(np.arange(MEN) % 2 == 0)
    sizes = dice.uniform(SMALLEST_SHARE, 1.0, practitioners)
    practitioner = np.where(programme, dice.choice(practitioners, MEN, p=sizes / sizes.sum()), -1)
    baseline = dice.normal(18.0, 6.0, MEN)
    own = dice.normal(0.0, RESIDUAL_SD * (1.0 - icc) ** 0.5, MEN)
    alone = dice.normal(0.0, RESIDUAL_SD, MEN)
    shared = dice.normal(0.0, RESIDUAL_SD * icc**0.5, practitioners)[practitioner]
    scores = SLOPE * baseline + np.where(programme, own + shared, alone)
    everybody = np.ones((MEN, 1), bool)
    return Measured(
        programme=programme,
        site=np.zeros(MEN, np.int64),
        baseline=baseline,
        scores=scores[:, np.newaxis],
        followed=dice.random((MEN, 1)) < FOLLOWED_UP,
        alive=everybody,
        practitioner=practitioner,
        in_need=everybody[:, 0],
        seen=programme,
    )


def false_positives(
    analysis: Analysis, practitioners: int, icc: float, trials: int, seed: int = 1
) -> float:
    """Give the share of drawn trials without effect whose p value lies below the level."""
    dice = np.random.default_rng([seed, practitioners, round(1000 * icc)])
    drawn = (drawn_trial(dice, practitioners, icc) for _ in range(trials))
    return float(np.mean([analysis(each, 0, ("baseline",), LEVEL).p < LEVEL for each in drawn]))


def main() -> None:
    """Print a row for each correlation and number of practitioners."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=2000, help="drawn data sets of each row")
    trials = parser.parse_args().trials
    rows = [
        (
            f"{icc:g}",
            str(practitioners),
            *(
                f"{false_positives(analysis, practitioners, icc, trials):.1%}"
                for analysis in ANALYSES.values()
            ),
        )
        for icc in ICCS
        for practitioners in PRACTITIONERS
    ]
    headings = ("Intraclass correlation", "Practitioners", *ANALYSES)
    sys.stdout.write(table(headings, rows) + "\n")


if __name__ == "__main__":
    main()
