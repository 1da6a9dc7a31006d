"""How every figure looks: colours that colour-blind readers can tell apart, type, pages, files."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from engager_sim.figures.drawn_text import (
    FONT,
    box_note,
    drawable,
    fitting_lines,
    numbered,
    shortened,
)

BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILLION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"
"""The palette of Okabe and Ito (2008)."""

INK, FAINT, PAPER = "#222222", "#6B6B6B", "#FFFFFF"
LINES = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY, BLACK, "#8C6D1F")
ARM_COLOURS = {"programme": BLUE, "usual_care": ORANGE, "all": FAINT}
ARM_LINES = {"programme": "solid", "usual_care": (0, (4, 1.6))}

DOTS_PER_INCH = 200
TYPE: Any = {
    "font.family": FONT,
    "text.parse_math": False,
    "font.size": 8.0,
    "axes.titlesize": 9.0,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 8.0,
    "axes.edgecolor": FAINT,
    "axes.linewidth": 0.7,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": 7.5,
    "ytick.labelsize": 7.5,
    "legend.fontsize": 8.0,
    "legend.frameon": False,
    "text.color": INK,
    "axes.labelcolor": INK,
}
TITLE: Any = {"size": 11.0, "weight": "bold"}
SMALL: Any = {"size": 7.2, "weight": "normal"}
"""Type of the title, and of what stands under it and in the note."""
TITLE_LINE, NOTE_LINE, MARGIN = 0.21, 0.145, 0.09
"""Inches that a line of the title and of a note take, and the white around them."""

LETTER = 0.063
"""Inches that a letter of a legend takes."""
QUARTER = 13
"""Weeks."""


@dataclass(frozen=True, slots=True)
class Panels:
    """How many panels stand on a page, how large, and the room around each, in inches.

    Attributes
    ----------
    count, columns : int
        How many, in rows of how many.
    width, height : float
        Of the axes of each.
    left, right, above, below : float
        Room around each for its labels.
    beside_all, before_all, under_all : float
        Room to the right of, to the left of and under all of them: legends, names.
    """

    count: int
    columns: int
    width: float
    height: float
    left: float = 0.62
    right: float = 0.16
    above: float = 0.3
    below: float = 0.52
    beside_all: float = 0.0
    before_all: float = 0.0
    under_all: float = 0.0

    @property
    def whole_width(self) -> float:
        """Width of the page."""
        across = self.columns * (self.left + self.width + self.right)
        return self.before_all + across + self.beside_all

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return -(-self.count // self.columns)

    @property
    def whole_height(self) -> float:
        """Height of all panels with what stands under them."""
        return self.rows * (self.above + self.height + self.below) + self.under_all


@dataclass(frozen=True, slots=True)
class Page:
    """A figure with its title above and a note below, and the axes of its panels.

    Places are computed, not solved for, so that equal tables give equal bytes.
    """

    figure: Figure
    panels: list[Axes]
    foot: float
    layout: Panels

    def legend_below(self, handles: Sequence[Artist], names: Sequence[str], columns: int) -> None:
        """Write the legend under all panels."""
        y = self.foot + self.layout.under_all
        self._legend(handles, names, MARGIN, y, loc="upper left", ncols=columns)

    def legend_beside(self, handles: Sequence[Artist], names: Sequence[str]) -> None:
        """Write the legend to the right of all panels."""
        x = self.layout.whole_width - self.layout.beside_all
        middle = self.foot + self.layout.under_all + self.layout.whole_height / 2.0
        self._legend(handles, names, x, middle, loc="center left", labelspacing=0.7)

    def legend_above(self, handles: Sequence[Artist], names: Sequence[str]) -> None:
        """Write the legend over all panels."""
        y = self.foot + self.layout.whole_height
        self._legend(handles, names, MARGIN, y, loc="upper left")

    def _legend(
        self, handles: Sequence[Artist], names: Sequence[str], x: float, y: float, **look: Any
    ) -> None:
        """Write a legend of which one point stands at a place, in inches."""
        width, height = self.figure.get_size_inches()
        at = (x / width, y / height)
        look |= {"bbox_to_anchor": at, "borderaxespad": 0.0, "borderpad": 0.0}
        self.figure.legend(handles, names, **look)


@contextmanager
def styled() -> Iterator[None]:
    """Draw in this package's type and leave matplotlib's settings as they were."""
    with mpl.rc_context(TYPE):
        yield


def legend_width(names: Sequence[str]) -> float:
    """Give the inches that a legend of these names takes beside all panels."""
    return 0.5 + LETTER * max(map(len, names))


def page(layout: Panels, what: str, questions: Mapping[str, str], note: str) -> Page:
    """Lay out a figure with its panels under what it shows, and a note below on how to read it.

    Questions stand below the title, each with its scenario where there are several. That numbers
    are simulated is added to the note.
    """
    width = layout.whole_width
    room = width - 2.0 * MARGIN
    title, below = _heading(what, questions)
    titles = fitting_lines(title, room, TITLE)
    subtitles = [line for text in below for line in fitting_lines(text, room, SMALL)]
    note = drawable(f"Simulated. {note}")
    notes = fitting_lines(note + box_note([title, *below, note]), room, SMALL)
    foot = 2.0 * MARGIN + NOTE_LINE * len(notes)
    top_of_panels = foot + layout.whole_height
    top_of_subtitles = top_of_panels + MARGIN + NOTE_LINE * len(subtitles)
    height = top_of_subtitles + TITLE_LINE * len(titles) + MARGIN
    figure = Figure(figsize=(width, height), facecolor=PAPER)
    FigureCanvasAgg(figure)
    for lines, top, type_, colour, leading in (
        (titles, height - MARGIN, TITLE, INK, TITLE_LINE),
        (subtitles, top_of_subtitles, SMALL, FAINT, NOTE_LINE),
        (notes, foot - MARGIN, SMALL, FAINT, NOTE_LINE),
    ):
        for number, line in enumerate(lines):
            place = (MARGIN / width, (top - number * leading) / height)
            figure.text(*place, line, color=colour, va="top", **type_)
    panels = [_axes(figure, layout, number, top_of_panels) for number in range(layout.count)]
    return Page(figure, panels, foot, layout)


def _axes(figure: Figure, layout: Panels, number: int, top: float) -> Axes:
    width, height = figure.get_size_inches()
    row, column = divmod(number, layout.columns)
    across = layout.left + layout.width + layout.right
    down = layout.above + layout.height + layout.below
    left = layout.before_all + column * across + layout.left
    bottom = top - row * down - layout.above - layout.height
    return figure.add_axes(
        (left / width, bottom / height, layout.width / width, layout.height / height)
    )


def words(name: str) -> str:
    """Write the name of a scenario, arm or agency as words."""
    return "GP" if name == "gp" else name.replace("_", " ").strip() or name


def spaced(name: str, beside: Sequence[str] = ()) -> str:
    """Write a name as words that can be drawn and are not long.

    Parameters
    ----------
    beside : sequence of str
        Names, this one among them, that stay different.
    """
    if not beside:
        return shortened(drawable(words(name)))
    return numbered([spaced(other) for other in beside])[beside.index(name)]


def capitalised(name: str) -> str:
    """Write a name as words at the head of a sentence."""
    text = words(name)
    return text[:1].upper() + text[1:]


def titled(scenario: str, arm: str | None = None, beside: Sequence[str] = ()) -> str:
    """Name a scenario, or one arm of it, at the head of a panel; ``beside`` is as above."""
    name = capitalised(spaced(scenario, beside))
    return name if arm is None else f"{name}: {words(arm)}"


def weeks_from_release(axes: Axes, first: int, last: int) -> None:
    """Count quarters of a year from release along the horizontal axis, and mark release."""
    ticks = [week for week in range(-8 * QUARTER, last + 1, QUARTER) if week >= first]
    axes.set_xticks(ticks, ["release" if week == 0 else str(week) for week in ticks])
    axes.axvline(0, color=INK, linewidth=0.8, linestyle=(0, (2, 2)))
    axes.set(xlim=(first, last), xlabel="Weeks from release")


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move labels apart by at least ``gap`` in their order, between two ends if there is room.

    ``places`` is where each would stand, in increasing order.
    """
    moved: list[float] = []
    for place in places:
        floor = moved[-1] + gap if moved else low
        moved.append(max(place, floor))
    ceiling = high
    for index in reversed(range(len(moved))):
        moved[index] = min(moved[index], ceiling)
        ceiling = moved[index] - gap
    return moved


def _heading(what: str, questions: Mapping[str, str]) -> tuple[str, list[str]]:
    if len(questions) == 1:
        return drawable(what), [drawable(question) for question in questions.values()]
    listed = [drawable(f"{capitalised(name)}: {question}") for name, question in questions.items()]
    return drawable(what), listed
