"""How choices stand to each other: the best, those that cannot be told from it, idle ones."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from engager_sim.studies.decide.option_tables import BEST, RIVAL

type Tables = Mapping[str, pd.DataFrame]
type Row = Mapping[Any, Any]


def recommended(tables: Tables) -> str:
    """Name the choice with the highest mean gain."""
    return _standing(tables["options"], BEST)[0]


def rivals(tables: Tables) -> list[str]:
    """Name the choices that cannot be told from the best, but for options that change nothing.

    Of these it is told that they do not; they stand where today's service stands.
    """
    idle = idle_options(tables)
    return [name for name in _standing(tables["options"], RIVAL) if name not in idle]


def idle_options(tables: Tables) -> list[str]:
    """Name the options that leave the outcome as it is today in every draw."""
    options = tables["options"]
    ends = options[["gain", "gain_low", "gain_high"]]
    return [str(name) for name in options.loc[(ends == 0.0).all(axis=1), "option"]]


def best_by_net_benefit(tables: Tables, worth: float) -> list[str]:
    """Name the choice with the highest mean net benefit, then those it cannot be told from.

    Options that are worth exactly what today's service is are left out, as by gain.
    """
    table = tables["net_benefit"]
    rows = table[table["worth"] == worth]
    is_option = rows["option"] != tables["options"]["option"].iloc[0]
    is_idle = is_option & (rows[["net_benefit", "low", "high"]] == 0.0).all(axis=1)
    return [*_standing(rows, BEST), *_standing(rows[~is_idle], RIVAL)]


def carriers(rows: Sequence[Row]) -> list[Row]:
    """Take the theme without which least is left of an option, then those within its interval.

    Parameters
    ----------
    rows : sequence of mapping
        Rows of the table of doubts, one per theme.
    """
    least, *others = sorted(rows, key=lambda row: float(row["without_theme"]))
    return [least, *(row for row in others if not row["without_theme"] > least["high"])]


def _standing(rows: pd.DataFrame, standing: str) -> list[str]:
    return [str(name) for name in rows.loc[rows["standing"] == standing, "option"]]
