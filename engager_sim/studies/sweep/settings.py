"""What can be asked of a sweep, checked: the design and the axes of its figures; from its file."""

import dataclasses
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from annotated_types import Ge, Le

from engager_sim.designs.factors import Factor, grid
from engager_sim.designs.points_file import TABLE, read_points, with_factors_of
from engager_sim.designs.samplers import Numbers, latin_hypercube, sobol_sequence
from engager_sim.designs.study_file import (
    Study,
    open_study,
    read_option,
    read_study,
    read_table,
    refuse_too_many_values,
)
from engager_sim.errors import ScenarioError
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.layered_file import LayeredFile, did_you_mean
from engager_sim.scenarios.value_checks import listed
from engager_sim.studies.factor_study import FactorSettings

DESIGN, FIGURES = "design", "figures"
AXES = ("across", "down", "panels")
FACTORIAL = "factorial"
SAMPLERS = {"latin_hypercube": latin_hypercube, "sobol": sobol_sequence}
type DesignKind = Literal["factorial", "latin_hypercube", "sobol"]
type PointCount = Annotated[int, Ge(16), Le(1 << 20)]
MOST_POINTS, DEFAULT_POINTS = 1 << 20, 256
FEWEST_IN_LINES = 3
"""Levels of an axis between which lines of equal value are drawn."""
FEWEST_IN_TABLE = 7
"""The fitted surface has six coefficients."""


@dataclass(frozen=True)
class SweepSettings(FactorSettings):
    """What a sweep asks.

    Attributes
    ----------
    kind : str
        ``"factorial"``, ``"latin_hypercube"``, ``"sobol"`` or ``"table"``.
    values : float64 array, shape (points, factors)
        The design.
    axes : tuple of Factor
        The factors that figures show: across, down and perhaps panels; one alone has a curve.
    """

    kind: str
    values: Numbers
    axes: tuple[Factor, ...]

    @property
    def is_factorial(self) -> bool:
        """Whether every combination of levels is run."""
        return self.kind == FACTORIAL

    @property
    def interval_line(self) -> str:
        """What its intervals hold; a fitted surface has none."""
        return self.intervals.line if self.is_factorial else self.intervals.surface_line

    @property
    def has_cells(self) -> bool:
        """Whether a factorial design tells nothing between the cells of an axis.

        It does not of choices, nor of two levels: any shape could lie between them.
        """
        axes = (self.across, self.down)
        return self.is_factorial and any(
            axis.choices or len(axis.levels) < FEWEST_IN_LINES for axis in axes
        )

    @property
    def across(self) -> Factor:
        """The first axis."""
        return self.axes[0]

    @property
    def has_surface(self) -> bool:
        """Whether there are two axes, over which an outcome is a surface."""
        return len(self.axes) > 1

    @property
    def down(self) -> Factor:
        """The second axis, of sweeps that have one."""
        return self.axes[1]

    @property
    def panels(self) -> Factor | None:
        """What small multiples are by."""
        return self.axes[2] if len(self.axes) > 2 else None

    def column(self, factor: Factor) -> int:
        """Find a factor's column in the design."""
        return [other.path for other in self.study.factors].index(factor.path)


def read_sweep(path: str | Path, fitted: FittedParameters | None = None) -> SweepSettings:
    """Read a study file for a sweep.

    Raises
    ------
    ScenarioError
        On the first key or value that cannot be used.
    """
    file = open_study(path, DESIGN, FIGURES)
    read_table(file, DESIGN, ("kind", "points"))
    read_table(file, FIGURES, AXES)
    table = _table(file)
    if table is not None:
        file = with_factors_of(file, table)
    kind = str(read_option(file, DESIGN, "kind", DesignKind, FACTORIAL)) if table is None else TABLE
    if kind == FACTORIAL and "points" in file.data.get(DESIGN, {}):
        raise file.error(
            "a factorial design has a point for every combination of levels",
            (DESIGN, "points"),
            fix='leave points out, or set kind = "latin_hypercube" or "sobol"',
        )
    study = read_study(file, need_levels=kind == FACTORIAL)
    if len(study.factors) < 2 and kind != FACTORIAL:
        raise _too_few_factors(file, table)
    if table is None:
        refuse_too_many_values(file, study, _count(file, study, kind), (DESIGN, "points"))
        values = _values(file, study, kind)
    else:
        factors, values = read_points(table, study.factors)
        study = dataclasses.replace(study, factors=factors)
        _refuse_few_points(table, len(values))
        refuse_too_many_values(file, study, len(values), (DESIGN, "points"))
    return SweepSettings(study, kind, values, _axes(file, study, kind), fitted=fitted)


def _too_few_factors(file: LayeredFile, table: Path | None) -> ScenarioError:
    """Make the error for one factor without levels: of the table of points, or of the study."""
    problem = "a surface is fitted over two factors, and there is one"
    levels = f"levels and write kind = {FACTORIAL!r}"
    if table is None:
        fix = f"add another [[factors]], or give this one {levels}"
        return file.error(problem, ("factors",), allowed="at least 2", fix=fix)
    fix = f"add a column, or name this one as [[factors]] in the study file, give it {levels}"
    return ScenarioError(problem, file=table, allowed="at least 2 columns", fix=fix)


def _table(file: LayeredFile) -> Path | None:
    """Find the table of points that a study file names, if it names one."""
    named = file.data.get(DESIGN, {}).get("points")
    if not isinstance(named, str):
        return None
    if "kind" in file.data[DESIGN]:
        raise file.error(
            "a table of points is a design of its own", (DESIGN, "kind"), fix="leave kind out"
        )
    return file.top.file.parent / named


def _refuse_few_points(file: Path, count: int) -> None:
    if count < FEWEST_IN_TABLE:
        raise ScenarioError(
            "there are too few points to fit a surface to",
            file=file,
            value=f"{count} rows",
            allowed=f"at least {FEWEST_IN_TABLE}",
            fix="add points, or put each into a scenario file and use engager-sim compare",
        )


def _count(file: LayeredFile, study: Study, kind: str) -> int:
    if kind == FACTORIAL:
        return math.prod(len(factor.levels) for factor in study.factors)
    return int(read_option(file, DESIGN, "points", PointCount, DEFAULT_POINTS))


def _values(file: LayeredFile, study: Study, kind: str) -> Numbers:
    count = _count(file, study, kind)
    if kind == FACTORIAL:
        if count > MOST_POINTS:
            raise file.error(
                "there are too many combinations of levels",
                (DESIGN, "kind"),
                value=f"{count:,}",
                allowed=f"at most {MOST_POINTS:,}",
                fix="name fewer levels or factors, or use latin_hypercube",
            )
        return grid(study.factors)
    units = SAMPLERS[kind](len(study.factors), count, study.seed)
    columns = [factor.from_unit(units[:, index]) for index, factor in enumerate(study.factors)]
    return np.stack(columns, axis=1)


def _axes(file: LayeredFile, study: Study, kind: str) -> tuple[Factor, ...]:
    """Take the axes that the file names, and the first factors that can be axes for the others."""
    across, down, panels = (_axis(file, study, name) for name in AXES)
    able = [factor for factor in study.factors if kind == FACTORIAL or not factor.choices]
    across = across or next((factor for factor in able if factor is not down), None)
    down = down or next((factor for factor in able if factor is not across), None)
    paths = {factor.path for factor in able}
    if len(study.factors) == 1:
        return _only_axis(file, study.factors[0], down or panels)
    if across is None or down is None or not {across.path, down.path} <= paths:
        raise file.error(
            "a surface is fitted over two numbers, and sampled points have no levels",
            (FIGURES,),
            allowed="two factors that are numbers, as across and down",
            fix="name other axes, or use a factorial design",
        )
    chosen = [axis.path for axis in (across, down, panels) if axis is not None]
    if len(set(chosen)) < len(chosen):
        raise file.error("two axes show one factor", (FIGURES,), value=", ".join(chosen))
    return (across, down) if panels is None else (across, down, panels)


def _only_axis(file: LayeredFile, factor: Factor, other: Factor | None) -> tuple[Factor]:
    if other is not None:
        raise file.error(
            "the one factor of a sweep is shown across", (FIGURES,), value=other.path,
            fix="leave down and panels out",
        )  # fmt: skip
    return (factor,)


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
