"""Which parameters a replicate runs with: the scenario's own, or a draw of its own."""

import dataclasses
from typing import Protocol

import numpy as np

from engager_sim.studies.one_run import Plan
from engager_sim.studies.scenario import Scenario


class Parameters(Protocol):
    """What gives each replicate parameters of its own, such as draws of a posterior."""

    def theories(self, scenario: Scenario, replicate: int) -> np.recarray:
        """Make the theories of both arms, programme then usual care, for one replicate.

        The same replicate must get the same draw in every scenario, or worlds are not paired.
        """
        ...


def plan_of_replicate(
    plan: Plan, scenario: Scenario, parameters: Parameters | None, replicate: int
) -> Plan:
    """Give a plan the parameters of one replicate; without any, it stays as the scenario has it.

    Parameters
    ----------
    plan : Plan
        Made from the scenario.
    scenario : Scenario
        What is run.
    parameters : Parameters or None
        Where each replicate's parameters come from.
    replicate : int
        Number of the replicate.
    """
    if parameters is None:
        return plan
    return dataclasses.replace(plan, theories=parameters.theories(scenario, replicate))
