"""Options by what they give and cost: against today, each other, and by what health is worth."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.costs.prices import HEALTH, JUSTICE, LOCAL, PERSPECTIVES
from engager_sim.costs.spending import men_a_year
from engager_sim.scenarios.changes import find_parameter
from engager_sim.scenarios.fitted_parameters import STRUCTURE
from engager_sim.statistics.decisions import (
    Best,
    acceptability,
    chance_of_best,
    expected_regret,
    find_best,
    worst_case,
)
from engager_sim.statistics.expectations import with_error_of_mean
from engager_sim.studies.decide.benefits import Benefits, counts_men
from engager_sim.studies.decide.options import DIVIDER
from engager_sim.studies.decide.settings import DecideSettings

type Numbers = npt.NDArray[np.float64]

TODAY = 0
BEST, RIVAL, OVER = "best", "not told from the best", "over budget"
"""How choices stand to the best; others are behind."""
CURVE = np.arange(15_000.0, 35_001.0, 1_000.0)
"""Pounds per quality-adjusted life year at which acceptability is computed."""
INTERVAL = (2.5, 97.5)


def choices(settings: DecideSettings) -> list[int]:
    """List the worlds that can be chosen: today's, and the options within the budget."""
    within = [option.is_within(settings.budget) for option in settings.options]
    return [TODAY, *(world for world, can in enumerate(within, start=1) if can)]


def best_choice(settings: DecideSettings, benefits: Benefits) -> Best:
    """Find the choice with the most gain, and those that cannot be told from it, as worlds."""
    return _best(choices(settings), benefits.expected_gain, benefits.gain)


def _best(worlds: list[int], expected: Numbers, runs: Numbers) -> Best:
    """Find the best of some worlds by expectations and runs; those it cannot be told from."""
    found = find_best(expected[worlds], runs[worlds].mean(axis=2))
    runner_up = None if found.runner_up is None else worlds[found.runner_up]
    return Best(worlds[found.option], tuple(worlds[each] for each in found.rivals), runner_up)


def options_table(
    settings: DecideSettings, benefits: Benefits, rivals: npt.NDArray[np.int64]
) -> pd.DataFrame:
    """Make a row per option: gain over today, spending, and how likely it is the best choice.

    Parameters
    ----------
    rivals : int64 array, shape (draws,)
        Number of the rival theory of each draw.
    """
    worlds = choices(settings)
    chances = dict(zip(worlds, chance_of_best(benefits.expected_gain[worlds]), strict=True))
    regrets = dict(zip(worlds, expected_regret(benefits.expected_gain[worlds]), strict=True))
    of_draws = benefits.gain.mean(axis=2)
    worst = worst_case(of_draws - of_draws[TODAY], rivals)
    best = best_choice(settings, benefits)
    rows: list[dict[str, Any]] = [
        {
            "option": settings.today.name,
            "parts": "",
            "within_budget": True,
            "level": _level(settings, benefits, TODAY),
            "chance_best": chances[TODAY],
            "regret": regrets[TODAY],
            "standing": _standing(TODAY, best),
        }
    ]
    for world, option in enumerate(settings.options, start=1):
        rows.append(
            {
                "option": option.name,
                "parts": DIVIDER.join(option.parts),
                "within_budget": world in worlds,
                "level": _level(settings, benefits, world),
                **_gain(benefits, world),
                "worst_gain": worst.worst[world],
                "worst_theory": _rival(int(worst.group[world])),
                **_spend(settings, benefits, world),
                "chance_best": chances.get(world, np.nan),
                "regret": regrets.get(world, np.nan),
                "standing": _standing(world, best) if world in worlds else OVER,
            }
        )
    return pd.DataFrame(rows)


def pairs_table(settings: DecideSettings, benefits: Benefits) -> pd.DataFrame:
    """Make a row per two options: how much more the other gives."""
    names = [scenario.name for scenario in settings.scenarios]
    rows = []
    for base, other in combinations(range(1, len(names)), 2):
        ahead = _ahead(benefits.expected_gain, benefits.gain, base, other)
        gain, low, high = _expected(ahead)
        rows.append(
            {
                "base": names[base],
                "other": names[other],
                "gain": gain,
                "low": low,
                "high": high,
                "probability_more": _share_above(ahead),
                "spend": float(benefits.spend[other].mean() - benefits.spend[base].mean()),
            }
        )
    return pd.DataFrame(rows)


def net_benefit_table(settings: DecideSettings, benefits: Benefits) -> pd.DataFrame:
    """Make a row per option and worth of a quality-adjusted life year."""
    worlds, rows = choices(settings), []
    for worth in settings.worth:
        net, runs = benefits.expected_net(worth), benefits.net(worth)
        chances = dict(zip(worlds, chance_of_best(net[worlds]), strict=True))
        regrets = dict(zip(worlds, expected_regret(net[worlds]), strict=True))
        best = _best(worlds, net, runs)
        for world, scenario in enumerate(settings.scenarios):
            ahead = _ahead(net, runs, TODAY, world)
            mean, low, high = _expected(ahead)
            rows.append(
                {
                    "option": scenario.name,
                    "worth": worth,
                    "net_benefit": mean,
                    "low": low,
                    "high": high,
                    "probability_above_0": _share_above(ahead),
                    "chance_best": chances.get(world, np.nan),
                    "regret": regrets.get(world, np.nan),
                    "standing": _standing(world, best) if world in worlds else OVER,
                }
            )
    return pd.DataFrame(rows)


def acceptability_table(settings: DecideSettings, benefits: Benefits) -> pd.DataFrame:
    """Make a row per choice and worth: how likely it has the highest net benefit."""
    worlds = choices(settings)
    _, health, spend = benefits.expected[:, worlds]
    chances = acceptability(health, spend, CURVE)
    names = [settings.scenarios[world].name for world in worlds]
    return pd.DataFrame(
        {
            "option": np.tile(np.array(names, object), len(CURVE)),
            "worth": np.repeat(CURVE, len(names)),
            "chance_best": chances.reshape(-1),
        }
    )


def plane_table(settings: DecideSettings, benefits: Benefits) -> pd.DataFrame:
    """Make a row per option and draw: expected gain, health and spend beyond today's."""
    beyond = benefits.expected - benefits.expected[:, :1]
    options, draws = len(settings.options), beyond.shape[2]
    names = np.array([option.name for option in settings.options], object)
    gain, health, spend = (part[1:].reshape(-1) for part in beyond)
    return pd.DataFrame(
        {
            "option": np.repeat(names, draws),
            "draw": np.tile(np.arange(draws), options),
            "gain": gain,
            "health": health,
            "spend": spend,
        }
    )


def spend_table(settings: DecideSettings, benefits: Benefits) -> pd.DataFrame:
    """Make a row per option and item: what it adds a year and once, by who pays."""
    worlds = range(1, len(settings.scenarios))
    return pd.DataFrame([row for world in worlds for row in _items(settings, benefits, world)])


def _items(settings: DecideSettings, benefits: Benefits, world: int) -> Iterator[dict[str, Any]]:
    at_medians, drawn = benefits.at_medians[world - 1], benefits.extra[world - 1]
    option = {"option": settings.options[world - 1].name}
    for perspective in PERSPECTIVES:
        yield {
            **option,
            "item": "in all",
            "payer": perspective,
            **_amounts("per_year", at_medians.yearly(perspective), drawn.yearly(perspective)),
            **_amounts("once", at_medians.once(perspective), drawn.once(perspective)),
        }
    nothing = np.zeros(1)
    for item in dict.fromkeys([*drawn.per_year, *drawn.start_up]):
        yearly, once = (
            (part.get(item, nothing), of_draws.get(item, nothing))
            for part, of_draws in (
                (at_medians.per_year, drawn.per_year),
                (at_medians.start_up, drawn.start_up),
            )
        )
        if yearly[1].any() or once[1].any():
            yield {
                **option,
                "item": item.label,
                "payer": item.payer,
                **_amounts("per_year", *yearly),
                **_amounts("once", *once),
            }


def _amounts(name: str, at_medians: Numbers, drawn: Numbers) -> dict[str, float]:
    """Give an amount at median prices, with the central 95% of its draws."""
    low, high = np.percentile(drawn, INTERVAL)
    return {name: float(at_medians[0]), f"{name}_low": float(low), f"{name}_high": float(high)}


def _gain(benefits: Benefits, world: int) -> dict[str, float]:
    ahead = _ahead(benefits.expected_gain, benefits.gain, TODAY, world)
    gain, low, high = _expected(ahead)
    return {
        "gain": gain,
        "gain_low": low,
        "gain_high": high,
        "probability_gain": _share_above(ahead),
    }


def _level(settings: DecideSettings, benefits: Benefits, world: int) -> float:
    """Give the outcome itself: benefits count more as better."""
    return settings.direction * float(benefits.expected_gain[world].mean())


def _ahead(expected: Numbers, runs: Numbers, base: int, other: int) -> Numbers:
    """Give by how much a world is expected ahead of another, the mean's own error included."""
    return with_error_of_mean(expected[other] - expected[base], runs[other] - runs[base])


def _expected(differences: Numbers) -> tuple[float, float, float]:
    """Average expectations over draws, with the central 95% of them."""
    low, high = np.percentile(differences, INTERVAL)
    return float(differences.mean()), float(low), float(high)


def _spend(settings: DecideSettings, benefits: Benefits, world: int) -> dict[str, float]:
    """Sum up what is spent beyond today's, at the prices by which a budget is checked."""
    at_medians, drawn = benefits.at_medians[world - 1], benefits.extra[world - 1]
    steady = float(at_medians.yearly(LOCAL)[0])
    first_year = _amounts("first_year", at_medians.first_year(LOCAL), drawn.first_year(LOCAL))
    gain = _gain(benefits, world)
    # Spending is a year's men's, and so must be a gain per man of which it is the price.
    men = 1.0 if counts_men(settings.outcome) else men_a_year(settings.today.setting)
    per_gain = 1.0 / (men * gain["gain"]) if gain["gain_low"] > 0.0 else np.nan
    return {
        **first_year,
        "per_year": steady,
        "health_per_year": float(at_medians.yearly(HEALTH)[0]),
        "justice_per_year": float(at_medians.yearly(JUSTICE)[0]),
        "spend_per_gain": first_year["first_year"] * per_gain,
        "steady_per_gain": steady * per_gain,
    }


def _standing(world: int, best: Best) -> str:
    if world == best.option:
        return BEST
    return RIVAL if world in best.rivals else "behind"


def _share_above(differences: Numbers) -> float:
    """Give the share of draws above 0; ties count half."""
    return float((np.sign(differences).mean() + 1.0) / 2.0)


def _rival(code: int) -> str:
    return str(find_parameter(STRUCTURE)[1].choices[code])
