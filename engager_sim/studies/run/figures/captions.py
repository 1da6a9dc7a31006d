"""What the captions of a run's pictures share: whose men, how many replicates, which intervals."""

from collections.abc import Iterable

from engager_sim.figures import style
from engager_sim.studies.run.course_summary import Group
from engager_sim.studies.run.study import RunResult


def group_name(group: Group, groups: Iterable[Group]) -> str:
    """Name a scenario, and its arm where it has two."""
    arms = [other.arm for other in groups if other.scenario == group.scenario]
    scenarios = list(dict.fromkeys(other.scenario for other in groups))
    return style.titled(group.scenario, group.arm if len(arms) > 1 else None, scenarios)


def page_of(result: RunResult, layout: style.Panels, what: str, note: str) -> style.Page:
    """Lay out a figure under the questions of the scenarios."""
    questions = {scenario.name: scenario.question for scenario in result.workload.scenarios}
    return style.page(layout, what, questions, note)


def averaged_over(replicates: int) -> str:
    """Say over how many replicates there is a mean."""
    return "one replicate" if replicates == 1 else f"mean of {replicates} replicates"


def interval_note(result: RunResult, mark: str) -> str:
    """Say what the intervals hold that ``mark`` shows, or why there are none."""
    shown = f"{mark}: 95% intervals. " if result.replicates > 1 else ""
    return f"{shown}{result.intervals.line}"
