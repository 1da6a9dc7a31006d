"""A served page and a browser, for the tests that drive it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.driven_page import CHROMIUM, CHROMIUM_OPTIONS, Watched, served_page


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Serve the page for all tests of this process."""
    with served_page() as (address, _):
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium, without a window."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Visit the page anew; fail if anything failed to load, was sent elsewhere, or complained."""
    visitor = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = visitor.new_page()
    watched = Watched(opened, address)
    opened.goto(address)
    opened.wait_for_selector(".es-network svg")
    yield opened
    visitor.close()
    assert watched.complaints == []
