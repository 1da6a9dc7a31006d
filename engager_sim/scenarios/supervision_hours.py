"""How many hours a week of a supervisor the sessions take that are planned."""

import math

from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.theory_values import declared
from engager_sim.world.records import ARMS


def hours_asked(practitioners: int, supervisors: int, interval: float, session: float) -> float:
    """Give the hours a week that sessions ask of the supervisor with most practitioners.

    ``ceil(n / s) h / i``: practitioners n are dealt to supervisors s evenly, and each has a session
    of h hours every i weeks.
    """
    return math.ceil(practitioners / supervisors) * session / interval


def hours_kept(asked: float) -> float:
    """Give the hours that a supervisor keeps for that: by halves, within what can be declared."""
    hours = declared()["supervision"]["supervisor_hours"]
    return min(max(math.ceil(2.0 * asked) / 2.0, hours.low), hours.high)


def most_hours_asked(scenario: Scenario, arm: str) -> float:
    """Give what the sessions of an arm ask of the supervisor who is asked most; 0 without teams."""
    supervision = scenario.theories()[ARMS.index(arm)].supervision
    interval, session = float(supervision.interval), float(supervision.session_hours)
    asked = (
        hours_asked(team.practitioners, team.supervisors, interval, session)
        for team in scenario.setting.teams
        if team.arm == arm
    )
    return max(asked, default=0.0)


def sessions_fit(scenario: Scenario, arm: str) -> bool:
    """Tell whether supervisors of an arm have the hours for all its sessions."""
    hours = float(scenario.theories()[ARMS.index(arm)].supervision.supervisor_hours)
    return most_hours_asked(scenario, arm) <= hours * (1.0 + 1e-9)
