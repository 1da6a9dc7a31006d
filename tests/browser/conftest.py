"""A served page and a browser, for the tests that drive it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.browser.driven_page import CHROMIUM, CHROMIUM_OPTIONS, PageComplaints, served_page

SIZE: ViewportSize = {"width": 1280, "height": 900}


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


@dataclass
class Window:
    """A page that is loaded when it is first visited, and visited as long as it is whole."""

    browser: Browser
    address: str
    opened: tuple[Page, PageComplaints] | None = None

    def visit(self) -> tuple[Page, PageComplaints]:
        """Show the first week of the settings with which a visit begins."""
        states = [("#week=0", "&seed=1&")]
        if self.opened is None:
            page = self.browser.new_context(viewport=SIZE, reduced_motion="reduce").new_page()
            self.opened = page, PageComplaints(page, self.address)
        else:  # by way of a state that no test leaves behind: what was owed to it is over
            states.insert(0, ("#seed=7777&week=0", "&seed=7777&"))
        page = self.opened[0]
        page.set_viewport_size(SIZE)
        for asked, answered in states:
            page.goto(f"{self.address}{asked}")
            page.wait_for_function(
                "told => location.hash.startsWith('#v=') && location.hash.includes(told)",
                arg=answered,
            )
        page.wait_for_selector(".es-network svg")
        return self.opened

    def close(self) -> None:
        """Leave the page."""
        if self.opened is not None:
            self.opened[0].context.close()
            self.opened = None


@pytest.fixture(scope="session")
def shared_window(browser: Browser, address: str) -> Iterator[Window]:
    """Open a window for tests that ask for no more than an address can say.

    Loading a page takes twenty times as long as showing another state; but undo steps, open cards
    and what was asked of replicates outlive that: a test that they disturb has its ``own_page``.
    """
    window = Window(browser, address)
    yield window
    window.close()


@pytest.fixture
def page(
    browser: Browser, address: str, shared_window: Window, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """Visit the page; fail if it had errors, warnings or requests to other addresses."""
    is_shared = request.node.get_closest_marker("own_page") is None
    window = shared_window if is_shared else Window(browser, address)
    failed_before = request.session.testsfailed
    page, complaints = window.visit()
    yield page
    if not is_shared or complaints.texts or request.session.testsfailed > failed_before:
        window.close()
    assert complaints.texts == []
