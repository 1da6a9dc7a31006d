"""The engine: runs weeks, whole runs and batches of runs, compiled. It knows order, not content."""

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from engager_sim.compilation import entry_point, in_place, rule
from engager_sim.week.event_log import EventLog
from engager_sim.week.order import CLOSES, EACH_MAN, OPENS, steps
from engager_sim.week.reading_ahead import read_ahead
from engager_sim.week.tallies import WeeklyTables, tally_man, tally_staff
from engager_sim.world.dice import Dice
from engager_sim.world.population import Entry, populate
from engager_sim.world.records import NEXT_WEEK, PRESENT, World

MEN_AHEAD = 2
"""How many men ahead records are fetched: with one, they came late; with four, they were gone."""
WHOLE_WORLD = ("world", "theories", "dice", "week", "log")
ONE_MAN = ("leaver", "post", "team", "world", "theory", "dice", "week", "log")
"""What events may ask for by name. A man without a post is given the last one; no event of his
looks at it, because his episode is not open."""


def _one_function(name: str, given: tuple[str, ...], events: list[Callable[..., Any]]) -> Any:
    """Compile events, in turn, into one function; each is passed what its signature names."""
    lines = [f"def {name}({', '.join(given)}):"]
    for event in events:
        wanted = inspect.signature(event).parameters
        lines.append(f"    {event.__name__}({', '.join(wanted)})")
    room: dict[str, Any] = {event.__name__: in_place(event) for event in events}
    exec("\n".join(lines), room)  # the week's order is data; this makes one function of it
    return in_place(room[name])


_open_week = _one_function("open_week", WHOLE_WORLD, steps(OPENS))
_live_week = _one_function("live_week", ONE_MAN, steps(EACH_MAN))
_close_week = _one_function("close_week", WHOLE_WORLD, steps(CLOSES))


@rule
def one_week(
    world: World,
    theories: np.ndarray,
    follow_up_weeks: int,
    dice: Dice,
    week: int,
    tables: WeeklyTables,
    log: EventLog | None,
) -> None:
    """Let one week pass; a man is tallied while his record is at hand."""
    _open_week(world, theories, dice, week, log)
    present = world.clock[PRESENT]
    for place in range(present):
        read_ahead(world.leavers[world.present[min(place + MEN_AHEAD, present - 1)]])
        man = world.leavers[world.present[place]]
        post, team = world.practitioners[man.post], world.teams[man.team]
        _live_week(man, post, team, world, theories[man.arm], dice, week, log)
        tally_man(man, week, follow_up_weeks, tables)
    _close_week(world, theories, dice, week, log)
    tally_staff(world, week, tables)
    world.clock[NEXT_WEEK] = week + 1


@entry_point
def advance(
    world: World,
    theories: np.ndarray,
    entry: Entry,
    dice: Dice,
    first_week: int,
    end_week: int,
    tables: WeeklyTables,
    log: EventLog | None,
) -> None:
    """Let weeks pass in a world, from ``first_week`` up to but not including ``end_week``.

    Every run goes through this function: one week at a time in the browser, whole in a study.

    Parameters
    ----------
    world : World
        Changed in place; an empty one is populated before week 0.
    theories : structured array, shape (2,)
        One theory per arm: programme, usual care.
    entry : Entry
        How men enter, and how long they are followed.
    dice : Dice
        Seed and replicate.
    tables : WeeklyTables
        Where weekly sums are added; tables of no length are left alone.
    log : EventLog or None
        Where to write what happens; ``None`` compiles the log away.
    """
    if first_week == 0:
        populate(world, theories, entry, dice)
    for week in range(first_week, end_week):
        one_week(world, theories, entry.follow_up, dice, week, tables, log)
