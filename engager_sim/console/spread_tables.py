"""What is printed where parameters were drawn: the parts of the spread, and the draws."""

from collections.abc import Iterable, Sequence

import pandas as pd
from rich.table import Table

from engager_sim.console.plain_table import plain_table
from engager_sim.designs.factors import Factor
from engager_sim.reports.spread import EXPLANATION, HEADINGS, precision_sentence, spread_cells
from engager_sim.scenarios.fitted_parameters import POSTERIOR, FittedParameters
from engager_sim.scenarios.scenario import Scenario


def draws_described(
    fitted: FittedParameters | None, scenarios: Sequence[Scenario], factors: Sequence[Factor] = ()
) -> Iterable[str]:
    """Say where parameters were drawn from, and which of them a file or a study decides."""
    if fitted is None:
        return
    yield (
        f"{len(fitted.parameters)} parameters were drawn from {_named(fitted)} "
        f"({len(fitted.numbers):,} draws); made by: "
        f"{fitted.facts.get('made_by', 'unknown')}"
    )
    if believed := fitted.facts.get("elicited"):
        yield (
            f"The draws were weighed by your own numbers for {', '.join(believed)}; "
            f"{fitted.facts.get('carried_by', 'an unknown number')} of them carry that."
        )
    for scenario in scenarios:
        if aside := fitted.set_aside_by(scenario):
            yield f"{scenario.name} sets these itself: {', '.join(aside)}."
    drawn = {parameter.path for parameter in fitted.parameters}
    if varied := [factor.path for factor in factors if factor.path in drawn]:
        yield f"The study varies these itself: {', '.join(varied)}."


def _named(fitted: FittedParameters) -> str:
    ships = fitted.name == POSTERIOR
    return "the posterior that ships with the package" if ships else fitted.name


def spread_table(title: str, rows: pd.DataFrame, value: str, draws: int) -> Table:
    """Make the table of where the spread of the headline outcomes lies.

    Parameters
    ----------
    rows : pandas.DataFrame
        A row per outcome.
    value : str
        The column that holds the mean.
    draws : int
        How many draws were used.
    """
    known = precision_sentence(rows, draws)
    table = plain_table(title, f"{EXPLANATION}. {known}".removesuffix("."), ())
    for heading in HEADINGS:
        table.add_column(heading, justify="left" if heading == HEADINGS[0] else "right")
    for cells in spread_cells(rows, value, between="\n"):
        table.add_row(*cells)
    return table
