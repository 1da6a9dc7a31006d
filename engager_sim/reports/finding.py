"""A sentence of a report with the rows of tables that its numbers come from."""

from typing import Any, NamedTuple, Self

import pandas as pd


class TableRow(NamedTuple):
    """A row of a results folder's table, counted from 1, its headings left out."""

    table: str
    number: int


class Finding(str):
    """A sentence that knows where its numbers stand; printed, it is the sentence alone.

    Parameters
    ----------
    text : str
        The sentence.
    *rows : TableRow
        Where its numbers come from.
    """

    rows: tuple[TableRow, ...]

    def __new__(cls, text: str, *rows: TableRow) -> Self:
        """Make a sentence; a row that is named twice counts once."""
        found = super().__new__(cls, text)
        found.rows = tuple(dict.fromkeys(rows))
        return found


def rows_of(sentence: str) -> tuple[TableRow, ...]:
    """Give where a sentence's numbers come from; nothing of one that does not say."""
    return sentence.rows if isinstance(sentence, Finding) else ()


def table_rows(table: str, rows: pd.DataFrame) -> list[TableRow]:
    """Say where rows of a table stand in it, by an index that counts them from 0."""
    return [TableRow(table, int(at) + 1) for at in rows.index]


def recorded(table: str, rows: pd.DataFrame) -> list[tuple[TableRow, dict[Any, Any]]]:
    """Give rows of a table as records, each with where it stands."""
    return list(zip(table_rows(table, rows), rows.to_dict("records"), strict=True))
