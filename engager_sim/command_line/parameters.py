"""``engager-sim parameters``: every declared parameter of the theory."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import groupby
from typing import Annotated

import typer

LEVER = "lever"
MORE = (
    "One theme with ranges, defaults and sources: engager-sim parameters --theme supervision. "
    "Everything, for programs: --format csv."
)

EXAMPLES = """
Examples:

  engager-sim parameters

  engager-sim parameters --theme supervision

  engager-sim parameters --format csv > parameters.csv
"""


class Format(StrEnum):
    """How the parameters are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def parameters(
    theme: Annotated[
        str | None, typer.Option(help="Only this theme's, such as supervision.")
    ] = None,
    table_format: Annotated[
        Format, typer.Option("--format", help="table for reading; csv or json for programs.")
    ] = Format.TABLE,
) -> None:
    """Print the themes and their levers, or all of a theme: meaning, range, default, source."""
    from engager_sim.scenarios.parameters_table import FORMATS, parameter_rows

    rows = parameter_rows(theme)
    if table_format != Format.TABLE:
        typer.echo(FORMATS[table_format.value](rows), nl=False)
        return
    from engager_sim.console.plain_table import filled_table, plain_table
    from engager_sim.console.terminal import Terminal

    console = Terminal()
    if theme is None:
        headings = ("Theme", "Levers", "Others")
        title = "Themes, and what a service can move"
        console.print(filled_table(title, "", headings, _themes(rows)))
        console.print(f"{len(rows)} parameters in all. {MORE}")
        return
    table = plain_table(theme, "", ())
    for heading in ("Parameter", "Default", "Allowed", "Meaning (unit); role; source"):
        table.add_column(heading, no_wrap=heading == "Parameter")
    for row in rows:
        facts = f"{row['meaning']} ({row['unit']}); {row['role']}; {row['source']}"
        if row["anchors"]:
            facts = f"{facts}\n{row['anchors']}"
        table.add_row(str(row["name"]), _default(row["default"]), _allowed(row), facts)
    console.print(table)


def _themes(rows: Sequence[Mapping[str, object]]) -> Iterator[tuple[str, ...]]:
    """List the themes, with the levers that a service can move and how much else there is."""
    for theme, group in groupby(rows, _theme_of):
        own = list(group)
        levers = [str(row["name"]) for row in own if row["role"] == LEVER]
        yield str(theme), ", ".join(levers) or "none", str(len(own) - len(levers))


def _theme_of(row: Mapping[str, object]) -> object:
    return row["theme"]


def _default(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _allowed(row: Mapping[str, object]) -> str:
    choices = row["choices"]
    if isinstance(choices, list) and choices:
        return ", ".join(choices)
    return f"{row['low']:g} to {row['high']:g}"
