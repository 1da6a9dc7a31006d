"""Weeks of the engine against the same weeks retold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count, zip_longest

import numpy as np

from engager_sim.mesa_model.world_copies import copy_world
from engager_sim.runs.plan import Plan, plan_of
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.parameters_table import parameter_rows
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.theory_values import Value
from engager_sim.week.engine import advance, populate_world
from engager_sim.week.event_log import empty_log
from engager_sim.week.tallies import no_tables
from engager_sim.world import records as engine
from engager_sim.world.deployment import fresh
from engager_sim.world.dice import dice_for
from tests.replication.anywhere import drawn_anywhere
from tests.replication.records import SHARED, Record, World, plain_theories, plain_world
from tests.replication.week import pass_week

TOLERANCE = 1e-9
ROOM = 20_000
STRIDE = 5
SEED = 1
SHOWN = 20

type Changes = Mapping[str, Value]


@dataclass
class Agreement:
    """How many leaver-weeks were compared, and what differed."""

    leaver_weeks: int = 0
    events: int = 0
    kinds: set[int] = field(default_factory=set)
    differences: list[str] = field(default_factory=list)


def compare_week(
    agreement: Agreement, before: engine.World, after: engine.World, rows: np.ndarray, told: World
) -> None:
    """Compare records and events of one week."""
    here = list(told.leavers)
    leavers = np.asarray(after.leavers)
    found = [*differing_records("leavers", leavers[here], list(told.leavers.values()))]
    for kind in SHARED:
        found += differing_records(kind, np.asarray(getattr(after, kind)), getattr(told, kind))
    found += differing_events(rows, told)
    if after.waiting[: after.clock[engine.WAITING]].tolist() != told.waiting:
        found.append("the list of those who wait")
    elsewhere = np.setdiff1d(np.arange(len(leavers)), here)
    if leavers[elsewhere].tobytes() != np.asarray(before.leavers)[elsewhere].tobytes():
        found.append("a man who is not followed this week")
    agreement.differences += [f"week {told.week}: {difference}" for difference in found]
    agreement.events += len(rows)
    agreement.kinds |= set(rows["event"].tolist())


def differing_records(kind: str, theirs: np.ndarray, told: list[Record]) -> Iterator[str]:
    """Name the fields of records of one kind that differ: counts at all, states by rounding."""
    ours = np.array([tuple(vars(record).values()) for record in told], theirs.dtype)
    for name in theirs.dtype.names or ():
        one, other = theirs[name], ours[name]
        if (one == other).all():
            continue
        differs = np.abs(one.astype(float) - other) > TOLERANCE
        for index in np.unique(np.argwhere(differs)[:, 0])[:5]:
            who = vars(told[index]).get("who", index)
            yield f"{kind} {who} {name}: engine {one[index]}, retold {other[index]}"


def differing_events(rows: np.ndarray, told: World) -> Iterator[str]:
    """Name the first event that differs."""
    heads = zip(rows["who"].tolist(), rows["event"].tolist(), rows["cause"].tolist(), strict=True)
    expected = list(zip(heads, rows["values"].tolist(), strict=True))
    for index, (theirs, ours) in enumerate(zip_longest(expected, told.noted)):
        if theirs is None or ours is None or theirs[0] != ours[:3]:
            yield f"event {index}: engine {theirs}, retold {ours}"
            return
        if any(abs(a - b) > TOLERANCE for a, b in zip(theirs[1], ours[3], strict=True)):
            yield f"event {index}: engine {theirs}, retold {ours}"
            return


def weeks_compared(
    preset: str, leaver_weeks: int, changes: Changes | None = None, stride: int = STRIDE
) -> Agreement:
    """Retell weeks of a preset, spread over its horizon, until so many leaver-weeks are lived.

    Every second replicate stands where the uncertain parameters were drawn evenly over their
    ranges, because some rules say little at the defaults.

    Parameters
    ----------
    changes : mapping, optional
        Parameters that are changed, by their path.
    stride : int
        One week in so many is retold.
    """
    scenario = changed(Scenario.load(preset), changes or {})
    agreement = Agreement()
    for replicate in count():
        world_here = changed(scenario, drawn_evenly(replicate)) if replicate % 2 else scenario
        retell_run(agreement, plan_of(world_here, SEED), replicate, leaver_weeks, stride)
        if agreement.leaver_weeks >= leaver_weeks or agreement.differences:
            break
    return agreement


def worlds_compared(number: int, leaver_weeks: int, stride: int = STRIDE) -> Agreement:
    """Retell weeks of a world of this number in which every parameter was drawn."""
    presets, agreement = Scenario.presets(), Agreement()
    scenario = Scenario.load(presets[number % len(presets)])
    plan = plan_of(changed(scenario, drawn_anywhere(number)), number)
    retell_run(agreement, plan, number, leaver_weeks, stride)
    return agreement


def drawn_evenly(number: int) -> Changes:
    """Draw every uncertain number evenly over the range that is allowed."""
    dice = np.random.default_rng(number)
    return {
        str(row["path"]): float(dice.uniform(row["low"], row["high"]))  # type: ignore[arg-type]
        for row in parameter_rows()
        if row["role"] == "uncertainty" and row["low"] is not None
    }


def retell_run(
    agreement: Agreement, plan: Plan, replicate: int, leaver_weeks: int, stride: int
) -> None:
    """Run the engine; retell every few weeks from where the engine stood when they opened."""
    theory = plain_theories(np.asarray(plan.theories))
    world, dice = fresh(plan.template), dice_for(plan.seed, replicate)
    populate_world(world, plan.theories, plan.entry, dice)
    log = empty_log(ROOM)
    for week in range(plan.weeks):
        if agreement.leaver_weeks >= leaver_weeks or len(agreement.differences) > SHOWN:
            return
        log.used[0] = 0
        before = copy_world(world) if week % stride == replicate % stride else None
        advance(world, plan.theories, plan.entry, dice, week, week + 1, no_tables(), log)
        if before is not None:
            told = plain_world(before, theory, dice)
            agreement.leaver_weeks += pass_week(told)
            compare_week(agreement, before, world, log.rows[: int(log.used[0])], told)
