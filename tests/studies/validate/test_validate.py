"""A validation: verdicts follow from figures, whatever the threads; bad requests are refused."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from engager_sim.errors import UsageError
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.posterior_file import write_posterior
from engager_sim.studies.run.study import simulate
from engager_sim.studies.validate import measures
from engager_sim.studies.validate.ensemble import Chosen, Ensemble
from engager_sim.studies.validate.expected import Expected, Part, Pattern
from engager_sim.studies.validate.narrative import told
from engager_sim.studies.validate.study import Validation, validate

REPLICATES = 80
"""The fewest that are allowed."""


def expected(*parts: Part) -> Expected:
    return Expected((Pattern(1, "One", "It is seen.", "Somebody", False, False, parts),), 1.0)


def part(measure: str, at_least: float, near: float = 0.1, take: str = "whole") -> Part:
    return Part(measure, "a figure", take, at_least, None, near, "why")


@pytest.fixture(scope="module")
def posterior(tmp_path_factory: pytest.TempPathFactory) -> FittedParameters:
    rng = np.random.default_rng(4)
    draws = pd.DataFrame(
        {
            "relationship.coupling": rng.choice(["gated", "additive"], 60),
            "relationship.trust_growth": rng.uniform(0.05, 0.25, 60),
        }
    )
    file = tmp_path_factory.mktemp("fitted") / "posterior.parquet"
    write_posterior(draws, {"made_by": "a test"}, file)
    fitted = FittedParameters.load(file)
    assert fitted is not None
    return fitted


@pytest.fixture
def luck() -> Iterator[None]:
    """Measures whose figures are known: draws' numbers, and what theories differ by."""

    def known(seen: Ensemble, chosen: Chosen) -> float:
        rng = np.random.default_rng(1)
        return float(rng.normal(3.0, 1.0, seen.replicates)[chosen].mean())

    def by_theory(seen: Ensemble, chosen: Chosen) -> float:
        assert seen.fitted is not None
        return float(seen.fitted.drawn(seen.replicates).rivals[chosen].mean())

    added = {"known": known, "by_theory": by_theory}
    measures.MEASURES.update(added)
    yield
    for name in added:
        del measures.MEASURES[name]


@pytest.mark.usefixtures("luck")
def test_figures_are_judged_and_the_worst_part_decides(posterior: FittedParameters) -> None:
    wanted = expected(part("known", 2.0), part("known", 3.5), part("known", 3.0, near=0.5))
    found = validate(posterior, REPLICATES, expected=wanted)
    assert found.parts["verdict"].tolist()[0] == "met"
    assert found.parts["verdict"].tolist()[1] == "missed"
    assert found.patterns["verdict"].tolist() == ["missed"]
    assert found.met == 0
    row = found.parts.iloc[0]
    # 80 values of standard deviation 1 leave their mean unsure by about 0.11, 0.23 at 95%.
    assert row["high"] - row["figure"] == pytest.approx(0.23, abs=0.1)


@pytest.mark.usefixtures("luck")
def test_each_rival_theory_is_judged_alone(posterior: FittedParameters) -> None:
    found = validate(posterior, REPLICATES, expected=expected(part("by_theory", 0.9, near=0.0)))
    row = found.parts.iloc[0]
    assert (row["gated"], row["additive"]) == (0.0, 1.0)
    assert (row["verdict_gated"], row["verdict_additive"]) == ("missed", "met")


def two_parts() -> Expected:
    return expected(
        part("core_om_difference", 1.0, take="low"), part("trust_from_peers", 0.0, near=0.005)
    )


@pytest.fixture(scope="module")
def found(posterior: FittedParameters) -> Validation:
    return validate(posterior, REPLICATES, threads=1, expected=two_parts())


def test_threads_do_not_matter(found: Validation, posterior: FittedParameters) -> None:
    again = validate(posterior, REPLICATES, threads=2, expected=two_parts())
    pd.testing.assert_frame_equal(found.parts, again.parts)
    assert found.runs == again.runs == 3 * REPLICATES  # the trial, with peers, without


def test_the_lower_end_of_an_interval_is_that_of_the_expectation(
    found: Validation, posterior: FittedParameters
) -> None:
    runs = simulate("engager_trial", REPLICATES, 1, weekly=False, parameters=posterior)
    its = runs.summary().set_index(["outcome", "whom"]).loc[("core_om_26w", "difference")]
    assert found.parts["figure"].iloc[0] == pytest.approx(its["low"])


def test_it_is_told_in_words_what_is_off_and_by_how_much(found: Validation) -> None:
    said = " ".join(told(found.patterns, found.parts, found.figures))
    assert "Of 1 patterns 0 are met" in said
    assert "wanted at least 1; off by" in said


@pytest.mark.parametrize(
    ("parameters", "replicates", "message"),
    [
        ("defaults", 80, "what is validated is the fitted model"),
        ("posterior", 79, "replicates come in pairs"),
        ("posterior", 40, "too few replicates"),
    ],
)
def test_bad_requests_are_refused(parameters: str, replicates: int, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        validate(parameters, replicates)


def test_a_part_that_nothing_measures_is_refused(posterior: FittedParameters) -> None:
    with pytest.raises(UsageError, match="nothing measures this"):
        validate(posterior, REPLICATES, expected=expected(part("happiness", 0.0)))


def test_a_posterior_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such posterior"):
        validate(tmp_path / "nowhere.parquet", REPLICATES)
