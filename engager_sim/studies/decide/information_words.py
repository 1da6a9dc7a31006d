"""What it would be worth to know before choosing, in sentences."""

from collections.abc import Iterator, Mapping

import pandas as pd

from engager_sim.reports.finding import Finding, recorded, table_rows
from engager_sim.reports.outcome_text import chance_text
from engager_sim.studies.decide.doubts import GAIN
from engager_sim.studies.decide.information import (
    EVERYTHING,
    FEWEST_DRAWS,
    INERT,
    PARAMETER,
    THEME,
    is_negligible,
)
from engager_sim.studies.decide.wording import Facts, gain_text, label_of, what_is_gained

type Tables = Mapping[str, pd.DataFrame]

TOLD = 3
"""How many numbers are named of those that are worth knowing, or that turn the choice: on every
page the same ones."""


def information_sentences(tables: Tables, facts: Facts) -> Iterator[str]:
    """Say what it would be worth to know, and which values would change the answer."""
    table = tables["information"]
    if table.empty:
        return
    gains = table[table["criterion"] == GAIN]
    if is_settled(tables):
        yield (
            "By gain nothing needs to be found out first: to know all that differs between draws "
            "would not change the choice by more than a hundredth of what it gives."
        )
        return
    ((place, everything),) = recorded("information", gains[gains["kind"] == EVERYTHING])
    yield Finding(
        "To know all that differs between draws before choosing would be worth "
        f"{gain_text(facts, float(everything['worth']))} a year: {what_is_gained(facts)}.",
        place,
    )
    if not are_numbers_told(tables):
        yield f"With fewer than {FEWEST_DRAWS} draws nothing is told of single numbers."
        return
    found = recorded("information", to_find_out(tables).head(TOLD))
    if found:
        named = [f"{row['meaning']} ({row['name']})" for _, row in found]
        said = f"What to find out first: {'; '.join(named)}."
        yield Finding(said, *(place for place, _ in found))
    for place, row in found:
        if row["threshold"] == row["threshold"]:
            yield Finding(
                f"{label_of(facts, row['instead'])} becomes the better choice where "
                f"{row['meaning']} ({row['name']}) is {row['side']} {row['threshold']:.3g}: so in "
                f"{chance_text(row['frequency'])} of bootstrap resamples.",
                place,
            )
    if gains["threshold"].isna().all():
        yield "No plausible value of a single number changes the choice by itself."
    yield from _inert(gains)


def _inert(gains: pd.DataFrame) -> Iterator[Finding]:
    """Say how many numbers are left out because they change no run."""
    rows = gains[gains["kind"] == INERT]
    if len(rows):
        yield Finding(
            f"{len(rows)} numbers of the theory are left out here: they were tried, and change no "
            "run of these services.",
            *table_rows("information", rows),
        )


def is_settled(tables: Tables) -> bool:
    """Tell whether knowing everything would hardly change the choice by gain."""
    table, options = tables["information"], tables["options"]
    if table.empty:
        return False
    everything = table[(table["criterion"] == GAIN) & (table["kind"] == EVERYTHING)]["worth"]
    most = float(options["gain"].max())
    return bool(len(everything)) and is_negligible(float(everything.iloc[0]), most)


def are_numbers_told(tables: Tables) -> bool:
    """Tell whether there were draws enough to look at single numbers."""
    table = tables["information"]
    return bool((table.loc[table["criterion"] == GAIN, "kind"] == THEME).any())


def to_find_out(tables: Tables) -> pd.DataFrame:
    """List the numbers to find out first: worth knowing, or turning the choice, by gain.

    Those worth most come first; of those worth nothing, those that turn it most surely. There are
    none where knowing everything would hardly change the choice.
    """
    table = tables["information"]
    if table.empty or is_settled(tables):
        return table.iloc[:0]
    rows = table[(table["criterion"] == GAIN) & (table["kind"] == PARAMETER)]
    rows = rows[(rows["worth"] > 0.0) | rows["threshold"].notna()]
    by = ["worth", "frequency"]
    return rows.sort_values(by, ascending=False, kind="stable")
