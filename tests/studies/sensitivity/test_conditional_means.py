"""Means of an outcome given a factor, and their intervals, on a few points made by hand."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from engager_sim.designs.factors import Factor
from engager_sim.studies.sensitivity.conditional_means import (
    Swing,
    acting_factors,
    conditional_means,
    levels_of,
    swings,
)
from engager_sim.studies.sensitivity.methods import METHODS

T_1 = 12.706204736432095
"""The 97.5% point of Student's t with one degree of freedom."""


def number(path: str, kind: str = "real", high: float = 1.0) -> Factor:
    return Factor(path, kind, 0.0, high, (), (), "", "", "a", "lever")  # type: ignore[arg-type]


def study(outcomes: list[float], method: str = "pawn", **values: list[float]) -> Any:
    """Make as much of a study as conditional means read."""
    factors = tuple(number(path) for path in values)
    return SimpleNamespace(
        settings=SimpleNamespace(method=METHODS[method], names=list(values), group_of_factor=None),
        design=SimpleNamespace(factors=factors, values=np.array(list(values.values())).T),
        points=pd.DataFrame({"y": outcomes}),
        without_effect=lambda _: ["without effect"],
    )


def test_points_are_averaged_in_tenths_of_a_range_and_empty_tenths_left_out() -> None:
    made = study([1.0, 3.0, 5.0, 9.0, np.nan], x=[0.0, 0.05, 0.95, 1.0, 0.5])
    low, high = conditional_means(made, "y", made.design.factors[0])
    assert (low.name, low.middle, low.mean, low.blocks) == ("0 to 0.1", 0.05, 2.0, 2)
    assert (high.name, high.middle, high.mean, high.blocks) == ("0.9 to 1", 0.95, 7.0, 2)
    # Points by themselves: Student's interval of 1 and 3, and of 5 and 9.
    assert low.half_width == pytest.approx(T_1 * 1.0)
    assert high.half_width == pytest.approx(T_1 * 2.0)


def test_values_of_a_factor_that_has_few_are_parts_by_themselves() -> None:
    few, many = number("x", "integer", 2.0), number("x", "integer", 10.0)
    assert levels_of(few) == [0.0, 1.0, 2.0]
    assert levels_of(many) == levels_of(number("x")) == []
    made = study([1.0, 2.0, 6.0], x=[0.0, 2.0, 2.0])
    made.design.factors = (few,)
    parts = conditional_means(made, "y", few)
    assert [(part.name, part.mean) for part in parts] == [("0", 1.0), ("2", 4.0)]


def test_points_of_a_block_count_as_one_observation() -> None:
    """Morris with one factor has blocks of two points, which lie on one side each here."""
    made = study([1.0, 1.0, 3.0, 3.0], "morris", x=[0.0, 0.0, 0.0, 0.0])
    (part,) = conditional_means(made, "y", made.design.factors[0])
    assert (part.mean, part.blocks) == (2.0, 2)
    # The mean of two blocks with means 1 and 3.
    assert part.half_width == pytest.approx(T_1 * 1.0)


def test_one_block_has_no_interval() -> None:
    made = study([1.0, 3.0], "morris", x=[0.0, 0.05])
    (part,) = conditional_means(made, "y", made.design.factors[0])
    assert np.isnan(part.half_width)
    assert not Swing(made.design.factors[0], part, part).is_clear


def test_a_swing_is_the_high_end_less_the_low_end_with_the_error_of_both() -> None:
    made = study([1.0, 3.0, 5.0, 9.0], x=[0.0, 0.05, 0.95, 1.0])
    (swing,) = swings(made, "y", acting_factors(made, "y"))
    assert swing.difference == 5.0
    # Contributions of 0.5 twice and of 1 twice, from four blocks of which two are at each end.
    assert swing.half_width == pytest.approx(T_1 * np.sqrt((2 * 0.25 + 2 * 1.0) * 2.0))
    assert not swing.is_clear


def test_what_one_block_adds_to_both_ends_goes_out_of_their_difference() -> None:
    """Each block has a point at either end, and what blocks differ by is alike at both."""
    made = study([1.0, 11.0, 3.0, 13.0], "morris", x=[0.0, 1.0, 0.0, 1.0])
    (swing,) = swings(made, "y", acting_factors(made, "y"))
    assert swing.difference == 10.0
    assert swing.half_width == pytest.approx(0.0)
    assert swing.is_clear
    assert swing.low.half_width == pytest.approx(T_1 * 1.0)


def test_swings_are_ordered_by_size_and_a_factor_with_one_part_has_none() -> None:
    made = study(
        [0.0, 0.0, 4.0, 4.0],
        small=[0.0, 1.0, 0.0, 1.0],
        falling=[1.0, 1.0, 0.0, 0.0],
        constant=[0.5, 0.5, 0.5, 0.5],
    )
    made.points["y"] += made.design.values[:, 0]
    assert [swing.factor.path for swing in swings(made, "y", acting_factors(made, "y"))] == [
        "falling",
        "small",
    ]
    assert [swing.difference for swing in swings(made, "y", acting_factors(made, "y"))] == [
        -4.0,
        1.0,
    ]
