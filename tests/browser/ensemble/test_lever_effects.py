"""What a lever does: a curve over its range, and a ranking in which noise is no finding."""

from functools import partial

import pytest

from engager_sim.browser.ensemble.background import Answer, Background, Question
from engager_sim.browser.ensemble.exploration import Exploration, ranked_contrasts
from engager_sim.browser.ensemble.lever_effects import (
    Contrast,
    curve_scenarios,
    curve_view,
    lever_values,
    ranking_scenarios,
    ranking_view,
)
from engager_sim.browser.ensemble.replicates import Replicates, WorldRuns
from engager_sim.errors import UsageError
from engager_sim.scenarios.changes import find_parameter
from engager_sim.scenarios.scenario import Scenario
from engager_sim.theory import THEMES
from engager_sim.world.records import PROGRAMME, USUAL_CARE
from tests.week.worlds import small_trial

SMALL = small_trial(30)


def answer_to(scenarios: tuple[Scenario, ...]) -> Answer[Replicates]:
    background: Background[Replicates] = Background(lambda: None, patient=True)
    background.ask(Question(partial(WorldRuns, courses=False), scenarios, 1, 10, None))
    background.wait()
    assert background.answer is not None, background.error
    return background.answer


def test_a_curve_is_nil_where_the_lever_stands() -> None:
    path = "programme.client_engagement.later_contacts"
    parameter = find_parameter(path)[1]
    now = float(SMALL.theories()["client_engagement"]["later_contacts"][PROGRAMME])
    values = [*lever_values(parameter), now]
    assert len(values) == 6
    view = curve_view(answer_to(curve_scenarios(SMALL, path, values)), values, "attendance_rate", 0)
    assert [point["value"] for point in view["points"]] == values
    assert view["points"][-1]["text"] == "identical"
    assert not all(point["text"] == "identical" for point in view["points"])


def test_every_lever_and_theme_is_ranked() -> None:
    contrasts = ranked_contrasts(PROGRAMME)
    paths = {contrast.path for contrast in contrasts}
    assert {f"programme.{theme}.on" for theme in THEMES} < paths
    assert len({contrast.label for contrast in contrasts}) == len(contrasts)
    for contrast in contrasts:
        assert contrast.low != contrast.high
    assert {path.split(".")[0] for path in paths} == {"programme"}


def test_what_is_told_comes_first_and_what_moves_nothing_is_said_to_be_identical() -> None:
    named = ("client_engagement.on", "client_engagement.contact_hours")
    contrasts = [
        contrast
        for contrast in ranked_contrasts(PROGRAMME)
        if contrast.path in [f"programme.{name}" for name in named]
    ]
    contrasts.append(Contrast("nothing", "programme.peers.hours", 5.0, 5.0))
    answer = answer_to(ranking_scenarios(SMALL, contrasts))
    rows = ranking_view(answer, contrasts, "engaged_12w", 1)["rows"]
    assert [row["told"] for row in rows] == sorted((row["told"] for row in rows), reverse=True)
    nobody = next(row for row in rows if row["path"] == "programme.peers.hours")
    assert (nobody["text"], nobody["told"]) == ("identical", False)
    for row in rows:
        assert row["told"] == (row["low"] > 0.0 or row["high"] < 0.0)


def test_only_what_there_is_can_be_explored() -> None:
    exploration = Exploration()
    for wrong in (
        lambda: exploration.set_replicates(10**9),
        lambda: exploration.set_outcome("happiness"),
        lambda: exploration.open_lever("programme.supervision.nothing", PROGRAMME),
        lambda: exploration.open_lever("programme.supervision.interval", USUAL_CARE),
        lambda: exploration.set_window("year"),
    ):
        with pytest.raises(UsageError, match="cannot be chosen"):
            wrong()
    exploration.open_lever("programme.supervision.interval", PROGRAMME)
    exploration.open_lever("", PROGRAMME)
    assert exploration == Exploration()
