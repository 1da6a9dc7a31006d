"""engager_sim: why people leaving prison stay engaged with the services meant to help them.

Public names are imported when they are first used, so that a command that only prints help loads
neither a compiler nor a plotting library.
"""

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engager_sim.errors import EngagerError
    from engager_sim.mesa_model import EngagerModel
    from engager_sim.studies.calibration.calibrate import Calibration, calibrate
    from engager_sim.studies.changes import changed
    from engager_sim.studies.comparison.compare import Comparison, compare
    from engager_sim.studies.patterns.validate import Validation, validate
    from engager_sim.studies.scenario import Scenario
    from engager_sim.studies.sensitivity.analysis import Sensitivity, sensitivity
    from engager_sim.studies.simulation import Runs, simulate
    from engager_sim.studies.sweeps.sweep import Sweep, sweep
    from engager_sim.studies.trials.trial import Trials, trial

try:
    __version__ = version("engager-sim")
except PackageNotFoundError:
    __version__ = "0+not.installed"

__all__ = [
    "Calibration",
    "Comparison",
    "EngagerError",
    "EngagerModel",
    "Runs",
    "Scenario",
    "Sensitivity",
    "Sweep",
    "Trials",
    "Validation",
    "__version__",
    "calibrate",
    "changed",
    "compare",
    "sensitivity",
    "simulate",
    "sweep",
    "trial",
    "validate",
]

_HOMES = {
    "Calibration": "engager_sim.studies.calibration.calibrate",
    "Comparison": "engager_sim.studies.comparison.compare",
    "EngagerError": "engager_sim.errors",
    "EngagerModel": "engager_sim.mesa_model",
    "Runs": "engager_sim.studies.simulation",
    "Scenario": "engager_sim.studies.scenario",
    "Sensitivity": "engager_sim.studies.sensitivity.analysis",
    "Sweep": "engager_sim.studies.sweeps.sweep",
    "Validation": "engager_sim.studies.patterns.validate",
    "Trials": "engager_sim.studies.trials.trial",
    "calibrate": "engager_sim.studies.calibration.calibrate",
    "changed": "engager_sim.studies.changes",
    "compare": "engager_sim.studies.comparison.compare",
    "sensitivity": "engager_sim.studies.sensitivity.analysis",
    "simulate": "engager_sim.studies.simulation",
    "sweep": "engager_sim.studies.sweeps.sweep",
    "trial": "engager_sim.studies.trials.trial",
    "validate": "engager_sim.studies.patterns.validate",
}


def __getattr__(name: str) -> object:
    """Import a public name from where it lives."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the public names."""
    return __all__
