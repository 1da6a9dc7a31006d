"""How likely each choice has the highest net benefit, by what a quality-adjusted year is worth."""

from typing import Any

import pandas as pd
from matplotlib.lines import Line2D

from engager_sim.figures import style
from engager_sim.figures.picture import Picture
from engager_sim.reports.outcome_text import chance_text
from engager_sim.studies.decide.figures.named_options import NamedOptions
from engager_sim.studies.decide.study import Decision
from engager_sim.studies.decide.wording import label_of

THOUSAND = 1000.0
DASHES = ("solid", (0, (5, 1.5)), (0, (2, 1.2)), (0, (6, 1.5, 1, 1.5)))


def acceptability(decision: Decision) -> Picture:
    """Draw the cost-effectiveness acceptability curves."""
    facts, table = decision.facts, decision.acceptability
    last = table[table["worth"] == table["worth"].max()]
    best = str(last.loc[last["chance_best"].idxmax(), "option"])
    title = (
        f"At GBP {last['worth'].iloc[0]:,.0f} a year, {label_of(facts, best)} is likeliest to be "
        f"worth most: {chance_text(float(last['chance_best'].max()))}"
    )
    note = (
        "Share of draws of parameters and prices in which each choice has the highest expected net "
        "benefit; health and social care. A quality-adjusted life year follows from distress by an "
        "assumed mapping: no choice should rest on this picture alone."
    )
    chances = {str(name): float(rows.max()) for name, rows in _chances(table)}
    named = NamedOptions(facts, chances)
    beside = style.legend_width(named.labels)
    layout = style.Panels(1, 1, width=4.2, height=2.5, left=0.7, beside_all=beside)
    with style.styled():
        page = style.page(layout, title, {facts["today"]: decision.settings.question}, note)
        axes = page.panels[0]
        handles = {}
        for name in chances:
            rows, look = table[table["option"] == name], _look(named.numbers.get(name))
            axes.plot(rows["worth"] / THOUSAND, rows["chance_best"], **look)
            handles[name] = Line2D([], [], **look)
        axes.set(ylim=(-0.02, 1.02), ylabel="Chance of being worth most")
        axes.set_xlabel("Worth of a quality-adjusted life year (GBP thousand)")
        axes.yaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
        page.legend_beside(named.handles(handles, linewidth=0.7), named.labels)
    described = "; ".join(
        f"{label_of(facts, str(row['option']))} {chance_text(float(row['chance_best']))}"
        for row in last.to_dict("records")
    )
    return Picture("acceptability", title, f"{title}. {described}. {note}", page.figure)


def _chances(table: pd.DataFrame) -> Any:
    return table.groupby("option", sort=False)["chance_best"]


def _look(number: int | None) -> dict[str, Any]:
    if number is None:
        return {"color": style.FAINT, "linewidth": 0.7}
    dashes = DASHES[number % len(DASHES)]
    return {"color": style.LINES[number], "linestyle": dashes, "linewidth": 1.5}
