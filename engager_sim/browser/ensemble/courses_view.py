"""The data of the charts by week since release: means over replicates with their intervals."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from engager_sim.browser.ensemble.background import Answer
from engager_sim.browser.ensemble.outcomes_view import ComparedColumn, Side
from engager_sim.browser.ensemble.replicates import COURSES, Numbers, Replicates
from engager_sim.figures import style
from engager_sim.scenarios.fitted_parameters import Drawn
from engager_sim.statistics.intervals import estimate
from engager_sim.week.tallies import MEN_MEANINGS

FIRST_WEEK, STEP = -8, 2
"""The first week shown, counted from release, and how many weeks lie between two points."""


class CourseChart(NamedTuple):
    """One chart: a measure, its title and colour, and the end of its axis."""

    measure: str
    title: str
    colour: str
    high: float


CHARTS = (
    CourseChart("in_contact", "In contact with a service", style.BLUE, 1.0),
    CourseChart("trust", "Trust", style.GREEN, 1.0),
    CourseChart("crisis", "Crisis", style.VERMILLION, 1.0),
    CourseChart("distress", "Distress", style.PURPLE, 40.0),
)


def courses_view(
    answer: Answer[Replicates], columns: Sequence[ComparedColumn]
) -> list[dict[str, Any]]:
    """Give every chart, with a line for each side of the comparison that the columns show."""
    drawn = answer.question.fitted
    draws = None if drawn is None else drawn.drawn(answer.done)
    sides = [column for column in columns if column.less is None]
    return [_chart(chart, answer, sides, draws) for chart in CHARTS]


def _chart(
    chart: CourseChart,
    answer: Answer[Replicates],
    sides: Sequence[ComparedColumn],
    drawn: Drawn | None,
) -> dict[str, Any]:
    meaning, unit = MEN_MEANINGS[chart.measure]
    first = answer.worlds[0].first_week
    weeks = range(max(first, FIRST_WEEK), first + answer.worlds[0].courses.shape[-1], STEP)
    lines = []
    for column in sides:
        means = _course(chart, answer.worlds, column.side, weeks)
        this = _course(chart, answer.watched, column.side, weeks)[0]
        ends = [estimate(values, drawn)[:3] for values in means.T]
        lines.append(
            {
                "name": column.title,
                **{
                    name: [_number(np.clip(end[at], 0.0, chart.high)) for end in ends]
                    for at, name in enumerate(("mean", "low", "high"))
                },
                "this": [_number(value) for value in this],
            }
        )
    return {
        "title": chart.title,
        "meaning": f"{meaning[:1].upper()}{meaning[1:]} ({unit}).",
        "colour": chart.colour,
        "top": chart.high,
        "share": unit == "share",
        "weeks": list(weeks),
        "lines": lines,
    }


def _course(chart: CourseChart, worlds: Sequence[Replicates], side: Side, weeks: range) -> Numbers:
    """Give a measure in every replicate and week, shape (replicates, weeks)."""
    world = worlds[side.world]
    at = slice(weeks.start - world.first_week, None, STEP)
    return world.courses[:, side.group, COURSES.index(chart.measure), at].astype(np.float64)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 4)
