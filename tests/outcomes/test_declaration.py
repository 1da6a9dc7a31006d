"""How values and differences of outcomes are written."""

import math

import pytest

from engager_sim.outcomes.declaration import Outcome
from engager_sim.outcomes.measurement import OUTCOMES

SHARE = Outcome("engaged", "Engaged", "share", "Whether engaged.")
TRUST = Outcome("trust", "Trust", "0-1", "Trust.")
NAN = math.nan


@pytest.mark.parametrize(
    ("outcome", "value", "plain", "difference"),
    [
        (SHARE, -0.084, "-8.4%", "-8.4 pp"),
        (SHARE, -1e-9, "0.0%", "0.0 pp"),
        (TRUST, 0.0625, "0.06", "0.062"),
        (TRUST, -0.0001, "0.00", "0.000"),
        (TRUST, -1234.5, "-1,234", "-1,234"),
        (TRUST, NAN, "no value", "no value"),
    ],
)
def test_a_value_is_written_in_its_unit_and_a_difference_of_shares_in_percentage_points(
    outcome: Outcome, value: float, plain: str, difference: str
) -> None:
    assert outcome.text(value) == plain
    assert outcome.text(value, difference=True) == difference


@pytest.mark.parametrize(
    ("numbers", "difference", "text"),
    [
        ((0.1, 0.05, 0.15), False, "10.0% [5.0%, 15.0%]"),
        ((-0.084, -0.096, -0.073), True, "-8.4 pp [-9.6, -7.3]"),
        ((0.1, NAN, NAN), True, "10.0 pp"),
        ((NAN, NAN, NAN), True, "no value"),
        ((0.0, 0.0, 0.0), True, "identical"),
        ((0.0, NAN, NAN), True, "identical"),
        ((0.0, -0.1, 0.1), True, "0.0 pp [-10.0, 10.0]"),
        ((0.0, 0.0, 0.0), False, "0.0% [0.0%, 0.0%]"),
    ],
)
def test_an_interval_follows_and_a_difference_of_exactly_0_is_identical(
    numbers: tuple[float, float, float], difference: bool, text: str
) -> None:
    assert SHARE.with_interval(*numbers, difference) == text


def test_money_has_no_decimals_however_little_it_is() -> None:
    cost = next(outcome for outcome in OUTCOMES if outcome.unit == "GBP")
    assert cost.with_interval(220.4, 59.053, 381.2, True) == "220 [59, 381]"
    assert cost.text(-0.3) == "0"
