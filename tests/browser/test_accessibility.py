"""The page for everyone: axe-core in its states, the keyboard, motion, and a room."""

import importlib.util
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driven_page import INTERVAL, jump, redrawn, set_range, show_two_worlds

AXE = importlib.util.find_spec("axe_playwright_python")
FINDINGS = """() => axe.run(document, { resultTypes: ["violations"] }).then(result =>
    result.violations.map(rule => `${rule.id}: ${rule.nodes.map(node => node.html).join(" ")}`))"""
HIDDEN = """() => {
    const header = document.querySelector(".es-heading").getBoundingClientRect().bottom;
    const controls = ":is(button, input, select, summary, [tabindex='0'])";
    return [...document.querySelectorAll(`.es-body ${controls}`)]
        .filter(control => control.checkVisibility())
        .filter(control => {
            window.scrollTo(0, document.documentElement.scrollHeight);
            control.focus();
            const box = control.getBoundingClientRect();
            const fits = box.height < window.innerHeight - header;
            return box.height && (fits ? box.top : box.bottom) < header - 1;
        }).map(control => control.outerHTML);
}"""


def check(page: Page, state: str, *widths: int) -> list[str]:
    """Run axe-core at some widths, and give what it finds."""
    findings = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(300)
        findings += [f"{state}, {width}: {found}" for found in page.evaluate(FINDINGS)]
    page.set_viewport_size({"width": 1280, "height": 900})
    return findings


@pytest.mark.own_page
@pytest.mark.skipif(AXE is None, reason="axe-core is not installed")
def test_axe_finds_nothing_in_any_state(page: Page) -> None:
    assert AXE is not None
    assert AXE.origin is not None
    page.evaluate((Path(AXE.origin).parent / "axe.min.js").read_text(encoding="utf-8"))
    findings = check(page, "first visit", 1400, 390)
    with redrawn(page):
        page.get_by_role("button", name="Start the tour").click()
    findings += check(page, "tour", 1280)
    page.get_by_role("button", name="End the tour").click()
    expect(page.locator(".es-network")).to_have_count(1)
    show_two_worlds(page)
    set_range(page, INTERVAL, "1")
    jump(page, 100)
    page.locator(".es-differing button").first.click()
    page.wait_for_selector(".es-life")
    findings += check(page, "two worlds and a story", 1280, 390)
    page.get_by_label("Seed").fill("x")
    page.get_by_label("Seed").press("Enter")
    page.wait_for_selector(".es-message")
    page.locator("details").evaluate_all("all => all.forEach((details) => (details.open = true))")
    expect(page.locator(".es-found")).to_be_visible()
    findings += check(page, "everything open and a message", 1400)
    jump(page, 176)
    page.get_by_role("button", name="For a room").click()
    findings += check(page, "ended, for a room", 1280)
    assert findings == []


def test_the_focus_is_seen_and_moved_and_changes_are_announced(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    style = "getComputedStyle(document.documentElement).scrollBehavior"
    assert page.evaluate(style) == "auto"
    assert page.evaluate(HIDDEN) == []
    page.get_by_role("link", name="One man's story").click()
    assert page.evaluate("document.activeElement.className").split()[-1] == "es-story"
    page.keyboard.press("Tab")
    expect(page.get_by_label("Man number")).to_be_focused()
    announced = page.locator(".es-state [role=status]").last
    set_range(page, INTERVAL, "12")
    expect(announced).to_have_text("The weeks were simulated again with these settings.")
    page.get_by_label("Man number").fill("7")
    page.get_by_label("Man number").press("Enter")
    expect(announced).to_have_text("The story of the man you chose is shown.")
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(style) == "smooth"


@pytest.mark.own_page
def test_a_room_sees_network_chart_and_outcomes_on_one_screen(page: Page) -> None:
    page.get_by_role("button", name="No, thanks").click()
    show_two_worlds(page)
    page.set_viewport_size({"width": 1280, "height": 720})
    room = page.get_by_role("button", name="For a room")
    room.click()
    expect(room).to_have_attribute("aria-pressed", "true")
    page.get_by_label("Chart for the room").select_option("Who is engaged")
    expect(page.locator(".es-side")).to_be_hidden()
    expect(page.get_by_role("heading", name="The relationship")).to_be_hidden()
    expect(page.locator(".es-simulated")).to_be_visible()
    for shown in (".es-network >> nth=0", ".es-network >> nth=1", ".es-in-room svg"):
        box = page.locator(shown).locator("visible=true").first.bounding_box()
        assert box is not None
        assert box["y"] + min(box["height"], 300) < 720
        assert box["x"] + box["width"] <= 1280
    page.get_by_label("Speed of playing").select_option("fast")
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("Number(document.querySelector('.es-week output').innerText) > 4")
    page.get_by_role("button", name="Pause").click()
    page.keyboard.press("Escape")
    expect(page.locator(".es-side")).to_be_visible()
