"""What the charts show: lines over the weeks for one world or two, and exits by cause."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from engager_sim.browser.watched_world import WatchedWorld
from engager_sim.figures import style
from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from engager_sim.world.records import OPEN

type Line = npt.NDArray[np.float64]


class Series(NamedTuple):
    """One line of a chart: its name, colour and meaning, and how it is measured."""

    name: str
    colour: str
    meaning: str
    measure: Callable[[WatchedWorld, int | None], Line]


class Chart(NamedTuple):
    """One chart: lines that share a unit; ``high`` is the end of its axis, 0 if the data decide."""

    title: str
    unit: str
    meaning: str
    high: float
    series: tuple[Series, ...]


def _entered(world: WatchedWorld, arm: int | None) -> npt.NDArray[np.bool_]:
    """Tell, for every week so far, which men of an arm have entered; shape (weeks + 1, men)."""
    weeks = np.arange(world.week + 1)[:, np.newaxis]
    found: npt.NDArray[np.bool_] = (world.world.leavers["entry_week"] < weeks) & world.men_of(arm)
    return found


def _followed(world: WatchedWorld, arm: int | None) -> npt.NDArray[np.bool_]:
    weeks = np.arange(world.week + 1)[:, np.newaxis]
    found: npt.NDArray[np.bool_] = _entered(world, arm) & (
        weeks <= world.world.leavers["last_week"] + 1
    )
    return found


def _men(world: WatchedWorld, name: str) -> npt.NDArray[np.float32]:
    return world.course["leavers"][name][: world.week + 1]


def _in_contact(world: WatchedWorld, arm: int | None) -> Line:
    return _counts((_men(world, "engaged") == 1) & _followed(world, arm))


def _supported(world: WatchedWorld, arm: int | None) -> Line:
    return _counts((_men(world, "episode") == OPEN) & _followed(world, arm))


def _counts(chosen: npt.NDArray[np.bool_]) -> Line:
    counts: Line = chosen.sum(axis=1).astype(np.float64)
    return counts


def _mean_of(name: str) -> Callable[[WatchedWorld, int | None], Line]:
    def measure(world: WatchedWorld, arm: int | None) -> Line:
        return _means(_men(world, name), _entered(world, arm))

    return measure


def speed_of_growth(world: WatchedWorld, arm: int | None) -> Line:
    """Average, over men in support, how fast the relationship could grow in the last session."""
    speeds = _men(world, "growth_speed")
    chosen = (_men(world, "episode") == OPEN) & (speeds > 0.0) & _followed(world, arm)
    return _means(speeds, chosen)


def mean_trust(world: WatchedWorld, arm: int | None) -> Line:
    """Average trust over the men who have entered."""
    return _means(_men(world, "trust"), _entered(world, arm))


def _burnout(world: WatchedWorld, arm: int | None) -> Line:
    posts = world.course["practitioners"]
    filled = posts["vacancy"][: world.week + 1] <= 0.0
    if arm is not None:
        filled &= world.world.practitioners["arm"] == arm
    return _means(posts["burnout"][: world.week + 1], filled)


def _ties(world: WatchedWorld, arm: int | None) -> Line:  # noqa: ARG001 - ties belong to no arm
    strengths = world.course["ties"]["strength"][: world.week + 1]
    return _means(strengths, np.ones(strengths.shape, bool))


def _means(values: npt.NDArray[np.float32], chosen: npt.NDArray[np.bool_]) -> Line:
    """Average each row over the chosen; NaN where none is."""
    counts = chosen.sum(axis=1)
    sums = np.where(chosen, values.astype(np.float64), 0.0).sum(axis=1)
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)


CHARTS: tuple[Chart, ...] = (
    Chart(
        "Who is engaged",
        "men",
        "How many men have been seen lately, with support open or not, and for how many it is "
        "open. In usual care a visit to any service counts.",
        0.0,
        (
            Series("engaged", style.BLUE, "at liberty and seen in the last four weeks by his "
                   "practitioner or a service handed on to (usual care: or any service)",
                   _in_contact),
            Series("support open", style.FAINT, "an episode of support is open", _supported),
        ),
    ),
    Chart(
        "The relationship",
        "0 to 1",
        "Means over the men who have entered, also those whose support has ended.",
        1.0,
        (
            Series("trust", style.BLUE, "slow and easily lost; decides what he tells and whether "
                   "he stays", mean_trust),
            Series("rapport", style.ORANGE, "fast, fades without contact; decides whether he comes",
                   _mean_of("rapport")),
            Series("understanding", style.GREEN, "how deeply his concerns are understood together; "
                   "decides how well help fits", _mean_of("understanding")),
            Series("motivation", style.PURPLE, "motivation of his own", _mean_of("autonomous")),
        ),
    ),
    Chart(
        "Staff and agencies",
        "0 to 1",
        "Practitioners change first, then the men: ties and supported practice decide how fast a "
        "relationship can grow.",
        1.0,
        (
            Series("speed of growth", style.BLACK, "how fast the relationship could grow in the "
                   "last session, as a part of full speed",
                   speed_of_growth),
            Series("burnout", style.VERMILLION, "mean exhaustion of the practitioners in post",
                   _burnout),
            Series("ties", style.SKY, "mean strength of the working ties between all agencies",
                   _ties),
        ),
    ),
)  # fmt: skip
"""The line charts of the page."""


def charts_view(worlds: list[WatchedWorld], arm: int | None) -> list[dict[str, Any]]:
    """Give every line chart for one world or two, up to the week that is shown."""
    weeks = worlds[0].model.weeks
    return [
        {
            "title": chart.title,
            "unit": chart.unit,
            "meaning": chart.meaning,
            "high": chart.high,
            "weeks": weeks,
            "series": [
                {
                    "name": series.name,
                    "colour": series.colour,
                    "meaning": series.meaning,
                    "worlds": [_plain(series.measure(world, arm)) for world in worlds],
                }
                for series in chart.series
            ],
        }
        for chart in CHARTS
    ]


def exits_view(worlds: list[WatchedWorld], arm: int | None) -> list[dict[str, Any]]:
    """Count, for every cause, the men whose first support has ended so, in each world."""
    counts = []
    for world in worlds:
        ended = world.world.leavers["first_exit"][world.men_of(arm)]
        counts.append(np.bincount(ended, minlength=len(Exit)))
    return [
        {"cause": EXIT_MEANINGS[cause], "worlds": [int(count[cause]) for count in counts]}
        for cause in Exit
        if cause is not Exit.NONE
    ]


def _plain(line: Line) -> list[float | None]:
    return [None if np.isnan(value) else round(float(value), 4) for value in line]
