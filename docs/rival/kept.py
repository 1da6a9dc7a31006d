"""What the rival's fit came to, kept as ``fit.json`` for the documents' tables."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from docs.rival.fit import STUDY, Fit, fit
from docs.rival.parameters import PARAMETERS
from docs.rival.patterns import judged_parts
from engager_sim.studies.calibrate.posterior import LEVELS
from engager_sim.studies.calibrate.settings import read_calibration
from engager_sim.studies.calibrate.targets import Target

type Numbers = npt.NDArray[np.float64]

KEPT = Path(__file__).with_name("fit.json")
DIGITS = 6


def kept() -> Any:
    """Read what the last fit came to."""
    return json.loads(KEPT.read_text(encoding="utf-8"))


def found() -> dict[str, Any]:
    """Fit anew, and say what came out: parameters, predicted figures, parts of patterns."""
    settings = read_calibration(STUDY)
    fitted = fit(settings)
    return {
        "parameters": [
            {"parameter": parameter.name} | _quantiles(parameter.from_unit(column))
            for parameter, column in zip(PARAMETERS, fitted.units.T, strict=True)
        ],
        "figures": [
            {
                "target": target.id,
                "label": target.label,
                "role": target.role,
                "value": value,
                "error": target.error,
            }
            | _predicted(fitted, target)
            for target in settings.all_targets
            for value in target.values
        ],
        "parts": list(judged_parts(fitted.units)),
    }


def text_of(facts: dict[str, Any]) -> str:
    """Write what came out as it is kept."""
    return json.dumps(facts, indent=1, ensure_ascii=False) + "\n"


def _predicted(fitted: Fit, target: Target) -> dict[str, float | None]:
    """Give the quantiles of one figure; None where the rival has no such quantity."""
    if target not in fitted.targets:
        return dict.fromkeys(("low", "middle", "high"))
    return _quantiles(fitted.predicted[:, fitted.targets.index(target)])


def _quantiles(values: Numbers) -> dict[str, float | None]:
    quantiles = np.quantile(values, LEVELS, method="hazen").round(DIGITS)
    return dict(zip(("low", "middle", "high"), quantiles.tolist(), strict=True))
