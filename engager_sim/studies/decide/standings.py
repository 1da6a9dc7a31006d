"""How choices stand to each other: the best, those that cannot be told from it, idle ones."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from engager_sim.studies.decide.option_tables import BEST, RIVAL

type Tables = Mapping[str, pd.DataFrame]
type Row = Mapping[Any, Any]

NEXT_TO_NOTHING = 0.01
"""Part of a gain below which what is left of it is nothing."""


def recommended(tables: Tables) -> str:
    """Name the choice with the highest mean gain."""
    return _standing(tables["options"], BEST)[0]


def rivals(tables: Tables) -> list[str]:
    """Name the choices that cannot be told from the best, but for options that change nothing.

    Of these it is told that they do not; they stand where today's service stands.
    """
    idle = idle_options(tables)
    return [name for name in _standing(tables["options"], RIVAL) if name not in idle]


class Cheaper(NamedTuple):
    """An option that costs less than the best in the first year, and may well give as much.

    ``less``, with the ends of its 95% interval, is what it gives less; ``saved`` is in pounds.
    """

    name: str
    less: float
    low: float
    high: float
    saved: float


def cheaper_alike(tables: Tables) -> Cheaper | None:
    """Find the cheapest option whose difference from the best has an interval that holds 0.

    The best may be told from it all the same, by its mean over draws: then a board should know of
    both. None where the best is today's service, or has rivals, of which the cheapest is told.
    """
    rows: dict[str, Row] = {str(row["option"]): row for row in tables["options"].to_dict("records")}
    best = recommended(tables)
    if rivals(tables) or best == next(iter(rows)):
        return None
    found = []
    for name, less, low, high in _behind(best, tables["pairs"]):
        saved = float(rows[best]["first_year"]) - float(rows[name]["first_year"])
        if low <= 0.0 <= high and saved > 0.0 and rows[name]["within_budget"]:
            found.append(Cheaper(name, less, low, high, saved))
    return max(found, key=lambda cheaper: cheaper.saved, default=None)


def _behind(best: str, pairs: pd.DataFrame) -> Iterator[tuple[str, float, float, float]]:
    """Yield each other option with what it gives less than the best."""
    for row in pairs.to_dict("records"):
        if row["base"] == best:
            yield str(row["other"]), -row["gain"], -row["high"], -row["low"]
        elif row["other"] == best:
            yield str(row["base"]), row["gain"], row["low"], row["high"]


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


def may_be_none(option: Row) -> bool:
    """Tell whether the interval of an option's gain reaches down to none."""
    return bool(option["gain_low"] <= 0.0)


def carriers(rows: Sequence[Row]) -> list[Row]:
    """Take the theme without which least is left of an option, then those within its interval.

    Themes without each of which next to nothing is left are alike too, however exact that is.

    Parameters
    ----------
    rows : sequence of mapping
        Rows of the table of doubts, one per theme.
    """
    least, *others = sorted(rows, key=lambda row: float(row["without_theme"]))
    nothing = NEXT_TO_NOTHING * abs(float(least["with_theme"]))
    within = max(float(least["high"]), nothing)
    return [least, *(row for row in others if not row["without_theme"] > within)]


def _standing(rows: pd.DataFrame, standing: str) -> list[str]:
    return [str(name) for name in rows.loc[rows["standing"] == standing, "option"]]
