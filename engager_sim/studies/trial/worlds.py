"""The worlds of a trial: every design, every set of undiluted parts, separate agencies."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt

from engager_sim.runs.counterfactual import BothArms, Men, arms_swapped
from engager_sim.runs.one_run import RunRecord, run_once
from engager_sim.runs.plan import Plan, plan_of
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.trial.separate_agencies import separate_agencies
from engager_sim.studies.trial.settings import TrialStudy
from engager_sim.studies.trial.sizes import resized, staffed
from engager_sim.studies.trial.streams import ALLOCATION, random_numbers
from engager_sim.studies.trial.trial_men import NOBODY, TrialMen, Whole, first_practitioners
from engager_sim.studies.trial.undiluted_delivery import CORNERS, corner_scenario
from engager_sim.world.records import ARMS, PROGRAMME, USUAL_CARE

BLOCK = 4
"""Men of a block in which two are allocated to each of two services."""

type TrialSize = tuple[int, int]
"""Men in both arms, and practitioners of the programme."""


class WorldOfDesign(Protocol):
    """Where one design of a trial takes place."""

    @property
    def plan(self) -> Plan:
        """A plan whose runs call all that its runs call."""

    @property
    def site(self) -> npt.NDArray[np.int64]:
        """The site of each team."""

    @property
    def leaver_weeks(self) -> int:
        """About how many weeks of leavers' lives one of its two runs passes."""

    def dealt(self, replicate: int) -> Men:
        """Give the men's records at the end, as they were allocated."""

    def men(self, replicate: int) -> TrialMen:
        """Run one replicate as allocated, and with every man in the other arm."""


@dataclass(frozen=True)
class TrialWorld:
    """A scenario with two arms in one world, and the plan from which its replicates are run."""

    scenario: Scenario
    seed: int  # of all replicates
    # Where each replicate's parameters are drawn from; the scenario's own if nowhere.
    fitted: FittedParameters | None = None
    # The world before its agencies were divided, in which teams of both arms share sites.
    undivided: "TrialWorld | None" = None
    clustered: tuple[str, ...] = ARMS[:1]  # arms in which practitioners cluster men

    @cached_property
    def plan(self) -> Plan:
        """The plan of every replicate."""
        wanted = {"weekly": False, "leavers": True, "events": True, "check": False}
        return plan_of(self.scenario, self.seed, self.fitted, **wanted)

    @property
    def site(self) -> npt.NDArray[np.int64]:
        """The site of each team."""
        return np.asarray(self.plan.template.teams["site"])

    @property
    def leaver_weeks(self) -> int:
        """About how many weeks of leavers' lives one run passes."""
        return self.scenario.leaver_weeks(self.scenario.setting.population.leavers)

    def dealt(self, replicate: int) -> Men:
        """Give the men's records at the end, as they were allocated."""
        return men_of(run_once(dataclasses.replace(self.plan, events=False), replicate))

    def men(self, replicate: int) -> TrialMen:
        """Run one replicate as allocated and with arms swapped."""
        dealt, practitioner = self.logged(replicate)
        sites = self.plan if self.undivided is None else self.undivided.plan
        template = arms_swapped(self.plan, dealt, replicate, sites.template)
        swapped = dataclasses.replace(self.plan, template=template, events=False)
        both = BothArms(dealt, men_of(run_once(swapped, replicate)))
        clustered = [ARMS.index(arm) for arm in self.clustered]
        return TrialMen(both, np.where(np.isin(dealt["arm"], clustered), practitioner, NOBODY))

    def logged(self, replicate: int) -> tuple[Men, Whole]:
        """Run one replicate; give men's records, and who was first given each."""
        run = run_once(self.plan, replicate)
        if run.events is None:
            raise AssertionError("the plan asks for the event log")
        return men_of(run), first_practitioners(run.events)


@dataclass(frozen=True)
class TwoServices:
    """Two services, each as its scenario describes it, between which a trial divides its men.

    All men live in each service's world, and the trial has of each man the life in the service to
    which he is allocated. So staff are as busy, and places as scarce, as the scenarios say: each
    service has as many men again who are not in the trial. The services share nothing.
    """

    programme: TrialWorld
    usual_care: TrialWorld

    @property
    def plan(self) -> Plan:
        """The plan of the one service; the other's calls the same."""
        return self.programme.plan

    @property
    def site(self) -> npt.NDArray[np.int64]:
        """The site of each team: one and the same, because no team has another's number."""
        teams = max(len(self.programme.site), len(self.usual_care.site))
        return np.zeros(teams, np.int64)

    @property
    def leaver_weeks(self) -> int:
        """About how many weeks of leavers' lives a run passes."""
        return max(self.programme.leaver_weeks, self.usual_care.leaver_weeks)

    def dealt(self, replicate: int) -> Men:
        """Give the men's records at the end, as they were allocated."""
        worlds = (self.programme.dealt(replicate), self.usual_care.dealt(replicate))
        return self._allocated(*worlds, self._arms(replicate, len(worlds[0])))

    def men(self, replicate: int) -> TrialMen:
        """Run one replicate of each service, and allocate the men."""
        (programme, first), (usual_care, second) = (
            world.logged(replicate) for world in (self.programme, self.usual_care)
        )
        arm = self._arms(replicate, len(programme))
        both = BothArms(
            self._allocated(programme, usual_care, arm),
            self._allocated(programme, usual_care, len(ARMS) - 1 - arm),
        )
        whose = np.where(arm == PROGRAMME, first, second)
        clustered = [ARMS.index(name) for name in self.programme.clustered]
        return TrialMen(both, np.where(np.isin(arm, clustered), whose, NOBODY))

    def _arms(self, replicate: int, men: int) -> Whole:
        """Allocate men in permuted blocks, so that an added man changes no other man's arm."""
        dice = random_numbers(self.programme.seed, replicate, ALLOCATION)
        lots = dice.random((men // BLOCK + 1, BLOCK))
        ahead = lots.argsort(axis=1).argsort(axis=1) < BLOCK // 2
        return np.where(ahead, PROGRAMME, USUAL_CARE).ravel()[:men]

    @staticmethod
    def _allocated(programme: Men, usual_care: Men, arm: Whole) -> Men:
        men = np.where(arm == PROGRAMME, programme, usual_care)
        men["arm"] = arm
        return men


@dataclass(frozen=True)
class TrialWorlds:
    """All worlds of a study."""

    by_design: dict[TrialSize, WorldOfDesign]  # the trial as delivered
    # The trial of the study's own design with every set of undiluted parts, the first as delivered;
    # that alone where two services are compared.
    corners: tuple[WorldOfDesign, ...]
    # The same as delivered, with separate agencies for each arm, where they can be divided.
    separate: WorldOfDesign | None

    @property
    def delivered(self) -> WorldOfDesign:
        """The trial of the study's own design, as delivered."""
        return self.corners[0]

    @property
    def all(self) -> list[WorldOfDesign]:
        """Every world once."""
        separate = [] if self.separate is None else [self.separate]
        return [*self.by_design.values(), *self.corners[1:], *separate]


def men_of(run: RunRecord) -> Men:
    """Give the men's records of a run whose plan asks for them."""
    if run.leavers is None:
        raise AssertionError("the plan asks for the men's records")
    return run.leavers


def trial_worlds(study: TrialStudy, fitted: FittedParameters | None) -> TrialWorlds:
    """Make all worlds of a study."""

    def world(scenario: Scenario, undivided: TrialWorld | None = None) -> TrialWorld:
        return TrialWorld(scenario, study.seed, fitted, undivided, study.clustered)

    def designed(scenario: Scenario, design: TrialSize) -> TrialWorld:
        return world(designed_scenario(study, scenario, design))

    if study.compared_with is not None:
        pairs: dict[TrialSize, WorldOfDesign] = {
            design: TwoServices(
                designed(study.scenario, design), designed(study.compared_with, design)
            )
            for design in study.designs
        }
        return TrialWorlds(pairs, (pairs[study.design],), None)
    by_design = {design: designed(study.scenario, design) for design in study.designs}
    delivered = by_design[study.design]
    corners: Sequence[WorldOfDesign] = [
        world(corner_scenario(delivered.scenario, study.undiluted, corner)) if corner else delivered
        for corner in range(CORNERS)
    ]
    divided = separate_agencies(delivered.scenario)
    separate = None if divided is None else world(divided, delivered)
    return TrialWorlds(dict(by_design), tuple(corners), separate)


def designed_scenario(study: TrialStudy, scenario: Scenario, design: TrialSize) -> Scenario:
    """Make a scenario of the study with the men and the staff of a design."""
    men, practitioners = design
    return resized(staffed(scenario, practitioners / study.own_practitioners), men)
