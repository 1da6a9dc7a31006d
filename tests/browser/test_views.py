"""What the parts of the page are given to show."""

import json

import numpy as np
import pytest

from engager_sim.browser.charts import charts_view, exits_view
from engager_sim.browser.controls import controls_view, presets, step_of
from engager_sim.browser.fates import fates_that_differ, fates_view
from engager_sim.browser.network_view import Standing, network_places, network_state, standing
from engager_sim.browser.places import TRAYS, places_of
from engager_sim.browser.story_view import story_view
from engager_sim.browser.theory_map import AT, theory_places, theory_state
from engager_sim.browser.tour import STOPS, go_to, tour_view
from engager_sim.browser.visit import Visit
from engager_sim.mesa_model import EngagerModel
from engager_sim.mesa_model.influences import NODES
from engager_sim.scenarios.scenario import Scenario
from engager_sim.theory import THEMES, parameters
from engager_sim.theory.declaration import Role
from engager_sim.theory.ways_out import Exit
from tests.week.worlds import small_trial

WEEK = 90
PRESETS = Scenario.presets()


@pytest.fixture(scope="module")
def visit() -> Visit:
    """Give two worlds of the trial that differ in supervision."""
    made = Visit(Scenario.load("engager_trial"))
    made.show_two(True)
    made.change("programme.supervision.interval", 1.0)
    made.jump(WEEK)
    return made


@pytest.mark.parametrize("preset", PRESETS)
def test_nobody_stands_on_somebody_else(preset: str) -> None:
    model = EngagerModel(preset, rng=1)
    places = places_of(model.setting, model.world)
    staff = np.concatenate([places.agencies, places.posts, places.supervisors, places.peers])
    apart = np.hypot(*(staff[:, np.newaxis] - staff[np.newaxis]).transpose(2, 0, 1))
    assert apart[~np.eye(len(staff), dtype=bool)].min() > 15.0
    assert (staff > 0.0).all()
    assert (staff < [places.width, places.height]).all()
    model.run_for(80)
    state = network_state(model, places, set())
    at = np.column_stack([state["x"], state["y"]])
    there = np.array(state["stands"]) != Standing.NOT_ENTERED
    apart = np.hypot(*(at[there, np.newaxis] - at[np.newaxis, there]).transpose(2, 0, 1))
    assert apart[~np.eye(int(there.sum()), dtype=bool)].min() > 2.5
    assert (at >= 0.0).all()
    assert (at <= [places.width, places.height]).all()


def test_the_picture_is_laid_out_alike_every_time() -> None:
    first, again = (EngagerModel("engager_trial", rng=seed) for seed in (1, 2))
    laid_out = [places_of(each.setting, each.world).agencies for each in (first, again)]
    np.testing.assert_array_equal(*laid_out)


def test_every_man_stands_in_one_way_and_trays_hold_those_who_left() -> None:
    model = EngagerModel("engager_trial", rng=1)
    places = places_of(model.setting, model.world)
    for _ in range(model.weeks):
        model.step()
        stands = standing(model)
        men = model.world.leavers
        assert ((men["entry_week"] >= model.week) == (stands == Standing.NOT_ENTERED)).all()
        left = np.isin(stands, [Standing.LEFT, Standing.LEFT_THIS_WEEK])
        assert (left == (men["episode"] == 2)).all()
        counts = network_state(model, places, set())["counts"]
        expected = np.bincount(men["exit"][left], minlength=len(TRAYS))
        assert counts[1:] == expected[1:].tolist()


def test_men_who_left_this_week_are_those_the_event_log_names() -> None:
    model = EngagerModel("engager_trial", rng=1, events=True)
    for _ in range(60):
        model.step()
    events = model.events()
    now = events[(events["week"] == model.week - 1) & (events["event"] == "exit")]
    shown = np.flatnonzero(standing(model) == Standing.LEFT_THIS_WEEK)
    assert set(shown.tolist()) <= set(now["number"].tolist())
    assert len(shown)


@pytest.mark.parametrize("week", [0, 1, WEEK])
@pytest.mark.parametrize("arm", [None, 0, 1])
def test_everything_shown_can_be_sent(week: int, arm: int | None) -> None:
    visit = Visit(small_trial(40))
    go_to(visit, len(STOPS) - 1)
    visit.jump(week)
    visit.look_at(arm)
    visit.tell_of(0)
    first, other = visit.worlds
    places = places_of(first.model.setting, first.world)
    fates = fates_that_differ(first, other, arm)
    for shown in (
        network_places(first.model, places), network_state(first.model, places, {1, 2}),
        theory_places(), theory_state(first, arm), charts_view(visit.worlds, arm),
        exits_view(visit.worlds, arm), story_view(visit.worlds, 0), controls_view(visit),
        presets(), tour_view(visit), fates_view(first, other, fates),
    ):  # fmt: skip
        json.dumps(shown, allow_nan=False)


def test_charts_end_at_the_week_that_is_shown(visit: Visit) -> None:
    for chart in charts_view(visit.worlds, None):
        assert chart["weeks"] == visit.weeks
        for series in chart["series"]:
            assert [len(line) for line in series["worlds"]] == [WEEK + 1, WEEK + 1]


def test_exits_of_both_arms_add_up_to_everybodys(visit: Visit) -> None:
    of_arms = [exits_view(visit.worlds, arm) for arm in (0, 1)]
    for first, second, both in zip(*of_arms, exits_view(visit.worlds, None), strict=True):
        assert np.add(first["worlds"], second["worlds"]).tolist() == both["worlds"]


def test_men_whose_fate_differs_come_with_those_first_who_stayed_in_one_world(
    visit: Visit,
) -> None:
    fates = fates_that_differ(visit.worlds[0], visit.worlds[1], 0)
    assert fates
    assert sorted(fates, key=lambda fate: not fate.stayed_in_one) == fates
    for fate in fates:
        here, there = (world.world.leavers["first_exit"][fate.man] for world in visit.worlds)
        assert (Exit(here), Exit(there)) == (fate.here, fate.there)
        assert here != there
    shown = fates_view(visit.worlds[0], visit.worlds[1], fates)
    assert all(each["here"] != each["there"] for each in shown)


def test_a_story_says_where_two_lives_part_and_how_things_stood(visit: Visit) -> None:
    compared = 0
    for fate in fates_that_differ(visit.worlds[0], visit.worlds[1], 0):
        story = story_view(visit.worlds, fate.man)
        assert story is not None
        assert story["parting"]["worlds"][0] != story["parting"]["worlds"][1]
        rows = {row["name"]: row["worlds"] for row in story["stood"]["rows"]}
        assert len(rows) == 7
        for life, crisis in zip(story["lives"], rows["crisis"], strict=True):
            for each in life:
                by_himself = "opens this route" in each["text"]
                if by_himself and each["week"] == story["stood"]["week"]:
                    logged = float(each["text"].rpartition("crisis ")[2].rstrip("."))
                    assert crisis == pytest.approx(logged, abs=0.0056)
                    compared += 1
    assert compared > 0


def test_a_story_of_one_world_has_no_other_to_part_from() -> None:
    visit = Visit(small_trial(20))
    visit.jump(60)
    story = story_view(visit.worlds, 3)
    assert story is not None
    assert (story["parting"], story["stood"]) == (None, None)
    assert story_view(visit.worlds, None) is None


def test_somebody_who_has_not_entered_has_no_story_yet() -> None:
    visit = Visit(small_trial(20))
    story = story_view(visit.worlds, 0)
    assert story is not None
    assert (story["entered"], story["lives"], story["fates"]) == (
        False, [[]], ["never taken on so far"],
    )  # fmt: skip


def test_the_diagram_has_every_node_and_every_theme_a_switch(visit: Visit) -> None:
    nodes = theory_places()["nodes"]
    assert {node["name"] for node in nodes} == set(NODES) == set(AT)
    assert {node["name"] for node in nodes if node["kind"] == "theme"} == set(THEMES)
    for node in nodes:
        assert node["meaning"], node
        if node["kind"] == "theme":
            assert node["events"], node
    assert set(theory_state(visit.worlds[0], 0)["on"]) == set(THEMES)


def test_nothing_has_run_before_the_first_week() -> None:
    assert theory_state(Visit(small_trial(20)).worlds[0], None)["arrows"] == []


def test_the_strongest_arrow_is_the_thickest_and_names_what_moved(visit: Visit) -> None:
    arrows = theory_state(visit.worlds[1], 0)["arrows"]
    assert [arrow["width"] for arrow in arrows] == sorted(arrow["width"] for arrow in arrows)
    assert "of the full range" in arrows[-1]["text"]


def test_every_parameter_has_a_control_with_what_its_declaration_says(visit: Visit) -> None:
    view = controls_view(visit)
    shown = {
        each["path"].removeprefix("programme."): each
        for group in (*view["levers"], *view["others"])
        for each in group["parameters"]
    }
    declared = {each.path: each for each in parameters() if each.name != "on"}
    assert set(shown) == set(declared)
    for path, control in shown.items():
        parameter = declared[path]
        assert (control["meaning"], control["unit"]) == (parameter.meaning, parameter.unit)
        assert (control["low"], control["high"]) == (parameter.low, parameter.high)
        assert control["assumed"] == (parameter.source == "assumption")
        assert control["source"]
    levers = {each["path"] for group in view["levers"] for each in group["parameters"]}
    assert {path.removeprefix("programme.") for path in levers} == {
        path for path, parameter in declared.items() if parameter.role is Role.LEVER
    }


def test_steps_are_round_and_about_a_hundred_to_a_range() -> None:
    for parameter in parameters():
        steps = (parameter.high - parameter.low) / step_of(parameter)
        if parameter.kind == "real":
            assert 35 <= steps <= 101, parameter.path


def test_the_tours_numbers_are_those_of_its_worlds() -> None:
    visit = Visit(small_trial(20))
    assert tour_view(visit) is None
    for number, stop in enumerate(STOPS):
        go_to(visit, number)
        assert visit.message is None
        shown = tour_view(visit)
        assert shown is not None
        assert shown["title"] == stop.title
    alone, other, total, both = shown["rows"]
    assert total["speed"] == pytest.approx(alone["speed"] + other["speed"])
    assert both["speed"] > total["speed"] > 0.0
    assert both["trust"] > max(alone["trust"], other["trust"]) > 0.0
