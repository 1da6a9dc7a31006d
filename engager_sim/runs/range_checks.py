"""Guard mode: a run that stops at the first state to leave its declared range."""

from typing import Any

import numpy as np
import numpy.typing as npt

from engager_sim.errors import RangeError
from engager_sim.runs.plan import Plan
from engager_sim.theory.declaration import StateField, states_of
from engager_sim.week.engine import advance
from engager_sim.week.tallies import no_tables
from engager_sim.world.deployment import fresh
from engager_sim.world.dice import dice_for
from engager_sim.world.records import (
    Agency,
    Leaver,
    PeerPost,
    SupervisorPost,
    Team,
    Tie,
    WorkerPost,
    World,
)

KINDS: tuple[tuple[str, type, str], ...] = (
    ("leaver", Leaver, "leavers"),
    ("practitioner", WorkerPost, "practitioners"),
    ("supervisor", SupervisorPost, "supervisors"),
    ("peer", PeerPost, "peers"),
    ("tie", Tie, "ties"),
    ("team", Team, "teams"),
    ("agency", Agency, "agencies"),
)
"""Each kind of agent: what a message calls it, its declaration, its place in a world."""

DECLARED: dict[str, tuple[StateField, ...]] = {
    kind: tuple(states_of(record)) for kind, record, _ in KINDS
}


def check_run(plan: Plan, replicate: int) -> World:
    """Run week by week through the engine and look at every state after every week.

    Returns
    -------
    World
        The world at the end, the same as that of an unchecked run.

    Raises
    ------
    RangeError
        At the first state outside its declared range: which field, whose, in which week.
    """
    world, dice = fresh(plan.template), dice_for(plan.seed, replicate)
    theories = plan.theories_of(replicate)
    for week in range(plan.weeks):
        advance(world, theories, plan.entry, dice, week, week + 1, no_tables(), None)
        check_week(world, week, f"scenario {plan.scenario}, replicate {replicate}")
    return world


def check_week(world: World, week: int, run: str) -> None:
    """Compare every state of everyone who has entered with its declared range.

    Parameters
    ----------
    week : int
        The week that has just passed.
    run : str
        Which run this is, for the message.

    Raises
    ------
    RangeError
        Naming the first field outside its range.
    """
    for kind, _, array in KINDS:
        records = np.asarray(getattr(world, array))
        if kind == "leaver":
            present = np.flatnonzero(records["entry_week"] <= week)
        else:
            present = np.arange(len(records))
        for field in DECLARED[kind]:
            _check_field(records[field.name][present], present, field, kind, week, run)


def _check_field(
    values: npt.NDArray[Any], whose: npt.NDArray[np.int64], field: StateField, kind: str, week: int,
    run: str,
) -> None:  # fmt: skip
    # Written so that NaN, which compares false with everything, is outside.
    outside = ~((values >= field.low) & (values <= field.high))
    if not outside.any():
        return
    first = tuple(int(index) for index in np.argwhere(outside)[0])
    part = f"[{first[1]}]" if len(first) > 1 else ""
    raise RangeError(
        f"{field.name}{part} of {kind} {whose[first[0]]} left its declared range in week {week} "
        f"({run})",
        value=values[first].item(),
        allowed=f"{field.low:g} to {field.high:g} ({field.unit})",
        fix=f"the event {field.written_by} writes it",
    )
