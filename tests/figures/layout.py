"""How a figure is laid out: what can be read on it, and that nothing overlaps or is cut off."""

import itertools
import re
from collections.abc import Sequence
from pathlib import Path

from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from engager_sim.figures.picture import Picture

HALF_A_PIXEL = 0.5
TOUCHING = 3.0
"""Pixels by which the boxes of neighbours may overlap: letters do not fill their boxes."""


def text_on(figure: Figure) -> str:
    """Write down everything that can be read on a figure."""
    texts = [text.get_text() for text in figure.findobj(Text) if text.get_visible()]
    return " ".join(" ".join(texts).split())


def text_around(figure: Figure) -> str:
    """Gather what is written above and below a figure's panels in one line."""
    return " ".join(text.get_text() for text in figure.texts)


def assert_well_named(pictures: Sequence[Picture]) -> None:
    """Check that pictures have names of their own, and descriptions with numbers."""
    names = [picture.name for picture in pictures]
    assert len(set(names)) == len(names)
    for picture in pictures:
        assert re.fullmatch(r"[a-z0-9_]+", picture.name)
        assert any(digit in picture.description for digit in "123456789")
        assert "nan" not in picture.description


def assert_all_on_the_page(figure: Figure) -> None:
    """Check that no part of a figure leaves the page."""
    figure.draw_without_rendering()
    page = figure.bbox.padded(HALF_A_PIXEL)
    for part, box in _parts(figure):
        assert page.contains(box.x0, box.y0), part
        assert page.contains(box.x1, box.y1), part


def assert_nothing_overlaps(figure: Figure) -> None:
    """Check that no part of a figure leaves the page or covers another."""
    assert_all_on_the_page(figure)
    assert_apart(_parts(figure))
    for axes in figure.axes:
        assert_apart(
            [
                # An annotation's own box holds its line too; what is written must not overlap.
                (text, Text.get_window_extent(text))
                for text in axes.findobj(Text)
                if isinstance(text, Text)
                and text.get_rotation() % 90 == 0
                and text.get_visible()
                and text.get_text().strip()
            ]
        )


def assert_apart(boxes: Sequence[tuple[object, Bbox]]) -> None:
    """Check that no two boxes overlap by more than touching."""
    for (one, box), (other, other_box) in itertools.combinations(boxes, 2):
        shared = Bbox.intersection(box, other_box)
        assert shared is None or min(shared.width, shared.height) < TOUCHING, (one, other)


def assert_equal_files(pictures: Sequence[Picture], again: Sequence[Picture], folder: Path) -> None:
    """Check that two series of pictures are saved as equal bytes."""
    one, other = folder / "one.png", folder / "other.png"
    for first, second in zip(pictures, again, strict=True):
        first.save(one)
        second.save(other)
        assert one.read_bytes() == other.read_bytes(), first.name


def _parts(figure: Figure) -> list[tuple[object, Bbox]]:
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    return [
        (part, box)
        for part in (*figure.axes, *figure.legends, *figure.texts)
        if (box := part.get_tightbbox(renderer)) is not None
    ]
