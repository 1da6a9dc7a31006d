"""Rows of a decision's tables as they are read, for the terminal and the report alike."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.reports.outcome_text import chance_text
from engager_sim.studies.decide.doubts import CERTAIN, GAIN
from engager_sim.studies.decide.men_table import REALISED
from engager_sim.studies.decide.standings import recommended
from engager_sim.studies.decide.wording import (
    Facts,
    gain_text,
    label_of,
    level_text,
    men_share,
    theme_words,
    todays_name,
    yearly_cell,
)

type Tables = Mapping[str, pd.DataFrame]
type Cells = tuple[str, ...]

OPTION_HEADINGS = ("Option", "Gain", "Spend", "Per gain", "Best")
MEN_HEADINGS = ("Option", "By", "Better", "Worse")
DOUBT_HEADINGS = ("Theme", "Gain without it", "Of", "Doubt")
LABELS = {outcome.id: outcome.label for outcome in OUTCOMES}


def option_cells(tables: Tables, facts: Facts) -> Iterator[Cells]:
    """Write today's service and each option: gain, spending, spending per gain, chance of best."""
    today = f"today: {name}" if (name := todays_name(facts)) else "today"
    for row in tables["options"].to_dict("records"):
        is_today = row["option"] == facts["today"]
        yield (
            today if is_today else label_of(facts, row["option"]),
            f"{level_text(facts, row['level'])} today"
            if is_today
            else gain_text(facts, row["gain"], row["gain_low"], row["gain_high"]),
            "" if is_today else yearly_cell(row["first_year"], row["per_year"]),
            yearly_cell(row["spend_per_gain"], row["steady_per_gain"])
            if row["spend_per_gain"] > 0
            else "",
            row["standing"] if math.isnan(row["chance_best"]) else chance_text(row["chance_best"]),
        )


def men_cells(tables: Tables, facts: Facts) -> Iterator[Cells]:
    """Write each option's shares of men better and worse off, by outcome."""
    last = ""
    for row in tables["men"].to_dict("records"):
        by = LABELS[row["outcome"]]
        yield (
            "" if row["option"] == last else label_of(facts, row["option"]),
            f"{by}, realised" if row["measure"] == REALISED else by,
            *(_share(row, side) for side in ("better", "worse")),
        )
        last = row["option"]


def doubts_of_the_best(tables: Tables) -> pd.DataFrame:
    """Take what is left of the best option's gain without each theme; no row of today's service."""
    table = tables["doubts"]
    if table.empty:
        return table
    return table[(table["option"] == recommended(tables)) & (table["criterion"] == GAIN)]


def doubt_cells(tables: Tables, facts: Facts) -> Iterator[Cells]:
    """Write what is left of the best option's gain without each theme."""
    for row in doubts_of_the_best(tables).to_dict("records"):
        yield (
            theme_words(row["theme"]),
            gain_text(facts, row["without_theme"], row["low"], row["high"]),
            gain_text(facts, row["with_theme"]),
            _doubt(float(row["doubt"])),
        )


def _doubt(doubt: float) -> str:
    if doubt == CERTAIN:
        return "certainty"
    return "none" if math.isnan(doubt) else chance_text(doubt)


def _share(row: Mapping[Any, Any], side: str) -> str:
    ends = ", ".join(men_share(row[f"{side}_{end}"]) for end in ("low", "high"))
    return f"{men_share(row[side])} [{ends}]"
