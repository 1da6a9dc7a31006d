"""What somebody says of a service in a few answers, checked before any file is written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from engager_sim.errors import UsageError
from engager_sim.scenarios.layered_file import did_you_mean
from engager_sim.scenarios.names_alike import appearance
from engager_sim.scenarios.theory_values import declared
from engager_sim.scenarios.value_checks import number_text
from engager_sim.theory.circumstances import NEED_NAMES
from engager_sim.world.agency_choice import FIRST_CHOICE, SECOND_CHOICE
from engager_sim.world.setting import AGENCY_KINDS

OWN_KIND = "resettlement"
"""What a service's own agency is until its file says otherwise (assumption)."""
KNOWN_AS = {
    "prison_healthcare": "prison healthcare",
    "probation": "probation",
    "substance_misuse": "drug service",
    "housing": "housing office",
    "mental_health": "mental health service",
    "employment": "job centre",
    "voluntary_sector": "advice charity",
    "gp": "GP",
    "police": "police",
}
"""The kinds of agency that may stand beside a service, and how each is called unless told."""
USUAL_KINDS = ("prison_healthcare", "probation", "substance_misuse", "housing", "gp")
MOST_POSTS, MOST_MEN, LONGEST_NAME = 2000, 100_000, 60
"""As many posts of each kind as a team may have, men a year, letters of a name."""


class Agency(NamedTuple):
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
    practitioners, supervisors, peers : int
        Whole posts; people who supervise; peers who help.
    men : int
        Men a year.
    interval : float
        Weeks from one supervision session to the next.
    mode : str
        What sessions are about: managerial, reflective or shared.
    agencies : tuple of Agency
        The others that men may need.

    Raises
    ------
    UsageError
        On the first answer that cannot be used, by the name of its option.
    """

    name: str = "our service"
    practitioners: int = 3
    supervisors: int = 1
    peers: int = 0
    men: int = 90
    interval: float = 6.0
    mode: str = "managerial"
    agencies: Sequence[Agency] = field(
        default_factory=lambda: [Agency(kind, KNOWN_AS[kind]) for kind in USUAL_KINDS]
    )

    def __post_init__(self) -> None:
        _refuse_outside("--practitioners", self.practitioners, 1, MOST_POSTS)
        _refuse_outside("--supervisors", self.supervisors, 1, MOST_POSTS)
        _refuse_outside("--peers", self.peers, 0, MOST_POSTS)
        _refuse_outside("--men", self.men, 1, MOST_MEN)
        supervision = declared()["supervision"]
        low, high = supervision["interval"].low, supervision["interval"].high
        _refuse_outside("--interval", self.interval, low, high)
        chosen("--mode", self.mode, supervision["mode"].choices)
        _refuse_names([self.name, *(agency.name for agency in self.agencies)])

    @property
    def men_each(self) -> float:
        """Men a year for each practitioner."""
        return self.men / self.practitioners


def read_agency(text: str) -> Agency:
    """Read a kind of agency, or ``kind=name``.

    Raises
    ------
    UsageError
        If there is no such kind.
    """
    kind, _, name = text.partition("=")
    kind = chosen("--agency", kind.strip(), KNOWN_AS)
    return Agency(kind, name.strip() or KNOWN_AS[kind])


def needs_served(kind: str) -> list[str]:
    """Name the needs that a kind of agency serves, if need be in place of another."""
    number = AGENCY_KINDS.index(kind)
    choices = zip(NEED_NAMES, FIRST_CHOICE, SECOND_CHOICE, strict=False)
    return [need for need, *kinds in choices if number in kinds]


def chosen(option: str, value: str, allowed: Sequence[str] | dict[str, str]) -> str:
    """Give one of some names as it was said.

    Raises
    ------
    UsageError
        If it is none of them.
    """
    if value not in allowed:
        raise UsageError(
            "this is none of the names that can be chosen",
            key=option,
            value=value,
            allowed=", ".join(allowed),
            fix=did_you_mean(value, allowed) or "choose one of them",
        )
    return value


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
