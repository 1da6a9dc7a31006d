"""What is said of scenarios that differ in more than their services."""

import pytest

from engager_sim.designs.matched_populations import refuse_other_theory, theory_notes
from engager_sim.errors import UsageError
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario

BASE = Scenario.load("engager_trial")


@pytest.mark.parametrize(
    "path",
    ["supervision.interval", "programme.supervision.interval",
     "programme.preparations_for_ending.support_weeks"],
)  # fmt: skip
def test_a_lever_or_a_term_of_support_is_a_change_of_service(path: str) -> None:
    service = changed(BASE, {path: 8.0})
    assert theory_notes([BASE]) == theory_notes([BASE, service]) == []
    refuse_other_theory(BASE, service)


@pytest.mark.parametrize(
    ("path", "value"),
    [("costs.utility_at_zero", 0.5), ("relationship.trust_growth", 0.3),
     ("circumstances.age_median", 40.0), ("programme.supervision.on", False)],
)  # fmt: skip
def test_what_no_service_can_choose_is_named(path: str, value: float) -> None:
    other = changed(BASE, {path: value})
    (note,) = theory_notes([BASE, BASE, other])
    assert f"what no service chooses ({path})" in note
    with pytest.raises(UsageError, match=path):
        refuse_other_theory(BASE, other)
