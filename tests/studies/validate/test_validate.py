"""A validation: figures are judged whatever the threads; bad requests are refused."""

from pathlib import Path

import pandas as pd
import pytest

from engager_sim.errors import UsageError
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.studies.run.study import simulate
from engager_sim.studies.validate.expected import Expected
from engager_sim.studies.validate.settings import ValidateSettings
from engager_sim.studies.validate.study import Validation, prepare, validate
from tests.studies.validate.small_posterior import REPLICATES, one_pattern, part


def two_parts() -> Expected:
    return one_pattern(
        part("core_om_difference", 1.0, take="low"), part("trust_from_peers", 0.0, near=0.005)
    )


@pytest.fixture(scope="module")
def validation(posterior: FittedParameters) -> Validation:
    return validate(posterior, REPLICATES, threads=1, expected=two_parts())


def test_threads_do_not_matter_and_what_is_told_counts_every_run(
    validation: Validation, posterior: FittedParameters
) -> None:
    told: list[tuple[str, int, int]] = []
    again = validate(
        posterior,
        REPLICATES,
        threads=2,
        telling=lambda *count: told.append(count),
        expected=two_parts(),
    )
    pd.testing.assert_frame_equal(validation.parts, again.parts)
    assert validation.done == again.done == 3 * REPLICATES  # the trial, with peers, without
    assert told[0][1:] == (0, 3 * REPLICATES)
    assert told[-1][1:] == (3 * REPLICATES, 3 * REPLICATES)


def test_the_lower_end_of_an_interval_is_that_of_the_expectation(
    validation: Validation, posterior: FittedParameters
) -> None:
    runs = simulate("engager_trial", REPLICATES, 1, weekly=False, parameters=posterior)
    rows = runs.summary().set_index(["outcome", "whom"])
    low = rows.loc[("core_om_26w", "difference"), "low"]
    assert validation.parts["figure"].iloc[0] == pytest.approx(low)


def test_the_manifest_says_what_each_variant_changes(posterior: FittedParameters) -> None:
    prepared = prepare(ValidateSettings(posterior, REPLICATES, expected=two_parts()))
    changes = {variant["name"]: variant["changes"] for variant in prepared.facts["variants"]}
    assert changes["engager_trial"] == []
    assert ["teams.Engager team north.peers", 1, 3] in changes["three_peers"]
    assert [scenario.name for scenario in prepared.scenarios] == ["engager_trial"]


@pytest.mark.parametrize(
    ("parameters", "replicates", "message"),
    [
        ("defaults", 80, "what is validated is the fitted model"),
        ("small", 79, "replicates come in pairs"),
        ("small", 40, "too few replicates"),
        ("small", 800, "there are not so many draws"),
    ],
)
def test_bad_requests_are_refused(
    posterior: FittedParameters, parameters: str, replicates: int, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        validate(posterior if parameters == "small" else parameters, replicates)


def test_a_part_that_nothing_measures_is_refused(posterior: FittedParameters) -> None:
    with pytest.raises(UsageError, match="nothing measures this"):
        validate(posterior, REPLICATES, expected=one_pattern(part("happiness", 0.0)))


def test_a_posterior_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such posterior"):
        validate(tmp_path / "nowhere.parquet", REPLICATES)
