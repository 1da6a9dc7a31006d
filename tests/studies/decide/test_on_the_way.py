"""What options change on the way: as a comparison of the same runs says, and nothing of nothing."""

from pathlib import Path

import pandas as pd

from engager_sim.outcomes.headline import HEADLINE
from engager_sim.studies.compare.study import compare
from engager_sim.studies.decide.on_the_way import change_text, today_text
from engager_sim.studies.decide.study import Decision
from tests.studies.decide.offers import FEW


def test_it_is_what_a_comparison_of_the_same_runs_says(offer: Path, decision: Decision) -> None:
    rows = decision.on_the_way
    assert len(rows) == len(decision.settings.options) * len(HEADLINE)
    compared = compare(
        offer / "today.toml", offer / "weekly.toml", replicates=FEW["replicates"]
    ).differences.set_index("outcome")
    weekly = rows[rows["option"] == "weekly"].set_index("outcome")
    for name in ("difference", "low", "high", "n"):
        pd.testing.assert_series_equal(weekly[name], compared.loc[list(HEADLINE), name])
    pd.testing.assert_series_equal(
        weekly["today"], compared.loc[list(HEADLINE), "mean_in_base"], check_names=False
    )


def test_an_option_that_changes_nothing_is_identical_on_the_way(decision: Decision) -> None:
    rows = decision.on_the_way
    nothing = rows[rows["option"] == "nothing"]
    known = nothing[nothing["n"] > 0]
    assert len(known) > len(HEADLINE) / 2
    assert {change_text(row) for row in known.to_dict("records")} == {"identical"}


def test_changes_are_written_in_the_outcomes_units() -> None:
    share = {"outcome": "engaged_12w", "today": 0.4, "difference": 0.05, "low": 0.01, "high": 0.09}
    assert today_text(share) == "40.0%"
    assert change_text(share) == "5.0 pp [1.0, 9.0]"
