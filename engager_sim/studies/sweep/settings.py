"""A sweep as its study file describes it: the design, and the axes of its figures."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
import numpy.typing as npt
from annotated_types import Ge, Le

from engager_sim.designs.factors import Factor, grid
from engager_sim.designs.study_file import (
    Study,
    open_study,
    read_option,
    read_study,
    read_table,
    refuse_too_large,
)
from engager_sim.scenarios.scenario_file import LayeredFile, did_you_mean
from engager_sim.scenarios.value_checks import listed
from engager_sim.studies.sensitivity.salib_calls import latin_sample, problem_of, repeatable

DESIGN, FIGURES = "design", "figures"
AXES = ("across", "down", "panels")
type Kind = Literal["factorial", "latin_hypercube", "sobol"]
type Points = Annotated[int, Ge(16), Le(1 << 20)]
MOST_POINTS, DEFAULT_POINTS = 1 << 20, 256


@dataclass(frozen=True)
class SweepPlan:
    """A sweep.

    Attributes
    ----------
    study : Study
        What every study says.
    kind : str
        ``"factorial"``, ``"latin_hypercube"`` or ``"sobol"``.
    values : float64 array, shape (points, factors)
        The design.
    across, down : Factor
        The axes of the response surface.
    panels : Factor or None
        What small multiples are by.
    """

    study: Study
    kind: str
    values: npt.NDArray[np.float64]
    across: Factor
    down: Factor
    panels: Factor | None

    def place(self, factor: Factor) -> int:
        """Find a factor's column in the design."""
        return [each.path for each in self.study.factors].index(factor.path)


def read_sweep(path: str | Path) -> SweepPlan:
    """Read a study file for a sweep.

    Raises
    ------
    ScenarioError
        On the first key or value that cannot be used.
    """
    file = open_study(path, DESIGN, FIGURES)
    read_table(file, DESIGN, ("kind", "points"))
    read_table(file, FIGURES, AXES)
    kind = str(read_option(file, DESIGN, "kind", Kind, "factorial"))
    study = read_study(file, need_levels=kind == "factorial")
    if len(study.factors) < 2:
        raise file.error(
            "a sweep needs two factors",
            ("factors",),
            allowed="at least 2",
            fix="add another [[factors]]",
        )
    refuse_too_large(file, study, _count(file, study, kind), (DESIGN, "points"))
    values = _values(file, study, kind)
    across, down, panels = (_axis(file, study, name) for name in AXES)
    able = [each for each in study.factors if kind == "factorial" or not each.choices]
    across = across or next((each for each in able if each is not down), None)
    down = down or next((each for each in able if each is not across), None)
    if across is None or down is None or not {across.path, down.path} <= {e.path for e in able}:
        raise file.error(
            "a surface is fitted over two numbers, and sampled points have no levels",
            (FIGURES,),
            allowed="two factors that are numbers, as across and down",
            fix="name other axes, or use a factorial design",
        )
    chosen = [each.path for each in (across, down, panels) if each is not None]
    if len(set(chosen)) < len(chosen):
        raise file.error("two axes show one factor", (FIGURES,), value=", ".join(chosen))
    return SweepPlan(study, kind, values, across, down, panels)


def _count(file: LayeredFile, study: Study, kind: str) -> int:
    if kind == "factorial":
        return math.prod(len(factor.levels) for factor in study.factors)
    return int(read_option(file, DESIGN, "points", Points, DEFAULT_POINTS))


def _values(file: LayeredFile, study: Study, kind: str) -> npt.NDArray[np.float64]:
    count = _count(file, study, kind)
    if kind == "factorial":
        if count > MOST_POINTS:
            raise file.error(
                "there are too many combinations of levels",
                (DESIGN, "kind"),
                value=f"{count:,}",
                allowed=f"at most {MOST_POINTS:,}",
                fix="name fewer levels or factors, or use latin_hypercube",
            )
        return grid(study.factors)
    units = unit_sample(kind, len(study.factors), count, study.seed)
    columns = [factor.from_unit(units[:, place]) for place, factor in enumerate(study.factors)]
    return np.stack(columns, axis=1)


def unit_sample(kind: str, factors: int, points: int, seed: int) -> npt.NDArray[np.float64]:
    """Sample points of the unit cube: a Latin hypercube, or a scrambled Sobol sequence."""
    if kind == "latin_hypercube":
        with repeatable(seed) as salib_seed:
            return latin_sample(problem_of(factors), points, salib_seed)
    from scipy.stats import qmc

    power = max(1, int(np.ceil(np.log2(points))))
    sequence = qmc.Sobol(factors, scramble=True, rng=np.random.default_rng(seed))
    return np.asarray(sequence.random_base2(power)[:points])


def _axis(file: LayeredFile, study: Study, name: str) -> Factor | None:
    wanted = read_option(file, FIGURES, name, str, None)
    if wanted is None:
        return None
    known = {factor.path: factor for factor in study.factors}
    if wanted not in known:
        raise file.error(
            "this is none of the study's factors",
            (FIGURES, name),
            value=wanted,
            allowed=listed(known),
            fix=did_you_mean(wanted, known) or "choose one of them",
        )
    return known[wanted]
