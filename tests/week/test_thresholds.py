"""The week decides by declared thresholds: each, moved within its range, changes what happens."""

import pytest

from engager_sim.theory import parameters
from engager_sim.theory.declaration import Role
from tests.week.worlds import lived, small_trial

THRESHOLDS = (
    "therapeutic_approach.referral_need",
    "services.met_need",
    "supervision.difficult_crisis",
)
DECLARED = {parameter.path: parameter for parameter in parameters()}
LASTING_HELP = {"services.drop_out": DECLARED["services.drop_out"].low}
"""So that men stay with a service until a need is met."""


@pytest.mark.parametrize("path", THRESHOLDS)
def test_a_threshold_of_the_week_can_be_moved(path: str) -> None:
    ends = (DECLARED[path].low, DECLARED[path].high)
    (_, rows), (_, moved) = (lived(small_trial(), LASTING_HELP | {path: end}) for end in ends)
    assert rows.tobytes() != moved.tobytes()


@pytest.mark.parametrize("path", THRESHOLDS)
def test_a_threshold_of_the_week_is_a_claim_that_studies_vary(path: str) -> None:
    assert DECLARED[path].role is Role.UNCERTAINTY
