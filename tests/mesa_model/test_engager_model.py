"""The Mesa model is the same world as a batch, one week at a time."""

import subprocess
import sys

import numpy as np
import pytest

from engager_sim.errors import ScenarioError, UsageError
from engager_sim.mesa_model import EngagerModel, Peer, Practitioner, PrisonLeaver, Supervisor
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.run.study import simulate
from engager_sim.theory.ways_out import Exit
from engager_sim.world.records import OPEN
from tests.week.worlds import small_trial

NOTEBOOK = """
from engager_sim.mesa_model import EngagerModel
model = EngagerModel("usual_care", rng=1)
model.run_model()
assert len(model.datacollector.get_model_vars_dataframe()) == model.time + 1
"""
STAFF_TABLES = ("leavers", "practitioners", "supervisors", "peers", "teams", "ties")


def batch_outcomes(scenario: str | Scenario, seed: int, replicate: int) -> dict[str, float]:
    """Give the outcomes of one replicate as a batch measures them."""
    row = simulate(
        scenario, replicate + 1, seed, threads=1, weekly=False, parameters="defaults"
    ).runs.iloc[replicate]
    return {str(name): float(row[name]) for name in row.index[3:]}


def assert_same(first: dict[str, float], other: dict[str, float]) -> None:
    """Fail unless both have the same names and the same bits, NaN included."""
    assert list(first) == list(other)
    assert np.array(list(first.values())).tobytes() == np.array(list(other.values())).tobytes()


@pytest.mark.parametrize(
    ("preset", "seed", "replicate"),
    [
        ("engager_trial", 1, 0),
        ("engager_trial", 2**40 + 3, 1),
        ("usual_care", 0, 0),
        ("peer_led", 2**64 - 1, 2),
        ("colocated_hub", 5, 0),
    ],
)
def test_the_outcomes_equal_the_batchs_bit_for_bit(preset: str, seed: int, replicate: int) -> None:
    model = EngagerModel(preset, rng=seed, replicate=replicate)
    model.run_model()
    assert_same(model.outcomes(), batch_outcomes(preset, seed, replicate))


def test_the_outcomes_under_one_draw_equal_the_batchs_bit_for_bit() -> None:
    model = EngagerModel("engager_trial", rng=4, replicate=1, draw=7)
    model.run_model()
    runs = simulate("engager_trial", 2, 4, threads=1, weekly=False, draw=7).runs
    assert runs["draw"].tolist() == [7, 7]
    row = runs.drop(columns=["scenario", "replicate", "seed", "draw", "rival_theory"]).iloc[1]
    assert_same(model.outcomes(), {str(name): float(value) for name, value in row.items()})
    assert model.outcomes() != batch_outcomes("engager_trial", 4, 1)


def test_a_draw_that_there_is_not_is_refused() -> None:
    with pytest.raises(UsageError, match="there is no such draw"):
        EngagerModel("engager_trial", draw=10**6)


def test_a_step_is_a_week_and_the_model_stops_when_everybody_has_been_followed() -> None:
    model = EngagerModel(small_trial(20), rng=1)
    seen = [(model.week, model.time, model.running)]
    for weeks in (1, model.weeks - 2, 1):
        model.run_for(weeks)
        seen.append((model.week, model.time, model.running))
    last = model.weeks
    assert seen == [(0, 0, True), (1, 1, True), (last - 1, last - 1, True), (last, last, False)]
    assert (model.world.leavers["last_week"] < model.week).all()


def test_nothing_happens_after_the_last_week() -> None:
    model = EngagerModel(small_trial(20), rng=1)
    model.run_model()
    before = model.world.leavers.tobytes()
    rows = len(model.datacollector.get_model_vars_dataframe())
    model.run_for(3)
    assert model.week == model.weeks
    assert model.world.leavers.tobytes() == before
    assert len(model.datacollector.get_model_vars_dataframe()) == rows


def test_running_week_by_week_or_all_at_once_is_the_same() -> None:
    in_steps, at_once = (EngagerModel(small_trial(20), rng=4) for _ in range(2))
    while in_steps.running:
        in_steps.step()
    at_once.run_for(at_once.weeks)
    assert_same(in_steps.outcomes(), at_once.outcomes())


def test_two_live_models_share_nothing() -> None:
    scenario = small_trial(20)
    alone = EngagerModel(scenario, rng=3)
    alone.run_model()
    first, second = EngagerModel(scenario, rng=3), EngagerModel(scenario, rng=9)
    for _ in range(first.weeks):
        first.step()
        second.step()
        second.men[0].trust = 0.0
    assert_same(first.outcomes(), alone.outcomes())
    for name in STAFF_TABLES:
        records = (getattr(model.world, name) for model in (first, second))
        assert not np.shares_memory(*records)


def test_seeds_and_replicates_are_independent() -> None:
    scenario = small_trial(20)
    seeds_and_replicates = [(1, 0), (1, 1), (2, 0)]
    models = [
        EngagerModel(scenario, rng=seed, replicate=number) for seed, number in seeds_and_replicates
    ]
    trusts = [model.world.leavers["trust"] for model in models]
    assert not np.array_equal(trusts[0], trusts[1])
    assert not np.array_equal(trusts[0], trusts[2])


def test_drawing_from_mesas_own_generators_changes_nothing() -> None:
    scenario = small_trial(20)
    plain, shuffled = EngagerModel(scenario, rng=1), EngagerModel(scenario, rng=1)
    plain.run_model()
    while shuffled.running:
        shuffled.agents.shuffle(inplace=True)
        shuffled.rng.random(10)
        shuffled.random.random()
        shuffled.step()
    assert_same(plain.outcomes(), shuffled.outcomes())


@pytest.mark.parametrize("rng", [-1, 2**64, 1.0, True, None, "1", np.random.default_rng(1), [1, 2]])
def test_a_seed_that_is_no_whole_number_is_refused(rng: object) -> None:
    with pytest.raises(UsageError, match=r"rng.*whole number from 0 to 18446744073709551615"):
        EngagerModel("usual_care", rng=rng)  # type: ignore[arg-type]


def test_a_replicate_out_of_range_and_an_unknown_scenario_are_refused() -> None:
    with pytest.raises(UsageError, match="replicate"):
        EngagerModel("usual_care", rng=1, replicate=-1)
    with pytest.raises(ScenarioError, match="usual_care"):
        EngagerModel("usual_caer", rng=1)


def test_everybody_is_an_agent_from_the_start() -> None:
    model = EngagerModel("engager_trial", rng=1)
    by_type = {kind: len(agents) for kind, agents in model.agents_by_type.items()}
    assert by_type == {PrisonLeaver: 280, Practitioner: 6, Supervisor: 4, Peer: 2}
    assert len(model.leavers) == 280
    assert not any(model.leavers.get("has_entered"))
    model.run_for(40)
    entered = model.leavers.select(lambda leaver: leaver.has_entered)
    assert 0 < len(entered) < 280
    assert {leaver.entry_week for leaver in entered} <= set(range(40))
    model.run_model()
    assert all(model.leavers.get("has_entered"))
    assert not any(model.leavers.get("is_followed"))


def test_agent_sets_answer_as_a_mesa_user_expects() -> None:
    model = EngagerModel("engager_trial", rng=1)
    model.run_for(60)
    leavers = model.agents_by_type[PrisonLeaver]
    assert leavers.agg("trust", np.mean) == pytest.approx(model.world.leavers["trust"].mean())
    arms = leavers.groupby("arm_name").count()
    assert arms == {"programme": 140, "usual_care": 140}
    leavers.select(lambda leaver: leaver.arm == 0).set("hope", 1.0)
    assert set(leavers.select(lambda leaver: leaver.arm == 0).get("hope")) == {1.0}


def test_measures_are_collected_at_the_start_and_after_every_week() -> None:
    model = EngagerModel(small_trial(30), rng=1)
    start = model.datacollector.get_model_vars_dataframe()
    assert len(start) == 1
    assert start["entered"][0] == 0
    assert np.isnan(start["trust"][0])
    model.run_model()
    table = model.datacollector.get_model_vars_dataframe()
    assert list(table["week"]) == list(range(model.weeks + 1))
    assert table["entered"].iloc[-1] == 30
    assert table["trust"].iloc[-1] == pytest.approx(model.world.leavers["trust"].mean())
    assert table["burnout"].between(0, 1).all()
    assert table["tie_strength"].between(0, 1).all()


def test_the_measure_of_each_exit_ends_at_its_outcome() -> None:
    model = EngagerModel("engager_trial", rng=1)
    model.run_model()
    last = model.datacollector.get_model_vars_dataframe().iloc[-1]
    outcomes = model.outcomes()
    for cause in Exit:
        name = f"exit_{cause.name.lower()}"
        if cause != Exit.NONE:
            assert last[name] / 280 == pytest.approx(outcomes[name])
    assert last["in_contact"] == last["episode_open"] == 0


def test_measures_halfway_agree_with_the_agents() -> None:
    model = EngagerModel("engager_trial", rng=2)
    model.run_for(70)
    now = model.datacollector.get_model_vars_dataframe().iloc[-1]
    followed = model.leavers.select(lambda leaver: leaver.is_followed)
    assert now["episode_open"] == sum(leaver.episode == OPEN for leaver in followed) > 0
    assert now["in_contact"] == sum(followed.get("engaged")) > 0


def test_the_network_shows_the_ties_as_they_stand() -> None:
    model = EngagerModel("engager_trial", rng=1)
    before = {(a, b): facts["strength"] for a, b, facts in model.network.edges(data=True)}
    model.run_for(30)
    after = model.network
    assert set(after.nodes) == {agency.name for agency in model.setting.agencies}
    assert len(after.edges) == len(model.world.ties)
    for tie in model.world.ties:
        first, second = (model.setting.agencies[tie[end]].name for end in ("first", "second"))
        assert after.edges[first, second]["strength"] == tie["strength"]
    assert any(after.edges[a, b]["strength"] != strength for (a, b), strength in before.items())


def test_outcomes_have_a_value_for_each_arm_where_there_are_two() -> None:
    two, one = EngagerModel("engager_trial", rng=1), EngagerModel("usual_care", rng=1)
    names = [outcome.id for outcome in OUTCOMES]
    assert list(one.outcomes()) == names
    assert len(two.outcomes()) == 4 * len(names)


def test_three_lines_in_a_notebook_are_enough() -> None:
    subprocess.run([sys.executable, "-W", "error::FutureWarning", "-c", NOTEBOOK], check=True)
