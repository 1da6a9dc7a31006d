"""The six criteria by which the study of innovative sites chose them, and which a scenario meets.

Lennox et al. (2021, Table 1) name them; of its four sites two to five criteria were met and by none
all six (Table 2). Where each begins to be met by a scenario's levers is an assumption.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engager_sim.scenarios.scenario import Scenario
from engager_sim.world.records import ARMS
from engager_sim.world.setting import Setting

FROM, SEEN = 0.5, 0.4
"""A lever of half and more is the service's practice; of this much and more it is seen in part."""

type Levers = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: its name, and how levers and setting of the arm that is offered tell it."""

    name: str
    told_by: str
    is_met: Callable[[Levers, Setting, str], bool]


def _has_pathways(levers: Levers, setting: Setting, _: str) -> bool:
    inside = any(agency.kind == "prison_healthcare" for agency in setting.agencies)
    return inside and levers["collaboration"]["initial_tie"] >= SEEN


def _has_peers(levers: Levers, setting: Setting, arm: str) -> bool:
    has_one = any(team.peers > 0 for team in setting.teams if team.arm == arm)
    return has_one and levers["peers"]["on"]


CRITERIA = (
    Criterion(
        "psychological therapy",
        f"therapeutic_approach.emotional_share at least {FROM:g}",
        lambda levers, *_: levers["therapeutic_approach"]["emotional_share"] >= FROM,
    ),
    Criterion(
        "through-the-gate work",
        f"client_engagement.gate_presence at least {SEEN:g}",
        lambda levers, *_: levers["client_engagement"]["gate_presence"] >= SEEN,
    ),
    Criterion(
        "care pathways across the wall",
        f"prison healthcare among the agencies, collaboration.initial_tie at least {SEEN:g}",
        _has_pathways,
    ),
    Criterion(
        "joint formulation",
        f"collaboration.joint_formulation at least {SEEN:g}",
        lambda levers, *_: levers["collaboration"]["joint_formulation"] >= SEEN,
    ),
    Criterion("peers", "at least one peer in the arm's teams", _has_peers),
    Criterion(
        "preparation for endings",
        f"preparations_for_ending.preparation at least {FROM:g}",
        lambda levers, *_: levers["preparations_for_ending"]["preparation"] >= FROM,
    ),
)


def criteria_met(scenario: Scenario) -> list[str]:
    """List the criteria that a scenario meets: its programme, or usual care where there is none.

    Returns
    -------
    list of str
        Names, in the order of :data:`CRITERIA`.
    """
    setting = scenario.setting
    arm = ARMS[0] if setting.population.allocation[0] > 0 else ARMS[1]
    levers = scenario.resolved()["parameters"][arm]
    return [criterion.name for criterion in CRITERIA if criterion.is_met(levers, setting, arm)]
