"""What a scenario employs: counted by hand for a small service."""

from pathlib import Path

import pytest

from engager_sim.costs.employment import EMPLOYED, STARTED, Employment, employed
from engager_sim.scenarios.changes import changed as with_levers
from engager_sim.scenarios.scenario import Scenario
from tests.scenarios.services import SERVICE, write

BOTH_ARMS = 2
PLACE, RECORD = "day_under_one_roof", "shared_record"


def service(folder: Path, **levers: float | str) -> Scenario:
    scenario = Scenario.load(write(folder, SERVICE))
    paths = {name.replace("__", "."): value for name, value in levers.items()}
    return with_levers(scenario, paths)


def employment_of(scenario: Scenario) -> Employment:
    return employed(scenario.deployed, scenario.theories())


def test_posts_and_hours_of_each_arm_are_those_of_its_teams(tmp_path: Path) -> None:
    counted = employment_of(
        service(tmp_path, programme__supervision__supervisor_hours=4, peers__hours=6)
    ).quantities
    assert counted["practitioner_post"].tolist() == [2.0, 1.0]
    assert counted["supervisor_hour"].tolist() == [4 * 52, 6 * 52]
    assert counted["peer_hour"].tolist() == [6 * 52, 0.0]
    assert counted["recruited_post"].tolist() == [3.0, 2.0]
    assert counted["recruited_peer"].tolist() == [1.0, 0.0]


def test_hours_that_the_interval_needs_beyond_the_supervisors_are_further_hours(
    tmp_path: Path,
) -> None:
    # Two practitioners at 1.5 hours every week need 3 hours of one supervisor, who has 1.
    levers = {
        "programme__supervision__interval": 1.0,
        "programme__supervision__supervisor_hours": 1,
    }
    counted = employment_of(service(tmp_path, **levers))
    assert counted.quantity("further_supervision_hour") == pytest.approx(2.0 * 52)
    assert counted.quantity("supervisor_hour", arm=0) == 52


def test_a_supervisor_who_has_time_left_does_not_serve_anothers_practitioners(
    tmp_path: Path,
) -> None:
    text = SERVICE.replace(
        "practitioners = 2\nsupervisors = 1", "practitioners = 3\nsupervisors = 2"
    )
    scenario = Scenario.load(write(tmp_path, text))
    levers = {"programme.supervision.interval": 1, "programme.supervision.supervisor_hours": 2}
    # The first has two practitioners and needs 3 of 2 hours; the second one, and has half an hour.
    further = employment_of(with_levers(scenario, levers)).quantity("further_supervision_hour")
    assert further == pytest.approx(1.0 * 52)


def test_ties_count_by_what_is_said_or_else_by_the_levers_probability(tmp_path: Path) -> None:
    # Every pair but the two housing offices, which share no site, can be tied: five, of which four
    # touch the helpers or probation. The programme's ties are those of the helpers: three.
    levers = {
        "programme__collaboration__colocation": 0.4,
        "usual_care__collaboration__colocation": 0.1,
        "programme__collaboration__shared_record": 0.2,
    }
    counted = employment_of(service(tmp_path, **levers)).quantities
    assert counted[PLACE].tolist() == pytest.approx([3 * 0.4, 2 * 0.1])
    first = Scenario.load(write(tmp_path, SERVICE))
    assert employment_of(first).quantities[RECORD].tolist() == [1.0, 0.0]


def test_ties_of_a_survey_follow_a_lever_that_is_moved_since(tmp_path: Path) -> None:
    counted = employment_of(service(tmp_path, programme__collaboration__shared_record=0.5))
    # The surveyed record stays; the helpers' two other pairs are drawn.
    assert counted.quantity(RECORD) == pytest.approx(1.0 + 2 * 0.5)
    assert counted.quantity("shared_record_start") == counted.quantity(RECORD)


@pytest.mark.parametrize(("mode", "people"), [("managerial", 0), ("reflective", 3), ("shared", 3)])
def test_supervision_that_is_not_managerial_is_trained_for(
    tmp_path: Path, mode: str, people: int
) -> None:
    counted = employment_of(service(tmp_path, programme__supervision__mode=mode))
    assert counted.quantities["reflective_training"].tolist() == [people, 0.0]


def test_a_theme_that_is_off_is_employed_all_the_same(tmp_path: Path) -> None:
    on = employment_of(service(tmp_path))
    off = employment_of(
        service(tmp_path, supervision__on=False, peers__on=False, collaboration__on=False)
    )
    for item in EMPLOYED + STARTED:
        assert off.quantities[item.id].tolist() == on.quantities[item.id].tolist()


@pytest.mark.parametrize("name", Scenario.presets())
def test_every_item_of_a_preset_is_counted_for_both_arms(name: str) -> None:
    counted = employment_of(Scenario.load(name)).quantities
    assert set(counted) == {item.id for item in EMPLOYED + STARTED}
    for quantities in counted.values():
        assert quantities.shape == (BOTH_ARMS,)
        assert (quantities >= 0.0).all()
