"""A short guided tour: what supervision does, what shared practice does, and what both do."""

import math
from typing import Any, NamedTuple

from engager_sim.browser.charts import mean_trust, speed_of_growth
from engager_sim.browser.visit import FIRST, OTHER, Visit
from engager_sim.browser.watched_world import WatchedWorld
from engager_sim.scenarios.scenario import Scenario
from engager_sim.world.records import PROGRAMME

WEEK = 100
"""The week that the tour shows: most men have entered by then."""

BASE = "engager_trial"

type Row = dict[str, Any]


class Stop(NamedTuple):
    """One step of the tour: what it is called, the other world, and what to look at."""

    title: str
    other: str
    text: str


STOPS = (
    Stop(
        "Supervision alone",
        f"{BASE}_weekly_supervision",
        "The same men with the same luck live in two worlds. The first is the trial; in the other "
        "the programme's practitioners have good supervision every week. Look at Staff and "
        "agencies: their burnout falls, and a relationship can grow faster.",
    ),
    Stop(
        "Shared practice alone",
        f"{BASE}_shared_practice",
        "Now supervision is as it was in the trial, and agencies share ties, one record, plans and "
        "an office instead. In the network lines grow thicker, and with them the other gate on the "
        "relationship opens.",
    ),
    Stop(
        "Both together",
        f"{BASE}_shared_practice_and_weekly_supervision",
        "In the theory the two are gates: what one lets through, the other can still hold back. So "
        "the speed at which a relationship can grow rises by more than the two alone added up. How "
        "far trust follows differs from run to run; a sweep over many runs says more. Choose a man "
        "whose fate differs and read why he stayed.",
    ),
)


def go_to(visit: Visit, stop: int) -> None:
    """Set up the two worlds of a step; what the visitor had before is kept."""
    if not _is_on(visit):
        visit.keep()
    visit.compare(BASE, STOPS[stop].other, WEEK)
    visit.stop = stop


def leave(visit: Visit) -> None:
    """End the tour, and go back to what the visitor had before."""
    visit.stop = None
    visit.go_back()


def tour_view(visit: Visit) -> dict[str, Any] | None:
    """Give the step of the tour at which a visit is, with what its two worlds show.

    The numbers are of the run on the page, computed anew for its seed and week. There is nothing to
    show without a tour, or once the worlds are no longer those of the step.
    """
    if visit.stop is None or not _is_on(visit):
        return None
    shown = STOPS[visit.stop]
    rows = [_row(shown.title, visit.worlds[FIRST], visit.worlds[OTHER])]
    if visit.stop == len(STOPS) - 1:
        earlier = [
            _row(each.title, visit.worlds[FIRST], _world(each.other, visit)) for each in STOPS[:-1]
        ]
        rows = [*earlier, _sum(earlier), *rows]
    return {
        "stop": visit.stop,
        "stops": len(STOPS),
        "title": shown.title,
        "text": shown.text,
        "rows": rows,
        "week": visit.week,
        "seed": str(visit.seed),
    }


def _is_on(visit: Visit) -> bool:
    """Tell whether a visit is at a step and shows its worlds as they were set up."""
    if visit.stop is None:
        return False
    names = [each.source.name for each in visit.settings]
    unchanged = not any(each.changes for each in visit.settings)
    return unchanged and names == [BASE, STOPS[visit.stop].other]


def _world(preset: str, visit: Visit) -> WatchedWorld:
    world = WatchedWorld(Scenario.load(preset), visit.seed)
    for _ in range(visit.week):
        world.step()
    return world


def _row(name: str, first: WatchedWorld, other: WatchedWorld) -> Row:
    """Say by how much two measures are higher in the other world, for the programme's men."""
    speed, trust = (
        _known(float(measure(other, PROGRAMME)[-1] - measure(first, PROGRAMME)[-1]))
        for measure in (speed_of_growth, mean_trust)
    )
    return {"name": name, "speed": speed, "trust": trust}


def _sum(rows: list[Row]) -> Row:
    total: Row = {"name": "Sum of each alone"}
    for measure in ("speed", "trust"):
        total[measure] = _known(
            sum(math.nan if row[measure] is None else row[measure] for row in rows)
        )
    return total


def _known(value: float) -> float | None:
    """Give a number, or nothing where nobody is there to be measured."""
    return None if math.isnan(value) else value
