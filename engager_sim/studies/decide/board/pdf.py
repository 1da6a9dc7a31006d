"""A board's page as PDF: one sheet of A4 whose text can be selected, drawn by matplotlib alone."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from engager_sim.figures import style
from engager_sim.figures.drawn_text import drawable, fitting_lines
from engager_sim.studies.decide.board.content import BoardPage, ChoiceRow, Section
from engager_sim.studies.decide.board.drawing import RULE, SHADE, draw, look_of, room_before

WIDTH, HEIGHT = 8.27, 11.69
"""Inches of A4."""
MARGIN, GAP, BETWEEN = 0.6, 0.16, 0.04
INSIDE = WIDTH - 2.0 * MARGIN
HALF = (INSIDE - 2.0 * GAP) / 2.0
COLUMNS = (0.0, 2.75, 3.75, 4.75, 6.2, INSIDE)
"""Where the columns of the table end, from the left margin; the first begins there."""
LABEL = 1.55
"""Inches of the column of labels."""
TALLEST, LOWEST = 2.3, 1.0
"""Inches that the axes of a chart take."""
TITLE: Any = {"size": 14.0, "weight": "bold"}
LEAD: Any = {"size": 11.5, "weight": "bold"}
STRONG: Any = {"size": 9.0, "weight": "bold"}
PLAIN: Any = {"size": 9.0, "weight": "normal"}
SMALL: Any = {"size": 8.0, "weight": "normal"}
SPACING = 1.42 / 72.0
"""Inches from line to line, for each point of type."""
METADATA = {"CreationDate": None, "Producer": None, "Creator": "engager_sim"}
EMBEDDED: Any = {"pdf.fonttype": 42}
"""TrueType: text stays text."""


def write_pdf(page: BoardPage, file: Path) -> None:
    """Write a page; equal pages give equal bytes."""
    with style.styled(), mpl.rc_context(EMBEDDED):
        metadata = METADATA | {"Title": drawable(page.question)}
        board_sheet(page).savefig(file, format="pdf", metadata=metadata)


def board_sheet(page: BoardPage) -> Figure:
    """Lay out a page: its charts take the height that its text leaves."""
    with style.styled():
        sheet = _Sheet()
        sheet.write(page.question, TITLE)
        for label, question in page.offered:
            sheet.write(f"{label}: {question}", SMALL, colour=style.FAINT)
        sheet.down(GAP)
        _answer(sheet, page.answer)
        _table(sheet, page)
        foot = MARGIN + _height(_lines(" ".join(page.footer), INSIDE, SMALL), SMALL)
        _charts(sheet, page, foot + GAP + _sections_height(page))
        _sections(sheet, page)
        sheet.top = foot
        sheet.rule(sheet.top + 0.06)
        sheet.write(" ".join(page.footer), SMALL, colour=style.FAINT)
    return sheet.figure


class _Sheet:
    """A sheet that is written from the top; ``top`` is how far, in inches from below."""

    def __init__(self) -> None:
        self.figure = Figure(figsize=(WIDTH, HEIGHT), facecolor=style.PAPER)
        FigureCanvasPdf(self.figure)
        self.top = HEIGHT - MARGIN

    def write(
        self, text: str, type_: Mapping[str, Any], left: float = MARGIN, width: float = INSIDE,
        colour: str = style.INK,
    ) -> None:  # fmt: skip
        """Write text over as many lines as it takes, and go down below them."""
        lines = _lines(text, width, type_)
        for number, line in enumerate(lines):
            self.place(line, left, self.top - number * _leading(type_), type_, colour)
        self.down(_height(lines, type_))

    def place(
        self, line: str, x: float, y: float, type_: Mapping[str, Any], colour: str = style.INK,
        side: str = "left",
    ) -> None:  # fmt: skip
        """Write one line at a place."""
        self.figure.text(x / WIDTH, y / HEIGHT, line, va="top", ha=side, color=colour, **type_)

    def down(self, inches: float) -> None:
        """Go down."""
        self.top -= inches

    def rule(self, y: float, colour: str = RULE) -> None:
        """Draw a line over the width."""
        ends = [MARGIN / WIDTH, 1.0 - MARGIN / WIDTH]
        self.figure.add_artist(Line2D(ends, [y / HEIGHT] * 2, color=colour, linewidth=0.6))

    def shade(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Fill a rectangle."""
        place = (x / WIDTH, y / HEIGHT)
        self.figure.add_artist(
            Rectangle(place, width / WIDTH, height / HEIGHT, color=colour, linewidth=0, zorder=-1)
        )


def _answer(sheet: _Sheet, sentences: Sequence[str]) -> None:
    left, width = MARGIN + GAP, INSIDE - 2.0 * GAP
    first, rest = sentences[0], " ".join(sentences[1:])
    height = _height(_lines(first, width, LEAD), LEAD) + _height(_lines(rest, width, PLAIN), PLAIN)
    height += 0.04 + 1.5 * GAP
    sheet.shade(MARGIN, sheet.top - height, INSIDE, height, SHADE)
    sheet.shade(MARGIN, sheet.top - height, 0.05, height, style.BLUE)
    sheet.down(0.75 * GAP)
    sheet.write(first, LEAD, left, width)
    sheet.down(0.04)
    sheet.write(rest, PLAIN, left, width)
    sheet.down(1.75 * GAP)


def _table(sheet: _Sheet, page: BoardPage) -> None:
    sheet.write(page.reading, SMALL, colour=style.FAINT)
    sheet.down(0.05)
    first, *others = page.headings
    heads = [
        _lines(text, end - start - 0.1, SMALL | {"weight": "bold"})
        for text, start, end in zip(others, (LABEL, *COLUMNS[1:]), COLUMNS[1:], strict=False)
    ]
    tallest = max(map(len, heads))
    bold = SMALL | {"weight": "bold"}
    for lines, end in zip(heads, COLUMNS[1:], strict=True):
        for number, line in enumerate(lines):
            y = sheet.top - (tallest - len(lines) + number) * _leading(bold)
            sheet.place(line, MARGIN + end, y, bold, side="right")
    sheet.place(first, MARGIN, sheet.top - (tallest - 1) * _leading(bold), bold)
    sheet.down(tallest * _leading(bold) + 0.04)
    sheet.rule(sheet.top, style.INK)
    for row in page.rows:
        _row(sheet, row)
    if page.more:
        sheet.down(0.04)
        sheet.write(page.more, SMALL, colour=style.FAINT)
    sheet.down(1.5 * GAP)


def _row(sheet: _Sheet, row: ChoiceRow) -> None:
    type_ = STRONG if row.is_best else PLAIN
    lines = _lines(row.label, LABEL - 0.3, type_)
    starts = (LABEL, *COLUMNS[1:])
    cells = [
        _lines(cell, end - start - 0.08, type_)
        for cell, start, end in zip(row.cells, starts, COLUMNS[1:], strict=False)
    ]
    height = max(_height(each, type_) for each in (lines, *cells)) + 0.07
    if row.is_best:
        sheet.shade(MARGIN, sheet.top - height, INSIDE, height, SHADE)
    sheet.down(0.05)
    form, colour = look_of(row.look)
    sheet.figure.add_artist(
        Line2D(
            [(MARGIN + 0.09) / WIDTH], [(sheet.top - 0.065) / HEIGHT], marker=form, color=colour,
            markersize=5.5, markerfacecolor=colour if row.is_affordable else style.PAPER,
        )
    )  # fmt: skip
    for number, line in enumerate(lines):
        sheet.place(line, MARGIN + 0.24, sheet.top - number * _leading(type_), type_)
    for cell, end in zip(cells, COLUMNS[1:], strict=True):
        for number, line in enumerate(cell):
            y = sheet.top - number * _leading(type_)
            sheet.place(line, MARGIN + end, y, type_, side="right")
    sheet.down(height - 0.05)
    sheet.rule(sheet.top)


def _charts(sheet: _Sheet, page: BoardPage, below: float) -> None:
    """Draw the charts side by side under what they show, above what needs so many inches."""
    under = 0.5
    captions = [_lines(chart.finding, HALF, STRONG) for chart in page.charts]
    caption = max(_height(lines, STRONG) for lines in captions) + 0.08
    height = min(TALLEST, max(LOWEST, sheet.top - caption - under - below))
    for number, (chart, lines) in enumerate(zip(page.charts, captions, strict=True)):
        left = MARGIN + number * (HALF + 2.0 * GAP)
        for at, line in enumerate(lines):
            sheet.place(line, left, sheet.top - at * _leading(STRONG), STRONG)
        room = room_before(chart)
        bottom = sheet.top - caption - height
        place = (left + room) / WIDTH, bottom / HEIGHT, (HALF - room) / WIDTH, height / HEIGHT
        draw(chart, sheet.figure.add_axes(place))
    sheet.down(caption + height + under)


def _sections(sheet: _Sheet, page: BoardPage) -> None:
    """Write the sections in two columns."""
    top = sheet.top
    for number, column in enumerate(page.columns):
        sheet.top, left = top, MARGIN + number * (HALF + 2.0 * GAP)
        for section in column:
            sheet.write(section.heading, STRONG, left, HALF, style.BLUE)
            for sentence in section.sentences:
                sheet.write(sentence, PLAIN, left, HALF)
                sheet.down(BETWEEN)
            sheet.down(BETWEEN)


def _sections_height(page: BoardPage) -> float:
    return max(sum(map(_section_height, column)) for column in page.columns)


def _section_height(section: Section) -> float:
    lines = (_height(_lines(text, HALF, PLAIN), PLAIN) + BETWEEN for text in section.sentences)
    return _leading(STRONG) + BETWEEN + sum(lines)


def _lines(text: str, width: float, type_: Mapping[str, Any]) -> list[str]:
    return fitting_lines(drawable(text), width, type_)


def _leading(type_: Mapping[str, Any]) -> float:
    return SPACING * float(type_["size"])


def _height(lines: Sequence[str], type_: Mapping[str, Any]) -> float:
    return len(lines) * _leading(type_)
