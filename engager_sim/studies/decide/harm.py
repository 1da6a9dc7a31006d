"""Who may be harmed: what is notable enough to be told, and what the theory assumes of it."""

from collections.abc import Collection

import pandas as pd

from engager_sim.studies.decide.men_table import EXPECTED

NOTABLE = 0.005
"""Share of men worse off that is told, if the upper end of its interval reaches so far."""
MONEY = "costs."
"""How the key of what moves no man begins."""


def notable_harm(men: pd.DataFrame) -> pd.DataFrame:
    """Take, of what men may expect, the rows in which a notable share may be worse off."""
    return men[(men["measure"] == EXPECTED) & (men["worse_high"] >= NOTABLE)]


def harm_assumed_away(levers: pd.DataFrame, options: Collection[str]) -> str:
    """Say how far the theory assumes that what some options change harms nobody.

    Parameters
    ----------
    levers : pandas.DataFrame
        What options change; changes of prices do not count.
    options : collection of str
        The options that a choice consists of.

    Returns
    -------
    str
        The beginning of a sentence; empty where no law is about what they change.
    """
    if levers.empty:
        return ""
    changed = levers["option"].isin(options) & ~levers["key"].str.startswith(MONEY)
    is_assumed = levers.loc[changed, "laws"] != ""
    if not is_assumed.any():
        return ""
    of_what = "this" if is_assumed.all() else "part of this"
    return f"The theory assumes {of_what} harmless; computed: "
