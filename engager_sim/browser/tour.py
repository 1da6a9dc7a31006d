"""A short guided tour: what supervision does, what shared practice does, and what both do."""

from typing import Any, NamedTuple

from engager_sim.browser.charts import mean_trust, speed_of_growth
from engager_sim.browser.visit import FIRST, OTHER, Visit
from engager_sim.browser.watched_world import WatchedWorld
from engager_sim.studies.scenario import Scenario
from engager_sim.world.records import PROGRAMME

WEEK = 100
"""The week that the tour shows: most men have entered by then."""

BASE = "engager_trial"


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
        "the speed at which a relationship can grow rises by more than the sum of both. Choose a "
        "man below whose fate differs and read why he stayed.",
    ),
)


def go_to(visit: Visit, stop: int) -> None:
    """Set up the two worlds of a step."""
    visit.compare(BASE, STOPS[stop].other, WEEK)


def tour_view(visit: Visit, stop: int | None) -> dict[str, Any] | None:
    """Give a step of the tour with what its two worlds show; ``None`` if no tour is on.

    The numbers are of the run on the page, computed anew for its seed.
    """
    if stop is None or not visit.are_two:
        return None
    shown = STOPS[stop]
    rows = [_row(shown.title, visit.worlds[FIRST], visit.worlds[OTHER])]
    if stop == len(STOPS) - 1:
        earlier = [
            _row(each.title, visit.worlds[FIRST], _world(each.other, visit)) for each in STOPS[:-1]
        ]
        total = {
            "name": "sum of each alone",
            "speed": sum(each["speed"] for each in earlier),
            "trust": sum(each["trust"] for each in earlier),
        }
        rows = [*earlier, total, *rows]
    return {
        "stop": stop,
        "stops": len(STOPS),
        "title": shown.title,
        "text": shown.text,
        "rows": rows,
        "week": visit.week,
        "seed": str(visit.seed),
    }


def _world(preset: str, visit: Visit) -> WatchedWorld:
    world = WatchedWorld(Scenario.load(preset), visit.seed)
    for _ in range(visit.week):
        world.step()
    return world


def _row(name: str, first: WatchedWorld, other: WatchedWorld) -> dict[str, Any]:
    """Say by how much two measures are higher in the other world, for the programme's men."""
    speed, trust = (
        float(measure(other, PROGRAMME)[-1] - measure(first, PROGRAMME)[-1])
        for measure in (speed_of_growth, mean_trust)
    )
    return {"name": name, "speed": speed, "trust": trust}
