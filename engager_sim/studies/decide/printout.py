"""What ``engager-sim decide`` prints: the answer, options side by side, who is better and worse."""

from collections.abc import Iterable, Sequence
from typing import Any

from rich.table import Table

from engager_sim.console.plain_table import filled_table
from engager_sim.studies.decide.cells import (
    DOUBT_HEADINGS,
    MEN_HEADINGS,
    OPTION_HEADINGS,
    Cells,
    doubt_cells,
    men_cells,
    option_cells,
)
from engager_sim.studies.decide.findings import findings
from engager_sim.studies.decide.study import Decision
from engager_sim.studies.decide.wording import begun, what_is_gained


def printed(decision: Decision) -> Iterable[Any]:
    """Give the tables and sentences that the command prints."""
    tables, facts = decision.tables(), decision.facts
    yield options_printed(decision)
    yield filled_table(
        "Men better and worse off than today",
        "simulated; share of men [95% interval over populations] whose expected distress changes "
        "by at least 1 point, or whose chance changes by at least 5 percentage points",
        MEN_HEADINGS,
        men_cells(tables, facts),
    )
    if doubts := list(doubt_cells(tables, facts)):
        yield _doubts_printed(doubts)
    yield from findings(tables, facts)


def _doubts_printed(doubts: Sequence[Cells]) -> Table:
    return filled_table(
        "What is left of the best option where a theme does nothing",
        "simulated; gain over today [95% interval over populations], of the fewer lives that are "
        "run with and without each theme; doubt: how probable it must "
        "be that the theme does nothing for another choice to be as good",
        DOUBT_HEADINGS,
        doubts,
    )


def options_printed(decision: Decision) -> Table:
    """Make the table of options: what each gives, costs, and how likely it is the best."""
    facts = decision.facts
    return filled_table(
        begun(f"{what_is_gained(facts)}, a year, and what it costs"),
        "simulated; gain [95% interval] and spend of the local budget (GBP, at median prices), "
        "more than today; best: share of draws in which it is, of what the budget buys",
        OPTION_HEADINGS,
        option_cells(decision.tables(), facts),
    )
