"""The influences between themes in a week are measured by the rules themselves."""

import pytest

from engager_sim.mesa_model import EngagerModel
from engager_sim.mesa_model.influences import (
    NODES,
    OUTCOME_NODES,
    SOURCE_NODES,
    Influence,
    influences,
    measured_states,
    references,
)
from engager_sim.mesa_model.world_copies import copy_world
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.theory import THEMES
from engager_sim.theory.declaration import states_of
from engager_sim.world import records
from engager_sim.world.records import PROGRAMME, USUAL_CARE
from tests.week.worlds import small_trial


def influences_in(
    scenario: Scenario | str, weeks: int, arm: int | None = None
) -> dict[str, Influence]:
    """Measure the influences in the last of so many weeks, by source and target."""
    model = EngagerModel(scenario, rng=1)
    model.run_for(weeks - 1)
    before = copy_world(model.world)
    model.step()
    result = influences(
        model.plan, model.dice, before, model.world, references(model.plan, model.dice), arm
    )
    return {f"{influence.source} {influence.target}": influence for influence in result}


@pytest.fixture(scope="module")
def trial() -> dict[str, Influence]:
    return influences_in("engager_trial", 60, PROGRAMME)


def test_there_is_an_influence_for_every_source_and_other_node(trial: dict[str, Influence]) -> None:
    assert len(trial) == len(SOURCE_NODES) * (len(NODES) - 1)
    assert all(0.0 <= influence.strength <= 1.0 for influence in trial.values())


def test_the_conditions_act_through_the_relationship(trial: dict[str, Influence]) -> None:
    for source in ("collaboration", "supervision", "client_engagement"):
        moved = trial[f"{source} relationship"].moved
        assert moved["leavers.trust"] > 0.0
        assert moved["leavers.rapport"] > 0.0
    assert trial["relationship client_engagement"].moved["leavers.contacted"] > 0.0
    assert trial["therapeutic_approach distress"].moved["distress"] != 0.0  # it hurts, then helps


def test_peers_do_not_act_on_distress(trial: dict[str, Influence]) -> None:
    assert trial["peers distress"].strength == 0.0


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_that_is_off_has_no_influence(theme: str) -> None:
    result = influences_in(changed(small_trial(40), {f"{theme}.on": False}), 40)
    of_theme = [influence for influence in result.values() if influence.source == theme]
    assert {influence.strength for influence in of_theme} == {0.0}
    assert any(influence.strength > 0.0 for influence in result.values())


def test_a_theme_that_is_off_in_one_arm_has_no_influence_there_alone() -> None:
    scenario = changed(small_trial(40), {"programme.supervision.on": False})
    strengths = [
        {
            influence.strength
            for influence in influences_in(scenario, 40, arm).values()
            if influence.source == "supervision"
        }
        for arm in (PROGRAMME, USUAL_CARE)
    ]
    assert strengths[PROGRAMME] == {0.0}
    assert max(strengths[USUAL_CARE]) > 0.0


def test_measuring_changes_nothing() -> None:
    measured, plain = (EngagerModel(small_trial(40), rng=2) for _ in range(2))
    at_reference = references(measured.plan, measured.dice)
    for _ in range(30):
        before = copy_world(measured.world)
        measured.step()
        influences(measured.plan, measured.dice, before, measured.world, at_reference)
        plain.step()
    assert measured.world.leavers.tobytes() == plain.world.leavers.tobytes()


def test_a_theme_is_measured_by_the_states_that_its_room_declares() -> None:
    declared = {
        f"{kind}.{field.name}": field
        for kind, record in (("leavers", records.Leaver), ("practitioners", records.WorkerPost))
        for field in states_of(record)
    }
    for node in SOURCE_NODES:
        states = measured_states(node)
        assert states, node
        for name, field in states.items():
            if name in declared:
                assert field == declared[name]
    assert set(measured_states("relationship")) == {
        "leavers.rapport",
        "leavers.trust",
        "leavers.understanding",
    }


def test_before_anybody_has_entered_there_is_no_influence() -> None:
    model = EngagerModel(small_trial(1), rng=1)
    before = copy_world(model.world)
    result = influences(model.plan, model.dice, before, before, references(model.plan, model.dice))
    on_leavers = [
        influence for influence in result if influence.target in (*OUTCOME_NODES, "relationship")
    ]
    assert {influence.strength for influence in on_leavers} == {0.0}


def test_an_empty_post_does_not_count_against_supervision() -> None:
    """Without the theme it would be empty too, and nobody of it would be seen."""
    model = EngagerModel("engager_trial", rng=1)
    at_reference = references(model.plan, model.dice)
    moved = []
    for _ in range(100):
        before = copy_world(model.world)
        model.step()
        programme = before.practitioners["arm"] == PROGRAMME
        if (before.practitioners["vacancy"][programme] > 1.0).any():
            result = influences(
                model.plan, model.dice, before, model.world, at_reference, PROGRAMME
            )
            moved += [
                influence.moved["leavers.contacted"]
                for influence in result
                if (influence.source, influence.target) == ("supervision", "client_engagement")
            ]
    assert len(moved) > 5
    assert set(moved) == {0.0}
