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
    from engager_sim.studies.scenario import Scenario
    from engager_sim.studies.simulation import Runs, simulate

try:
    __version__ = version("engager-sim")
except PackageNotFoundError:
    __version__ = "0+not.installed"

__all__ = ["EngagerError", "EngagerModel", "Runs", "Scenario", "__version__", "simulate"]

_HOMES = {
    "EngagerError": "engager_sim.errors",
    "EngagerModel": "engager_sim.mesa_model",
    "Runs": "engager_sim.studies.simulation",
    "Scenario": "engager_sim.studies.scenario",
    "simulate": "engager_sim.studies.simulation",
}


def __getattr__(name: str) -> object:
    """Import a public name from where it lives."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the public names."""
    return __all__
