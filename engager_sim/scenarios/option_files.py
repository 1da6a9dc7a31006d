"""What a service could buy: a file per option, which says what differs from today."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engager_sim.scenarios import option_changes
from engager_sim.scenarios.lever_lines import written
from engager_sim.scenarios.service_answers import Answers
from engager_sim.scenarios.service_vocabulary import ON_OFFER
from engager_sim.scenarios.today_file import TODAY


@dataclass(frozen=True, slots=True)
class OptionFile:
    """Something that a service could buy.

    Attributes
    ----------
    name : str
        By which it is chosen, one of ``ON_OFFER``; its file is ``NAME.toml``.
    question : str
        What its file asks.
    changes : callable
        Writes what it changes of a service; empty text where the service has it already.
    """

    name: str
    question: str
    changes: Callable[[Answers], str]

    @property
    def label(self) -> str:
        """What it is, in a few words."""
        return ON_OFFER[self.name]

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


def offers_for(answers: Answers) -> list[OptionFile]:
    """List what a service could buy and does not have."""
    return [offer for offer in OFFERS if offer.changes(answers)]


OFFERS: Sequence[OptionFile] = (
    OptionFile(
        "weekly", "What if supervision is reflective and weekly?", option_changes.weekly
    ),
    OptionFile(
        "practitioner", "What if we have one practitioner more?", option_changes.practitioner
    ),
    OptionFile(
        "half_practitioner", "What if we have half a practitioner's post more?",
        option_changes.half_practitioner,
    ),
    OptionFile("peers", "What if we add two peer mentors?", option_changes.peers),
    OptionFile(
        "shared_record", "What if we write in one record with another agency?",
        option_changes.shared_record,
    ),
    OptionFile(
        "one_roof", "What if we share a place of work with another agency one day a week?",
        option_changes.one_roof,
    ),
    OptionFile(
        "one_provider", "What if a service works inside the prison too, on both sides of the wall?",
        option_changes.one_provider,
    ),
)  # fmt: skip
"""All of them, in the order in which they are asked about."""
