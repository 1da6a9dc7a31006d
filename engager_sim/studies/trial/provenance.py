"""What each number of a trial's design rests on: a citation, or the word assumption."""

import pandas as pd

from engager_sim.studies.trial.measurement import Measurement
from engager_sim.studies.trial.published import PUBLISHED
from engager_sim.studies.trial.settings import FOLLOWED_UP, MEASUREMENT_ERROR, TrialStudy
from engager_sim.studies.trial.undiluted_delivery import PARTS

ASSUMPTION = "assumption"
TRIAL_ITSELF, PILOT = "Byng 2022, doi 10.1192/bjp.2022.93", "pilot, doi 10.1186/s40814-017-0163-6"
RESIDUAL_SD = 7.4
"""Points: derived from the published interval and numbers analysed."""
OF_LOSS = {4: PILOT, 26: TRIAL_ITSELF}
"""Where the default share followed up at a week was seen; at other weeks it is an assumption."""


def design_table(study: TrialStudy, measurement: Measurement) -> pd.DataFrame:
    """List the numbers of a trial's design, and what each rests on.

    A number that differs from the one with a source is the study file's own.

    Returns
    -------
    pandas.DataFrame
        A row per number: ``what``, ``value`` and ``rests_on``.
    """
    shares = zip(study.follow_up, study.loss.followed_up, strict=True)
    rows = [
        ("men in both arms", f"{study.size}", TRIAL_ITSELF if study.size == 280 else ASSUMPTION),
        ("week of the primary outcome", f"{study.primary}",
         TRIAL_ITSELF if study.primary == 26 else ASSUMPTION),
        ("analysis of covariance, adjusted for", ", ".join(study.adjusted_for) or "nothing",
         "assumption: the abstract does not show the model"),
        ("error of one administration of CORE-OM, points", f"{study.measurement_error:g}",
         "assumption: a reliable change of about 5 points is 1.96 x 1.41 of it"
         if study.measurement_error == MEASUREMENT_ERROR else ASSUMPTION),
        ("residual standard deviation that is asked for, points", _spread(study),
         f"derived from the interval in {TRIAL_ITSELF}"
         if study.residual_sd == RESIDUAL_SD else ASSUMPTION),
        ("variation added because the model leaves it out, points",
         f"{measurement.left_out:.2f}", "found by simulation, to reach the line above"),
        *(
            (f"share followed up at week {week}", f"{share:g}",
             OF_LOSS.get(week, ASSUMPTION) if share == FOLLOWED_UP[week] else ASSUMPTION)
            for week, share in shares
        ),
        ("log odds of being followed up, per standard deviation of trust",
         f"{study.loss.trust:g}", ASSUMPTION),
        ("log odds of being followed up, per standard deviation of distress",
         f"{study.loss.distress:g}", ASSUMPTION),
        ("log odds of being followed up, while his team sees him",
         f"{study.loss.contact:g}", ASSUMPTION),
        *(
            (f"ideal {part}: {path}", f"{value}", ASSUMPTION)
            for part in PARTS
            for path, value in study.ideal[part].items()
        ),
        ("published difference and interval, points",
         f"{PUBLISHED.difference:g} ({PUBLISHED.low:g} to {PUBLISHED.high:g})", TRIAL_ITSELF),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["what", "value", "rests_on"])


def _spread(study: TrialStudy) -> str:
    return "none is aimed at" if study.residual_sd is None else f"{study.residual_sd:g}"
