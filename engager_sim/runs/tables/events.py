"""The table of events: what happened to whom in which week, and the values that decided it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.runs.tables.column import REPLICATE, SCENARIO, Column, one_word, where, words
from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from engager_sim.week.event_log import Event
from engager_sim.world.dice import Kind
from engager_sim.world.records import ARMS, World

KIND_SHIFT = 29
KIND_NAMES = {Kind.LEAVER: "leaver", Kind.POST: "practitioner", Kind.PEER: "peer"}
EVENTS = tuple(Event)
NAMES = tuple(sorted({name for event in Event for name in event.names}))
VALUE_COUNT = 4


@dataclass(frozen=True, slots=True)
class LoggedRun:
    """The rows of one run's event log, as things happened, and the world at the end of the run."""

    rows: npt.NDArray[np.void]
    world: World


def events_table(scenario: str, runs: list[LoggedRun], first: int = 0) -> pd.DataFrame:
    """Make the table of events of replicates from ``first`` on, in the order of time."""
    frames = [_of_one_run(scenario, first + index, run) for index, run in enumerate(runs)]
    return pd.concat(frames, ignore_index=True)


def events_columns() -> list[Column]:
    """Declare the columns of the table of events; what a value is depends on the event."""
    causes = "; ".join(f"{cause.name.lower()}: {text}" for cause, text in EXIT_MEANINGS.items())
    declared = [
        SCENARIO,
        REPLICATE,
        Column("week", "week of the run, from 0", "week"),
        Column(
            "weeks_after_release",
            "weeks since his first release, below 0 before it",
            "weeks",
            missing="it happened to a practitioner or peer",
        ),
        Column("arm", "programme or usual_care", "name"),
        Column("who", "kind of agent: leaver, practitioner or peer", "name"),
        Column(
            "number", "number of that agent, from 0, in the order of the leavers' table", "number"
        ),
        Column("event", "what happened: " + ", ".join(_event_names()), "name"),
        Column("cause", f"cause of an exit ({causes})", "name", missing="not an exit"),
    ]
    for position in range(VALUE_COUNT):
        named = "; ".join(f"{e.name.lower()}: {e.names[position]}" for e in EVENTS)
        declared.append(Column(f"value_{position + 1}_name", "what the value is", "name"))
        declared.append(Column(f"value_{position + 1}", f"by event: {named}", "as named"))
    return declared


def _event_names() -> list[str]:
    return [event.name.lower() for event in EVENTS]


def _of_one_run(scenario: str, replicate: int, run: LoggedRun) -> pd.DataFrame:
    rows, count = run.rows, len(run.rows)
    kinds, numbers, arms, weeks_after = _who(rows, run.world)
    events = np.searchsorted([int(event) for event in EVENTS], rows["event"])
    columns: dict[str, object] = {
        "scenario": one_word(scenario, count),
        "replicate": np.full(count, replicate),
        "week": rows["week"],
        "weeks_after_release": weeks_after,
        "arm": words(arms, ARMS),
        "who": words(kinds, KIND_NAMES.values()),
        "number": numbers,
        "event": words(events, _event_names()),
        "cause": words(
            np.where(rows["cause"] == Exit.NONE, -1, rows["cause"]),
            [cause.name.lower() for cause in Exit],
        ),
    }
    for position in range(VALUE_COUNT):
        names = np.array([NAMES.index(event.names[position]) for event in EVENTS])
        columns[f"value_{position + 1}_name"] = words(names[events], NAMES)
        columns[f"value_{position + 1}"] = rows["values"][:, position]
    return pd.DataFrame(columns)


def _who(
    rows: npt.NDArray[np.void], world: World
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64], object]:
    """Find kind, number and arm of each row's agent, and the week after a man's release."""
    who = rows["who"]
    kinds = np.full(len(who), -1)
    numbers, arms, released = np.zeros((3, len(who)), np.int64)
    agents = {
        Kind.LEAVER: (world.leavers["who"], world.leavers["arm"]),
        Kind.POST: (world.practitioners["who"], world.practitioners["arm"]),
        Kind.PEER: (world.peers["who"], world.teams["arm"][world.peers["team"]]),
    }
    for code, (kind, (known, their_arms)) in enumerate(agents.items()):
        rows_of_kind = (who >> KIND_SHIFT) == kind
        order = np.argsort(known, kind="stable")
        indices = order[np.searchsorted(known, who[rows_of_kind], sorter=order)]
        kinds[rows_of_kind], numbers[rows_of_kind] = code, indices
        arms[rows_of_kind] = their_arms[indices]
        if kind == Kind.LEAVER:
            released[rows_of_kind] = world.leavers["release_week"][indices]
    return kinds, numbers, arms, where(rows["week"] - released, kinds != 0)
