"""The data of the line charts: lines over the weeks for one world or two."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from engager_sim.browser.watched_world import WatchedWorld
from engager_sim.figures import style
from engager_sim.week.tallies import MEN_MEANINGS
from engager_sim.world.records import OPEN

type Line = npt.NDArray[np.float64]
type Mask = npt.NDArray[np.bool_]
type Measure = Callable[[WatchedWorld, int | None], Line]


class Series(NamedTuple):
    """One line of a chart: its name, colour, meaning and measure."""

    name: str
    colour: str
    meaning: str
    measure: Measure


class Chart(NamedTuple):
    """One chart: lines that share a unit; ``high`` is the end of its axis, 0 if the data decide."""

    title: str
    unit: str
    meaning: str
    high: float
    series: tuple[Series, ...]


def _entered(world: WatchedWorld, arm: int | None) -> Mask:
    """Tell, by week, which leavers of an arm have entered; shape (weeks + 1, leavers)."""
    weeks = np.arange(world.week + 1)[:, np.newaxis]
    entered: Mask = world.world.leavers["entry_week"] < weeks
    return entered & world.in_arm(arm)


def _followed(world: WatchedWorld, arm: int | None) -> Mask:
    weeks = np.arange(world.week + 1)[:, np.newaxis]
    in_follow_up: Mask = weeks <= world.world.leavers["last_week"] + 1
    return _entered(world, arm) & in_follow_up


def _leaver_history(world: WatchedWorld, name: str) -> npt.NDArray[np.float32]:
    return world.history["leavers"][name][: world.week + 1]


def _count_of_leavers(name: str, value: int) -> Measure:
    def measure(world: WatchedWorld, arm: int | None) -> Line:
        chosen = (_leaver_history(world, name) == value) & _followed(world, arm)
        return np.asarray(chosen.sum(axis=1), np.float64)

    return measure


def _mean_over_leavers(name: str) -> Measure:
    def measure(world: WatchedWorld, arm: int | None) -> Line:
        return _means(_leaver_history(world, name), _entered(world, arm))

    return measure


def mean_growth_speed(world: WatchedWorld, arm: int | None) -> Line:
    """Average the growth speed of the last session over leavers in support, by week."""
    speeds = _leaver_history(world, "growth_speed")
    supported = (_leaver_history(world, "episode") == OPEN) & (speeds > 0.0)
    return _means(speeds, supported & _followed(world, arm))


mean_trust = _mean_over_leavers("trust")


def _mean_over_staff(kind: str, name: str) -> Measure:
    """Measure a mean over the posts or places of a kind of staff that are filled."""

    def measure(world: WatchedWorld, arm: int | None) -> Line:
        staff = world.history[kind]
        filled = staff["vacancy"][: world.week + 1] <= 0.0
        if arm is not None:
            teams = getattr(world.world, kind)["team"]
            filled &= world.world.teams["arm"][teams] == arm
        return _means(staff[name][: world.week + 1], filled)

    return measure


def _ties(world: WatchedWorld, arm: int | None) -> Line:  # noqa: ARG001 - ties belong to no arm
    strengths = world.history["ties"]["strength"][: world.week + 1]
    return _means(strengths, np.ones(strengths.shape, bool))


def _means(values: npt.NDArray[np.float32], chosen: Mask) -> Line:
    """Average each row over the chosen; NaN where none is."""
    counts = chosen.sum(axis=1)
    sums = np.where(chosen, values.astype(np.float64), 0.0).sum(axis=1)
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)


CHARTS: tuple[Chart, ...] = (
    Chart(
        "Who is engaged",
        "men",
        "How many men have been seen lately, with support open or not, and for how many it is "
        "open. A visit to any service counts, in both arms.",
        0.0,
        (
            Series(
                "engaged",
                style.BLUE,
                MEN_MEANINGS["in_contact"][0],
                _count_of_leavers("engaged", 1),
            ),
            Series(
                "support open",
                style.FAINT,
                "an episode of support is open",
                _count_of_leavers("episode", OPEN),
            ),
        ),
    ),
    Chart(
        "The relationship",
        "0 to 1",
        "Means over the men who have entered, also those whose support has ended.",
        1.0,
        (
            Series(
                "trust",
                style.BLUE,
                "slow and easily lost; decides what he tells and whether he stays",
                mean_trust,
            ),
            Series(
                "rapport",
                style.ORANGE,
                "fast, fades without contact; decides whether he comes",
                _mean_over_leavers("rapport"),
            ),
            Series(
                "understanding",
                style.GREEN,
                "how deeply his concerns are understood together; decides how well help fits",
                _mean_over_leavers("understanding"),
            ),
            Series(
                "motivation",
                style.PURPLE,
                "motivation of his own",
                _mean_over_leavers("autonomous"),
            ),
        ),
    ),
    Chart(
        "Staff and agencies",
        "0 to 1",
        "Practitioners change first, then the men: ties and supported practice decide how fast a "
        "relationship can grow.",
        1.0,
        (
            Series(
                "speed of growth",
                style.BLACK,
                "how fast the relationship could grow in the last session, as a part of full speed",
                mean_growth_speed,
            ),
            Series(
                "burnout",
                style.VERMILLION,
                "mean exhaustion of the practitioners in post",
                _mean_over_staff("practitioners", "burnout"),
            ),
            Series(
                "supervisors' strain",
                style.ORANGE,
                "mean strain of the supervisors in post, who are asked for more than they can give",
                _mean_over_staff("supervisors", "strain"),
            ),
            Series(
                "ties", style.SKY, "mean strength of the working ties between all agencies", _ties
            ),
        ),
    ),
)
"""The line charts of the page."""


def charts_view(worlds: list[WatchedWorld], arm: int | None) -> list[dict[str, Any]]:
    """Give every line chart for one world or two, up to the current week."""
    weeks = worlds[0].model.weeks
    return [
        {
            **{name: getattr(chart, name) for name in ("title", "unit", "meaning", "high")},
            "weeks": weeks,
            "series": [
                {name: getattr(series, name) for name in ("name", "colour", "meaning")}
                | {"worlds": [_json_values(series.measure(world, arm)) for world in worlds]}
                for series in chart.series
            ],
        }
        for chart in CHARTS
    ]


def _json_values(line: Line) -> list[float | None]:
    return [None if np.isnan(value) else round(float(value), 4) for value in line]
