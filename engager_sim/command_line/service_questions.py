"""What ``engager-sim new`` asks about a service: of a person, or of the command's options."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import typer

from engager_sim.errors import UsageError
from engager_sim.scenarios.option_files import OFFERS, Offer, offers_for
from engager_sim.scenarios.service_answers import (
    KNOWN_AS,
    Agency,
    Answers,
    chosen,
    needs_served,
    read_agency,
)

ASKED = {
    "name": "What is your service called?",
    "practitioners": "How many practitioners has it, counted as whole posts?",
    "supervisors": "How many people supervise them?",
    "peers": "How many peers, men who have been there themselves, are in the team?",
    "men": "How many men a year does it take on?",
    "interval": "How many weeks lie between one supervision session and the next?",
    "mode": "What are sessions about: managerial, reflective or shared (across agencies)?",
}
OPTIONS = {"agencies": "--agency", "offers": "--buy"}
"""The options whose names are not those of their answers."""
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

    def offers(self, answers: Answers) -> list[Offer]:
        """Collect what it could buy, of what it does not have."""
        possible = offers_for(answers)
        names = [offer.name for offer in possible]
        if self.given["offers"] is not None:
            wanted = [chosen("--buy", name, names) for name in self.given["offers"]]
        elif self.asks:
            lines = [f"{offer.name}: {offer.label}" for offer in possible]
            wanted = _ask_which("What could you buy?", lines, names, names)
        else:
            self._take("offers", ", ".join(names))
            wanted = names
        return [offer for offer in OFFERS if offer.name in wanted]

    def _answer(self, name: str) -> Any:
        default, given = getattr(DEFAULTS, name), self.given[name]
        if given is not None:
            return [read_agency(text) for text in given] if name == "agencies" else given
        if not self.asks:
            kinds = [agency.kind for agency in DEFAULTS.agencies]
            self._take(name, ", ".join(kinds) if name == "agencies" else default)
            return default
        return _ask_agencies() if name == "agencies" else _ask(name, default)

    def _take(self, name: str, default: object) -> None:
        self.taken.append(f"{OPTIONS.get(name, f'--{name}')} {default}")


def _ask(name: str, default: Any) -> Any:
    """Ask for one answer until it can be used."""

    def read(text: str) -> Any:
        value = _read(type(default), text)
        Answers(**{name: value})
        return value

    return _prompt(ASKED[name], f"{default:g}" if isinstance(default, float) else default, read)


def _ask_agencies() -> list[Agency]:
    lines = []
    for kind, name in KNOWN_AS.items():
        needs = " or ".join(needs_served(kind))
        lines.append(f"{name}, for {needs}" if needs else name)
    usual = [agency.kind for agency in DEFAULTS.agencies]
    wanted = _ask_which("Which agencies may your men need?", lines, list(KNOWN_AS), usual)
    return [Agency(kind, KNOWN_AS[kind]) for kind in wanted]


def _ask_which(
    question: str, lines: Sequence[str], names: Sequence[str], usual: Sequence[str]
) -> list[str]:
    """Ask which of some numbered lines are meant."""
    for number, line in enumerate(lines, 1):
        typer.echo(f"  {number} {line}")

    def read(text: str) -> list[str]:
        numbers = [_read(int, part) for part in text.split(",") if part.strip()]
        for number in numbers:
            if not 1 <= number <= len(names):
                allowed = f"1 to {len(names)}"
                raise UsageError("there is no such line", value=number, allowed=allowed)
        return [name for number, name in enumerate(names, 1) if number in numbers]

    default = ",".join(str(names.index(name) + 1) for name in usual)
    found: list[str] = _prompt(f"{question} Numbers, with commas", default, read)
    return found


def _read(kind: Callable[[str], Any], text: str) -> Any:
    try:
        return kind(text.strip())
    except ValueError:
        raise UsageError("this is no such number", value=text, fix="try again") from None


def _prompt(question: str, default: Any, read: Callable[[str], Any]) -> Any:
    """Ask until ``read`` accepts an answer; what it says of one that it does not is shown."""

    def accepted(text: Any) -> Any:
        try:
            return read(str(text))
        except UsageError as error:
            raise typer.BadParameter(str(error)) from None

    return typer.prompt(question, default=default, value_proc=accepted)
