"""What ``engager-sim calibrate`` does; imported only when it is asked for."""

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path

from rich.table import Table

from engager_sim import __version__
from engager_sim.console.plain_table import plain_table
from engager_sim.console.session import RESULTS, Asked, Finding, carry_through
from engager_sim.designs.execution.blocks import blocks_of
from engager_sim.designs.execution.carry_out import Watch
from engager_sim.designs.execution.executors import Executor
from engager_sim.results.study_folder import StudyFolder
from engager_sim.results.study_manifest import study_manifest
from engager_sim.scenarios.fitted_parameters import CAME_OF_IT, SHIPPED, write_posterior
from engager_sim.studies.calibrate.figures.pictures import pictures_of_calibration
from engager_sim.studies.calibrate.reference_table import prior_design
from engager_sim.studies.calibrate.settings import CalibrationStudy, read_calibration
from engager_sim.studies.calibrate.study import Calibration, calibrate


def fit_and_write(
    study: Path,
    out: Path | None,
    threads: int | None,
    cluster: str | None,
    tls: tuple[Path, ...],
    dry_run: bool,
) -> None:
    """Carry out a calibration, print and write what came of it."""
    plan = read_calibration(study)
    _, design = prior_design(plan)
    replicates = plan.study.replicates
    manifest = study_manifest("calibrate", plan.study.question, design, replicates, _method(plan))

    def work(
        folder: StudyFolder, executor: Executor, watch: Watch, tell: Callable[[str], None]
    ) -> Finding:
        found = calibrate(plan, folder, executor, watch, tell)
        folder.write(SHIPPED.name, partial(write_posterior, found.draws, _facts(found, study)))
        tell("drawing figures")
        names = ("draws", "parameters", "ties", "rivals", "targets", "coverage")
        tables = {name: getattr(found, name) for name in names}
        return Finding(
            tables, found.asked, found.done, found.failed, pictures_of_calibration(found),
            [targets_printed(found), parameters_printed(found), *_sentences(found)],
        )  # fmt: skip

    asked = Asked(out or RESULTS / plan.study.name, threads, cluster, tls, dry_run)
    carry_through(asked, design, blocks_of(design, replicates), manifest, work)


def _facts(found: Calibration, study: Path) -> dict[str, object]:
    """Say what made a posterior and how well it fits, for whoever meets its file alone."""
    plan = found.plan
    return {
        "made_by": f"engager-sim calibrate {study.as_posix()}",
        "question": plan.study.question,
        "seed": plan.study.seed,
        "points": plan.points,
        "replicates": plan.study.replicates,
        "accepted": plan.accepted,
        "targets": [target.id for target in plan.targets],
        "version": __version__,
        CAME_OF_IT: {
            name: json.loads(getattr(found, name).to_json(orient="records", double_precision=4))
            for name in ("targets", "parameters", "rivals", "coverage")
        }
        | {"directions": found.directions, "runs": found.done},
    }


def targets_printed(found: Calibration) -> Table:
    """Make the table that is printed of the targets."""
    table = plain_table(
        "Targets: published, and predicted by the fitted model",
        "simulated; 90% predictive intervals, errors of observation included",
        ("Target", "Role", "Published", "Predicted", "Inside"),
    )
    for row in found.targets.to_dict("records"):
        table.add_row(
            str(row["label"]),
            str(row["role"]).replace("_", " "),
            f"{row['value']:.3g}",
            f"{row['middle']:.3g} [{row['low']:.3g}, {row['high']:.3g}]",
            "yes" if row["is_inside"] else "no",
        )
    return table


def parameters_printed(found: Calibration) -> Table:
    """Make the table that is printed of the parameters."""
    table = plain_table(
        "Parameters: prior range and 90% interval of the posterior",
        f"the targets inform {found.directions} independent combinations of parameters",
        ("Parameter", "Prior", "Posterior", ""),
    )
    for row in found.parameters.to_dict("records"):
        table.add_row(
            str(row["parameter"]),
            f"{row['prior_low']:g} to {row['prior_high']:g}",
            f"{row['middle']:.3g} [{row['low']:.3g}, {row['high']:.3g}]",
            str(row["verdict"]),
        )
    return table


def _sentences(found: Calibration) -> list[str]:
    said = [
        f"{row['about']} {row['alternative']}: probability {row['probability']:.2f}."
        for row in found.rivals.to_dict("records")
    ]
    if len(found.coverage):
        pooled = found.coverage[found.coverage["parameter"] == "all"].iloc[0]
        said.append(
            f"90% intervals held {100.0 * pooled['inside']:.1f}% of {pooled['truths']} simulated "
            f"truths (standard error {100.0 * pooled['standard_error']:.1f} points)."
        )
    return said


def _method(plan: CalibrationStudy) -> dict[str, object]:
    """Describe what the numbers depend on besides the runs."""
    targets = [
        {key: value for key, value in asdict(target).items() if key != "columns"}
        | {"outcomes": [column.name for column in target.columns]}
        for target in (*plan.targets, *plan.held_out)
    ]
    return {
        "name": "approximate Bayesian computation with regression adjustment",
        "luck": "each point has its own",
        "accepted": plan.accepted,
        "draws": plan.draws,
        "truths": plan.truths,
        "targets": targets,
    }
