"""The same simulated trials by several analyses: what each sees, and how alike men are."""

import numpy as np
import pandas as pd

from engager_sim.scenarios.fitted_parameters import Drawn
from engager_sim.statistics.proportions import average, share
from engager_sim.studies.trial.replicate import ANALYSES, CORE_OM
from engager_sim.studies.trial.tables import is_null

ORDER = ("week", "men", "practitioners", "analysis")


def by_analysis_table(analyses: pd.DataFrame, drawn: Drawn | None = None) -> pd.DataFrame:
    """Summarise the analyses of CORE-OM in the trial as delivered, by week, design and analysis."""
    scores = analyses[(analyses["outcome"] == CORE_OM) & (analyses["corner"] == 0)]
    ranks = {analysis: rank for rank, analysis in enumerate(ANALYSES)}
    rows = [
        dict(zip(ORDER, key, strict=True)) | _row(group.sort_values("replicate"), drawn)
        for key, group in scores.groupby(list(ORDER), sort=True)
    ]
    table = pd.DataFrame(rows)
    rank = table["analysis"].map(ranks)
    order = [*ORDER[:-1], "rank"]
    return table.assign(rank=rank).sort_values(order, ignore_index=True).drop(columns="rank")


def _row(trials: pd.DataFrame, drawn: Drawn | None) -> dict[str, object]:
    """Average over the trials of one design, by one analysis."""
    row: dict[str, object] = {"trials": len(trials)}
    figures = {
        "power": share(~is_null(trials).to_numpy(bool), drawn),
        "estimate": average(trials["estimate"].to_numpy(np.float64), drawn),
        "icc": average(trials["icc"].to_numpy(np.float64), drawn),
    }
    for name, (middle, low, high) in figures.items():
        row |= {name: middle, f"{name}_low": low, f"{name}_high": high}
    known = trials[trials["estimate"].notna()]
    true = known["true_effect"]
    return {
        **row,
        "standard_error": float(known["standard_error"].mean()),
        "freedom": float(known["freedom"].median()),
        "holds_effect": float(((known["low"] <= true) & (true <= known["high"])).mean()),
        "estimated": len(known) / len(trials),
    }
