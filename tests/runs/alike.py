"""A world whose arms differ in name only, so that no man's arm can matter to him."""

import copy
import dataclasses

from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.theory_values import declared

OFF = {f"{theme}.on": False for theme, names in declared().items() if "on" in names}


def arms_alike(scenario: Scenario) -> Scenario:
    """Make a scenario's arms alike: no theme acts, and support and staff are the same.

    With every theme off the arms still differ in settings, as when support ends, and in who the
    staff are. So usual care has the programme's values, and its teams are copies of the
    programme's, at the same agencies: no officer holds an order over a man, and as many posts share
    the same cases and tire alike. And nobody leaves a post: each post has draws of its own, and men
    of one arm would lose theirs in other weeks than men of the other. The declared range has no
    such rate, so it is written past the check.
    """
    teams = [team for team in scenario.setting.teams if team.arm == "programme"]
    copies = [
        dataclasses.replace(team, name=f"{team.name} again", arm="usual_care") for team in teams
    ]
    setting = dataclasses.replace(scenario.setting, teams=[*teams, *copies])
    values = copy.deepcopy(changed(scenario, OFF).values)
    values["theory"].setdefault("turnover", {})["annual_leaving"] = 0.0
    values["usual_care"] = copy.deepcopy(values["programme"])
    return dataclasses.replace(scenario, setting=setting, values=values)
