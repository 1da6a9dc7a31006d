"""The same rules as a straightforward Mesa model: agents are Python objects, nothing is compiled.

It measures what compiling gains, and it is an oracle: with the same uniforms it must end in the
same records, bit for bit.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import fsum
from typing import Any

import mesa
import numpy as np

from engager_sim.compilation import entry_point
from engager_sim.runs.plan import Plan
from engager_sim.theory import Theory
from engager_sim.week import allocation, engine
from engager_sim.world import dice as chance
from engager_sim.world import records
from engager_sim.world.dice import Dice, dice_for
from engager_sim.world.observed import NOT_YET
from engager_sim.world.population import populate
from engager_sim.world.records import OPEN, World
from tests.benchmarks.plain import PlainRules

type Uniforms = Mapping[tuple[int, int, int, int], float]


@entry_point
def _drawn(dice: Dice, who: int, week: int, event: int, occasion: int) -> float:
    return chance.draw(dice, who, week, event, occasion)


class DrawnBefore(dict[tuple[int, int, int, int], float]):
    """Uniforms by who, week, event and occasion; what is not there yet is drawn and kept.

    Attributes
    ----------
    asked : list of float
        The uniforms in the order in which a run that writes them down asked for them.
    """

    def __init__(self, seed: int, replicate: int) -> None:
        self._dice = dice_for(seed, replicate)
        self.asked: list[float] = []

    def __missing__(self, key: tuple[int, int, int, int]) -> float:
        self[key] = uniform = _drawn(self._dice, *key)
        return uniform


def look_up(uniforms: Uniforms, who: int, week: int, event: int, occasion: int = 0) -> float:
    """Look up a uniform that was drawn before."""
    return uniforms[who, week, event, occasion]


def write_down(uniforms: DrawnBefore, who: int, week: int, event: int, occasion: int = 0) -> float:
    """Look up a uniform, drawn now unless it was drawn before, and note that it was asked for."""
    uniform = uniforms[who, week, event, occasion]
    uniforms.asked.append(uniform)
    return uniform


def hand_over(
    uniforms: Iterator[float], _who: int, _week: int, _event: int, _occasion: int = 0
) -> float:
    """Give the next of the uniforms that were written down: the least that a draw can cost."""
    return next(uniforms)


class PlainAgent(mesa.Agent):  # type: ignore[misc]  # Mesa ships no types
    """An agent whose states are ordinary attributes."""

    __hash__ = object.__hash__  # declared records compare by value, agents by identity
    __eq__ = object.__eq__

    def __init__(self, model: mesa.Model, record: np.void) -> None:
        super().__init__(model)
        for name in record.dtype.names or ():
            setattr(self, name, record[name].tolist())


class PlainLeaver(PlainAgent, records.Leaver):
    """A person leaving prison."""

    model: "PlainModel"

    def step(self) -> None:
        """Live his week, one event after another in the week's order."""
        model = self.model
        week = model.week
        if self.entry_week <= week <= self.last_week and self.died_week == NOT_YET:
            world = model.world
            model.live_week(
                self, world.practitioners[self.post], world.teams[self.team], world,
                model.theories[self.arm], model.uniforms, week, None,
            )  # fmt: skip


class PlainPractitioner(PlainAgent, records.WorkerPost):
    """A post for a practitioner and whoever holds it."""


class PlainSupervisor(PlainAgent, records.SupervisorPost):
    """A supervisor of a team."""


class PlainPeer(PlainAgent, records.PeerPost):
    """A peer's place in a team and whoever holds it."""


class PlainModel(mesa.Model):  # type: ignore[misc]  # Mesa ships no types
    """One run of a plan.

    Parameters
    ----------
    plan : Plan
        What to run; shared with the compiled engine.
    uniforms : mapping, or iterator
        What takes the place of the dice.
    draw : callable
        What takes the place of drawing: how a uniform is had from ``uniforms``.
    """

    def __init__(self, plan: Plan, uniforms: Any, draw: Callable[..., float] = look_up) -> None:
        super().__init__(rng=0)
        rules = PlainRules({chance.draw: draw, chance.dice_of_men: lambda uniforms: uniforms})
        self.open_week = rules.of(engine._open_week)
        self.live_week = rules.of(engine._live_week)
        self.close_week = rules.of(engine._close_week)
        self.plan = plan
        self.uniforms = uniforms
        self.week = 0
        self.theories = [plain_theory(theory) for theory in plan.theories]
        self.world = self._people(plan.template)
        rules.of(populate)(self.world, self.theories, plan.entry, uniforms)
        rules.of(allocation.write_calendar)(self.world)
        self.datacollector = mesa.DataCollector(model_reporters=REPORTERS)

    def step(self) -> None:
        """Let one week pass: staff and agencies, each man, and what was counted is applied."""
        self.open_week(self.world, self.theories, self.uniforms, self.week, None)
        self.agents_by_type[PlainLeaver].do("step")
        self.close_week(self.world, self.theories, self.uniforms, self.week, None)
        self.week += 1
        self.datacollector.collect(self)

    def _people(self, template: World) -> World:
        blank = template.leavers[0]
        pairs = template.pair
        return World(
            leavers=[PlainLeaver(self, blank) for _ in template.given],
            given=[_object(records.GivenMan, man) for man in template.given],
            practitioners=[PlainPractitioner(self, post) for post in template.practitioners],
            supervisors=[PlainSupervisor(self, one) for one in template.supervisors],
            peers=[PlainPeer(self, place) for place in template.peers],
            teams=[_object(records.Team, team) for team in template.teams],
            agencies=[_object(records.Agency, agency) for agency in template.agencies],
            ties=[_object(records.Tie, tie) for tie in template.ties],
            pair={place: int(pairs[place]) for place in np.ndindex(pairs.shape)},  # type: ignore[arg-type]
            waiting=template.waiting.tolist(),
            queue=template.queue.tolist(),
            claim_before=template.claim_before.tolist(),
            calendar=dict.fromkeys(np.ndindex(template.calendar.shape), 0),  # type: ignore[arg-type]
            present=template.present.tolist(),
            clock=template.clock.tolist(),
        )


def plain_theory(theory: np.void) -> Theory:
    """Turn a record of parameters into the declared classes, with Python's own numbers."""
    groups = {field.name: field.type for field in dataclasses.fields(Theory)}
    return Theory(**{name: _object(kind, theory[name]) for name, kind in groups.items()})


def as_records(agents: Sequence[Any], like: np.recarray) -> np.recarray:
    """Write agents' attributes into records, so that they can be compared with compiled ones."""
    written = np.zeros(len(agents), like.dtype)
    for record, agent in zip(written, agents, strict=True):
        for name in like.dtype.names or ():
            record[name] = getattr(agent, name)
    return written.view(np.recarray)


def _object(declared: Any, record: np.void) -> Any:
    return declared(**{name: record[name].tolist() for name in record.dtype.names or ()})


def _mean_trust(model: PlainModel) -> float:
    return fsum(man.trust for man in model.world.leavers) / len(model.world.leavers)


def _mean_rapport(model: PlainModel) -> float:
    return fsum(man.rapport for man in model.world.leavers) / len(model.world.leavers)


def _episodes_open(model: PlainModel) -> int:
    return sum(man.episode == OPEN for man in model.world.leavers)


def _in_contact(model: PlainModel) -> int:
    return sum(man.engaged for man in model.world.leavers)


REPORTERS = {
    "trust": _mean_trust,
    "rapport": _mean_rapport,
    "episode_open": _episodes_open,
    "in_contact": _in_contact,
}
"""A handful of measures, as somebody who writes such a model would collect."""
