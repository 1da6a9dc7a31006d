"""The tables of a trial: every simulated trial, and power by size."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.scenarios.fitted_parameters import Drawn
from engager_sim.statistics.proportions import average, share
from engager_sim.studies.trial.power import mean_power, men_needed
from engager_sim.studies.trial.published import PUBLISHED
from engager_sim.studies.trial.replicate import Analysed, TrialRecord
from engager_sim.studies.trial.settings import TrialStudy

CORE_OM, SERVICE = "core_om", "substance_service"
LARGE = f"the estimate is {PUBLISHED.difference} points or more, in either direction"
INSIDE = "the estimate lies in the published interval, in either direction"
WANTED_POWER = 0.8
"""The power that trials are commonly planned for."""

type Numbers = npt.NDArray[np.float64]


def trials_table(study: TrialStudy, records: Sequence[TrialRecord]) -> pd.DataFrame:
    """List every simulated trial's analyses.

    Returns
    -------
    pandas.DataFrame
        A row per outcome, number of men, replicate and week.
    """
    rows = [
        (outcome, men, replicate, *_row(analysed))
        for men in study.men
        for replicate, record in enumerate(records)
        for outcome, analysed in (
            *((CORE_OM, score) for score in record.scores[men]),
            (SERVICE, record.services[men]),
        )
    ]
    names = [
        "outcome", "men", "replicate", "week", "true_effect", "estimate", "standard_error", "low",
        "high", "p", "n_programme", "n_usual_care", "residual_sd", "is_null", "holds_effect",
        "complete_estimate", "complete_residual_sd", "complete_is_null",
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=names)
    return table.sort_values(["outcome", "men", "week", "replicate"], ignore_index=True)


def _row(analysed: Analysed) -> tuple[object, ...]:
    seen, complete, true = analysed.seen, analysed.complete, analysed.true_effect
    return (
        analysed.week, true, seen.estimate, seen.standard_error, seen.low, seen.high, seen.p,
        seen.n_programme, seen.n_usual_care, seen.residual_sd, seen.is_null,
        seen.low <= true <= seen.high, complete.estimate, complete.residual_sd, complete.is_null,
    )  # fmt: skip


def power_table(
    study: TrialStudy, trials: pd.DataFrame, left_out: float, drawn: Drawn | None = None
) -> pd.DataFrame:
    """Summarise the simulated trials of each size.

    Parameters
    ----------
    study : TrialStudy
        The study.
    trials : pandas.DataFrame
        From :func:`trials_table`.
    left_out : float
        Standard deviation of the variation that was added to scores.
    drawn : Drawn, optional
        Under which parameters each trial was run, if they were drawn.

    Returns
    -------
    pandas.DataFrame
        A row per outcome, week and number of men.
    """
    rows = [
        _power_row(study, (str(outcome), week, men), its, left_out, drawn)
        for (outcome, week, men), its in trials.groupby(["outcome", "week", "men"], sort=True)
    ]
    return pd.DataFrame(rows)


def _power_row(
    study: TrialStudy,
    of: tuple[str, object, object],
    its: pd.DataFrame,
    left_out: float,
    drawn: Drawn | None,
) -> dict[str, object]:
    outcome, week, men = of
    true = its["true_effect"].to_numpy(np.float64)
    effect = average(true, drawn)
    estimate = average(its["estimate"].to_numpy(np.float64), drawn)
    bias = average((its["estimate"] - its["complete_estimate"]).to_numpy(np.float64), drawn)
    power = share(~its["is_null"].to_numpy(bool), drawn)
    complete = share(~its["complete_is_null"].to_numpy(bool), drawn)
    known = true[~np.isnan(true)]
    arms = (float(its["n_programme"].mean()), float(its["n_usual_care"].mean()))
    row: dict[str, object] = {"outcome": outcome, "week": week, "men": men, "trials": len(its)}
    for name, (middle, low, high) in (
        ("effect", effect), ("estimate", estimate), ("bias", bias), ("power", power),
        ("complete_power", complete),
    ):  # fmt: skip
        row |= {name: middle, f"{name}_low": low, f"{name}_high": high}
    effects = known if drawn is not None else np.array(effect[:1])
    row |= {"looked_null": 1.0 - power[0]} | _by_formula(study, its, effects, arms, left_out)
    estimated = its[its["estimate"].notna()]
    low, high = np.quantile(known, (0.05, 0.95)) if len(known) else (np.nan, np.nan)
    return row | {
        "n_programme": arms[0],
        "n_usual_care": arms[1],
        "estimated": len(estimated) / len(its),
        "holds_effect": float(estimated["holds_effect"].mean()),
        "effect_5": float(low),
        "effect_95": float(high),
    }


def _by_formula(
    study: TrialStudy,
    its: pd.DataFrame,
    effects: Numbers,
    arms: tuple[float, float],
    left_out: float,
) -> dict[str, float]:
    """Say what the textbook formula gives; nothing of service use, which has no residual.

    With drawn parameters it is averaged over the draws' own effects: power at their mean says
    nothing where their signs differ.
    """
    names = (
        "textbook_power", "men_for_80", "residual_sd", "own_residual_sd", "own_textbook_power",
    )  # fmt: skip
    if its["outcome"].iloc[0] != CORE_OM:
        return dict.fromkeys(names, np.nan)
    sites = len({team.site for team in study.scenario.setting.teams})
    covariates = sum({"baseline": 1, "site": sites - 1}[each] for each in study.adjusted_for)
    level = study.level
    spread = float((its["complete_residual_sd"] ** 2).mean() ** 0.5)
    own = max(0.0, spread**2 - left_out**2) ** 0.5
    followed = sum(arms) / float(its["men"].iloc[0])
    values = (
        mean_power(effects, spread, arms, covariates, level),
        men_needed(effects, spread, followed, covariates, level, WANTED_POWER),
        spread,
        own,
        mean_power(effects, own, arms, covariates, level),
    )
    return dict(zip(names, values, strict=True))


def published_table(
    study: TrialStudy, trials: pd.DataFrame, drawn: Drawn | None = None
) -> pd.DataFrame:
    """Say how often simulated trials of the study's size look like the published one.

    Returns
    -------
    pandas.DataFrame
        A row per statement: the share of simulated trials of which it holds, and its interval.
    """
    chosen = _of_size(study, trials, CORE_OM, study.primary)
    estimate, low, high = chosen[["estimate", "low", "high"]].to_numpy(np.float64).T
    null = chosen["is_null"].to_numpy(bool)
    half = 0.5 * (PUBLISHED.high - PUBLISHED.low)
    size = PUBLISHED.difference
    statements = [
        ("the interval covers 0, as published", null),
        (LARGE, abs(estimate) >= size),
        (f"the estimate is {size} points or more for the programme", estimate <= -size),
        (f"the estimate is {size} points or more for usual care", estimate >= size),
        (INSIDE, np.array([PUBLISHED.holds(each) for each in estimate])),
        (
            "the interval holds the published difference, in either direction",
            np.array([PUBLISHED.is_held_by(*ends) for ends in zip(low, high, strict=True)]),
        ),
        (
            f"both: it covers 0, and the estimate is {size} points or more",
            null & (abs(estimate) >= size),
        ),
        (f"the interval is at least as wide as published ({2 * half:.1f})", high - low >= 2 * half),
    ]
    service = _of_size(study, trials, SERVICE, None)
    odds = service["estimate"].to_numpy(np.float64)
    ends = np.log((PUBLISHED.odds_ratio_low, PUBLISHED.odds_ratio_high))
    statements.append(
        (
            "substance service: the odds ratio lies in the published interval",
            (odds >= ends[0]) & (odds <= ends[1]),
        )
    )
    rows = [
        (words, *share(np.asarray(cases, bool), drawn), len(cases)) for words, cases in statements
    ]
    return pd.DataFrame(rows, columns=["statement", "share", "low", "high", "trials"])


def _of_size(
    study: TrialStudy, trials: pd.DataFrame, outcome: str, week: int | None
) -> pd.DataFrame:
    chosen = (trials["outcome"] == outcome) & (trials["men"] == study.size)
    return trials[chosen if week is None else chosen & (trials["week"] == week)]
