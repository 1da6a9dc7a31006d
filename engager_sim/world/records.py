"""Who is there: one record type per kind of agent, composed of the states that the themes own.

Every field is declared with a unit, a range, the event of the week that writes it and a meaning.
Records live in numpy structured arrays, one per kind of agent.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from engager_sim.theory.circumstances import NEEDS, CircumstanceState
from engager_sim.theory.client_engagement import EngagementState
from engager_sim.theory.client_motivation import MotivationState
from engager_sim.theory.collaboration import CollaborationState, TieState
from engager_sim.theory.declaration import IntegerVector, Vector, record_type, state, states
from engager_sim.theory.justice import JusticeState
from engager_sim.theory.peers import PeerState, PeerSupportState
from engager_sim.theory.preparations_for_ending import EndingState
from engager_sim.theory.relationship import RelationshipState
from engager_sim.theory.services import PlacesState, ServiceState
from engager_sim.theory.supervision import PracticeState
from engager_sim.theory.supervisors import SupervisorState
from engager_sim.theory.therapeutic_approach import TherapyState
from engager_sim.world.observed import KeptState, ObservedState

PROGRAMME, USUAL_CARE = 0, 1
ARMS = ("programme", "usual_care")
NO_EPISODE, OPEN, CLOSED = 0, 1, 2
NOT_QUEUED, QUEUED, LOST_WAITING = 0, 1, 2
PROBATION, PRISON = 4, 5
SLOTS = 6
WAITING, NEXT_WEEK, PRESENT, POPULATED, QUEUING = 0, 1, 2, 3, 4
"""Places in a world's clock."""
ENTERS, LEAVES_STUDY = 0, 1
"""Columns of a world's calendar."""
NONE_BEFORE = -1
"""What stands for the claim before the first on an agency."""
NOBODY = -1
"""What stands for the agency of a slot that none serves."""


@dataclass
class Leaver(
    RelationshipState, CollaborationState, TherapyState, EngagementState, MotivationState,
    PeerSupportState, EndingState, CircumstanceState, JusticeState, ServiceState,
    ObservedState, KeptState,
):  # fmt: skip
    """A person leaving prison: identity, where he stands, and the states of every theme.

    What the last part declares stands first in the record: reading ahead passes over it.
    """

    # fmt: off
    who: int = state("permanent number", "number", 0, 2**32, "enter", "drawn")
    arm: int = state("0 programme, 1 usual care", "code", 0, 1, "enter", "drawn")
    team: int = state("index of his team", "index", 0, 1e9, "enter", "drawn")
    post: int = state("index of his practitioner's post, -1 without",
        "index", -1, 1e9, "allocate", -1)
    statutory: int = state("whether his practitioner holds an order over him",
        "on/off", 0, 1, "allocate")
    incumbent: int = state("which holder of that post he knows", "number", 0, 1e6, "change_worker")
    entry_week: int = state("week in which he enters", "week", 0, 1e5, "enter", "drawn")
    release_week: int = state("week of his first release", "week", 0, 1e5, "enter", "drawn")
    last_week: int = state("last week of follow-up", "week", 0, 1e5, "enter", "drawn")
    queued: int = state("waiting for a practitioner: 0 no, 1 yes, 2 lost while waiting",
        "code", 0, 2, "allocate")
    episode: int = state("0 none yet, 1 open, 2 closed", "code", 0, 2, "leave")
    episodes: int = state("episodes so far", "episodes", 0, 1e3, "allocate")
    exit: int = state("cause of the last exit (see Exit)", "code", 0, 12, "leave")
    exit_week: int = state("week after release of the last exit, or of being lost while waiting",
        "week", -1e4, 1e5, "leave")
    first_exit: int = state("cause of the first exit", "code", 0, 12, "leave")
    first_exit_week: int = state("week after release of the first exit", "week", -1e4, 1e5, "leave")
    lost_at_gate: int = state("not seen since the gate", "on/off", 0, 1, "pass_the_gate")
    is_prepared: int = state("whether his ending will be prepared",
        "on/off", 0, 1, "enter", "drawn")
    autonomous_at_entry: float = state("autonomous motivation at entry",
        "share", 0, 1, "enter", "drawn")
    just_released: int = state("released this week", "on/off", 0, 1, "answer_to_justice")
    contacted: int = state("contact attended this week", "on/off", 0, 1, "meet")
    missed: int = state("contacts missed this week", "contacts", 0, 100, "meet")
    planned: int = state("contacts planned this week", "contacts", 0, 100, "plan_contacts")
    message_lost: int = state("a message about him was lost this week",
        "on/off", 0, 1, "work_jointly")
    agency_for: IntegerVector = states(
        SLOTS, "agencies serving him: four needs, probation, prison; -1 none",
        "index", -1, 1e6, "enter", "drawn")
    growth_speed: float = state("how fast his relationship can grow", "share", 0, 1, "meet")


@dataclass
class WorkerPost(PracticeState):
    """A post for a practitioner and whoever holds it."""

    # fmt: off
    who: int = state("permanent number of the post", "number", 0, 2**32, "enter", "given")
    incumbent: int = state("how many people have held the post before",
        "number", 0, 1e6, "replace_staff")
    arm: int = state("0 programme, 1 usual care", "code", 0, 1, "enter", "given")
    team: int = state("index of the team", "index", 0, 1e9, "enter", "given")
    agency: int = state("index of the agency", "index", 0, 1e9, "enter", "given")
    supervisor: int = state("index of the supervisor", "index", 0, 1e9, "enter", "given")
    vacancy: float = state("weeks until the post is filled", "weeks", 0, 1e4, "replace_staff")
    enforces: int = state("whether its agency enforces orders", "on/off", 0, 1, "enter", "given")
    gate_meetings: int = state("men met at the gate last week", "men", 0, 1e9, "settle_staff")
    gate_counted: int = state("men met at the gate, counted this week",
        "men", 0, 1e9, "settle_staff")
    cases: int = state("open episodes at the start of the week", "men", 0, 1e9, "settle_staff")
    parts: int = state("claims on hours at the start of the week", "parts", 0, 1e9, "settle_staff")
    cases_counted: int = state("open episodes counted this week", "men", 0, 1e9, "settle_staff")
    parts_counted: int = state("claims counted this week", "parts", 0, 1e9, "settle_staff")
    crises_counted: int = state("men in crisis counted this week", "men", 0, 1e9, "settle_staff")
    supervision_hours: float = state("hours kept free for supervision this week",
        "hours", 0, 60, "hold_supervision")
    turn: float = state("own lot among those due this week, -1 not due or answered",
        "share", -1, 1, "hold_supervision", -1.0)
    shared_session: int = state("whether this week's session brings agencies into one room",
        "on/off", 0, 1, "hold_supervision")
    sessions: int = state("supervision sessions so far", "sessions", 0, 1e6, "hold_supervision")
    sessions_due: int = state("sessions due so far", "sessions", 0, 1e6, "hold_supervision")
    left: int = state("people who left this post so far", "people", 0, 1e6, "replace_staff")
    left_felt: int = state("of these, whom the ties of its agency have felt",
        "people", 0, 1e6, "settle_ties")
    weeks_filled: int = state("weeks the post was filled so far", "weeks", 0, 1e6, "settle_staff")
    weeks_with_cases: int = state("weeks the post was filled and held a man",
        "weeks", 0, 1e6, "settle_staff")
    burnout_sum: float = state("burnout summed over filled weeks", "share", 0, 1e6, "settle_staff")
    cases_sum: int = state("cases summed over filled weeks", "men", 0, 1e9, "settle_staff")


@dataclass
class SupervisorPost(SupervisorState):
    """A supervisor's place in a team and whoever holds it."""

    who: int = state("permanent number of the place", "number", 0, 2**32, "enter", "given")
    incumbent: int = state(
        "how many people have held the place before", "number", 0, 1e6, "replace_supervisors"
    )
    vacancy: float = state(
        "weeks until the place is filled", "weeks", 0, 1e4, "replace_supervisors"
    )
    team: int = state("index of the team", "index", 0, 1e9, "enter", "given")
    hours_spent: float = state("hours of sessions so far", "hours", 0, 1e7, "hold_supervision")


@dataclass
class PeerPost(PeerState):
    """A peer's place in a team and whoever holds it."""

    who: int = state("permanent number of the place", "number", 0, 2**32, "enter", "given")
    incumbent: int = state(
        "how many people have held the place before", "number", 0, 1e6, "replace_peers"
    )
    team: int = state("index of the team", "index", 0, 1e9, "enter", "given")
    vacancy: float = state("weeks until the place is filled", "weeks", 0, 1e4, "replace_peers")
    in_relapse: int = state("away because of a relapse", "on/off", 0, 1, "replace_peers")
    linked_counted: int = state("men linked, counted this week", "men", 0, 1e9, "settle_peers")


@dataclass
class Team:
    """Practitioners of one agency who share supervisors, peers and leavers."""

    number: int = state("permanent number, from its name", "number", 0, 2**32, "enter", "given")
    arm: int = state("0 programme, 1 usual care", "code", 0, 1, "enter", "given")
    agency: int = state("index of the agency", "index", 0, 1e9, "enter", "given")
    site: int = state("index of the site, -1 for all", "index", -1, 1e6, "enter", "given")
    first_post: int = state("index of its first post", "index", 0, 1e9, "enter", "given")
    posts: int = state("number of posts", "posts", 0, 1e9, "enter", "given")
    first_peer: int = state("index of its first peer", "index", 0, 1e9, "enter", "given")
    peers: int = state("number of places for peers", "places", 0, 1e9, "enter", "given")
    agencies: int = state("number of agencies around it", "agencies", 0, 1e6, "enter", "given")
    has_lead: int = state("whether one of them leads", "on/off", 0, 1, "enter", "given")
    load: float = state("part of every tie lost to coordination", "share", 0, 1, "enter", "drawn")
    enforcer_tie: float = state(
        "strongest effective tie to an enforcing agency", "share", 0, 1, "look_around"
    )


@dataclass
class Agency(PlacesState):
    """An organisation in the network."""

    # fmt: off
    number: int = state("permanent number, from its name", "number", 0, 2**32, "enter", "given")
    kind: int = state("index into AGENCY_KINDS", "code", 0, 20, "enter", "given")
    enforces: int = state("whether it enforces orders", "on/off", 0, 1, "enter", "given")
    leads: int = state("whether it leads the network", "on/off", 0, 1, "enter", "given")
    site: int = state("index of the site, -1 for all", "index", -1, 1e6, "enter", "given")
    has_programme: int = state(
        "whether its ties follow the programme's levers", "on/off", 0, 1, "enter", "given"
    )
    posts: int = state("posts of practitioners there", "posts", 0, 1e9, "enter", "given")
    last_claim: int = state("position of this week's last claim on its places, -1 none",
        "position", -1, 1e9, "admit_waiting", NONE_BEFORE)


@dataclass
class Tie(TieState):
    """A pair of agencies and the state of their tie; -1 marks a value to be drawn."""

    # fmt: off
    who: int = state("permanent number of the pair", "number", 0, 2**32, "enter", "given")
    first: int = state("index of one agency", "index", 0, 1e6, "enter", "given")
    second: int = state("index of the other", "index", 0, 1e6, "enter", "given")
    given_strength: float = state("strength from the scenario, -1 none given",
        "share", -1, 1, "enter", "given")
    given_record: int = state("shared record from the scenario, -1 none given",
        "on/off", -1, 1, "enter", "given")
    given_place: int = state("one place from the scenario, -1 none given",
        "on/off", -1, 1, "enter", "given")


@dataclass
class GivenMan:
    """What own data says of a man; NaN where it says nothing and the dice decide."""

    entry_week: float = state("week in which he enters", "week", 0, 1e5, "enter", "given")
    weeks_to_release: float = state(
        "weeks from entry to release", "weeks", 0, 1e4, "enter", "given"
    )
    arm: float = state("0 programme, 1 usual care", "code", 0, 1, "enter", "given")
    team: float = state("index of his team", "index", 0, 1e9, "enter", "given")
    prior_trust: float = state("prior trust", "share", 0, 1, "enter", "given")
    autonomous: float = state("autonomous motivation", "share", 0, 1, "enter", "given")
    need: Vector = states(NEEDS, "needs", "share", 0, 1, "enter", "given")
    distress: float = state("distress", "points", 0, 40, "enter", "given")
    age: float = state("age at entry", "years", 18, 90, "enter", "given")
    short_sentence: float = state("sentence under a year", "on/off", 0, 1, "enter", "given")


LEAVER, GIVEN = record_type(Leaver), record_type(GivenMan)
"""The numpy record types of a leaver, and of what own data says of one."""


class World(NamedTuple):
    """Everything that a week reads and writes.

    Each field is a record array except ``pair``, the index of the tie between two agencies
    (-1 for none), shape (agencies, agencies); ``waiting``, the men who wait for a practitioner,
    first come first; ``queue``, the claims on places this week, in the order in which men lived it,
    and as much room to put men or claims in order; ``claim_before``, the claim before each on the
    same agency;
    ``calendar``, each man's week of entry and last week, and ``present``, the men who are followed
    this week, kept apart from their records because looking through all of these every week would
    cost a large world more than the week itself; and ``clock``, how many wait, which week comes
    next, how many are present, whether men and staff have been drawn, and how many claims there
    are.
    """

    leavers: Any
    given: Any
    practitioners: Any
    supervisors: Any
    peers: Any
    teams: Any
    agencies: Any
    ties: Any
    pair: npt.NDArray[np.int32]
    waiting: npt.NDArray[np.int32]
    queue: npt.NDArray[np.int32]
    claim_before: npt.NDArray[np.int32]
    calendar: npt.NDArray[np.int32]
    present: npt.NDArray[np.int32]
    clock: npt.NDArray[np.int64]
