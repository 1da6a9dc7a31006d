"""A short guided tour: the effects of supervision, of shared practice, and of both together."""

import math
from typing import Any, NamedTuple

from engager_sim.browser.charts import mean_growth_speed, mean_trust
from engager_sim.browser.visit import FIRST, OTHER, Visit
from engager_sim.browser.watched_world import WatchedWorld
from engager_sim.scenarios.scenario import Scenario
from engager_sim.world.records import PROGRAMME

WEEK = 100
"""The week that the tour shows: most men have entered by then."""

BASE = "engager_trial"

type Row = dict[str, Any]


class TourStop(NamedTuple):
    """One stop of the tour: its title, the scenario of the other world, and its text."""

    title: str
    other: str
    text: str


STOPS = (
    TourStop(
        "Supervision alone",
        f"{BASE}_weekly_supervision",
        "The same men live in two worlds with common random numbers. The first is the trial; in "
        "the other the programme's practitioners have good supervision every week. Look at Staff "
        "and agencies: their burnout falls, and a relationship can grow faster.",
    ),
    TourStop(
        "Shared practice alone",
        f"{BASE}_shared_practice",
        "Now supervision is as it was in the trial, and agencies share ties, one record, plans and "
        "an office instead. In the network lines grow thicker, and with them the other gate on the "
        "relationship opens.",
    ),
    TourStop(
        "Both together",
        f"{BASE}_shared_practice_and_weekly_supervision",
        "In the theory the two are gates: what one lets through, the other can still hold back. So "
        "the speed at which a relationship can grow rises by more than the two alone added up. How "
        "far trust follows differs from run to run; a sweep over many runs says more. Choose a man "
        "whose exit differs and read why he stayed.",
    ),
)


def show_stop(visit: Visit, stop: int) -> None:
    """Set up the two worlds of a stop; the visitor's own settings are kept."""
    if not _is_on_tour(visit):
        visit.before_tour = visit.state
    visit.compare(BASE, STOPS[stop].other, WEEK)
    visit.tour_stop = stop


def end_tour(visit: Visit) -> None:
    """End the tour, and restore the visitor's own settings."""
    before = visit.before_tour
    leave_tour(visit)
    if before is not None:
        visit.show(before)


def leave_tour(visit: Visit) -> None:
    """Leave the tour for what is shown now."""
    visit.tour_stop = visit.before_tour = None


def tour_view(visit: Visit) -> dict[str, Any] | None:
    """Give the data of the tour's current stop, with the differences between its two worlds.

    The numbers are those of the run on the page, computed anew for its random seed and week. There
    is nothing to show without a tour, or once the worlds are no longer those of the stop.
    """
    if visit.tour_stop is None or not _is_on_tour(visit):
        return None
    stop = STOPS[visit.tour_stop]
    first = visit.worlds[FIRST]
    rows = [_difference(stop.title, first, visit.worlds[OTHER])]
    if visit.tour_stop == len(STOPS) - 1:
        alone = [
            _difference(earlier.title, first, _preset_world(earlier.other, visit))
            for earlier in STOPS[:-1]
        ]
        rows = [*alone, _sum(alone), *rows]
    return {
        "stop": visit.tour_stop,
        "stops": len(STOPS),
        "title": stop.title,
        "text": stop.text,
        "rows": rows,
        "week": visit.week,
        "seed": str(visit.seed),
    }


def _is_on_tour(visit: Visit) -> bool:
    """Tell whether a visit is at a stop and its worlds are as they were set up."""
    if visit.tour_stop is None:
        return False
    names = [settings.source.name for settings in visit.settings]
    is_changed = any(settings.changes for settings in visit.settings)
    return not is_changed and names == [BASE, STOPS[visit.tour_stop].other]


def _preset_world(preset: str, visit: Visit) -> WatchedWorld:
    world = WatchedWorld(Scenario.load(preset), visit.seed, visit.draw)
    for _ in range(visit.week):
        world.step()
    return world


def _difference(name: str, first: WatchedWorld, other: WatchedWorld) -> Row:
    """Subtract the first world's measures from the other's, for the programme's men."""
    speed, trust = (
        _none_if_nan(float(measure(other, PROGRAMME)[-1] - measure(first, PROGRAMME)[-1]))
        for measure in (mean_growth_speed, mean_trust)
    )
    return {"name": name, "speed": speed, "trust": trust}


def _sum(rows: list[Row]) -> Row:
    total: Row = {"name": "Sum of each alone"}
    for measure in ("speed", "trust"):
        values = [row[measure] for row in rows]
        total[measure] = None if None in values else sum(values)
    return total


def _none_if_nan(value: float) -> float | None:
    """Replace NaN, the mean over nobody, by ``None``, which JSON can hold."""
    return None if math.isnan(value) else value
