"""The rival that is not agent-based: its chains, its fit, and what documents say of it."""

import math
from dataclasses import replace

import numpy as np
import pytest

from docs.rival import kept, tables
from docs.rival.chains import (
    DEATH,
    WEEKS,
    Home,
    Phase,
    Place,
    Treatment,
    absorbing,
    course,
    homes,
    places,
    places_and_treatment,
)
from docs.rival.figures import HOUSED_AT_RELEASE, figures_of
from docs.rival.fit import STUDY, expected, fit, fitting_of, prior_units, with_value
from docs.rival.parameters import PARAMETERS, Values, values_at
from docs.rival.patterns import judged_parts
from docs.rival.tables import Prediction
from engager_sim.studies.calibrate.posterior import Fitting
from engager_sim.studies.calibrate.settings import read_calibration
from engager_sim.studies.calibrate.targets import FIT
from engager_sim.theory.costs import Costs

SETTINGS = read_calibration(STUDY)
TARGETS = SETTINGS.all_targets
FITTED = tuple(target for target in with_value(TARGETS) if target.role == FIT)
NAMES = [parameter.name for parameter in PARAMETERS]
NONE = 1e-12
"""A rate at which nothing happens and nothing is divided by 0."""
ARMS = pytest.mark.parametrize("is_programme", [True, False])
PHASES = pytest.mark.parametrize("phase", list(Phase))


def plain(**changed: float) -> Values:
    """Give a world of medians in which nobody is recalled and nobody's housing changes."""
    values = {parameter.name: parameter.median for parameter in PARAMETERS}
    values |= {
        "recall_lost": 1e-12,
        "recall_breach": 1e-12,
        "housing_lost": 0.0,
        "housing_found": 0.0,
    }
    return {name: np.array([value]) for name, value in (values | changed).items()}


def first(hazard: float, others: float, weeks: float) -> float:
    """Say by hand how likely one of several constant hazards comes first within some weeks."""
    total = hazard + others
    return hazard / total * (1.0 - math.exp(-total * weeks))


@ARMS
@PHASES
def test_each_row_of_each_matrix_is_a_distribution(is_programme: bool, phase: Phase) -> None:
    values = values_at(prior_units(64, 3))
    for matrix in (
        places(values, is_programme, phase),
        places_and_treatment(values, is_programme, phase),
        homes(values, phase),
        absorbing(places(values, is_programme, phase), Place.IN_CONTACT),
    ):
        assert (matrix >= 0.0).all()
        assert matrix.sum(axis=2) == pytest.approx(1.0, abs=1e-12)


def test_nobody_gets_lost_from_the_cohort_and_nobody_comes_back_from_the_dead() -> None:
    values = values_at(prior_units(16, 3))
    start = np.tile(np.eye(len(Place))[Place.UNKNOWN_INSIDE], (16, 1))
    states = course(start, lambda phase: places(values, True, phase))
    assert states.shape == (WEEKS + 1, 16, len(Place))
    assert states.sum(axis=2) == pytest.approx(1.0, abs=1e-12)
    assert (np.diff(states[:, :, Place.DEAD], axis=0) >= 0.0).all()
    assert (states[1:, :, [Place.KNOWN_INSIDE, Place.UNKNOWN_INSIDE]] == 0.0).all()


def test_treatment_leaves_contact_as_it_is() -> None:
    values = values_at(prior_units(8, 3))
    both = places_and_treatment(values, True, Phase.SUPPORTED)
    both = both.reshape(8, len(Place), len(Treatment), len(Place), len(Treatment))
    for treatment in Treatment:
        alone = both[:, :, treatment].sum(axis=3)
        assert alone == pytest.approx(places(values, True, Phase.SUPPORTED), abs=1e-12)


def test_hazards_compete_within_the_week() -> None:
    values = plain(return_after_miss=0.5, lost_after_miss=0.1, recall_breach=0.02)
    row = places(values, False, Phase.SUPPORTED)[0, Place.MISSED]
    assert row[Place.IN_CONTACT] == pytest.approx(first(0.5, 0.1 + 0.02 + DEATH, 1))
    assert row[Place.APART] == pytest.approx(first(0.1, 0.5 + 0.02 + DEATH, 1))
    assert row[Place.MISSED] == pytest.approx(math.exp(-(0.62 + DEATH)))


def test_after_support_both_arms_are_usual_care() -> None:
    values = values_at(prior_units(8, 3))
    both = (places_and_treatment(values, is_programme, Phase.AFTER) for is_programme in (1, 0))
    assert np.array_equal(*both)


def test_contact_outside_is_who_is_met_at_the_gate_and_who_is_found_while_support_lasts() -> None:
    values = plain(known_inside=0.8, gate_loss=0.25, pick_up_programme=0.03)
    by_hand = 0.6 + 0.4 * first(0.03, DEATH, 19)
    assert figures_of(values)["community_contact_programme"] == pytest.approx(by_hand)


def test_treatment_within_three_weeks() -> None:
    figure = figures_of(plain(treatment_early=0.1, pick_up_usual=NONE))["treated_3w_usual_care"]
    lives, untreated = math.exp(-DEATH), math.exp(-0.1)
    dies = 1.0 - lives
    never = untreated * (lives * untreated * (lives * untreated + dies) + dies)
    assert figure == pytest.approx(1.0 - never)


def test_reoffending_is_early_then_later_and_a_mixture_by_housing() -> None:
    values = plain(offence_early=0.04, offence_later=0.01, offence_ratio=2.0)
    figures = figures_of(values)
    stays = math.exp(-4 * (0.04 + DEATH))
    housed = first(0.04, DEATH, 4) + stays * first(0.01, DEATH, 48)
    assert figures["reoffended_52w_housed"] == pytest.approx(housed)
    stays = math.exp(-4 * (0.08 + DEATH))
    unhoused = first(0.08, DEATH, 4) + stays * first(0.02, DEATH, 48)
    assert figures["reoffended_52w_unhoused"] == pytest.approx(unhoused)
    mixed = HOUSED_AT_RELEASE * housed + (1.0 - HOUSED_AT_RELEASE) * unhoused
    assert figures["reoffended_52w_usual_care"] == pytest.approx(mixed)


def test_settled_housing_after_three_months() -> None:
    values = plain(housing_lost=0.05)
    lost = HOUSED_AT_RELEASE * math.exp(-13 * (0.05 + DEATH))
    assert figures_of(values)["settled_housing_13w"] == pytest.approx(lost)
    assert homes(values, Phase.AFTER)[0, Home.HOUSED, Home.UNHOUSED] == pytest.approx(
        first(0.05, float(values["offence_later"][0]) + DEATH, 1)
    )


def test_drop_out_after_a_miss_is_no_return_within_eight_weeks() -> None:
    values = plain(return_after_miss=0.2, lost_after_miss=0.1, pick_up_usual=NONE)
    by_hand = 1.0 - first(0.2, 0.1 + DEATH, 8)
    assert figures_of(values)["dropout_after_missed_usual_care"] == pytest.approx(by_hand)


def test_men_in_no_contact_are_recalled_for_lost_contact_or_breach() -> None:
    values = plain(recall_lost=0.03, recall_breach=0.01, pick_up_usual=NONE)
    share = figures_of(values)["recall_lost_contact_share_usual_care"]
    assert share == pytest.approx(0.75)


def test_who_misses_nothing_keeps_all_appointments() -> None:
    assert figures_of(plain(miss=NONE))["attendance_rate_programme"] == pytest.approx(1.0)


def test_distress_falls_by_the_relief_of_those_supported() -> None:
    assert figures_of(plain(relief=0.0))["core_om_26w_difference"] == pytest.approx(0.0)
    one, two = (figures_of(plain(relief=each))["core_om_26w_difference"] for each in (1.0, 2.0))
    assert two == pytest.approx(2.0 * one)
    even = figures_of(plain(fall=3.0, relief=2.0))["reliable_change_planned_programme"]
    assert even == pytest.approx(0.5)


def test_quality_of_life_is_what_contact_relieves_over_the_year() -> None:
    everybody_met = plain(relief=2.0, known_inside=1.0, gate_loss=0.0, miss=NONE,
        planned_end=NONE, pick_up_usual=NONE)  # fmt: skip
    lives = math.exp(-DEATH)
    alive = sum(lives**week for week in range(WEEKS)) / WEEKS
    figure = figures_of(everybody_met)["qaly_52w_difference"]
    assert figure == pytest.approx(2.0 * Costs().utility_per_point * alive)


def test_a_prior_has_the_three_numbers_that_were_declared() -> None:
    for parameter in PARAMETERS:
        quantiles = parameter.from_unit(np.array([0.05, 0.5, 0.95]))
        declared = (parameter.low, parameter.median, parameter.high)
        assert quantiles == pytest.approx(declared), parameter.name


def test_the_fit_recovers_a_planted_truth() -> None:
    planted = {"treatment_early": 0.8, "treatment_ratio": 0.8, "offence_ratio": 0.2,
        "offence_later": 0.3, "pick_up_programme": 0.3}  # fmt: skip
    truth = np.array([[planted.get(name, 0.5) for name in NAMES]])
    seen = expected(FITTED, truth)[0]
    planted_targets = tuple(
        replace(target, values=[float(value)]) for target, value in zip(FITTED, seen, strict=True)
    )
    found = fit(replace(SETTINGS, targets=planted_targets, held_out=(), points=8192))
    low, high = np.quantile(found.units, [0.05, 0.95], axis=0)
    for name, level in planted.items():
        place = NAMES.index(name)
        assert low[place] < level < high[place], name
    assert high[NAMES.index("treatment_early")] - low[NAMES.index("treatment_early")] < 0.45
    assert np.median(found.predicted, axis=0) == pytest.approx(
        seen, abs=max(target.error for target in FITTED) / 3
    )


def test_intervals_hold_known_truths() -> None:
    every = np.arange(16_384)
    fitting = fitting_of(FITTED, prior_units(len(every), 5), SETTINGS.accepted, 5)
    inside = []
    for point in every[::256]:
        rest = np.delete(every, point)
        table, summaries = fitting.table.of(rest), fitting.summaries[rest]
        without = Fitting(table, summaries, fitting.errors, fitting.share)
        low, _, high = without.posterior([fitting.summaries[point]]).quantiles()
        truth = fitting.table.units[point]
        inside.append(((low <= truth) & (truth <= high)).mean())
    assert 0.83 < np.mean(inside) < 0.93


def test_the_same_fit_gives_the_same_bytes() -> None:
    one, two = (fit(replace(SETTINGS, points=1024)) for _ in range(2))
    assert one.units.tobytes() == two.units.tobytes()
    assert one.predicted.tobytes() == two.predicted.tobytes()


def test_a_figure_that_the_rival_has_not_is_left_out_of_its_fit() -> None:
    known = {target.id for target in with_value(TARGETS)}
    assert "any_contact" in known
    assert "alliance_and_outcome" not in known


def test_what_documents_quote_is_what_a_fit_to_these_targets_gives() -> None:
    """After a change of targets or of the rival: python -m docs.rival."""
    quoted, again = kept.kept(), kept.found()
    assert quoted.keys() == again.keys()
    for name, rows in again.items():
        for row, before in zip(rows, quoted[name], strict=True):
            assert before.keys() == row.keys()
            for key, value in row.items():  # other processors may round otherwise
                is_real = isinstance(value, float)
                wanted = pytest.approx(value, rel=1e-3, abs=1e-4) if is_real else value
                assert before[key] == wanted, row


def test_only_patterns_of_the_trials_outcomes_are_measured_on_the_rival() -> None:
    units = prior_units(64, 3)
    parts = {(part["measure"], part["take"]): part for part in judged_parts(units)}
    columns = figures_of(values_at(units))
    unseen = 1.0 - columns["community_contact_programme"].mean()
    assert parts["no_community_contact", "whole"]["figure"] == pytest.approx(unseen, abs=1e-6)
    low = np.quantile(columns["core_om_26w_difference"], 0.025)
    assert parts["core_om_difference", "low"]["figure"] == pytest.approx(low, abs=1e-6)
    of_variants = {"gate_keeps", "trust_from_one_condition", "rapport_under_load"}
    assert not of_variants & {measure for measure, _ in parts}


def test_an_interval_score_is_width_and_twenty_times_what_lies_outside() -> None:
    inside = Prediction(low=0.2, middle=0.3, high=0.4, value=0.3, error=0.1)
    assert inside.score == pytest.approx(2.0)
    outside = replace(inside, value=0.45)
    assert outside.score == pytest.approx(2.0 + 20.0 * 0.5)
    assert (inside.is_inside, outside.is_inside) == (True, False)
    assert outside.errors_off == pytest.approx(-1.5)


def test_every_figure_stands_in_the_table() -> None:
    text = tables.rival_beside_agents()
    assert text.count("\n") == 1 + sum(len(target.values) for target in TARGETS)
    for target in TARGETS:
        assert target.label in text


def test_every_part_that_the_rival_has_stands_in_its_table() -> None:
    text = tables.rival_on_patterns()
    assert text.count("\n") == 1 + len(kept.kept()["parts"])
    assert f"has the quantities for {len(kept.kept()['parts'])};" in tables.patterns_narrative()
