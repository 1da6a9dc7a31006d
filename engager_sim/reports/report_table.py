"""A table of a report, ready to print."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table to show: its title, a sentence on how to read it, headings and cells."""

    title: str
    explanation: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
