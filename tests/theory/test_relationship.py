"""The relationship: two gates, three states, losses larger than gains, candour."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.theory.relationship import (
    ADDITIVE,
    GATED,
    Relationship,
    RelationshipState,
    candour,
    fade,
    gate,
    grow,
    growth_speed,
    read_bad_event,
    read_good_event,
    respect,
    time_together,
)
from tests.strategies import (
    HOURS,
    ROUNDING,
    SHARES,
    fields_out_of_range,
    ordered,
    parameters,
    states,
)

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
def test_more_time_is_never_worth_less(hours: tuple[float, float], theory: Relationship) -> None:
    less, more = hours
    assert 0.0 <= time_together(less, theory) <= time_together(more, theory) <= 1.0
    assert time_together(0.0, theory) == 0.0
    worth = time_together(theory.unhurried_hours, theory)
    assert worth == pytest.approx(1.0 - math.exp(-1.0), abs=ROUNDING)


@given(st.integers(4, 39), THEORIES)
def test_time_matters_over_the_whole_range_of_real_contacts(
    tenths: int, theory: Relationship
) -> None:
    shorter, longer = (time_together(part / 10.0, theory) for part in (tenths, tenths + 1))
    assert longer - shorter > 1e-7


@given(ordered(SHARES), SHARES, SHARES, THEORIES)
def test_openness_and_own_goals_make_respect_and_conflict_and_hurry_take_it(
    values: tuple[float, float], one: float, other: float, theory: Relationship
) -> None:
    less, more = values
    assert respect(more, one, other, theory) <= respect(less, one, other, theory) + ROUNDING
    assert respect(one, less, other, theory) <= respect(one, more, other, theory) + ROUNDING
    assert respect(one, other, less, theory) <= respect(one, other, more, theory) + ROUNDING
    assert 0.0 <= respect(less, one, other, theory) <= 1.0


def test_respect_is_what_its_equation_says() -> None:
    theory = Relationship(candour_base=0.6)
    assert candour(0.25, theory) == pytest.approx(0.45)
    assert respect(0.25, 0.5, 0.7, theory) == pytest.approx(0.5 * (0.45 * 0.75 + 0.7))
    assert respect(1.0, 0.5, 0.0, theory) == 0.0


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


@given(MEN, SHARES, SHARES, SHARES, THEORIES)
def test_growth_keeps_all_three_states_in_range_and_lowers_none(
    man: RelationshipState, speed: float, together: float, shown: float, theory: Relationship
) -> None:
    before = replace(man)
    grow(man, speed, together, shown, theory)
    assert fields_out_of_range(man) == []
    assert man.rapport >= before.rapport - ROUNDING
    assert man.trust >= before.trust - ROUNDING
    assert man.understanding >= before.understanding - ROUNDING
    assert man.prior_trust == before.prior_trust


@given(MEN, ordered(SHARES), SHARES, SHARES, THEORIES)
def test_faster_growth_longer_contacts_and_more_respect_build_more(
    man: RelationshipState, pace: tuple[float, float], one: float, other: float,
    theory: Relationship,
) -> None:  # fmt: skip
    less, more = pace
    for little, much in (
        ((less, one, other), (more, one, other)),
        ((one, less, other), (one, more, other)),
        ((one, other, less), (one, other, more)),
    ):
        slow, fast = replace(man), replace(man)
        grow(slow, *little, theory)
        grow(fast, *much, theory)
        assert slow.rapport <= fast.rapport + ROUNDING
        assert slow.trust <= fast.trust + ROUNDING
        assert slow.understanding <= fast.understanding + ROUNDING


@given(MEN, ordered(SHARES), SHARES, SHARES, SHARES, THEORIES)
def test_rapport_opens_the_way_for_trust(
    man: RelationshipState, rapport: tuple[float, float], speed: float, together: float,
    shown: float, theory: Relationship,
) -> None:  # fmt: skip
    distant, close = (replace(man, rapport=level) for level in rapport)
    for each in (distant, close):
        grow(each, speed, together, shown, theory)
    assert distant.trust <= close.trust + ROUNDING
    assert distant.understanding == close.understanding


@given(MEN, SHARES, SHARES, THEORIES)
def test_nothing_grows_at_no_speed_or_in_no_time(
    man: RelationshipState, other: float, shown: float, theory: Relationship
) -> None:
    before = replace(man)
    grow(man, 0.0, other, shown, theory)
    grow(man, other, 0.0, shown, theory)
    assert man == before


@given(MEN, SHARES, SHARES, THEORIES)
def test_without_respect_no_trust_grows(
    man: RelationshipState, speed: float, together: float, theory: Relationship
) -> None:
    before = man.trust
    grow(man, speed, together, 0.0, theory)
    assert man.trust == before


@given(states(RelationshipState, trust=0.0), SHARES, SHARES, SHARES, THEORIES)
def test_understanding_needs_the_trust_to_disclose(
    man: RelationshipState, speed: float, together: float, shown: float, theory: Relationship
) -> None:
    before = man.understanding
    grow(man, speed, together, shown, theory)
    assert man.understanding == before


def test_one_contact_builds_what_the_equations_say() -> None:
    theory = Relationship(
        rapport_growth=0.5, trust_growth=0.2, rapport_opens=0.5, understanding_growth=0.4,
        anchoring=0.5,
    )  # fmt: skip
    man = RelationshipState(prior_trust=0.2, rapport=0.2, trust=0.5, understanding=0.1)
    grow(man, 0.5, 0.8, 0.7, theory)
    assert man.rapport == pytest.approx(0.2 + 0.5 * 0.4 * 0.8)
    opened, weight = 0.5 + 0.5 * 0.2, 1.0 - 0.5 * 0.8
    assert man.trust == pytest.approx(0.5 + 0.2 * 0.4 * 0.7 * opened * weight * 0.5)
    assert man.understanding == pytest.approx(0.1 + 0.4 * 0.4 * 0.5 * 0.9)


@given(MEN, THEORIES)
def test_only_rapport_fades_without_contact(man: RelationshipState, theory: Relationship) -> None:
    before = replace(man)
    fade(man, theory)
    kept = (1.0 - theory.rapport_fade) * before.rapport
    assert man.rapport == pytest.approx(kept, abs=ROUNDING)
    assert 0.0 <= man.rapport <= before.rapport
    assert replace(man, rapport=before.rapport) == before
