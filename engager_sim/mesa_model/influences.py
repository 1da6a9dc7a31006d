"""How much each theme moved the others, the relationship and the outcomes in one week.

The rules themselves give the answer: the same week is simulated twice for the same men with common
random numbers, once as it was, and once with one theme switched off and its states at the
usual-care reference (for the relationship, which has no switch, as it was when the man entered).
The difference at the end of the week ran through that theme.
"""

import functools
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engager_sim.mesa_model.world_copies import copy_world
from engager_sim.runs.plan import Plan
from engager_sim.theory import THEMES
from engager_sim.theory.declaration import StateField, states_of
from engager_sim.theory.justice import AT_LIBERTY
from engager_sim.theory.services import IN_SERVICE
from engager_sim.week.engine import advance, populate_world
from engager_sim.week.tallies import no_tables
from engager_sim.world import records
from engager_sim.world.deployment import fresh
from engager_sim.world.dice import Dice
from engager_sim.world.records import OPEN, World

SOURCE_NODES = (*THEMES, "relationship")
OUTCOME_STATES = {
    "staying": "episode_open",
    "crises": "crisis",
    "distress": "distress",
    "services": "in_service",
    "liberty": "at_liberty",
}
"""The state by which each outcome is measured."""
OUTCOME_NODES = tuple(OUTCOME_STATES)
NODES = (*SOURCE_NODES, *OUTCOME_NODES)
"""The nodes between which influences run: themes, the relationship, and outcomes."""

RECORD_TYPES = {
    "leavers": records.Leaver,
    "practitioners": records.WorkerPost,
    "supervisors": records.SupervisorPost,
    "peers": records.PeerPost,
    "ties": records.Tie,
}
ROOMS = {"supervision": ("supervision", "supervisors")}
"""Rooms of a theme that declares states in more than one."""
MEASURED_UNITS = ("share", "on/off", "points")
"""Units of states whose range a change can be a share of; counts and codes have none."""

type States = Mapping[str, npt.NDArray[np.float64]]


class Influence(NamedTuple):
    """The influence of one node on another in a week."""

    # Names of nodes.
    source: str
    target: str
    # Mean absolute difference that the source made, as a share of the full range of the target's
    # states; over the men in follow-up, or the posts, and over those states.
    strength: float
    # For each of those states, the mean difference with its sign, in its own unit.
    moved: Mapping[str, float]
    # In how many men it made a difference; none where the target's states are those of staff.
    men: int


def references(plan: Plan, dice: Dice) -> dict[str, World]:
    """Make, for every source, the world at its reference: nothing has happened, its theme off."""
    worlds = {}
    for source in SOURCE_NODES:
        world = worlds[source] = fresh(plan.template)
        populate_world(world, _theories_without(plan, source), plan.entry, dice)
    return worlds


def influences(
    plan: Plan,
    dice: Dice,
    before: World,
    after: World,
    at_reference: Mapping[str, World],
    arm: int | None = None,
) -> list[Influence]:
    """Measure every influence in the week between two states of one world.

    Within one week, so a chain of themes shows as its links, not as its sum; and sources do not
    add up, because the rules are not linear.

    Parameters
    ----------
    at_reference : mapping of str to World
        From :func:`references`, for the same plan and dice.
    arm : int, optional
        Whose men, posts and peers to compare; all unless given. Ties are compared whole.

    Returns
    -------
    list of Influence
        One per source and other node, those of no strength included. A theme that is off has no
        influence.
    """
    week = int(before.clock[records.NEXT_WEEK])
    followed = _followed(after, week)
    if arm is not None:
        followed &= after.leavers["arm"] == arm
    states = _states(after, followed, arm)
    result: list[Influence] = []
    for source in SOURCE_NODES:
        without = copy_world(before)
        _put_at_reference(without, at_reference[source], source, plan.theories)
        theories = _theories_without(plan, source)
        advance(without, theories, plan.entry, dice, week, week + 1, no_tables(), None)
        states_without = _states(without, followed, arm)
        result += [
            _influence(source, target, states[target], states_without[target])
            for target in NODES
            if target != source
        ]
    return result


def _influence(source: str, target: str, states: States, states_without: States) -> Influence:
    sizes, moved, touched = [], {}, np.zeros(0, np.bool_)
    for name, values in states.items():
        if len(values):
            difference = values - states_without[name]
            sizes.append(float(np.abs(difference).mean()) / full_range(target, name))
            moved[name] = float(difference.mean())
            if target in OUTCOME_NODES or name.startswith("leavers."):
                touched = (difference != 0.0) | (touched if len(touched) else False)
    strength = float(np.mean(sizes)) if sizes else 0.0
    return Influence(source, target, strength, moved, int(touched.sum()))


def _theories_without(plan: Plan, source: str) -> np.recarray:
    theories = plan.theories.copy()
    if source in THEMES:
        theories[source]["on"] = 0
    return theories


def _put_at_reference(world: World, reference: World, source: str, theories: np.recarray) -> None:
    """Put a source's states at their reference where it acts: a theme that is off moved none."""
    for kind, name in _declared_states(source):
        acts = _acts_on(world, kind, source, theories)
        getattr(world, kind)[name][acts] = getattr(reference, kind)[name][acts]


def _acts_on(world: World, kind: str, source: str, theories: np.recarray) -> npt.NDArray[np.bool_]:
    """Tell which records a source acts on: those of arms in which it is on; ties serve both."""
    rows = getattr(world, kind)
    if source not in THEMES:
        return np.ones(len(rows), np.bool_)
    on = theories[source]["on"] == 1
    if kind == "ties":
        return np.full(len(rows), on.any())
    arms = rows["arm"] if kind == "leavers" else world.teams["arm"][rows["team"]]
    return np.asarray(on[arms])


@functools.cache
def _declared_states(theme: str) -> tuple[tuple[str, str], ...]:
    """List the states that a theme's room declares: kind of record, and field."""
    return tuple(
        (kind, field.name)
        for kind, record in RECORD_TYPES.items()
        for field in _declared_fields(record, theme)
    )


def _declared_fields(record: type, theme: str) -> Iterator[StateField]:
    rooms = [f"engager_sim.theory.{room}" for room in ROOMS.get(theme, (theme,))]
    for part in record.__mro__[:-1]:
        if part.__module__ in rooms:
            yield from states_of(part)


@functools.cache
def measured_states(node: str) -> Mapping[str, StateField]:
    """List the states in which a change of a node is measured, by kind of record and field.

    A theme's are those that its room declares with a range and that a week may change; client
    engagement's is whether a contact was attended, which its rules decide.
    """
    if node == "client_engagement":
        fields = {field.name: field for field in states_of(records.Leaver)}
        return {"leavers.contacted": fields["contacted"]}
    return {
        f"{kind}.{field.name}": field
        for kind, record in RECORD_TYPES.items()
        for field in _declared_fields(record, node)
        if field.unit in MEASURED_UNITS and field.written_by != "enter" and field.high <= 100
    }


def states_of_node(node: str) -> tuple[str, ...]:
    """Name the states in which a change of a node is measured, outcomes included."""
    return (OUTCOME_STATES[node],) if node in OUTCOME_NODES else tuple(measured_states(node))


def full_range(target: str, name: str) -> float:
    """Give the full range of a state in which a change of a node is measured, in its own unit."""
    if target == "distress":
        return 40.0
    return measured_states(target)[name].high if target in SOURCE_NODES else 1.0


def _followed(world: World, week: int) -> npt.NDArray[np.bool_]:
    """Tell who has entered and is still followed in this week."""
    leavers = world.leavers
    return np.asarray((leavers["entry_week"] <= week) & (week <= leavers["last_week"]))


def _states(world: World, followed: npt.NDArray[np.bool_], arm: int | None) -> dict[str, States]:
    """Give the measured states of every node, of the leavers who are followed and of an arm."""
    leavers = world.leavers[followed]
    compared = {"leavers": leavers, "ties": world.ties}
    for kind in ("practitioners", "supervisors", "peers"):
        rows = getattr(world, kind)
        compared[kind] = rows if arm is None else rows[world.teams["arm"][rows["team"]] == arm]
    outcomes = {
        "staying": leavers["episode"] == OPEN,
        "crises": leavers["crisis"],
        "distress": leavers["distress"],
        "services": (leavers["service"] == IN_SERVICE).any(axis=1),
        "liberty": leavers["place"] == AT_LIBERTY,
    }
    states = {node: _source_states(compared, node) for node in SOURCE_NODES}
    return states | {
        node: {OUTCOME_STATES[node]: values.astype(np.float64)} for node, values in outcomes.items()
    }


def _source_states(compared: Mapping[str, np.recarray], node: str) -> States:
    fields = {path: path.split(".") for path in measured_states(node)}
    return {path: compared[kind][name].astype(np.float64) for path, (kind, name) in fields.items()}
