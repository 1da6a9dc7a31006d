"""A visit: settings, worlds and the week, without a browser."""

import base64
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import pytest

from engager_sim.browser.page import _handle
from engager_sim.browser.tour import end_tour, show_stop
from engager_sim.browser.visit import FIRST, OTHER, Visit, value_at
from engager_sim.browser.watched_world import MAX_LEAVERS, WatchedWorld
from engager_sim.errors import UsageError
from engager_sim.mesa_model import EngagerModel
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.theory_values import named_values
from engager_sim.scenarios.toml_file import MOST_BYTES
from tests.week.worlds import small_trial

INTERVAL = "programme.supervision.interval"


@pytest.fixture
def visit() -> Visit:
    return Visit(small_trial(40))


def trust_in(visit: Visit, world: int = FIRST) -> bytes:
    trust: bytes = visit.worlds[world].world.leavers["trust"].tobytes()
    return trust


def uploaded(name: str, text: str) -> dict[str, Any]:
    content = text.encode()
    return {"name": name, "size": len(content), "bytes": base64.b64encode(content).decode()}


def test_the_worlds_are_a_function_of_settings_and_week(visit: Visit) -> None:
    visit.jump(50)
    trust = trust_in(visit)
    visit.jump(80)
    visit.jump(20)
    visit.jump(50)
    assert trust_in(visit) == trust
    model = EngagerModel(small_trial(40), rng=visit.seed)
    model.run_for(50)
    assert model.world.leavers["trust"].tobytes() == trust


def test_weeks_beyond_either_end_are_the_end(visit: Visit) -> None:
    visit.jump(10_000)
    assert visit.week == visit.weeks
    visit.step()
    assert visit.week == visit.weeks
    visit.jump(-5)
    assert visit.week == 0


def test_a_change_keeps_the_week_and_can_be_undone(visit: Visit) -> None:
    visit.jump(50)
    before = trust_in(visit)
    visit.change(INTERVAL, 1.0)
    assert (visit.week, visit.message) == (50, None)
    assert trust_in(visit) != before
    visit.undo_changes()
    assert trust_in(visit) == before


def test_the_scenarios_own_value_is_no_change(visit: Visit) -> None:
    given = value_at(named_values(visit.settings[FIRST].source.theories()), INTERVAL)
    visit.change(INTERVAL, 1.0)
    visit.change(INTERVAL, given)
    assert visit.settings[FIRST].changes == {}


@pytest.mark.parametrize(
    ("path", "value"), [(INTERVAL, 99), (INTERVAL, "often"), ("programme.supervision.x", 1)]
)
def test_a_refused_request_changes_nothing(visit: Visit, path: str, value: float | str) -> None:
    visit.jump(30)
    visit.change(INTERVAL, 1.0)
    before, version = trust_in(visit), visit.version
    visit.change(path, value)
    assert visit.message
    assert visit.settings[FIRST].changes == {INTERVAL: 1.0}
    assert (trust_in(visit), visit.version) == (before, version)
    visit.dismiss_message()
    assert visit.message is None


def test_two_worlds_begin_alike_and_only_the_edited_one_changes(visit: Visit) -> None:
    visit.show_two_worlds(True)
    visit.jump(50)
    assert trust_in(visit, FIRST) == trust_in(visit, OTHER)
    first = trust_in(visit, FIRST)
    visit.change(INTERVAL, 1.0)
    assert trust_in(visit, FIRST) == first
    assert trust_in(visit, OTHER) != first
    visit.edit(FIRST)
    visit.change("programme.collaboration.shared_record", 1.0)
    assert set(visit.settings[OTHER].changes) == {INTERVAL}
    visit.show_two_worlds(False)
    assert len(visit.worlds) == 1
    assert visit.edited == FIRST


def test_the_other_world_must_be_about_the_same_men(visit: Visit) -> None:
    visit.show_two_worlds(True)
    visit.load_preset("usual_care")
    assert visit.message is not None
    assert "different men" in visit.message
    assert "load it as the first world instead" in visit.message
    assert visit.settings[OTHER].source is visit.settings[FIRST].source


def test_a_scenario_for_the_first_world_replaces_both(visit: Visit) -> None:
    visit.show_two_worlds(True)
    visit.edit(FIRST)
    visit.load_preset("peer_led")
    assert [settings.source.name for settings in visit.settings] == ["peer_led", "peer_led"]


def test_a_preset_with_one_arm_shows_everybody(visit: Visit) -> None:
    assert visit.arm == 0
    visit.load_preset("usual_care")
    assert visit.arm is None
    visit.choose_arm(0)
    assert visit.arm is None


@pytest.mark.parametrize(
    "text", ["-1", "1.5", "", "x", str(2**64), "9" * 5000, "\N{SUPERSCRIPT TWO}"]
)
def test_a_text_that_is_no_seed_is_refused(visit: Visit, text: str) -> None:
    visit.set_seed(text)
    assert visit.message is not None
    assert "2^64 - 1" in visit.message
    assert visit.seed == 1


def test_the_largest_seed_is_accepted(visit: Visit) -> None:
    visit.set_seed(str(2**64 - 1))
    assert (visit.message, visit.seed) == (None, 2**64 - 1)


def test_the_name_of_a_file_and_its_errors_leave_out_folders(visit: Visit) -> None:
    visit.load_files(
        [uploaded("../../secret/mine.toml", "question = 'x'\nbased_on = 'peer_led'\n")]
    )
    assert (visit.message, visit.settings[FIRST].source.name) == (None, "mine")
    visit.load_files([uploaded("C:\\here\\bad.toml", "question = 1\n")])
    assert visit.message is not None
    assert visit.message.startswith("bad.toml: ")


@pytest.mark.parametrize(
    "text",
    [
        "based_on = {file!r}",
        "based_on = './engager_trial'",
        "based_on = 'engager_trial'\n[population]\nmen = {file!r}",
        "based_on = 'engager_trial'\n[network]\nties = {file!r}",
    ],
)
def test_an_uploaded_file_reaches_no_other_file(visit: Visit, tmp_path: Path, text: str) -> None:
    file = tmp_path / "secret.toml"
    file.write_text("password = 'x'", encoding="utf-8")
    source = visit.settings[FIRST].source
    visit.load_files([uploaded("mine.toml", "question = 'x'\n" + text.format(file=str(file)))])
    assert visit.message is not None
    assert "password" not in visit.message
    assert "no such scenario" in visit.message or "was not sent with" in visit.message
    assert visit.settings[FIRST].source is source


def test_only_presets_are_chosen_by_name(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("question = 'x'\nbased_on = 'peer_led'\n", encoding="utf-8")
    visit.load_preset(str(file))
    assert visit.message is not None
    assert visit.message.startswith("there is no such preset")


@pytest.mark.parametrize(
    ("size", "text"), [(10**12, ""), (1, " " * (MOST_BYTES + 1)), (MOST_BYTES + 1, "x = 1")]
)
def test_a_file_that_is_or_says_it_is_too_large_is_not_read(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, size: int, text: str
) -> None:
    sent = uploaded("mine.toml", text) | {"size": size}
    monkeypatch.delattr(base64, "b64decode")
    visit.load_files([sent])
    assert visit.message is not None
    assert "too large for a scenario file" in visit.message


def test_a_file_of_the_largest_size_is_read(visit: Visit) -> None:
    text = "question = 'x'\nbased_on = 'peer_led'\n"
    visit.load_files([uploaded("mine.toml", text + "#" * (MOST_BYTES - len(text)))])
    assert (visit.message, visit.settings[FIRST].source.name) == (None, "mine")


def test_an_unknown_number_chooses_no_leaver(visit: Visit) -> None:
    for number in (-1, 40, 10**9, 3.5):
        visit.choose_leaver(number)
        assert visit.leaver is None
        assert visit.message is not None
        assert "allowed: 0 to 39" in visit.message
    visit.choose_leaver(39)
    assert visit.message is None
    visit.load_preset("engager_trial")
    assert visit.leaver == 39


def test_a_world_that_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(UsageError, match=r"up to 3,000"):
        WatchedWorld(small_trial(MAX_LEAVERS + 1), 1)


def test_histories_hold_the_states_after_each_week() -> None:
    watched = WatchedWorld(small_trial(40), 3)
    model = EngagerModel(small_trial(40), rng=3)
    for week in range(1, 31):
        watched.step()
        model.step()
        for kind, histories in watched.history.items():
            for name, history in histories.items():
                states = getattr(model.world, kind)[name].astype(np.float32)
                np.testing.assert_array_equal(history[week], states)


def test_the_settings_make_the_changed_scenario(visit: Visit) -> None:
    visit.change(INTERVAL, 1.0)
    visit.change("peers.on", False)
    scenario = visit.settings[FIRST].scenario()
    expected = changed(small_trial(40), {INTERVAL: 1.0, "peers.on": False})
    assert scenario.difference(expected) == []


def test_the_end_of_the_tour_restores_the_settings_of_its_last_start(visit: Visit) -> None:
    show_stop(visit, 0)
    show_stop(visit, 1)
    visit.change(INTERVAL, 3.0)
    visit.set_seed("9")
    show_stop(visit, 2)
    visit.set_seed("10")
    end_tour(visit)
    assert [settings.changes for settings in visit.settings] == [{}, {INTERVAL: 3.0}]
    assert (visit.seed, visit.edited, visit.tour_stop) == (9, OTHER, None)


def test_two_presets_are_shown_side_by_side(visit: Visit) -> None:
    visit.compare("engager_trial", "engager_trial_weekly_supervision", 20)
    assert (visit.week, visit.edited, visit.message) == (20, OTHER, None)
    visit.compare("engager_trial", "peer_led", 20)
    assert visit.message is not None
    assert Scenario.load("engager_trial").name == visit.settings[FIRST].source.name


def test_nobody_draws_a_visit_while_it_is_half_changed(visit: Visit) -> None:
    found = []

    def change(_: object) -> None:
        other = Thread(target=lambda: found.append(visit.lock.acquire(timeout=0.1)))
        other.start()
        other.join()

    _handle(visit, change, None)
    assert found == [False]
