"""The worlds in which a trial is run: of every size, with every set of ideal parts, arms apart."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from engager_sim.runs.counterfactual import BothArms, both_arms
from engager_sim.runs.plan import Plan, plan_of
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.trial.separate_agencies import agencies_apart
from engager_sim.studies.trial.settings import TrialStudy
from engager_sim.studies.trial.sizes import of_size
from engager_sim.studies.trial.undiluted_delivery import CORNERS, corner_of


@dataclass(frozen=True)
class TrialWorld:
    """A scenario, and the plan from which its replicates are run.

    Attributes
    ----------
    scenario : Scenario
        What is run.
    seed : int
        Of all replicates.
    fitted : FittedParameters or None
        Where each replicate's parameters are drawn from; the scenario's own if nowhere.
    undivided : TrialWorld or None
        The world before its agencies were divided, in which teams of both arms share sites.
    """

    scenario: Scenario
    seed: int
    fitted: FittedParameters | None = None
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

    def both_arms(self, replicate: int) -> BothArms:
        """Run one replicate as dealt and with arms swapped."""
        sites = None if self.undivided is None else self.undivided.plan.template
        return both_arms(self.plan, replicate, sites)


@dataclass(frozen=True)
class Worlds:
    """All worlds of a study.

    Attributes
    ----------
    of_size : dict of int to TrialWorld
        The trial as delivered, by number of men.
    corners : tuple of TrialWorld
        The trial of the study's own size with every set of ideal parts; the first as delivered.
    apart : TrialWorld or None
        The same as delivered, with agencies of its own for each arm, where they can be divided.
    """

    of_size: dict[int, TrialWorld]
    corners: tuple[TrialWorld, ...]
    apart: TrialWorld | None


def worlds_of(study: TrialStudy, fitted: FittedParameters | None) -> Worlds:
    """Make all worlds of a study."""

    def world(scenario: Scenario) -> TrialWorld:
        return TrialWorld(scenario, study.seed, fitted)

    sized = {men: world(of_size(study.scenario, men)) for men in study.men}
    delivered = sized[study.size]
    corners = [
        delivered if corner == 0 else world(corner_of(delivered.scenario, study.ideal, corner))
        for corner in range(CORNERS)
    ]
    divided = agencies_apart(delivered.scenario)
    apart = None
    if divided is not None:
        apart = TrialWorld(divided, study.seed, fitted, delivered)
    return Worlds(sized, tuple(corners), apart)
