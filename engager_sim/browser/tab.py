"""What one tab keeps: its visit, with what it began, and the settings that it had."""

from typing import Any

from engager_sim.browser.downloads import Download, page_facts
from engager_sim.browser.ensemble.exploration import Exploration
from engager_sim.browser.history import History
from engager_sim.browser.link import is_whole, link_of
from engager_sim.browser.link_reading import open_link
from engager_sim.browser.tour import leave_tour
from engager_sim.browser.visit import Visit
from engager_sim.scenarios.scenario import Scenario


class Tab:
    """A visit with its address and its history.

    Parameters
    ----------
    scenario : Scenario
        The scenario with which the visit begins.

    Attributes
    ----------
    visit : Visit
        The visit.
    history : History
        Its settings for undo and redo.
    exploration : Exploration
        What is asked of replicates.
    opened : int
        Counts the addresses that were opened; nothing is shown before the first.
    delivered : dict
        The file that was asked for last: ``name``, ``text``, and ``number`` to tell it from one
        before.
    facts : dict
        What the page says of itself in the file it was last saved as.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.visit = Visit(scenario)
        self.visit.jump(first_week(self.visit))
        self.begun = self.visit.state
        self.history = History(self.begun)
        self.exploration = Exploration()
        self.opened = 0
        self.facts: dict[str, Any] = {}
        self.delivered: dict[str, str | int] = {"number": 0}

    def open(self, link: str) -> None:
        """Show what an address says, unless that is what is shown."""
        if link != link_of(self.visit.state):
            open_link(self.visit, link, self.begun)
            leave_tour(self.visit)
        if not self.opened:
            self.history = History(self.visit.state)
        self.opened += 1

    def undo(self) -> None:
        """Show the settings before the last change."""
        self.visit.show(self.history.undo())

    def redo(self) -> None:
        """Show the settings that were undone last."""
        self.visit.show(self.history.redo())

    def deliver(self, file: Download) -> None:
        """Have a file saved by the visitor's browser."""
        number = int(self.delivered["number"]) + 1
        self.delivered = {"name": file.name, "text": file.text, "number": number}

    def tell(self) -> None:
        """Give what a saved page says of itself, anew each time it is asked for."""
        self.facts = page_facts(self.visit, self.exploration.replicates) | {
            "number": self.facts.get("number", 0) + 1
        }

    def note(self) -> None:
        """Take note of what is shown now, so that settings can be had back."""
        self.history.note(self.visit.state)

    def address(self) -> dict[str, str | int | bool]:
        """Give the link of what is shown, whether it holds all, and what can be undone."""
        state = self.visit.state
        link = link_of(state)
        return {
            "link": link,
            "whole": is_whole(state, link),
            "opened": self.opened,
            "can_undo": self.history.can_undo,
            "can_redo": self.history.can_redo,
        }


def first_week(visit: Visit) -> int:
    """Choose the week that a visit shows first: when three in four men have come."""
    entries = sorted(visit.worlds[0].world.leavers["entry_week"].tolist())
    return int(entries[3 * len(entries) // 4]) + 1 if entries else 0
