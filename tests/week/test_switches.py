"""A theme switched off: its rules do not run, its states stay at their usual-care reference."""

import numpy as np
import pytest

from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.theory import THEMES, parameters
from engager_sim.theory.declaration import Parameter, Role
from engager_sim.theory.ways_out import Exit
from engager_sim.week.event_log import Event
from tests.week.worlds import lived, small_trial

ALL_OFF = {f"{theme}.on": False for theme in THEMES}


def named(parameter: Parameter) -> float | int | bool | str:
    """Write the default of a lever as a scenario file would."""
    if parameter.kind == "category":
        return parameter.choices[int(parameter.default)]
    if parameter.kind == "on/off":
        return bool(parameter.default)
    return parameter.default


REFERENCE_LEVERS = {p.path: named(p) for p in parameters() if p.role is Role.LEVER}


def test_all_themes_off_equals_the_same_scenario_with_reference_levers_bit_for_bit() -> None:
    """Then no lever can matter: levers act through their themes' rules only."""
    scenario = small_trial()
    world, rows = lived(scenario, ALL_OFF)
    reference, same_rows = lived(scenario, {**REFERENCE_LEVERS, **ALL_OFF})
    assert rows.tobytes() == same_rows.tobytes()
    assert world.leavers.tobytes() == reference.leavers.tobytes()


@pytest.mark.parametrize("theme", THEMES)
def test_switching_one_theme_off_changes_the_course_of_things(theme: str) -> None:
    scenario = small_trial()
    _, rows = lived(scenario)
    _, without = lived(scenario, {f"{theme}.on": False})
    assert rows.tobytes() != without.tobytes()


@pytest.mark.parametrize("theme", THEMES)
def test_with_a_theme_off_none_of_its_levers_matters(theme: str) -> None:
    scenario = small_trial(40)
    off = {f"{theme}.on": False}
    group = {"supervision": ("supervision", "turnover")}.get(theme, (theme,))
    levers = {
        path: value for path, value in REFERENCE_LEVERS.items() if path.split(".")[0] in group
    }
    _, rows = lived(scenario, off)
    _, same = lived(scenario, {**levers, **off})
    assert rows.tobytes() == same.tobytes()


def events_of(scenario: Scenario, theme: str) -> set[int]:
    _, rows = lived(scenario, {f"{theme}.on": False})
    return set(np.unique(rows["event"]).tolist())


@pytest.mark.parametrize(
    ("theme", "silent"),
    [
        ("collaboration", {Event.JOINT_FORMULATION, Event.CONSENT}),
        ("supervision", {Event.SUPERVISED, Event.SUPERVISOR_CHOSE}),
        (
            "therapeutic_approach",
            {Event.RUPTURE, Event.REPAIR, Event.SMALL_WIN, Event.REFERRED, Event.JUDGED},
        ),
        ("peers", {Event.PEER_LINKED, Event.PEER_STOPPED}),
        ("preparations_for_ending", {Event.ENDING_STAGE, Event.ENDING_RAISED, Event.ENDING_AGREED}),
        ("client_engagement", {Event.MET_AT_GATE}),
    ],
)
def test_the_events_of_a_theme_do_not_happen_when_it_is_off(theme: str, silent: set[Event]) -> None:
    scenario = small_trial()
    _, rows = lived(scenario)
    on = set(np.unique(rows["event"]).tolist())
    assert {int(event) for event in silent} <= on
    assert not {int(event) for event in silent} & events_of(scenario, theme)


def test_with_supervision_off_practice_stands_at_the_reference_throughout() -> None:
    scenario = changed(small_trial(), {"supervision.on": False})
    world, _ = lived(scenario)
    supervision = scenario.theories()[0].supervision
    assert np.all(world.practitioners["skill"] == supervision.reference_skill)
    assert np.all(world.practitioners["fidelity"] == supervision.reference_fidelity)


def test_with_collaboration_off_ties_stand_and_the_gate_is_at_the_reference() -> None:
    scenario = changed(small_trial(), {"collaboration.on": False})
    world, _ = lived(scenario)
    reference = scenario.theories()[0].collaboration.reference_tie
    assert np.all(world.ties["strength"] == world.ties["initial_strength"])
    entered = world.leavers["episodes"] > 0
    load = world.teams["load"][world.leavers["team"][entered]]
    assert np.all(world.leavers["shared_practice"][entered] == reference * (1.0 - load))


def test_with_collaboration_off_promises_are_broken_and_messages_lost_as_in_usual_care() -> None:
    assert {Event.PROMISE_BROKEN, Event.MESSAGE_WRONG} <= events_of(small_trial(), "collaboration")


def test_with_client_engagement_off_men_are_lost_as_in_usual_care() -> None:
    world, _ = lived(small_trial(), {"client_engagement.on": False})
    lost = {Exit.CRISIS, Exit.RESIGNED, Exit.WITHDREW, Exit.LOST_AT_GATE}
    assert lost <= set(np.unique(world.leavers["first_exit"]).tolist())


def test_with_supervision_off_practitioners_tire_and_leave_as_in_usual_care() -> None:
    world, rows = lived(small_trial(), {"supervision.on": False})
    assert len(np.unique(world.practitioners["burnout"])) > 1
    assert Event.WORKER_LEFT in rows["event"]


def test_with_motivation_off_nothing_adds_to_it_but_coercion_still_costs() -> None:
    world, _ = lived(small_trial(), {"client_motivation.on": False})
    at_entry = world.leavers["autonomous_at_entry"]
    assert np.all(world.leavers["autonomous"] <= at_entry * (1.0 + 1e-9))
    assert np.any(world.leavers["autonomous"] < at_entry)
    assert np.all(world.leavers["goal_progress"] == 0.0)


def test_with_the_approach_off_coping_stays_at_its_reference() -> None:
    scenario = small_trial()
    world, _ = lived(scenario, {"therapeutic_approach.on": False})
    reference = scenario.theories()[0].therapeutic_approach.coping_at_start
    assert np.all(world.leavers["coping"] == reference)


def test_with_endings_off_support_stops_unprepared_after_the_same_weeks() -> None:
    scenario = small_trial()
    world, _ = lived(scenario, {"preparations_for_ending.on": False})
    ended = world.leavers[world.leavers["first_exit"] == Exit.ABRUPT_ENDING]
    for arm, theory in enumerate(scenario.theories()):
        weeks = np.ceil(theory.preparations_for_ending.support_weeks)
        assert np.all(ended["first_exit_week"][ended["arm"] == arm] == weeks)
    assert len(ended) > 0
    assert not np.any(world.leavers["exit"] == Exit.PLANNED_ENDING)
