"""How every figure looks: colours that colour-blind readers can tell apart, type, pages, files."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure, SubFigure

BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILLION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"
"""The palette of Okabe and Ito (2008)."""

INK, FAINT, PAPER = "#222222", "#6B6B6B", "#FFFFFF"
LINES = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY, BLACK, "#8C6D1F")
ARM_COLOURS = {"programme": BLUE, "usual_care": ORANGE, "all": FAINT}
ARM_LINES = {"programme": "solid", "usual_care": (0, (4, 1.6))}

DOTS_PER_INCH = 200
TYPE: Any = {
    "font.family": "DejaVu Sans",
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
TITLE_SIZE, NOTE_SIZE = 11.0, 7.2
TITLE_LINE, NOTE_LINE, MARGIN = 0.21, 0.145, 0.09
"""Inches that a line of the title and of a note take, and the white around them."""

QUARTER = 13
"""Weeks."""


@dataclass(frozen=True, slots=True)
class Page:
    """A figure with its title above, a note below, and room for axes between them."""

    figure: Figure
    body: SubFigure


@contextmanager
def styled() -> Iterator[None]:
    """Draw in this package's type and leave matplotlib's settings as they were."""
    with mpl.rc_context(TYPE):
        yield


def page(size: tuple[float, float], what: str, questions: Mapping[str, str], note: str) -> Page:
    """Lay out a figure.

    Parameters
    ----------
    size : tuple of float
        Width, and height of the part with axes, in inches.
    what : str
        What is shown.
    questions : mapping of str to str
        The question of each scenario. One question is the title; several stand below it.
    note : str
        How to read the figure; that its numbers are simulated is added.
    """
    width, body_height = size
    title, below = _heading(what, questions)
    title_lines = textwrap.wrap(title, round(width * 10.2))
    below_lines = [line for text in below for line in textwrap.wrap(text, round(width * 17.6))]
    note_lines = textwrap.wrap(f"Simulated. {note}", round(width * 17.6))
    head = MARGIN * 2 + TITLE_LINE * len(title_lines) + NOTE_LINE * len(below_lines)
    foot = MARGIN * 2 + NOTE_LINE * len(note_lines)
    height = head + body_height + foot
    figure = Figure(figsize=(width, height), facecolor=PAPER, layout="constrained")
    FigureCanvasAgg(figure)
    parts: Any = figure.subfigures(3, 1, height_ratios=[head, body_height, foot])
    left, top = MARGIN / width, 1.0 - MARGIN / head
    parts[0].text(
        left,
        top,
        "\n".join(title_lines),
        size=TITLE_SIZE,
        weight="bold",
        va="top",
        linespacing=1.25,
    )
    top -= TITLE_LINE * len(title_lines) / head
    below_text = "\n".join(below_lines)
    parts[0].text(left, top, below_text, size=NOTE_SIZE, color=FAINT, va="top", linespacing=1.3)
    foot_text = "\n".join(note_lines)
    parts[2].text(
        left, 1.0 - MARGIN / foot, foot_text, size=NOTE_SIZE, color=FAINT, va="top", linespacing=1.3
    )
    return Page(figure, parts[1])


def save(figure: Figure, file: Path) -> None:
    """Write a figure as PNG; equal figures give equal bytes."""
    figure.savefig(file, dpi=DOTS_PER_INCH, metadata={"Software": None})


def in_words(name: str) -> str:
    """Write the name of a scenario, arm or agency as words."""
    return "GP" if name == "gp" else name.replace("_", " ")


def titled(scenario: str, arm: str | None = None) -> str:
    """Name a scenario, or one arm of it, at the head of a panel."""
    name = in_words(scenario)
    name = name[:1].upper() + name[1:]
    return name if arm is None else f"{name}: {in_words(arm)}"


def grid(body: SubFigure, panels: int, columns: int) -> list[Axes]:
    """Make so many axes in rows of so many columns; places left over stay empty."""
    rows = -(-panels // columns)
    places = body.subplots(rows, columns, squeeze=False).ravel()
    for empty in places[panels:]:
        empty.set_visible(False)
    return list(places[:panels])


def weeks_from_release(axes: Axes, first: int, last: int) -> None:
    """Count quarters of a year from release along the horizontal axis, and mark release."""
    ticks = [week for week in range(-8 * QUARTER, last + 1, QUARTER) if week >= first]
    axes.set_xticks(ticks, ["release" if week == 0 else str(week) for week in ticks])
    axes.axvline(0, color=INK, linewidth=0.8, linestyle=(0, (2, 2)))
    axes.set(xlim=(first, last), xlabel="Weeks from release")


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move labels apart so that they do not overlap, keeping their order.

    Parameters
    ----------
    places : sequence of float
        Where each label would stand, in increasing order.
    gap : float
        Least distance between two labels.
    low, high : float
        Between which they may stand, if there is room.
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
        ((_, question),) = questions.items()
        return question, [what]
    return what, [f"{titled(name)}: {question}" for name, question in questions.items()]
