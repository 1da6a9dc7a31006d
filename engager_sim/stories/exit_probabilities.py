"""A leaver's probability of leaving by himself in a week, by exit cause, from the rules."""

import math
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, cast

from engager_sim.theory import ways_out
from engager_sim.theory.client_engagement import trust_that_counts
from engager_sim.theory.ways_out import Exit
from engager_sim.week.episode import alliance_that_holds
from engager_sim.world.records import Leaver

STATES = (
    *("rapport", "trust", "prior_trust", "understanding", "crisis", "coping", "hope"),
    *("autonomous", "perceived_need", "missed_in_a_row", "open_rupture"),
)
"""The states of a leaver that his hazards depend on."""


def exit_probabilities(states: Mapping[str, float], theory: Any) -> dict[Exit, float]:
    """Compute the probability of exit within a week from each cause, as if it were the only one.

    It is ``1 - exp(-h)`` with h the cause-specific hazard per week, from the states of a leaver
    that ``STATES`` names and his arm's theory.
    """
    leaver = cast(Leaver, SimpleNamespace(**states))
    parameters = theory.ways_out
    alliance = alliance_that_holds(leaver, theory)
    trust = trust_that_counts(leaver.trust, leaver.prior_trust, theory.client_engagement)
    retention = ways_out.retention(alliance, int(states["missed_in_a_row"]), parameters)
    hazards = {
        Exit.CRISIS: ways_out.crisis_route(states["crisis"], states["coping"], parameters),
        Exit.RESIGNED: ways_out.resigned_route(states["hope"], states["autonomous"], parameters),
        Exit.OVERCONFIDENT: ways_out.overconfident_route(
            states["perceived_need"], states["crisis"], parameters
        ),
        Exit.WITHDREW: ways_out.withdrawal_route(trust, int(states["open_rupture"]), parameters),
    }
    return {
        cause: -math.expm1(-ways_out.held_back(hazard, retention))
        for cause, hazard in hazards.items()
    }
