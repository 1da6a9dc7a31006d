"""Two services, one against its own usual care, and designs of more practitioners."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from engager_sim.errors import UsageError
from engager_sim.runs.one_run import run_once
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.trial.asked import asked_trial, trial_of
from engager_sim.studies.trial.services import arms_of, own_usual_care, paired_services, service_of
from engager_sim.studies.trial.settings import TrialSettings, TrialStudy
from engager_sim.studies.trial.sizes import staffed
from engager_sim.studies.trial.study import Trials, trial
from engager_sim.studies.trial.trial_men import alive_at, first_practitioners
from engager_sim.studies.trial.worlds import TwoServices, trial_worlds
from engager_sim.week.event_log import Event
from engager_sim.world.records import PROGRAMME, USUAL_CARE
from tests.command_line.command import engager_sim, one_message
from tests.scenarios.services import SERVICE, write


@pytest.fixture(scope="module")
def gate() -> Scenario:
    return Scenario.load("through_the_gate")


@pytest.fixture(scope="module")
def asked() -> TrialStudy:
    return asked_trial("usual_care", "through_the_gate", [120], [2, 4], 4)


@pytest.fixture(scope="module")
def trials(asked: TrialStudy) -> Trials:
    return trial(asked, threads=2)


def pair(study: TrialStudy) -> TwoServices:
    world = trial_worlds(study, None).delivered
    assert isinstance(world, TwoServices)
    return world


def test_each_man_lives_in_the_service_to_which_he_is_allocated(asked: TrialStudy) -> None:
    world = pair(asked)
    men = world.men(0)
    there, here = world.programme.dealt(0), world.usual_care.dealt(0)
    arm = men.both.arm
    assert np.count_nonzero(arm == PROGRAMME) == 60
    for index, own in enumerate((there, here)):
        for field in ("trust_at", "distress_at", "post", "died_week"):
            chosen = arm == index
            assert np.array_equal(men.both.dealt[field][chosen], own[field][chosen])
            assert np.array_equal(men.both.swapped[field][~chosen], own[field][~chosen])
    expected = there["distress_at"] - here["distress_at"]
    assert np.allclose(men.both.own_effects(), expected)
    assert (men.practitioner[arm == USUAL_CARE] == -1).all()
    assert (men.practitioner[arm == PROGRAMME] >= 0).mean() > 0.9


def test_an_added_man_changes_nobodys_arm(asked: TrialStudy) -> None:
    world = pair(asked)
    few, many = (world._arms(3, men) for men in (121, 160))
    assert np.array_equal(few, many[:121])
    assert not np.array_equal(few, world._arms(4, 121))


def test_a_service_against_itself_has_no_effect(gate: Scenario) -> None:
    study = trial_of(*paired_services(gate, gate), men=[60], replicates=2)
    assert study.compared_with is not None
    assert study.compared_with.name == "through_the_gate again"
    assert study.clustered == ("programme", "usual_care")
    found = trial(study, threads=1)
    assert (found.power["effect"].dropna() == 0.0).all()


def test_a_programme_in_two_arms_stands_alone_as_busy_as_it_was() -> None:
    engager = Scenario.load("engager_trial")
    alone = service_of(engager)
    assert arms_of(alone) == {PROGRAMME}
    people = alone.setting.population
    assert (people.leavers, people.recruitment_weeks) == (280, 208)
    places = {agency.name: agency.places for agency in alone.setting.agencies}
    assert places["drug service north"] == 5
    assert service_of(alone) is alone


def test_own_usual_care_keeps_the_agencies_and_gives_the_men_to_probation(gate: Scenario) -> None:
    usual = own_usual_care(gate)
    assert arms_of(usual) == {USUAL_CARE}
    assert usual.setting.agencies == gate.setting.agencies
    (team,) = usual.setting.teams
    assert (team.agency, team.practitioners) == ("probation", 2)
    assert usual.theories()[USUAL_CARE].client_engagement.other_cases == 32
    assert (usual.theories()[USUAL_CARE] == changed_cases(gate)).all()


def changed_cases(scenario: Scenario) -> np.void:
    """Give usual care's theory with other cases alone changed."""
    path = "usual_care.client_engagement.other_cases"
    theory: np.void = changed(scenario, {path: 32}).theories()[USUAL_CARE]
    return theory


def test_where_there_is_no_probation_usual_care_brings_it() -> None:
    therapy = Scenario.load("therapy_led")
    usual = own_usual_care(therapy)
    added = [each for each in usual.setting.agencies if each not in therapy.setting.agencies]
    assert [agency.kind for agency in added] == ["probation"]
    usual.template()


@pytest.mark.parametrize("names", [("therapy_led",), ("peer_led", "colocated_hub")])
def test_any_service_can_be_tried(names: tuple[str, ...]) -> None:
    found = trial(asked_trial(*names, men=[40], replicates=2) if len(names) > 1 else
                  asked_trial(names[0], None, [40], replicates=2), threads=1)  # fmt: skip
    assert len(found.power)
    assert found.null.empty
    assert found.published.empty


def test_more_practitioners_recruit_faster_and_are_as_busy(gate: Scenario) -> None:
    larger = staffed(gate, 3.0)
    (team,) = larger.setting.teams
    assert (team.practitioners, team.supervisors, team.peers) == (6, 3, 3)
    assert larger.setting.population.recruitment_weeks == 35
    drug = next(each for each in larger.setting.agencies if each.name == "drug service")
    assert drug.places == 42
    assert staffed(gate, 1.0) is gate


def test_designs_are_tried_in_every_combination(trials: Trials) -> None:
    assert trials.study.designs == ((120, 2), (120, 4))
    rows = trials.costs.set_index("practitioners")
    assert list(rows["weeks"]) == [69 + 20 + 12, 35 + 20 + 12]
    assert rows.loc[2, "recruitment"] == 120 * 400
    assert rows.loc[4, "practitioners_paid"] == 4 * (35 + 20 + 12) * 1000
    assert set(trials.trials["practitioners"]) == {2, 4}
    assert trials.study.design == (120, 2)
    assert dataclasses.replace(trials.study, practitioners=(6, 4)).design == (120, 4)


def test_single_men_are_told_of_only_where_they_enter_both_services_in_one_week(
    asked: TrialStudy, trials: Trials, gate: Scenario
) -> None:
    assert not asked.follows_men
    assert trials.individual.empty
    assert "what either does to a single man is not known" in " ".join(trials.in_words())
    assert trial_of(*paired_services(gate, None)).follows_men


def test_prices_are_what_they_are_set_to(asked: TrialStudy) -> None:
    dear = dataclasses.replace(asked.prices, recruited=1000.0, followed_up=0.0)
    found = trial(dataclasses.replace(asked, prices=dear, practitioners=(), replicates=2))
    row = found.costs.iloc[0]
    assert (row["recruitment"], row["follow_up"]) == (120_000.0, 0.0)
    assert row["cost"] == 120_000.0 + row["practitioners_paid"]


def test_who_was_first_given_a_man_is_who_then_held_the_post() -> None:
    engager = Scenario.load("engager_trial")
    plan = trial_worlds(trial_of(engager, None), None).delivered.plan
    run = run_once(plan, 0).events
    assert run is not None
    first = first_practitioners(run)
    men, posts = run.world.leavers, run.world.practitioners
    left = np.zeros(len(posts), int)
    number = {int(who): index for index, who in enumerate(posts["who"])}
    expected: dict[int, int] = {}
    for row in run.rows:
        if row["event"] == Event.WORKER_LEFT:
            left[number[int(row["who"])]] += 1
        elif row["event"] == Event.ALLOCATED:
            post = int(row["values"][0])
            expected[int(row["who"])] = post * 1_000_000 + int(left[post])
    assert left.sum() > 0
    assert [expected.get(int(who), -1) for who in men["who"]] == first.tolist()


def test_the_dead_have_no_effect_and_no_score_and_are_counted(trials: Trials) -> None:
    world = pair(trials.study)
    for replicate in range(40):
        men = world.men(replicate)
        alive = alive_at(men.both.dealt, (26,)) & alive_at(men.both.swapped, (26,))
        if not alive.all():
            break
    assert not alive.all()
    effects = men.own_effects(26)
    assert np.array_equal(np.isnan(effects), ~alive[:, 0])
    assert (trials.trials["died_programme"] >= 0).all()


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("usual_care",), "engager-sim trial usual_care through_the_gate"),
        (("through_the_gate", "nobody"), "nobody"),
        (("through_the_gate", "--men", 3), "20 to 20,000"),
        (("engager_trial", "--practitioners", 6), "multiple"),
        (("through_the_gate", "--practitioners", 1), "tells the practitioner from the service"),
        (("through_the_gate", "--seed", -1), "seed"),
        (("through_the_gate", "--replicates", 0), "replicates"),
    ],
)
def test_what_makes_no_trial_is_refused_in_one_message(
    arguments: tuple[object, ...], part: str, tmp_path: Path
) -> None:
    message = one_message(engager_sim("trial", *arguments, "--out", tmp_path / "out"))
    assert part in message
    assert not (tmp_path / "out").exists()


def test_services_of_other_theories_are_refused(tmp_path: Path) -> None:
    here = write(tmp_path, SERVICE.replace("allocation = [1, 1]", "allocation = [1, 0]"))
    text = SERVICE.replace("skill_gain = 0.02", "skill_gain = 0.03")
    there = write(tmp_path, text, "other.toml")
    message = one_message(engager_sim("trial", here, there))
    assert "differ in what no service chooses (supervision.skill_gain)" in message


def test_options_beside_a_study_file_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "study.toml"
    file.write_text('question = "Q"\nscenario = "engager_trial"\n', encoding="utf-8")
    assert "a study file says what is asked" in one_message(engager_sim("trial", file, "--men", 40))


def test_one_practitioner_is_refused_before_anything_runs() -> None:
    engager = Scenario.load("engager_trial")
    teams = [dataclasses.replace(team, practitioners=1) for team in engager.setting.teams[:1]]
    setting = dataclasses.replace(engager.setting, teams=[*teams, *engager.setting.teams[2:]])
    alone = dataclasses.replace(engager, setting=setting)
    with pytest.raises(UsageError, match="one practitioner"):
        TrialSettings(trial_of(alone, None))
