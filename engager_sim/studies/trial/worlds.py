"""The worlds of a trial: every size, every set of undiluted parts, separate agencies."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from engager_sim.runs.counterfactual import BothArms, both_arms
from engager_sim.runs.plan import Plan, plan_of
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.trial.separate_agencies import separate_agencies
from engager_sim.studies.trial.settings import TrialStudy
from engager_sim.studies.trial.sizes import resized
from engager_sim.studies.trial.undiluted_delivery import CORNERS, corner_scenario


@dataclass(frozen=True)
class TrialWorld:
    """A scenario, and the plan from which its replicates are run."""

    scenario: Scenario
    seed: int  # of all replicates
    # Where each replicate's parameters are drawn from; the scenario's own if nowhere.
    fitted: FittedParameters | None = None
    # The world before its agencies were divided, in which teams of both arms share sites.
    undivided: "TrialWorld | None" = None

    @cached_property
    def plan(self) -> Plan:
        """The plan of every replicate."""
        wanted = {"weekly": False, "leavers": True, "events": False, "check": False}
        return plan_of(self.scenario, self.seed, self.fitted, **wanted)

    @property
    def site(self) -> npt.NDArray[np.int64]:
        """The site of each team."""
        return np.asarray(self.plan.template.teams["site"])

    @property
    def leaver_weeks(self) -> int:
        """About how many weeks of leavers' lives one run passes."""
        return self.scenario.leaver_weeks(self.scenario.setting.population.leavers)

    def both_arms(self, replicate: int) -> BothArms:
        """Run one replicate as dealt and with arms swapped."""
        sites = None if self.undivided is None else self.undivided.plan.template
        return both_arms(self.plan, replicate, sites)


@dataclass(frozen=True)
class TrialWorlds:
    """All worlds of a study."""

    by_size: dict[int, TrialWorld]  # the trial as delivered, by number of men
    # The trial of the study's own size with every set of undiluted parts; the first as delivered.
    corners: tuple[TrialWorld, ...]
    # The same as delivered, with separate agencies for each arm, where they can be divided.
    separate: TrialWorld | None

    @property
    def delivered(self) -> TrialWorld:
        """The trial of the study's own size, as delivered."""
        return self.corners[0]

    @property
    def all(self) -> list[TrialWorld]:
        """Every world once."""
        separate = [] if self.separate is None else [self.separate]
        return [*self.by_size.values(), *self.corners[1:], *separate]


def trial_worlds(study: TrialStudy, fitted: FittedParameters | None) -> TrialWorlds:
    """Make all worlds of a study."""

    def world(scenario: Scenario) -> TrialWorld:
        return TrialWorld(scenario, study.seed, fitted)

    by_size = {men: world(resized(study.scenario, men)) for men in study.men}
    delivered = by_size[study.size]
    corners = [
        delivered
        if corner == 0
        else world(corner_scenario(delivered.scenario, study.undiluted, corner))
        for corner in range(CORNERS)
    ]
    divided = separate_agencies(delivered.scenario)
    separate = None
    if divided is not None:
        separate = TrialWorld(divided, study.seed, fitted, delivered)
    return TrialWorlds(by_size, tuple(corners), separate)
