"""Text as figures draw it: what the font holds, in lines that fit."""

import functools
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.textpath import text_to_path

from engager_sim.visible_text import visible

FONT = "DejaVu Sans"
"""Ships with matplotlib, so that pictures do not depend on the fonts of a machine."""
BOX = "\N{WHITE VERTICAL RECTANGLE}"
LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"
POINTS = 72.0
"""In an inch."""
DENSE = 120.0
"""Letters in an inch of type of one point, at first; most type is wider."""
LONGEST_NAME = 20.0 / POINTS
"""Inches that the longest name takes in type of one point."""
BOXED = f" {BOX}: a character that the font of this picture does not hold."
BLANKS = re.compile(r"[ \t\n\r\f\v]+")
MARKS = ("Mn", "Me", "Cf")
"""Unicode categories of what is drawn on or between letters."""


def drawable(text: str) -> str:
    """Write text with a box for every character that the font does not hold."""
    shown = visible(BLANKS.sub(" ", text), kept="")
    return shown if shown.isascii() else "".join(map(_held_or_box, shown))


def fitting_lines(text: str, inches: float, type_: Mapping[str, Any]) -> list[str]:
    """Break text over lines that are no longer than so many inches.

    Parameters
    ----------
    type_ : mapping
        Size and weight of the letters.
    """
    letters = round(DENSE * inches / type_["size"])
    while True:
        lines = textwrap.wrap(text, letters, break_on_hyphens=False)
        widest = max((width_of(line, **type_) for line in lines), default=0.0)
        if widest <= inches or letters == 1:
            turned = _begins_on_the_right(text)
            return [line if turned else _from_the_left(line) for line in lines]
        letters = max(1, min(letters - 1, int(letters * inches / widest)))


def shortened(text: str, longest: float = LONGEST_NAME) -> str:
    """Take out the middle of a long name: names that are alike differ at their ends."""
    kept = len(text)
    short = text
    while width_of(short, size=1.0) > longest:
        kept -= 1
        short = f"{text[: (kept + 1) // 2]}\N{HORIZONTAL ELLIPSIS}{text[len(text) - kept // 2 :]}"
    return short


def numbered(texts: Sequence[str]) -> list[str]:
    """Add a number to texts that became equal when they were shortened or boxed."""
    return [
        f"{text} ({texts[: index + 1].count(text)})" if texts.count(text) > 1 else text
        for index, text in enumerate(texts)
    ]


@functools.lru_cache(maxsize=10_000)
def width_of(text: str, **type_: Any) -> float:
    """Measure how many inches a line takes."""
    font = FontProperties(family=FONT, **type_)
    return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0]) / POINTS


def _from_the_left(line: str) -> str:
    """Keep the order of a line that only happens to begin with words from right to left."""
    return f"{LEFT_TO_RIGHT}{line}" if _begins_on_the_right(line) else line


def _begins_on_the_right(text: str) -> bool:
    kinds = map(unicodedata.bidirectional, text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"


def box_note(texts: Iterable[str]) -> str:
    """Say what a box is, if there is one that was not told of."""
    joined = "".join(texts)
    return BOXED if BOX in joined and BOXED not in joined else ""


def _held_or_box(letter: str) -> str:
    if ord(letter) in _held():
        return letter
    return "" if unicodedata.category(letter) in MARKS else BOX


@functools.cache
def _held() -> frozenset[int]:
    """Find the characters that the font holds, bold or not."""
    regular, bold = (
        get_font(findfont(FontProperties(family=FONT, weight=weight))).get_charmap()
        for weight in ("normal", "bold")
    )
    return frozenset(regular) & frozenset(bold)
