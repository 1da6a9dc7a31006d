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
    from engager_sim.scenarios.changes import changed
    from engager_sim.scenarios.scenario import Scenario
    from engager_sim.studies.calibrate.study import Calibration, calibrate
    from engager_sim.studies.compare.study import Comparison, compare
    from engager_sim.studies.run.study import Runs, simulate
    from engager_sim.studies.sensitivity.study import Sensitivity, sensitivity
    from engager_sim.studies.sweep.study import Sweep, sweep
    from engager_sim.studies.trial.study import Trials, trial
    from engager_sim.studies.validate.study import Validation, validate

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
    "Calibration": "engager_sim.studies.calibrate.study",
    "Comparison": "engager_sim.studies.compare.study",
    "EngagerError": "engager_sim.errors",
    "EngagerModel": "engager_sim.mesa_model",
    "Runs": "engager_sim.studies.run.study",
    "Scenario": "engager_sim.scenarios.scenario",
    "Sensitivity": "engager_sim.studies.sensitivity.study",
    "Sweep": "engager_sim.studies.sweep.study",
    "Validation": "engager_sim.studies.validate.study",
    "Trials": "engager_sim.studies.trial.study",
    "calibrate": "engager_sim.studies.calibrate.study",
    "changed": "engager_sim.scenarios.changes",
    "compare": "engager_sim.studies.compare.study",
    "sensitivity": "engager_sim.studies.sensitivity.study",
    "simulate": "engager_sim.studies.run.study",
    "sweep": "engager_sim.studies.sweep.study",
    "trial": "engager_sim.studies.trial.study",
    "validate": "engager_sim.studies.validate.study",
}


def __getattr__(name: str) -> object:
    """Import a public name from where it lives."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the public names."""
    return __all__
