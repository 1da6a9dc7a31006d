"""The served page, a visitor's actions on it, and its complaints."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect

INTERVAL = "interval"
"""The label of a lever on the page."""
OTHER_NAME = "page.example"
"""Another name under which the served page may be asked for."""
UNHEARD = ("/_solara/api/close/", "/alive", "/favicon.svg")
"""What a page that is left may still ask, or its browser for it, without waiting for an answer."""
REPLICATES = "20"
"""Few, so that pages that tests open one after the other do not compute for nobody."""
CHROMIUM = shutil.which("chromium")
expect.set_options(timeout=30_000)  # a busy machine is slow, and no fault of the page

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@contextmanager
def served_page(port: int = 0, replicates: str = REPLICATES) -> Iterator[tuple[str, int]]:
    """Serve the page, on a free port unless told, in a process; give its address and process."""
    options = [
        "--no-open",
        "--port",
        str(port),
        "--allow-host",
        OTHER_NAME,
        "--replicates",
        replicates,
    ]
    command = [sys.executable, "-m", "engager_sim", "browse", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            line = next(line for line in server.stdout if "http://" in line)
            yield next(word for word in line.split() if word.startswith("http://")), server.pid
        finally:
            server.terminate()


class PageComplaints:
    """The errors and warnings of a page, and its requests to other addresses."""

    def __init__(self, page: Page, address: str) -> None:
        self.texts: list[str] = []
        page.on("pageerror", lambda error: self.texts.append(f"error: {error}"))
        page.on("console", lambda message: self._check_message(message.type, message.text))
        page.on("requestfailed", lambda request: self._check_failure(request.url))
        page.on("response", lambda response: self._check_response(response.status, response.url))
        page.on("request", lambda request: self._check_request(request.url, address))

    def _check_failure(self, url: str) -> None:
        if not any(path in url for path in UNHEARD):
            self.texts.append(f"failed: {url}")

    def _check_message(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.texts.append(f"console {kind}: {text}")

    def _check_response(self, status: int, url: str) -> None:
        if status >= 400:
            self.texts.append(f"{status}: {url}")

    def _check_request(self, url: str, address: str) -> None:
        if not url.startswith((address, "data:", "blob:")):
            self.texts.append(f"sent elsewhere: {url}")


@contextmanager
def redrawn(page: Page) -> Iterator[None]:
    """Wait, after the actions inside, until the charts are redrawn."""
    charts = page.locator(".es-charts")
    before = charts.get_attribute("data-drawn")
    yield
    expect(charts).not_to_have_attribute("data-drawn", str(before))


def wait_for_week(page: Page, week: int) -> None:
    """Wait until the page shows a week, down to its charts."""
    expect(page.locator(".es-week output")).to_have_text(str(week))
    expect(page.locator(".es-values caption").first).to_have_text(re.compile(rf", week {week}$"))


def shown_week(page: Page) -> int:
    """Read the week that the page shows."""
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


def choose_arm(page: Page, arm: str) -> None:
    """Choose the arm that is shown."""
    page.get_by_label("Men shown").select_option(label=arm)
    group = "everybody" if arm == "everybody" else f"the {arm} arm"
    expect(page.locator(".es-charts")).to_contain_text(f"Shown: {group}.")


def chart_values(page: Page, chart: str) -> dict[str, list[str]]:
    """Read the table beside a chart: for each line, its value in each world and the difference."""
    rows = page.locator(".es-chart", has_text=chart).first.locator("tbody tr")
    values = {}
    for row in rows.all():
        name = re.sub(r"\s*:.*", "", row.locator("th").inner_text()).strip()
        values[name] = [cell.inner_text() for cell in row.locator("td:not(.es-bars)").all()]
    return values


def show_two_worlds(page: Page) -> None:
    """Show a second world beside the first."""
    with redrawn(page):
        page.get_by_label("Two worlds").check()
    expect(page.locator(".es-network")).to_have_count(2)
