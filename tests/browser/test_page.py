"""The page, driven as a visitor drives it."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect

from engager_sim.mesa_model import EngagerModel
from engager_sim.studies.changes import changed
from engager_sim.studies.scenario import Scenario
from engager_sim.studies.simulation import simulate
from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from tests.browser.driven_page import (
    Watched,
    choose_whom,
    jump,
    redrawn,
    set_range,
    values_of,
    wait_for_week,
    week_of,
)
from tests.command_line.command import REFUSED, engager_sim

INTERVAL = "interval"


def two_worlds(page: Page) -> None:
    with redrawn(page):
        page.get_by_label("Two worlds: the same men and luck in a changed world beside").check()
    expect(page.locator(".es-network")).to_have_count(2)


def test_it_loads_with_all_its_parts_and_a_language(page: Page) -> None:
    assert page.title() == "engager_sim: engager trial"
    assert page.locator("html").get_attribute("lang") == "en"
    for heading in (
        "Scenario", "Levers", "engager trial", "The theory this week", "Who is engaged",
        "The relationship", "Staff and agencies", "How first support ended", "One man's story",
    ):  # fmt: skip
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    assert week_of(page) == 0


def test_a_step_is_a_week_and_reset_goes_back(page: Page) -> None:
    for week in (1, 2, 3):
        page.get_by_role("button", name="Step a week").click()
        wait_for_week(page, week)
    page.get_by_role("button", name="Reset").click()
    wait_for_week(page, 0)


def test_it_plays_until_it_is_paused(page: Page) -> None:
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("Number(document.querySelector('.es-week output').innerText) > 4")
    page.get_by_role("button", name="Pause").click()
    page.wait_for_timeout(600)
    week = week_of(page)
    page.wait_for_timeout(600)
    assert week_of(page) == week
    assert page.get_by_role("button", name="Step a week").is_enabled()


def test_it_stops_at_the_last_week(page: Page) -> None:
    weeks = EngagerModel("engager_trial").weeks
    jump(page, weeks - 2)
    page.get_by_role("button", name="Play").click()
    wait_for_week(page, weeks)
    expect(page.get_by_role("button", name="Step a week")).to_be_disabled()
    page.get_by_role("button", name="Play again").click()
    page.wait_for_function("Number(document.querySelector('.es-week output').innerText) < 60")
    page.get_by_role("button", name="Pause").click()


def test_what_it_shows_is_what_the_engine_gives(page: Page) -> None:
    choose_whom(page, "everybody")
    jump(page, 70)
    model = EngagerModel("engager_trial", rng=1)
    model.run_for(70)
    now = model.datacollector.get_model_vars_dataframe().iloc[-1]
    contact = values_of(page, "Who is engaged")
    assert contact == {
        "engaged": [f"{now['in_contact']:.0f}"],
        "support open": [f"{now['episode_open']:.0f}"],
    }
    bond = values_of(page, "The relationship")
    for name in ("trust", "rapport", "understanding", "motivation"):
        assert float(bond[name][0]) == pytest.approx(now[name], abs=0.0006)
    staff = values_of(page, "Staff and agencies")
    assert float(staff["burnout"][0]) == pytest.approx(now["burnout"], abs=0.0006)
    assert float(staff["ties"][0]) == pytest.approx(now["tie_strength"], abs=0.0006)
    exits = values_of(page, "How first support ended")
    for cause in Exit:
        if cause is not Exit.NONE:
            assert exits[EXIT_MEANINGS[cause]] == [f"{now[f'exit_{cause.name.lower()}']:.0f}"]


def test_charts_change_in_place(page: Page) -> None:
    jump(page, 10)
    page.evaluate(
        "document.querySelectorAll('.es-card svg').forEach((svg, i) => (svg.marked = i + 1))"
    )
    page.get_by_role("button", name="Step a week").click()
    wait_for_week(page, 11)
    marks = page.evaluate("[...document.querySelectorAll('.es-card svg')].map((svg) => svg.marked)")
    assert marks == [*range(1, len(marks) + 1)]


def test_a_lever_lets_the_weeks_pass_anew_with_the_same_luck(page: Page) -> None:
    jump(page, 60)
    before = values_of(page, "Staff and agencies")["burnout"]
    set_range(page, INTERVAL, "12")
    expect(page.get_by_role("button", name="Undo 1 change")).to_be_visible()
    assert week_of(page) == 60
    model = EngagerModel(
        changed(Scenario.load("engager_trial"), {"programme.supervision.interval": 12}), rng=1
    )
    model.run_for(60)
    staff = model.world.practitioners[model.world.practitioners["arm"] == 0]
    after = float(values_of(page, "Staff and agencies")["burnout"][0])
    assert after == pytest.approx(staff["burnout"][staff["vacancy"] <= 0].mean(), abs=0.0006)
    with redrawn(page):
        page.get_by_role("button", name="Undo 1 change").click()
    expect(page.get_by_role("button", name="Undo 1 change")).to_have_count(0)
    assert values_of(page, "Staff and agencies")["burnout"] == before


def test_reset_keeps_scenario_levers_and_seed(page: Page) -> None:
    page.get_by_label("Preset").select_option("colocated_hub")
    expect(page.get_by_role("heading", name="colocated hub", exact=True)).to_be_visible()
    set_range(page, INTERVAL, "12")
    page.get_by_label("Seed").press_sequentially("7")
    page.get_by_label("Seed").fill("77")
    expect(page.get_by_role("button", name="Undo 1 change")).to_be_visible()
    expect(page.get_by_label("Seed")).to_have_value("77")
    page.get_by_label("Seed").press("Enter")
    jump(page, 5)
    page.get_by_role("button", name="Reset").click()
    wait_for_week(page, 0)
    expect(page.get_by_role("heading", name="colocated hub, 1 changed")).to_be_visible()
    expect(page.get_by_label("Seed")).to_have_value("77")


def test_a_theme_is_switched_off_in_the_diagram(page: Page) -> None:
    jump(page, 40)
    arrows = page.locator(".es-arrow-list li", has_text="Supervision to")
    assert arrows.count() > 0
    switch = page.get_by_role("switch", name="Supervision")
    expect(switch).to_have_attribute("aria-checked", "true")
    switch.focus()
    page.keyboard.press("Enter")
    expect(switch).to_have_attribute("aria-checked", "false")
    expect(arrows).to_have_count(0)
    expect(page.locator(".es-group", has_text="Supervision").first).to_contain_text("off")


def test_two_worlds_step_together_and_their_differences_are_shown(page: Page) -> None:
    two_worlds(page)
    set_range(page, INTERVAL, "1")
    expect(
        page.get_by_role("heading", name="Other world: engager trial, 1 changed")
    ).to_be_visible()
    jump(page, 80)
    base = Scenario.load("engager_trial")
    first = EngagerModel(base, rng=1)
    other = EngagerModel(changed(base, {"programme.supervision.interval": 1}), rng=1)
    for model in (first, other):
        model.run_for(80)
    ours = first.world.leavers["arm"] == 0
    here, there = (model.world.leavers["trust"] for model in (first, other))
    entered = ours & (first.world.leavers["entry_week"] < 80)
    shown = values_of(page, "The relationship")["trust"]
    expected = [here[entered].mean(), there[entered].mean()]
    assert [float(value) for value in shown[:2]] == pytest.approx(expected, abs=0.0006)
    assert float(shown[2].replace("\N{MINUS SIGN}", "-")) == pytest.approx(
        expected[1] - expected[0], abs=0.0011
    )
    differ = ours & (first.world.leavers["first_exit"] != other.world.leavers["first_exit"])
    listed = [int(each.inner_text()) for each in page.locator(".es-fates button").all()]
    assert sorted(listed) == np.flatnonzero(differ).tolist()
    assert page.locator(".es-network").first.locator("svg").first.locator(
        ".es-differs"
    ).count() == (int(differ.sum()))


def test_a_man_who_stayed_in_one_world_and_left_in_the_other_is_found_and_explained(
    page: Page,
) -> None:
    page.get_by_role("button", name="Start the tour").click()
    expect(page.get_by_role("heading", name="1 of 3: Supervision alone")).to_be_visible()
    for stop in ("2 of 3: Shared practice alone", "3 of 3: Both together"):
        with redrawn(page):
            page.get_by_role("button", name="Next").click()
        expect(page.get_by_role("heading", name=stop)).to_be_visible()
    expect(page.locator(".es-tour tbody tr")).to_have_count(4)
    page.locator(".es-fates button").first.click()
    story = page.get_by_role("region", name="One man's story")
    expect(story.get_by_role("heading", name="Where his two lives part")).to_be_visible()
    expect(
        story.get_by_role("heading", name="How things stood in the week he first left")
    ).to_be_visible()
    expect(story.locator(".es-life")).to_have_count(2)
    expect(story.locator(".es-event-exit").first).to_contain_text("As things stood")


def test_a_man_is_chosen_by_clicking_him(page: Page) -> None:
    jump(page, 60)
    page.wait_for_timeout(600)
    man = page.evaluate(
        "[...document.querySelectorAll('.es-man')].findIndex((man) => man.matches('.es-stands-3'))"
    )
    page.locator(".es-man").nth(man).scroll_into_view_if_needed()
    page.locator(".es-man").nth(man).click(force=True)
    expect(page.get_by_text(f"Man {man}, ", exact=False).first).to_be_visible()
    expect(page.get_by_label("Man number")).to_have_value(str(man))


def test_downloaded_settings_do_the_same_on_the_command_line(page: Page, tmp_path: Path) -> None:
    set_range(page, INTERVAL, "12")
    with redrawn(page):
        page.get_by_role("switch", name="Peers").click()
    expect(page.get_by_role("button", name="Undo 2 changes")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download settings").click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    out = tmp_path / "out"
    done = engager_sim("run", file, "--seed", 1, "--replicates", 1, "--out", out)
    assert done.exit_code == 0
    expected = changed(
        Scenario.load("engager_trial"),
        {"programme.supervision.interval": 12, "peers.on": False},
    )
    ours = simulate(expected, 1, 1, threads=1).runs.drop(columns="scenario")
    theirs = pd.read_parquet(out / "runs.parquet").drop(columns="scenario")
    pd.testing.assert_frame_equal(ours, theirs)


def test_an_uploaded_file_is_shown(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('question = "Mine?"\nbased_on = "peer_led"\n', encoding="utf-8")
    page.get_by_label("Load a scenario file").set_input_files(file)
    expect(page.get_by_role("heading", name="mine", exact=True)).to_be_visible()
    expect(page.locator(".es-brand")).to_contain_text("Mine?")


def test_text_of_a_file_is_shown_as_text(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    text = "<img src=x onerror=alert(1)><b>bold</b> {{ 7 * 7 }}"
    file.write_text(f"question = {json.dumps(text)}\nbased_on = 'peer_led'\n", encoding="utf-8")
    page.get_by_label("Load a scenario file").set_input_files(file)
    expect(page.locator(".es-brand p")).to_have_text(text)
    assert page.locator(".es-brand img").count() == 0


@pytest.mark.parametrize(
    "content",
    [
        b'question = "x"\nbased_on = "engager_trial"\n[programme.supervisoin]\ninterval = 1\n',
        b'question = "x"\nbased_on = "engager_trial"\n[programme.supervision]\ninterval = 99\n',
        b"question = \xff\xfe",
        b"not toml at all [",
        b"",
        b'question = "x"\nbased_on = "elsewhere.toml"\n',
    ],
)
def test_a_bad_file_gets_the_command_lines_message_and_the_page_lives_on(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bad.toml").write_bytes(content)
    refused = engager_sim("run", "bad.toml", "--out", "out")
    assert refused.exit_code == REFUSED
    page.get_by_label("Load a scenario file").set_input_files(tmp_path / "bad.toml")
    alert = page.get_by_role("alert")
    expect(alert).to_be_visible()
    said = alert.locator("span").inner_text()
    assert " ".join(f"Error: {said}".split()) == " ".join(refused.stderr.split()).replace(
        ", from .", ""
    )
    page.get_by_role("button", name="Step a week").click()
    wait_for_week(page, 1)
    alert.get_by_role("button", name="Close").click()
    expect(alert).to_have_count(0)


@pytest.mark.parametrize("number", ["3.5", "-1", "280"])
def test_a_man_who_is_not_there_is_answered_and_the_page_lives_on(page: Page, number: str) -> None:
    page.get_by_label("Man number").fill(number)
    page.get_by_label("Man number").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("allowed: 0 to 279")
    expect(page.get_by_label("Man number")).to_have_value("")
    page.get_by_role("button", name="Step a week").click()
    wait_for_week(page, 1)


def test_the_end_of_the_tour_gives_back_what_was_set(page: Page) -> None:
    set_range(page, INTERVAL, "12")
    jump(page, 30)
    page.get_by_role("button", name="Guided tour").click()
    expect(page.get_by_role("heading", name="1 of 3: Supervision alone")).to_be_visible()
    page.get_by_role("button", name="End the tour").click()
    wait_for_week(page, 30)
    expect(page.get_by_role("button", name="Undo 1 change")).to_be_visible()
    expect(page.locator(".es-network")).to_have_count(1)


def test_a_bad_seed_is_answered_and_the_old_one_stays(page: Page) -> None:
    page.get_by_label("Seed").fill("minus one")
    page.get_by_label("Seed").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("a whole number from 0 to")
    expect(page.get_by_label("Seed")).to_have_value("1")
    assert week_of(page) == 0


def test_two_visitors_do_not_share_anything(page: Page, browser: Browser, address: str) -> None:
    jump(page, 30)
    set_range(page, INTERVAL, "12")
    visitor = browser.new_context()
    other = visitor.new_page()
    watched = Watched(other, address)
    other.goto(address)
    other.wait_for_selector(".es-network svg")
    assert week_of(other) == 0
    other.get_by_role("button", name="Step a week").click()
    wait_for_week(other, 1)
    expect(other.get_by_role("button", name="Undo 1 change")).to_have_count(0)
    assert week_of(page) == 30
    visitor.close()
    assert watched.complaints == []


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    jump(page, 60)
    two_worlds(page)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    for name in ("Play", "Step a week", "Reset"):
        expect(page.get_by_role("button", name=name)).to_be_visible()


def test_everything_that_can_be_operated_has_a_name(page: Page) -> None:
    two_worlds(page)
    page.locator("details").evaluate_all("all => all.forEach((each) => (each.open = true))")
    nameless = page.locator("button, input, select, [role=switch], [tabindex='0']").evaluate_all(
        """all => all.filter((each) => !(each.labels?.length || each.textContent.trim()
        || each.getAttribute('aria-label')
        || document.getElementById(each.getAttribute('aria-labelledby'))?.textContent.trim()))
        .map((each) => each.outerHTML)"""
    )
    assert nameless == []


def test_it_can_be_stepped_with_the_keyboard(page: Page) -> None:
    page.get_by_role("button", name="Step a week").focus()
    page.keyboard.press("Enter")
    wait_for_week(page, 1)
    page.keyboard.press("Space")
    wait_for_week(page, 2)
    page.get_by_label("Jump to week").focus()
    page.keyboard.press("ArrowRight")
    wait_for_week(page, 3)


def test_controls_show_what_holds_after_a_wish_that_cannot_be_met(page: Page) -> None:
    two_worlds(page)
    usual_care = page.get_by_label("Preset").locator("option[value=usual_care]")
    assert usual_care.is_disabled()
    assert page.get_by_label("Preset").locator("option:not([disabled])").count() == 4
    box = page.get_by_label("interval, exact value").first
    box.fill("99")
    box.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("allowed: 1 to 26 weeks")
    expect(box).to_have_value("1.5")


def test_names_of_sites_are_text_whatever_they_hold(page: Page, tmp_path: Path) -> None:
    site = "C++ (north) .*"
    text = Scenario.load("engager_trial").to_toml().replace('"north"', f'"{site}"')
    (tmp_path / "odd.toml").write_text(text, encoding="utf-8")
    page.get_by_label("Load a scenario file").set_input_files(tmp_path / "odd.toml")
    expect(page.locator(".es-site", has_text=site)).to_be_visible()
    expect(page.locator(".es-name")).to_have_count(12)


def test_the_tours_table_goes_with_its_worlds(page: Page) -> None:
    page.get_by_role("button", name="Start the tour").click()
    expect(page.get_by_role("heading", name="1 of 3: Supervision alone")).to_be_visible()
    page.get_by_role("button", name="Reset").click()
    wait_for_week(page, 0)
    expect(page.locator(".es-tour td").first).to_have_text("none")
    set_range(page, INTERVAL, "12")
    expect(page.get_by_role("heading", name="1 of 3: Supervision alone")).to_have_count(0)
