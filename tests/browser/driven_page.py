"""The served page, what is done with it, and what is listened for."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect

INTERVAL = "interval"
"""A lever's label, as the page has it."""
CHROMIUM = shutil.which("chromium")

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@contextmanager
def served_page() -> Iterator[tuple[str, int]]:
    """Serve the page on a free port, in a process of its own; give its address and that process."""
    command = [sys.executable, "-m", "engager_sim", "browse", "--no-open", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            line = next(line for line in server.stdout if "http://" in line)
            yield next(word for word in line.split() if word.startswith("http://")), server.pid
        finally:
            server.terminate()


class Watched:
    """Everything that a page should not do: fail, complain, or call elsewhere."""

    def __init__(self, page: Page, address: str) -> None:
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("console", lambda said: self._hear(said.type, said.text))
        page.on("requestfailed", lambda asked: self.complaints.append(f"failed: {asked.url}"))
        page.on("response", lambda got: self._receive(got.status, got.url))
        page.on("request", lambda asked: self._send(asked.url, address))

    def _hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(f"console {kind}: {text}")

    def _receive(self, status: int, url: str) -> None:
        if status >= 400:
            self.complaints.append(f"{status}: {url}")

    def _send(self, url: str, address: str) -> None:
        if not url.startswith((address, "data:", "blob:")):
            self.complaints.append(f"sent elsewhere: {url}")


@contextmanager
def redrawn(page: Page) -> Iterator[None]:
    """Wait, after what is done inside, until the charts show what came of it."""
    charts = page.locator(".es-charts")
    before = charts.get_attribute("data-drawn")
    yield
    expect(charts).not_to_have_attribute("data-drawn", str(before))


def wait_for_week(page: Page, week: int) -> None:
    """Wait until the page shows a week, down to its charts."""
    expect(page.locator(".es-week output")).to_have_text(str(week))
    expect(page.locator(".es-values caption").first).to_have_text(re.compile(rf", week {week}$"))


def week_of(page: Page) -> int:
    """Read which week the page shows."""
    return int(page.locator(".es-week output").inner_text())


def jump(page: Page, week: int) -> None:
    """Move the week's slider."""
    set_range(page, "Jump to week", str(week))
    wait_for_week(page, week)


def set_range(page: Page, label: str, value: str) -> None:
    """Set a slider as a visitor does: the value, then the event of letting go."""
    with redrawn(page):
        page.get_by_label(label, exact=True).first.evaluate(
            "(slider, value) => { slider.value = value; "
            "slider.dispatchEvent(new Event('change')); }",
            value,
        )


def choose_whom(page: Page, whom: str) -> None:
    """Choose whose men are shown."""
    page.get_by_label("Men shown").select_option(label=whom)
    shown = "everybody" if whom == "everybody" else f"the {whom} arm"
    expect(page.locator(".es-charts")).to_contain_text(f"Shown: {shown}.")


def values_of(page: Page, chart: str) -> dict[str, list[str]]:
    """Read the table beside a chart: by line, its value in each world and their difference."""
    rows = page.locator(".es-chart", has_text=chart).first.locator("tbody tr")
    found = {}
    for row in rows.all():
        name = re.sub(r"\s*:.*", "", row.locator("th").inner_text()).strip()
        found[name] = [cell.inner_text() for cell in row.locator("td:not(.es-bars)").all()]
    return found


def two_worlds(page: Page) -> None:
    """Set a second world beside the first."""
    with redrawn(page):
        page.get_by_label("Two worlds: the same men and luck in a changed world beside").check()
    expect(page.locator(".es-network")).to_have_count(2)
