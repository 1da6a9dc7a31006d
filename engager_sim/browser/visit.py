"""One visitor's visit: what was set, the one or two worlds that follow from it, and the week.

The worlds are a function of the settings and the week alone. A lever that is moved therefore lets
them pass again, from the first week to the one that is shown, which takes a moment.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial, wraps
from typing import Any

from engager_sim.browser.uploads import scenario_from_bytes
from engager_sim.browser.watched_world import WatchedWorld
from engager_sim.designs.matched_populations import refuse_other_men
from engager_sim.errors import EngagerError, UsageError
from engager_sim.scenarios.changes import changed, find_parameter
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.theory_values import Value, named_values
from engager_sim.world.dice import MAX_SEED
from engager_sim.world.records import ARMS

FIRST, OTHER = 0, 1
MOST_DIGITS = len(str(MAX_SEED))


@dataclass
class WorldSettings:
    """What one world is made from: a scenario, and what the visitor changed in it."""

    source: Scenario
    changes: dict[str, Value] = field(default_factory=dict)

    def scenario(self) -> Scenario:
        """Make the scenario as changed."""
        return changed(self.source, self.changes) if self.changes else self.source


def _answers[**P](act: Callable[P, None]) -> Callable[P, None]:
    """Make an action that leaves all as it was if it fails; a mistake becomes a message."""

    @wraps(act)
    def acted(*arguments: P.args, **named: P.kwargs) -> None:
        visit: Any = arguments[0]
        before = [WorldSettings(each.source, dict(each.changes)) for each in visit.settings]
        edited, seed = visit.edited, visit.seed
        visit.message = None
        try:
            act(*arguments, **named)
        except Exception as error:
            visit.settings, visit.edited, visit.seed = before, edited, seed
            if not isinstance(error, EngagerError):
                raise
            visit.message = str(error)
            visit.refusals += 1

    return acted


class Visit:
    """What one visitor has set and sees.

    Parameters
    ----------
    scenario : Scenario
        With what the visit begins.

    Attributes
    ----------
    settings : list of WorldSettings
        Of the first world and, where two are shown, of the other.
    worlds : list of WatchedWorld
        The worlds, at the same week.
    edited : int
        Which of them the levers change.
    seed : int
        The luck that both share.
    arm : int or None
        Whose men charts and the theory's diagram show; ``None`` for everybody.
    man : int or None
        Whose story is told.
    message : str or None
        Why the last wish could not be met.
    version : int
        Counts how often the worlds were made anew.
    refusals : int
        Counts the wishes that could not be met, after which the page shows again what holds.
    stop : int or None
        At which step of the guided tour the visit is.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.settings = [WorldSettings(scenario)]
        self.worlds: list[WatchedWorld] = []
        self.edited = FIRST
        self.seed = 1
        self.man: int | None = None
        self.message: str | None = None
        self.version = 0
        self.refusals = 0
        self._kept: tuple[list[WorldSettings], int, int, int | None, int] | None = None
        self.stop: int | None = None
        self._rebuild(0)
        self.arm = self._usual_arm()

    @property
    def week(self) -> int:
        """How many weeks have passed."""
        return self.worlds[FIRST].week

    @property
    def weeks(self) -> int:
        """How many weeks there are."""
        return self.worlds[FIRST].model.weeks

    @property
    def arms(self) -> list[int]:
        """The arms that have men."""
        return sorted({int(arm) for arm in self.worlds[FIRST].world.leavers["arm"]})

    @property
    def lever_arm(self) -> int:
        """Whose levers are changed: the arm whose men are shown, the first where everybody is."""
        return self.arms[0] if self.arm is None else self.arm

    @property
    def are_two(self) -> bool:
        """Whether two worlds are shown."""
        return len(self.settings) > 1

    def step(self) -> None:
        """Let one week pass in every world."""
        for world in self.worlds:
            world.step()

    def jump(self, week: int) -> None:
        """Show another week, earlier or later."""
        week = min(max(week, 0), self.weeks)
        if week < self.week:
            self._rebuild(week)
        while self.week < week:
            self.step()

    def reset(self) -> None:
        """Go back to before the first week; scenario, changes and seed stay."""
        self.jump(0)

    def load_preset(self, name: str) -> None:
        """Begin the edited world's settings anew from a preset."""
        self._load(partial(Scenario.load, name))

    def load_file(self, name: str, encoded: str) -> None:
        """Begin the edited world's settings anew from a scenario file's bytes, in base 64."""
        self._load(lambda: scenario_from_bytes(name, base64.b64decode(encoded)))

    @_answers
    def _load(self, read: Callable[[], Scenario]) -> None:
        scenario = read()
        if self.edited == OTHER:
            _refuse_other_men(self.settings[FIRST].source, scenario)
            self.settings[OTHER] = WorldSettings(scenario)
        else:
            self.settings = [WorldSettings(scenario) for _ in self.settings]
        self._rebuild(self.week)
        if self.arm not in self.arms:
            self.arm = self._usual_arm()

    @_answers
    def change(self, path: str, value: Value) -> None:
        """Set a parameter of the edited world; setting it as the scenario has it undoes a change.

        Parameters
        ----------
        path : str
            ``theme.name`` for both arms, ``arm.theme.name`` for one.
        value : float, int, bool or str
            As a scenario file has it.
        """
        find_parameter(path)
        settings = self.settings[self.edited]
        settings.changes.pop(path, None)
        if value_of(settings.scenario(), path) != value:
            settings.changes[path] = value
        self._rebuild(self.week)

    @_answers
    def undo_changes(self) -> None:
        """Set everything in the edited world as its scenario has it."""
        self.settings[self.edited].changes = {}
        self._rebuild(self.week)

    @_answers
    def set_seed(self, written: str) -> None:
        """Give all worlds another luck; a seed may be too large for a number of the browser's."""
        is_number = written.isascii() and written.isdigit() and len(written) <= MOST_DIGITS
        seed = int(written) if is_number else -1
        if not 0 <= seed <= MAX_SEED:
            raise UsageError(
                "this is not a seed", key="seed", value=written,
                allowed=f"a whole number from 0 to {MAX_SEED} (2^64 - 1)",
            )  # fmt: skip
        self.seed = seed
        self._rebuild(self.week)

    @_answers
    def show_two(self, wanted: bool) -> None:
        """Set a second world beside the first, at first the same; or take it away."""
        if wanted and not self.are_two:
            first = self.settings[FIRST]
            self.settings = [first, WorldSettings(first.source, dict(first.changes))]
            self.edited = OTHER
        elif not wanted and self.are_two:
            self.settings = self.settings[:OTHER]
            self.edited = FIRST
        self._rebuild(self.week)

    @_answers
    def compare(self, first: str, other: str, week: int) -> None:
        """Set two presets side by side, and let so many weeks pass."""
        pair = [Scenario.load(first), Scenario.load(other)]
        _refuse_other_men(*pair)
        self.settings = [WorldSettings(each) for each in pair]
        self.edited = OTHER
        self._rebuild(week)
        self.arm = self._usual_arm()

    def dismiss(self) -> None:
        """Take the message away."""
        self.message = None

    def keep(self) -> None:
        """Keep what is set now, for :meth:`go_back`."""
        settings = [WorldSettings(each.source, dict(each.changes)) for each in self.settings]
        self._kept = (settings, self.edited, self.seed, self.arm, self.week)

    def go_back(self) -> None:
        """Set again what was kept."""
        if self._kept is not None:
            self.settings, self.edited, self.seed, self.arm, week = self._kept
            self._kept = None
            self._rebuild(week)

    def edit(self, world: int) -> None:
        """Choose which world the levers change."""
        self.edited = min(world, len(self.settings) - 1)

    def look_at(self, arm: int | None) -> None:
        """Choose whose men charts and diagram show."""
        self.arm = arm if arm in self.arms else None

    @_answers
    def tell_of(self, man: float | None) -> None:
        """Choose whose story is told; nobody's without a number."""
        last = len(self.worlds[FIRST].model.men) - 1
        if man is not None and not (isinstance(man, int) and 0 <= man <= last):
            raise UsageError(
                "there is no man of this number", key="man", value=man, allowed=f"0 to {last}"
            )
        self.man = man

    def _usual_arm(self) -> int | None:
        return self.arms[0] if len(self.arms) > 1 else None

    def _rebuild(self, week: int) -> None:
        worlds = [WatchedWorld(each.scenario(), self.seed) for each in self.settings]
        for world in worlds:
            for _ in range(week):
                world.step()
        self.worlds = worlds
        self.version += 1
        if self.man is not None and self.man >= len(worlds[FIRST].model.men):
            self.man = None


def value_of(scenario: Scenario, path: str) -> Value:
    """Give a parameter's value in a scenario; of the first arm, where a path is for both."""
    table, parameter = find_parameter(path)
    arm = table if table in ARMS else ARMS[0]
    return named_values(scenario.theories())[arm][parameter.theme][parameter.name]


def _refuse_other_men(first: Scenario, other: Scenario) -> None:
    try:
        refuse_other_men(first, other)
    except UsageError as error:
        raise UsageError(error.problem, fix="load it as the first world instead") from None
