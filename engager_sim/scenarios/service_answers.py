"""What somebody says of a service in a few answers, checked before any file is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from engager_sim.errors import UsageError
from engager_sim.scenarios.choices import meant
from engager_sim.scenarios.names_alike import appearance
from engager_sim.scenarios.part_time import Posts
from engager_sim.scenarios.service_vocabulary import KNOWN_AS
from engager_sim.scenarios.theory_values import declared
from engager_sim.scenarios.value_checks import number_text
from engager_sim.theory.circumstances import NEED_NAMES
from engager_sim.world.agency_choice import FIRST_CHOICE, SECOND_CHOICE
from engager_sim.world.setting import AGENCY_KINDS

OWN_KIND = "resettlement"
"""What a service's own agency is until its file says otherwise (assumption)."""
USUAL_KINDS = ("prison_healthcare", "probation", "substance_misuse", "housing", "gp")
LEAST_POSTS, MOST_POSTS, MOST_MEN, LONGEST_NAME = 0.2, 2000, 100_000, 60
"""A day a week of one practitioner; as many posts of each kind as a team may have; men a year;
letters of a name."""


class AgencyAnswer(NamedTuple):
    """An agency beside the service: its kind and its name."""

    kind: str
    name: str


@dataclass(frozen=True)
class Answers:
    """A service in its own words: its size, who supervises it how, who stands beside it.

    Attributes
    ----------
    name : str
        What the service is called.
    practitioners : float
        Counted as whole-time posts: 2.5 are two and a half.
    contact_hours : float
        Hours a week that a whole-time practitioner has for men, face to face.
    supervisors, peers : int
        People who supervise; peers who help.
    men : int
        Men a year.
    needs : mapping
        By the need, the share of men who come with it; the usual share of those not named.
    interval : float
        Weeks from one supervision session to the next.
    mode : str
        What sessions are about: managerial, reflective or shared.
    supervisor_hours : float or None
        Hours a week that each supervisor keeps for sessions; None for as many as they take.
    agencies : tuple of Agency
        The others that men may need.

    Raises
    ------
    UsageError
        On the first answer that cannot be used, by the name of its option.
    """

    name: str = "our service"
    practitioners: float = 3.0
    contact_hours: float = 25.0
    supervisors: int = 1
    peers: int = 0
    men: int = 90
    needs: Mapping[str, float] = field(default_factory=dict)
    interval: float = 6.0
    mode: str = "managerial"
    supervisor_hours: float | None = None
    agencies: Sequence[AgencyAnswer] = field(
        default_factory=lambda: [AgencyAnswer(kind, KNOWN_AS[kind]) for kind in USUAL_KINDS]
    )

    def __post_init__(self) -> None:
        _refuse_outside("--practitioners", self.practitioners, LEAST_POSTS, MOST_POSTS)
        hours = declared()["client_engagement"]["contact_hours"]
        least = hours.low / self.posts.share
        _refuse_outside("--contact-hours", self.contact_hours, least, hours.high)
        _refuse_outside("--supervisors", self.supervisors, 1, MOST_POSTS)
        _refuse_outside("--peers", self.peers, 0, MOST_POSTS)
        _refuse_outside("--men", self.men, 1, MOST_MEN)
        supervision = declared()["supervision"]
        low, high = supervision["interval"].low, supervision["interval"].high
        _refuse_outside("--interval", self.interval, low, high)
        read_mode(self.mode)
        if self.supervisor_hours is not None:
            hours = supervision["supervisor_hours"]
            _refuse_outside("--supervisor-hours", self.supervisor_hours, hours.low, hours.high)
        _refuse_names([self.name, *(agency.name for agency in self.agencies)])

    @property
    def posts(self) -> Posts:
        """The practitioners as posts, and the people who hold them."""
        return Posts(self.practitioners)


def read_agency(text: str) -> AgencyAnswer:
    """Read a kind of agency, or ``kind=name``.

    Raises
    ------
    UsageError
        If there is no such kind.
    """
    kind, _, name = text.partition("=")
    kind = meant(kind, KNOWN_AS)
    return AgencyAnswer(kind, name.strip() or KNOWN_AS[kind])


def read_mode(text: str) -> str:
    """Read what sessions are about.

    Raises
    ------
    UsageError
        If it is none of the modes.
    """
    modes = declared()["supervision"]["mode"].choices
    return meant(text, dict(zip(modes, modes, strict=True)))


def needs_served(kind: str) -> list[str]:
    """Name the needs that a kind of agency serves, if need be in place of another."""
    number = AGENCY_KINDS.index(kind)
    choices = zip(NEED_NAMES, FIRST_CHOICE, SECOND_CHOICE, strict=False)
    return [need for need, *kinds in choices if number in kinds]


def _refuse_outside(option: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise UsageError(
            "this number is out of range",
            key=option,
            value=value,
            allowed=f"{number_text(low)} to {number_text(high)}",
            fix="give another",
        )


def _refuse_names(names: Sequence[str]) -> None:
    seen = set()
    for index, name in enumerate(names):
        option = "--agency" if index else "--name"
        if not appearance(name) or len(name) > LONGEST_NAME:
            allowed = f"1 to {LONGEST_NAME} letters"
            fix = "give another name"
            raise UsageError("this is no name", key=option, value=name, allowed=allowed, fix=fix)
        if appearance(name) in seen:
            raise UsageError(
                "two agencies have the same name",
                key=option,
                value=name,
                allowed="a name of its own for each",
                fix="rename one, as in --agency housing=Harbour",
            )
        seen.add(appearance(name))
