"""What the report and the command say of a sensitivity study, against tables made by hand."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from rich.console import Console

from engager_sim.designs.outcome_columns import find_columns
from engager_sim.studies.factor_study import NO_EFFECT
from engager_sim.studies.sensitivity.methods import METHODS
from engager_sim.studies.sensitivity.narrative import answer, report_tables
from engager_sim.studies.sensitivity.printout import printed, ranking_table

TRUST = "trust_12w_programme"
LABEL = find_columns([TRUST])[0].label_with_unit
INDICES = pd.DataFrame(
    [
        ("ST", "tie", 0.25, 0.2, 0.3, 2, "mode, peers, age, sex", ""),
        ("ST", "interval", 0.8, 0.7, 0.9, 1, "", ""),
        ("ST", "mode", 0.21, 0.1, 0.3, 3, "tie, peers, age, sex", "not told apart from 0"),
        ("ST", "sex", 0.2, 0.1, 0.3, 4, "tie, mode", ""),
        ("S1", "interval", 0.7, 0.6, 0.8, 1, "", ""),
    ],
    columns=["index", "factor", "value", "low", "high", "rank", "tied_with", "note"],
).assign(outcome=TRUST, blocks=15, of=16)
CHANCE = pd.DataFrame(
    {
        "outcome": [TRUST],
        "factors": [0.6],
        "common_luck": [0.1],
        "own_luck": [0.3],
        "parameters": [0.0],
        "parameters_with_factors": [0.0],
        "chance_in_means": [0.25],
        "points": [96],
        "replicates": [2],
    }
)
MANIFEST: dict[str, Any] = {"method": {"name": "sobol"}, "replicates": 2, "points": 96}


def write(folder: Path, indices: pd.DataFrame = INDICES, chance: pd.DataFrame = CHANCE) -> Path:
    indices.to_parquet(folder / "indices.parquet")
    chance.to_parquet(folder / "chance.parquet")
    return folder


def test_a_report_says_what_matters_most_what_is_tied_and_how_much_is_noise(tmp_path: Path) -> None:
    assert answer(write(tmp_path), MANIFEST) == [
        f"{LABEL}: the largest ST (share of the outcome's variance that this factor has a part in, "
        "alone or with others), with 95% intervals: interval 0.8 [0.7, 0.9]; tie 0.25 [0.2, "
        "0.3]; mode 0.21 [0.1, 0.3]. No other factor's interval overlaps that of interval. Monte "
        "Carlo error makes 25.0% of the variance between points' means."
    ]


def test_a_report_names_the_factors_that_are_tied_with_the_first(tmp_path: Path) -> None:
    tied = INDICES.copy()
    tied.loc[tied["factor"] == "interval", "tied_with"] = "tie, mode"
    (sentence,) = answer(write(tmp_path, tied), MANIFEST | {"fitted_parameters": {}})
    assert "Not told apart from interval: tie, mode. Monte Carlo error and drawn" in sentence


def test_a_report_of_one_replicate_says_that_noise_inflates_indices(tmp_path: Path) -> None:
    unknown = CHANCE.assign(chance_in_means=float("nan"), replicates=1)
    folder = write(tmp_path, chance=unknown)
    (sentence,) = answer(folder, MANIFEST | {"replicates": 1})
    assert sentence.endswith("inflates total indices.")
    *_, variance = report_tables(folder)
    assert variance.rows[0][-1] == "not known"


WITHOUT = INDICES[INDICES["index"] == "ST"].assign(
    value=0.0, low=0.0, high=0.0, tied_with="", note=NO_EFFECT, rank=pd.array([None] * 4, "Int64")
)


def test_a_report_names_factors_without_effect_and_neither_ranks_nor_ties_them(
    tmp_path: Path,
) -> None:
    indices = pd.concat([INDICES.astype({"rank": "Int64"}).iloc[[1]], WITHOUT.iloc[[0]]])
    folder = write(tmp_path, indices)
    (sentence,) = answer(folder, MANIFEST)
    assert "interval 0.8 [0.7, 0.9]. No other factor's" in sentence
    assert " No effect here: tie. Monte" in sentence
    ranking, _ = report_tables(folder)
    assert ranking.rows[1] == ["", "tie", "", "", "no effect here"]


def test_a_report_of_an_outcome_that_no_factor_changes_ranks_none(tmp_path: Path) -> None:
    folder = write(tmp_path, WITHOUT, CHANCE.assign(chance_in_means=float("nan")))
    assert answer(folder, MANIFEST) == [
        f"{LABEL}: No effect here: tie, interval, mode, sex. All points have the same mean: there "
        "is no variance between them to divide."
    ]


def test_the_tables_of_a_report_rank_factors_and_divide_the_variance(tmp_path: Path) -> None:
    ranking, variance = report_tables(write(tmp_path))
    assert ranking.title == f"What matters for: {LABEL}"
    assert ranking.rows == [
        ["1", "interval", "0.8 [0.7, 0.9]", "none", ""],
        ["2", "tie", "0.25 [0.2, 0.3]", "4 others", ""],
        ["3", "mode", "0.21 [0.1, 0.3]", "4 others", "not told apart from 0"],
        ["4", "sex", "0.2 [0.1, 0.3]", "tie, mode", ""],
    ]
    assert variance.rows == [[LABEL, "60.0%", "10.0%", "30.0%", "0.0%", "0.0%", "25.0%"]]
    assert len(variance.headings) == len(variance.rows[0])


@pytest.fixture
def sensitivity() -> Any:
    """Make as much of a study as the command prints."""
    columns = find_columns([TRUST])
    return SimpleNamespace(
        settings=SimpleNamespace(
            method=METHODS["sobol"], study=SimpleNamespace(replicates=2), fitted=None
        ),
        columns=columns,
        design=SimpleNamespace(columns=columns, fitted=None, scenarios=(), factors=(), points=96),
        missing=pd.DataFrame(),
        indices=INDICES,
        chance=CHANCE,
        remarks=pd.DataFrame({"outcome": ["engaged_12w"], "remark": ["not analysed: no value"]}),
    )


def test_the_command_prints_factors_by_rank_and_what_was_left_out(sensitivity: Any) -> None:
    console = Console(width=220)
    with console.capture() as capture:
        console.print(ranking_table(sensitivity, TRUST))
    lines = [" ".join(line.split()) for line in capture.get().splitlines()]
    first = lines.index("1 interval 0.8 [0.7, 0.9] none")
    assert lines[first + 1] == "2 tie 0.25 [0.2, 0.3] 4 factors"
    text = " ".join(lines)
    assert text.startswith("Trust, week 12, programme: Sobol, ST = share of the outcome's variance")
    assert "95% bootstrap intervals over replicates and points." in text
    assert "Monte Carlo error makes 25.0%" in text
    assert "From 15 of 16 parts of the design; the others lack the value of a point." in text
    assert "more factors" not in text
    assert list(printed(sensitivity))[-1] == "Engaged at week 12: not analysed: no value."


def test_the_command_prints_twelve_factors_and_counts_the_others(sensitivity: Any) -> None:
    sensitivity.indices = pd.concat([INDICES.head(1)] * 15, ignore_index=True).assign(
        rank=range(1, 16), factor=[f"f{number}" for number in range(1, 16)], blocks=16
    )
    console = Console(width=220)
    with console.capture() as capture:
        console.print(ranking_table(sensitivity, TRUST))
    text = " ".join(capture.get().split())
    assert "f12" in text
    assert "f13" not in text
    assert "3 more factors in indices.csv." in text
    assert "parts of the design" not in text


def test_the_command_prints_that_a_factor_has_no_effect(sensitivity: Any) -> None:
    sensitivity.indices = WITHOUT
    console = Console(width=220)
    with console.capture() as capture:
        console.print(ranking_table(sensitivity, TRUST))
    assert "tie no effect here" in [" ".join(line.split()) for line in capture.get().splitlines()]
