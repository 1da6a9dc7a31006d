"""What a trial of laws found, as tables and sentences for the terminal and the documents."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

HEADINGS = ("Law", "Observed", "Worst with fresh seeds", "Margin", "Draws short", "Verdict")
NET_HEADINGS = ("Change", "Effect, better above 0", "Draws worse off", "What competes with it")


def verdict(row: Mapping[Any, Any]) -> str:
    """Say whether a law holds, and how many counterexamples there are if it does not."""
    count = int(row["counterexamples"])
    return "holds" if count == 0 else f"broken: {count} of {row['fresh']}"


def law_cells(row: Mapping[Any, Any]) -> tuple[str, ...]:
    """Write the row of one law."""
    observed = f"{row['measure']}, {row['week']} ({row['unit']})"
    shortfall = f"{_number(row['shortfall'])}, surely {_number(row['surely'])}"
    return (
        str(row["statement"]),
        observed,
        shortfall,
        _number(row["margin"]),
        f"{row['draws_short']:.0%}",
        verdict(row),
    )


def net_cells(row: Mapping[Any, Any]) -> tuple[str, ...]:
    """Write the row of one change from the same staff hours; the trade-off if its sign turns."""
    effect = f"{_number(row['effect'])} [{_number(row['low'])}, {_number(row['high'])}]"
    told = str(row["trade_off"]) or "nothing that is named"
    return (
        str(row["law"]).replace("_", " "),
        effect,
        f"{row['worse_draws']:.0%}",
        told if row["turns"] else "",
    )


def findings(laws: pd.DataFrame, net: pd.DataFrame) -> list[str]:
    """Say which laws hold, what the shortfall of the others goes with, and which signs turn."""
    broken = laws[laws["counterexamples"] > 0]
    draws, fresh = int(laws["draws"].max()), int(laws["fresh"].sum())
    sentences = [
        f"{len(laws) - len(broken)} of {len(laws)} laws hold: {draws} draws of all uncertain "
        f"parameters each, and {fresh} trials of the worst with fresh seeds."
    ]
    sentences += [
        f"Broken: {row['law']}; by {_number(row['shortfall'])} (at least {_number(row['surely'])} "
        f"with 99.9% confidence, margin {_number(row['margin'])}); goes with {row['drivers']}."
        for row in broken.to_dict("records")
    ]
    if len(net):
        turned = net.loc[net["turns"], "law"].to_list()
        sentences.append(
            f"From the same staff hours the sign turns for {_listed(turned)} of {len(net)} changes."
        )
    return sentences


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) if names else "none"


def _number(value: float) -> str:
    return "nothing" if math.isinf(value) or math.isnan(value) else f"{value:.3g}"
