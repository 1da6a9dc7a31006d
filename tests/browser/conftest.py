"""A served page and a browser, for the tests that drive it."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.driven_page import CHROMIUM_OPTIONS, Watched

CHROMIUM = shutil.which("chromium")


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Serve the page on a free port, in a process of its own."""
    command = [sys.executable, "-m", "engager_sim", "browse", "--no-open", "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        line = next(line for line in server.stdout if "http://" in line)
        yield next(word for word in line.split() if word.startswith("http://"))
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
        server.stdout.close()


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
