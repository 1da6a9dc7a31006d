"""Take the README's picture of the board page: ``python -m docs.board_picture [FOLDER]``.

FOLDER is what the example's decision left, ``results/decide/decision`` unless named. Needs Debian's
Chromium.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.driven_page import CHROMIUM, CHROMIUM_OPTIONS

PICTURE = Path(__file__).parent / "pictures" / "board.png"
FOLDER = Path("results/decide/decision")
WIDTH, SHARPNESS = 900, 2


def main(folder: Path = FOLDER) -> int:
    """Photograph the whole page.

    Returns
    -------
    int
        1 if the folder has no board page, else 0.
    """
    page = folder.resolve() / "board.html"
    if not page.exists():
        sys.stderr.write(f"board.png is left as it is: there is no {page}\n")
        return 1
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        size = {"width": WIDTH, "height": WIDTH}
        shown = browser.new_page(viewport=size, device_scale_factor=SHARPNESS)  # type: ignore[arg-type]
        shown.goto(page.as_uri())
        taken = Image.open(io.BytesIO(shown.screenshot(full_page=True))).convert("RGB")
        browser.close()
    taken.quantize(256, dither=Image.Dither.NONE).save(PICTURE, optimize=True)
    sys.stdout.write(f"board.png from {page}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
