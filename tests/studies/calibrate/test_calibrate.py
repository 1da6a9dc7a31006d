"""A calibration of a small service, from its file to its tables."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from engager_sim.designs.execution.executors import Threads
from engager_sim.designs.outcome_columns import find_columns
from engager_sim.errors import ScenarioError, UsageError
from engager_sim.outcomes.headline import HEADLINE
from engager_sim.results.study_folder import StudyFolder
from engager_sim.scenarios.fitted_parameters import STRUCTURE
from engager_sim.studies.calibrate.coverage import ALL, AT_PRIOR, INFORMED
from engager_sim.studies.calibrate.printout import printed
from engager_sim.studies.calibrate.quantities import DIFFERENCE, FIGURE, OUTCOME
from engager_sim.studies.calibrate.settings import read_calibration
from engager_sim.studies.calibrate.study import Calibration, calibrate
from tests.studies.calibrate.small_study import STUDY, TARGETS, study_in

RECALLS = "recall_lost_contact_share_programme"


@pytest.fixture(scope="module")
def calibration(tmp_path_factory: pytest.TempPathFactory) -> Calibration:
    return calibrate(study_in(tmp_path_factory.mktemp("calibration")))


def test_parameters_that_the_figures_speak_of_are_informed(calibration: Calibration) -> None:
    """Contact speaks of outreach; no figure speaks of what peers do for services."""
    verdicts = calibration.parameters.set_index("parameter")["verdict"]
    assert verdicts["ways_out.recontact_outreach"] == "informed"
    assert verdicts["peers.bridge"] == "stayed at its prior"


def test_a_figure_informs_what_two_possible_ones_far_apart_leave_open(
    calibration: Calibration, tmp_path: Path
) -> None:
    """45% and 65% reoffending spread over nearly the whole range of their parameter."""
    study = STUDY.replace("truths = 40", "truths = 0")
    middles = []
    for value in (0.45, 0.65):
        targets = TARGETS.replace("[0.45, 0.65]", f"[{value}]")
        alone = reoffending(calibrate(study_in(tmp_path, study, targets)))
        assert alone["verdict"] == "informed"
        assert alone["contraction"] > 0.6
        middles.append(alone["middle"])
    both = reoffending(calibration)
    assert both["verdict"] == "stayed at its prior"
    assert middles[0] + 0.1 < both["middle"] < middles[1] - 0.05


def reoffending(calibration: Calibration) -> dict[Any, Any]:
    rows = calibration.parameters.to_dict("records")
    (row,) = [row for row in rows if row["parameter"] == "justice.reoffending_year"]
    return row


def test_runs_without_a_value_are_counted(calibration: Calibration, tmp_path: Path) -> None:
    assert RECALLS not in calibration.missing["outcome"].tolist()
    study = STUDY.replace("truths = 40", "truths = 0")
    recalls = TARGETS.replace("attendance_rate_programme", RECALLS)
    result = calibrate(study_in(tmp_path, study, recalls))
    (row,) = result.missing.to_dict("records")
    assert (row["outcome"], row["runs"], row["points"]) == (RECALLS, 3 * 1024, 1024)
    assert row["no_value"] > row["short"] > 0
    said = f"of 3,072 runs {row['no_value']:,} have no value ({row['reason']})"
    assert [output for output in printed(result) if isinstance(output, str) and said in output]


def test_draws_lie_within_priors_and_name_a_theory(calibration: Calibration) -> None:
    for factor in calibration.design.factors:
        values = calibration.draws[factor.path]
        if factor.path == STRUCTURE:
            assert set(values) <= {"gated", "additive"}
        else:
            assert values.between(factor.low, factor.high).all()
    assert len(calibration.draws) == 100


def test_the_fitted_model_predicts_what_it_was_fitted_to(calibration: Calibration) -> None:
    fitted = (
        calibration.targets[calibration.targets["role"] == "fit"]
        .groupby("target")["is_inside"]
        .any()
    )
    assert fitted.all()
    assert (calibration.targets["low"] <= calibration.targets["high"]).all()


def test_alternatives_have_probabilities_that_add_up(calibration: Calibration) -> None:
    sums = calibration.rivals.groupby("about")["probability"].sum()
    assert set(sums.index) == {STRUCTURE, "reoffending"}
    np.testing.assert_allclose(sums, 1.0)


def test_two_figures_of_which_several_are_possible_each_have_probabilities(tmp_path: Path) -> None:
    targets = TARGETS.replace("values = [0.75]", "values = [0.7, 0.8]")
    calibration = calibrate(study_in(tmp_path, STUDY.replace("truths = 40", "truths = 0"), targets))
    sums = calibration.rivals.groupby("about")["probability"].sum()
    assert set(sums.index) == {STRUCTURE, "contact", "reoffending"}
    np.testing.assert_allclose(sums, 1.0)


def test_simulated_truths_lie_in_their_intervals_about_as_often_as_promised(
    calibration: Calibration,
) -> None:
    whole = calibration.coverage[calibration.coverage["quantity"] == ALL].set_index("kind")
    assert set(whole.index) == {INFORMED, AT_PRIOR, FIGURE}
    assert whole["inside"].between(0.75, 1.0).all()
    assert (whole["truths"] == 40).all()
    sums = calibration.ranks.groupby(["kind", "quantity"])["share"].sum()
    np.testing.assert_allclose(sums, 1.0)


def test_a_service_and_what_it_could_change_are_judged_too(tmp_path: Path) -> None:
    weekly = 'question = "More often?"\nbased_on = "service.toml"\n'
    (tmp_path / "weekly.toml").write_text(
        f"{weekly}[programme.supervision]\ninterval = 1\n", encoding="utf-8"
    )
    asked = 'truths = 40\nservice = "service.toml"\noptions = ["weekly.toml"]'
    result = calibrate(study_in(tmp_path, STUDY.replace("truths = 40", asked)))
    judged = result.coverage[result.coverage["quantity"] != ALL]
    outcomes = judged[judged["kind"] == OUTCOME]
    assert [name.removeprefix("service: ") for name in outcomes["quantity"][:2]] == [
        column.label for column in find_columns(HEADLINE[:2])
    ]
    differences = judged[judged["kind"] == DIFFERENCE]
    assert len(HEADLINE) >= len(outcomes) >= len(differences) > len(HEADLINE) / 2
    assert differences["quantity"].str.startswith("weekly less service: ").all()
    assert judged["inside"].median() > 0.75


def test_what_prior_and_figures_say_against_each_other_is_told_before_the_fit(
    tmp_path: Path,
) -> None:
    """Nearly nobody is ever in contact, says a figure; no value of any parameter gives that."""
    study = STUDY.replace("truths = 40", "truths = 0")
    targets = TARGETS.replace("values = [0.75]", "values = [0.05]")
    told: list[str] = []
    result = calibrate(study_in(tmp_path, study, targets), telling=told.append)
    found = result.prior_conflicts.groupby(["prior", "target"])["verdict"].agg(list)
    for prior in ("as declared", "half as wide"):
        assert found[prior, "contact"] == ["conflict"]
        assert "none" in found[prior, "reoffending"]
        assert found[prior, "together"] == ["conflict", "conflict"]
    said = next(line for line in told if line.startswith("Prior as declared: conflict"))
    assert told.index(said) < told.index("fitting")
    assert said in list(printed(result))


def test_figures_of_one_sample_are_fitted_with_another_correlation_too(tmp_path: Path) -> None:
    study = STUDY.replace("truths = 40", "truths = 0\nerror_correlation = 0.5")
    targets = TARGETS.replace('mark = "seen"', 'mark = "seen"\nsample = "made up"')
    targets = targets.replace("error = 0.05", "error = 0.2")
    moved = calibrate(study_in(tmp_path, study, targets)).correlated_errors
    assert set(moved["kind"]) == {"parameter", "figure", "rival"}
    assert (moved["correlation"] == 0.5).all()
    assert (moved["other_correlation"] == 0.0).all()
    assert (moved["other_middle"] != moved["middle"]).all()


def test_the_same_study_gives_the_same_whatever_the_threads_and_after_a_stop(
    calibration: Calibration, tmp_path: Path
) -> None:
    settings = read_calibration(study_in(tmp_path))
    with StudyFolder.opened(tmp_path / "out", {"what": "a test"}) as folder:
        calibrate(settings, folder, Threads(1))
    next((tmp_path / "out" / "runs").glob("*.parquet")).unlink()
    with StudyFolder.opened(tmp_path / "out", {"what": "a test"}) as folder:
        again = calibrate(settings, folder, Threads(2))
    for name in Calibration.table_names:
        pd.testing.assert_frame_equal(getattr(again, name), getattr(calibration, name))


def test_a_fit_without_parameters_is_refused(tmp_path: Path) -> None:
    text = STUDY[: STUDY.index("[[factors]]")]
    with pytest.raises(ScenarioError, match="the study varies nothing"):
        read_calibration(study_in(tmp_path, text))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("points = 1024", "points = 1000", "a power of two"),
        ("replicates = 3", "replicates = 1", "how much is Monte Carlo noise"),
        ("accepted = 0.1", "accepted = 0.9", "the nearest allowed value is 0.5"),
        ("seed = 5", 'seed = 5\noutcomes = ["engaged_12w"]', "chooses its outcomes itself"),
        ("seed = 5", 'seed = 5\ncompared_with = "engager_trial"', "compared_with"),
        ("peers.bridge", "programme.supervision.mode", "only real numbers"),
        ("draws = 100", "drawn = 100", "not known"),
        ("draws = 100", "error_correlation = 1.5", "the nearest allowed value is 1"),
        ("draws = 100", 'options = ["service.toml"]', "options of no service"),
        ("draws = 100", 'service = "engager_trial"\noptions = ["usual_care"]', "different men"),
        ("draws = 100", 'service = "nowhere.toml"', "nowhere.toml"),
        ('"targets.toml"', '"nowhere.toml"', "nowhere.toml"),
    ],
)
def test_what_cannot_be_fitted_is_refused(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in STUDY
    with pytest.raises(ScenarioError) as refused:
        read_calibration(study_in(tmp_path, STUDY.replace(old, new)))
    assert says in str(refused.value)


def test_correlations_that_are_no_matrix_are_refused(tmp_path: Path) -> None:
    """Of three figures no two can be correlated at -0.6: their sum would have no variance left."""
    study = STUDY.replace("truths = 40", "error_correlation = -0.6")
    targets = TARGETS.replace('mark = "seen"', 'mark = "seen"\nsample = "made up"')
    with pytest.raises(ScenarioError, match="no matrix of correlations") as refused:
        read_calibration(study_in(tmp_path, study, targets))
    assert "above -0.5 for 3 figures of one sample" in str(refused.value)


def test_targets_of_another_scenario_are_refused(tmp_path: Path) -> None:
    targets = TARGETS.replace('scenario = "service"', 'scenario = "usual_care"', 1)
    with pytest.raises(ScenarioError, match="contact speaks of another scenario"):
        read_calibration(study_in(tmp_path, targets=targets))


def test_targets_of_which_none_is_to_be_fitted_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="no target is to be fitted"):
        read_calibration(study_in(tmp_path, targets=TARGETS.replace('"fit"', '"hold_out"')))


def test_too_few_points_to_say_anything_are_refused(tmp_path: Path) -> None:
    text = STUDY.replace("points = 1024", "points = 64")
    with pytest.raises(UsageError, match="too few points would be accepted"):
        calibrate(study_in(tmp_path, text))
