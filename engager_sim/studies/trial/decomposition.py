"""Why a trial looked null: what dilution, loss to follow-up and size each do to it.

Each part of the programme is put right or left as delivered, in all combinations, with the same men
and the same luck; Shapley values divide the change among the parts. For the chance of a null trial,
following everybody up is a fourth part, for which the same worlds are analysed with all men.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.scenarios.fitted_parameters import Drawn
from engager_sim.statistics.proportions import average, share
from engager_sim.statistics.shapley import shapley
from engager_sim.studies.trial.replicate import TrialRecord
from engager_sim.studies.trial.undiluted_delivery import CORNERS, PARTS

FOLLOW_UP = "follow_up"
REMAINS, DELIVERED = "remains", "as_delivered"

type Numbers = npt.NDArray[np.float64]


def null_table(records: Sequence[TrialRecord], drawn: Drawn | None = None) -> pd.DataFrame:
    """Divide the expected difference, and the chance of a null trial, among their causes.

    Returns
    -------
    pandas.DataFrame
        A row per step, from the trial with everything ideal and everybody followed up
        (``remains``), through what each part as delivered adds, to the trial as delivered. The
        points of ``follow_up`` are the bias of the analysis, which the true effect as delivered
        does not contain; all other points, and all null shares, sum.
    """
    effects = np.array([[each.true_effect for each in record.corners] for record in records])
    nulls = _nulls(records)
    bias = np.array(
        [
            record.corners[0].seen.estimate - record.corners[0].complete.estimate
            for record in records
        ]
    )
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
    names = ["step", "points", "low", "high", "null_share", "null_low", "null_high"]
    return pd.DataFrame(rows, columns=names)


def corners_table(records: Sequence[TrialRecord], drawn: Drawn | None = None) -> pd.DataFrame:
    """Give the true effect and the power of the trial with each set of ideal parts.

    Returns
    -------
    pandas.DataFrame
        A row per set of parts.
    """
    rows = []
    for corner in range(CORNERS):
        its = [record.corners[corner] for record in records]
        effect = average(np.array([each.true_effect for each in its]), drawn)
        power = share(np.array([not each.seen.is_null for each in its]), drawn)
        complete = share(np.array([not each.complete.is_null for each in its]), drawn)
        followed = [each.seen.n_programme + each.seen.n_usual_care for each in its]
        ideal = [bool(corner >> place & 1) for place in range(len(PARTS))]
        rows.append((*ideal, *effect, *power, *complete, float(np.mean(followed))))
    names = [
        *PARTS, "effect", "effect_low", "effect_high", "power", "power_low", "power_high",
        "complete_power", "complete_power_low", "complete_power_high", "n_analysed",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=names)


def _nulls(records: Sequence[TrialRecord]) -> Numbers:
    """Say of every replicate and corner of four parts whether the trial was null.

    Returns
    -------
    float64 array, shape (replicates, 16)
        The upper half of the corners with everybody followed up.
    """
    return np.array(
        [
            [each.seen.is_null for each in record.corners]
            + [each.complete.is_null for each in record.corners]
            for record in records
        ],
        np.float64,
    )


def _null_share(step: str, values: Numbers, drawn: Drawn | None) -> tuple[float, float, float]:
    if step in (REMAINS, DELIVERED):
        return share(values == 1.0, drawn)
    return average(values, drawn)
