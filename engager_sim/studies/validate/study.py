"""A validation: every pattern and every held-out figure, with its verdict and by how much."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from engager_sim.errors import UsageError
from engager_sim.runs.plan import refuse_unusable_numbers
from engager_sim.runs.threads import threads_of_this_machine
from engager_sim.scenarios.fitted_parameters import (
    POSTERIOR,
    REPLICATES_PER_DRAW,
    STRUCTURE,
    Drawn,
    FittedParameters,
    refuse_odd_replicates,
)
from engager_sim.scenarios.posterior_file import RESULT
from engager_sim.statistics.intervals import estimate
from engager_sim.studies.validate.ensemble import Chosen, Ensemble
from engager_sim.studies.validate.expected import Expected, Part, Pattern, read_expected
from engager_sim.studies.validate.measures import MEASURES

GROUPS = 20
"""Groups of draws, each left out once, by which figures are known to be unsure."""
LEAST_REPLICATES = 2 * GROUPS * REPLICATES_PER_DRAW
QUESTION = "How far can the fitted model be believed?"
NOT_TESTED = "not tested"
LEAST_OF_A_RIVAL = 20
"""Replicates under a rival theory below which it is not judged alone."""
ORDER = ("met", "near", "missed", NOT_TESTED)
RIVALS = ("gated", "additive")

FIGURE_COLUMNS = ("target", "label", "role", "mark", "value", "error", "low", "middle", "high")
TOLD = set(FIGURE_COLUMNS)
PRESETS = ("engager_trial", "usual_care", "colocated_hub", "therapy_led")
"""The presets whose worlds are looked at."""

type Telling = Callable[[str, int, int], None]


@dataclass(frozen=True, eq=False)
class Validation:
    """What came of a validation.

    Attributes
    ----------
    fitted : FittedParameters
        Where parameters were drawn from.
    replicates, seed : int
        Of every world.
    runs : int
        How many runs there were of all worlds.
    parts : pandas.DataFrame
        A row per part of a pattern: its figure with a 95% interval, under each rival theory alone,
        its bounds, the verdict and how far off it is.
    patterns : pandas.DataFrame
        A row per pattern: the worst verdict of its parts, also under each rival theory alone.
    figures : pandas.DataFrame
        A row per published figure: predicted 90% interval, verdict, how far off.
    """

    fitted: FittedParameters
    replicates: int
    seed: int
    runs: int
    parts: pd.DataFrame
    patterns: pd.DataFrame
    figures: pd.DataFrame

    def tables(self) -> dict[str, pd.DataFrame]:
        """Give all tables by name."""
        return {"patterns": self.patterns, "parts": self.parts, "figures": self.figures}

    @property
    def met(self) -> int:
        """How many patterns are met."""
        return int((self.patterns["verdict"] == "met").sum())


def validate(
    parameters: FittedParameters | str | Path = POSTERIOR,
    replicates: int = 400,
    seed: int = 1,
    threads: int | None = None,
    telling: Telling | None = None,
    expected: Expected | None = None,
) -> Validation:
    """Hold the model against every pattern and every held-out figure.

    Parameters
    ----------
    parameters : FittedParameters, str or Path
        Where parameters are drawn from: ``posterior``, or a calibration's file.
    replicates : int
        Runs of every world, two under each draw; at least 80.
    seed : int
        Where all luck comes from.
    threads : int, optional
        Runs at a time; as many as there are processors unless given.
    telling : callable, optional
        Called as ``telling(what, done, of)``, with how many parts of patterns are done.
    expected : Expected, optional
        The bounds; those that ship with the package unless given.

    Returns
    -------
    Validation

    Raises
    ------
    UsageError
        If the parameters or a number cannot be used.
    """
    fitted = FittedParameters.of(parameters)
    if fitted is None:
        raise UsageError(
            "what is validated is the fitted model", key="parameters", value=str(parameters),
            allowed="posterior, or a posterior.parquet that a calibration wrote",
        )  # fmt: skip
    refuse_unusable_numbers(replicates, seed, threads)
    refuse_odd_replicates(fitted, replicates)
    if replicates < LEAST_REPLICATES:
        raise UsageError(
            "too few replicates to say how sure a figure is", key="replicates", value=replicates,
            allowed=f"at least {LEAST_REPLICATES}",
        )  # fmt: skip
    wanted = expected or read_expected()
    workers = threads or threads_of_this_machine()
    seen = Ensemble(replicates, seed, workers, fitted)
    asked = [(pattern, part) for pattern in wanted.patterns for part in pattern.parts]
    rows = []
    for place, (pattern, part) in enumerate(asked):
        if telling is not None:
            telling(f"pattern {pattern.number}", place, len(asked))
        rows.append(_row(seen, pattern, part))
    parts = pd.DataFrame(rows)
    return Validation(
        fitted=fitted,
        replicates=replicates,
        seed=seed,
        runs=seen.runs,
        parts=parts,
        patterns=_verdicts(wanted, parts),
        figures=_figures(wanted, fitted),
    )


def _row(seen: Ensemble, pattern: Pattern, part: Part) -> dict[str, Any]:
    if part.measure not in MEASURES:
        raise UsageError(
            "nothing measures this", key=f"pattern {pattern.number}", value=part.measure,
            allowed=", ".join(MEASURES),
        )  # fmt: skip
    everything = seen.everything()
    figure = _figure(seen, part, everything)
    half = _unsure_by(seen, part)
    row: dict[str, Any] = {
        "number": pattern.number,
        "pattern": pattern.name,
        "measure": part.measure,
        "label": part.label,
        "take": part.take,
        "figure": figure,
        "low": figure - half,
        "high": figure + half,
        "at_least": math.nan if part.at_least is None else part.at_least,
        "at_most": math.nan if part.at_most is None else part.at_most,
        "near_within": part.near,
        "verdict": part.verdict(figure),
        "off": part.off(figure),
        "why": part.why,
    }
    for place, rival in enumerate(RIVALS):
        its = everything[_drawn(seen).rivals == place]
        tested = len(its) >= LEAST_OF_A_RIVAL and _has_rivals(seen)
        row[rival] = _figure(seen, part, its) if tested else math.nan
        row[f"verdict_{rival}"] = part.verdict(row[rival]) if tested else NOT_TESTED
    return row


def _has_rivals(seen: Ensemble) -> bool:
    fitted = seen.fitted
    return fitted is not None and STRUCTURE in [each.path for each in fitted.parameters]


def _drawn(seen: Ensemble) -> Drawn:
    if seen.fitted is None:
        raise AssertionError("a validation draws its parameters")
    return seen.fitted.drawn(seen.replicates)


def _figure(seen: Ensemble, part: Part, chosen: Chosen) -> float:
    with np.errstate(invalid="ignore", divide="ignore"):
        found = np.asarray(MEASURES[part.measure](seen, chosen), np.float64)
    if found.ndim == 0:
        return float(found)
    if part.take == "whole":
        return float(np.mean(found))
    drawn = _drawn(seen)
    interval = estimate(found, Drawn(drawn.draws[chosen], drawn.rivals[chosen]))
    return interval.low if part.take == "low" else interval.high


def _unsure_by(seen: Ensemble, part: Part) -> float:
    """Half of a 95% interval by the jackknife: groups of draws are left out, one at a time."""
    replicates = seen.everything()
    group = _drawn(seen).draws % GROUPS
    without = [_figure(seen, part, replicates[group != each]) for each in range(GROUPS)]
    error = math.sqrt((GROUPS - 1.0) * float(np.var(without)))
    return float(stdtrit(GROUPS - 1, 0.975)) * error


def _verdicts(wanted: Expected, parts: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for pattern in wanted.patterns:
        its = parts[parts["number"] == pattern.number]
        kinds = ("verdict", *(f"verdict_{rival}" for rival in RIVALS))
        worst = {kind: max(its[kind], key=ORDER.index) for kind in kinds}
        rows.append(
            {
                "number": pattern.number, "pattern": pattern.name, "claim": pattern.claim,
                "source": pattern.source, "fitted": pattern.fitted, "shaped": pattern.shaped,
                **worst,
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def _predicted(fitted: FittedParameters) -> list[Any]:
    """Give what the calibration predicted of each figure, if the posterior tells it."""
    found = fitted.facts.get(RESULT)
    targets = found.get("targets") if isinstance(found, dict) else None
    return [
        row
        for row in (targets if isinstance(targets, list) else [])
        if isinstance(row, dict) and set(row) >= TOLD and row["error"] > 0.0
    ]


def _figures(wanted: Expected, fitted: FittedParameters) -> pd.DataFrame:
    """Judge the published figures by what the calibration predicted for them."""
    rows = []
    for row in _predicted(fitted):
        value, low, high = (float(row[name]) for name in ("value", "low", "high"))
        outside = max(low - value, value - high, 0.0) / float(row["error"])
        verdict = "missed" if outside > wanted.near_errors else "near" if outside > 0.0 else "met"
        rows.append(
            {name: row[name] for name in FIGURE_COLUMNS} | {"verdict": verdict, "off": outside}
        )
    return pd.DataFrame(rows)
