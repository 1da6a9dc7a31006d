"""Why a trial looked null: what dilution, attrition and size each do to it.

Each part of the programme is undiluted or as delivered, in all combinations, with the same men and
common random numbers; Shapley values divide the change among the parts. For the chance of a null
trial, following everybody up is a fourth part, for which the same worlds are analysed with all men.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.scenarios.fitted_parameters import Drawn
from engager_sim.statistics.proportions import average, share
from engager_sim.statistics.shapley import shapley
from engager_sim.studies.trial.replicate import COMPLETE
from engager_sim.studies.trial.settings import TrialStudy
from engager_sim.studies.trial.tables import is_null, main_analyses, primary_scores
from engager_sim.studies.trial.undiluted_delivery import CORNERS, PARTS

FOLLOW_UP = "follow_up"
REMAINS, DELIVERED = "remains", "as_delivered"

type Numbers = npt.NDArray[np.float64]


def corner_analyses(study: TrialStudy, analyses: pd.DataFrame) -> pd.DataFrame:
    """Choose the main analyses of CORE-OM at the primary week, of the study's design, by corner.

    The corners of the first replicate come in their order, then those of the next.
    """
    chosen = primary_scores(study, main_analyses(analyses))
    return chosen.sort_values(["replicate", "corner"], ignore_index=True)


def null_table(corners: pd.DataFrame, drawn: Drawn | None = None) -> pd.DataFrame:
    """Divide the expected difference, and the chance of a null trial, among their causes.

    Of :func:`corner_analyses`; a row per step, from the trial with everything undiluted and
    everybody followed up (``remains``), through what each part as delivered adds, to the trial as
    delivered. The points of ``follow_up`` are the bias of the analysis, which the true effect as
    delivered does not contain; all other points, and all null shares, sum. No rows where two
    services are compared.
    """
    names = ["step", "points", "low", "high", "null_share", "null_low", "null_high"]
    if not _is_divided(corners):
        return pd.DataFrame([], columns=names)
    effects = _by_corner(corners["true_effect"])
    nulls = np.hstack([_by_corner(is_null(corners)), _by_corner(is_null(corners, COMPLETE))])
    bias = _by_corner(corners["estimate"] - corners[f"{COMPLETE}estimate"])[:, 0]
    points = {
        REMAINS: effects[:, -1],
        **dict(zip(PARTS, -shapley(effects).T, strict=True)),
        FOLLOW_UP: bias,
        DELIVERED: effects[:, 0],
    }
    shares = {
        REMAINS: nulls[:, -1],
        **dict(zip((*PARTS, FOLLOW_UP), -shapley(nulls).T, strict=True)),
        DELIVERED: nulls[:, 0],
    }
    rows = [
        (step, *average(points[step], drawn), *_null_share(step, shares[step], drawn))
        for step in points
    ]
    return pd.DataFrame(rows, columns=names)


def corners_table(corners: pd.DataFrame, drawn: Drawn | None = None) -> pd.DataFrame:
    """Give the true effect and the power of the trial with each set of undiluted parts."""
    rows = []
    for corner in range(CORNERS if _is_divided(corners) else 0):
        trials = corners[corners["corner"] == corner]
        effect = average(trials["true_effect"].to_numpy(np.float64), drawn)
        power = share(~is_null(trials).to_numpy(bool), drawn)
        complete = share(~is_null(trials, COMPLETE).to_numpy(bool), drawn)
        analysed = float((trials["n_programme"] + trials["n_usual_care"]).mean())
        undiluted = [bool(corner >> index & 1) for index in range(len(PARTS))]
        rows.append((*undiluted, *effect, *power, *complete, analysed))
    estimated = ("effect", "power", "complete_power")
    names = [f"{name}{end}" for name in estimated for end in ("", "_low", "_high")]
    return pd.DataFrame(rows, columns=[*PARTS, *names, "n_analysed"])


def _is_divided(corners: pd.DataFrame) -> bool:
    """Tell whether the worlds of undiluted parts were run."""
    return bool(corners["corner"].max() == CORNERS - 1)


def _by_corner(values: "pd.Series[Any]") -> Numbers:
    """Lay out values of corners, shape (replicates, corners)."""
    return np.asarray(values, np.float64).reshape(-1, CORNERS)


def _null_share(step: str, values: Numbers, drawn: Drawn | None) -> tuple[float, float, float]:
    if step in (REMAINS, DELIVERED):
        return share(values == 1.0, drawn)
    return average(values, drawn)
