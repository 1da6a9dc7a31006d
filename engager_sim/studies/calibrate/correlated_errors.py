"""How the fit moves if the errors of figures of one sample are correlated otherwise.

Their correlation is an assumption, so another one is tried on the same simulated points.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.studies.calibrate.abc import weighted_quantiles
from engager_sim.studies.calibrate.posterior import (
    LEVELS,
    Posterior,
    fitting_of,
    possible_observations,
)
from engager_sim.studies.calibrate.reference_table import ReferenceTable
from engager_sim.studies.calibrate.settings import TRIED_CORRELATIONS, CalibrationSettings
from engager_sim.studies.calibrate.tables import INFORMED, parameters_table, rivals_table

MOVED, NAMED = 0.1, 5
"""A quantity moved if its median did by more than this part of its 90% interval; of those so many
are named, the farthest."""

type Numbers = npt.NDArray[np.float64]


def correlated_errors_table(
    settings: CalibrationSettings, table: ReferenceTable, posterior: Posterior
) -> pd.DataFrame:
    """Fit again with another correlation of errors and compare what is informed.

    Rows are parameters that either fit informs, expected figures, and probabilities of rivals; of
    these there is no interval.
    """
    assumed = settings.error_correlation
    tried = next(each for each in reversed(TRIED_CORRELATIONS) if each != assumed)
    other = fitting_of(settings, table, tried).posterior(possible_observations(settings.targets))
    rows = [*_parameters(table, posterior, other), *_figures(settings, posterior, other)]
    for row, again in zip(
        rivals_table(settings, posterior).to_dict("records"),
        rivals_table(settings, other)["probability"],
        strict=True,
    ):
        at, than = (np.nan, row["probability"], np.nan), (np.nan, again, np.nan)
        rows.append(("rival", f"{row['about']} {row['alternative']}", at, than))
    return pd.DataFrame(
        [
            (kind, name, assumed, *at, tried, *than, (than[1] - at[1]) / (at[2] - at[0]))
            for kind, name, at, than in rows
        ],
        columns=[
            "kind", "quantity", "correlation", "low", "middle", "high", "other_correlation",
            "other_low", "other_middle", "other_high", "moved",
        ],
    )  # fmt: skip


def moved_sentence(moved: pd.DataFrame) -> str:
    """Say how many parameters and figures move with the correlation of errors."""
    rows = moved[moved["kind"] != "rival"]
    far = rows[rows["moved"].abs() > MOVED]
    farthest = far.loc[far["moved"].abs().nlargest(NAMED).index].to_dict("records")
    named = "; ".join(f"{row['quantity']} ({row['moved']:+.2f})" for row in farthest)
    named = f", farthest: {named}" if named else ""
    first = moved.iloc[0]
    return (
        f"With errors of one sample's figures correlated at {first['other_correlation']:g} and not "
        f"{first['correlation']:g}, the medians of {len(far)} of {len(rows)} informed parameters "
        f"and figures move by over a tenth of their 90% interval{named}."
    )


type Row = tuple[str, str, Sequence[float], Sequence[float]]


def _parameters(table: ReferenceTable, one: Posterior, other: Posterior) -> Iterable[Row]:
    pairs = zip(
        parameters_table(table, one).to_dict("records"),
        parameters_table(table, other).to_dict("records"),
        strict=True,
    )
    for here, there in pairs:
        if INFORMED in (here["verdict"], there["verdict"]):
            at, than = ([row[end] for end in ("low", "middle", "high")] for row in (here, there))
            yield "parameter", here["parameter"], at, than


def _figures(settings: CalibrationSettings, one: Posterior, other: Posterior) -> Iterable[Row]:
    here, there = (
        weighted_quantiles(posterior.figures, posterior.weights, LEVELS)
        for posterior in (one, other)
    )
    for target, at, than in zip(settings.targets, here.T, there.T, strict=True):
        yield "figure", target.label, at.tolist(), than.tolist()
