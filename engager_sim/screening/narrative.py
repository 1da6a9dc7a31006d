"""What a screen found, as a table and sentences."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

HEADINGS = ("Parameter", "Largest in", "Outcome", "Effect of its range", "In SDs", "p")


def cells(row: Mapping[Any, Any]) -> tuple[str, ...]:
    """Write the row of one parameter."""
    return (
        str(row["parameter"]),
        f"{row['preset']}, {row['arm']}",
        str(row["outcome"]),
        f"{row['effect']:.3g} {row['unit']}",
        f"{row['sizes']:.2g}",
        f"{row['p']:.2g}",
    )


def findings(effects: pd.DataFrame) -> list[str]:
    """Name the parameters whose whole range moves no outcome of any preset beyond noise."""
    inert = effects.loc[effects["inert"], "parameter"].to_list()
    told = ", ".join(inert) if inert else "none"
    return [
        f"Of {len(effects)} uncertain parameters {len(inert)} "
        f"{'moves' if len(inert) == 1 else 'move'} no outcome of any preset beyond "
        f"Monte Carlo noise: {told}."
    ]
