"""Whose levers a tie follows."""

import dataclasses

from engager_sim.scenarios.scenario import Scenario
from engager_sim.world.agencies import programme_agencies


def test_ties_follow_the_programme_where_it_has_a_team() -> None:
    setting = Scenario.load("engager_trial").setting
    own = {team.agency for team in setting.teams if team.arm == "programme"}
    assert programme_agencies(setting) == own < {agency.name for agency in setting.agencies}


def test_where_no_team_gives_usual_care_all_ties_follow_the_programme() -> None:
    setting = Scenario.load("engager_trial").setting
    alone = [team for team in setting.teams if team.arm == "programme"]
    everywhere = programme_agencies(dataclasses.replace(setting, teams=alone))
    assert everywhere == {agency.name for agency in setting.agencies}
