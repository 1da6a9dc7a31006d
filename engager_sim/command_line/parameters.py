"""``engager-sim parameters``: every declared parameter of the theory."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

import typer

EXAMPLES = """
Examples:

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
    """Print every parameter: meaning, unit, range, default, source, and who decides it."""
    from engager_sim.scenarios.parameters_table import FORMATS, parameter_rows

    rows = parameter_rows(theme)
    if table_format != Format.TABLE:
        typer.echo(FORMATS[table_format.value](rows), nl=False)
        return
    from rich import box
    from rich.table import Table

    from engager_sim.console.terminal import Terminal

    console = Terminal()
    for group in dict.fromkeys(str(row["theme"]) for row in rows):
        table = Table(title=group, title_justify="left", box=box.SIMPLE_HEAD)
        for heading in ("Parameter", "Default", "Allowed", "Meaning (unit); role; source"):
            table.add_column(heading, no_wrap=heading == "Parameter")
        for row in rows:
            if row["theme"] == group:
                facts = f"{row['meaning']} ({row['unit']}); {row['role']}; {row['source']}"
                if row["anchors"]:
                    facts = f"{facts}\n{row['anchors']}"
                table.add_row(str(row["name"]), _default(row["default"]), _allowed(row), facts)
        console.print(table)


def _default(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _allowed(row: Mapping[str, object]) -> str:
    choices = row["choices"]
    if isinstance(choices, list) and choices:
        return ", ".join(choices)
    return f"{row['low']:g} to {row['high']:g}"
