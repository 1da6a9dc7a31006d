"""All that a visit follows from: the settings of its worlds, the week, and what is looked at."""

from dataclasses import dataclass, field

from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.scenario_file import preset_files
from engager_sim.scenarios.theory_values import Value

type SentFile = tuple[str, str]
"""A file that the visitor sent: its name, and its text."""


@dataclass
class WorldSettings:
    """A scenario, and the visitor's changes to it, from which one world is made.

    Attributes
    ----------
    source : Scenario
        The scenario.
    changes : dict
        The changed parameters' values, by path.
    sent : tuple of SentFile
        The files it was read from, if the visitor sent it.
    """

    source: Scenario
    changes: dict[str, Value] = field(default_factory=dict)
    sent: tuple[SentFile, ...] = ()

    @property
    def is_preset(self) -> bool:
        """Whether the scenario ships with the package, and is no file of that name."""
        return self.source.file == preset_files().get(self.source.name)

    def scenario(self) -> Scenario:
        """Make the changed scenario."""
        return changed(self.source, self.changes) if self.changes else self.source

    def copy(self) -> "WorldSettings":
        """Copy the settings, so that changes of one leave the other alone."""
        return WorldSettings(self.source, dict(self.changes), self.sent)


@dataclass(frozen=True)
class VisitState:
    """What a visit shows, as far as a visitor decides it; see :class:`visit.Visit`."""

    settings: tuple[WorldSettings, ...]
    edited: int = 0
    seed: int = 1
    arm: int | None = None
    week: int = 0
    leaver: int | None = None
    draw: int | None = None
