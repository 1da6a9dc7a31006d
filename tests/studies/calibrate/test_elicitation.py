"""Priors of a service's own: a form, the draws that it weighs, and what it cannot say."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from engager_sim.errors import EngagerError, ScenarioError, UsageError
from engager_sim.scenarios.changes import find_parameter
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.posterior_file import write_posterior
from engager_sim.studies.calibrate.elicitation import (
    COLUMNS,
    read_form,
    side_by_side,
    weighted_draws,
    write_answers,
    write_form,
)
from tests.command_line.command import engager_sim, one_message

BRIDGE, GROWTH = "peers.bridge", "relationship.trust_growth"
DRAWN = 20_000


def draws_of_the_prior(path: str, seed: int) -> np.ndarray:
    _, parameter = find_parameter(path)
    shares = np.random.default_rng(seed).random(DRAWN)
    middle = parameter.default
    return np.interp(shares, (0.0, 0.5, 1.0), (parameter.low, middle, parameter.high))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Draws that no figure taught anything: those of the declared prior."""
    draws = pd.DataFrame(
        {
            "relationship.coupling": ["gated", "additive"] * (DRAWN // 2),
            BRIDGE: draws_of_the_prior(BRIDGE, 1),
            GROWTH: draws_of_the_prior(GROWTH, 2),
        }
    )
    made = tmp_path_factory.mktemp("posterior") / "posterior.parquet"
    write_posterior(draws, {"made_by": "a test"}, made)
    return made


@pytest.fixture(scope="module")
def fitted(file: Path) -> FittedParameters:
    found = FittedParameters.load(file)
    assert found is not None
    return found


def form_in(folder: Path, *rows: str) -> Path:
    written = folder / "form.csv"
    header = "parameter,low_5,median,high_95,reason"
    written.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return written


def test_where_figures_taught_nothing_the_answer_is_what_the_service_believes(
    fitted: FittedParameters, tmp_path: Path
) -> None:
    _, bridge = find_parameter(BRIDGE)
    believed = [bridge.low + share * (bridge.high - bridge.low) for share in (0.2, 0.4, 0.7)]
    row = f"{BRIDGE},{believed[0]},{believed[1]},{believed[2]},two years of records"
    beliefs = read_form(fitted, form_in(tmp_path, row))
    assert beliefs[0].reason == "two years of records"
    rows = side_by_side(fitted, beliefs).set_index("prior")
    ends = ["low", "middle", "high"]
    width = bridge.high - bridge.low
    assert rows.loc["elicited", ends].tolist() == pytest.approx(believed, abs=0.02 * width)
    even = [bridge.low + share * width for share in (0.05, 0.5, 0.95)]
    assert rows.loc["flat", ends].tolist() == pytest.approx(even, abs=0.02 * width)
    assert rows.loc["declared", ends].tolist() == pytest.approx(bridge.prior, abs=0.02 * width)
    assert rows.loc["declared", "effective"] == pytest.approx(DRAWN)


def test_other_parameters_stay_as_they_were(fitted: FittedParameters, tmp_path: Path) -> None:
    _, bridge = find_parameter(BRIDGE)
    middle = 0.5 * (bridge.low + bridge.high)
    row = f"{BRIDGE},{0.9 * middle},{middle},{1.1 * middle},known"
    weights = weighted_draws(fitted, read_form(fitted, form_in(tmp_path, row)), "elicited")
    growth = fitted.numbers[:, 2]
    assert weights @ growth == pytest.approx(growth.mean(), rel=0.03)


def test_answers_are_written_as_posteriors_that_can_be_named(
    fitted: FittedParameters, tmp_path: Path
) -> None:
    _, bridge = find_parameter(BRIDGE)
    middle = 0.5 * (bridge.low + bridge.high)
    row = f"{BRIDGE},{0.8 * middle},{middle},{1.2 * middle},known"
    beliefs = read_form(fitted, form_in(tmp_path, row))
    flat, elicited = write_answers(fitted, beliefs, tmp_path / "out", 1)
    again = FittedParameters.load(elicited)
    assert again is not None
    assert np.quantile(again.numbers[:, 1], 0.5) == pytest.approx(middle, rel=0.03)
    assert again.facts["elicited"][BRIDGE][3] == "known"
    assert set(again.numbers[:, 0]) == {0.0, 1.0}
    assert FittedParameters.load(flat) is not None


def test_an_empty_form_lists_what_is_drawn_with_the_declared_prior(
    fitted: FittedParameters, tmp_path: Path
) -> None:
    form = tmp_path / "form.csv"
    assert write_form(fitted, "peers", form) == 1
    (row,) = pd.read_csv(form).to_dict("records")
    _, bridge = find_parameter(BRIDGE)
    told = [row[name] for name in ("declared_5", "declared_median", "declared_95")]
    assert list(row) == list(COLUMNS)
    assert told == pytest.approx(bridge.prior, rel=1e-3)
    with pytest.raises(ScenarioError, match="nothing is filled in"):
        read_form(fitted, form)
    with pytest.raises(UsageError, match="may be filled in"):
        write_form(fitted, None, form)
    with pytest.raises(UsageError, match="no drawn parameter"):
        write_form(fitted, "supervision", tmp_path / "other.csv")


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([f"{BRIDGE},0.5,0.4,0.9,known"], "out of order"),
        ([f"{BRIDGE},0.4,0.4,0.9,known"], "out of order"),
        ([f"{BRIDGE},0.4,0.5,99,known"], "column high_95"),
        ([f"{BRIDGE},0.4,0.5,0.9,"], "column reason"),
        ([f"{BRIDGE},0.4,,0.9,known"], "column median"),
        (["peers.brigde,0.4,0.5,0.9,known"], 'did you mean "peers.bridge"?'),
        (["relationship.coupling,0.4,0.5,0.9,known"], "no drawn parameter"),
        ([f"{BRIDGE},0.4,0.5,0.9,known"] * 2, "there twice"),
    ],
)
def test_a_form_that_cannot_be_used_is_refused(
    fitted: FittedParameters, tmp_path: Path, rows: list[str], says: str
) -> None:
    with pytest.raises(EngagerError) as refused:
        read_form(fitted, form_in(tmp_path, *rows))
    assert says in str(refused.value)


def test_more_knowledge_than_draws_can_say_is_refused(
    fitted: FittedParameters, tmp_path: Path
) -> None:
    row = f"{BRIDGE},0.4999999,0.5,0.5000001,very sure"
    beliefs = read_form(fitted, form_in(tmp_path, row))
    with pytest.raises(UsageError, match="would carry the elicited answer"):
        weighted_draws(fitted, beliefs, "elicited")


def test_the_command_weighs_and_writes(file: Path, tmp_path: Path) -> None:
    form = form_in(tmp_path, f"{BRIDGE},0.4,0.5,0.9,known")
    out = tmp_path / "out"
    result = engager_sim("elicit", form, "--parameters", file, "--out", out)
    assert result.exit_code == 0, result.output
    assert {each.name for each in out.iterdir()} == {"flat.parquet", "elicited.parquet"}
    for prior in ("flat", "declared", "elicited"):
        assert prior in result.stdout
    refused = engager_sim("elicit", form, "--parameters", "defaults")
    assert "defaults have no draws" in one_message(refused)
