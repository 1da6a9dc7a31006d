"""What a run prints and its report says, held against a small summary made by hand."""

import io
import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from rich.console import Console

from engager_sim.outcomes.headline import HEADLINE
from engager_sim.statistics.draw_bootstrap import UNKNOWN_ENDS
from engager_sim.studies.run.narrative import answer, report_tables
from engager_sim.studies.run.printout import headline_table, printed, spread_of_run
from engager_sim.studies.run.study import RunResult
from engager_sim.studies.run.summary import COLUMNS

MEANS = {"all": 0.5, "programme": 0.6, "usual_care": 0.4, "difference": 0.2}

CENTRAL: dict[str, Any] = {"replicates": 10}
FITTED = {"draws": 50, "parameters": ["relationship.coupling"], "set_aside": {"service": []}}
DRAWN = CENTRAL | {"fitted_parameters": FITTED}


def summary(scenario: str = "service", two_arms: bool = True, **spread: float) -> pd.DataFrame:
    """Make a summary in which trust does not differ between the arms and all else does."""
    rows = []
    for outcome in HEADLINE:
        for whom, mean in MEANS.items() if two_arms else [("all", 0.5)]:
            half = 0.3 if (outcome, whom) == ("trust_12w", "difference") else 0.1
            parts = [spread.get(name, math.nan) for name in ("chance", "parameters", "structure")]
            rows.append(
                (
                    scenario,
                    outcome,
                    outcome,
                    "share",
                    whom,
                    mean,
                    mean - half,
                    mean + half,
                    10,
                    10,
                    *parts,
                    *UNKNOWN_ENDS,
                )
            )
    return pd.DataFrame(rows, columns=COLUMNS)


def text_of(table: Any) -> str:
    console = Console(file=io.StringIO(), width=140)
    console.print(table)
    return str(console.file.getvalue())  # type: ignore[attr-defined]


def test_two_arms_and_their_difference_stand_side_by_side(small_result: RunResult) -> None:
    (scenario,) = small_result.workload.scenarios
    text = text_of(headline_table(scenario, summary(), wide=True))
    assert scenario.question in text
    row = next(line for line in text.splitlines() if "Engaged at week 6" in line)
    assert "60.0% [50.0%, 70.0%]" in row
    assert "40.0% [30.0%, 50.0%]" in row
    assert "20.0 pp [10.0, 30.0]" in row
    assert "10 of 10" in row


def test_one_arm_is_all_men(small_result: RunResult) -> None:
    (scenario,) = small_result.workload.scenarios
    text = text_of(headline_table(scenario, summary(two_arms=False), wide=True))
    assert "All men" in text
    assert "Difference" not in text
    assert "50.0% [40.0%, 60.0%]" in text


def test_one_replicate_has_no_interval_and_no_replicate_no_value(small_result: RunResult) -> None:
    (scenario,) = small_result.workload.scenarios
    rows = summary(two_arms=False)
    rows[["low", "high"]] = math.nan
    rows.loc[rows["outcome"] == "engaged_6w", "mean"] = math.nan
    text = text_of(headline_table(scenario, rows, wide=True))
    assert "no value" in next(line for line in text.splitlines() if "week 6" in line)
    assert "[" not in next(line for line in text.splitlines() if "week 12" in line)


def test_the_spread_is_that_of_the_difference_where_there_are_two_arms() -> None:
    rows = summary(chance=0.11, parameters=0.22, structure=0.33)
    text = text_of(spread_of_run("service", rows, 5))
    assert "why single runs differ (difference between the arms)" in text
    row = next(line for line in text.splitlines() if "Engaged at week 6" in line)
    assert row.split()[-8::2] == ["20.0", "11.0", "22.0", "33.0"]
    assert set(row.split()[-7::2]) == {"pp"}


def test_no_spread_is_printed_where_no_parameter_was_drawn(small_result: RunResult) -> None:
    parts = list(printed(small_result))
    tables = [part for part in parts if not isinstance(part, str)]
    assert len(tables) == len(small_result.workload.scenarios)
    assert not any("spread" in part for part in parts if isinstance(part, str))


def test_the_answer_counts_the_outcomes_that_differ_between_the_arms(tmp_path: Path) -> None:
    summary().to_parquet(tmp_path / "summary.parquet")
    (sentence,) = answer(tmp_path, CENTRAL)
    count = len(HEADLINE)
    assert sentence.startswith(
        f"service, programme less usual care: of {count} headline outcomes {count - 1} differ by "
        "more than their 95% interval (Monte Carlo error alone): "
    )
    assert "Engaged at week 6 20.0 pp [10.0, 30.0]" in sentence
    assert "Trust" not in sentence


def test_the_answer_says_which_outcomes_lack_values_once_for_all_of_them(tmp_path: Path) -> None:
    rows = summary()
    lacks = rows["outcome"].isin(["engaged_6w", "engaged_12w"]) & (rows["whom"] == "programme")
    rows.loc[lacks, "n"] = 7
    rows.to_parquet(tmp_path / "summary.parquet")
    _, sentence = answer(tmp_path, CENTRAL)
    assert sentence == (
        "service: Engaged at week 6, programme; Engaged at week 12, programme: of 10 runs 3 have "
        "no value (no man in the denominator); means are over the others."
    )


def test_the_answer_about_one_arm_says_who_is_in_contact(tmp_path: Path) -> None:
    both = pd.concat([summary("one_arm", two_arms=False), summary("two_arms")])
    both.to_parquet(tmp_path / "summary.parquet")
    first, second = answer(tmp_path, DRAWN)
    assert first == (
        "one arm, means and their 95% intervals (Monte Carlo error, parameters and rival "
        "theories): Engaged at week 6 50.0% [40.0%, 60.0%]; Engaged at week 12 50.0% "
        "[40.0%, 60.0%]; Engaged at week 26 50.0% [40.0%, 60.0%]."
    )
    assert second.startswith("two arms, programme less usual care")


@pytest.mark.parametrize("drawn", [False, True])
def test_the_report_has_a_table_of_each_scenario(drawn: bool, tmp_path: Path) -> None:
    spread = {"chance": 0.11, "parameters": 0.22, "structure": 0.33} if drawn else {}
    both = pd.concat([summary("one_arm", two_arms=False, **spread), summary("two_arms", **spread)])
    both.to_parquet(tmp_path / "summary.parquet")
    tables = {table.title: table for table in report_tables(tmp_path)}
    expected = ["One arm", "Two arms"]
    if drawn:
        expected = [
            "One arm",
            "Why single runs differ: one arm, all",
            "Two arms",
            "Why single runs differ: two arms, difference",
        ]
    assert list(tables) == expected
    assert list(tables["One arm"].headings) == ["Outcome", "All"]
    assert list(tables["Two arms"].headings) == ["Outcome", "Programme", "Usual care", "Difference"]
    assert tables["Two arms"].rows[1][1:] == [
        "60.0% [50.0%, 70.0%]",
        "40.0% [30.0%, 50.0%]",
        "20.0 pp [10.0, 30.0]",
    ]


def test_the_report_keeps_the_letters_of_a_scenarios_name(tmp_path: Path) -> None:
    summary("the_NHS Team").to_parquet(tmp_path / "summary.parquet")
    assert next(iter(report_tables(tmp_path))).title == "The NHS Team"


def test_a_result_says_how_many_runs_were_asked_for(small_result: RunResult) -> None:
    assert (small_result.asked, small_result.done) == (3, 3)
