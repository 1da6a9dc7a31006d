"""The choices of a decision as a board's page takes them: rows of tables, by name."""

import textwrap
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from engager_sim.outcomes.declaration import is_identical
from engager_sim.studies.decide.men_table import EXPECTED
from engager_sim.studies.decide.options import DIVIDER, TODAYS_SERVICE
from engager_sim.studies.decide.standings import (
    Cheaper,
    cheaper_alike,
    idle_options,
    recommended,
    rivals,
)
from engager_sim.studies.decide.wording import (
    Facts,
    gain_text,
    label_of,
    level_text,
    more_or_less,
    outcome_of,
    outcome_words,
    todays_name,
    yearly_text,
)

type Tables = Mapping[str, pd.DataFrame]
type RowOf = Mapping[Any, Any]

FIRST_YEAR, STEADY = "spend_per_gain", "steady_per_gain"
"""Columns of what a unit of gain costs."""
NO_BREAK = "\N{NO-BREAK SPACE}"
LONGEST_LABEL = 60
"""Letters of a choice's label; more are left out."""


class Choices:
    """Today's service and the options of one decision, with how each is told.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        A decision's tables.
    facts : mapping
        What a manifest keeps of it.
    """

    def __init__(self, tables: Tables, facts: Facts) -> None:
        self.tables = tables
        self.facts = facts
        self.today = str(facts["today"])
        self.rows: dict[str, RowOf] = {
            str(row["option"]): row for row in tables["options"].to_dict("records")
        }

    @property
    def best(self) -> str:
        """The choice with the highest mean gain of all that the budget buys."""
        return recommended(self.tables)

    @property
    def alike(self) -> list[str]:
        """The best choice and those that cannot be told from it."""
        return [self.best, *rivals(self.tables)]

    @cached_property
    def cheaper(self) -> Cheaper | None:
        """An option that costs less than the best and may give as much."""
        return cheaper_alike(self.tables)

    @property
    def affordable(self) -> list[str]:
        """The options that the budget buys, the most gain first."""
        return [name for name in self.ranked if self.is_affordable(name)]

    @property
    def ranked(self) -> list[str]:
        """All options: those that the budget buys first, the most gain first, idle ones last."""
        options = [name for name in self.rows if name != self.today]
        idle = idle_options(self.tables)
        return sorted(
            options,
            key=lambda name: (not self.is_affordable(name), name in idle, -self.gain(name)[0]),
        )

    @property
    def foremost(self) -> str:
        """The best choice, or the option that comes nearest to today's service."""
        return self.affordable[0] if self.best == self.today else self.best

    def is_affordable(self, name: str) -> bool:
        """Tell whether the budget buys a choice."""
        return bool(self.rows[name]["within_budget"])

    def gain(self, name: str) -> tuple[float, float, float]:
        """Give the gain over today's service, and the ends of its interval."""
        row = self.rows[name]
        return float(row["gain"]), float(row["gain_low"]), float(row["gain_high"])

    def spend(self, name: str) -> float:
        """Give what a choice costs more in the first year, in pounds."""
        return 0.0 if name == self.today else float(self.rows[name]["first_year"])

    def spend_phrase(self, name: str) -> str:
        """Write what a choice costs more in the first year and then, amounts unbroken."""
        row = self.rows[name]
        said = yearly_text(float(row["first_year"]), float(row["per_year"]))
        return said.replace("GBP ", f"GBP{NO_BREAK}")

    def men(self, name: str) -> dict[str, RowOf]:
        """Give what men may expect of an option: a row for each outcome."""
        table = self.tables["men"]
        rows = table[(table["option"] == name) & (table["measure"] == EXPECTED)]
        return {str(row["outcome"]): row for row in rows.to_dict("records")}

    def label(self, name: str) -> str:
        """Name a choice as it stands in the middle of a sentence."""
        whole = label_of(self.facts, name)
        return textwrap.shorten(whole, LONGEST_LABEL, placeholder=" ...")

    @property
    def todays_label(self) -> str:
        """Name today's service in the table, with its file's name unless that says no more."""
        name = todays_name(self.facts)
        whole = f"{TODAYS_SERVICE} ({name})" if name else TODAYS_SERVICE
        return textwrap.shorten(whole, LONGEST_LABEL, placeholder=" ...")

    @property
    def todays_level(self) -> str:
        """Write what the outcome is today."""
        return level_text(self.facts, float(self.rows[self.today]["level"]))

    def parts(self, name: str) -> list[str]:
        """Name the options that an option combines; itself where it is one."""
        return str(self.rows[name]["parts"]).split(DIVIDER)

    def gain_text(self, name: str) -> str:
        """Write the gain with its interval."""
        gain = self.gain(name)
        return "0" if is_identical(*gain) else gain_text(self.facts, *gain)

    def gain_phrase(self, name: str) -> str:
        """Write the gain with what is gained."""
        return f"{self.gain_text(name)} {self.gained}"

    @property
    def gained(self) -> str:
        """What is gained, after a number: *more of 90 men (engaged at week 12)*."""
        more, words = more_or_less(self.facts), self.outcome_words
        if self.facts["counts_men"]:
            return f"{more} of {self.facts['men_a_year']:.0f} men ({words})"
        return f"{outcome_of(self.facts).unit} {more} per man ({words})"

    @property
    def outcome_words(self) -> str:
        """The outcome as it stands in the middle of a sentence."""
        return outcome_words(outcome_of(self.facts))

    def mean_gains(self, inside: float, outside: float) -> str:
        """Write the mean gain of men inside a group and of others, of a chance by 100 men."""
        if self.facts["counts_men"]:
            more = more_or_less(self.facts)
            return f"{100.0 * inside:.1f} {more} of 100, against {100.0 * outside:.1f}"
        write = outcome_of(self.facts).text
        return f"{write(inside, True)} each, against {write(outside, True)}"

    def cheapest_gain(self, per_gain: str = FIRST_YEAR) -> str | None:
        """Name the affordable option whose gain costs least; None if no clear gain has a price.

        ``per_gain`` is the column that is compared: of the first year, or of a steady one.
        """
        priced = [name for name in self.affordable if float(self.rows[name][FIRST_YEAR]) > 0.0]
        return min(priced, key=lambda name: float(self.rows[name][per_gain]), default=None)
