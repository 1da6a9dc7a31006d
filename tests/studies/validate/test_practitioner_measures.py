"""Measures of how practitioners differ, and of repeated misses, from runs made by hand."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from engager_sim.studies.validate import variants
from engager_sim.studies.validate.measures import MEASURES
from engager_sim.studies.validate.practitioner_measures import (
    improvement_by_practitioner,
    supervision_of_practitioners,
)
from engager_sim.studies.validate.repeated_misses import odds_of_missing_again
from engager_sim.week.event_log import Event
from engager_sim.world.observed import MARKS, Mark
from engager_sim.world.records import PROGRAMME, USUAL_CARE
from tests.studies.validate.test_measures import logged, men


def improved(by: list[tuple[int, int, float]], arm: int = PROGRAMME) -> Any:
    """Make a run from the post, incumbent and improvement of each man."""
    post, incumbent, points = (np.array(column) for column in zip(*by, strict=True))
    fields = [("arm", int), ("post", int), ("incumbent", int), ("distress_level", float)]
    leavers = np.zeros(len(by), [*fields, ("distress_at", float, (MARKS,))])
    leavers["arm"], leavers["post"], leavers["incumbent"] = arm, post, incumbent
    leavers["distress_level"] = 20.0
    leavers["distress_at"][:, Mark.WEEK_26] = 20.0 - points
    return SimpleNamespace(world=SimpleNamespace(leavers=leavers))


def test_variance_lies_between_practitioners_as_far_as_their_means_differ() -> None:
    run = improved(
        [(0, 0, 1.0), (0, 0, 3.0), (0, 1, 6.0), (0, 1, 8.0), (3, 0, 90.0), (-1, 0, 90.0)]
    )
    # Two practitioners of one post; one man alone says nothing, nor does one without any.
    counts = improvement_by_practitioner(run)
    assert counts == (4.0, 2.0, 8.0, 25.0, 4.0)
    # Within 4 / 2 = 2; between (25 / 1 - 2) / 2 = 11.5.
    share = MEASURES["variance_between_practitioners"].figure(np.array([counts, (0.0,) * 5]))
    assert share == pytest.approx(11.5 / 13.5)


def test_equal_practitioners_and_men_of_usual_care_show_no_variance() -> None:
    same = improvement_by_practitioner(
        improved([(0, 0, 1.0), (0, 0, 3.0), (1, 0, 1.0), (1, 0, 3.0)])
    )
    assert MEASURES["variance_between_practitioners"].figure(np.array([same])) == 0.0
    usual = improved([(0, 0, 1.0), (0, 0, 3.0), (1, 0, 9.0), (1, 0, 7.0)], USUAL_CARE)
    assert improvement_by_practitioner(usual) == (0.0,) * 5


def test_supervision_is_correlated_with_burnout_within_replicates() -> None:
    posts = men(
        weeks_filled=[10, 10, 10, 0], sessions=[1, 2, 3, 9], burnout_sum=[6.0, 4.0, 2.0, 9.0]
    )
    counts = supervision_of_practitioners(
        SimpleNamespace(world=SimpleNamespace(practitioners=posts))
    )
    assert counts == pytest.approx((3.0, 0.6, 1.2, 0.14, 0.56, 0.2))
    # Another replicate with more of both: what differs between replicates does not count.
    worse = (3.0, 3.6, 2.4, 4.34, 2.0, 2.84)
    figure = MEASURES["supervision_and_burnout"].figure
    assert figure(np.array([counts, worse])) == pytest.approx(-1.0)


def test_practitioners_are_correlated_over_all_presets_of_a_replicate() -> None:
    lightly, well = (
        np.array([[1.0, 0.1, 0.6, 0.01, 0.36, 0.06]]),
        np.array([[1.0, 0.3, 0.2, 0.09, 0.04, 0.06]]),
    )
    assert MEASURES["supervision_and_burnout"].figure(lightly, well) == pytest.approx(-1.0)


def contact(week: int, man: int, kept: bool, chance: float = 0.5) -> tuple[Any, ...]:
    event = Event.ATTENDED if kept else Event.MISSED
    return (week, man, event, 0, (chance, 0.5, 0.0, 0.0))


def test_a_contact_is_held_against_the_latest_one_eight_weeks_before() -> None:
    log = logged(
        [
            *(contact(1, man, kept=man >= 2) for man in range(4)),
            contact(5, 0, kept=True),  # within eight weeks: not what week 9 is held against
            contact(9, 0, kept=False), contact(9, 1, kept=True), contact(9, 2, kept=False),
            contact(9, 3, kept=True), contact(9, 3, kept=True, chance=1.0),  # by following up
        ],
        release_week=[0] * 4, needs_at_entry=[1] * 4, autonomous_at_entry=[1] * 4,
    )  # fmt: skip
    # One of each kind among four pairs: 1 x 1 / 4 both ways.
    assert odds_of_missing_again(log) == (0.25, 0.25)


def test_contacts_inside_are_not_held_against_others() -> None:
    inside = (0.0, 0.0, 4.0, 0.0)
    log = logged(
        [
            contact(1, 0, kept=False), contact(11, 0, kept=False),  # before release
            (12, 1, Event.RECALLED, 0, inside),
            contact(2, 1, kept=False), contact(13, 1, kept=False),  # recalled
        ],
        release_week=[12, 0], needs_at_entry=[1, 1], autonomous_at_entry=[1, 1],
    )  # fmt: skip
    assert odds_of_missing_again(log) == (0.0, 0.0)


def test_ties_across_the_wall_join_prison_healthcare_to_those_who_do_not_enforce() -> None:
    close = variants.with_ties_across_the_wall(variants.trial("base").scenario(), 0.8, True)
    others = {frozenset(tie.between) - {"prison healthcare north"} for tie in close.setting.ties}
    assert frozenset({"drug service north"}) in others
    assert frozenset({"probation north"}) not in others
    assert all((tie.strength, tie.shared_record) == (0.8, True) for tie in close.setting.ties)


def test_an_agency_of_another_kind_leaves_as_many_agencies() -> None:
    base = variants.trial("base").scenario()
    without = variants.with_another_kind(base, "substance_misuse", "resettlement")
    kinds = [agency.kind for agency in without.setting.agencies]
    assert "substance_misuse" not in kinds
    assert len(kinds) == len(base.setting.agencies)


def test_more_men_enter_over_the_same_weeks() -> None:
    base = variants.trial("base").scenario()
    changes = base.difference(variants.with_more_men(base, 2))
    assert [key for key, *_ in changes] == ["population.leavers"]
