"""The design that a trial's findings are about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engager_sim.studies.trial.settings import TrialStudy


@dataclass(frozen=True, slots=True)
class AskedTrial:
    """What findings are about: a design, and what was asked of it."""

    men: int
    practitioners: int
    primary: int  # week of the primary outcome
    residual_sd: float | None  # to which men's scores were asked to vary
    compared_with: str | None  # the service of the other arm, where it has a world of its own


def design_facts(study: TrialStudy) -> AskedTrial:
    """Say what a study's findings are about."""
    other = study.compared_with
    name = None if other is None else other.name
    return AskedTrial(*study.design, study.primary, study.residual_sd, name)


def kept_design(method: Mapping[str, Any]) -> AskedTrial:
    """Read the same from what a results folder says of its method."""
    return AskedTrial(
        int(method["size"]),
        int(method["practitioners_of_findings"]),
        int(method["primary"]),
        method["residual_sd"],
        method["compared_with"],
    )
