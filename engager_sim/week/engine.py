"""The engine: runs weeks, whole runs and batches of runs, compiled. It knows order, not content."""

import inspect
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from engager_sim.compilation import entry_point, in_place, rule
from engager_sim.week.allocation import write_calendar
from engager_sim.week.event_log import EventLog
from engager_sim.week.order import CLOSES, EACH_MAN, OPENS, steps
from engager_sim.week.reading_ahead import MEN_AHEAD, read_ahead
from engager_sim.week.tallies import WeeklyTables, no_tables, tally_man, tally_staff
from engager_sim.world.dice import Dice
from engager_sim.world.observed import NOT_YET
from engager_sim.world.population import Entry, populate
from engager_sim.world.records import NEXT_WEEK, POPULATED, PRESENT, World

WHOLE_WORLD = ("world", "theories", "dice", "week", "log")
ONE_MAN = ("leaver", "post", "team", "world", "theory", "dice", "week", "log")
"""What events may ask for by name. A man without a post is given the last one; no event of his
looks at it, because his episode is not open."""


PARTS: dict[str, tuple[str, tuple[str, ...]]] = {
    OPENS: ("open_week", WHOLE_WORLD),
    EACH_MAN: ("live_week", ONE_MAN),
    CLOSES: ("close_week", WHOLE_WORLD),
}
"""The function that each part of the week becomes, and its arguments."""


def engine_source() -> str:
    """Write the three functions that the week's order becomes, as the engine compiles them.

    They are written from the order because the order is data: what is printed, documented and
    tested is what runs, and there is no second copy of it that could drift. Each part is one
    function that calls its events by name, and not a loop over a list of them, so that numba sets
    the machine code of every event in place.

    Returns
    -------
    str
        Python source; each event is passed what its signature names.
    """
    return "\n\n\n".join(_source(part) for part in PARTS)


def _source(part: str) -> str:
    name, given = PARTS[part]
    calls = (f"{event.__name__}({', '.join(_wanted(event))})" for event in steps(part))
    return f"def {name}({', '.join(given)}):\n    " + "\n    ".join(calls)


def _wanted(event: Callable[..., Any]) -> Iterable[str]:
    return inspect.signature(event).parameters


def _compiled(part: str) -> Any:
    room: dict[str, Any] = {event.__name__: in_place(event) for event in steps(part)}
    exec(_source(part), room)
    return in_place(room[PARTS[part][0]])


_open_week, _live_week, _close_week = (_compiled(part) for part in PARTS)


@rule
def one_week(
    world: World, theories: np.ndarray, follow_up_weeks: int, dice: Dice, week: int,
    tables: WeeklyTables, log: EventLog | None,
) -> None:  # fmt: skip
    """Let one week pass, for those who live; a man is tallied while his record is at hand."""
    _open_week(world, theories, dice, week, log)
    present = world.clock[PRESENT]
    for position in range(present):
        read_ahead(world.leavers[world.present[min(position + MEN_AHEAD, present - 1)]])
        leaver = world.leavers[world.present[position]]
        post, team = world.practitioners[leaver.post], world.teams[leaver.team]
        if leaver.died_week == NOT_YET:
            _live_week(leaver, post, team, world, theories[leaver.arm], dice, week, log)
        tally_man(leaver, week, follow_up_weeks, tables)
    _close_week(world, theories, dice, week, log)
    tally_staff(world, week, tables)
    world.clock[NEXT_WEEK] = week + 1


@entry_point
def advance(
    world: World, theories: np.ndarray, entry: Entry, dice: Dice, first_week: int, end_week: int,
    tables: WeeklyTables, log: EventLog | None,
) -> None:  # fmt: skip
    """Let weeks pass in a world, from ``first_week`` up to but not including ``end_week``.

    Every run goes through this function: one week at a time in the browser, whole in a study. It
    is the one place where the week's rules become machine code, once with a log and once without.

    Parameters
    ----------
    world : World
        Changed in place; an empty one is populated first, so no weeks at all populate it. Records
        may have been set since: the calendar is written anew.
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
    if world.clock[POPULATED] == 0:
        populate(world, theories, entry, dice)
        world.clock[POPULATED] = 1
    write_calendar(world)
    for week in range(first_week, end_week):
        one_week(world, theories, entry.follow_up, dice, week, tables, log)


def populate_world(world: World, theories: np.ndarray, entry: Entry, dice: Dice) -> None:
    """Draw men, staff and ties into an empty world, which then stands as week 0 opens."""
    advance(world, theories, entry, dice, 0, 0, no_tables(), None)
