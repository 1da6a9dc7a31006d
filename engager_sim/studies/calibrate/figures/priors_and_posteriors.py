"""Each fitted parameter: its prior, and what the targets left of it."""

import textwrap

import numpy as np

from engager_sim.designs.factors import Factor
from engager_sim.figures import style
from engager_sim.figures.picture import Picture
from engager_sim.scenarios.fitted_parameters import STRUCTURE
from engager_sim.studies.calibrate.study import Calibration

COLUMNS, BINS, TITLE_WIDTH = 4, 20, 26


def priors_and_posteriors(calibration: Calibration, note: str) -> Picture:
    """Draw, for each parameter, the posterior's draws against its uniform prior."""
    factors = [factor for factor in calibration.design.factors if factor.path != STRUCTURE]
    study = calibration.settings.study
    layout = style.Panels(
        len(factors), COLUMNS, width=1.75, height=0.85, left=0.2, above=0.5, below=0.42
    )
    told = (
        "Bars: draws of the posterior, by twentieths of the parameter's range; grey line: the "
        "prior, half of which lies evenly on either side of its median. Blue: informed by the "
        "targets; grey: stayed at its prior. "
    )
    verdicts = calibration.parameters.set_index("parameter")["verdict"]
    informed = [str(path) for path in verdicts.index[verdicts == "informed"]]
    found = f"The targets informed {len(informed)} of {len(factors)} parameters"
    with style.styled():
        page = style.page(layout, found, {study.scenario.name: study.question}, told + note)
        for axes, factor in zip(page.panels, factors, strict=True):
            values = calibration.draws[factor.path].to_numpy(np.float64)
            counts, edges = np.histogram(values, BINS, (factor.low, factor.high))
            axes.bar(
                edges[:-1],
                counts * BINS / len(values),
                np.diff(edges),
                align="edge",
                color=style.BLUE if factor.path in informed else "#B8B8B8",
                linewidth=0,
            )
            middle = 0.5 * (factor.low + factor.high) if factor.median is None else factor.median
            half = 0.5 * (factor.high - factor.low)
            axes.stairs(
                [half / (middle - factor.low), half / (factor.high - middle)],
                [factor.low, middle, factor.high],
                baseline=None,
                color=style.FAINT,
                linewidth=1.0,
            )
            axes.set_title("\n".join(textwrap.wrap(_label(factor), TITLE_WIDTH)))
            ends = (factor.low, factor.high)
            axes.set(xlim=ends, yticks=[])
            axes.set_xticks(ends, [f"{end:g}" for end in ends])
            axes.spines["left"].set_visible(False)
            axes.set_xlabel(factor.unit, fontsize=7.0)
    words = (
        f"{len(informed)} of {len(factors)} parameters were informed: {', '.join(informed)}. The "
        "others stayed at their priors. "
    )
    return Picture("priors_and_posteriors", found, words + note, page.figure)


def _label(factor: Factor) -> str:
    theme, name = factor.path.split(".")
    return f"{name.replace('_', ' ')} ({theme.replace('_', ' ')})"
