"""The programme theory: seven themes, the relationship that links them, the circumstances around.

Each room holds its declared parameters, the states it owns and its rules. This module gathers them
into one :class:`Theory`, the nested record that every run receives.
"""

from dataclasses import dataclass, field, fields

from engager_sim.theory.circumstances import Circumstances
from engager_sim.theory.client_engagement import ClientEngagement
from engager_sim.theory.client_motivation import ClientMotivation
from engager_sim.theory.collaboration import Collaboration
from engager_sim.theory.costs import Costs
from engager_sim.theory.declaration import Parameter, parameters_of, record_type
from engager_sim.theory.justice import Justice
from engager_sim.theory.measurement import Measurement
from engager_sim.theory.peers import Peers
from engager_sim.theory.preparations_for_ending import PreparationsForEnding
from engager_sim.theory.relationship import Relationship
from engager_sim.theory.services import Services
from engager_sim.theory.supervision import Supervision
from engager_sim.theory.therapeutic_approach import TherapeuticApproach
from engager_sim.theory.turnover import Turnover
from engager_sim.theory.ways_out import WaysOut


@dataclass(frozen=True)
class Theory:
    """All parameters, one record per theme and one per part of the circumstances."""

    collaboration: Collaboration = field(default_factory=Collaboration)
    client_engagement: ClientEngagement = field(default_factory=ClientEngagement)
    ways_out: WaysOut = field(default_factory=WaysOut)
    client_motivation: ClientMotivation = field(default_factory=ClientMotivation)
    supervision: Supervision = field(default_factory=Supervision)
    turnover: Turnover = field(default_factory=Turnover)
    therapeutic_approach: TherapeuticApproach = field(default_factory=TherapeuticApproach)
    peers: Peers = field(default_factory=Peers)
    preparations_for_ending: PreparationsForEnding = field(default_factory=PreparationsForEnding)
    relationship: Relationship = field(default_factory=Relationship)
    circumstances: Circumstances = field(default_factory=Circumstances)
    justice: Justice = field(default_factory=Justice)
    services: Services = field(default_factory=Services)
    costs: Costs = field(default_factory=Costs)
    measurement: Measurement = field(default_factory=Measurement)


THEMES: tuple[str, ...] = tuple(group.name for group in fields(Theory) if hasattr(group.type, "on"))
"""The seven themes, each with a switch ``theme.on``."""

THEORY_RECORD = record_type(Theory)
"""The numpy record type of one theory."""


_DECLARED: tuple[Parameter, ...] = tuple(
    parameter
    for group in fields(Theory)
    for parameter in parameters_of(group.type, group.name)  # type: ignore[arg-type]
)


def parameters() -> tuple[Parameter, ...]:
    """Give every declared parameter, theme by theme."""
    return _DECLARED
