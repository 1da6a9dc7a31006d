"""What each number of a trial's design rests on: a citation, or the word assumption."""

from dataclasses import asdict

import pandas as pd

from engager_sim.studies.trial.measurement import TrialMeasurement
from engager_sim.studies.trial.published import PUBLISHED
from engager_sim.studies.trial.settings import FOLLOWED_UP, TrialStudy
from engager_sim.studies.trial.undiluted_delivery import PARTS

ASSUMPTION = "assumption"
TRIAL_ITSELF, PILOT = "Byng 2022, doi 10.1192/bjp.2022.93", "pilot, doi 10.1186/s40814-017-0163-6"
RESIDUAL_SD = 7.4
"""Points: derived from the published interval and numbers analysed."""
FOLLOW_UP_SOURCES = {4: PILOT, 26: TRIAL_ITSELF}
"""Where the default share followed up at a week was seen; at other weeks it is an assumption."""

LOG_ODDS = {
    "trust": "per standard deviation of trust",
    "distress": "per standard deviation of distress",
    "contact": "while his team sees him",
    "baseline": "per standard deviation of CORE-OM as observed at entry",
    "score": "per standard deviation of CORE-OM as observed then",
}

PRICES = {
    "recruited": "each man recruited",
    "followed_up": "each man found at a week of follow-up",
    "practitioner_week": "each practitioner of the programme, a week",
}


def design_table(study: TrialStudy, measurement: TrialMeasurement) -> pd.DataFrame:
    """List the numbers of a trial's design, and what each rests on.

    A number that differs from the one with a source is the study file's own.
    """
    derived = f"derived from the interval in {TRIAL_ITSELF}"
    asked = "none is aimed at" if study.residual_sd is None else f"{study.residual_sd:g}"
    followed_up = zip(study.follow_up, study.attrition.followed_up, strict=True)
    odds, prices = asdict(study.attrition), asdict(study.prices)
    rows = [
        ("men in both arms", f"{study.size}", _source(study.size == 280, TRIAL_ITSELF)),
        ("week of the primary outcome", f"{study.primary}",
         _source(study.primary == 26, TRIAL_ITSELF)),
        ("practitioners of the programme", f"{study.design[1]}",
         _source(study.design[1] == study.own_practitioners, "the scenario")),
        ("arms whose men are clustered by practitioner", " and ".join(study.clustered), ASSUMPTION),
        ("analysis of covariance, adjusted for", ", ".join(study.adjusted_for) or "nothing",
         "assumption: the abstract does not show the model"),
        ("error of one administration of CORE-OM", "by its reliability",
         "an uncertain parameter of the model, measurement.core_om_reliability: assumption"),
        ("residual standard deviation that is asked for, points", asked,
         _source(study.residual_sd == RESIDUAL_SD, derived)),
        ("variation added because the model leaves it out, points", f"{measurement.left_out:.2f}",
         "found by simulation, to reach the line above"),
        *((f"share followed up at week {week}", f"{share:g}",
           _source(share == FOLLOWED_UP[week], FOLLOW_UP_SOURCES.get(week, ASSUMPTION)))
          for week, share in followed_up),
        *((f"log odds of being followed up, {what}", f"{odds[state]:g}", ASSUMPTION)
          for state, what in LOG_ODDS.items()),
        *((f"ideal {part}: {path}", f"{value}", ASSUMPTION)
          for part in PARTS if part in study.undiluted
          for path, value in study.undiluted[part].items()),
        *((f"price, pounds: {what}", f"{prices[name]:,g}", ASSUMPTION)
          for name, what in PRICES.items()),
        ("published difference and interval, points",
         f"{PUBLISHED.difference:g} ({PUBLISHED.low:g} to {PUBLISHED.high:g})", TRIAL_ITSELF),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["what", "value", "rests_on"])


def _source(is_the_cited_one: bool, source: str) -> str:
    return source if is_the_cited_one else ASSUMPTION
