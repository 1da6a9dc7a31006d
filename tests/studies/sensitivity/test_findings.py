"""What titles of pictures of a sensitivity study say, against small tables made by hand."""

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from engager_sim.studies.sensitivity.figures.findings import (
    convergence_finding,
    ends_finding,
    groups_finding,
    pairs_finding,
    swings_finding,
)

NAN = float("nan")


def pair(value: float, half_width: float) -> dict[str, float]:
    return {"value": value, "low": value - half_width, "high": value + half_width}


@pytest.mark.parametrize(
    ("pairs", "says"),
    [
        ([pair(0.2, 0.19)] + 30 * [pair(0.05, 0.1)], "no more pairs act together than chance"),
        ([pair(0.4, 0.1)] + 30 * [pair(0.05, 0.1)], "1 of 31 pairs of factors do something only"),
        ([pair(-0.4, 0.1), pair(0.3, 0.1)], "2 of 2 pairs"),
        ([pair(0.4, NAN)], "without intervals"),
    ],
)
def test_pairs_act_together_where_their_number_does_not_explain_it(
    pairs: list[dict[str, float]], says: str
) -> None:
    assert says in pairs_finding(pairs)


def swing(difference: float, half_width: float) -> Any:
    return SimpleNamespace(
        difference=difference, half_width=half_width, is_clear=abs(difference) > half_width
    )


def test_factors_move_an_outcome_where_their_number_does_not_explain_it() -> None:
    nothing = 30 * [swing(0.05, 0.1)]
    assert "no more factors alone" in swings_finding([swing(0.2, 0.19), *nothing])
    assert swings_finding([swing(0.4, 0.1), *nothing]).startswith("1 of 31 factors")
    assert swings_finding([swing(0.2, NAN)]).startswith("no more factors")


def test_without_a_clear_swing_no_end_is_told() -> None:
    outcome: Any = SimpleNamespace()
    for compared in ([swing(0.1, 0.2)], [swing(0.2, 0.19), *30 * [swing(0.05, 0.1)]]):
        assert ends_finding(outcome, compared).startswith("no clear difference")


def settling(half: float, low: float = 0.1) -> Any:
    """Make an outcome whose one index was so large with half of its samples."""
    convergence = pd.DataFrame(
        {
            "factor": "a",
            "samples": [16, 32, 64],
            "value": [0.9, half, 0.2],
            "low": [0.0, 0.1, low],
            "high": [1.0, 0.5, 0.3],
        }
    )
    return SimpleNamespace(
        method=SimpleNamespace(main="ST"),
        ranked=pd.DataFrame({"factor": ["a"]}),
        rows=lambda table: table,
        sensitivity=SimpleNamespace(convergence=convergence),
    )


def test_an_index_has_settled_if_half_the_samples_give_it_within_its_interval() -> None:
    assert convergence_finding([settling(0.25)]).startswith("All 1 total indices lie within")
    said = convergence_finding([settling(0.25), settling(0.05), settling(0.35)])
    assert said.startswith("2 of 3 total indices lie outside")
    assert convergence_finding([settling(0.25, NAN)]).endswith("without intervals")


def grouped(low: float) -> Any:
    groups = pd.DataFrame(
        {
            "by": ["theme", "theme", "role"],
            "group": ["peers", "supervision", "lever"],
            "value": [0.5, 0.2, 0.9],
            "low": [low, 0.1, 0.8],
            "high": [0.6, 0.3, 1.0],
        }
    )
    return SimpleNamespace(
        labels={"peers": "peers", "supervision": "supervision"},
        rows=lambda table: table,
        sensitivity=SimpleNamespace(groups=groups),
    )


def test_a_theme_is_named_where_its_interval_lies_above_all_others() -> None:
    clear, unclear = grouped(0.4), grouped(0.25)
    assert groups_finding([clear]) == "Peers has by itself the largest share of any theme"
    assert groups_finding([clear, unclear]).endswith("largest share in 1 of 2 outcomes")
    assert groups_finding([unclear]).startswith("No theme's own share can be told")
