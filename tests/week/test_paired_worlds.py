"""Two worlds differ only where the scenario makes them differ."""

import dataclasses

import numpy as np
import pytest

from engager_sim.scenarios.scenario import Scenario
from engager_sim.theory.ways_out import Exit
from engager_sim.week.event_log import Event
from engager_sim.world.records import PROGRAMME, World
from engager_sim.world.setting import AgencySetting, TeamSetting
from tests.week.worlds import lived, small_trial


def test_a_null_change_gives_byte_equal_event_logs() -> None:
    scenario = small_trial()
    same = {"programme.supervision.interval": 1.5}
    assert float(scenario.theories()[0].supervision.interval) == 1.5
    _, rows = lived(scenario)
    _, again = lived(scenario, same)
    assert rows.tobytes() == again.tobytes()


def test_another_seed_or_replicate_is_other_luck() -> None:
    scenario = small_trial()
    _, rows = lived(scenario)
    _, other_seed = lived(scenario, seed=8)
    _, other_replicate = lived(scenario, replicate=1)
    assert rows.tobytes() != other_seed.tobytes()
    assert rows.tobytes() != other_replicate.tobytes()


def test_worlds_are_equal_until_the_first_event_that_the_change_can_touch() -> None:
    """A lever of endings cannot matter before the first man's ending could be raised."""
    scenario = small_trial()
    _, rows = lived(scenario)
    _, later = lived(scenario, {"preparations_for_ending.planned_shock": 0.1})
    shortest = min(len(rows), len(later))
    differs = np.flatnonzero(rows[:shortest] != later[:shortest])
    assert len(differs) > 0
    first_week = int(rows["week"][differs[0]])
    planned = (rows["event"] == Event.EXIT) & (rows["cause"] == Exit.PLANNED_ENDING)
    assert first_week >= rows["week"][planned].min()


def with_a_team_apart(scenario: Scenario, men: int) -> Scenario:
    """Add a site that nobody else touches, with a team, and so many men given to it."""
    setting = scenario.setting
    agencies = [
        *setting.agencies,
        AgencySetting("island charity", "voluntary_sector", site="island"),
        AgencySetting("island housing", "housing", site="island"),
    ]
    teams = [
        *setting.teams,
        TeamSetting("island team", "programme", "island charity", site="island"),
    ]
    count = setting.population.leavers
    people = dataclasses.replace(setting.population, leavers=count + men)
    setting = dataclasses.replace(setting, agencies=agencies, teams=teams, population=people)
    given = scenario.template().given
    added = np.repeat(given[:1], men)
    placed = np.concatenate([given, added]).view(np.recarray)
    home = sent_home(scenario)
    for place in range(count):
        placed["arm"][place], placed["team"][place] = home[place]
    placed["arm"][count:], placed["team"][count:] = PROGRAMME, len(teams) - 1
    return dataclasses.replace(scenario, setting=setting, men=placed)


def sent_home(scenario: Scenario) -> list[tuple[float, float]]:
    """Arm and team that the dice give each man of a scenario."""
    world, _ = lived(scenario)
    return [(float(man.arm), float(man.team)) for man in world.leavers]


def course_of(world: World, count: int) -> bytes:
    """Everything that the first men's records say, less what only numbers their agencies."""
    return bytes(world.leavers[:count].tobytes())


def test_one_more_leaver_with_a_disconnected_team_changes_nobody_else() -> None:
    scenario = small_trial()
    count = scenario.setting.population.leavers
    without, rows = lived(with_a_team_apart(scenario, 0))
    with_him, more_rows = lived(with_a_team_apart(scenario, 1))
    assert course_of(without, count) == course_of(with_him, count)
    him = int(with_him.leavers["who"][count])
    island = with_him.practitioners["team"] == len(with_him.teams) - 1
    supervising = with_him.supervisors["team"] == len(with_him.teams) - 1
    theirs = {him, *(int(who) for who in with_him.practitioners["who"][island])}
    theirs |= {int(who) for who in with_him.supervisors["who"][supervising]}
    others = np.array([int(who) not in theirs for who in more_rows["who"]])
    before = np.array([int(who) not in theirs for who in rows["who"]])
    assert more_rows[others].tobytes() == rows[before].tobytes()


def test_adding_an_agency_and_a_team_apart_changes_nobody() -> None:
    scenario = small_trial()
    count = scenario.setting.population.leavers
    plain, _ = lived(scenario)
    apart, _ = lived(with_a_team_apart(scenario, 0))
    assert course_of(plain, count) == course_of(apart, count)


ROUTES = {
    Exit.CRISIS: "ways_out.crisis_hazard",
    Exit.RESIGNED: "ways_out.resigned_hazard",
    Exit.OVERCONFIDENT: "ways_out.overconfident_hazard",
    Exit.WITHDREW: "ways_out.withdrawal_hazard",
}


@pytest.mark.parametrize("cause", list(ROUTES))
def test_raising_one_exits_hazard_sends_no_stayer_to_another_exit(cause: Exit) -> None:
    """Followed to each man's first difference: it is always the raised exit."""
    scenario = small_trial(140)
    _, rows = lived(scenario)
    default = float(scenario.theories()[0].ways_out[ROUTES[cause].split(".")[1]])
    _, raised = lived(scenario, {ROUTES[cause]: 1.4 * default})
    shortest = min(len(rows), len(raised))
    first = int(np.flatnonzero(rows[:shortest] != raised[:shortest])[0])
    assert raised["cause"][first] == cause
