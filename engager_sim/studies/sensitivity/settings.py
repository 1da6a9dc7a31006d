"""The [method] of a study file: which method, how many samples, how factors are grouped."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from annotated_types import Ge, Le

from engager_sim.designs.study_file import (
    Study,
    open_study,
    read_option,
    read_study,
    read_table,
    refuse_too_large,
)
from engager_sim.errors import EngagerError
from engager_sim.scenarios.scenario_file import LayeredFile, did_you_mean
from engager_sim.scenarios.value_checks import checked, listed
from engager_sim.studies.sensitivity.methods import METHODS, Method, refuse_too_few

METHOD = "method"
KEYS = ("name", "samples", "groups", "resamples")
DEFAULT_SAMPLES = 256
type Samples = Annotated[int, Ge(1), Le(1 << 20)]
type Resamples = Annotated[int, Ge(20), Le(10_000)]
type Grouping = Literal["none", "theme", "role"]


@dataclass(frozen=True)
class SensitivityStudy:
    """A sensitivity study as its file describes it.

    Attributes
    ----------
    study : Study
        What every study says.
    method : Method
        The method.
    samples : int
        How many; what one sample is depends on the method.
    groups : str
        ``"none"``, or what factors are taken together by: ``"theme"`` or ``"role"``.
    resamples : int
        Bootstrap resamples for each interval.
    """

    study: Study
    method: Method
    samples: int
    groups: str
    resamples: int

    @property
    def names(self) -> list[str]:
        """The factors' paths, or the groups where factors are taken together."""
        groups = self.group_of_each
        if groups is not None:
            return list(dict.fromkeys(groups))
        return [factor.path for factor in self.study.factors]

    @property
    def group_of_each(self) -> list[str] | None:
        """The group of each factor, or nothing."""
        if self.groups == "none":
            return None
        return [str(getattr(factor, self.groups)) for factor in self.study.factors]


def read_sensitivity(path: str | Path) -> SensitivityStudy:
    """Read a study file for a sensitivity analysis.

    Raises
    ------
    ScenarioError
        On the first key or value that cannot be used.
    """
    file = open_study(path, METHOD)
    study = read_study(file, need_levels=False)
    table = read_table(file, METHOD, KEYS)
    if "name" not in table:
        raise file.error(
            "the study names no method", (METHOD, "name"), allowed=listed(METHODS),
            fix='add [method] and name = "sobol"',
        )  # fmt: skip
    method = _method(file, checked(str, table["name"], (METHOD, "name"), file))
    groups = str(read_option(file, METHOD, "groups", Grouping, "none"))
    samples = int(read_option(file, METHOD, "samples", Samples, DEFAULT_SAMPLES))
    made = SensitivityStudy(
        study, method, samples, groups,
        int(read_option(file, METHOD, "resamples", Resamples, method.resamples)),
    )  # fmt: skip
    _refuse_misfits(file, made)
    points = samples * method.rows_per_sample(len(made.names))
    refuse_too_large(file, study, points, (METHOD, "samples"))
    return made


def _method(file: LayeredFile, name: str) -> Method:
    if name not in METHODS:
        raise file.error(
            "there is no such method",
            (METHOD, "name"),
            value=name,
            allowed=", ".join(METHODS),
            fix=did_you_mean(name, METHODS) or "choose one of them",
        )
    return METHODS[name]


def _refuse_misfits(file: LayeredFile, made: SensitivityStudy) -> None:
    for place, factor in enumerate(made.study.factors):
        if made.method.numbers_only and factor.kind != "real":
            raise file.error(
                f"{made.method.label} takes slopes, and {factor.path} has none",
                ("factors", min(place, len(file.data["factors"]) - 1)),
                value=factor.kind,
                allowed="factors that are real numbers",
                fix="leave it out, or use another method such as sobol or morris",
            )
    if made.method.rows_per_block is None and made.study.replicates < 2:
        raise file.error(
            f"the intervals of {made.method.label} come from replicates alone",
            ("replicates",),
            value=made.study.replicates,
            allowed="at least 2",
        )
    groups = made.group_of_each
    if groups is not None and not made.method.groups:
        able = [method.name for method in METHODS.values() if method.groups]
        raise file.error(
            f"{made.method.label} does not take factors together",
            (METHOD, "groups"),
            value=made.groups,
            allowed="none",
            fix=f"use {' or '.join(able)}, or leave groups out",
        )
    try:
        refuse_too_few(made.method, made.samples, len(made.names))
    except EngagerError as error:
        path = tuple((error.key or METHOD).split("."))
        raise file.error(
            error.problem, path, value=error.value, allowed=error.allowed, fix=error.fix
        ) from None
