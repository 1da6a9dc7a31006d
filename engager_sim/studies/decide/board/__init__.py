"""One page for a board: what to buy, how sure that is, and what to find out first.

It is made from a decision's tables and facts alone: ``content.py`` says what a page holds,
``composition.py`` makes one, ``html.py`` and ``pdf.py`` write it.
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pandas as pd

from engager_sim.studies.decide.wording import Facts

BOARD_HTML, BOARD_PDF = "board.html", "board.pdf"


def board_pages(
    tables: Mapping[str, pd.DataFrame], facts: Facts
) -> Mapping[str, Callable[[Path], None]]:
    """Make the page for a board, and give the files that hold it, each with what writes it.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        A decision's tables.
    facts : mapping
        What its manifest keeps of it under ``method``.
    """
    from engager_sim.studies.decide.board.composition import board_page
    from engager_sim.studies.decide.board.html import write_html
    from engager_sim.studies.decide.board.pdf import write_pdf

    page = board_page(tables, facts)
    return {BOARD_HTML: partial(write_html, page), BOARD_PDF: partial(write_pdf, page)}
