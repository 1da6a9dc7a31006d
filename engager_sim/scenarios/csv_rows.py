"""The rows of a CSV file, and the one that is its header."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from engager_sim.errors import ScenarioError
from engager_sim.scenarios.input_file import read_text

LONGEST_LINE = 100_000

type FilledRow = tuple[int, list[str]]
"""The line of the file in which a row ends, counted from 1, and the texts of its cells."""


def read_header(file: Path, most_bytes: int, description: str) -> FilledRow:
    """Read the row in which the header of a CSV file stands, and the names of its columns.

    Raises
    ------
    ScenarioError
        If it cannot be read.
    """
    return header_of(filled_rows(file, most_bytes, description))


def filled_rows(file: Path, most_bytes: int, description: str) -> Iterator[FilledRow]:
    """Read the rows that hold any text, the header first, each with its number."""
    lines = csv.reader(_lines(file, read_text(file, most_bytes, description)), strict=True)
    is_first = True
    try:
        for cells in lines:
            texts = [cell.strip() for cell in cells]
            if any(texts):
                if not (is_first and _tells_separator(texts)):
                    yield lines.line_num, texts
                is_first = False
    except csv.Error as error:
        raise ScenarioError(
            f"this is not a CSV table: {error}",
            file=file,
            key=f"row {lines.line_num}",
            fix='put text that holds a comma or a line break in "quotation marks"',
        ) from None


def _tells_separator(texts: list[str]) -> bool:
    """Tell whether a first row is what spreadsheets say to themselves: ``sep=,``."""
    return texts[0].lower() == "sep=" and texts[1:] in ([""], ["", ""])


def header_of(filled: Iterator[FilledRow]) -> FilledRow:
    """Take the header: its row, and its names without the empty ones that spreadsheets add."""
    line, names = next(filled, (0, []))
    while names and not names[-1]:
        del names[-1]
    return line, names


def _lines(file: Path, text: str) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=""), 1):
        if len(line) > LONGEST_LINE:
            raise ScenarioError(
                "this line is too long for a table",
                file=file,
                key=f"row {number}",
                value=f"{len(line):,} characters",
                allowed=f"at most {LONGEST_LINE:,} characters",
                fix="check that it is the file you mean",
            )
        yield line
