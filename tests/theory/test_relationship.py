"""The relationship: two gates, three states, losses larger than gains, candour."""

from dataclasses import replace

import pytest
from hypothesis import example, given

from engager_sim.theory.relationship import (
    ADDITIVE,
    GATED,
    Relationship,
    RelationshipState,
    alliance,
    disappoint,
    fade,
    gate,
    grow,
    growth_speed,
    owns_up,
    pass_to_successor,
    read_bad_event,
    read_good_event,
    time_together,
)
from tests.strategies import (
    HOURS,
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


def interaction(
    collaboration: tuple[float, float], supervision: tuple[float, float], theory: Relationship
) -> float:
    (less_c, more_c), (less_s, more_s) = collaboration, supervision
    return (
        growth_speed(more_c, more_s, theory)
        - growth_speed(more_c, less_s, theory)
        - growth_speed(less_c, more_s, theory)
        + growth_speed(less_c, less_s, theory)
    )


@given(SHARES, SHARES)
def test_a_gate_opens_from_its_floor_to_one(openness: float, floor: float) -> None:
    assert gate(0.0, floor) == floor
    assert gate(1.0, floor) == pytest.approx(1.0, abs=ROUNDING)
    assert floor <= gate(openness, floor) <= 1.0


@given(ordered(SHARES), SHARES)
def test_a_gate_further_open_is_never_slower(openness: tuple[float, float], floor: float) -> None:
    assert gate(openness[0], floor) <= gate(openness[1], floor)


@given(SHARES, SHARES, THEORIES)
def test_growth_speed_lies_between_the_product_of_the_floors_and_one(
    shared: float, supported: float, theory: Relationship
) -> None:
    slowest = theory.collaboration_floor * theory.supervision_floor
    assert slowest - ROUNDING <= growth_speed(shared, supported, theory) <= 1.0


@given(THEORIES)
def test_gated_and_additive_are_equal_where_both_gates_are_shut_or_open(
    theory: Relationship,
) -> None:
    gated, additive = replace(theory, coupling=GATED), replace(theory, coupling=ADDITIVE)
    for both in (0.0, 1.0):
        assert growth_speed(both, both, gated) == pytest.approx(
            growth_speed(both, both, additive), abs=ROUNDING
        )


@given(ordered(SHARES), ordered(SHARES), parameters(Relationship, coupling=ADDITIVE))
def test_additive_coupling_has_no_interaction(
    collaboration: tuple[float, float], supervision: tuple[float, float], theory: Relationship
) -> None:
    assert interaction(collaboration, supervision, theory) == pytest.approx(0.0, abs=ROUNDING)


@given(ordered(SHARES), ordered(SHARES), parameters(Relationship, coupling=GATED))
def test_gated_coupling_makes_each_gate_worth_more_when_the_other_opens(
    collaboration: tuple[float, float], supervision: tuple[float, float], theory: Relationship
) -> None:
    expected = (
        (1.0 - theory.collaboration_floor)
        * (1.0 - theory.supervision_floor)
        * (collaboration[1] - collaboration[0])
        * (supervision[1] - supervision[0])
    )
    assert interaction(collaboration, supervision, theory) == pytest.approx(expected, abs=ROUNDING)


@given(THEORIES)
def test_one_gate_alone_does_little_when_gated_and_half_the_work_when_additive(
    theory: Relationship,
) -> None:
    gated, additive = replace(theory, coupling=GATED), replace(theory, coupling=ADDITIVE)
    assert growth_speed(1.0, 0.0, gated) == pytest.approx(theory.supervision_floor, abs=ROUNDING)
    assert growth_speed(0.0, 1.0, gated) == pytest.approx(theory.collaboration_floor, abs=ROUNDING)
    assert growth_speed(1.0, 0.0, additive) >= 0.5
    assert growth_speed(1.0, 0.0, additive) == growth_speed(0.0, 1.0, additive)


@given(ordered(SHARES), SHARES, THEORIES)
def test_opening_either_gate_never_slows_growth(
    openness: tuple[float, float], other: float, theory: Relationship
) -> None:
    less, more = openness
    assert growth_speed(less, other, theory) <= growth_speed(more, other, theory) + ROUNDING
    assert growth_speed(other, less, theory) <= growth_speed(other, more, theory) + ROUNDING


@given(ordered(HOURS), THEORIES)
def test_more_time_is_never_worth_less_and_too_much_adds_nothing(
    hours: tuple[float, float], theory: Relationship
) -> None:
    less, more = hours
    assert 0.0 <= time_together(less, theory) <= time_together(more, theory) <= 1.0
    assert time_together(0.0, theory) == 0.0
    assert time_together(theory.unhurried_hours, theory) == 1.0
    assert time_together(theory.unhurried_hours / 2.0, theory) == 0.5


@given(ordered(SHARES), THEORIES)
def test_men_read_events_to_fit_the_trust_they_came_with(
    prior: tuple[float, float], theory: Relationship
) -> None:
    less, more = prior
    assert 0.0 < read_good_event(less, theory) <= read_good_event(more, theory) <= 1.0
    assert 0.0 < read_bad_event(more, theory) <= read_bad_event(less, theory) <= 1.0
    assert read_good_event(1.0, theory) == read_bad_event(0.0, theory) == 1.0


@given(SHARES, parameters(Relationship, anchoring=0.0))
def test_without_anchoring_every_man_reads_events_alike(prior: float, theory: Relationship) -> None:
    assert read_good_event(prior, theory) == read_bad_event(prior, theory) == 1.0


@given(MEN, SHARES, SHARES, THEORIES)
def test_growth_keeps_all_three_states_in_range_and_lowers_none(
    man: RelationshipState, speed: float, together: float, theory: Relationship
) -> None:
    before = replace(man)
    grow(man, speed, together, theory)
    assert fields_out_of_range(man) == []
    assert man.rapport >= before.rapport - ROUNDING
    assert man.trust >= before.trust - ROUNDING
    assert man.understanding >= before.understanding - ROUNDING
    assert man.prior_trust == before.prior_trust


@given(MEN, ordered(SHARES), SHARES, THEORIES)
def test_faster_growth_and_longer_contacts_build_more(
    man: RelationshipState, pace: tuple[float, float], other: float, theory: Relationship
) -> None:
    less, more = pace
    for (slower, shorter), (faster, longer) in (
        ((less, other), (more, other)),
        ((other, less), (other, more)),
    ):
        slow, fast = replace(man), replace(man)
        grow(slow, slower, shorter, theory)
        grow(fast, faster, longer, theory)
        assert slow.rapport <= fast.rapport + ROUNDING
        assert slow.trust <= fast.trust + ROUNDING
        assert slow.understanding <= fast.understanding + ROUNDING


@given(MEN, SHARES, THEORIES)
def test_nothing_grows_at_no_speed_or_in_no_time(
    man: RelationshipState, other: float, theory: Relationship
) -> None:
    before = replace(man)
    grow(man, 0.0, other, theory)
    grow(man, other, 0.0, theory)
    assert man == before


@given(states(RelationshipState, trust=0.0), SHARES, SHARES, THEORIES)
def test_understanding_needs_the_trust_to_disclose(
    man: RelationshipState, speed: float, together: float, theory: Relationship
) -> None:
    before = man.understanding
    grow(man, speed, together, theory)
    assert man.understanding == before


def test_one_contact_builds_what_the_equations_say() -> None:
    theory = Relationship(
        rapport_growth=0.5, trust_growth=0.2, understanding_growth=0.4, anchoring=0.5
    )
    man = RelationshipState(prior_trust=0.2, rapport=0.2, trust=0.5, understanding=0.1)
    grow(man, 0.5, 0.8, theory)
    assert man.rapport == pytest.approx(0.2 + 0.5 * 0.4 * 0.8)
    assert man.trust == pytest.approx(0.5 + 0.2 * 0.4 * (1.0 - 0.5 * 0.8) * 0.5)
    assert man.understanding == pytest.approx(0.1 + 0.4 * 0.4 * 0.5 * 0.9)


@given(MEN, THEORIES)
def test_only_rapport_fades_without_contact(man: RelationshipState, theory: Relationship) -> None:
    before = replace(man)
    fade(man, theory)
    kept = (1.0 - theory.rapport_fade) * before.rapport
    assert man.rapport == pytest.approx(kept, abs=ROUNDING)
    assert 0.0 <= man.rapport <= before.rapport
    assert replace(man, rapport=before.rapport) == before


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
    gained = RelationshipState(prior_trust=0.5, trust=0.5)
    grow(gained, 1.0, 1.0, theory)
    gain = gained.trust - 0.5
    loss = disappoint(RelationshipState(prior_trust=0.5, trust=0.5), 1.0, 0, theory)
    assert loss > gain
    if theory.trust_loss_ratio * theory.trust_growth <= 1.0:
        assert loss / gain == pytest.approx(theory.trust_loss_ratio)


@given(SHARES, SHARES, THEORIES)
def test_the_chance_of_owning_up_is_the_clipped_sum(
    skill: float, conflict: float, theory: Relationship
) -> None:
    chance = theory.candour_base + theory.candour_skill * skill - theory.candour_conflict * conflict
    found = chance_that(lambda uniform: owns_up(skill, conflict, theory, uniform))
    assert found == pytest.approx(min(1.0, max(0.0, chance)), abs=ROUNDING)


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
