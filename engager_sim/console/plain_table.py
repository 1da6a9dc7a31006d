"""A table as commands print it: a title, headings, and a sentence below on how to read it."""

from collections.abc import Iterable
from typing import Any

from rich import box
from rich.table import Table


def filled_table(
    title: str, caption: str, headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]
) -> Table:
    """Make a table with its rows."""
    table = plain_table(title, caption, headings)
    for row in rows:
        table.add_row(*row)
    return table


def plain_table(title: str, caption: str, headings: tuple[str, ...]) -> Table:
    """Make a table without rows."""
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        caption=caption,
        caption_justify="left",
    )
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def with_line(output: Any, line: str) -> Any:
    """Add a line to what stands below a table; sentences stay as they are."""
    if isinstance(output, Table) and line:
        above = str(output.caption or "").removesuffix(".")
        output.caption = f"{above}. {line}" if above else line
    return output
