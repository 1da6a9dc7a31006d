"""Turnover: who leaves, and what a change of worker costs the men."""

import pytest
from hypothesis import given

from engager_sim.theory.relationship import Relationship, RelationshipState, fade
from engager_sim.theory.turnover import (
    REFERENCE_VACANCY,
    Turnover,
    has_met,
    is_lost_at_change,
    leaves_post,
    overlap_in_use,
    trust_lost_at_change,
    understanding_after_overlap,
    weeks_vacant,
)
from tests.strategies import ROUNDING, SHARES, SWITCHES, ordered, parameters, states
from tests.theory.chances import chance_that

THEORIES = parameters(Turnover)
WEEKS_PER_YEAR = 52


@given(SHARES, THEORIES)
def test_at_reference_burnout_the_declared_share_leaves_within_a_year(
    reference: float, theory: Turnover
) -> None:
    weekly = chance_that(lambda uniform: leaves_post(reference, reference, theory, uniform))
    yearly = 1.0 - (1.0 - weekly) ** WEEKS_PER_YEAR
    assert yearly == pytest.approx(theory.annual_leaving, abs=1e-9)


@given(ordered(SHARES), SHARES, THEORIES)
def test_exhausted_people_leave_sooner(
    burnout: tuple[float, float], reference: float, theory: Turnover
) -> None:
    rested = chance_that(lambda uniform: leaves_post(burnout[0], reference, theory, uniform))
    tired = chance_that(lambda uniform: leaves_post(burnout[1], reference, theory, uniform))
    assert 0.0 < rested <= tired < 1.0


@given(THEORIES)
def test_a_change_of_worker_with_overlap_never_costs_more_trust(theory: Turnover) -> None:
    without, handed_over = (trust_lost_at_change(overlap, theory) for overlap in (0, 1))
    assert 0.0 < handed_over <= without < 1.0


@given(SHARES, THEORIES)
def test_a_change_of_worker_with_overlap_never_loses_more_men(
    trust: float, theory: Turnover
) -> None:
    assert chance_that(lambda u: is_lost_at_change(trust, 1, theory, u)) <= chance_that(
        lambda u: is_lost_at_change(trust, 0, theory, u)
    )


@given(ordered(SHARES), SWITCHES, THEORIES)
def test_men_of_more_trust_are_lost_less_when_their_worker_changes(
    trust: tuple[float, float], overlap: int, theory: Turnover
) -> None:
    wary = chance_that(lambda uniform: is_lost_at_change(trust[0], overlap, theory, uniform))
    trusting = chance_that(lambda uniform: is_lost_at_change(trust[1], overlap, theory, uniform))
    assert trusting <= wary
    none = chance_that(lambda uniform: is_lost_at_change(0.0, overlap, theory, uniform))
    full = chance_that(lambda uniform: is_lost_at_change(1.0, overlap, theory, uniform))
    assert full == pytest.approx(0.5 * none, abs=ROUNDING)


def test_overlap_averts_its_declared_part_of_both_losses() -> None:
    theory = Turnover(change_loss=0.5, lost_at_change=0.4, overlap_averts=0.75)
    assert trust_lost_at_change(0, theory) == 0.5
    assert trust_lost_at_change(1, theory) == 0.125
    without = chance_that(lambda uniform: is_lost_at_change(0.0, 0, theory, uniform))
    handed_over = chance_that(lambda uniform: is_lost_at_change(0.0, 1, theory, uniform))
    assert without == pytest.approx(0.4, abs=ROUNDING)
    assert handed_over == pytest.approx(0.1, abs=ROUNDING)


@given(THEORIES)
def test_a_post_stays_empty_for_the_declared_weeks_unless_people_overlap(theory: Turnover) -> None:
    assert weeks_vacant(1, 0, theory) == theory.vacancy_weeks
    assert weeks_vacant(1, 1, theory) == weeks_vacant(0, 1, theory) == 0.0


@given(THEORIES)
def test_with_the_theme_off_nobody_hands_over_and_posts_stay_empty_as_in_usual_care(
    theory: Turnover,
) -> None:
    assert overlap_in_use(1, theory) == theory.overlap
    assert overlap_in_use(0, theory) == 0
    assert weeks_vacant(0, 0, theory) == REFERENCE_VACANCY


@given(SHARES, SHARES)
def test_who_hands_over_in_person_passes_on_at_least_as_much_as_trust_survives(
    kept: float, share_lost: float
) -> None:
    alone = understanding_after_overlap(kept, share_lost, 0)
    in_person = understanding_after_overlap(kept, share_lost, 1)
    assert alone == kept
    assert max(kept, 1.0 - share_lost) == in_person <= 1.0


@given(states(RelationshipState), parameters(Relationship))
def test_rapport_fades_but_never_so_far_that_he_had_not_met_his_practitioner(
    man: RelationshipState, theory: Relationship
) -> None:
    before = has_met(man.rapport)
    fade(man, theory)
    assert has_met(man.rapport) == before or theory.rapport_fade == 1.0
    assert has_met(0.0) == 0
