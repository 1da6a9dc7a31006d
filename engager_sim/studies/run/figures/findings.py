"""What the pictures of a run find, for their titles: never more than intervals bear out."""

from collections import Counter
from typing import Any

import numpy as np
import pandas as pd

from engager_sim.figures import style
from engager_sim.figures.scales import scale_of
from engager_sim.runs.tables.runs import DIFFERENCE
from engager_sim.runs.tables.weeks import CAUSES, exit_column
from engager_sim.theory.ways_out import EXIT_MEANINGS
from engager_sim.world.records import ARMS

CONTACT_TOLD, RELATIONSHIP_TOLD = "engaged_12w", "trust_12w"
"""Outcomes that the titles of pictures over time tell."""


def outcome_finding(summary: pd.DataFrame, outcome: str) -> str:
    """Say an outcome's mean; of two arms whether they differ, of several scenarios its range.

    Parameters
    ----------
    summary : pandas.DataFrame
        Of a run.
    outcome : str
        Identifier of an outcome.
    """
    rows = summary[summary["outcome"] == outcome]
    label = str(rows["label"].iloc[0])
    if rows["scenario"].nunique() > 1:
        return f"{label}: {_range(rows)}"
    by_whom = {str(row["whom"]): row for row in rows.to_dict("records")}
    if DIFFERENCE not in by_whom:
        return f"{label}: {_mean(by_whom['all'])}"
    return f"{label}, {_between_arms(by_whom[DIFFERENCE])}"


def _mean(row: Any) -> str:
    scale = scale_of(row["unit"])
    unit = scale.unit if scale.unit == "%" else ""
    ends = f" ({scale.number(row['low'])} to {scale.number(row['high'])})"
    return f"{scale.number(row['mean'])}{unit}" + ("" if np.isnan(row["low"]) else ends)


def _between_arms(row: Any) -> str:
    scale = scale_of(row["unit"])
    if row["low"] <= 0.0 <= row["high"]:
        return "the programme cannot be told from usual care"
    said = scale.with_interval(row["mean"], row["low"], row["high"])
    return f"programme less usual care: {said} {scale.of_differences}"


def _range(rows: pd.DataFrame) -> str:
    """Say from which mean to which; where intervals meet, not in which scenarios these are."""
    treated = rows[rows["whom"].isin(("programme", "all"))]
    own = treated.groupby("scenario", sort=False).first().sort_values("mean", kind="stable")
    lowest, highest = own.iloc[0], own.iloc[-1]
    scale = scale_of(str(lowest["unit"]))
    unit = scale.unit if scale.unit == "%" else ""
    ends = [f"{scale.number(row['mean'])}{unit}" for row in (lowest, highest)]
    if lowest["high"] < highest["low"]:
        names = [style.words(str(row.name)) for row in (lowest, highest)]
        ends = [f"{end} in {name}" for end, name in zip(ends, names, strict=True)]
    return f"from {ends[0]} to {ends[1]}"


def exits_finding(summary: pd.DataFrame) -> str:
    """Say which first exit is the commonest, or which cannot be told from it."""
    commonest = [_commonest(rows) for _, rows in _groups(summary)]
    named, times = Counter(commonest).most_common(1)[0]
    where = "" if len(commonest) == 1 else f", in {times} of {len(commonest)} groups"
    if times == len(commonest) > 1:
        where = f", in {'both' if times == 2 else 'all'} groups"
    return f"The commonest first exit: {named}{where}"


def _commonest(rows: pd.DataFrame) -> str:
    exits = rows.set_index("outcome").loc[[exit_column(cause) for cause in CAUSES]]
    first = int(np.argmax(exits["mean"].to_numpy(np.float64)))
    alike = exits["high"].to_numpy(np.float64) >= float(exits["low"].iloc[first])
    alike[first] = True
    return " or ".join(
        EXIT_MEANINGS[cause] for cause, can_be in zip(CAUSES, alike, strict=True) if can_be
    )


def _groups(summary: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Give the rows of every scenario, of its arms apart where it has two."""
    return [
        (str(scenario), of_scenario[of_scenario["whom"] == whom])
        for scenario, of_scenario in summary.groupby("scenario", sort=False)
        for whom in [arm for arm in ARMS if (of_scenario["whom"] == arm).any()] or ["all"]
    ]
