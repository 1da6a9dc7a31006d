"""Undo and redo, the list of changes, and what the page gives to take away; without a browser."""

import shlex
from pathlib import Path

import pandas as pd
import pytest

from engager_sim.browser.changes_view import changes_view, revert
from engager_sim.browser.downloads import file_names, settings_file, terminal_command
from engager_sim.browser.tab import Tab
from engager_sim.browser.tour import show_stop
from engager_sim.browser.visit import FIRST, OTHER
from tests.command_line.command import engager_sim
from tests.week.worlds import small_trial

INTERVAL = "programme.supervision.interval"
NAMES = ("First world", "Other world")


@pytest.fixture
def tab() -> Tab:
    tab = Tab(small_trial(40))
    tab.open("")
    return tab


def act(tab: Tab, **changes: float | bool) -> None:
    for path, value in changes.items():
        tab.visit.change(path.replace("__", "."), value)
        tab.note()


def changed(tab: Tab) -> list[dict[str, float | bool]]:
    return [dict(settings.changes) for settings in tab.visit.settings]


def test_settings_are_undone_and_done_again_at_the_current_week(tab: Tab) -> None:
    act(tab, programme__supervision__interval=3, peers__on=False)
    tab.visit.set_seed("7")
    tab.note()
    tab.visit.jump(20)
    tab.note()
    tab.undo()
    assert (tab.visit.seed, tab.visit.week, len(changed(tab)[0])) == (1, 20, 2)
    tab.undo()
    assert changed(tab) == [{INTERVAL: 3}]
    tab.note()
    tab.redo()
    tab.redo()
    tab.redo()
    assert (tab.visit.seed, tab.visit.week, len(changed(tab)[0])) == (7, 20, 2)
    assert (tab.history.can_undo, tab.history.can_redo) == (True, False)


def test_a_new_change_forgets_what_was_undone(tab: Tab) -> None:
    act(tab, peers__on=False)
    tab.undo()
    tab.note()
    act(tab, programme__supervision__interval=3)
    assert (tab.history.can_undo, tab.history.can_redo) == (True, False)
    tab.undo()
    tab.undo()
    assert changed(tab) == [{}]


def test_a_second_world_is_undone(tab: Tab) -> None:
    tab.visit.show_two_worlds(True)
    tab.note()
    tab.undo()
    assert (len(tab.visit.worlds), tab.visit.edited) == (1, FIRST)
    tab.redo()
    assert (len(tab.visit.worlds), tab.visit.edited) == (2, OTHER)


def test_weeks_and_leavers_are_no_changes_to_be_undone(tab: Tab) -> None:
    tab.visit.jump(30)
    tab.visit.choose_leaver(3)
    tab.note()
    assert not tab.history.can_undo


def test_a_visit_begins_where_three_in_four_men_have_come(tab: Tab) -> None:
    entered = tab.visit.worlds[FIRST].world.leavers["entry_week"] < tab.visit.week
    assert 0.75 <= entered.mean() < 0.85
    tab.visit.reset()
    assert tab.visit.week == 0


def test_an_address_that_is_opened_ends_the_tour(tab: Tab) -> None:
    show_stop(tab.visit, 0)
    tab.open("week=3")
    assert (tab.visit.tour_stop, tab.visit.week, tab.visit.has_two_worlds) == (None, 3, False)


def test_changes_are_listed_with_before_and_now_and_undone_one_by_one(tab: Tab) -> None:
    act(tab, programme__supervision__interval=3)
    tab.visit.show_two_worlds(True)
    act(tab, peers__on=False)
    first, other = changes_view(tab.visit, NAMES)
    assert (first["name"], other["name"]) == NAMES
    assert [row["path"] for row in first["changes"]] == [INTERVAL]
    assert other["changes"] == [
        {
            "path": INTERVAL, "theme": "supervision", "label": "interval", "arm": "programme",
            "before": "1.5", "now": "3", "unit": "weeks",
        },
        {
            "path": "peers.on", "theme": "peers", "label": "on", "arm": "both arms",
            "before": "on", "now": "off", "unit": "",
        },
    ]  # fmt: skip
    revert(tab.visit, OTHER, INTERVAL)
    assert changed(tab) == [{INTERVAL: 3}, {"peers.on": False}]
    revert(tab.visit, OTHER, "no.such")
    assert changed(tab) == [{INTERVAL: 3}, {"peers.on": False}]


def test_the_command_for_two_worlds_compares_the_downloaded_files(
    tab: Tab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    tab.visit.show_two_worlds(True)
    tab.visit.edit(FIRST)
    act(tab, peers__on=False)
    tab.visit.edit(OTHER)
    act(tab, programme__supervision__interval=3)
    tab.visit.set_seed("5")
    for world in (FIRST, OTHER):
        file = settings_file(tab.visit, world)
        Path(file.name).write_text(file.text, encoding="utf-8")
    command = terminal_command(tab.visit)
    assert "--seed 5 --replicates 100" in command
    name, *arguments = shlex.split(command.replace("100", "4"))
    assert name == "engager-sim"
    finished = engager_sim(*arguments, "--out", "out")
    assert finished.exit_code == 0, finished.output
    runs = pd.concat([pd.read_parquet(file) for file in Path("out/runs").iterdir()])
    differences = pd.read_parquet("out/differences.parquet")
    stems = [Path(name).stem for name in file_names(tab.visit)]
    assert len(runs) == 2 * 4
    assert [*differences["base"].unique(), *differences["other"].unique()] == stems


def test_two_files_never_have_one_name(tab: Tab) -> None:
    tab.visit.show_two_worlds(True)
    assert file_names(tab.visit) == ["engager_trial.toml", "engager_trial_other.toml"]
