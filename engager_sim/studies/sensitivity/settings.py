"""What can be asked of a sensitivity study, checked: method, samples, groups; from its file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from annotated_types import Ge, Le

from engager_sim.designs.study_file import (
    open_study,
    read_option,
    read_study,
    read_table,
    refuse_too_many_values,
)
from engager_sim.errors import EngagerError
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.layered_file import LayeredFile, did_you_mean
from engager_sim.scenarios.value_checks import checked, listed
from engager_sim.studies.factor_study import FactorSettings
from engager_sim.studies.sensitivity.methods import METHODS, Method, refuse_too_few

METHOD = "method"
KEYS = ("name", "samples", "groups", "resamples")
DEFAULT_SAMPLES = 256
type Samples = Annotated[int, Ge(1), Le(1 << 20)]
type Resamples = Annotated[int, Ge(20), Le(10_000)]
type Grouping = Literal["none", "theme", "role"]


@dataclass(frozen=True)
class SensitivitySettings(FactorSettings):
    """What a sensitivity study asks.

    Attributes
    ----------
    method : Method
        The method.
    samples : int
        How many; what one sample is depends on the method.
    groups : str
        ``"none"``, or what factors are taken together by: ``"theme"`` or ``"role"``.
    resamples : int
        Bootstrap resamples for each interval.
    """

    method: Method
    samples: int
    groups: str
    resamples: int

    @property
    def names(self) -> list[str]:
        """The factors' paths, or the groups where factors are taken together."""
        groups = self.group_of_factor
        if groups is not None:
            return list(dict.fromkeys(groups))
        return [factor.path for factor in self.study.factors]

    @property
    def group_of_factor(self) -> list[str] | None:
        """The group of each factor, or nothing."""
        if self.groups == "none":
            return None
        return [str(getattr(factor, self.groups)) for factor in self.study.factors]


def read_sensitivity(
    path: str | Path, fitted: FittedParameters | None = None
) -> SensitivitySettings:
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
            "the study names no method",
            (METHOD, "name"),
            allowed=listed(METHODS),
            fix='add [method] and name = "sobol"',
        )
    method = _method(file, checked(str, table["name"], (METHOD, "name"), file))
    settings = SensitivitySettings(
        study,
        method,
        samples=int(read_option(file, METHOD, "samples", Samples, DEFAULT_SAMPLES)),
        groups=str(read_option(file, METHOD, "groups", Grouping, "none")),
        resamples=int(read_option(file, METHOD, "resamples", Resamples, method.resamples)),
        fitted=fitted,
    )
    _refuse_misfits(file, settings)
    points = settings.samples * method.rows_per_sample(len(settings.names))
    refuse_too_many_values(file, study, points, (METHOD, "samples"))
    return settings


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


def _refuse_misfits(file: LayeredFile, settings: SensitivitySettings) -> None:
    method = settings.method
    for index, factor in enumerate(settings.study.factors):
        if method.numbers_only and factor.kind != "real":
            raise file.error(
                f"{method.label} takes slopes, and {factor.path} has none",
                ("factors", min(index, len(file.data["factors"]) - 1)),
                value=factor.kind,
                allowed="factors that are real numbers",
                fix="leave it out, or use another method such as sobol or morris",
            )
    if method.rows_per_block is None and settings.study.replicates < 2:
        raise file.error(
            f"the intervals of {method.label} come from replicates alone",
            ("replicates",),
            value=settings.study.replicates,
            allowed="at least 2",
        )
    if settings.group_of_factor is not None and not method.groups:
        able = [name for name, other in METHODS.items() if other.groups]
        raise file.error(
            f"{method.label} does not take factors together",
            (METHOD, "groups"),
            value=settings.groups,
            allowed="none",
            fix=f"use {' or '.join(able)}, or leave groups out",
        )
    try:
        refuse_too_few(method, settings.samples, len(settings.names))
    except EngagerError as error:
        path = tuple((error.key or METHOD).split("."))
        raise file.error(
            error.problem, path, value=error.value, allowed=error.allowed, fix=error.fix
        ) from None
