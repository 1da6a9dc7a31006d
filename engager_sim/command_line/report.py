"""``engager-sim report``: one page that a commissioner can read."""

from pathlib import Path
from typing import Annotated

import typer

from engager_sim.visible_text import shown_path

EXAMPLES = """
Examples:

  engager-sim report results/collaboration_supervision

The page is one file, report.html, with its pictures inside; it needs no network. Of a decision
the page for a board is written again too, board.html and board.pdf.
"""


def report(
    folder: Annotated[
        Path, typer.Argument(help="A results folder of any command.", show_default=False)
    ],
) -> None:
    """Write the report of a results folder: question, findings, uncertainty, sources."""
    from engager_sim.reports.page import write_pages, write_report
    from engager_sim.results.folder_checks import tidy
    from engager_sim.studies.registry import kind_of

    kind = kind_of(folder)
    tidy(folder)
    for file in (write_report(folder, kind), *write_pages(folder, kind)):
        typer.echo(f"Written: {shown_path(file)}")
