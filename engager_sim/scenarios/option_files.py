"""What a service could buy: a file per option, which says what differs from today."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engager_sim.scenarios.lever_lines import anchor_lines, lever_line, written
from engager_sim.scenarios.service_answers import Answers
from engager_sim.scenarios.theory_values import declared
from engager_sim.scenarios.today_file import TEAM, TODAY, hours_of_sessions, ties_text

MORE_PEERS, HOURS_OF_A_PEER, SUPPORT_OF_PEERS = 2, 16.0, 0.5
"""The peers on offer, the hours a week of each, and how well they are supported (assumption)."""
PRICE_OF_SUPPORT = 2_500.0
"""Pounds a year of that support (assumption)."""
PARTNERS = ("probation", "prison_healthcare", "mental_health", "housing")
"""Kinds of agency with which to share a record or a roof, the first one that is there."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that a service could buy.

    Attributes
    ----------
    name : str
        By which it is chosen; its file is ``NAME.toml``.
    label : str
        What it is, in a few words.
    question : str
        What its file asks.
    changes : callable
        Writes what it changes of a service; empty text where the service has it already.
    """

    name: str
    label: str
    question: str
    changes: Callable[[Answers], str]

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name}.toml"

    def text(self, answers: Answers) -> str:
        """Write its scenario file."""
        return (
            f"question = {written(self.question)}\nbased_on = {written(TODAY)}\n\n"
            f"{self.changes(answers)}\n"
        )


def offers_for(answers: Answers) -> list[Offer]:
    """List what a service could buy and does not have."""
    return [offer for offer in OFFERS if offer.changes(answers)]


def _weekly(answers: Answers) -> str:
    if answers.interval == 1.0 and answers.mode != "managerial":
        return ""
    supervision = declared()["supervision"]
    mode = "reflective" if answers.mode == "managerial" else answers.mode
    today = f"(today: {answers.interval:g})"
    return (
        f"[programme.supervision]\ninterval = 1 # weeks {today}\nmode = {written(mode)}\n"
        f"supervisor_hours = {hours_of_sessions(answers, 1.0)} # hours a week of each supervisor\n"
        "# If sessions get better too, say how good, and under [costs] at what price:\n"
        f"# quality = 0.5 # {supervision['quality'].meaning}\n"
        + "\n".join(anchor_lines(supervision["quality"]))
    )


def _practitioner(answers: Answers) -> str:
    return (
        f"{_team()}\npractitioners = {answers.practitioners + 1} # today: {answers.practitioners}"
    )


def _peers(answers: Answers) -> str:
    lines = [_team(), f"peers = {answers.peers + MORE_PEERS} # today: {answers.peers}"]
    if answers.peers == 0:
        peers = declared()["peers"]
        lines += [
            "\n[programme.peers]",
            lever_line(peers["hours"], HOURS_OF_A_PEER, before="a guess: "),
            lever_line(peers["support"], SUPPORT_OF_PEERS, before="a guess: "),
            *anchor_lines(peers["support"]),
            "\n[[costs.items]] # a guess: what that support takes",
            f'name = "support for peers"\nper_year = {PRICE_OF_SUPPORT:.0f} # pounds',
        ]
    return "\n".join(lines)


def _shared_record(answers: Answers) -> str:
    partner = _partner(answers)
    said = f"# One record with {partner}; all ties stand here, because a list replaces a list."
    return f"{said}\n{ties_text(answers, shared_record=partner)}" if partner else ""


def _one_roof(answers: Answers) -> str:
    partner = _partner(answers)
    if not partner:
        return ""
    days = lever_line(declared()["collaboration"]["days_together"], 1.0)
    return (
        f"# A day a week with {partner}; all ties stand here, because a list replaces a list.\n"
        f"{ties_text(answers, colocated=partner)}\n\n[programme.collaboration]\n{days}"
    )


def _team() -> str:
    return f"[team.{written(TEAM)}]"


def _partner(answers: Answers) -> str:
    """Name the agency with which to share; nothing where none is there."""
    by_kind = {agency.kind: agency.name for agency in reversed(answers.agencies)}
    return next((by_kind[kind] for kind in (*PARTNERS, *by_kind) if kind in by_kind), "")


OFFERS: Sequence[Offer] = (
    Offer(
        "weekly", "weekly reflective supervision", "What if supervision is reflective and weekly?",
        _weekly,
    ),
    Offer(
        "practitioner", "a further practitioner", "What if we have one practitioner more?",
        _practitioner,
    ),
    Offer("peers", f"{MORE_PEERS} peers", "What if we add two peer mentors?", _peers),
    Offer(
        "shared_record", "a record shared with another agency",
        "What if we write in one record with another agency?", _shared_record,
    ),
    Offer(
        "one_roof", "a day a week under one roof with another agency",
        "What if we share a place of work with another agency one day a week?", _one_roof,
    ),
)  # fmt: skip
"""All of them, in the order in which they are asked about."""
