"""How soon the page shows a week, and whether playing it takes memory.

``python -m tests.benchmarks.page [MINUTES]`` drives the page in Debian's Chromium. It reports the
median time from the click on *Step a week* to the week's picture, for one world and for two, and
then plays for so many minutes (10 unless given), over and over from the first week, and reports the
memory of the server's process and of the page before and after.
"""

import statistics
import sys
import time

import psutil
from playwright.sync_api import Page, sync_playwright

from tests.browser.driven_page import CHROMIUM, CHROMIUM_OPTIONS, jump, served_page

STEPS, FIRST_WEEK = 60, 40
MOST_MILLISECONDS, MOST_GROWTH = 150.0, 1.10
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


def main() -> None:
    """Measure and print."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    with served_page() as (address, process), sync_playwright() as playwright:
        options = [*CHROMIUM_OPTIONS, *MEMORY_OPTIONS]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(address)
        page.wait_for_selector(".es-network svg")
        _report_steps(page, "one world")
        page.get_by_label("Two worlds").check()
        page.wait_for_function("document.querySelectorAll('.es-network').length === 2")
        _report_steps(page, "two worlds")
        page.get_by_label("Man number").fill("15")
        page.get_by_label("Man number").press("Enter")
        page.wait_for_selector(".es-life")
        _report_steps(page, "two worlds and a story")
        _report_memory(page, psutil.Process(process), minutes)
        browser.close()


def _report_steps(page: Page, what: str) -> None:
    jump(page, FIRST_WEEK)
    times = [float(page.evaluate(CLICK_TO_PICTURE)) for _ in range(STEPS)]
    middle, slow = statistics.median(times), sorted(times)[int(0.95 * STEPS)]
    print(
        f"a week of 280 leavers, {what}: median {middle:.0f} ms from click to picture (bar "
        f"{MOST_MILLISECONDS:.0f}), 95% within {slow:.0f} ms"
    )


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
