"""What ``engager-sim calibrate`` prints: conflicts, targets, parameters, rivals, coverage."""

from collections.abc import Iterable
from typing import Any

from rich.table import Table

from engager_sim.console.plain_table import plain_table
from engager_sim.reports.missing_text import missing_sentences
from engager_sim.studies.calibrate.correlated_errors import moved_sentence
from engager_sim.studies.calibrate.coverage import coverage_sentences
from engager_sim.studies.calibrate.narrative import rival_sentences
from engager_sim.studies.calibrate.prior_conflicts import conflict_sentences
from engager_sim.studies.calibrate.study import Calibration


def printed(calibration: Calibration) -> Iterable[Any]:
    """Give the tables and sentences that the command prints."""
    yield from conflict_sentences(calibration.prior_conflicts)
    yield targets_printed(calibration)
    yield parameters_printed(calibration)
    yield from rival_sentences(calibration.rivals)
    yield moved_sentence(calibration.correlated_errors)
    yield from coverage_sentences(calibration.coverage)
    yield from missing_sentences(calibration.missing)


def targets_printed(calibration: Calibration) -> Table:
    """Make the table that is printed of the targets."""
    table = plain_table(
        "Targets: published, and predicted by the fitted model",
        "simulated; 90% predictive intervals, errors of observation included",
        ("Target", "Role", "Published", "Predicted", "Inside"),
    )
    for row in calibration.targets.to_dict("records"):
        table.add_row(
            str(row["label"]),
            str(row["role"]).replace("_", " "),
            f"{row['value']:.3g}",
            f"{row['middle']:.3g} [{row['low']:.3g}, {row['high']:.3g}]",
            "yes" if row["is_inside"] else "no",
        )
    return table


def parameters_printed(calibration: Calibration) -> Table:
    """Make the table that is printed of the parameters."""
    table = plain_table(
        "Parameters: prior range and 90% interval of the posterior",
        f"the targets inform {calibration.directions} independent combinations of parameters",
        ("Parameter", "Prior", "Posterior", ""),
    )
    for row in calibration.parameters.to_dict("records"):
        table.add_row(
            str(row["parameter"]),
            f"{row['prior_low']:g} to {row['prior_high']:g}",
            f"{row['middle']:.3g} [{row['low']:.3g}, {row['high']:.3g}]",
            str(row["verdict"]),
        )
    return table
