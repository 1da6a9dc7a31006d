"""The tables of a trial: all trials, power, likeness to the published one, contamination."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.scenarios.fitted_parameters import Drawn
from engager_sim.statistics.proportions import average, difference_of_shares, share
from engager_sim.studies.trial.power import mean_power, men_needed
from engager_sim.studies.trial.published import PUBLISHED
from engager_sim.studies.trial.replicate import (
    COMPLETE,
    CORE_OM,
    ESTIMATE,
    INDIVIDUALS,
    MAIN,
    SERVICE,
)
from engager_sim.studies.trial.settings import TrialStudy

LARGE = f"the estimate is {PUBLISHED.difference} points or more, in either direction"
INSIDE = "the estimate lies in the published interval, in either direction"
WANTED_POWER = 0.8
"""The power that trials are commonly planned for."""
TRIALS_COLUMNS = (
    "outcome", "men", "practitioners", "replicate", "week", "true_effect", *ESTIMATE, "is_null",
    "holds_effect", f"{COMPLETE}estimate", f"{COMPLETE}residual_sd", "complete_is_null",
    "died_programme", "died_usual_care",
)  # fmt: skip

DESIGN = ("outcome", "week", "men", "practitioners")
WHOM = ("programme", "usual_care", "difference")
"""Whom contamination is about: the men of each arm, and the effect."""

type Numbers = npt.NDArray[np.float64]


def is_null(analyses: pd.DataFrame, prefix: str = "") -> "pd.Series[bool]":
    """Tell of each analysis whether its interval covers 0, or there is none.

    The columns of its ends begin with the prefix.
    """
    return ~((analyses[f"{prefix}low"] > 0.0) | (analyses[f"{prefix}high"] < 0.0))


def primary_scores(study: TrialStudy, rows: pd.DataFrame) -> pd.DataFrame:
    """Choose rows about CORE-OM at the primary week, in trials of the study's own design."""
    men, practitioners = study.design
    chosen = (rows["outcome"] == CORE_OM) & (rows["week"] == study.primary)
    return rows[chosen & (rows["men"] == men) & (rows["practitioners"] == practitioners)]


def main_analyses(analyses: pd.DataFrame) -> pd.DataFrame:
    """Choose the main analysis of every outcome: of scores by practitioners' means."""
    is_main = (analyses["analysis"] == MAIN) | (analyses["outcome"] == SERVICE)
    return analyses[is_main]


def trials_table(analyses: pd.DataFrame) -> pd.DataFrame:
    """List the main analysis of every simulated trial, as delivered."""
    delivered = main_analyses(analyses[analyses["corner"] == 0])
    true = delivered["true_effect"]
    table = delivered.assign(
        is_null=is_null(delivered),
        holds_effect=(delivered["low"] <= true) & (true <= delivered["high"]),
        complete_is_null=is_null(delivered, COMPLETE),
    )[list(TRIALS_COLUMNS)]
    order = ["outcome", "men", "practitioners", "week", "replicate"]
    return table.sort_values(order, ignore_index=True)


def power_table(
    study: TrialStudy, trials: pd.DataFrame, left_out: float, drawn: Drawn | None = None
) -> pd.DataFrame:
    """Summarise the simulated trials of each design, by outcome and week.

    Variation of the standard deviation ``left_out`` was added to their scores.
    """
    rows = [
        dict(zip(DESIGN, design, strict=True)) | _power_row(study, group, left_out, drawn)
        for design, group in trials.groupby(list(DESIGN), sort=True)
    ]
    return pd.DataFrame(rows)


def _power_row(
    study: TrialStudy, trials: pd.DataFrame, left_out: float, drawn: Drawn | None
) -> dict[str, object]:
    true = trials["true_effect"].to_numpy(np.float64)
    known = true[~np.isnan(true)]
    effect = average(true, drawn)
    seen, seen_complete = (~trials[f"{who}is_null"].to_numpy(bool) for who in ("", COMPLETE))
    power = share(seen, drawn)
    bias = (trials["estimate"] - trials[f"{COMPLETE}estimate"]).to_numpy(np.float64)
    row: dict[str, object] = {"trials": len(trials)}
    for name, (middle, low, high) in (
        ("effect", effect),
        ("estimate", average(trials["estimate"].to_numpy(np.float64), drawn)),
        ("bias", average(bias, drawn)),
        ("power", power),
        ("complete_power", share(seen_complete, drawn)),
        ("lost_power", difference_of_shares(seen_complete, seen, drawn)),
    ):
        row |= {name: middle, f"{name}_low": low, f"{name}_high": high}
    arms = (float(trials["n_programme"].mean()), float(trials["n_usual_care"].mean()))
    effects = known if drawn is not None else np.array(effect[:1])
    formula = _by_formula(study, trials, effects, arms, left_out)
    estimated = trials[trials["estimate"].notna()]
    low, high = np.quantile(known, (0.05, 0.95)) if len(known) else (np.nan, np.nan)
    return {
        **row,
        "looked_null": 1.0 - power[0],
        **formula,
        "n_programme": arms[0],
        "n_usual_care": arms[1],
        "estimated": len(estimated) / len(trials),
        "holds_effect": float(estimated["holds_effect"].mean()),
        "died_programme": float(trials["died_programme"].mean()),
        "died_usual_care": float(trials["died_usual_care"].mean()),
        "effect_5": float(low),
        "effect_95": float(high),
    }


def _by_formula(
    study: TrialStudy,
    trials: pd.DataFrame,
    effects: Numbers,
    arms: tuple[float, float],
    left_out: float,
) -> dict[str, float]:
    """Say what the textbook formula gives; nothing of service use, which has no residual.

    With drawn parameters it is averaged over the draws' own effects: power at their mean says
    nothing where their signs differ.
    """
    if trials["outcome"].iloc[0] != CORE_OM:
        names = ("textbook_power", "men_for_80", "residual_sd", "own_residual_sd")
        return dict.fromkeys((*names, "own_textbook_power"), np.nan)
    sites = len({team.site for team in study.scenario.setting.teams})
    covariates = sum(
        {"baseline": 1, "site": sites - 1}[covariate] for covariate in study.adjusted_for
    )
    spread = float((trials[f"{COMPLETE}residual_sd"] ** 2).mean() ** 0.5)
    own = max(0.0, spread**2 - left_out**2) ** 0.5
    followed = sum(arms) / float(trials["men"].iloc[0])
    needed = men_needed(effects, spread, followed, covariates, study.level, WANTED_POWER)
    return {
        "textbook_power": mean_power(effects, spread, arms, covariates, study.level),
        "men_for_80": needed,
        "residual_sd": spread,
        "own_residual_sd": own,
        "own_textbook_power": mean_power(effects, own, arms, covariates, study.level),
    }


def published_table(
    study: TrialStudy, analyses: pd.DataFrame, drawn: Drawn | None = None
) -> pd.DataFrame:
    """Say how often simulated trials of the study's design look like the published one.

    By the trial's own analysis of individuals, as it was published. No rows where two services are
    compared: nobody has published that trial.
    """
    names = ["statement", "share", "low", "high", "trials"]
    if study.compared_with is not None:
        return pd.DataFrame([], columns=names)
    own = analyses[(analyses["corner"] == 0) & (analyses["analysis"] == INDIVIDUALS)]
    scores = primary_scores(study, own).sort_values("replicate")
    estimate, low, high = scores[["estimate", "low", "high"]].to_numpy(np.float64).T
    null = is_null(scores).to_numpy(bool)
    half = 0.5 * (PUBLISHED.high - PUBLISHED.low)
    size = PUBLISHED.difference
    men, practitioners = study.design
    chosen = (own["men"] == men) & (own["practitioners"] == practitioners)
    service = own[chosen & (own["outcome"] == SERVICE)].sort_values("replicate")
    odds = service["estimate"].to_numpy(np.float64)
    ends = np.log((PUBLISHED.odds_ratio_low, PUBLISHED.odds_ratio_high))
    statements = {
        "the interval covers 0, as published": null,
        LARGE: abs(estimate) >= size,
        f"the estimate is {size} points or more for the programme": estimate <= -size,
        f"the estimate is {size} points or more for usual care": estimate >= size,
        INSIDE: [PUBLISHED.holds(value) for value in estimate],
        "the interval holds the published difference, in either direction": [
            PUBLISHED.is_held_by(*interval) for interval in zip(low, high, strict=True)
        ],
        f"both: it covers 0, and the estimate is {size} points or more": null
        & (abs(estimate) >= size),
        f"the interval is at least as wide as published ({2 * half:.1f})": high - low >= 2 * half,
        "substance service: the odds ratio lies in the published interval": (odds >= ends[0])
        & (odds <= ends[1]),
    }
    rows = [
        (statement, *share(np.asarray(cases, bool), drawn), len(cases))
        for statement, cases in statements.items()
    ]
    return pd.DataFrame(rows, columns=names)


def contamination_table(
    measures: list[tuple[str, int]],
    shared: Numbers,
    separate: Numbers | None,
    drawn: Drawn | None = None,
) -> pd.DataFrame:
    """Compare the trial's world with one where the arms have separate agencies.

    Parameters
    ----------
    measures : list of tuple of str and int
        Outcome and week of each measure.
    shared, separate : float64 array, shape (replicates, 2, measures)
        Means over all men in the programme and in usual care; None where agencies cannot be
        divided, and then the table has no rows.
    """
    rows = []
    if separate is not None:
        here, there = _with_difference(shared), _with_difference(separate)
        for index, (outcome, week) in enumerate(measures):
            for row, whom in enumerate(WHOM):
                pair = here[:, row, index], there[:, row, index]
                means = [float(values.mean()) for values in pair]
                rows.append((outcome, week, whom, *means, *average(pair[0] - pair[1], drawn)))
    names = ["outcome", "week", "whom", "shared", "apart", "contamination", "low", "high"]
    return pd.DataFrame(rows, columns=names)


def _with_difference(means: Numbers) -> Numbers:
    """Add programme less usual care to the means of both."""
    return np.concatenate([means, means[:, :1] - means[:, 1:]], axis=1)
