"""Parameters drawn from a posterior: what they put where, and what is refused."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from engager_sim import Scenario, changed, compare, simulate
from engager_sim.errors import UsageError
from engager_sim.scenarios.fitted_parameters import REPLICATES_PER_DRAW, SHIPPED, FittedParameters
from engager_sim.scenarios.posterior_file import BASIS, METADATA, write_posterior

DRAWS = pd.DataFrame(
    {
        "relationship.coupling": ["gated", "additive", "gated"],
        "relationship.trust_growth": [0.1, 0.12, 0.24],
    }
)


@pytest.fixture
def posterior(tmp_path: Path) -> Path:
    file = tmp_path / "posterior.parquet"
    write_posterior(DRAWS, {"made_by": "a test"}, file)
    return file


def load(file: Path) -> FittedParameters:
    fitted = FittedParameters.load(file)
    assert fitted is not None
    return fitted


def small() -> Scenario:
    return Scenario.load("engager_trial")


def test_two_replicates_live_under_each_draw_and_draws_come_round_again(posterior: Path) -> None:
    theories = load(posterior).theories(small(), np.arange(8))
    assert REPLICATES_PER_DRAW == 2
    growth = theories["relationship"]["trust_growth"]
    assert growth[:, 0].tolist() == [0.1, 0.1, 0.12, 0.12, 0.24, 0.24, 0.1, 0.1]
    assert (growth[:, 0] == growth[:, 1]).all()
    assert theories["relationship"]["coupling"][:, 0].tolist() == [0, 0, 1, 1, 0, 0, 0, 0]
    assert load(posterior).drawn(4).rivals.tolist() == [0, 0, 1, 1]


def test_a_run_under_a_draw_is_the_run_of_the_scenario_that_says_its_values(
    posterior: Path,
) -> None:
    drawn = simulate(small(), 4, seed=5, weekly=False, parameters=posterior).runs
    said = {"relationship.coupling": "additive", "relationship.trust_growth": 0.12}
    by_hand = simulate(changed(small(), said), 4, seed=5, weekly=False, parameters="defaults").runs
    outcomes = [name for name in by_hand.columns if name != "scenario"]
    pd.testing.assert_frame_equal(drawn.loc[2:3, outcomes], by_hand.loc[2:3, outcomes])
    assert not drawn.loc[0:1, outcomes].equals(by_hand.loc[0:1, outcomes])


def test_what_a_scenario_says_itself_stands_and_is_named(posterior: Path) -> None:
    stubborn = changed(small(), {"relationship.trust_growth": 0.2})
    fitted = load(posterior)
    assert fitted.set_aside_by(stubborn) == ["relationship.trust_growth"]
    theories = fitted.theories(stubborn, np.arange(4))
    assert (theories["relationship"]["trust_growth"] == 0.2).all()
    assert theories["relationship"]["coupling"][:, 0].tolist() == [0, 0, 1, 1]


def test_worlds_that_are_compared_live_under_the_same_draws(posterior: Path) -> None:
    weekly = changed(small(), {"programme.supervision.interval": 1}, "weekly")
    found = compare(small(), weekly, replicates=6, seed=2, parameters=posterior)
    its = found.differences.set_index(["outcome", "whom"]).loc[("trust_12w", "programme")]
    assert its["n"] == 6
    assert its["parameters"] >= 0.0
    alone = compare(small(), weekly, replicates=6, seed=2, parameters="defaults").differences
    assert alone["parameters"].isna().all()
    assert not alone["chance"].isna().all()


def test_threads_and_blocks_do_not_matter(posterior: Path) -> None:
    one, two = (
        simulate(small(), 6, seed=3, threads=threads, weekly=False, parameters=posterior).runs
        for threads in (1, 2)
    )
    pd.testing.assert_frame_equal(one, two)


def test_the_posterior_that_ships_fits_these_rules_and_says_what_made_it() -> None:
    """After a change of the rules, fit it again: make posterior."""
    fitted = FittedParameters.load("posterior")
    assert fitted is not None
    assert len(fitted.numbers) >= 500
    assert "engager-sim calibrate experiments/calibrate.toml" in str(fitted.facts["made_by"])
    assert SHIPPED.stat().st_size < 2_000_000


def test_the_posterior_that_ships_is_one_by_its_name_and_by_its_file() -> None:
    assert FittedParameters.load("posterior") is FittedParameters.load(SHIPPED)


def test_defaults_are_no_posterior() -> None:
    assert FittedParameters.load("defaults") is None


def refused(file: Path) -> str:
    with pytest.raises(UsageError) as caught:
        FittedParameters.load(file)
    return str(caught.value)


def test_a_posterior_of_other_rules_is_refused_and_the_message_says_how_to_mend_it(
    posterior: Path,
) -> None:
    facts = facts_of(posterior)
    facts[BASIS]["rules"]["theory.relationship.gate"] = "of old"
    write_facts(posterior, facts)
    message = refused(posterior)
    assert "fitted to other rules: theory.relationship.gate is another rule" in message
    assert "fit it again: a test" in message


def test_a_posterior_that_describes_rules_otherwise_is_refused(posterior: Path) -> None:
    facts = facts_of(posterior)
    del facts[BASIS]
    write_facts(posterior, facts)
    assert "of a version that described them otherwise" in refused(posterior)


def facts_of(file: Path) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(pq.read_schema(file).metadata[METADATA])
    return facts


def write_facts(file: Path, facts: dict[str, Any]) -> None:
    table = pq.read_table(file)
    pq.write_table(table.replace_schema_metadata({METADATA: json.dumps(facts)}), file)


def test_files_that_are_no_posterior_are_refused(tmp_path: Path) -> None:
    assert "no such posterior" in refused(tmp_path / "nowhere.parquet")
    text = tmp_path / "text.parquet"
    text.write_text("trust_growth\n0.1\n")
    assert "cannot be read as Parquet" in refused(text)
    bare = tmp_path / "bare.parquet"
    pq.write_table(pa.Table.from_pandas(DRAWS), bare)
    assert "does not say what made it" in refused(bare)


@pytest.mark.parametrize(
    ("draws", "expected"),
    [
        ({"relationship.trust_growth": [0.1, 99.0]}, "a value that it cannot have"),
        ({"relationship.trust_growth": [0.1, np.nan]}, "a value that it cannot have"),
        ({"relationship.coupling": ["gated", "magic"]}, "a value that it cannot have"),
        ({"relationship.trust_grwth": [0.1]}, "did you mean relationship.trust_growth?"),
        ({"programme.supervision.interval": [1.0]}, "both arms"),
        ({"relationship.trust_growth": []}, "no draws"),
    ],
)
def test_values_that_no_parameter_can_have_are_refused(
    tmp_path: Path, draws: dict[str, list[object]], expected: str
) -> None:
    file = tmp_path / "odd.parquet"
    write_posterior(pd.DataFrame(draws), {}, file)
    assert expected in refused(file)


def test_draws_that_were_changed_after_the_fit_are_refused(posterior: Path) -> None:
    table = pq.read_table(posterior)
    pq.write_table(table.select(["relationship.trust_growth"]), posterior)
    assert "the file was changed" in refused(posterior)


@pytest.mark.parametrize(
    "said", [b"{no text", b'{"index_columns": ["nothing"], "columns": [], "column_indexes": []}']
)
def test_what_a_file_says_to_pandas_is_not_believed(posterior: Path, said: bytes) -> None:
    table = pq.read_table(posterior)
    metadata = table.schema.metadata | {b"pandas": said}
    pq.write_table(table.replace_schema_metadata(metadata), posterior)
    assert load(posterior).numbers.shape == DRAWS.shape


@pytest.mark.parametrize("replicates", [1, 2, 3])
def test_any_number_of_replicates_runs_and_a_last_odd_one_has_a_draw_of_its_own(
    posterior: Path, replicates: int
) -> None:
    runs = simulate(small(), replicates, seed=5, weekly=False, parameters=posterior).runs
    assert runs["draw"].tolist() == [0, 0, 1][:replicates]


def test_draws_that_run_out_are_reused_and_are_one_cluster_each_time(posterior: Path) -> None:
    """Three draws carry six replicates; the seventh and eighth have the first draw again."""
    runs = simulate(small(), 8, seed=5, weekly=False, parameters=posterior).runs
    assert runs["draw"].tolist() == [0, 0, 1, 1, 2, 2, 0, 0]
    assert runs["trust_12w"].nunique() == 8


def test_one_draw_can_be_named_and_every_replicate_has_it(posterior: Path) -> None:
    both = simulate(small(), 4, seed=5, weekly=False, parameters=posterior).runs
    second = simulate(small(), 4, seed=5, weekly=False, parameters=posterior, draw=1).runs
    assert second["draw"].tolist() == [1, 1, 1, 1]
    pd.testing.assert_frame_equal(second.loc[2:3], both.loc[2:3])


@pytest.mark.parametrize("draw", [-1, 3, True, 1.0, "0"])
def test_a_draw_that_there_is_not_is_refused(posterior: Path, draw: object) -> None:
    with pytest.raises(UsageError, match=r"no such draw.*0 to 2"):
        simulate(small(), 2, parameters=posterior, draw=draw)  # type: ignore[arg-type]


def test_central_values_have_no_draws() -> None:
    with pytest.raises(UsageError, match="central values are no draw"):
        simulate(small(), 2, parameters="defaults", draw=0)


def test_a_precision_is_refused_where_more_than_chance_is_open(tmp_path: Path) -> None:
    posterior = tmp_path / "posterior.parquet"
    write_posterior(pd.concat([DRAWS, DRAWS]), {}, posterior)
    with pytest.raises(UsageError, match="a precision is of Monte Carlo error"):
        compare(
            small(), changed(small(), {"programme.supervision.interval": 1}, "weekly"),
            replicates=10, precision={"core_om_26w": 0.5}, parameters=posterior,
        )  # fmt: skip
