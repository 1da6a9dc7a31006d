"""Take the README's pictures of the page: ``python -m docs.page_pictures``.

Needs Debian's Chromium. The pictures show week 100 of the tour's last stop, random seed 1.
"""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.browser.driven_page import CHROMIUM, CHROMIUM_OPTIONS, served_page

PICTURES = Path(__file__).parent / "pictures"
PATIENCE = 120_000
"""Milliseconds that replicates may take."""


def main() -> None:
    """Serve the page, drive it, and write the pictures."""
    with served_page(replicates="100") as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        page = browser.new_page(viewport={"width": 1280, "height": 1600})
        page.goto(address)
        for stop, button in enumerate(("Start the tour", "Next", "Next"), start=1):
            page.get_by_role("button", name=button).click()
            page.get_by_role("heading", name=f"{stop} of 3").wait_for()
        page.locator(".es-differing button").first.click()
        page.wait_for_selector(".es-life")
        page.wait_for_timeout(1000)
        _take(page, ".es-network >> nth=0", "page_network.png")
        page.get_by_text("100 replicates", exact=True).wait_for(timeout=PATIENCE)
        _take(page, ".es-outcomes", "page_outcomes.png")
        page.locator(".es-theory").scroll_into_view_if_needed()
        page.get_by_text("20 of 20 replicates").first.wait_for(timeout=PATIENCE)
        _take(page, ".es-theory", "page_theory.png")
        _take(page, ".es-story", "page_story.png")
        browser.close()


def _take(page: Page, part: str, name: str) -> None:
    """Photograph a part of the page in all its colours: a palette would lose rare ones."""
    page.add_style_tag(content=".es-heading { position: static !important; }")
    picture = Image.open(io.BytesIO(page.locator(part).screenshot())).convert("RGB")
    picture.save(PICTURES / name, optimize=True)
    print(f"{name}: {picture.width} x {picture.height}")  # noqa: T201


if __name__ == "__main__":
    main()
