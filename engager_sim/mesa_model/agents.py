"""The agents of a Mesa model: leavers, practitioners, supervisors and peers.

Beside their declared states, which read and write the record, agents know one another.
"""

from collections.abc import Callable, Mapping
from random import Random
from typing import Any, NamedTuple, Protocol

import numpy as np
from mesa.agent import AgentSet

from engager_sim.mesa_model.views import RecordView, agent_at
from engager_sim.runs.tables.leavers import PARTS
from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from engager_sim.world import records
from engager_sim.world.records import ARMS, OPEN, World
from engager_sim.world.setting import Setting


class Inhabitant(RecordView):
    """An agent among others: it knows the world around it, and whom it has to do with there."""

    model: "Surroundings"

    def __init__(self, model: "Surroundings", records: np.recarray, index: int) -> None:
        super().__init__(model, records, index)


class PrisonLeaver(Inhabitant, declared=records.Leaver):
    """A person leaving prison; his attributes are the declared states of a leaver.

    All men of a scenario are agents from the start, and :attr:`has_entered` tells who has come.
    Who will come, and when, is drawn before week 0; so agent sets, ids and tables keep their size
    and order, and a man can be looked at or written to before he enters.
    """

    @property
    def has_entered(self) -> bool:
        """Whether his week of entry has passed."""
        return bool(self.entry_week < self.model.week)

    @property
    def is_followed(self) -> bool:
        """Whether he has entered and his follow-up is not over."""
        return bool(self.entry_week < self.model.week <= self.last_week + 1)

    @property
    def arm_name(self) -> str:
        """The arm he is in: programme or usual_care."""
        return ARMS[self.arm]

    @property
    def team(self) -> str:
        """Name of his team. Read-only."""
        return self.model.setting.teams[self.place_of("team")].name

    @property
    def practitioner(self) -> "Practitioner | None":
        """His practitioner, or the last one he had; None for a man who never had one."""
        found: Practitioner | None = agent_at(self.model.staff.practitioners, self.place_of("post"))
        return found

    @property
    def peer(self) -> "Peer | None":
        """The peer he is linked to, or None. Read-only."""
        found: Peer | None = agent_at(self.model.staff.peers, self.place_of("peer"))
        return found

    @property
    def agency_for(self) -> Mapping[str, str | None]:
        """Names of the agencies that serve him, by need, licence and prison. Read-only."""
        agencies, served = self.model.setting.agencies, self.record["agency_for"]
        return {
            part: None if place < 0 else agencies[place].name
            for part, place in zip(PARTS["agency_for"], served, strict=True)
        }

    @property
    def exit_cause(self) -> str | None:
        """Why his last episode of support ended, in words; None for one who has not left."""
        return _cause(self.exit)

    @property
    def first_exit_cause(self) -> str | None:
        """Why his first episode of support ended, in words; None for one who never left."""
        return _cause(self.first_exit)


class Practitioner(Inhabitant, declared=records.Practitioner):
    """A post for a practitioner and whoever holds it."""

    @property
    def team(self) -> str:
        """Name of the team. Read-only."""
        return self.model.setting.teams[self.place_of("team")].name

    @property
    def agency(self) -> str:
        """Name of the agency. Read-only."""
        return self.model.setting.agencies[self.place_of("agency")].name

    @property
    def supervisor(self) -> "Supervisor":
        """The supervisor of this post. Read-only."""
        return self.model.staff.supervisors[self.place_of("supervisor")]

    @property
    def is_vacant(self) -> bool:
        """Whether the post is empty."""
        return bool(self.vacancy > 0.0)

    @property
    def caseload(self) -> "AgentSet[PrisonLeaver]":
        """The men whose episode is open with this post."""
        return _men(self.model, lambda men: (men["post"] == self.index) & (men["episode"] == OPEN))


class Supervisor(Inhabitant, declared=records.Supervisor):
    """A supervisor of a team."""

    @property
    def team(self) -> str:
        """Name of the team. Read-only."""
        return self.model.setting.teams[self.place_of("team")].name

    @property
    def supervisees(self) -> "AgentSet[Practitioner]":
        """The practitioners supervised. Read-only."""
        mine = [agent for agent in self.model.staff.practitioners if agent.supervisor is self]
        return AgentSet(mine, random=self.model.random)


class Peer(Inhabitant, declared=records.Peer):
    """A peer's place in a team and whoever holds it."""

    @property
    def team(self) -> str:
        """Name of the team. Read-only."""
        return self.model.setting.teams[self.place_of("team")].name

    @property
    def is_vacant(self) -> bool:
        """Whether the place is empty."""
        return bool(self.vacancy > 0.0)

    @property
    def leavers(self) -> "AgentSet[PrisonLeaver]":
        """The men with an open episode who are linked to this peer."""
        return _men(self.model, lambda men: (men["peer"] == self.index) & (men["episode"] == OPEN))


class Staff(NamedTuple):
    """Staff and peers, in the order of their records."""

    practitioners: list[Practitioner]
    supervisors: list[Supervisor]
    peers: list[Peer]


class Surroundings(Protocol):
    """What agents know of the model that they live in."""

    world: World
    setting: Setting
    men: list[PrisonLeaver]
    staff: Staff
    random: Random

    @property
    def week(self) -> int:
        """How many weeks have passed."""


def _men(model: Surroundings, choose: Callable[[Any], Any]) -> "AgentSet[PrisonLeaver]":
    chosen = choose(model.world.leavers).nonzero()[0]
    return AgentSet([model.men[index] for index in chosen], random=model.random)


def _cause(code: int) -> str | None:
    return None if code == Exit.NONE else EXIT_MEANINGS[Exit(code)]
