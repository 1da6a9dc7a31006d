"""A board's page as HTML: one file with its charts inside, which needs no network."""

from base64 import b64encode
from pathlib import Path
from typing import NamedTuple

from engager_sim.figures import style
from engager_sim.reports.html_text import page_environment
from engager_sim.studies.decide.board.content import BoardPage, ChoiceRow
from engager_sim.studies.decide.board.drawing import RULE, SHADE, look_of, outline, svg

TEMPLATE = "board.html.j2"


class RowMark(NamedTuple):
    """How a row of the table is marked, as the chart marks it."""

    points: str
    colour: str
    inside: str


def write_html(page: BoardPage, file: Path) -> None:
    """Write a page; equal pages give equal bytes."""
    file.write_text(board_html(page), encoding="utf-8")


def board_html(page: BoardPage) -> str:
    """Write a page as text."""
    template = page_environment(__package__).get_template(TEMPLATE)
    return template.render(
        page=page,
        marks=[_mark(row) for row in page.rows],
        charts=[(chart, b64encode(svg(chart).encode()).decode()) for chart in page.charts],
        ink=style.INK,
        faint=style.FAINT,
        blue=style.BLUE,
        shade=SHADE,
        rule=RULE,
    )


def _mark(row: ChoiceRow) -> RowMark:
    _, colour = look_of(row.look)
    points = " ".join(f"{x:.3f},{-y:.3f}" for x, y in outline(row.look))
    return RowMark(points, colour, colour if row.is_affordable else style.PAPER)
