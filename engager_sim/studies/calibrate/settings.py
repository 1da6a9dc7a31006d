"""What can be asked of a calibration: targets, points, share accepted, draws, truths, a service.

Figures of one sample share its people, so their errors may go together; how far is an assumption.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
from annotated_types import Ge, Gt, Le, Len

from engager_sim.designs.matched_populations import refuse_other_men
from engager_sim.designs.study_file import (
    Study,
    named_scenario,
    open_study,
    read_option,
    read_study,
    read_table,
    refuse_too_many_values,
)
from engager_sim.scenarios.fitted_parameters import STRUCTURE
from engager_sim.scenarios.layered_file import LayeredFile, did_you_mean
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.calibrate.targets import FIT, SHIPPED, Target, read_targets

CALIBRATION, KEY = "calibration", "error_correlation"
KEYS = (
    "targets", "points", "accepted", "draws", "truths", "error_correlation", "service", "options"
)  # fmt: skip
TRIED_CORRELATIONS = (0.0, 0.5)
"""Correlations of the errors of figures of one sample: what is assumed, and what else is tried."""
LEAST_EIGENVALUE = 1e-9
"""A matrix of correlations whose least eigenvalue is not above this is none."""
type Points = Annotated[int, Ge(64), Le(1 << 20)]
type AcceptedShare = Annotated[float, Gt(0.0), Le(0.5)]
type Draws = Annotated[int, Ge(20), Le(100_000)]
type Truths = Annotated[int, Ge(0), Le(10_000)]
type Correlation = Annotated[float, Ge(-1.0), Le(1.0)]
type Options = Annotated[list[str], Len(1, 20)]


@dataclass(frozen=True)
class CalibrationSettings:
    """What a calibration asks, as its study file says it."""

    file: Path  # the study file, as it was named
    study: Study  # what every study says; its factors are what is fitted
    targets: tuple[Target, ...]  # the targets that are fitted
    held_out: tuple[Target, ...]  # those that are only predicted
    points: int  # points drawn from the prior and simulated; a power of two
    accepted: float  # share of them that is accepted
    draws: int  # draws of the posterior that are kept, and simulated anew to predict
    truths: int  # simulated truths on which coverage is tested
    # Correlation of the errors of figures of one sample (assumption).
    error_correlation: float
    # A service and what it could change: their outcomes and differences are judged for coverage.
    service: tuple[Scenario, ...]

    @property
    def all_targets(self) -> tuple[Target, ...]:
        """The fitted targets, then those held out."""
        return (*self.targets, *self.held_out)

    @property
    def errors(self) -> npt.NDArray[np.float64]:
        """Standard errors of all targets' figures."""
        return np.array([target.error for target in self.all_targets])

    def correlations(self, within_a_sample: float) -> npt.NDArray[np.float64]:
        """Make the matrix of correlations of the figures' errors, shape (targets, targets)."""
        samples = [target.sample or target.id for target in self.all_targets]
        signs = np.array([-1.0 if target.reversed else 1.0 for target in self.all_targets])
        shared = np.equal.outer(np.array(samples), np.array(samples)) * np.outer(signs, signs)
        return np.where(np.eye(len(samples), dtype=bool), 1.0, shared * within_a_sample)


def read_calibration(path: str | Path) -> CalibrationSettings:
    """Read a study file for a calibration.

    Raises
    ------
    ScenarioError
        On the first key or value that cannot be used.
    """
    file = open_study(path, CALIBRATION)
    table = read_table(file, CALIBRATION, KEYS)
    source = SHIPPED
    if "targets" in table:
        named = str(read_option(file, CALIBRATION, "targets", str, ""))
        source = file.top.file.parent / named
    targets = read_targets(source)
    columns = tuple(dict.fromkeys(column for target in targets for column in target.columns))
    study = read_study(file, need_levels=False, columns=columns)
    fitted = tuple(target for target in targets if target.role == FIT)
    _refuse_misfits(file, study, targets, fitted)
    points = int(read_option(file, CALIBRATION, "points", Points, 32_768))
    if points & (points - 1):
        below = 1 << (points.bit_length() - 1)
        raise file.error(
            "the points fill the prior evenly only if they are a power of two",
            (CALIBRATION, "points"),
            value=points,
            fix=f"write {below} or {2 * below}",
        )
    refuse_too_many_values(file, study, points, (CALIBRATION, "points"))
    settings = CalibrationSettings(
        file=Path(path),
        study=study,
        targets=fitted,
        held_out=tuple(target for target in targets if target.role != FIT),
        points=points,
        accepted=float(read_option(file, CALIBRATION, "accepted", AcceptedShare, 0.02)),
        draws=int(read_option(file, CALIBRATION, "draws", Draws, 1000)),
        truths=int(read_option(file, CALIBRATION, "truths", Truths, 1000)),
        error_correlation=float(read_option(file, CALIBRATION, KEY, Correlation, 0.0)),
        service=_service(file, table),
    )
    _refuse_no_matrix(file, settings)
    return settings


def _service(file: LayeredFile, table: dict[str, Any]) -> tuple[Scenario, ...]:
    """Load the service and its options, which are named as scenarios are, relative to the file."""
    if "service" not in table:
        if "options" in table:
            raise file.error(
                "options of no service", (CALIBRATION, "options"), fix='add service = "..."'
            )
        return ()
    service = named_scenario(file, CALIBRATION, "service")
    options = read_option(file, CALIBRATION, "options", Options, [])
    paths = [(CALIBRATION, "options", index) for index in range(len(options))]
    others = [named_scenario(file, *path) for path in paths]
    for path, other in zip(paths, others, strict=True):
        with file.naming(path):
            refuse_other_men(other, service, fix="give it the population of the service")
    return (service, *others)


def _refuse_no_matrix(file: LayeredFile, settings: CalibrationSettings) -> None:
    for correlation in (settings.error_correlation, *TRIED_CORRELATIONS):
        least = float(np.linalg.eigvalsh(settings.correlations(correlation))[0])
        if least <= LEAST_EIGENVALUE:
            sizes = Counter(target.sample for target in settings.all_targets if target.sample)
            most = max(sizes.values())
            raise file.error(
                "errors cannot all be correlated like this: it is no matrix of correlations",
                (CALIBRATION, KEY),
                value=correlation,
                allowed=f"above {-1.0 / (most - 1):.3g} for {most} figures of one sample, below 1",
                fix=f"write {KEY} = 0.0 or another between",
            )


def _refuse_misfits(
    file: LayeredFile, study: Study, targets: tuple[Target, ...], fitted: tuple[Target, ...]
) -> None:
    if not fitted:
        raise file.error(
            "no target is to be fitted",
            (CALIBRATION, "targets"),
            fix='give at least one target role = "fit"',
        )
    for target in targets:
        if target.scenario != study.scenario.name:
            raise file.error(
                f"the target {target.id} speaks of another scenario than this study's",
                (CALIBRATION, "targets"),
                value=target.scenario,
                allowed=study.scenario.name,
                fix=did_you_mean(target.scenario, [study.scenario.name])
                or "fit each scenario's targets in a study of its own",
            )
    for position, factor in enumerate(study.factors):
        if factor.kind != "real" and factor.path != STRUCTURE:
            raise file.error(
                "only real numbers, and the theory's coupling, can be fitted",
                ("factors", min(position, len(file.data["factors"]) - 1)),
                value=factor.path,
                fix="leave it out",
            )
    if study.compared_with is not None:
        raise file.error("a calibration is of one scenario", ("compared_with",), fix="leave it out")
    if study.replicates < 2:
        raise file.error(
            "one replicate does not tell how much is Monte Carlo noise",
            ("replicates",),
            value=study.replicates,
            allowed="at least 2",
        )
