"""For whom, in sentences: in this context, by this mechanism, that outcome."""

from typing import Any

import pandas as pd

from engager_sim.reports.finding import Finding, recorded
from engager_sim.reports.outcome_text import chance_text
from engager_sim.studies.decide.wording import Facts, begun, label_of, outcome_of, theme_words

NO_GROUP = "no group found"


def group_sentences(groups: pd.DataFrame, facts: Facts, option: str) -> list[str]:
    """Say for whom an option does more or less, or that no group was found."""
    if option == facts["today"]:
        return []
    rows = told_groups(groups, option)
    if rows.empty:
        return [
            f"For whom: {NO_GROUP}. By what is seen of men at entry, {label_of(facts, option)} "
            "does no more for some than for others as far as can be told."
        ]
    return [Finding(group_sentence(row, facts), place) for place, row in recorded("groups", rows)]


def told_groups(groups: pd.DataFrame, option: str) -> pd.DataFrame:
    """Take the groups of an option that are told: the interval of the difference holds no 0."""
    if groups.empty:
        return groups
    is_clear = (groups["difference_low"] > 0.0) | (groups["difference_high"] < 0.0)
    return groups[(groups["option"] == option) & is_clear]


def group_sentence(row: dict[Any, Any], facts: Facts) -> str:
    """Write a group as context, mechanism and outcome, with how many men it holds."""
    more = row["difference"] > 0.0
    by = "no theme alone carries it"
    if row["mechanism"]:
        by = (
            f"through {theme_words(row['mechanism'])}, without which "
            f"{chance_text(row['removed'])} of it is gone"
        )
    said = (
        f"{label_of(facts, row['option'])} does {'more' if more else 'less'} for {row['group']} "
        f"({chance_text(row['men'])} of men): {_change(row, 'inside', facts)}, against "
        f"{_change(row, 'outside', facts)} of the others; {by}."
    )
    return begun(said)


def _change(row: dict[Any, Any], side: str, facts: Facts) -> str:
    """Write the mean gain of a man with its interval over populations."""
    outcome = outcome_of(facts)
    ends = (row[side], row[f"{side}_low"], row[f"{side}_high"])
    return outcome.with_interval(*ends, difference=True)
