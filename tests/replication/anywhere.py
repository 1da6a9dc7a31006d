"""Worlds far from any preset: every lever, uncertainty, setting and switch is drawn."""

from typing import Any

import numpy as np

from engager_sim.scenarios.parameters_table import parameter_rows
from engager_sim.scenarios.theory_values import Value

UNREAD = ("costs", "measurement")
"""Themes of which the week reads nothing that decides."""
AT_AN_END, STAYS_ON = 0.15, 0.85
"""How likely a number stands at an end of its range, and a theme stays on."""


def drawn_anywhere(number: int) -> dict[str, Value]:
    """Draw a value for every parameter; one in seven stands at an end of its range."""
    dice = np.random.default_rng(number)
    rows: list[Any] = [row for row in parameter_rows() if row["theme"] not in UNREAD]
    return {row["path"]: _value(row, dice) for row in rows}


def _value(row: dict[str, Any], dice: np.random.Generator) -> Value:
    choices = row["choices"]
    if row["path"].endswith(".on"):
        return bool(dice.uniform() < STAYS_ON)
    if choices and "true" in choices:
        return bool(dice.integers(2))
    if choices:
        return str(choices[dice.integers(len(choices))])
    low, high = row["low"], row["high"]
    drawn = dice.uniform(low, high)
    if dice.uniform() < AT_AN_END:
        drawn = (low, high)[dice.integers(2)]
    return int(drawn) if isinstance(row["default"], int) else float(drawn)
