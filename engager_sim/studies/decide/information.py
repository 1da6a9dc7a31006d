"""What it would be worth to know before choosing, and which values would change the choice."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.costs.price_list import drawn_prices
from engager_sim.costs.prices import PRICES
from engager_sim.designs.inert_parameters import inert_parameters
from engager_sim.designs.outcome_columns import find_columns
from engager_sim.reports.descriptions import source_text
from engager_sim.statistics.decisions import perfect_information
from engager_sim.statistics.information import partial_information, thresholds
from engager_sim.studies.decide.benefits import Benefits
from engager_sim.studies.decide.doubts import GAIN, criteria_of
from engager_sim.studies.decide.option_tables import best_choice, choices
from engager_sim.studies.decide.settings import DecideSettings
from engager_sim.studies.decide.worlds import PRICED
from engager_sim.theory.declaration import Parameter

type Numbers = npt.NDArray[np.float64]

EVERYTHING, PARAMETER, THEME, INERT = "everything", "parameter", "theme", "changes no run"
PRICE = "prices"
"""The group of what is no parameter of the theory."""
FEWEST_DRAWS = 200
"""Draws without which no curve over a parameter, of so many, is known well enough to be told."""
NEGLIGIBLE = 0.01
"""Share of the largest gain below which what knowing more would gain is not worth telling."""
LEAST = 0.05
"""Share of what everything is worth below which the worth of one number is taken for noise."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that differs from draw to draw: its name, group, meaning and what it rests on."""

    name: str
    group: str
    meaning: str
    source: str


def information_table(
    settings: DecideSettings, benefits: Benefits, draws: npt.NDArray[np.int64]
) -> pd.DataFrame:
    """Make a row per criterion and what could be known: everything, a theme's numbers, or one.

    Of single numbers only those stand here that are worth anything to know, or of which a value
    turns the choice; with too few draws there are none. Where knowing everything would hardly
    change the choice, no value of one number is said to turn it. What changes no run of any choice
    is worth nothing, whatever a fit over draws says: it is listed, and left out of all else.
    """
    worlds, rows = choices(settings), []
    inert = _inert(settings, worlds) if len(draws) >= FEWEST_DRAWS else []
    every, every_value = _unknown(settings, draws, inert)
    for criterion, worth in criteria_of(settings).items():
        # No price moves a man, so none is worth anything to know where gain is what counts.
        counted = [at for at, each in enumerate(every) if worth is not None or each.group != PRICE]
        unknown, values = [every[at] for at in counted], every_value[:, counted]
        groups = list(dict.fromkeys(each.group for each in unknown))
        members = [[at for at, each in enumerate(unknown) if each.group == name] for name in groups]
        noisy = benefits.gain if worth is None else benefits.net(worth)
        expected = benefits.expected_gain if worth is None else benefits.expected_net(worth)
        whole = perfect_information(expected[worlds])
        rows.append(_row(criterion, EVERYTHING, "", whole))
        if len(draws) < FEWEST_DRAWS:
            continue
        ones, of_groups = partial_information(noisy[worlds].mean(axis=2), values, members)
        least = LEAST * whole
        rows += [
            _row(criterion, THEME, name, float(value) if value >= least else 0.0)
            for name, value in zip(groups, of_groups, strict=True)
        ]
        settled = is_negligible(whole, float(expected.mean(axis=1).max() - expected[0].mean()))
        rows += _of_single_ones(
            settings, benefits, criterion, unknown, values, ones, least, settled
        )
    rows += [
        _row(GAIN, INERT, each.path, 0.0) | {"meaning": each.meaning, "source": source_text(each)}
        for each in inert
    ]
    return pd.DataFrame(rows)


def is_negligible(worth: float, most: float) -> bool:
    """Tell whether what knowing everything would gain is little, next to the largest gain."""
    return worth <= NEGLIGIBLE * max(most, 0.0)


def _of_single_ones(
    settings: DecideSettings, benefits: Benefits, criterion: str, unknown: list[Unknown],
    values: Numbers, worth: Numbers, least: float, settled: bool,
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """Make the rows of single numbers; thresholds are of the gain alone."""
    turns, instead = {}, ""
    best = best_choice(settings, benefits)
    if criterion == GAIN and best.runner_up is not None and not settled:
        lead = (benefits.gain[best.option] - benefits.gain[best.runner_up]).mean(axis=1)
        turns = {turn.parameter: turn for turn in thresholds(lead, values)}
        instead = settings.scenarios[best.runner_up].name
    for at, each in enumerate(unknown):
        turn = turns.get(at)
        if worth[at] < least and turn is None:
            continue
        row = _row(criterion, PARAMETER, each.name, float(worth[at]) if worth[at] >= least else 0.0)
        row |= {"meaning": each.meaning, "source": each.source}
        if turn is not None:
            side = "above" if turn.above else "below"
            row |= {"threshold": turn.value, "side": side, "instead": instead}
            row |= {"frequency": turn.frequency}
        yield row


def _row(criterion: str, kind: str, name: str, worth: float) -> dict[str, Any]:
    return {
        "criterion": criterion,
        "kind": kind,
        "name": name,
        "worth": worth,
        "threshold": np.nan,
        "side": "",
        "instead": "",
        "frequency": np.nan,
        "meaning": "",
        "source": "",
    }


def _inert(settings: DecideSettings, worlds: list[int]) -> list[Parameter]:
    """List the parameters that change no run of what can be chosen, as far as it is weighed."""
    fitted = settings.fitted
    assert fitted is not None
    columns = find_columns(tuple(dict.fromkeys((settings.outcome, *PRICED))))
    scenarios = [settings.scenarios[world] for world in worlds]
    paths = inert_parameters(scenarios, fitted, columns, settings.seed)
    said = fitted.set_aside_by(settings.today)
    return [each for each in fitted.parameters if each.path in paths and each.path not in said]


def _unknown(
    settings: DecideSettings, draws: npt.NDArray[np.int64], inert: list[Parameter]
) -> tuple[list[Unknown], Numbers]:
    """List what differs between draws, with its values, of shape (draws, unknown)."""
    fitted = settings.fitted
    assert fitted is not None
    aside = {*fitted.set_aside_by(settings.today), *(each.path for each in inert)}
    found, columns = [], []
    for at, parameter in enumerate(fitted.parameters):
        if parameter.path not in aside:
            found.append(
                Unknown(parameter.path, parameter.theme, parameter.meaning, source_text(parameter))
            )
            columns.append(fitted.numbers[draws, at])
    prices = drawn_prices(settings.today.costs, int(draws.max()) + 1, settings.seed)
    for name, drawn in prices.items():
        price = PRICES[name]
        found.append(Unknown(name, PRICE, price.meaning, str(price.source)))
        columns.append(drawn[draws])
    varies = [bool(np.ptp(column) > 0.0) for column in columns]
    kept = [each for each, does in zip(found, varies, strict=True) if does]
    return kept, np.stack([column for column, does in zip(columns, varies, strict=True) if does], 1)
