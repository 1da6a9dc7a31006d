"""Numbers as figures write them."""

import numpy as np

from engager_sim.figures.scales import MINUS, scale_of


def test_a_narrow_interval_gets_the_digits_that_it_needs() -> None:
    assert scale_of("points").with_interval(-0.021, -0.025, -0.018) == (
        f"{MINUS}0.021 ({MINUS}0.025 to {MINUS}0.018)"
    )
    assert scale_of("share").with_interval(0.05, 0.04, 0.06) == "+5.0 (+4.0 to +6.0)"
    assert scale_of("share").with_interval(0.001, 0.0004, 0.002) == "+0.10 (+0.04 to +0.20)"
    assert scale_of("share").with_interval(0.0, 0.0, 0.0) == "identical"
    assert scale_of("GBP").with_interval(1200.0, np.nan, np.nan) == "+1,200"
