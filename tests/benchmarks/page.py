"""How soon the page shows a week and answers a lever, and whether it takes memory.

``python -m tests.benchmarks.page [MINUTES]`` drives the page in Debian's Chromium. It reports how
long a first visit takes; the median time from the click on *Step a week* to the week's picture, for
one world, for two, and for five tabs, while replicates are simulated; how soon after a lever moves
there is a first answer and the whole; a week of 3,000 leavers; the server's memory after visits;
and then plays for so many minutes (4 unless given) and reports memory before and after.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.driven_page import (
    CHROMIUM,
    CHROMIUM_OPTIONS,
    INTERVAL,
    jump,
    redrawn,
    served_page,
    set_range,
)

STEPS, FIRST_WEEK = 60, 40
ONE_WORLD, TWO_WORLDS, FIVE_TABS, MANY = 100.0, 120.0, 300.0, 1000.0
"""Bars of a week's picture, in milliseconds."""
FIRST_ANSWER, WHOLE_ANSWER, FIRST_VISIT = 1.0, 3.0, 10.0
"""Bars in seconds."""
MOST_GROWTH, MOST_KEPT = 1.10, 1.15
BUSY, USUAL = "800", "100"
"""Replicates: so many that they are still being simulated while weeks are stepped; as usual."""
LARGE = """question = "Is it usable?"\nbased_on = "engager_trial"\n[population]\nleavers = 3000\n"""
MEMORY_OPTIONS = ["--enable-precise-memory-info", "--js-flags=--expose-gc"]

CLICK_TO_PICTURE = """() => new Promise((done) => {
  const week = document.querySelector('.es-week output');
  const before = week.textContent;
  const step = [...document.querySelectorAll('button')].find((each) => each.textContent.trim() === 'Step a week');
  const began = performance.now();
  const watch = () => {
    const map = document.querySelector('.es-values caption');
    if (week.textContent !== before && map.textContent.trim().endsWith('week ' + week.textContent.trim())) {
      requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
    } else requestAnimationFrame(watch);
  };
  step.click();
  watch();
})"""  # noqa: E501
"""Time from a click until the charts, drawn last, show the new week and have been painted."""
SOME = "/^[1-9][0-9]* (of|replicates)/.test(document.querySelector('.es-progress').textContent)"
"""Whether there is an answer to what is shown."""


def main() -> None:
    """Measure and print."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 4.0
    options = [*CHROMIUM_OPTIONS, *MEMORY_OPTIONS]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        with served_page(replicates=USUAL) as (address, process):
            began = time.monotonic()
            page = _visit(browser, address)
            print(f"first visit: {time.monotonic() - began:.1f} s (bar {FIRST_VISIT:.0f})")
            _report_answers(page)
            page.close()
            _report_visits(browser, address, psutil.Process(process))
        with served_page(replicates=BUSY) as (address, process):
            page = _visit(browser, address)
            _report_steps([page], "280 leavers, one world", ONE_WORLD)
            page.get_by_label("Two worlds").check()
            page.wait_for_function("document.querySelectorAll('.es-network').length === 2")
            _report_steps([page], "280 leavers, two worlds", TWO_WORLDS)
            tabs = [page, *(_visit(browser, address) for _ in range(4))]
            _report_steps(tabs, "280 leavers, five tabs", FIVE_TABS)
            for tab in tabs[1:]:
                tab.close()
            _report_many(_visit(browser, address))
            _report_memory(page, psutil.Process(process), minutes)
        browser.close()


def _visit(browser: Browser, address: str) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    page.wait_for_selector(".es-network svg")
    return page


def _report_steps(pages: list[Page], what: str, bar: float, steps: int = STEPS) -> None:
    """Step weeks, on every page in turn."""
    for page in pages:
        jump(page, FIRST_WEEK)
    times = [
        float(page.evaluate(CLICK_TO_PICTURE)) for _ in range(steps // len(pages)) for page in pages
    ]
    middle, slow = statistics.median(times), sorted(times)[int(0.95 * len(times))]
    print(
        f"a week of {what}: median {middle:.0f} ms from click to picture (bar {bar:.0f}), "
        f"95% within {slow:.0f} ms"
    )


def _report_answers(page: Page) -> None:
    """Move a lever of the second world, as often as there is a median."""
    page.get_by_label("Two worlds").check()
    progress = page.locator(".es-progress")
    first, whole = [], []
    for interval in ("2", "3", "4", "6", "8"):
        began = time.monotonic()
        with redrawn(page):  # before that the answer to the question before stands
            set_range(page, INTERVAL, interval)
        page.wait_for_function(SOME, timeout=60_000)
        first.append(time.monotonic() - began)
        progress.get_by_text(f"{USUAL} replicates", exact=True).wait_for(timeout=60_000)
        whole.append(time.monotonic() - began)
    print(
        f"after a lever moves, two worlds: first answer {statistics.median(first):.2f} s (bar "
        f"{FIRST_ANSWER:.0f}), {USUAL} replicates {statistics.median(whole):.2f} s (bar "
        f"{WHOLE_ANSWER:.0f})"
    )


def _report_visits(browser: Browser, address: str, server: psutil.Process) -> None:
    """Visit and leave; compare the server's memory after the 3rd and the 20th visit."""
    sizes = []
    for number in range(1, 21):
        page = _visit(browser, address)
        page.locator(".es-outcome-table").wait_for(timeout=60_000)
        page.goto("about:blank")  # the page tells the server that it is left, as when a tab closes
        page.wait_for_timeout(500)
        page.close()
        if number in (3, 20):
            time.sleep(3.0)
            sizes.append(server.memory_info().rss)
    early, late = sizes
    print(
        f"server after 3 visits {early / 2**20:.0f} MiB, after 20 {late / 2**20:.0f} MiB, ratio "
        f"{late / early:.2f} (bar {MOST_KEPT:.2f})"
    )


def _report_many(page: Page) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.toml"
        file.write_text(LARGE, encoding="utf-8")
        page.get_by_label("Load a scenario file").set_input_files(file)
        page.get_by_role("heading", name="large", exact=True).wait_for(timeout=120_000)
        _report_steps([page], "3,000 leavers, one world", MANY, steps=10)
    page.close()


def _report_memory(page: Page, server: psutil.Process, minutes: float) -> None:
    _play(page, 60.0)  # whatever is loaded only once is loaded now
    before = _memory(page, server)
    _play(page, 60.0 * minutes)
    after = _memory(page, server)
    for what, here, there in zip(("server", "page"), before, after, strict=True):
        print(
            f"{minutes:g} minutes of play in two worlds, {what}: {here / 2**20:.0f} MiB before, "
            f"{there / 2**20:.0f} MiB after, ratio {there / here:.3f} (bar {MOST_GROWTH:.2f})"
        )


def _play(page: Page, seconds: float) -> None:
    end = time.monotonic() + seconds
    play = page.locator(".es-play")
    while time.monotonic() < end:
        if play.inner_text() != "Pause":
            play.click()
        page.wait_for_timeout(500)
    if play.inner_text() == "Pause":
        play.click()
    page.wait_for_timeout(500)


def _memory(page: Page, server: psutil.Process) -> tuple[int, int]:
    page.evaluate("window.gc && window.gc()")
    page.wait_for_timeout(500)
    return server.memory_info().rss, int(page.evaluate("performance.memory.usedJSHeapSize"))


if __name__ == "__main__":
    main()
