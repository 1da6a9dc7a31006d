"""Numbers and names in the words of a story."""

import math

from engager_sim.runs.tables.leavers import PARTS


def number_of_weeks(value: float) -> str:
    """Write a number of weeks; begun ones count."""
    weeks = math.ceil(value)
    return "1 week" if weeks == 1 else f"{weeks} weeks"


def number_of_places(value: float) -> str:
    """Write a number of places."""
    return "1 place" if value == 1 else f"{value:.0f} places"


def number_of_men(value: float) -> str:
    """Write a number of men."""
    return "1 man" if value == 1 else f"{value:.0f} men"


def ordinal(value: float) -> str:
    """Write which one in a row it is."""
    return "the first" if value <= 1 else f"number {value:.0f}"


def need(index: float) -> str:
    """Name a need by its number."""
    return PARTS["need"][int(index)].replace("_", " ")
