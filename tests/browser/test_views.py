"""The data of the page's components."""

import json

import numpy as np
import pytest

from engager_sim.browser.charts import charts_view
from engager_sim.browser.controls import controls_view, presets, slider_step
from engager_sim.browser.exits import STAYED, differing_exits, exit_counts_view
from engager_sim.browser.network_layout import TRAYS, lay_out_network
from engager_sim.browser.network_view import (
    SupportStatus,
    network_diagram,
    network_state,
    support_statuses,
)
from engager_sim.browser.story_view import COMPARED_STATES, story_view
from engager_sim.browser.theory_diagram import (
    COORDINATES,
    NARROW_COORDINATES,
    arrows_of_week,
    switches,
    theory_diagram,
)
from engager_sim.browser.tour import STOPS, show_stop, tour_view
from engager_sim.browser.visit import Visit
from engager_sim.mesa_model import EngagerModel
from engager_sim.mesa_model.influences import NODES
from engager_sim.scenarios.scenario import Scenario
from engager_sim.theory import THEMES, parameters
from engager_sim.theory.declaration import Role
from engager_sim.world.records import CLOSED
from tests.week.worlds import small_trial

WEEK = 90
PRESETS = Scenario.presets()


@pytest.fixture(scope="module")
def visit() -> Visit:
    """Give two worlds of the trial that differ in supervision."""
    visit = Visit(Scenario.load("engager_trial"))
    visit.show_two_worlds(True)
    visit.change("programme.supervision.interval", 1.0)
    visit.jump(WEEK)
    return visit


def smallest_distance(points: np.ndarray) -> float:
    distances = np.hypot(*(points[:, np.newaxis] - points[np.newaxis]).transpose(2, 0, 1))
    return float(distances[~np.eye(len(points), dtype=bool)].min())


@pytest.mark.parametrize("preset", PRESETS)
def test_nobody_overlaps_anybody_else(preset: str) -> None:
    model = EngagerModel(preset, rng=1)
    layout = lay_out_network(model.setting, model.world)
    size = [layout.width, layout.height]
    staff = np.concatenate([layout.agencies, layout.posts, layout.supervisors, layout.peers])
    assert smallest_distance(staff) > 15.0
    assert (staff > 0.0).all()
    assert (staff < size).all()
    model.run_for(80)
    state = network_state(model, layout, set())
    leavers = np.column_stack([state["x"], state["y"]])
    assert smallest_distance(leavers[support_statuses(model) != SupportStatus.NOT_ENTERED]) > 2.5
    assert (leavers >= 0.0).all()
    assert (leavers <= size).all()


def test_the_layout_does_not_depend_on_the_random_seed() -> None:
    models = [EngagerModel("engager_trial", rng=seed) for seed in (1, 2)]
    layouts = [lay_out_network(model.setting, model.world) for model in models]
    np.testing.assert_array_equal(layouts[0].agencies, layouts[1].agencies)


def test_every_leaver_has_one_status_and_trays_hold_those_who_left() -> None:
    model = EngagerModel("engager_trial", rng=1)
    layout = lay_out_network(model.setting, model.world)
    for _ in range(model.weeks):
        model.step()
        statuses, leavers = support_statuses(model), model.world.leavers
        not_entered = statuses == SupportStatus.NOT_ENTERED
        assert ((leavers["entry_week"] >= model.week) == not_entered).all()
        left = np.isin(statuses, [SupportStatus.LEFT, SupportStatus.LEFT_THIS_WEEK])
        assert (left == (leavers["episode"] == CLOSED)).all()
        counts = network_state(model, layout, set())["counts"]
        expected = np.bincount(leavers["exit"][left], minlength=len(TRAYS))
        assert counts[1:] == expected[1:].tolist()


def test_leavers_who_left_this_week_have_an_exit_in_the_event_log() -> None:
    model = EngagerModel("engager_trial", rng=1, events=True)
    for _ in range(60):
        model.step()
    events = model.events()
    exits = events[(events["week"] == model.week - 1) & (events["event"] == "exit")]
    left = np.flatnonzero(support_statuses(model) == SupportStatus.LEFT_THIS_WEEK)
    assert set(left.tolist()) <= set(exits["number"].tolist())
    assert len(left)


@pytest.mark.parametrize("week", [0, 1, WEEK])
@pytest.mark.parametrize("arm", [None, 0, 1])
def test_all_data_can_be_written_as_json(week: int, arm: int | None) -> None:
    visit = Visit(small_trial(40))
    show_stop(visit, len(STOPS) - 1)
    visit.jump(week)
    visit.choose_arm(arm)
    visit.choose_leaver(0)
    first, other = visit.worlds
    layout = lay_out_network(first.model.setting, first.world)
    for data in (
        network_diagram(first.model, layout),
        network_state(first.model, layout, {1, 2}),
        theory_diagram(),
        switches(first),
        arrows_of_week(first, arm),
        charts_view(visit.worlds, arm),
        exit_counts_view(visit.worlds, arm),
        story_view(visit.worlds, 0),
        controls_view(visit),
        presets(),
        tour_view(visit),
        differing_exits(first, other, arm),
    ):
        json.dumps(data, allow_nan=False)


def test_charts_end_at_the_current_week(visit: Visit) -> None:
    for chart in charts_view(visit.worlds, None):
        assert chart["weeks"] == visit.weeks
        for series in chart["series"]:
            assert [len(line) for line in series["worlds"]] == [WEEK + 1, WEEK + 1]


def test_exits_of_both_arms_add_up_to_everybodys(visit: Visit) -> None:
    counts = [exit_counts_view(visit.worlds, arm) for arm in (0, 1, None)]
    for first, second, both in zip(*counts, strict=True):
        assert np.add(first["worlds"], second["worlds"]).tolist() == both["worlds"]


def test_differing_exits_begin_with_leavers_who_stayed_in_one_world() -> None:
    visit = Visit(Scenario.load("engager_trial"))
    show_stop(visit, len(STOPS) - 1)
    rows = differing_exits(visit.worlds[0], visit.worlds[1], 0)
    stayed = [row["stayed"] for row in rows]
    assert sorted(stayed, reverse=True) == stayed
    assert [row["leaver"] for row in rows] != sorted(row["leaver"] for row in rows)
    for row in rows:
        causes = [int(world.world.leavers["first_exit"][row["leaver"]]) for world in visit.worlds]
        assert causes[0] != causes[1]
        assert row["stayed"] == ((causes[0] in STAYED) != (causes[1] in STAYED))
    assert all(row["first"] != row["other"] for row in rows)


def test_a_story_gives_the_divergence_and_the_states_at_the_first_exit(visit: Visit) -> None:
    compared = 0
    for row in differing_exits(visit.worlds[0], visit.worlds[1], 0):
        story = story_view(visit.worlds, row["leaver"])
        assert story is not None
        assert story["divergence"]["worlds"][0] != story["divergence"]["worlds"][1]
        states = {state["name"]: state["worlds"] for state in story["first_exit"]["states"]}
        assert list(states) == [meaning for meaning, _ in COMPARED_STATES]
        for history, crisis in zip(story["histories"], states["crisis"], strict=True):
            for event in history:
                is_voluntary = "raises the hazard of this exit" in event["text"]
                if is_voluntary and event["week"] == story["first_exit"]["week"]:
                    logged = float(event["text"].rpartition("crisis ")[2].rstrip("."))
                    assert crisis == pytest.approx(logged, abs=0.0056)
                    compared += 1
    assert compared > 0


def test_a_story_of_one_world_has_no_divergence() -> None:
    visit = Visit(small_trial(20))
    visit.jump(60)
    story = story_view(visit.worlds, 3)
    assert story is not None
    assert (story["divergence"], story["first_exit"]) == (None, None)
    assert story_view(visit.worlds, None) is None


def test_a_leaver_who_has_not_entered_has_no_story_yet() -> None:
    visit = Visit(small_trial(20))
    story = story_view(visit.worlds, 0)
    assert story is not None
    assert (story["entered"], story["histories"]) == (False, [[]])
    assert story["exits"] == ["never taken on so far"]


def test_the_diagram_has_every_node_and_every_theme_a_switch(visit: Visit) -> None:
    nodes = theory_diagram()["nodes"]
    assert {node["name"] for node in nodes} == set(NODES) == set(COORDINATES)
    assert set(NARROW_COORDINATES) == set(NODES)
    assert {node["name"] for node in nodes if node["kind"] == "theme"} == set(THEMES)
    for node in nodes:
        assert node["meaning"], node
        if node["kind"] == "theme":
            assert node["events"], node
    assert switches(visit.worlds[0]) == dict.fromkeys(THEMES, True)


def test_there_are_no_arrows_before_the_first_week() -> None:
    assert arrows_of_week(Visit(small_trial(20)).worlds[0], None) == []


def test_the_strongest_arrow_is_the_thickest_and_gives_its_strength(visit: Visit) -> None:
    arrows = arrows_of_week(visit.worlds[1], 0)
    assert [arrow["width"] for arrow in arrows] == sorted(arrow["width"] for arrow in arrows)
    assert "of the full range" in arrows[-1]["text"]


def test_every_parameter_has_a_control_as_declared(visit: Visit) -> None:
    view = controls_view(visit)
    controls = {
        control["path"].removeprefix("programme."): control
        for group in (*view["levers"], *view["others"])
        for control in group["parameters"]
    }
    declared = {parameter.path: parameter for parameter in parameters() if parameter.name != "on"}
    assert set(controls) == set(declared)
    for path, control in controls.items():
        parameter = declared[path]
        assert (control["meaning"], control["unit"]) == (parameter.meaning, parameter.unit)
        assert (control["low"], control["high"]) == (parameter.low, parameter.high)
        assert control["assumed"] == (parameter.source_of_default == "assumption")
        assert control["source"]
    levers = {control["path"] for group in view["levers"] for control in group["parameters"]}
    assert {path.removeprefix("programme.") for path in levers} == {
        path for path, parameter in declared.items() if parameter.role is Role.LEVER
    }


def test_steps_are_round_and_about_a_hundred_to_a_range() -> None:
    for parameter in parameters():
        steps = (parameter.high - parameter.low) / slider_step(parameter)
        if parameter.kind == "real":
            assert 35 <= steps <= 101, parameter.path


def test_the_tours_numbers_are_those_of_its_worlds() -> None:
    visit = Visit(small_trial(20))
    assert tour_view(visit) is None
    for number, stop in enumerate(STOPS):
        show_stop(visit, number)
        assert visit.message is None
        view = tour_view(visit)
        assert view is not None
        assert view["title"] == stop.title
    supervision, shared_practice, total, both = view["rows"]
    assert total["speed"] == pytest.approx(supervision["speed"] + shared_practice["speed"])
    assert both["speed"] > total["speed"] > 0.0
    assert both["trust"] > max(supervision["trust"], shared_practice["trust"]) > 0.0
