"""Undo and redo: the settings of a visit as they were before each change."""

import dataclasses

from engager_sim.browser.link import link_of
from engager_sim.browser.visit_state import VisitState

MOST_KEPT = 100


class History:
    """The settings that a visit had, and those that were undone.

    Settings are scenarios, changes, random seed and draw; the week and what is looked at stay as
    they are.

    Parameters
    ----------
    state : VisitState
        The state with which it begins.
    """

    def __init__(self, state: VisitState) -> None:
        self._now = state
        self._undone: list[VisitState] = []
        self._before: list[VisitState] = []

    @property
    def can_undo(self) -> bool:
        """Whether there are earlier settings."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether settings were undone, and none changed since."""
        return bool(self._undone)

    def note(self, state: VisitState) -> None:
        """Take note of the state after a request: of new settings, those before can be had back."""
        if _settings(state) != _settings(self._now):
            self._before = [*self._before[-MOST_KEPT + 1 :], self._now]
            self._undone = []
        self._now = state

    def undo(self) -> VisitState:
        """Give the settings before the last change, at the current week."""
        return self._move(self._before, self._undone)

    def redo(self) -> VisitState:
        """Give the settings that were undone last, at the current week."""
        return self._move(self._undone, self._before)

    def _move(self, taken: list[VisitState], given: list[VisitState]) -> VisitState:
        if taken:
            given.append(self._now)
            then, now = taken.pop(), self._now
            self._now = dataclasses.replace(
                now, settings=then.settings, edited=then.edited, seed=then.seed, draw=then.draw
            )
        return self._now


def _settings(state: VisitState) -> str:
    return link_of(VisitState(state.settings, seed=state.seed, draw=state.draw))
