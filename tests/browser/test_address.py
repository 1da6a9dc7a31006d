"""The state in the address, undo and redo, as a visitor meets them."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driven_page import (
    INTERVAL,
    jump,
    redrawn,
    set_range,
    show_two_worlds,
    wait_for_week,
)

CHANGED = "programme.supervision.interval=12"


def test_the_state_survives_a_reload_and_the_back_button(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    show_two_worlds(page)
    set_range(page, INTERVAL, "12")
    page.get_by_label("Man number").fill("7")
    page.get_by_label("Man number").press("Enter")
    expect(page.get_by_role("heading", name="His weeks in the other world")).to_be_visible()
    jump(page, 40)
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("Link copied.")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    expect(page).to_have_url(link)
    assert f"&other=engager_trial&other.{CHANGED}&" in link
    page.goto("about:blank")
    page.goto(link)
    wait_for_week(page, 40)
    expect(page.locator(".es-network")).to_have_count(2)
    expect(page.get_by_role("button", name="Undo 1 change")).to_be_visible()
    expect(page.get_by_label("Man number")).to_have_value("7")
    with redrawn(page):
        page.get_by_role("button", name="Undo 1 change").click()
    assert CHANGED not in page.url
    page.go_back()
    expect(page).to_have_url(link)
    expect(page.get_by_role("button", name="Undo 1 change")).to_be_visible()
    page.evaluate("location.hash = 'v=1&scenario=peer_led&week=12&seed=x'")
    expect(page.get_by_role("alert")).to_contain_text('its end is missing; "seed" is damaged')
    wait_for_week(page, 12)
    expect(page.get_by_role("heading", name="peer led", exact=True)).to_be_visible()


@pytest.mark.own_page
def test_changes_are_undone_by_buttons_keys_and_one_by_one(page: Page) -> None:
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_disabled()
    set_range(page, INTERVAL, "12")
    with redrawn(page):
        page.get_by_role("switch", name="Peers").click()
    page.get_by_text("What was changed").click()
    listed = page.locator(".es-changes li")
    expect(listed).to_have_count(2)
    expect(listed.first).to_contain_text("supervision: interval (programme) from 1.5 to 12 weeks")
    page.get_by_role("button", name="Set interval of supervision back to 1.5").click()
    expect(listed).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(listed).to_have_count(2)
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(listed).to_have_count(0)
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_disabled()
    page.keyboard.press("Control+Shift+z")
    expect(listed).to_have_count(1)
    page.get_by_label("Seed").fill("77")
    page.get_by_label("Seed").press("Control+z")
    expect(listed).to_have_count(1)
    page.get_by_role("button", name="Redo", exact=True).click()
    expect(listed).to_have_count(2)
