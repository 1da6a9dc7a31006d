"""A table of a report, ready to print."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table to show.

    Attributes
    ----------
    title, explanation : str
        What it is, and a sentence on how to read it.
    headings : sequence of str
        Of its columns.
    rows : sequence of sequence of str
        Its cells.
    source : str
        The table of the results folder that it shows, to which the page then links.
    numbers : sequence of int
        Which row of that table, counted from 1, each row shows, if it shows one: the sentences
        that rest on it then lead here.
    """

    title: str
    explanation: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    source: str = ""
    numbers: Sequence[int] = ()
