"""engager_sim: why people leaving prison stay engaged with the services meant to help them.

Public names are imported when they are first used, so that a command that only prints help loads
neither a compiler nor a plotting library.
"""

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from engager_sim.studies.registry import kinds

if TYPE_CHECKING:  # for type checkers, which do not run what follows; a test compares the two
    from engager_sim.errors import EngagerError as EngagerError
    from engager_sim.mesa_model import EngagerModel as EngagerModel
    from engager_sim.scenarios.changes import changed as changed
    from engager_sim.scenarios.scenario import Scenario as Scenario
    from engager_sim.studies.calibrate.study import Calibration as Calibration
    from engager_sim.studies.calibrate.study import calibrate as calibrate
    from engager_sim.studies.compare.study import Comparison as Comparison
    from engager_sim.studies.compare.study import compare as compare
    from engager_sim.studies.decide.study import Decision as Decision
    from engager_sim.studies.decide.study import decide as decide
    from engager_sim.studies.run.study import Runs as Runs
    from engager_sim.studies.run.study import simulate as simulate
    from engager_sim.studies.sensitivity.study import Sensitivity as Sensitivity
    from engager_sim.studies.sensitivity.study import sensitivity as sensitivity
    from engager_sim.studies.sweep.study import Sweep as Sweep
    from engager_sim.studies.sweep.study import sweep as sweep
    from engager_sim.studies.trial.study import Trials as Trials
    from engager_sim.studies.trial.study import trial as trial
    from engager_sim.studies.validate.study import Validation as Validation
    from engager_sim.studies.validate.study import validate as validate

try:
    __version__ = version("engager-sim")
except PackageNotFoundError:
    __version__ = "0+not.installed"

_MODULES = {
    "EngagerError": "engager_sim.errors",
    "EngagerModel": "engager_sim.mesa_model",
    "Scenario": "engager_sim.scenarios.scenario",
    "changed": "engager_sim.scenarios.changes",
    **{name: f"{kind.package}.study" for kind in kinds() for name in kind.exports},
}
"""The module of each public name; every kind of study names its own."""

__all__ = sorted([*_MODULES, "__version__"])


def __getattr__(name: str) -> object:
    """Import a public name from where it lives."""
    if name in _MODULES:
        return getattr(import_module(_MODULES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the public names."""
    return __all__
