"""Titles of a run's pictures say what intervals bear out, against small tables made by hand."""

from typing import Any

import pandas as pd
import pytest

from engager_sim.runs.tables.weeks import CAUSES, exit_column
from engager_sim.studies.run.figures.findings import exits_finding, outcome_finding
from engager_sim.theory.ways_out import Exit

NAN = float("nan")


def row(whom: str, mean: float, low: float, high: float, scenario: str = "ours") -> dict[str, Any]:
    return {
        "scenario": scenario, "whom": whom, "outcome": "engaged_12w", "label": "Engaged",
        "unit": "share", "mean": mean, "low": low, "high": high,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([row("all", 0.41, 0.38, 0.44)], "Engaged: 41.0% (38.0 to 44.0)"),
        ([row("all", 0.41, NAN, NAN)], "Engaged: 41.0%"),
        (
            [row("programme", 0.4, 0.3, 0.5), row("difference", 0.08, 0.05, 0.11)],
            "Engaged, programme less usual care: +8.0 (+5.0 to +11.0) percentage points",
        ),
        (
            [row("programme", 0.4, 0.3, 0.5), row("difference", 0.02, -0.01, 0.05)],
            "Engaged, the programme cannot be told from usual care",
        ),
        (
            [row("all", 0.5, 0.45, 0.55), row("all", 0.3, 0.25, 0.35, "the_other")],
            "Engaged: from 30.0% in the other to 50.0% in ours",
        ),
        (
            [row("all", 0.5, 0.3, 0.7), row("all", 0.3, 0.1, 0.5, "the_other")],
            "Engaged: from 30.0% to 50.0%",
        ),
    ],
)
def test_a_mean_a_clear_difference_or_a_range_is_told(
    rows: list[dict[str, Any]], told: str
) -> None:
    assert outcome_finding(pd.DataFrame(rows), "engaged_12w") == told


def exits(whom: str, **shares: tuple[float, float]) -> list[dict[str, Any]]:
    """Give the share and half the interval of first exits by cause; 0 for those not named."""
    named = {Exit[name]: share for name, share in shares.items()}
    return [
        row(whom, mean, mean - half, mean + half) | {"outcome": exit_column(cause)}
        for cause in CAUSES
        for mean, half in [named.get(cause, (0.0, 0.0))]
    ]


def test_the_commonest_exit_is_named_with_those_that_may_be_it() -> None:
    clear = exits("all", CRISIS=(0.4, 0.02), RESIGNED=(0.3, 0.02))
    assert exits_finding(pd.DataFrame(clear)) == "The commonest first exit: crisis and chaos"
    near = exits("all", CRISIS=(0.4, 0.08), RESIGNED=(0.3, 0.08))
    assert exits_finding(pd.DataFrame(near)).endswith("crisis and chaos or resigned acceptance")


def test_of_several_groups_it_is_said_in_how_many() -> None:
    both = [row for arm in ("programme", "usual_care") for row in exits(arm, DIED=(0.4, 0.0))]
    assert exits_finding(pd.DataFrame(both)).endswith(": died, in both groups")
    other = exits("programme", CRISIS=(0.5, 0.0)) + exits("usual_care", DIED=(0.4, 0.0))
    assert exits_finding(pd.DataFrame(other)).endswith(", in 1 of 2 groups")
