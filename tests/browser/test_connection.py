"""The page tells when nobody answers it, and comes back with what it showed."""

import os
import signal
from contextlib import ExitStack
from urllib.parse import urlsplit

from playwright.sync_api import Browser, expect

from tests.browser.driven_page import INTERVAL, served_page, set_range, wait_for_week


def test_a_killed_server_is_told_and_one_on_its_port_gets_the_state_back(browser: Browser) -> None:
    with ExitStack() as first_server:
        address, process = first_server.enter_context(served_page())
        page = browser.new_page()
        page.goto(f"{address}#week=30")
        page.wait_for_selector(".es-network svg")
        set_range(page, INTERVAL, "12")
        os.kill(process, signal.SIGKILL)
    banner = page.get_by_role("alert").filter(has_text="The server does not answer.")
    step = page.get_by_role("button", name="Step a week")
    expect(banner).to_be_visible(timeout=10_000)
    assert step.evaluate("button => button.inert") is True
    with served_page(urlsplit(address).port or 0):
        expect(banner).to_have_count(0, timeout=30_000)
        wait_for_week(page, 30)
        expect(page.get_by_role("button", name="Undo 1 change")).to_be_visible()
        step.click()
        wait_for_week(page, 31)
        page.evaluate("solara.debug.dropConnection()")
        page.wait_for_function("solara.debug.reconnectCount === 1")
        step.click()
        wait_for_week(page, 32)
        expect(page.locator(".es-connection p")).to_have_count(0)
        page.close()
