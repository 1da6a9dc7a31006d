"""Pairs of parameters that the targets could not tell apart."""

from typing import Any

import numpy as np

from engager_sim.figures import style
from engager_sim.figures.picture import Picture
from engager_sim.figures.scales import MINUS
from engager_sim.studies.calibrate.study import Calibration

MOST_SHOWN, COLUMNS = 6, 3


def tied_pairs(calibration: Calibration, note: str) -> Picture:
    """Draw the posterior's draws of the pairs of parameters that are most strongly tied."""
    shown = calibration.ties.head(MOST_SHOWN).to_dict("records")
    ranges = {factor.path: (factor.low, factor.high) for factor in calibration.design.factors}
    study = calibration.settings.study
    layout = style.Panels(len(shown), min(COLUMNS, len(shown)), width=1.9, height=1.6, left=0.75)
    names = [[_name(str(row[side])) for side in ("first", "second")] for row in shown]
    found = f"The targets tell {names[0][0]} and {names[0][1]} apart least"
    told = (
        "Dots: draws of the posterior, over the whole prior range; above each panel the "
        "correlation. Along a slanted cloud one parameter makes up for the other. "
    )
    with style.styled():
        page = style.page(layout, found, {study.scenario.name: study.question}, told + note)
        for axes, row in zip(page.panels, shown, strict=True):
            first, second = str(row["first"]), str(row["second"])
            draws = calibration.draws[[first, second]].to_numpy(np.float64).T
            dots: Any = {"marker": "o", "linestyle": "none", "markersize": 1.6}
            axes.plot(*draws, **dots, color=style.BLUE, alpha=0.5)
            axes.set(xlim=ranges[first], ylim=ranges[second])
            axes.set(xlabel=_name(first), ylabel=_name(second))
            axes.set_title(f"{row['correlation']:+.2f}".replace("-", MINUS))
    words = "; ".join(
        f"{first} and {second} {row['correlation']:+.2f}"
        for (first, second), row in zip(names, shown, strict=True)
    )
    return Picture("tied_pairs", found, f"Correlations: {words}. {note}", page.figure)


def _name(path: str) -> str:
    return path.rsplit(".", 1)[-1].replace("_", " ")
