"""Which parts of the patterns the rival has the quantities for, and whether it meets them."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from docs.rival.figures import figures_of
from docs.rival.parameters import values_at
from engager_sim.studies.validate.declaration import PatternMeasure
from engager_sim.studies.validate.expected import PatternPart, read_expected
from engager_sim.studies.validate.measures import MEASURES
from engager_sim.studies.validate.observations import RunOutcome
from engager_sim.studies.validate.trial_measures import TRIAL

ENDS = {"low": 0.025, "high": 0.975}

type Numbers = npt.NDArray[np.float64]


def judged_parts(units: Numbers) -> Iterator[dict[str, Any]]:
    """Judge every part that is measured from outcomes of the trial which the rival has.

    Parameters
    ----------
    units : float64 array, shape (draws, parameters)
        Draws of the rival's posterior, on the unit cube of its prior. They stand where ``validate``
        has replicates: a figure is of their means, or an end of the 95% interval over them.
    """
    columns = figures_of(values_at(units))
    for pattern in read_expected().patterns:
        for part in pattern.parts:
            names = _observed(MEASURES[part.measure])
            if all(name in columns for name in names):
                figure = _figure(part, [columns[name] for name in names])
                yield {
                    "number": pattern.number,
                    "measure": part.measure,
                    "take": part.take,
                    "figure": round(figure, 6),
                    "verdict": part.verdict(figure),
                }


def _observed(measure: PatternMeasure) -> list[str]:
    """Name the outcomes that a measure observes; what is no outcome of the trial has no name."""
    return [
        observed.name if isinstance(observed, RunOutcome) and observed.variant == TRIAL else ""
        for observed in measure.observations
    ]


def _figure(part: PatternPart, observed: list[Numbers]) -> float:
    figure = np.asarray(MEASURES[part.measure].figure(*observed))
    return float(np.quantile(figure, ENDS[part.take]) if part.take in ENDS else figure.mean())
