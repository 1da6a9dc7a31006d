"""A trial simulated many times: its tables, a world without effect, threads, drawn parameters."""

import dataclasses
import math
from pathlib import Path

import pandas as pd
import pytest

from engager_sim.designs.execution import blocks as blocks_module
from engager_sim.errors import UsageError
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.posterior_file import write_posterior
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.trial.settings import TrialStudy
from engager_sim.studies.trial.study import TABLES, Trials, trial
from engager_sim.studies.trial.trial_file import read_trial
from engager_sim.studies.trial.undiluted_delivery import Changes
from tests.runs.alike import arms_alike
from tests.studies.trial.made_up import study_in

GROWTH = "relationship.trust_growth"
REPEATED = 60
SLOW, FAST = 0.1, 0.25
EXPERIMENT = Path(__file__).parents[3] / "experiments" / "engager_trial_again.toml"


@pytest.fixture(scope="module")
def engager() -> TrialStudy:
    """Read the experiment, with fewer trials of fewer sizes."""
    return dataclasses.replace(read_trial(EXPERIMENT), replicates=12, men=(140, 280))


@pytest.fixture(scope="module")
def trials(engager: TrialStudy) -> Trials:
    return trial(engager, threads=2, parameters="defaults")


@pytest.fixture(scope="module")
def without_effect(engager: TrialStudy) -> Trials:
    """Many small trials in a world whose arms differ in name only, undiluted delivery included.

    More practitioners would tire less, whatever the themes do, so the programme is given no more.
    """
    alike = arms_alike(Scenario.load("engager_trial"))
    caseload: Changes = {"programme.client_engagement.caseload": 8}
    undiluted = {**engager.undiluted, "caseload": caseload}
    small = dataclasses.replace(
        engager, scenario=alike, undiluted=undiluted, men=(80,), size=80, replicates=REPEATED
    )
    return trial(small, parameters="defaults")


def test_tables_are_the_same_whatever_the_threads(trials: Trials, engager: TrialStudy) -> None:
    again = trial(engager, threads=1, parameters="defaults")
    assert again.measurement.left_out == trials.measurement.left_out
    for name in TABLES:
        pd.testing.assert_frame_equal(again.tables()[name], trials.tables()[name], check_exact=True)


def test_a_trial_is_the_same_however_many_are_run(engager: TrialStudy) -> None:
    fewer = trial(
        dataclasses.replace(engager, replicates=3, residual_sd=None), parameters="defaults"
    )
    bare = trial(
        dataclasses.replace(engager, replicates=5, residual_sd=None), parameters="defaults"
    )
    first = bare.trials[bare.trials["replicate"] < 3].reset_index(drop=True)
    same = ["true_effect", "complete_estimate"]  # attrition is fitted to all replicates
    pd.testing.assert_frame_equal(fewer.trials[same], first[same], check_exact=True)


def test_every_table_has_its_rows(trials: Trials) -> None:
    assert len(trials.trials) == 12 * 2 * (4 + 1)
    assert len(trials.power) == 2 * 5
    assert len(trials.by_analysis) == 2 * 4 * 2 + 1
    assert len(trials.costs) == 2
    assert len(trials.corners) == 8
    assert list(trials.null["step"]) == [
        "remains", "delivery", "supervision", "caseload", "follow_up", "as_delivered",
    ]  # fmt: skip
    assert len(trials.contamination) == 3 * 5
    assert "12 of 140, 280 men" in repr(trials)
    assert trials.own_effects["share"].sum() == pytest.approx(1.0)
    assert trials.individual["share"].sum() == pytest.approx(1.0)


def test_parts_of_the_null_sum(trials: Trials) -> None:
    steps = trials.null.set_index("step")
    parts = ["delivery", "supervision", "caseload"]
    points, shares = steps["points"], steps["null_share"]
    assert points["remains"] + points[parts].sum() == pytest.approx(points["as_delivered"])
    lost = [*parts, "follow_up"]
    assert shares["remains"] + shares[lost].sum() == pytest.approx(shares["as_delivered"])
    assert points["as_delivered"] == pytest.approx(trials.corners["effect"].iloc[0])
    assert points["remains"] == pytest.approx(trials.corners["effect"].iloc[-1])


def test_as_many_are_followed_up_as_was_asked(trials: Trials) -> None:
    power = trials.power[(trials.power["outcome"] == "core_om") & (trials.power["men"] == 280)]
    shares = (power["n_programme"] + power["n_usual_care"]).to_numpy(float) / 280.0
    assert shares == pytest.approx([0.73, 0.70, 0.657, 0.60], abs=0.03)


def test_what_attrition_costs_of_power_is_the_difference_within_its_interval(
    trials: Trials,
) -> None:
    power = trials.power
    lost = power["complete_power"] - power["power"]
    assert power["lost_power"].to_numpy() == pytest.approx(lost.to_numpy())
    assert (power["lost_power_low"] <= power["lost_power"]).all()
    assert (power["lost_power"] <= power["lost_power_high"]).all()


def test_men_vary_as_much_as_was_asked(trials: Trials) -> None:
    rows = trials.trials[(trials.trials["outcome"] == "core_om") & (trials.trials["week"] == 26)]
    spread = math.sqrt((rows["complete_residual_sd"] ** 2).mean())
    assert spread == pytest.approx(7.4, rel=0.05)


def test_the_true_effect_is_the_mean_of_mens_own(trials: Trials) -> None:
    """But for the dead, of whom there are not as many in every replicate."""
    groups = trials.individual
    mean = float((groups["share"] * groups["mean_effect"].fillna(0.0)).sum())
    assert mean == pytest.approx(float(trials.null["points"].iloc[-1]), abs=1e-3)


def test_a_trial_answers_in_words(trials: Trials) -> None:
    said = " ".join(trials.in_words())
    for part in (
        "Of 12 simulated trials of 280 men and 4 practitioners",
        "Why: with delivery, supervision and caseload undiluted",
        "Attrition brings", "published: 1.1, -1.1 to 3.2", "true odds ratio of",
        "Of single men", "Sharing agencies with the programme",
        "So a null result of 280 men says little", "the model alone has them vary by",
    ):  # fmt: skip
        assert part in said


def test_without_an_effect_one_trial_in_twenty_sees_one(without_effect: Trials) -> None:
    power = without_effect.power[without_effect.power["outcome"] == "core_om"]
    error = math.sqrt(0.05 * 0.95 / REPEATED)
    assert (abs(power["power"] - 0.05) < 4.0 * error).all()
    assert (abs(power["complete_power"] - 0.05) < 4.0 * error).all()
    assert (abs(power["holds_effect"] - 0.95) < 4.0 * error).all()


def test_without_an_effect_nothing_is_divided_among_the_parts(without_effect: Trials) -> None:
    steps = without_effect.null.set_index("step")
    dilution = ["remains", "delivery", "supervision", "caseload", "as_delivered"]
    assert (steps.loc[dilution, "points"] == 0.0).all()
    assert (steps.loc[dilution[1:4], "null_share"] == 0.0).all()
    bias = steps.loc["follow_up"]
    assert bias["low"] - 0.2 < 0.0 < bias["high"] + 0.2


def test_without_an_effect_no_man_has_one_and_it_says_so(without_effect: Trials) -> None:
    groups = without_effect.individual.set_index("group")["share"]
    assert groups["changes by less than 1 point"] == 1.0
    said = " ".join(without_effect.in_words())
    assert "There is no true effect to see" in said
    assert "more than a million men" in said


def test_without_an_effect_places_that_are_shared_cost_both_arms_alike(
    without_effect: Trials,
) -> None:
    """Separate agencies have places of their own, so men of either arm wait less for one."""
    contamination = without_effect.contamination.pivot(
        index=["outcome", "week"], columns="whom", values="contamination"
    )
    assert (contamination["difference"] == 0.0).all()
    pd.testing.assert_series_equal(
        contamination["programme"], contamination["usual_care"], check_names=False
    )
    assert (contamination["programme"] != 0.0).any()


def test_two_trials_are_run_under_each_draw_of_a_posterior(
    engager: TrialStudy, tmp_path: Path
) -> None:
    posterior = tmp_path / "posterior.parquet"
    draws = pd.DataFrame({GROWTH: [SLOW, FAST]})
    write_posterior(draws, {"made_by": "a test"}, posterior)
    few = dataclasses.replace(engager, replicates=4, men=(140,), size=140)
    drawn = trial(few, parameters=posterior)
    slow, fast = (
        trial(
            dataclasses.replace(few, scenario=changed(few.scenario, {GROWTH: growth})),
            parameters="defaults",
        )
        for growth in (SLOW, FAST)
    )

    def effects(trials: Trials) -> list[float]:
        chosen = (trials.trials["outcome"] == "core_om") & (trials.trials["week"] == 26)
        return trials.trials[chosen]["true_effect"].tolist()

    assert effects(drawn) == [*effects(slow)[:2], *effects(fast)[2:]]


def test_progress_is_told_in_replicates_block_by_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks_module, "LEAVER_WEEKS_PER_BLOCK", 80_000)
    told: list[tuple[int, int]] = []
    trial(
        study_in(tmp_path),
        threads=1,
        progress=lambda done, asked: told.append((done, asked)),
        parameters="defaults",
    )
    assert told == [(0, 6), (3, 6), (6, 6)]


def test_agencies_that_cannot_be_divided_leave_contamination_unknown(tmp_path: Path) -> None:
    trials = trial(study_in(tmp_path), parameters="defaults")
    assert len(trials.contamination) == 0
    assert any("contamination is not known" in sentence for sentence in trials.in_words())


def test_runs_are_those_of_both_arms_in_every_world(trials: Trials) -> None:
    """Two sizes, seven further corners and separate agencies, each as dealt and swapped."""
    assert trials.asked == trials.done == 12 * 2 * (2 + 7 + 1)
    assert trials.failed == {}


def test_threads_that_cannot_be_used_are_refused(engager: TrialStudy) -> None:
    with pytest.raises(UsageError, match="threads"):
        trial(engager, threads=0, parameters="defaults")
