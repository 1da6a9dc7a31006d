"""How many men may expect to be better and worse off with each option, by several outcomes."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from engager_sim.figures import style
from engager_sim.figures.picture import Picture
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.studies.decide.harm import NOTABLE, notable_harm
from engager_sim.studies.decide.men_table import EXPECTED
from engager_sim.studies.decide.study import Decision
from engager_sim.studies.decide.wording import label_of, men_share, worse_share
from engager_sim.studies.decide.worlds import DISTRESS

BAR, SLACK = 0.22, 1.15
LABELS = {outcome.id: outcome.label for outcome in OUTCOMES}


def better_and_worse(decision: Decision) -> Picture:
    """Draw shares of men better off to the right, and worse off to the left."""
    rows = decision.men[decision.men["measure"] == EXPECTED]
    outcomes = list(dict.fromkeys(rows["outcome"]))
    names = [option.name for option in decision.settings.options]
    labels = [style.spaced(label_of(decision.facts, name)) for name in names]
    layout = style.Panels(
        len(outcomes), 2, width=2.2, height=BAR * len(names), left=0.25, above=0.34, below=0.5,
        before_all=0.06 * max(map(len, labels)), under_all=0.3,
    )  # fmt: skip
    note = (
        "Share of men whose expected distress changes by at least 1 point of CORE-OM, or whose "
        "chance changes by at least 5 percentage points, noise removed; bars: 95% interval over "
        "populations of men."
    )
    title = _finding(decision, rows)
    with style.styled():
        page = style.page(
            layout, title, {decision.facts["today"]: decision.settings.question}, note
        )
        largest = max(rows["better_high"].max(), rows["worse_high"].max())
        for number, (axes, outcome) in enumerate(zip(page.panels, outcomes, strict=True)):
            own = rows[rows["outcome"] == outcome].set_index("option").loc[names]
            _draw(axes, own, max(largest * SLACK, 0.02))
            axes.set_title(_panel(outcome), size=8.0)
            axes.set_yticks(
                range(len(names)), labels if number % layout.columns == 0 else [""] * len(names)
            )
        handles = [Patch(color=style.BLUE), Patch(color=style.VERMILLION)]
        page.legend_below(handles, ["better off", "worse off"], 2)
    described = "; ".join(
        f"{label_of(decision.facts, row['option'])}, {_panel(row['outcome'])}: "
        f"{men_share(row['better'])} better, {worse_share(row)} worse"
        for row in rows.to_dict("records")
    )
    return Picture("better_and_worse", title, f"{title}. {described}. {note}", page.figure)


def _panel(outcome: str) -> str:
    if outcome == DISTRESS:
        return "Distress, week 26: 1 point"
    return f"{LABELS[outcome]}: 5 pp"


def _finding(decision: Decision, rows: pd.DataFrame) -> str:
    harmed = notable_harm(rows)
    if harmed.empty:
        return f"With every option fewer than {NOTABLE:.1%} of the men may expect to be worse off"
    worst = max(harmed.to_dict("records"), key=lambda row: float(row["worse_high"]))
    return (
        f"At most {worse_share(worst)} of the men may expect to be worse off: "
        f"{label_of(decision.facts, str(worst['option']))}, {_panel(str(worst['outcome']))}"
    )


def _draw(axes: Axes, rows: pd.DataFrame, farthest: float) -> None:
    at = np.arange(len(rows))
    for side, sign, colour in (("better", 1.0, style.BLUE), ("worse", -1.0, style.VERMILLION)):
        values = sign * rows[side].to_numpy()
        axes.barh(at, values, height=0.62, color=colour)
        ends = (sign * rows[f"{side}_low"], sign * rows[f"{side}_high"])
        axes.hlines(at, *ends, color=style.INK, linewidth=1.0)
    axes.axvline(0.0, color=style.INK, linewidth=0.9)
    axes.set(xlim=(-farthest, farthest), ylim=(len(rows) - 0.5, -0.5))
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_formatter(lambda share, _: f"{abs(share):.0%}")
    axes.set_xlabel("Share of men")
