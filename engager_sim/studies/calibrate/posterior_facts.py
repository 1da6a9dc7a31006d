"""What made a posterior and how well it fits, for whoever meets its file alone."""

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from engager_sim import __version__
from engager_sim.scenarios.posterior_file import RESULT
from engager_sim.studies.calibrate.settings import CalibrationSettings

KEPT = (
    "prior_conflicts", "targets", "parameters", "rivals", "correlated_errors", "coverage"
)  # fmt: skip
"""The tables of a calibration that its posterior's file holds."""


def facts_of(
    settings: CalibrationSettings, tables: Mapping[str, pd.DataFrame], directions: int, runs: int
) -> dict[str, Any]:
    """Gather the facts of a posterior as data that JSON can hold.

    Parameters
    ----------
    tables : mapping
        The calibration's tables, by name.
    directions : int
        Independent combinations of parameters that the targets inform.
    runs : int
        Of the prior's points that were done.
    """
    kept = {
        name: json.loads(table.to_json(orient="records", double_precision=4))
        for name, table in tables.items()
        if name in KEPT
    }
    return {
        "made_by": f"engager-sim calibrate {settings.file.as_posix()}",
        "question": settings.study.question,
        "seed": settings.study.seed,
        "points": settings.points,
        "replicates": settings.study.replicates,
        "accepted": settings.accepted,
        "error_correlation": settings.error_correlation,
        "targets": [target.id for target in settings.targets],
        "version": __version__,
        RESULT: {**kept, "directions": directions, "runs": runs},
    }
