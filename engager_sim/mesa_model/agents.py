"""The agents of a Mesa model: leavers, practitioners, supervisors and peers.

Beside their declared states, which read and write the record, agents know one another.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
from mesa.agent import AgentSet

from engager_sim.mesa_model.record_views import RecordView, agent_at
from engager_sim.runs.tables.leavers import PARTS
from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from engager_sim.world import records
from engager_sim.world.records import ARMS, OPEN

if TYPE_CHECKING:
    from engager_sim.mesa_model.model import EngagerModel


class TeamMember(RecordView):
    """An agent of a team; it can read the model around it."""

    model: "EngagerModel"

    @property
    def team(self) -> str:
        """Name of the team. Read-only."""
        return self.model.setting.teams[self.index_of("team")].name


class PrisonLeaver(TeamMember, declared=records.Leaver):
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
    def practitioner(self) -> "Practitioner | None":
        """His practitioner, or the last one he had; None for a man who never had one."""
        return agent_at(self.model.staff.practitioners, self.index_of("post"))

    @property
    def peer(self) -> "Peer | None":
        """The peer he is linked to, or None. Read-only."""
        return agent_at(self.model.staff.peers, self.index_of("peer"))

    @property
    def agency_for(self) -> Mapping[str, str | None]:
        """Names of the agencies that serve him, by need, licence and prison. Read-only."""
        agencies, indices = self.model.setting.agencies, self.record["agency_for"]
        return {
            part: None if index < 0 else agencies[index].name
            for part, index in zip(PARTS["agency_for"], indices, strict=True)
        }

    @property
    def exit_cause(self) -> str | None:
        """Exit cause of his last episode of support; None for one who has not left."""
        return _exit_cause(self.exit)

    @property
    def first_exit_cause(self) -> str | None:
        """Exit cause of his first episode of support; None for one who never left."""
        return _exit_cause(self.first_exit)


class StaffPost(TeamMember):
    """A post in a team and whoever holds it."""

    @property
    def is_vacant(self) -> bool:
        """Whether the post is empty."""
        return bool(self.vacancy > 0.0)


class Practitioner(StaffPost, declared=records.WorkerPost):
    """A post for a practitioner and whoever holds it."""

    @property
    def agency(self) -> str:
        """Name of the agency. Read-only."""
        return self.model.setting.agencies[self.index_of("agency")].name

    @property
    def supervisor(self) -> "Supervisor":
        """The supervisor of this post. Read-only."""
        return self.model.staff.supervisors[self.index_of("supervisor")]

    @property
    def caseload(self) -> "AgentSet[PrisonLeaver]":
        """The men whose episode is open with this post."""
        return _supported(self.model, self.model.world.leavers["post"] == self.index)


class Supervisor(TeamMember, declared=records.SupervisorPost):
    """A supervisor of a team."""

    @property
    def supervisees(self) -> "AgentSet[Practitioner]":
        """The practitioners supervised. Read-only."""
        return self.model.practitioners.select(lambda agent: agent.supervisor is self)


class Peer(StaffPost, declared=records.PeerPost):
    """A post for a peer in a team and whoever holds it."""

    @property
    def leavers(self) -> "AgentSet[PrisonLeaver]":
        """The men with an open episode who are linked to this peer."""
        return _supported(self.model, self.model.world.leavers["peer"] == self.index)


class Staff(NamedTuple):
    """Staff and peers, in the order of their records."""

    practitioners: list[Practitioner]
    supervisors: list[Supervisor]
    peers: list[Peer]


def _supported(
    model: "EngagerModel", are_chosen: npt.NDArray[np.bool_]
) -> "AgentSet[PrisonLeaver]":
    """Select those of the chosen leavers whose episode of support is open."""
    indices = np.flatnonzero(are_chosen & (model.world.leavers["episode"] == OPEN))
    return AgentSet([model.men[index] for index in indices], random=model.random)


def _exit_cause(code: int) -> str | None:
    return None if code == Exit.NONE else EXIT_MEANINGS[Exit(code)]
