"""What ``engager-sim new`` asks about a service: of a person, or of the command's options."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import typer

from engager_sim.errors import UsageError
from engager_sim.scenarios.choices import BETWEEN, meant, several
from engager_sim.scenarios.needs_of_men import in_percent, read_needs, usual_needs
from engager_sim.scenarios.option_files import OFFERS, OptionFile, offers_for
from engager_sim.scenarios.service_answers import (
    AgencyAnswer,
    Answers,
    needs_served,
    read_agency,
    read_mode,
)
from engager_sim.scenarios.service_vocabulary import KNOWN_AS
from engager_sim.scenarios.today_levers import levels_of_contact

ASKED = {
    "name": "What is your service called?",
    "practitioners": "How many practitioners has it, counted as whole-time posts (2.5 is two and a "
    "half)?",
    "contact_hours": "How many hours a week has a whole-time practitioner for men, face to face, "
    "after travel, records and meetings?",
    "supervisors": "How many people supervise them?",
    "peers": "How many peers, men who have been there themselves, are in the team?",
    "men": "How many men a year does it take on?",
    "needs": "How many of them come with which need? Write what differs, as in substance 90%",
    "interval": "How many weeks lie between one supervision session and the next?",
    "mode": "What are sessions about: managerial, reflective or shared (across agencies)?",
    "supervisor_hours": "How many hours a week does each supervisor keep for sessions? As needed "
    "if as many as they take",
    "agencies": "Which agencies may your men need? Numbers or names, as in 2, housing=Harbour",
}
OFFERED = "What could you buy? Numbers or names"
OPTIONS = {
    "agencies": "--agency", "offers": "--buy", "contact_hours": "--contact-hours",
    "needs": "--need", "supervisor_hours": "--supervisor-hours",
}  # fmt: skip
"""The options whose names are not those of their answers."""
AS_NEEDED = "as needed"
DEFAULTS = Answers()


@dataclass
class Questions:
    """Collects answers: those given, those asked for, and defaults for the rest.

    Parameters
    ----------
    given : dict
        By the field of ``Answers``, and ``offers``, what options say; ``None`` where nothing.
    asks : bool
        Whether somebody is there to be asked.

    Attributes
    ----------
    taken : list of str
        Defaults that were taken, each as its option.
    """

    given: Mapping[str, Any]
    asks: bool
    taken: list[str] = field(default_factory=list)

    def answers(self) -> Answers:
        """Collect what is said of the service."""
        said = {each.name: self._answer(each.name) for each in fields(Answers)}
        return Answers(**said)

    def offers(self, answers: Answers) -> list[OptionFile]:
        """Collect what it could buy, of what it does not have."""
        possible = {offer.name: offer.label for offer in offers_for(answers)}
        if self.given["offers"] is not None:
            wanted = [_option("offers", meant, text, possible) for text in self.given["offers"]]
        elif self.asks:
            _show_lines(f"{name}: {label}" for name, label in possible.items())
            wanted = _prompt(OFFERED, "all", lambda text: several(text, possible))
        else:
            self._take("offers", ", ".join(possible))
            wanted = list(possible)
        return [offer for offer in OFFERS if offer.name in wanted]

    def _answer(self, name: str) -> Any:
        given = self.given[name]
        if given is not None:
            return _option(name, GIVEN.get(name, lambda said: said), given)
        if not self.asks:
            if getattr(DEFAULTS, name) is not None:  # else nothing was taken that one could type
                self._take(name, _shown(name))
            return getattr(DEFAULTS, name)
        if name == "agencies":
            _show_lines(_agency_lines())
        if name == "contact_hours":
            typer.echo("".join(f"  {level}\n" for level in levels_of_contact()), nl=False)
        return _ask(name)

    def _take(self, name: str, default: object) -> None:
        self.taken.append(f"{OPTIONS.get(name, f'--{name}')} {default}")


def _ask(name: str) -> Any:
    """Ask for one answer until it can be used."""
    reader = TYPED.get(name) or _number(type(getattr(DEFAULTS, name)))

    def read(text: str) -> Any:
        value = reader(text)
        Answers(**{name: value})
        return value

    return _prompt(ASKED[name], _shown(name), read)


def _shown(name: str) -> Any:
    """Write an answer's default as somebody would type it."""
    default = getattr(DEFAULTS, name)
    if name == "agencies":
        return ", ".join(agency.kind for agency in default)
    if name == "needs":
        return in_percent(usual_needs())
    if default is None:
        return AS_NEEDED
    return f"{default:g}" if isinstance(default, float) else default


def _agency_lines() -> list[str]:
    return [
        f"{name}, for {' or '.join(needs)}" if (needs := needs_served(kind)) else name
        for kind, name in KNOWN_AS.items()
    ]


def _show_lines(lines: Any) -> None:
    for number, line in enumerate(lines, 1):
        typer.echo(f"  {number} {line}")


def _read_agencies(text: str) -> list[AgencyAnswer]:
    """Read agencies by number or name, or by ``kind=name``, in the order in which they stand."""
    found: list[AgencyAnswer] = []
    for part in BETWEEN.split(text):
        if "=" in part:
            found.append(read_agency(part))
        else:
            found += [AgencyAnswer(kind, KNOWN_AS[kind]) for kind in several(part, KNOWN_AS)]
    return list(dict.fromkeys(found))


def _read_needs(text: str) -> dict[str, float]:
    return read_needs(part for part in BETWEEN.split(text) if part.strip())


def _read_hours(text: str) -> float | None:
    """Read hours, or that they are as many as needed."""
    said = text.strip().casefold()
    return None if said == AS_NEEDED else float(_number(float)(said))


def _number(kind: Callable[[str], Any]) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        try:
            return kind(text.strip())
        except ValueError:
            allowed = "a whole number" if kind is int else "a number"
            raise UsageError(
                "this is no such number", value=text, allowed=allowed, fix="write it in digits"
            ) from None

    return read


GIVEN: dict[str, Callable[[Any], Any]] = {
    "agencies": lambda texts: [read_agency(text) for text in texts],
    "needs": read_needs,
    "mode": read_mode,
}
"""How options are read that the command line does not read by itself."""
TYPED: dict[str, Callable[[str], Any]] = {
    "name": str.strip,
    "agencies": _read_agencies,
    "needs": _read_needs,
    "mode": read_mode,
    "supervisor_hours": _read_hours,
}
"""How typed answers are read that are no numbers."""


def _option(name: str, read: Callable[..., Any], *said: Any) -> Any:
    """Read what an option says; what cannot be used is told by the option's name."""
    try:
        return read(*said)
    except UsageError as error:
        raise _about(error, OPTIONS.get(name, f"--{name}")) from None


def _about(error: UsageError, key: str | None) -> UsageError:
    return UsageError(
        error.problem, key=key, value=error.value, allowed=error.allowed, fix=error.fix
    )


def _prompt(question: str, default: Any, read: Callable[[str], Any]) -> Any:
    """Ask until ``read`` accepts an answer; what it says of one that it does not is shown."""

    def accepted(text: Any) -> Any:
        try:
            return read(str(text))
        except UsageError as error:
            raise typer.BadParameter(str(_about(error, None))) from None

    return typer.prompt(question, default=default, value_proc=accepted)
