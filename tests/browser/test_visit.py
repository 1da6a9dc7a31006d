"""A visit: settings, worlds and the week, without a browser."""

import base64

import numpy as np
import pytest

from engager_sim.browser.tour import go_to, leave
from engager_sim.browser.visit import FIRST, OTHER, Visit, value_of
from engager_sim.browser.watched_world import MOST_MEN, WatchedWorld
from engager_sim.errors import UsageError
from engager_sim.mesa_model import EngagerModel
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from tests.week.worlds import small_trial

INTERVAL = "programme.supervision.interval"


@pytest.fixture
def visit() -> Visit:
    return Visit(small_trial(40))


def trust_of(visit: Visit, world: int = FIRST) -> bytes:
    found: bytes = visit.worlds[world].world.leavers["trust"].tobytes()
    return found


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def test_the_worlds_are_a_function_of_settings_and_week(visit: Visit) -> None:
    visit.jump(50)
    there = trust_of(visit)
    visit.jump(80)
    visit.jump(20)
    visit.jump(50)
    assert trust_of(visit) == there
    model = EngagerModel(small_trial(40), rng=visit.seed)
    model.run_for(50)
    assert model.world.leavers["trust"].tobytes() == there


def test_weeks_beyond_either_end_are_the_end(visit: Visit) -> None:
    visit.jump(10_000)
    assert visit.week == visit.weeks
    visit.step()
    assert visit.week == visit.weeks
    visit.jump(-5)
    assert visit.week == 0


def test_a_change_is_made_at_the_week_that_is_shown_and_can_be_undone(visit: Visit) -> None:
    visit.jump(50)
    before = trust_of(visit)
    visit.change(INTERVAL, 1.0)
    assert (visit.week, visit.message) == (50, None)
    assert trust_of(visit) != before
    visit.undo_changes()
    assert trust_of(visit) == before


def test_setting_a_value_as_the_scenario_has_it_is_no_change(visit: Visit) -> None:
    given = value_of(visit.settings[FIRST].source, INTERVAL)
    visit.change(INTERVAL, 1.0)
    visit.change(INTERVAL, given)
    assert visit.settings[FIRST].changes == {}


@pytest.mark.parametrize(
    ("path", "value"), [(INTERVAL, 99), (INTERVAL, "often"), ("programme.supervision.x", 1)]
)
def test_a_wish_that_cannot_be_met_leaves_all_as_it_was(
    visit: Visit, path: str, value: float | str
) -> None:
    visit.jump(30)
    visit.change(INTERVAL, 1.0)
    before, version = trust_of(visit), visit.version
    visit.change(path, value)
    assert visit.message
    assert visit.settings[FIRST].changes == {INTERVAL: 1.0}
    assert (trust_of(visit), visit.version) == (before, version)
    visit.dismiss()
    assert visit.message is None


def test_two_worlds_begin_alike_and_only_the_edited_one_changes(visit: Visit) -> None:
    visit.show_two(True)
    visit.jump(50)
    assert trust_of(visit, FIRST) == trust_of(visit, OTHER)
    first = trust_of(visit, FIRST)
    visit.change(INTERVAL, 1.0)
    assert trust_of(visit, FIRST) == first
    assert trust_of(visit, OTHER) != first
    visit.edit(FIRST)
    visit.change("programme.collaboration.shared_record", 1.0)
    assert set(visit.settings[OTHER].changes) == {INTERVAL}
    visit.show_two(False)
    assert len(visit.worlds) == 1
    assert visit.edited == FIRST


def test_the_other_world_must_be_about_the_same_men(visit: Visit) -> None:
    visit.show_two(True)
    visit.load_preset("usual_care")
    assert visit.message is not None
    assert "different men" in visit.message
    assert "load it as the first world instead" in visit.message
    assert visit.settings[OTHER].source is visit.settings[FIRST].source


def test_a_scenario_for_the_first_world_is_a_new_beginning_for_both(visit: Visit) -> None:
    visit.show_two(True)
    visit.edit(FIRST)
    visit.load_preset("peer_led")
    assert [each.source.name for each in visit.settings] == ["peer_led", "peer_led"]


def test_a_preset_with_one_arm_shows_everybody(visit: Visit) -> None:
    assert visit.arm == 0
    visit.load_preset("usual_care")
    assert visit.arm is None
    visit.look_at(0)
    assert visit.arm is None


@pytest.mark.parametrize(
    "written", ["-1", "1.5", "", "x", str(2**64), "9" * 5000, "\N{SUPERSCRIPT TWO}"]
)
def test_only_seeds_are_seeds(visit: Visit, written: str) -> None:
    visit.set_seed(written)
    assert visit.message is not None
    assert "2^64 - 1" in visit.message
    assert visit.seed == 1


def test_the_largest_seed_is_a_seed(visit: Visit) -> None:
    visit.set_seed(str(2**64 - 1))
    assert (visit.message, visit.seed) == (None, 2**64 - 1)


def test_a_file_is_named_without_its_folders_and_its_errors_too(visit: Visit) -> None:
    visit.load_file("../../secret/mine.toml", encoded("question = 'x'\nbased_on = 'peer_led'\n"))
    assert (visit.message, visit.settings[FIRST].source.name) == (None, "mine")
    visit.load_file("C:\\here\\bad.toml", encoded("question = 1\n"))
    assert visit.message is not None
    assert visit.message.startswith("bad.toml: ")
    assert "/tmp" not in visit.message


def test_a_man_who_is_not_there_is_not_told_of(visit: Visit) -> None:
    for man in (-1, 40, 10**9, 3.5):
        visit.tell_of(man)
        assert visit.man is None
        assert visit.message is not None
        assert "allowed: 0 to 39" in visit.message
    visit.tell_of(39)
    assert visit.message is None
    visit.load_preset("engager_trial")
    assert visit.man == 39


def test_a_world_that_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(UsageError, match=r"up to 3,000"):
        WatchedWorld(small_trial(MOST_MEN + 1), 1)


def test_courses_are_what_stood_after_each_week() -> None:
    watched = WatchedWorld(small_trial(40), 3)
    model = EngagerModel(small_trial(40), rng=3)
    for week in range(1, 31):
        watched.step()
        model.step()
        for kind, courses in watched.course.items():
            for name, course in courses.items():
                stood = getattr(model.world, kind)[name].astype(np.float32)
                np.testing.assert_array_equal(course[week], stood)


def test_settings_written_out_are_the_scenario_as_changed(visit: Visit) -> None:
    visit.change(INTERVAL, 1.0)
    visit.change("peers.on", False)
    scenario = visit.settings[FIRST].scenario()
    expected = changed(small_trial(40), {INTERVAL: 1.0, "peers.on": False})
    assert scenario.difference(expected) == []


def test_the_end_of_the_tour_gives_back_what_was_set_when_it_last_began(visit: Visit) -> None:
    go_to(visit, 0)
    go_to(visit, 1)
    visit.change(INTERVAL, 3.0)
    visit.set_seed("9")
    go_to(visit, 2)
    visit.set_seed("10")
    leave(visit)
    assert [each.changes for each in visit.settings] == [{}, {INTERVAL: 3.0}]
    assert (visit.seed, visit.edited, visit.stop) == (9, OTHER, None)


def test_presets_are_compared_as_the_tour_does(visit: Visit) -> None:
    visit.compare("engager_trial", "engager_trial_weekly_supervision", 20)
    assert (visit.week, visit.edited, visit.message) == (20, OTHER, None)
    visit.compare("engager_trial", "peer_led", 20)
    assert visit.message is not None
    assert Scenario.load("engager_trial").name == visit.settings[FIRST].source.name
