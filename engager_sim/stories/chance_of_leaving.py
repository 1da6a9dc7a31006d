"""How likely a man was to leave by himself in a week, route by route, as the rules have it."""

import math
from collections.abc import Mapping
from typing import Any

from engager_sim.theory import relationship as bond
from engager_sim.theory import ways_out as routes
from engager_sim.theory.ways_out import Exit

STATES = (
    "rapport", "trust", "understanding", "crisis", "coping", "hope", "autonomous",
    "perceived_need", "missed_in_a_row", "open_rupture",
)  # fmt: skip
"""The states of a man that his routes out read."""


def chances_of_leaving(man: Mapping[str, float], ways_out: Any) -> dict[Exit, float]:
    """Compute the chance of leaving by each route within a week, each alone.

    Parameters
    ----------
    man : mapping of str to float
        His states, those named in ``STATES``.
    ways_out : record
        The theory's parameters of the ways out.

    Returns
    -------
    dict of Exit to float
        ``1 - exp(-h)`` with h the route's hazard; see :mod:`engager_sim.theory.ways_out`.
    """
    alliance = bond.alliance(man["rapport"], man["trust"], man["understanding"])
    holding = routes.retention(alliance, int(man["missed_in_a_row"]), ways_out)
    hazards = {
        Exit.CRISIS: routes.crisis_route(man["crisis"], man["coping"], ways_out),
        Exit.RESIGNED: routes.resigned_route(man["hope"], man["autonomous"], ways_out),
        Exit.OVERCONFIDENT: routes.overconfident_route(
            man["perceived_need"], man["crisis"], ways_out
        ),
        Exit.WITHDREW: routes.withdrawal_route(man["trust"], int(man["open_rupture"]), ways_out),
    }
    return {
        cause: -math.expm1(-routes.held_back(hazard, holding)) for cause, hazard in hazards.items()
    }
