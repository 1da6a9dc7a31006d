"""The cost-effectiveness plane: each draw's health and spending more than today, by option."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from engager_sim.figures import style
from engager_sim.figures.picture import Picture
from engager_sim.figures.scales import MARKERS
from engager_sim.reports.outcome_text import chance_text
from engager_sim.studies.decide.figures.named_options import NamedOptions
from engager_sim.studies.decide.study import Decision
from engager_sim.studies.decide.wording import label_of, pounds

THOUSAND = 1000.0
EVEN = 0.5
OTHERS: Any = {"marker": ".", "markersize": 3.0, "linestyle": "none"}


def plane(decision: Decision) -> Picture:
    """Draw expected health against spending, a dot per draw, with what health may be worth."""
    facts, table = decision.facts, decision.plane
    worth = max(facts["worth"])
    net = decision.net_benefit[decision.net_benefit["worth"] == worth]
    weights = dict(zip(net["option"], net["net_benefit"], strict=True))
    names = list(dict.fromkeys(table["option"]))
    named = NamedOptions(facts, {name: weights[name] for name in names})
    title = _finding(decision, worth)
    note = (
        "A dot per draw of parameters and prices: expectations, Monte Carlo error removed; large: "
        "the mean. Below a line an option is worth what it costs, a life year being worth as much "
        "as the line says. Health follows from distress by an assumed mapping."
    )
    beside = style.legend_width(named.labels)
    layout = style.Panels(1, 1, width=4.2, height=2.9, left=0.75, beside_all=beside)
    with style.styled():
        page = style.page(layout, title, {facts["today"]: decision.settings.question}, note)
        axes = page.panels[0]
        handles = {name: _draw(axes, decision, name, named.numbers.get(name)) for name in names}
        _worths(axes, facts["worth"])
        axes.set_xlabel("Quality-adjusted life years a year more")
        axes.set_ylabel("More spent (GBP thousand)")
        page.legend_beside(named.handles(handles, **OTHERS), named.labels)
    means = table.groupby("option", sort=False)[["health", "spend"]].mean()
    described = "; ".join(
        f"{label_of(facts, str(name))}: {health:.3f} years for {pounds(spend)}"
        for name, health, spend in zip(means.index, means["health"], means["spend"], strict=True)
    )
    return Picture("cost_effectiveness", title, f"{title}. {described}. {note}", page.figure)


def _finding(decision: Decision, worth: float) -> str:
    """Say which option is likeliest to be worth what it costs."""
    table = decision.net_benefit
    rows = table[(table["worth"] == worth) & (table["option"] != decision.facts["today"])]
    best = max(rows.to_dict("records"), key=lambda row: float(row["probability_above_0"]))
    name, chance = label_of(decision.facts, best["option"]), float(best["probability_above_0"])
    at = f"At {pounds(worth)} a life year"
    if chance < EVEN:
        none = "no option is likely to be worth what it costs"
        if (rows["probability_above_0"] == chance).sum() > 1:
            return f"{at} {none}: each in {chance_text(chance)} of the draws at most"
        return f"{at} {none}: {name}, the likeliest, in {chance_text(chance)} of the draws"
    return f"{at} {name} is worth what it costs in {chance_text(chance)} of the draws"


def _draw(axes: Axes, decision: Decision, name: str, number: int | None) -> Line2D:
    """Draw an option's draws and their mean; of one that is not named the mean, faintly."""
    rows = decision.plane[decision.plane["option"] == name]
    health, spend = rows["health"].to_numpy(), rows["spend"].to_numpy() / THOUSAND
    if number is None:
        axes.plot(health.mean(), spend.mean(), color=style.FAINT, **OTHERS)
        return Line2D([], [])
    colour, marker = style.LINES[number], MARKERS[number]
    axes.plot(health, spend, linestyle="none", marker=".", ms=1.6, color=colour, alpha=0.5)
    axes.plot(health.mean(), spend.mean(), marker=marker, ms=6.0, color=colour, mec=style.PAPER)
    return Line2D([], [], linestyle="none", marker=marker, color=colour)


def _worths(axes: Axes, worths: list[float]) -> None:
    """Draw a line for each worth of a life year, and today's service where they cross."""
    ends = np.array(axes.get_xlim())
    low, high = axes.get_ylim()
    axes.axhline(0.0, color=style.FAINT, linewidth=0.6)
    axes.axvline(0.0, color=style.FAINT, linewidth=0.6)
    for worth in worths:
        axes.plot(ends, ends * worth / THOUSAND, color=style.INK, linewidth=0.8, linestyle="--")
        x = float(ends[1])
        axes.annotate(
            pounds(worth), (x, x * worth / THOUSAND), textcoords="offset points", xytext=(-2, 3),
            ha="right", color=style.FAINT, **style.SMALL,
        )  # fmt: skip
    axes.set(xlim=tuple(ends), ylim=(low, high))
