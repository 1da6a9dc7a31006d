"""What every run of a scenario is made from, and what is wanted of it."""

from dataclasses import dataclass
from operator import index

import numpy as np
import numpy.typing as npt

from engager_sim.errors import UsageError
from engager_sim.scenarios.fitted_parameters import REPLICATES_PER_DRAW, FittedParameters
from engager_sim.scenarios.scenario import Scenario
from engager_sim.world.dice import MAX_SEED
from engager_sim.world.population import Entry
from engager_sim.world.records import ARMS, World

MAX_REPLICATES = 1_000_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What every run of one scenario is made from, and what is wanted of it.

    Attributes
    ----------
    scenario : str
        Its name, for messages.
    template : World
        Its agencies, teams and posts; not changed by a run.
    theories : structured array, shape (2,)
        One theory per arm.
    weeks_before : int
        Weeks before release with which the weekly tables begin.
    weekly, leavers, events : bool
        Whether weekly sums, the men's records and the event log are wanted.
    check : bool
        Whether to look at every declared range after every week.
    drawn : structured array, shape (draws, 2), or None
        Theories in place of the scenario's, if parameters are drawn; two replicates under each, one
        after the other, then from the first again.
    """

    scenario: str
    template: World
    theories: np.recarray
    entry: Entry
    weeks: int
    weeks_before: int
    seed: int
    weekly: bool
    leavers: bool
    events: bool
    check: bool
    drawn: npt.NDArray[np.void] | None = None

    def theories_of(self, replicate: int) -> np.recarray:
        """Give the theories of both arms in one replicate."""
        if self.drawn is None:
            return self.theories
        draw = replicate // REPLICATES_PER_DRAW % len(self.drawn)
        theories: np.recarray = self.drawn[draw].view(np.recarray)
        return theories


def refuse_unusable_numbers(replicates: int, seed: int, threads: int | None) -> None:
    """Raise UsageError unless so many replicates, this seed and so many threads can be used."""
    for name, value, low, high, shown in (
        ("replicates", replicates, 1, MAX_REPLICATES, f"1 to {MAX_REPLICATES:,}"),
        ("seed", seed, 0, MAX_SEED, f"0 to {MAX_SEED} (2^64 - 1)"),
        ("threads", threads, 1, 4096, "1 to 4096"),
    ):
        if value is None:
            continue
        try:
            index(value)
        except TypeError as fault:
            raise UsageError(
                "this should be a whole number", key=name, value=value, allowed=shown
            ) from fault
        if not low <= value <= high:
            raise UsageError("this number is out of range", key=name, value=value, allowed=shown)


def arms_with_men(plan: Plan) -> tuple[int, ...]:
    """List the arms to which a plan sends men."""
    given = plan.template.given["arm"]
    drawn = bool(np.isnan(given).any())
    return tuple(
        arm
        for arm in range(len(ARMS))
        if (given == arm).any() or (drawn and plan.entry.allocation[arm] > 0)
    )


def plan_of(
    scenario: Scenario,
    seed: int,
    fitted: FittedParameters | None = None,
    *,
    weekly: bool = False,
    leavers: bool = False,
    events: bool = False,
    check: bool = False,
) -> Plan:
    """Make the plan of every run of a scenario.

    Parameters
    ----------
    fitted : FittedParameters, optional
        Where parameters are drawn from; the scenario's own unless given.
    weekly, leavers, events, check : bool
        What is wanted of each run: see :class:`~engager_sim.runs.plan.Plan`.
    """
    template, entry = scenario.template(), scenario.entry()
    given = template.given["weeks_to_release"]
    longest = np.where(np.isnan(given), entry.longest_to_release, given).max()
    return Plan(
        scenario=scenario.name,
        template=template,
        theories=scenario.theories(),
        entry=entry,
        weeks=scenario.weeks(),
        weeks_before=int(longest),
        seed=seed,
        weekly=weekly,
        leavers=leavers,
        events=events,
        check=check,
        drawn=None if fitted is None else fitted.under_every_draw(scenario),
    )
