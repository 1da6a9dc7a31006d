"""The course of runs in a few numbers: measures by week, and ties, averaged over replicates."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.designs.execution.store import Store
from engager_sim.runs.plan import arms_with_men
from engager_sim.runs.tables.agencies import SHARED, STRENGTHS
from engager_sim.runs.tables.weeks import CAUSES, exit_column
from engager_sim.statistics.intervals import estimate
from engager_sim.studies.run.course_runs import TIES, WEEKLY, CourseRuns
from engager_sim.studies.run.replicate_values import replicate_values
from engager_sim.world.records import ARMS

MEASURES = (
    "men",
    "in_contact",
    "trust",
    "rapport",
    "understanding",
    "motivation",
    *(exit_column(cause) for cause in CAUSES),
)
"""Columns of the weekly table that are averaged."""

ENOUGH_MEN = 0.5
"""A week counts if at least this share of a group's men is followed in it."""


class Course(NamedTuple):
    """A measure by week: its mean over replicates and the ends of its 95% interval."""

    week: npt.NDArray[np.int64]
    mean: npt.NDArray[np.float64]
    low: npt.NDArray[np.float64]
    high: npt.NDArray[np.float64]

    def during(self, chosen: npt.NDArray[np.bool_]) -> "Course":
        """Take some of the weeks."""
        return Course(self.week[chosen], self.mean[chosen], self.low[chosen], self.high[chosen])


class Group(NamedTuple):
    """The men of one arm of a scenario."""

    scenario: str
    arm: str


type Courses = Mapping[Group, Mapping[str, Course]]
"""For each group of men, the course of each measure."""


def weekly_courses(store: Store, workload: CourseRuns, replicates: int) -> Courses:
    """Average the weekly table of men over replicates, week by week.

    Weeks are counted from release. A group in which no run has a man is left out.
    """
    rows = _rows_per_replicate(workload, WEEKLY)
    drawn = None if workload.fitted is None else workload.fitted.drawn(replicates)
    estimates = [{name: np.full((count, 3), np.nan) for name in MEASURES} for count in rows]
    for values in replicate_values(store, WEEKLY, MEASURES, rows, replicates):
        estimated = estimates[values.scenario][values.column]
        for index, numbers in enumerate(values.numbers.T):
            estimated[values.first_row + index] = estimate(numbers, drawn)[:3]
    return {
        group: courses
        for point, estimated in enumerate(estimates)
        for group, courses in _by_arm(workload, point, estimated)
        if courses["men"].mean.any()
    }


def _by_arm(
    workload: CourseRuns, point: int, estimated: Mapping[str, npt.NDArray[np.float64]]
) -> Iterator[tuple[Group, Mapping[str, Course]]]:
    """Divide a scenario's measures, of shape (arms and weeks, 3), by arm."""
    plan, name = workload.plan(point), workload.scenarios[point].name
    arms = arms_with_men(plan)
    for arm, *measures in zip(
        arms, *(np.split(numbers, len(arms)) for numbers in estimated.values()), strict=True
    ):
        week = np.arange(len(measures[0])) - plan.weeks_before
        courses = {
            measure: Course(week, *numbers.T)
            for measure, numbers in zip(estimated, measures, strict=True)
        }
        yield Group(name, ARMS[arm]), courses


def followed(courses: Mapping[str, Course]) -> Mapping[str, Course]:
    """Take, of one group's courses, the weeks in which enough men are followed."""
    men = courses["men"].mean
    enough = men >= ENOUGH_MEN * men.max()
    return {name: course.during(enough) for name, course in courses.items()}


def mean_ties(store: Store, workload: CourseRuns, replicates: int) -> pd.DataFrame:
    """Average ties over replicates: their ends, both strengths, and what they share."""
    rows = _rows_per_replicate(workload, TIES)
    means = [{name: np.full(count, np.nan) for name in STRENGTHS} for count in rows]
    for values in replicate_values(store, TIES, STRENGTHS, rows, replicates):
        end = values.first_row + values.numbers.shape[1]
        averaged = means[values.scenario][values.column]
        averaged[values.first_row : end] = values.numbers.mean(axis=0)
    frames = []
    for point, scenario in enumerate(workload.scenarios):
        ties = workload.plan(point).template.ties
        names = np.array([agency.name for agency in scenario.setting.agencies], object)
        ends = {"from": names[ties["first"]], "to": names[ties["second"]]}
        shared = {name: ties[name] == 1 for name in SHARED}
        frames.append(pd.DataFrame({"scenario": scenario.name, **ends, **means[point], **shared}))
    return pd.concat(frames, ignore_index=True)


def _rows_per_replicate(workload: CourseRuns, table: str) -> Sequence[int]:
    return [workload.shapes(point)[table].rows for point in range(workload.points)]
