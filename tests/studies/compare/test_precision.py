"""A wanted precision: its second stage is sized by paired differences, not by levels."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from engager_sim.designs.design import Design
from engager_sim.designs.execution.blocks import Block
from engager_sim.designs.execution.outcome_runs import FAILED
from engager_sim.designs.execution.store import Memory
from engager_sim.designs.outcome_columns import find_columns
from engager_sim.errors import UsageError
from engager_sim.scenarios.scenario import Scenario
from engager_sim.statistics.pairing import replicates_for
from engager_sim.studies.compare.precision import checked_precision, second_stage
from engager_sim.studies.compare.printout import _precision_reached
from engager_sim.studies.compare.settings import read_precision

OUTCOME = "trust_12w"
DIFFERENCES = np.array([1.0, 2.0, 3.0, 6.0, 2.0, 2.0, 3.0, 1.0, 4.0, 2.0])


@pytest.fixture
def design(small_service: Scenario) -> Design:
    """Compare a service with a copy of itself."""
    columns = find_columns([OUTCOME])
    return Design(
        (small_service, small_service), (), np.zeros((1, 0)), 1, columns, (0, 0), exits=True
    )


def kept(levels: np.ndarray) -> Memory:
    """Keep a base with these levels, and another that differs by ``DIFFERENCES``."""
    store, count = Memory(), len(levels)
    values = np.concatenate([levels, levels + DIFFERENCES])
    table = pd.DataFrame(
        {
            "scenario": pd.Categorical.from_codes(np.repeat([0, 1], count), pd.Index(["a", "b"])),
            "point": 0,
            "replicate": np.tile(np.arange(count), 2),
            OUTCOME: values,
            FAILED: pd.array([None] * 2 * count, dtype="string"),
        }
    )
    store.keep(Block(0, 0, 1, 0, count), {"runs": table})
    return store


def test_the_second_stage_is_sized_by_the_differences_whatever_the_levels(design: Design) -> None:
    wanted = replicates_for(DIFFERENCES, 0.5, 20_000)
    assert wanted > 20
    for levels in (np.zeros(10), np.random.default_rng(1).normal(0.0, 1e6, 10)):
        assert second_stage(kept(levels), design, 10, {OUTCOME: 0.5}) == wanted


def test_the_most_demanding_outcome_decides(design: Design) -> None:
    store = kept(np.zeros(10))
    tight = second_stage(store, design, 10, {OUTCOME: 0.25})
    assert tight > second_stage(store, design, 10, {OUTCOME: 0.5})


@pytest.mark.parametrize(
    ("precision", "replicates", "problem"),
    [
        ({OUTCOME: 0.0}, 20, "a number above 0"),
        ({OUTCOME: float("inf")}, 20, "a number above 0"),
        ({f"{OUTCOME}_programme": 0.1}, 20, "one arm"),
        ({OUTCOME: 0.1}, 9, "too few replicates"),
    ],
)
def test_a_precision_that_cannot_be_had_is_refused(
    precision: dict[str, float], replicates: int, problem: str, design: Design
) -> None:
    with pytest.raises(UsageError, match=problem):
        checked_precision(precision, design, replicates)


def _said(half: float) -> str:
    row = {"outcome": OUTCOME, "whom": "all", "other": "weekly", "low": -half, "high": half}
    comparison: Any = SimpleNamespace(
        differences=pd.DataFrame([row]), precision={OUTCOME: 0.1}, replicates=10
    )
    (said,) = _precision_reached(comparison)
    return said


def test_nothing_that_happened_in_a_first_stage_is_no_precision() -> None:
    """Ten equal replicates do not say that the eleventh is equal too."""
    assert "cannot be judged: no replicate that was to tell" in _said(0.0)
    assert "cannot be judged: too few replicates have a value" in _said(np.nan)
    assert _said(0.05).endswith("known to within 0.05 from 10 replicates; 0.1 was wanted.")


def test_two_precisions_of_one_outcome_are_refused() -> None:
    with pytest.raises(UsageError, match="two precisions"):
        read_precision(["trust_12w=0.1", "engaged_12w=1", "trust_12w=0.5"])
