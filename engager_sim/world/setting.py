"""The setting of a run: agencies, ties, teams and the men who enter. Data, no behaviour."""

from dataclasses import dataclass, field
from typing import Annotated, Literal, get_args

from annotated_types import Ge, Le, Len, MaxLen, MinLen

from engager_sim.world.correlated_traits import CorrelationSetting

AgencyKind = Literal[
    "prison_healthcare", "resettlement", "probation", "police", "mental_health",
    "substance_misuse", "housing", "employment", "gp", "voluntary_sector",
]  # fmt: skip
AGENCY_KINDS: tuple[str, ...] = get_args(AgencyKind)
ENFORCING_KINDS = ("probation", "police")
Structure = Literal["hub", "alliance", "chain", "fragmented"]
Arm = Literal["programme", "usual_care"]
Name = Annotated[str, MinLen(1), MaxLen(60)]
Share = Annotated[float, Ge(0), Le(1)]


@dataclass(frozen=True, slots=True)
class AgencySetting:
    """An agency: its name, kind, whether it enforces orders, its site (all sites if none), places.

    Places, acceptance and both sides of the wall are a service's that meets a need.
    """

    name: Name
    kind: AgencyKind
    enforces: bool | None = None
    """Police and probation enforce unless the scenario says otherwise."""
    site: Name | None = None
    places: Annotated[int, Ge(0), Le(1_000_000)] | None = None
    """How many men of this simulation it can hold at a time; no limit if none is given."""
    accepts_above: Share | None = None
    """Severity of a need above which it accepts a man; any present need if none is given."""
    both_sides: bool = False
    """Whether it works on both sides of the prison wall, as prison healthcare's own."""

    @property
    def enforces_orders(self) -> bool:
        """Whether it enforces orders: as said, or by its kind."""
        return self.kind in ENFORCING_KINDS if self.enforces is None else self.enforces


@dataclass(frozen=True, slots=True)
class TieSetting:
    """A tie between two agencies; what is not given follows the levers."""

    between: Annotated[list[str], Len(2, 2)]
    strength: Share | None = None
    shared_record: bool | None = None
    colocated: bool | None = None


@dataclass(frozen=True, slots=True)
class TeamSetting:
    """A team: its arm, its agency, and how many practitioners, supervisors and peers it has."""

    name: Name
    arm: Arm
    agency: str
    practitioners: Annotated[int, Ge(1), Le(2000)] = 1
    supervisors: Annotated[int, Ge(1), Le(2000)] = 1
    peers: Annotated[int, Ge(0), Le(2000)] = 0
    site: Name | None = None


@dataclass(frozen=True, slots=True)
class PopulationSetting:
    """Who enters: how many men, over how long, how near release, and to which arm."""

    leavers: Annotated[int, Ge(1), Le(1_000_000)] = 280
    recruitment_weeks: Annotated[int, Ge(1), Le(520)] = 104
    shortest_to_release: Annotated[int, Ge(0), Le(104)] = 4
    longest_to_release: Annotated[int, Ge(0), Le(104)] = 20
    allocation: Annotated[list[Annotated[int, Ge(0), Le(10)]], Len(2, 2)] = field(
        default_factory=lambda: [0, 1]
    )
    """Parts programme : usual care, dealt in permuted blocks of twice their sum."""
    men: str | None = None
    """A CSV file with a row per man, read from beside the scenario file."""
    missing: list[float | str] = field(default_factory=list)
    """Codes in that file that stand for a value which is not known."""
    ignore: list[str] = field(default_factory=list)
    """Columns of that file that are not read."""
    columns: dict[str, str] = field(default_factory=dict)
    """For columns that have another name in that file: that name."""
    scales: dict[str, Annotated[list[float], Len(2, 2)]] = field(default_factory=dict)
    """For columns on another scale than 0-1: what is 0 there, and what is 1."""
    correlations: CorrelationSetting = field(default_factory=CorrelationSetting)
    """How men's traits at entry come together."""


@dataclass(frozen=True, slots=True)
class NetworkSetting:
    """How agencies are tied where no tie is listed."""

    structure: Structure = "alliance"
    lead: str | None = None
    """The agency that leads (coordinates); the centre of a hub."""
    ties: str | None = None
    """An edge list (CSV), GraphML, GEXF or GML file, read from beside the scenario file."""
    strength: Name | None = None
    """What that file calls the strength of a tie, if not strength."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything about a run that is not a parameter of the theory."""

    population: PopulationSetting
    network: NetworkSetting
    agencies: Annotated[list[AgencySetting], MinLen(1)]
    teams: Annotated[list[TeamSetting], MinLen(1)]
    ties: list[TieSetting]
    follow_up_weeks: Annotated[int, Ge(52), Le(260)] = 52
