"""Every measure computes a figure that is known from arrays made by hand."""

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from engager_sim.runs.tables.events import KIND_SHIFT
from engager_sim.studies.validate import variants
from engager_sim.studies.validate.attrition_measures import first_contacts
from engager_sim.studies.validate.measures import MEASURES, observed_by
from engager_sim.studies.validate.observations import MenFields
from engager_sim.studies.validate.practice_measures import worker_changes
from engager_sim.theory.ways_out import Exit
from engager_sim.week.event_log import ROW, Event
from engager_sim.world.dice import Kind
from engager_sim.world.records import PROGRAMME, USUAL_CARE


def means(*values: float) -> tuple[np.ndarray, ...]:
    """Two replicates each, around these means."""
    return tuple(np.array([value - 0.01, value + 0.01]) for value in values)


ODDS = math.log(0.6 / 0.4) - math.log(0.5 / 0.5)
WEIBULL = [1.0 - math.exp(-0.1 * week**0.7) for week in (4.0, 13.0, 26.0, 52.0)]

FIGURES: list[tuple[str, tuple[np.ndarray, ...], float]] = [
    ("substance_service_log_odds", means(0.6, 0.5), ODDS),
    ("qaly_difference", means(0.03), 0.03),
    ("access_beyond_symptoms", means(0.6, 0.5, 1.48), math.sqrt(3.0) / math.pi * ODDS + 0.2),
    ("no_community_contact", means(0.8), 0.2),
    ("gate_keeps", means(0.3, 0.1), 0.2),
    ("engaged_6w_difference", means(0.3), 0.3),
    ("engaged_26w_difference", means(0.2), 0.2),
    ("engaged_52w_difference", means(0.1), 0.1),
    ("trust_from_one_condition", means(0.2, 0.3, 0.35, 0.5), 0.5),
    ("trust_interaction", means(0.2, 0.3, 0.35, 0.5), 0.05),
    ("burnout_bend", means(30.0, 0.2, 40.0, 0.3, 50.0, 0.6), 3.0),
    ("rapport_under_load", means(0.6, 0.5), 0.1),
    ("trust_in_few_agencies", means(0.6, 0.5), 0.1),
    ("trust_with_a_lead", means(0.6, 0.5), 0.1),
    ("starts_by_ties_across_the_wall", means(0.6, 0.5), 0.1),
    ("trust_without_the_only_agency", means(0.4, 0.5), -0.1),
    ("seen_with_twice_the_men", means(0.6, 0.7), -0.1),
    ("misses_of_the_same_men", (np.array([[2.0, 1.0], [4.0, 2.0]]),), 2.0),
    ("reoffending_shape", tuple(np.full(2, share) for share in WEIBULL), 0.7),
    ("recalls_for_lost_contact", (np.array([0.2, np.nan, 0.4]),), 0.3),
    ("reoffending_by_housing", means(0.6, 0.4), 0.2),
    ("rarest_way_out", means(0.1, 0.2, 0.3, 0.4, 0.2, 0.2, 0.2, 0.2), 0.1),
    ("commonest_way_out", means(0.1, 0.2, 0.3, 0.4, 0.2, 0.2, 0.2, 0.2), 0.4),
    ("follow_up_keeps", means(0.5, 0.3), 0.2),
    ("first_month_of_learning", means(0.4, 0.45, 0.6, 0.3, 0.5, 0.7), 0.5),
    ("falling_back_in_hard_times", means(0.5, 0.4), 0.1),
    ("hope_from_peers", means(0.5, 0.4), 0.1),
    ("trust_from_peers", means(0.5, 0.4), 0.1),
    ("symptoms_from_peers", means(10.0, 12.0), -2.0),
    ("trust_lost_with_worker", (np.array([[3.0, 0.3, 1.0], [1.0, 0.5, 0.0]]),), 0.2),
    ("contact_lost_with_worker", (np.array([[3.0, 0.3, 1.0], [1.0, 0.5, 0.0]]),), 0.25),
    (
        "overlap_softens",
        (np.array([[2.0, 0.1, 0.0]]), np.array([[3.0, 0.3, 1.0], [1.0, 0.5, 0.0]])),
        0.25,
    ),
    ("lost_after_missing_once", (np.array([[3.0, 1.0, 4.0, 1.0], [1.0, 1.0, 6.0, 1.0]]),), 0.3),
]  # fmt: skip


@pytest.mark.parametrize(("name", "observed", "figure"), FIGURES, ids=[row[0] for row in FIGURES])
def test_figures_of_runs(name: str, observed: tuple[np.ndarray, ...], figure: float) -> None:
    measure = MEASURES[name]
    assert len(observed) == len(measure.observations)
    assert measure.figure(*observed) == pytest.approx(figure, rel=1e-9)


def men(**fields: Any) -> np.ndarray:
    """Write men's records with some fields."""
    columns = {name: np.asarray(values) for name, values in fields.items()}
    count = max(len(column) for column in columns.values() if column.ndim)
    records = np.zeros(count, [(name, column.dtype) for name, column in columns.items()])
    for name, column in columns.items():
        records[name] = column
    return records


def figure_of(name: str, *observed: np.ndarray) -> Any:
    """Compute a figure from men's records that have the fields that it observes, and no others."""
    measure = MEASURES[name]
    for observation, records in zip(measure.observations, observed, strict=True):
        assert isinstance(observation, MenFields)
        assert set(records.dtype.names) == set(observation.fields)
    return measure.figure(*observed)


def test_the_core_om_difference_is_one_of_every_replicate() -> None:
    difference = np.array([1.0, -2.0])
    assert MEASURES["core_om_difference"].figure(difference) is difference


def test_men_gain_who_are_five_points_better_in_the_programme_than_in_usual_care() -> None:
    dealt = men(arm=[0, 0, 1, 1], distress_at_week_26=[10.0, 10.0, 20.0, 20.0])
    swapped = men(distress_at_week_26=[15.0, 14.0, 14.0, 26.0])
    assert (PROGRAMME, USUAL_CARE) == (0, 1)
    assert figure_of("men_who_gain", dealt, swapped) == 0.5


def test_depth_is_the_slope_of_improvement_with_dose_and_distress_held_equal() -> None:
    rng = np.random.default_rng(3)
    understanding, distress = rng.normal(size=400), rng.normal(20.0, 3.0, 400)
    dose = rng.integers(0, 20, 400)
    improvement = 2.0 * understanding + 0.5 * dose + 0.3 * distress
    records = men(
        arm=PROGRAMME, engaged_at_week_12=1.0, understanding_at_week_12=understanding,
        attended_all=dose, core_om_at_release=distress,
        core_om_at_week_26=distress - improvement,
    )  # fmt: skip
    slope = 2.0 * understanding.std() / improvement.std()
    assert figure_of("depth_beyond_dose", records) == pytest.approx(slope)
    others = records.copy()
    others["arm"][:50], others["engaged_at_week_12"][50:100] = USUAL_CARE, 0.0
    counted = others[100:]
    assert figure_of("depth_beyond_dose", others) == figure_of("depth_beyond_dose", counted)


def test_dose_is_correlated_among_planned_endings_of_the_programme_alone() -> None:
    records = men(
        arm=[0, 0, 0, 0, 1], exit=[*[Exit.PLANNED_ENDING] * 3, Exit.CRISIS, Exit.PLANNED_ENDING],
        attended_all=[1, 2, 3, 90, 90], core_om_at_release=20.0,
        core_om_at_week_26=[19.0, 18.0, 17.0, 30.0, 30.0],
    )  # fmt: skip
    assert figure_of("dose_after_planned_endings", records) == pytest.approx(1.0)


def test_motivation_is_correlated_with_leaving_among_the_programmes_men_with_an_episode() -> None:
    records = men(
        arm=[0, 0, 0, 0, 0, 1], episodes=[1, 1, 1, 1, 0, 1],
        autonomous_at_entry=[0.2, 0.3, 0.8, 0.9, 0.1, 0.1],
        first_exit=[*[Exit.CRISIS] * 2, Exit.NONE, Exit.PLANNED_ENDING, Exit.NONE, Exit.NONE],
    )  # fmt: skip
    left = [1.0, 1.0, 0.0, 0.0]
    expected = np.corrcoef([0.2, 0.3, 0.8, 0.9], left)[0, 1]
    assert figure_of("motivation_and_attrition", records) == pytest.approx(expected)


@pytest.mark.parametrize("mark", ["release", "week_4"])
def test_core_om_is_compared_between_the_arms(mark: str) -> None:
    records = men(arm=[0, 0, 1, 1], **{f"distress_at_{mark}": [10.0, 14.0, 10.0, 11.0]})
    assert figure_of(f"core_om_at_{mark}", records) == 1.5


def test_dropout_is_compared_between_thirds_of_alliance_at_release() -> None:
    alliance = np.repeat([0.2, 0.5, 0.8], 10)
    weeks = np.full(30, -1)
    weeks[:6], weeks[10:14], weeks[20] = 3, 25, 10  # of ten in each third, 6, 4 and 1 leave
    cause = np.where(weeks >= 0, Exit.CRISIS, Exit.NONE)
    weeks[25], cause[25] = 26, Exit.CRISIS  # too late
    weeks[26], cause[26] = 5, Exit.PLANNED_ENDING  # not of himself
    records = men(
        arm=PROGRAMME, engaged_at_release=1.0, first_exit=cause, first_exit_week=weeks,
        alliance_at_release=alliance,
    )  # fmt: skip
    assert figure_of("dropout_by_alliance", records) == pytest.approx(0.5)
    assert figure_of("dropout_step", records) == pytest.approx(0.2)


def test_trust_and_reoffending_go_with_an_odds_ratio_with_needs_held_equal() -> None:
    """In every cell of the other terms 3 of 4 reoffend without trust and 1 of 4 with it."""
    cells = np.array(list(np.ndindex(2, 2, 2, 2)))
    trust, housed, needs, short = np.repeat(cells, 4, axis=0).T.astype(float)
    first_of_four = np.tile(np.arange(4), len(cells))
    again = np.where(trust == 0.0, first_of_four < 3, first_of_four < 1)
    records = men(
        first_offence_week=[*np.where(again, 30, -1), 5], trust_at_week_26=[*trust, 9.0],
        housed_first=[*housed.astype(int), 0], needs_at_entry=[*needs, 0.0],
        short_sentence=[*short.astype(int), 0],
    )  # fmt: skip
    # The odds are 3 and 1/3, two standard deviations of trust apart; who offended before is left
    # out.
    assert figure_of("trust_and_desistance", records) == pytest.approx(1.0 / 3.0, rel=1e-5)


def test_recalls_for_breach_are_counted_per_hundred_men() -> None:
    planned, little = men(recalls_breach=[1, 0, 2, 0]), men(recalls_breach=[1, 0, 0, 0])
    assert figure_of("breach_found_by_contact", planned, little) == 50.0


def logged(events: list[tuple[Any, ...]], **leavers: list[int]) -> Any:
    """Write an event log of men 0, 1, ...: week, man, event, cause, values."""
    offset = Kind.LEAVER << KIND_SHIFT
    rows = [(week, offset + number, *rest) for week, number, *rest in events]
    who = [offset + number for number in range(len(next(iter(leavers.values()))))]
    world = SimpleNamespace(leavers=men(who=who, **leavers))
    return SimpleNamespace(rows=np.array(rows, ROW), world=world)


def test_first_contacts_are_those_after_release_and_leaving_soon_is_within_eight_weeks() -> None:
    none = (0.0, 0.0, 0.0, 0.0)
    log = logged(
        [
            (1, 0, Event.ATTENDED, 0, none),  # inside: not counted
            (3, 0, Event.MISSED, 0, none),
            (11, 0, Event.EXIT, Exit.CRISIS, none),
            (3, 1, Event.MISSED, 0, none),
            (12, 1, Event.EXIT, Exit.CRISIS, none),  # nine weeks later
            (2, 2, Event.ATTENDED, 0, none),
            (3, 2, Event.EXIT, Exit.PLANNED_ENDING, none),  # not of himself
            (2, 3, Event.ATTENDED, 0, none),
            (4, 3, Event.EXIT, Exit.WITHDREW, none),
        ],
        release_week=[2, 2, 2, 2, 2],
    )
    assert list(first_contacts(log)) == [2.0, 1.0, 2.0, 1.0]


def test_changes_of_worker_are_those_of_the_programmes_men() -> None:
    log = logged(
        [
            (3, 0, Event.WORKER_CHANGED, 0, (0.5, 0.3, 0.0, 1.0)),
            (5, 0, Event.WORKER_CHANGED, 0, (0.4, 0.3, 0.0, 0.0)),
            (5, 1, Event.WORKER_CHANGED, 0, (0.9, 0.1, 0.0, 1.0)),
            (5, 0, Event.ATTENDED, 0, (0.9, 0.1, 0.0, 1.0)),
        ],
        arm=[PROGRAMME, USUAL_CARE],
    )
    assert worker_changes(log) == pytest.approx((2.0, 0.3, 1.0))


def test_every_variant_has_a_name_of_its_own_and_a_scenario() -> None:
    used = {item.variant for item in observed_by(MEASURES)}
    assert len({variant.name for variant in used}) == len(used)
    for variant in used:
        assert variant.scenario().name == variant.name


def test_fewer_contacts_are_planned_and_nothing_else_differs() -> None:
    base = variants.hub("base").scenario()
    little = variants.with_fewer_contacts(base, 0.25)
    changes = {key: (here, there) for key, here, there in base.difference(little)}
    assert set(changes) == {
        "programme.client_engagement.early_contacts", "programme.client_engagement.later_contacts",
    }  # fmt: skip
    assert all(there == 0.25 * here for here, there in changes.values())
