"""How much each theme moved the others, the relationship and the outcomes in one week.

The answer comes from the rules themselves: the same week passes twice for the same men with the
same dice, once as it did, and once with one theme switched off and its states at the usual-care
reference (for the relationship, which has no switch, as it stood when each man entered). What
differs at the end of the week ran through that theme.
"""

import functools
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engager_sim.mesa_model.stepping import begin, copy_of, pass_week
from engager_sim.runs.plan import Plan
from engager_sim.theory import THEMES
from engager_sim.theory.declaration import StateField, states_of
from engager_sim.theory.justice import AT_LIBERTY
from engager_sim.theory.services import IN_SERVICE
from engager_sim.week.tallies import no_tables
from engager_sim.world import records
from engager_sim.world.deployment import fresh
from engager_sim.world.dice import Dice
from engager_sim.world.records import OPEN, World

SOURCES = (*THEMES, "relationship")
OUTCOMES = ("staying", "crises", "distress", "services", "liberty")
NODES = (*SOURCES, *OUTCOMES)
"""What influences may run between: themes, the relationship, and what becomes of men."""

KINDS = {
    "leavers": records.Leaver,
    "practitioners": records.Practitioner,
    "supervisors": records.Supervisor,
    "peers": records.Peer,
    "ties": records.Tie,
}
MEASURED_UNITS = ("share", "on/off", "points")
"""Units of states with a range that a change can be a part of; counts and codes have none."""

type Shares = npt.NDArray[np.float64]


class Influence(NamedTuple):
    """What ran from one node to another in a week.

    Attributes
    ----------
    source, target : str
        Names of nodes.
    strength : float
        Mean absolute difference that the source made, as a share of the full range of the
        target's states; over the men in follow-up, or the posts, and over those states.
    moved : dict of str to float
        For each of those states, the mean difference with its sign, in its own unit.
    """

    source: str
    target: str
    strength: float
    moved: Mapping[str, float]


def references(plan: Plan, dice: Dice) -> dict[str, World]:
    """Make, for every source, the world at its reference: nothing has happened, its theme off."""
    return {source: _reference(plan, dice, _theories_without(plan, source)) for source in SOURCES}


def influences(
    plan: Plan,
    dice: Dice,
    before: World,
    after: World,
    at_reference: Mapping[str, World],
    arm: int | None = None,
) -> list[Influence]:
    """Measure every influence that ran in the week between two states of one world.

    Parameters
    ----------
    plan : Plan
        The theories of the world, and what its men and staff are drawn from.
    dice : Dice
        Its seed and replicate.
    before : World
        As it stood when the week opened.
    after : World
        As it stood when the week closed.
    at_reference : mapping of str to World
        From :func:`references`, for the same plan and dice.
    arm : int, optional
        Look at the men, posts and peers of one arm only; at all unless given. Ties are looked at
        whole.

    Returns
    -------
    list of Influence
        One per source and other node, those of no strength included. A theme that is off has no
        influence.

    Notes
    -----
    Within one week, so a chain of themes shows as its links, not as its sum; and sources do not
    add up, because the rules are not linear.
    """
    week = int(before.clock[records.NEXT_WEEK])
    followed = _followed(after, week)
    if arm is not None:
        followed &= after.leavers["arm"] == arm
    as_it_was = _states(after, followed, arm)
    found: list[Influence] = []
    for source in SOURCES:
        without = copy_of(before)
        _put_at_reference(without, at_reference[source], source)
        pass_week(without, _theories_without(plan, source), dice, week, no_tables(), None)
        otherwise = _states(without, followed, arm)
        found += [
            _compared(source, target, as_it_was[target], otherwise[target])
            for target in NODES
            if target != source
        ]
    return found


def _compared(
    source: str, target: str, here: Mapping[str, Shares], there: Mapping[str, Shares]
) -> Influence:
    sizes, moved = [], {}
    for name, values in here.items():
        if len(values):
            apart = values - there[name]
            sizes.append(float(np.abs(apart).mean()) / _range_of(target, name))
            moved[name] = float(apart.mean())
    return Influence(source, target, float(np.mean(sizes)) if sizes else 0.0, moved)


def _theories_without(plan: Plan, source: str) -> np.recarray:
    theories = plan.theories.copy()
    if source in THEMES:
        theories[source]["on"] = 0
    return theories


def _reference(plan: Plan, dice: Dice, theories: np.recarray) -> World:
    """Make the world in which nothing has happened yet, with these theories."""
    world = fresh(plan.template)
    begin(world, theories, plan.entry, dice)
    return world


def _put_at_reference(world: World, reference: World, theme: str) -> None:
    for kind, name in _owned(theme):
        getattr(world, kind)[name] = getattr(reference, kind)[name]
    if theme == "supervision":
        _fill_posts(world)


def _fill_posts(world: World) -> None:
    """Fill every post with a holder whom its men know: without the theme nobody leaves."""
    world.practitioners["vacancy"] = 0.0
    held = world.leavers["post"] >= 0
    posts = world.leavers["post"][held]
    world.leavers["incumbent"][held] = world.practitioners["incumbent"][posts]


@functools.cache
def _owned(theme: str) -> tuple[tuple[str, str], ...]:
    """List the states that a theme's room declares: kind of record, and field."""
    return tuple(
        (kind, field.name) for kind, record in KINDS.items() for field in _fields_of(record, theme)
    )


def _fields_of(record: type, theme: str) -> Iterator[StateField]:
    for part in record.__mro__[:-1]:
        if part.__module__ == f"engager_sim.theory.{theme}":
            yield from states_of(part)


@functools.cache
def measured(node: str) -> Mapping[str, StateField]:
    """List a node's states that a change is measured in, by kind of record and field.

    A theme's are those that its room declares with a range and that a week may change; client
    engagement's is whether a contact was attended, which its rules decide.
    """
    if node == "client_engagement":
        whole = {field.name: field for field in states_of(records.Leaver)}
        return {"leavers.contacted": whole["contacted"]}
    return {
        f"{kind}.{field.name}": field
        for kind, record in KINDS.items()
        for field in _fields_of(record, node)
        if field.unit in MEASURED_UNITS and field.written_by != "enter" and field.high <= 100
    }


def _range_of(target: str, name: str) -> float:
    if target == "distress":
        return 40.0
    return measured(target)[name].high if target in SOURCES else 1.0


def _followed(world: World, week: int) -> npt.NDArray[np.bool_]:
    """Tell who has entered and is still followed in this week."""
    men = world.leavers
    found: npt.NDArray[np.bool_] = (men["entry_week"] <= week) & (week <= men["last_week"])
    return found


def _states(
    world: World, followed: npt.NDArray[np.bool_], arm: int | None
) -> dict[str, dict[str, npt.NDArray[np.float64]]]:
    men = world.leavers[followed]
    shown = {"leavers": men, "ties": world.ties}
    for kind in ("practitioners", "supervisors", "peers"):
        rows = getattr(world, kind)
        shown[kind] = rows if arm is None else rows[world.teams["arm"][rows["team"]] == arm]
    found = {node: _of_theme(shown, node) for node in SOURCES}
    found["staying"] = {"episode_open": (men["episode"] == OPEN).astype(np.float64)}
    found["crises"] = {"crisis": men["crisis"].astype(np.float64)}
    found["distress"] = {"distress": men["distress"].astype(np.float64)}
    found["services"] = {"in_service": (men["service"] == IN_SERVICE).any(axis=1).astype(float)}
    found["liberty"] = {"at_liberty": (men["place"] == AT_LIBERTY).astype(np.float64)}
    return found


def _of_theme(shown: Mapping[str, np.recarray], node: str) -> dict[str, npt.NDArray[np.float64]]:
    found = {}
    for path in measured(node):
        kind, name = path.split(".")
        found[path] = shown[kind][name].astype(np.float64)
    return found
