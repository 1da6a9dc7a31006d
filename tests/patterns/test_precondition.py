"""Pattern 5: outside good collaboration, or without supervision, little trust is built."""

import dataclasses

import numpy as np
import pytest

from engager_sim.studies.validate.variants import (
    GOOD_SUPERVISION,
    NO_SHARED_PRACTICE,
    NO_SUPERVISION,
    SHARED_PRACTICE,
)
from engager_sim.theory.relationship import (
    ADDITIVE,
    GATED,
    Relationship,
    RelationshipState,
    grow,
    growth_speed,
)
from tests.patterns.worlds import is_clearly_above, runs

WEEKLY_CONTACTS = 12
LOW, HIGH = 0.1, 0.8
PRIOR_TRUST = 0.3
GOOD_RESPECT = 0.7
"""Respect shown where roles do not conflict, nobody hurries and goals are mostly the man's own."""


def trust_built(shared: float, supported: float, coupling: int) -> float:
    """Trust gained over a fixed number of unhurried contacts."""
    relationship = dataclasses.replace(Relationship(), coupling=coupling)
    man = RelationshipState(prior_trust=PRIOR_TRUST, trust=PRIOR_TRUST)
    speed = growth_speed(shared, supported, relationship)
    before = man.trust
    for _ in range(WEEKLY_CONTACTS):
        grow(man, speed, 1.0, GOOD_RESPECT, relationship)
    return man.trust - before


def gain_from_one_gate_alone(coupling: int) -> float:
    """Of what both conditions together build, the share that the better one alone builds."""
    nothing = trust_built(LOW, LOW, coupling)
    both = trust_built(HIGH, HIGH, coupling) - nothing
    alone = max(trust_built(HIGH, LOW, coupling), trust_built(LOW, HIGH, coupling)) - nothing
    return alone / both


def test_one_gate_alone_builds_much_less_than_half_of_what_both_build() -> None:
    assert gain_from_one_gate_alone(GATED) < 0.4


def test_under_the_additive_theory_one_condition_alone_builds_half_or_more() -> None:
    assert gain_from_one_gate_alone(ADDITIVE) >= 0.5


def test_good_conditions_bring_trust_above_half_within_8_to_14_weekly_contacts() -> None:
    relationship = Relationship()
    man = RelationshipState(prior_trust=PRIOR_TRUST, trust=PRIOR_TRUST)
    speed = growth_speed(0.8, 0.5, relationship)
    contacts = 0
    while man.trust < 0.5:
        grow(man, speed, 1.0, GOOD_RESPECT, relationship)
        contacts += 1
    assert 8 <= contacts <= 14


def trust_by_condition(coupling: str) -> dict[str, np.ndarray]:
    """Trust at week 12 of programme men, per replicate, in four paired worlds."""
    theory = {"relationship.coupling": coupling}
    worlds = {
        "neither": NO_SHARED_PRACTICE | NO_SUPERVISION,
        "collaboration": SHARED_PRACTICE | NO_SUPERVISION,
        "supervision": NO_SHARED_PRACTICE | GOOD_SUPERVISION,
        "both": SHARED_PRACTICE | GOOD_SUPERVISION,
    }
    return {
        name: runs(theory | dict(changes))["trust_12w_programme"].to_numpy()
        for name, changes in worlds.items()
    }


def interaction(trust: dict[str, np.ndarray]) -> np.ndarray:
    """Take what both bring together beyond what each brings alone, per replicate."""
    alone = trust["collaboration"] + trust["supervision"] - trust["neither"]
    return trust["both"] - alone


def whole_is_more_than_the_sum(coupling: str) -> bool:
    """Whether one alone builds less than 60% of what both build, and the interaction is clear."""
    trust = trust_by_condition(coupling)
    both = (trust["both"] - trust["neither"]).mean()
    alone = max(
        (trust["collaboration"] - trust["neither"]).mean(),
        (trust["supervision"] - trust["neither"]).mean(),
    )
    return bool(alone < 0.6 * both and is_clearly_above(interaction(trust)))


@pytest.mark.parametrize(("coupling", "expected"), [("gated", True), ("additive", False)])
def test_in_the_whole_model_one_condition_alone_builds_much_less_trust(
    coupling: str, expected: bool
) -> None:
    assert whole_is_more_than_the_sum(coupling) is expected
