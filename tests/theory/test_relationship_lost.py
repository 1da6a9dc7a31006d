"""What costs trust, what owning up and a change of worker do to it."""

from dataclasses import replace

import pytest
from hypothesis import example, given

from engager_sim.theory.relationship import (
    Relationship,
    RelationshipState,
    alliance,
    disappoint,
    grow,
    owns_up,
    pass_to_successor,
)
from tests.strategies import (
    ROUNDING,
    SHARES,
    SWITCHES,
    at_ends,
    fields_out_of_range,
    ordered,
    parameters,
    states,
)
from tests.theory.chances import chance_that

THEORIES = parameters(Relationship)
MEN = states(RelationshipState)


@given(MEN, SHARES, SWITCHES, THEORIES)
@example(
    RelationshipState(prior_trust=0.0, trust=0.5),
    1.0,
    0,
    at_ends(Relationship, high="trust_loss_ratio trust_growth"),
)
def test_a_disappointment_takes_trust_but_never_more_than_there_is(
    man: RelationshipState, severity: float, owned_up: int, theory: Relationship
) -> None:
    after = replace(man)
    lost = disappoint(after, severity, owned_up, theory)
    assert 0.0 <= lost <= man.trust
    assert after.trust == man.trust - lost
    assert fields_out_of_range(after) == []
    assert replace(after, trust=man.trust) == man


@given(MEN, ordered(SHARES), SWITCHES, THEORIES)
def test_a_graver_disappointment_costs_no_less(
    man: RelationshipState, severity: tuple[float, float], owned_up: int, theory: Relationship
) -> None:
    mild = disappoint(replace(man), severity[0], owned_up, theory)
    grave = disappoint(replace(man), severity[1], owned_up, theory)
    assert mild <= grave
    assert disappoint(replace(man), 0.0, owned_up, theory) == 0.0


@given(MEN, SHARES, THEORIES)
@example(
    RelationshipState(prior_trust=0.0, trust=1.0),
    1.0,
    at_ends(Relationship, low="candour_relief", high="trust_loss_ratio trust_growth"),
)
def test_owning_up_cuts_the_loss(
    man: RelationshipState, severity: float, theory: Relationship
) -> None:
    silent = disappoint(replace(man), severity, 0, theory)
    candid = disappoint(replace(man), severity, 1, theory)
    assert candid <= silent
    if silent > ROUNDING:
        assert candid < silent


def test_owning_up_averts_the_declared_part() -> None:
    theory = Relationship(trust_loss_ratio=3.0, trust_growth=0.1, candour_relief=0.6, anchoring=0.0)
    man = RelationshipState(prior_trust=0.3, trust=0.8)
    assert disappoint(replace(man), 0.5, 0, theory) == pytest.approx(3.0 * 0.1 * 0.5 * 0.8)
    assert disappoint(replace(man), 0.5, 1, theory) == pytest.approx(0.4 * 3.0 * 0.1 * 0.5 * 0.8)


@given(THEORIES)
def test_a_grave_breach_costs_more_trust_than_a_good_contact_builds(theory: Relationship) -> None:
    gained = RelationshipState(prior_trust=0.5, trust=0.5, rapport=1.0)
    grow(gained, 1.0, 1.0, 1.0, theory)
    gain = gained.trust - 0.5
    loss = disappoint(RelationshipState(prior_trust=0.5, trust=0.5), 1.0, 0, theory)
    assert loss > gain
    if theory.trust_loss_ratio * theory.trust_growth <= 1.0:
        assert loss / gain == pytest.approx(theory.trust_loss_ratio)


@given(SHARES, SHARES, THEORIES)
def test_owning_up_needs_openness_and_is_half_as_likely_without_skill(
    skill: float, conflict: float, theory: Relationship
) -> None:
    chance = theory.candour_base * (1.0 - conflict) * (1.0 + skill) / 2.0
    found = chance_that(lambda uniform: owns_up(skill, conflict, theory, uniform))
    assert found == pytest.approx(chance, abs=ROUNDING)


@given(ordered(SHARES), SHARES, THEORIES)
def test_skill_brings_candour_and_a_conflict_of_roles_takes_it(
    values: tuple[float, float], other: float, theory: Relationship
) -> None:
    less, more = values
    assert chance_that(lambda u: owns_up(less, other, theory, u)) <= chance_that(
        lambda u: owns_up(more, other, theory, u)
    )
    assert chance_that(lambda u: owns_up(other, more, theory, u)) <= chance_that(
        lambda u: owns_up(other, less, theory, u)
    )


@given(SHARES, SHARES, SHARES)
def test_alliance_is_the_mean_of_rapport_trust_and_understanding(
    rapport: float, trust: float, understanding: float
) -> None:
    strength = alliance(rapport, trust, understanding)
    assert 0.0 <= strength <= 1.0
    assert strength == pytest.approx((rapport + trust + understanding) / 3.0, abs=ROUNDING)
    assert alliance(1.0, 1.0, 1.0) == 1.0


@given(MEN, ordered(SHARES), SHARES)
def test_a_successor_starts_with_what_trust_rapport_and_understanding_survive(
    man: RelationshipState, lost: tuple[float, float], kept: float
) -> None:
    smoothly, abruptly = replace(man), replace(man)
    pass_to_successor(smoothly, lost[0], kept)
    pass_to_successor(abruptly, lost[1], kept)
    assert 0.0 <= abruptly.trust <= smoothly.trust + ROUNDING <= man.trust + 2.0 * ROUNDING
    assert 0.0 <= abruptly.rapport <= smoothly.rapport + ROUNDING <= man.rapport + 2.0 * ROUNDING
    assert smoothly.understanding == abruptly.understanding == man.understanding * kept
    assert abruptly.prior_trust == man.prior_trust


@given(MEN)
def test_a_change_of_worker_that_costs_nothing_changes_nothing(man: RelationshipState) -> None:
    after = replace(man)
    pass_to_successor(after, 0.0, 1.0)
    assert after == man


def test_a_change_of_worker_costs_trust_and_rapport_the_same_share() -> None:
    man = RelationshipState(trust=0.8, rapport=0.4, understanding=0.5)
    pass_to_successor(man, 0.25, 0.6)
    assert (man.trust, man.rapport) == pytest.approx((0.6, 0.3))
    assert man.understanding == pytest.approx(0.3)
