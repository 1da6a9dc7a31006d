"""One visitor's visit: his settings, the one or two worlds that follow from them, and the week.

The worlds are a function of the settings and the week alone. A changed lever therefore simulates
them again from the first week to the current one, which takes a moment.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial, wraps
from typing import Any

from engager_sim.browser.posterior_draw import at_draw
from engager_sim.browser.sources import preset_settings, sent_scenario
from engager_sim.browser.visit_state import VisitState, WorldSettings
from engager_sim.browser.watched_world import WatchedWorld
from engager_sim.designs.matched_populations import refuse_other_men
from engager_sim.errors import EngagerError, UsageError
from engager_sim.scenarios.changes import find_parameter
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.theory_values import Groups, Value, named_values
from engager_sim.world.dice import MAX_SEED
from engager_sim.world.records import ARMS

FIRST, OTHER = 0, 1
MAX_DIGITS = len(str(MAX_SEED))
LOAD_FIRST = "load it as the first world instead"


def _atomic[**P](action: Callable[P, None]) -> Callable[P, None]:
    """Restore the settings if an action fails; turn a user's mistake into a message."""

    @wraps(action)
    def atomic_action(*arguments: P.args, **named: P.kwargs) -> None:
        visit: Any = arguments[0]
        settings_before = [settings.copy() for settings in visit.settings]
        edited, seed, draw = visit.edited, visit.seed, visit.draw
        visit.message = None
        try:
            action(*arguments, **named)
        except Exception as error:
            visit.settings, visit.edited = settings_before, edited
            visit.seed, visit.draw = seed, draw
            if not isinstance(error, EngagerError):
                raise
            visit.message = str(error)
            visit.refusals += 1

    return atomic_action


class Visit:
    """One visitor's settings, and the worlds that he sees.

    Parameters
    ----------
    scenario : Scenario
        The scenario with which the visit begins.

    Attributes
    ----------
    settings : list of WorldSettings
        Those of the first world and, where two are shown, of the other.
    worlds : list of WatchedWorld
        The worlds, at the same week.
    edited : int
        Which of them the levers change.
    seed : int
        The random seed of all worlds, which gives them common random numbers.
    draw : int or None
        The posterior draw at which the worlds that are watched stand; None for central values.
    arm : int or None
        The arm that charts and the theory's diagram show; ``None`` for everybody.
    leaver : int or None
        The leaver whose story is told.
    message : str or None
        Why the last request was refused.
    version : int
        Counts how often the worlds were made anew.
    refusals : int
        Counts the refused requests, after which the page shows the valid settings again.
    tour_stop : int or None
        The stop of the guided tour.
    before_tour : VisitState or None
        What the tour's end shows again.
    lock : lock
        Held while the visit changes, and by threads beside the page's while they draw it.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.lock = threading.RLock()
        self.settings = [WorldSettings(scenario)]
        self.worlds: list[WatchedWorld] = []
        self.edited = FIRST
        self.seed = 1
        self.draw: int | None = None
        self.leaver: int | None = None
        self.message: str | None = None
        self.version = 0
        self.refusals = 0
        self.before_tour: VisitState | None = None
        self.tour_stop: int | None = None
        self._rebuild(0)
        self.arm = self._default_arm()

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
        """The arms that have leavers."""
        return sorted({int(arm) for arm in self.worlds[FIRST].world.leavers["arm"]})

    @property
    def lever_arm(self) -> int:
        """The arm whose levers are changed: the arm that is shown, or else the first."""
        return self.arms[0] if self.arm is None else self.arm

    @property
    def has_two_worlds(self) -> bool:
        """Whether two worlds are shown."""
        return len(self.settings) > 1

    def step(self) -> None:
        """Simulate one week of every world."""
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
        """Return to the start; scenario, changes and seed stay."""
        self.jump(0)

    def load_preset(self, name: str) -> None:
        """Replace the edited world's settings by a preset."""
        self._load(partial(preset_settings, name))

    def load_files(self, sent: Sequence[Mapping[str, Any]]) -> None:
        """Replace the edited world's settings by files (see :func:`sources.sent_scenario`)."""
        self._load(partial(sent_scenario, sent, self.settings[self.edited]))

    @_atomic
    def _load(self, read: Callable[[], WorldSettings]) -> None:
        settings = read()
        if self.edited == OTHER:
            refuse_other_men(self.settings[FIRST].source, settings.source, fix=LOAD_FIRST)
            self.settings[OTHER] = settings
        else:
            self.settings = [settings.copy() for _ in self.settings]
        self._rebuild(self.week)
        if self.arm not in self.arms:
            self.arm = self._default_arm()

    @_atomic
    def change(self, path: str, value: Value) -> None:
        """Set a parameter of the edited world; the value of its scenario undoes a change.

        Parameters
        ----------
        path : str
            ``theme.name`` for both arms, ``arm.theme.name`` for one.
        value : float, int, bool or str
            The value as in a scenario file.
        """
        settings = self.settings[self.edited]
        settings.changes.pop(path, None)
        if value_at(named_values(settings.scenario().theories()), path) != value:
            settings.changes[path] = value
        self._rebuild(self.week)

    @_atomic
    def undo_changes(self) -> None:
        """Undo all changes to the edited world's scenario."""
        self.settings[self.edited].changes = {}
        self._rebuild(self.week)

    @_atomic
    def set_seed(self, text: str) -> None:
        """Set the random seed of all worlds; as text, since it may exceed the browser's numbers."""
        is_number = text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS
        seed = int(text) if is_number else -1
        if not 0 <= seed <= MAX_SEED:
            raise UsageError(
                "this is not a seed",
                key="seed",
                value=text,
                allowed=f"a whole number from 0 to {MAX_SEED} (2^64 - 1)",
            )
        self.seed = seed
        self._rebuild(self.week)

    @_atomic
    def set_draw(self, text: str) -> None:
        """Let the worlds that are watched stand at a posterior draw; at central values for none."""
        draw = int(text) if text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS else -1
        if text:
            at_draw(draw)
        self.draw = draw if text else None
        self._rebuild(self.week)

    @property
    def stands(self) -> str:
        """Say at which parameters the worlds stand that are watched."""
        return "at central values" if self.draw is None else f"at posterior draw {self.draw}"

    @_atomic
    def show_two_worlds(self, two: bool) -> None:
        """Add a second world with the settings of the first, or remove it."""
        if two and not self.has_two_worlds:
            self.settings = [self.settings[FIRST], self.settings[FIRST].copy()]
            self.edited = OTHER
        elif not two and self.has_two_worlds:
            self.settings = self.settings[:OTHER]
            self.edited = FIRST
        self._rebuild(self.week)

    @_atomic
    def compare(self, first: str, other: str, week: int) -> None:
        """Show two presets side by side after so many weeks."""
        presets = [Scenario.load(first), Scenario.load(other)]
        refuse_other_men(*presets, fix=LOAD_FIRST)
        self.settings = [WorldSettings(preset) for preset in presets]
        self.edited = OTHER
        self._rebuild(week)
        self.arm = self._default_arm()

    def dismiss_message(self) -> None:
        """Remove the message."""
        self.message = None

    @property
    def state(self) -> VisitState:
        """All that the visitor decided, to show it again with :meth:`show`."""
        settings = tuple(settings.copy() for settings in self.settings)
        looked_at = (self.edited, self.seed, self.arm, self.week, self.leaver, self.draw)
        return VisitState(settings, *looked_at)

    @_atomic
    def show(self, state: VisitState) -> None:
        """Show a state: one that was, or one that a link describes."""
        self.settings = [settings.copy() for settings in state.settings]
        self.edited, self.seed, self.draw = state.edited, state.seed, state.draw
        self._rebuild(state.week)
        self.arm = state.arm if state.arm in self.arms else None
        self.choose_leaver(state.leaver)

    def edit(self, world: int) -> None:
        """Choose which world the levers change."""
        self.edited = min(world, len(self.settings) - 1)

    def choose_arm(self, arm: int | None) -> None:
        """Choose the arm that charts and diagram show."""
        self.arm = arm if arm in self.arms else None

    @_atomic
    def choose_leaver(self, leaver: float | None) -> None:
        """Choose the leaver whose story is told; nobody without a number."""
        last = len(self.worlds[FIRST].model.men) - 1
        if leaver is not None and not (isinstance(leaver, int) and 0 <= leaver <= last):
            raise UsageError(
                "there is no man of this number", key="man", value=leaver, allowed=f"0 to {last}"
            )
        self.leaver = leaver

    def _default_arm(self) -> int | None:
        return self.arms[0] if len(self.arms) > 1 else None

    def _rebuild(self, week: int) -> None:
        worlds = [
            WatchedWorld(settings.scenario(), self.seed, self.draw) for settings in self.settings
        ]
        for world in worlds:
            for _ in range(min(week, world.model.weeks)):
                world.step()
        self.worlds = worlds
        self.version += 1
        if self.leaver is not None and self.leaver >= len(worlds[FIRST].model.men):
            self.leaver = None


def value_at(values: dict[str, Groups], path: str) -> Value:
    """Find a parameter among all values by arm; that of the first arm if the path names no arm."""
    table, parameter = find_parameter(path)
    return values[table if table in ARMS else ARMS[0]][parameter.theme][parameter.name]
