"""A validation in a few sentences: what is met, what is missed, and by how much."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd


def told(patterns: pd.DataFrame, parts: pd.DataFrame, figures: pd.DataFrame) -> list[str]:
    """Say how far the fitted model can be believed.

    Parameters
    ----------
    patterns, parts, figures : pandas.DataFrame
        As :class:`~engager_sim.studies.validate.study.Validation` has them.
    """
    counts = patterns["verdict"].value_counts()
    said = [
        f"Of {len(patterns)} patterns {counts.get('met', 0)} are met, {counts.get('near', 0)} near "
        f"and {counts.get('missed', 0)} missed. {_fitted(patterns)}"
    ]
    said += [_off(row) for row in parts[parts["verdict"] != "met"].to_dict("records")]
    held_out = figures[figures["role"] != "fit"] if len(figures) else figures
    if len(held_out):
        met = int((held_out["verdict"] == "met").sum())
        said.append(
            f"Of {len(held_out)} published figures that were held out {met} lie in their 90% "
            "predictive intervals."
        )
        said += [
            _figure_off(row) for row in held_out[held_out["verdict"] != "met"].to_dict("records")
        ]
    rivals = [
        f"the {rival} theory alone meets {int((patterns[f'verdict_{rival}'] == 'met').sum())}"
        for rival in ("gated", "additive")
        if (patterns[f"verdict_{rival}"] != "not tested").all()
    ]
    if rivals:
        said.append(f"{' and '.join(rivals).capitalize()} of {len(patterns)} patterns.")
    return said


def figure(value: float) -> str:
    """Write a figure of a pattern."""
    if math.isnan(value):
        return "no figure"
    return f"{value:.3g}" if abs(value) < 100.0 else f"{value:,.0f}"


def labelled(row: Mapping[Any, Any]) -> str:
    """Name a part of a pattern, and the end of the interval if it is one."""
    end = {"low": " (lower end)", "high": " (upper end)"}.get(str(row["take"]), "")
    return f"{row['label']}{end}"


def bounds(row: Mapping[Any, Any]) -> str:
    """Write the bounds of a part."""
    least, most = row["at_least"], row["at_most"]
    if pd.isna(least):
        return f"at most {most:g}"
    return f"at least {least:g}" if pd.isna(most) else f"{least:g} to {most:g}"


def _fitted(patterns: pd.DataFrame) -> str:
    shaped = _numbers(patterns, "shaped")
    if shaped:
        return f"{_fitted_alone(patterns)} Rules were changed after a look at patterns {shaped}."
    return _fitted_alone(patterns)


def _numbers(patterns: pd.DataFrame, which: str) -> str:
    return ", ".join(str(number) for number in patterns.loc[patterns[which], "number"])


def _fitted_alone(patterns: pd.DataFrame) -> str:
    numbers = _numbers(patterns, "fitted")
    if not numbers:
        return "None of them was fitted to."
    return (
        f"Of these, patterns {numbers} rest on figures that were fitted to, so they "
        "show that the fit worked and test nothing else."
    )


def _off(row: Mapping[Any, Any]) -> str:
    return (
        f"Pattern {row['number']} ({row['pattern']}) is {row['verdict']}: {labelled(row)} is "
        f"{figure(row['figure'])} [{figure(row['low'])}, {figure(row['high'])}], wanted "
        f"{bounds(row)}; off by {figure(abs(row['off']))}."
    )


def _figure_off(row: Mapping[Any, Any]) -> str:
    return (
        f"{row['label']} is {row['verdict']}: published {row['value']:g}, predicted "
        f"{row['middle']:.3g} [{row['low']:.3g}, {row['high']:.3g}], {row['off']:.1f} of its "
        "standard errors outside."
    )
