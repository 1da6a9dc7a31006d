"""A served page and a browser, for the tests that drive it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.driven_page import CHROMIUM, CHROMIUM_OPTIONS, PageComplaints, served_page


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
    """Visit the page anew; fail if it had errors, warnings or requests to other addresses."""
    visitor = browser.new_context(viewport={"width": 1280, "height": 900})
    page = visitor.new_page()
    complaints = PageComplaints(page, address)
    page.goto(f"{address}#week=0")
    page.wait_for_selector(".es-network svg")
    yield page
    visitor.close()
    assert complaints.texts == []
