"""Runs without a value: counted by hand, and said in sentences."""

import numpy as np
import pandas as pd
import pytest

from engager_sim.designs.missing_values import missing_table
from engager_sim.designs.outcome_columns import find_columns
from engager_sim.reports.missing_text import headline_missing, missing_sentences

ATTENDANCE = "attendance_rate_programme"
COLUMNS = find_columns([ATTENDANCE])
LABEL = "Attendance, programme"
NOBODY = "no man in the denominator"


def values(*points: str) -> np.ndarray:
    """Make one outcome of one scenario: a letter per replicate, ``-`` for no value."""
    known = [[0.5 if letter == "x" else np.nan for letter in point] for point in points]
    return np.array(known)[None, None]


def test_points_on_different_replicates_are_counted_and_said() -> None:
    table = missing_table(COLUMNS, values("xxxx", "x-xx", "--xx", "----"), {})
    (row,) = table.to_dict("records")
    assert (row["runs"], row["failed"], row["no_value"]) == (16, 0, 7)
    assert (row["points"], row["short"], row["empty"], row["replicates"]) == (4, 2, 1, 4)
    assert not row["alike"]
    assert list(missing_sentences(table)) == [
        f"{LABEL}: of 16 runs 7 have no value ({NOBODY}); 2 of 4 points average fewer than 4 "
        "replicates and 1 of 4 points have no value, so points stand on different replicates."
    ]


@pytest.mark.parametrize(
    ("points", "failed", "said"),
    [
        (["x-x", "x-x"], {}, f"of 6 runs 2 have no value ({NOBODY}); all points lack the same "
         "replicates, which are left out."),
        (["xx", "--"], {"no room": 2}, "of 4 runs 2 have no value (failed); 1 of 2 points have no "
         "value, and are left out."),
        (["xx", "x-", "--"], {"no room": 2}, "of 6 runs 3 have no value (2 failed; 1: "
         f"{NOBODY}); 1 of 3 points average fewer than 2 replicates and 1 of 3 points have no "
         "value, so points stand on different replicates."),
        (["x-"], {}, f"of 2 runs 1 has no value ({NOBODY}); means are over the others."),
        (["--"], {}, f"of 2 runs 2 have no value ({NOBODY}); there is no mean."),
    ],
    ids=["alike", "failed", "both reasons", "one point", "nothing"],
)  # fmt: skip
def test_a_sentence_names_only_what_was_counted(
    points: list[str], failed: dict[str, int], said: str
) -> None:
    table = missing_table(COLUMNS, values(*points), failed)
    assert list(missing_sentences(table)) == [f"{LABEL}: {said}"]


def test_a_pair_of_scenarios_lacks_what_either_lacks() -> None:
    of_two = np.concatenate([values("x-x"), values("xx-")], axis=1)
    (row,) = missing_table(COLUMNS, of_two, {}).to_dict("records")
    assert (row["runs"], row["no_value"], row["short"]) == (6, 2, 1)


def test_where_nothing_is_missing_nothing_is_said() -> None:
    table = missing_table(COLUMNS, values("xx"), {})
    assert table.empty
    assert list(missing_sentences(table)) == []
    assert headline_missing(pd.DataFrame(), "all").empty


def test_a_first_look_says_what_headline_outcomes_of_its_men_lack() -> None:
    columns = find_columns([ATTENDANCE, "attendance_rate"])
    table = missing_table(columns, np.concatenate([values("x-")] * 2), {})
    assert headline_missing(table, "all")["outcome"].tolist() == ["attendance_rate"]
    assert headline_missing(table, "programme")["outcome"].tolist() == [ATTENDANCE]
