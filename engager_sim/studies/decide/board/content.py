"""What a page for a board holds: text, one table, two charts. Its renderers add no word to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

MOST_WORDS = 350
"""Words of a page, those of its table and charts among them."""
SIMULATED = "Simulated: what a theory implies, not what a service showed."
ELSEWHERE = "Everything else: "
REPORT = "report.html"
TODAY_LOOK = -1
"""The look of today's service; options are numbered by their rows."""


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis of a chart.

    Attributes
    ----------
    label : str
        What it measures.
    ticks : tuple of (float, str)
        Places and what stands there.
    low, high : float
        Its ends.
    """

    label: str
    ticks: tuple[tuple[float, str], ...]
    low: float
    high: float

    def texts(self) -> Iterator[str]:
        """Yield what is written along it."""
        yield self.label
        yield from (text for _, text in self.ticks)


@dataclass(frozen=True, slots=True)
class Span:
    """A value with the ends of its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ChartMark:
    """A choice in the chart of gain against spend: a row of the table."""

    look: int
    spend: Span
    gain: Span
    is_affordable: bool


@dataclass(frozen=True, slots=True)
class GainAgainstSpend:
    """Choices by what they cost and give; the budget, if there is one, is the text at its place."""

    finding: str
    alternative: str
    across: Axis
    up: Axis
    marks: tuple[ChartMark, ...]
    budget: tuple[float, str] | None

    def texts(self) -> Iterator[str]:
        """Yield what is written in it."""
        yield from self.across.texts()
        yield from self.up.texts()
        if self.budget is not None:
            yield self.budget[1]


@dataclass(frozen=True, slots=True)
class WithoutThemes:
    """What is left of a gain, ``whole``, where a theme of the theory does nothing."""

    finding: str
    alternative: str
    across: Axis
    names: tuple[str, ...]
    left: tuple[Span, ...]
    whole: float

    def texts(self) -> Iterator[str]:
        """Yield what is written in it."""
        yield from self.across.texts()
        yield from self.names


type Chart = GainAgainstSpend | WithoutThemes


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A row of the table: a choice, its cells, its look in the chart, whether it alone is best."""

    label: str
    cells: tuple[str, ...]
    look: int
    is_affordable: bool
    is_best: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with sentences under it."""

    heading: str
    sentences: Sequence[str]


@dataclass(frozen=True, slots=True)
class BoardPage:
    """One page.

    Attributes
    ----------
    question : str
        What is to be decided.
    offered : sequence of (str, str)
        What could be bought: a label, and the question that its scenario asks.
    answer : sequence of str
        At most three sentences.
    reading : str
        How to read the table.
    headings : sequence of str
        Of its columns.
    rows : sequence of Row
        Today's service first, then the best ones.
    more : str
        Says how many choices are not in the table; empty if none.
    charts : sequence of Chart
        Two at most.
    sections : sequence of Section
        How sure, who may be harmed, for whom, what to find out first.
    """

    question: str
    offered: Sequence[tuple[str, str]]
    answer: Sequence[str]
    reading: str
    headings: Sequence[str]
    rows: Sequence[ChoiceRow]
    more: str
    charts: Sequence[Chart]
    sections: Sequence[Section]
    footer: Sequence[str] = field(default=(SIMULATED, ELSEWHERE, REPORT))

    @property
    def columns(self) -> tuple[Sequence[Section], Sequence[Section]]:
        """Its sections, in the two columns in which they stand."""
        half = max(1, len(self.sections) // 2)
        return self.sections[:half], self.sections[half:]

    def texts(self) -> Iterator[str]:
        """Yield everything that is written on the page outside its charts."""
        yield self.question
        for label, question in self.offered:
            yield from (label, question)
        yield from self.answer
        yield from (self.reading, *self.headings)
        for row in self.rows:
            yield from (row.label, *row.cells)
        yield self.more
        yield from (chart.finding for chart in self.charts)
        for section in self.sections:
            yield from (section.heading, *section.sentences)
        yield from self.footer

    def words(self) -> int:
        """Count its words; of a chart, what is written in it or stands for it, if that is more."""
        in_charts = sum(
            max(count_words(" ".join(chart.texts())), count_words(chart.alternative))
            for chart in self.charts
        )
        return count_words(" ".join(self.texts())) + in_charts


def count_words(text: str) -> int:
    """Count what stands between blanks and has a letter or a digit."""
    return sum(any(letter.isalnum() for letter in word) for word in text.split())
