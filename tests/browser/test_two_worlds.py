"""The page with two worlds, the tour, stories, and two visitors."""

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from engager_sim.mesa_model import EngagerModel
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from tests.browser.driven_page import (
    INTERVAL,
    PageComplaints,
    chart_values,
    jump,
    redrawn,
    set_range,
    show_two_worlds,
    shown_week,
    wait_for_week,
)


def test_two_worlds_step_together_and_their_differences_are_shown(page: Page) -> None:
    show_two_worlds(page)
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
    in_programme = first.world.leavers["arm"] == 0
    entered = in_programme & (first.world.leavers["entry_week"] < 80)
    shown = chart_values(page, "The relationship")["trust"]
    expected = [model.world.leavers["trust"][entered].mean() for model in (first, other)]
    assert [float(value) for value in shown[:2]] == pytest.approx(expected, abs=0.0006)
    assert float(shown[2].replace("\N{MINUS SIGN}", "-")) == pytest.approx(
        expected[1] - expected[0], abs=0.0011
    )
    exits = [model.world.leavers["first_exit"] for model in (first, other)]
    differing = np.flatnonzero(in_programme & (exits[0] != exits[1])).tolist()
    listed = [int(button.inner_text()) for button in page.locator(".es-differing button").all()]
    assert sorted(listed) == differing
    picture = page.locator(".es-network").first.locator("svg").first
    assert picture.locator(".es-differs").count() == len(differing)


def test_the_story_explains_an_exit_in_one_world_only(page: Page) -> None:
    page.get_by_role("button", name="Guided tour").click()
    expect(page.get_by_role("heading", name="1 of 3: Supervision alone")).to_be_visible()
    for stop in ("2 of 3: Shared practice alone", "3 of 3: Both together"):
        with redrawn(page):
            page.get_by_role("button", name="Next").click()
        expect(page.get_by_role("heading", name=stop)).to_be_visible()
    expect(page.locator(".es-tour tbody tr")).to_have_count(4)
    page.locator(".es-differing button").first.click()
    story = page.get_by_role("region", name="One man's story")
    expect(story.get_by_role("heading", name="Where the worlds diverge for him")).to_be_visible()
    expect(story.get_by_role("heading", name="The week of his first exit")).to_be_visible()
    expect(story.locator(".es-life")).to_have_count(2)
    expect(story.locator(".es-event-exit").first).to_contain_text("As things stood")


def test_a_leaver_is_chosen_by_a_click(page: Page) -> None:
    jump(page, 60)
    page.wait_for_timeout(600)
    leaver = page.locator(".es-leaver").evaluate_all(
        "leavers => leavers.findIndex((leaver) => leaver.matches('.es-status-3'))"
    )
    page.locator(".es-leaver").nth(leaver).scroll_into_view_if_needed()
    page.locator(".es-leaver").nth(leaver).click(force=True)
    expect(page.get_by_text(f"Man {leaver}, ", exact=False).first).to_be_visible()
    expect(page.get_by_label("Man number")).to_have_value(str(leaver))


def test_an_unknown_number_is_refused_and_the_page_goes_on(page: Page) -> None:
    alert = page.get_by_role("alert")
    for week, number in enumerate(("3.5", "-1", "280"), start=1):
        page.get_by_label("Man number").fill(number)
        page.get_by_label("Man number").press("Enter")
        expect(alert).to_contain_text("allowed: 0 to 279")
        expect(page.get_by_label("Man number")).to_have_value("")
        page.get_by_role("button", name="Step a week").click()
        wait_for_week(page, week)
        alert.get_by_role("button", name="Close").click()
        expect(alert).to_have_count(0)


def test_the_end_of_the_tour_restores_the_settings(page: Page) -> None:
    set_range(page, INTERVAL, "12")
    jump(page, 30)
    page.get_by_role("button", name="Guided tour").click()
    expect(page.get_by_role("heading", name="1 of 3: Supervision alone")).to_be_visible()
    page.get_by_role("button", name="End the tour").click()
    wait_for_week(page, 30)
    expect(page.get_by_role("button", name="Undo 1 change")).to_be_visible()
    expect(page.locator(".es-network")).to_have_count(1)


def test_two_visitors_share_nothing(page: Page, browser: Browser, address: str) -> None:
    jump(page, 30)
    set_range(page, INTERVAL, "12")
    visitor = browser.new_context()
    other = visitor.new_page()
    complaints = PageComplaints(other, address)
    other.goto(f"{address}#week=0")
    other.wait_for_selector(".es-network svg")
    assert shown_week(other) == 0
    other.get_by_role("button", name="Step a week").click()
    wait_for_week(other, 1)
    expect(other.get_by_role("button", name="Undo 1 change")).to_have_count(0)
    assert shown_week(page) == 30
    visitor.close()
    assert complaints.texts == []


def test_the_tours_table_disappears_with_its_worlds(page: Page) -> None:
    page.get_by_role("button", name="Guided tour").click()
    expect(page.get_by_role("heading", name="1 of 3: Supervision alone")).to_be_visible()
    page.get_by_role("button", name="Reset").click()
    wait_for_week(page, 0)
    expect(page.locator(".es-tour td").first).to_have_text("none")
    set_range(page, INTERVAL, "12")
    expect(page.get_by_role("heading", name="1 of 3: Supervision alone")).to_have_count(0)
