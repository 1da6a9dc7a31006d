"""Files that go into the page and come out of it."""

import json
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.run.study import simulate
from tests.browser.driven_page import INTERVAL, redrawn, set_range, wait_for_week
from tests.command_line.command import REFUSED, engager_sim


def test_downloaded_settings_give_the_same_run_in_the_terminal(page: Page, tmp_path: Path) -> None:
    set_range(page, INTERVAL, "12")
    with redrawn(page):
        page.get_by_role("switch", name="Peers").click()
    expect(page.get_by_role("button", name="Undo 2 changes")).to_be_visible()
    with page.expect_download() as download_info:
        page.get_by_role("button", name="Download settings").click()
    file = tmp_path / download_info.value.suggested_filename
    download_info.value.save_as(file)
    out = tmp_path / "out"
    asked = ("run", file, "--seed", 1, "--replicates", 1, "--parameters", "defaults")
    finished = engager_sim(*asked, "--out", out)
    assert finished.exit_code == 0
    expected = changed(
        Scenario.load("engager_trial"), {"programme.supervision.interval": 12, "peers.on": False}
    )
    simulated = simulate(expected, 1, 1, threads=1, parameters="defaults").runs.drop(
        columns="scenario"
    )
    written = pd.read_parquet(out / "runs.parquet").drop(columns="scenario")
    pd.testing.assert_frame_equal(simulated, written)


def test_an_uploaded_file_is_shown(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('question = "Mine?"\nbased_on = "peer_led"\n', encoding="utf-8")
    page.get_by_label("Load a scenario file").set_input_files(file)
    expect(page.get_by_role("heading", name="mine", exact=True)).to_be_visible()
    expect(page.locator(".es-brand")).to_contain_text("Mine?")


def test_text_of_a_file_is_shown_as_text(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    text = "<img src=x onerror=alert(1)><b>bold</b> {{ 7 * 7 }} $x$ [red] \u202e 监狱 עזרה"
    file.write_text(f"question = {json.dumps(text)}\nbased_on = 'peer_led'\n", encoding="utf-8")
    page.get_by_label("Load a scenario file").set_input_files(file)
    expect(page.locator(".es-brand p")).to_have_text(text)
    assert page.locator(".es-brand img").count() == 0
    isolation = "element => getComputedStyle(element).unicodeBidi"
    assert page.locator(".es-brand p").evaluate(isolation) == "isolate"


BAD_FILES = (
    b'question = "x"\nbased_on = "engager_trial"\n[programme.supervisoin]\ninterval = 1\n',
    b'question = "x"\nbased_on = "engager_trial"\n[programme.supervision]\ninterval = 99\n',
    b"question = \xff\xfe",
    b"not toml at all [",
    b"",
    b"#" * 1_000_001,
)


def test_bad_files_get_the_command_lines_message_and_the_page_goes_on(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    alert = page.get_by_role("alert")
    for week, content in enumerate(BAD_FILES, start=1):
        name = f"bad_{week}.toml"
        Path(name).write_bytes(content)
        refused = engager_sim("run", name, "--out", "out")
        assert refused.exit_code == REFUSED
        page.get_by_label("Load a scenario file").set_input_files(tmp_path / name)
        expect(alert).to_contain_text(name)
        message = alert.locator("span").inner_text()
        assert " ".join(f"Error: {message}".split()) == " ".join(refused.stderr.split())
        page.get_by_role("button", name="Step a week").click()
        wait_for_week(page, week)
        alert.get_by_role("button", name="Close").click()
        expect(alert).to_have_count(0)


def test_names_of_sites_are_shown_as_text(page: Page, tmp_path: Path) -> None:
    site = "C++ (north) .*"
    text = Scenario.load("engager_trial").to_toml().replace('"north"', f'"{site}"')
    (tmp_path / "odd.toml").write_text(text, encoding="utf-8")
    page.get_by_label("Load a scenario file").set_input_files(tmp_path / "odd.toml")
    expect(page.locator(".es-site", has_text=site)).to_be_visible()
    expect(page.locator(".es-name")).to_have_count(12)
