"""What the pictures of a sensitivity study find, for their titles: no more than intervals tell."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control, norm

from engager_sim.designs.samplers import Numbers
from engager_sim.figures.factor_labels import text_with_unit
from engager_sim.studies.sensitivity.conditional_means import Swing
from engager_sim.studies.sensitivity.figures.analysed_outcome import (
    MOST_SAID,
    NAMES,
    AnalysedOutcome,
)
from engager_sim.studies.sensitivity.tables import interval_of_size

type Pair = Mapping[Hashable, Any]
"""A row of the table of second-order indices."""

FALSE, NORMAL_95 = 0.05, 1.959963984540054
"""Of what is called clear, how much may be chance; half a 95% interval in standard errors."""


def ranking_finding(outcome: AnalysedOutcome) -> str:
    """Say which factor matters most, or that this cannot be told."""
    first: Any = outcome.ranked.iloc[0]
    if np.isnan(first["low"]):
        return f"{NAMES[outcome.method.main]} indices of factors, without intervals"
    if first["low"] <= 0.0 <= first["high"]:
        return "no factor can be told from one without effect"
    named = foremost(outcome)
    if len(named) == 1:
        return f"{named[0]} matters most"
    if len(named) <= MOST_SAID:
        return f"{' and '.join(named)} matter most, and cannot be told apart"
    return f"{len(named)} factors matter most and cannot be told apart, {named[0]} among them"


def foremost(outcome: AnalysedOutcome) -> list[str]:
    """Name the factor with the largest index, then those that cannot be told from it."""
    order = outcome.ranked
    low, high = interval_ends(order)
    names = order["factor"][(high >= low[0]) & (low <= high[0])]
    return [outcome.labels[name] for name in names]


def interval_ends(rows: pd.DataFrame) -> tuple[Numbers, Numbers]:
    """Take the ends of the intervals by which factors are ranked."""
    low, high = rows["low"].to_numpy(np.float64), rows["high"].to_numpy(np.float64)
    return interval_of_size(str(rows["index"].iloc[0]), low, high)


def pairs_finding(pairs: Sequence[Pair]) -> str:
    """Say how many pairs of factors have something only together, if more than chance shows."""
    clear = sum(map(is_clear, pairs))
    values, low, high = (
        np.array([float(pair[name]) for pair in pairs]) for name in ("value", "low", "high")
    )
    if np.isnan(low).all():
        return "what factors do only together, without intervals"
    if not _beyond_chance(values, np.where(values > 0.0, values - low, high - values)):
        return f"no more pairs act together than chance shows ({clear} of {len(pairs)})"
    return f"{clear} of {len(pairs)} pairs of factors do something only together"


def is_clear(pair: Pair) -> bool:
    """Tell whether the interval of a pair leaves out 0."""
    return bool(pair["low"] > 0.0 or pair["high"] < 0.0)


def swings_finding(compared: Sequence[Swing]) -> str:
    """Say how many factors move an outcome from end to end, if more than chance shows."""
    clear = sum(swing.is_clear for swing in compared)
    if not _any_moves(compared):
        return f"no more factors alone move it than chance shows ({clear} of {len(compared)})"
    return f"{clear} of {len(compared)} factors alone clearly move it"


def _any_moves(compared: Sequence[Swing]) -> bool:
    differences = np.array([swing.difference for swing in compared])
    return _beyond_chance(differences, np.array([swing.half_width for swing in compared]))


def _beyond_chance(estimates: Numbers, half_widths: Numbers) -> bool:
    """Tell whether any of so many estimates is not 0, false discoveries held to one in twenty."""
    known = half_widths > 0.0
    if not known.any():
        return bool((estimates[half_widths == 0.0] != 0.0).any())
    distances = NORMAL_95 * np.abs(estimates[known]) / half_widths[known]
    return bool((false_discovery_control(2.0 * norm.sf(distances)) <= FALSE).any())


def ends_finding(outcome: AnalysedOutcome, compared: Sequence[Swing]) -> str:
    """Say what the factor with the widest clear swing does from end to end."""
    widest = next((swing for swing in compared if swing.is_clear), None)
    if widest is None or not _any_moves(compared):
        return "no clear difference between the ends of any factor's range"
    low, high = (
        f"{outcome.label.scale.number(end.mean)} at {text_with_unit(widest.factor, end.name)}"
        for end in (widest.low, widest.high)
    )
    return f"along {outcome.labels[widest.factor.path]} {low}, then {high}"


def convergence_finding(outcomes: Sequence[AnalysedOutcome]) -> str:
    """Say how many indices of half the samples lie outside the interval of all."""
    main, moved, count = outcomes[0].method.main, 0, 0
    for outcome in outcomes:
        rows = outcome.rows(outcome.sensitivity.convergence)
        acting = rows[rows["factor"].isin(outcome.ranked["factor"])]
        half, whole = (
            acting[acting["samples"] == size].set_index("factor")
            for size in np.unique(acting["samples"])[-2:]
        )
        last = whole[whole["low"].notna()]
        before = half["value"].reindex(last.index)
        moved += int(((before < last["low"]) | (before > last["high"])).sum())
        count += len(last)
    indices = f"{NAMES[main]} indices"
    if count == 0:
        return f"How {indices} change with samples, without intervals"
    if moved == 0:
        return f"All {count} {indices} lie within their intervals with half the samples too"
    return f"{moved} of {count} {indices} lie outside their intervals with half the samples"


def groups_finding(outcomes: Sequence[AnalysedOutcome]) -> str:
    """Say which theme has by itself the largest share of most outcomes, where that can be told."""
    foremost_of = Counter(filter(None, map(_foremost_theme, outcomes)))
    if not foremost_of:
        return "No theme's own share can be told from all others"
    theme, times = foremost_of.most_common(1)[0]
    if len(outcomes) == 1:
        return f"{theme} has by itself the largest share of any theme"
    return f"{theme} has by itself the largest share in {times} of {len(outcomes)} outcomes"


def _foremost_theme(outcome: AnalysedOutcome) -> str | None:
    """Name the theme whose interval lies above all others'."""
    rows = outcome.rows(outcome.sensitivity.groups)
    themes = rows[rows["by"] == "theme"].sort_values("value", ascending=False, kind="stable")
    if len(themes) < 2 or not themes["low"].iloc[0] > themes["high"].iloc[1:].max():
        return None
    name = outcome.labels[str(themes["group"].iloc[0])]
    return name[:1].upper() + name[1:]
