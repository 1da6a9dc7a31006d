"""The page, driven as a visitor drives it: time, levers, charts, accessibility."""

import pytest
from playwright.sync_api import Page, expect

from engager_sim.mesa_model import EngagerModel
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from tests.browser.driven_page import (
    INTERVAL,
    chart_values,
    choose_arm,
    jump,
    redrawn,
    set_range,
    show_two_worlds,
    shown_week,
    wait_for_week,
)

STEP_TWICE = """() => new Promise((done) => {
  const week = document.querySelector('.es-week output');
  const glides = () => !document.documentElement.classList.contains('es-quick');
  const step = [...document.querySelectorAll('button')].find((one) => one.innerText === 'Step a week');
  const before = week.textContent;
  step.click();
  const first = glides();
  new MutationObserver((_, observer) => {
    if (week.textContent === before) return;
    observer.disconnect();
    step.click();
    done([first, glides()]);
  }).observe(week, { childList: true, characterData: true, subtree: true });
})"""  # noqa: E501
"""Step at leisure, then again at once, and give whether men glide to their places."""
PICTURES = ".es-network svg, .es-theory-frame svg, .es-charts svg"


def test_it_loads_with_all_its_parts_and_a_language(page: Page) -> None:
    assert page.title() == "engager_sim: engager trial"
    assert page.locator("html").get_attribute("lang") == "en"
    for heading in (
        "Scenario",
        "Levers",
        "engager trial",
        "How sure? Outcomes over replicates",
        "What does a lever do?",
        "The theory",
        "Who is engaged",
        "The relationship",
        "Staff and agencies",
        "First exits by cause",
        "One man's story",
    ):
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    assert shown_week(page) == 0


def test_a_step_is_a_week_and_reset_goes_back(page: Page) -> None:
    for week in (1, 2, 3):
        page.get_by_role("button", name="Step a week").click()
        wait_for_week(page, week)
    page.get_by_role("button", name="Reset").click()
    wait_for_week(page, 0)


def test_men_glide_unless_week_after_week_is_asked_for(page: Page) -> None:
    page.wait_for_timeout(500)
    assert page.evaluate(STEP_TWICE) == [True, False]
    wait_for_week(page, 2)
    page.wait_for_timeout(500)
    page.get_by_role("button", name="Step a week").click()
    wait_for_week(page, 3)
    expect(page.locator("html.es-quick")).to_have_count(0)


def test_it_plays_until_it_is_paused(page: Page) -> None:
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("Number(document.querySelector('.es-week output').innerText) > 4")
    page.get_by_role("button", name="Pause").click()
    page.wait_for_timeout(600)
    week = shown_week(page)
    page.wait_for_timeout(600)
    assert shown_week(page) == week
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


def test_the_charts_show_the_engines_numbers(page: Page) -> None:
    choose_arm(page, "everybody")
    jump(page, 70)
    model = EngagerModel("engager_trial", rng=1)
    model.run_for(70)
    now = model.datacollector.get_model_vars_dataframe().iloc[-1]
    engagement = chart_values(page, "Who is engaged")
    assert engagement == {
        "engaged": [f"{now['in_contact']:.0f}"],
        "support open": [f"{now['episode_open']:.0f}"],
    }
    relationship = chart_values(page, "The relationship")
    for name in ("trust", "rapport", "understanding", "motivation"):
        assert float(relationship[name][0]) == pytest.approx(now[name], abs=0.0006)
    staff = chart_values(page, "Staff and agencies")
    assert float(staff["burnout"][0]) == pytest.approx(now["burnout"], abs=0.0006)
    assert float(staff["ties"][0]) == pytest.approx(now["tie_strength"], abs=0.0006)
    exits = chart_values(page, "First exits by cause")
    for cause in Exit:
        if cause is not Exit.NONE:
            assert exits[EXIT_MEANINGS[cause]] == [f"{now[f'exit_{cause.name.lower()}']:.0f}"]


def test_charts_change_in_place(page: Page) -> None:
    jump(page, 10)
    page.evaluate(
        f"document.querySelectorAll('{PICTURES}').forEach((svg, i) => (svg.marked = i + 1))"
    )
    page.get_by_role("button", name="Step a week").click()
    wait_for_week(page, 11)
    marks = page.evaluate(f"[...document.querySelectorAll('{PICTURES}')].map((svg) => svg.marked)")
    assert marks == [*range(1, len(marks) + 1)]


def test_a_changed_lever_simulates_the_weeks_again_with_the_same_random_numbers(page: Page) -> None:
    jump(page, 60)
    before = chart_values(page, "Staff and agencies")["burnout"]
    with redrawn(page):
        set_range(page, INTERVAL, "12")
    expect(page.get_by_role("button", name="Undo 1 change")).to_be_visible()
    assert shown_week(page) == 60
    model = EngagerModel(
        changed(Scenario.load("engager_trial"), {"programme.supervision.interval": 12}), rng=1
    )
    model.run_for(60)
    staff = model.world.practitioners[model.world.practitioners["arm"] == 0]
    after = float(chart_values(page, "Staff and agencies")["burnout"][0])
    assert after == pytest.approx(staff["burnout"][staff["vacancy"] <= 0].mean(), abs=0.0006)
    with redrawn(page):
        page.get_by_role("button", name="Undo 1 change").click()
    expect(page.get_by_role("button", name="Undo 1 change")).to_have_count(0)
    assert chart_values(page, "Staff and agencies")["burnout"] == before


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
    page.get_by_label("this week, this run").check()
    arrows = page.locator(".es-arrow-list li", has_text="Supervision to")
    expect(arrows.first).to_be_attached()
    switch = page.get_by_role("switch", name="Supervision")
    expect(switch).to_have_attribute("aria-checked", "true")
    switch.focus()
    page.keyboard.press("Enter")
    expect(switch).to_have_attribute("aria-checked", "false")
    expect(arrows).to_have_count(0)
    expect(page.locator(".es-group", has_text="Supervision").first).to_contain_text("off")


def test_a_bad_seed_is_answered_and_the_old_one_stays(page: Page) -> None:
    page.get_by_label("Seed").fill("minus one")
    page.get_by_label("Seed").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("a whole number from 0 to")
    expect(page.get_by_label("Seed")).to_have_value("1")
    assert shown_week(page) == 0


def test_nothing_is_wider_than_the_screen(page: Page) -> None:
    jump(page, 60)
    show_two_worlds(page)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_function("width => document.scrollingElement.scrollWidth <= width", arg=width)
        for name in ("Play", "Step a week", "Reset"):
            expect(page.get_by_role("button", name=name)).to_be_visible()


def test_everything_that_can_be_operated_has_a_name(page: Page) -> None:
    show_two_worlds(page)
    page.locator("details").evaluate_all("all => all.forEach((details) => (details.open = true))")
    nameless = page.locator("button, input, select, [role=switch], [tabindex='0']").evaluate_all(
        """all => all.filter((control) => !(control.labels?.length || control.textContent.trim()
        || control.getAttribute('aria-label')
        || document.getElementById(control.getAttribute('aria-labelledby'))?.textContent.trim()))
        .map((control) => control.outerHTML)"""
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


def test_controls_show_the_valid_value_after_a_refused_request(page: Page) -> None:
    show_two_worlds(page)
    usual_care = page.get_by_label("Preset").locator("option[value=usual_care]")
    assert usual_care.is_disabled()
    assert page.get_by_label("Preset").locator("option:not([disabled])").count() == 4
    box = page.get_by_label("interval, exact value").first
    box.fill("99")
    box.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("allowed: a number from 1 to 26 (weeks)")
    expect(box).to_have_value("1.5")
