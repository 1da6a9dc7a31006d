"""How a decision's numbers are written: gains in men or in the outcome's unit, money, shares."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from engager_sim.outcomes.declaration import IDENTICAL, Outcome, is_identical
from engager_sim.outcomes.direction import DIRECTIONS
from engager_sim.studies.decide.options import TODAYS_SERVICE
from engager_sim.studies.decide.settings import TODAY, checked_outcome

type Facts = Mapping[str, Any]
"""What a manifest keeps of a decision under ``method``."""
SMALLEST_SHOWN = 0.0005
"""Share of men below which none is written."""


def outcome_of(facts: Facts) -> Outcome:
    """Find the outcome that a decision is for."""
    return checked_outcome(str(facts["outcome"]))


def begun(text: str) -> str:
    """Write words as a sentence begins, names in it as they are."""
    return text[:1].upper() + text[1:]


def outcome_words(outcome: Outcome) -> str:
    """Write an outcome's label as it stands in the middle of a sentence."""
    return outcome.label[:1].lower() + outcome.label[1:]


def what_is_gained(facts: Facts) -> str:
    """Name what more of is better, such as ``more men engaged at week 12``."""
    outcome, more = outcome_of(facts), more_or_less(facts)
    words = outcome_words(outcome)
    return f"{more} men: {words}" if facts["counts_men"] else f"{words}, {more} per man"


def more_or_less(facts: Facts) -> str:
    """Say which way the outcome is better: more, fewer men, or less."""
    if DIRECTIONS[str(facts["outcome"])] > 0:
        return "more"
    return "fewer" if facts["counts_men"] else "less"


def gain_text(facts: Facts, gain: float, low: float = math.nan, high: float = math.nan) -> str:
    """Write a gain with its interval: men with one decimal, else as the outcome's differences."""
    if is_identical(gain, low, high):
        return IDENTICAL
    write = _men if facts["counts_men"] else outcome_of(facts).text
    ends = "" if math.isnan(low) else f" [{write(low, True)}, {write(high, True)}]"
    return f"{write(gain, True)}{ends}"


def level_text(facts: Facts, level: float) -> str:
    """Write an outcome itself, as a gain is written."""
    return _men(level) if facts["counts_men"] else outcome_of(facts).text(level)


def left_text(facts: Facts, left: float, whole: float) -> str:
    """Write what is left of a gain where a theme does nothing."""
    whole_words = f"{gain_text(facts, whole)} (of the lives that are run with and without it)"
    return f"{'nothing' if left == 0.0 else gain_text(facts, left)} of the {whole_words}"


def _men(men: float, _: bool = True) -> str:
    return f"{men:z.1f}"


def pounds(amount: float) -> str:
    """Write a sum of money in pounds, to three figures where it is large."""
    if math.isnan(amount):
        return "no value"
    rounded = round(amount, -2) if abs(amount) >= 10_000 else round(amount, -1)
    return f"GBP {rounded:,.0f}" if rounded >= 0 else f"-GBP {-rounded:,.0f}"


def spend_text(amount: float) -> str:
    """Write what is spent beyond today's after a gain: for so much, saving it, or nothing more."""
    if amount == 0.0:
        return "for nothing more"
    return f"for {pounds(amount)}" if amount > 0.0 else f"saving {pounds(-amount)}"


def yearly_text(first: float, then: float) -> str:
    """Write what is spent beyond today's in the first year, and then, if that is another sum."""
    if pounds(first) == pounds(then):
        return spend_text(first) if first == 0.0 else f"{spend_text(first)} a year"
    later = f"{pounds(then)} a year" if then else "nothing more"
    return f"{spend_text(first)} in the first year, {later} then"


def yearly_cell(first: float, then: float) -> str:
    """Write the same into a cell of a table."""
    one, other = (pounds(amount).replace("GBP ", "") for amount in (first, then))
    return one if one == other else f"{one} first year, {other} a year then"


def men_share(share: float) -> str:
    """Write a share of men in percent, a small one with a decimal."""
    if math.isnan(share):
        return "no value"
    return f"{share:.1%}" if SMALLEST_SHOWN <= share < 0.1 else f"{share:.0%}"


def worse_share(row: Mapping[Any, Any]) -> str:
    """Write the share of men worse off of a row of men, with its interval."""
    low, high = men_share(row["worse_low"]), men_share(row["worse_high"])
    return f"{men_share(row['worse'])} [{low}, {high}]"


def listed(words: Sequence[str], link: str = "and") -> str:
    """Write words one after the other, the last with *and* or *or* before it.

    Semicolons stand between them where some are combinations, which have an *and* of their own.
    """
    *first, last = words
    if first and any(" and " in each for each in words):
        return f"{'; '.join(first)}; {link} {last}"
    return f"{', '.join(first)} {link} {last}" if first else last


def todays_name(facts: Facts) -> str:
    """Name today's service by its file; nothing if that is called today, which says no more."""
    name = str(facts["today"])
    return "" if name == TODAY else name.replace("_", " ")


def theme_words(theme: object) -> str:
    """Write a theme's name in words."""
    return str(theme).replace("_", " ")


def tie_text(facts: Facts, row: Mapping[Any, Any]) -> str:
    """Say of a doubt that only certainty makes a cheaper choice as good."""
    return (
        f"were {theme_words(row['theme'])} sure to do nothing, {label_of(facts, row['instead'])} "
        "would do as well for less; doubt short of that changes nothing."
    )


def label_of(facts: Facts, option: str) -> str:
    """Write a choice's name in words, as it stands in the middle of a sentence."""
    if option == facts["today"]:
        return TODAYS_SERVICE
    return str(facts["labels"].get(option, option.replace("_", " ")))
