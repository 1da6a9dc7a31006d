"""What can be asked of a comparison, checked: scenarios, replicates, a wanted precision."""

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engager_sim.errors import UsageError
from engager_sim.runs.plan import refuse_unusable_numbers
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.scenario import Scenario

LONGEST_NAME = 90


@dataclass(frozen=True)
class CompareSettings:
    """What a comparison asks.

    Attributes
    ----------
    scenarios : tuple of Scenario
        The base, then those that are compared with it.
    replicates, seed : int
        Of each, with ``precision`` of the first stage; and the random seed.
    precision : mapping of str to float
        For an outcome, the wanted distance from the difference to either end of its interval.
    unpaired : bool
        Whether means of different populations are compared, from independent replicates.
    fitted : FittedParameters or None
        Where parameters are drawn from.

    Raises
    ------
    UsageError
        If a number cannot be used.
    """

    scenarios: tuple[Scenario, ...]
    replicates: int = 800
    seed: int = 1
    precision: Mapping[str, float] = field(default_factory=dict)
    unpaired: bool = False
    fitted: FittedParameters | None = None

    def __post_init__(self) -> None:
        refuse_unusable_numbers(self.replicates, self.seed, None)

    @property
    def names(self) -> list[str]:
        """The scenarios' names, the base's first."""
        return [scenario.name for scenario in self.scenarios]

    @property
    def question(self) -> str:
        """What the comparison asks, in words."""
        base, *others = (name.replace("_", " ") for name in self.names)
        return f"What changes from {base} to {', '.join(others)}?"

    @property
    def folder_name(self) -> str:
        """What is compared; where that is long, how many and a digest."""
        name = "_and_".join(self.names)
        if len(name) <= LONGEST_NAME:
            return f"compare/{name}"
        digest = hashlib.blake2b(name.encode(), digest_size=3).hexdigest()
        return f"compare/{self.names[0]}_and_{len(self.names) - 1}_more_{digest}"


def read_precision(texts: Sequence[str]) -> dict[str, float]:
    """Read wanted precisions as a command line gives them, ``OUTCOME=WIDTH``.

    Raises
    ------
    UsageError
        If one cannot be read.
    """
    precision: dict[str, float] = {}
    for text in texts:
        name, equals, width = text.partition("=")
        try:
            number = float(width)
        except ValueError:
            number = math.nan
        if not equals or not number > 0.0 or math.isinf(number):
            raise UsageError(
                "this is no precision",
                key="precision",
                value=text,
                allowed="OUTCOME=WIDTH with a width above 0",
                fix="write for example --precision core_om_change_26w=0.5",
            )
        if name in precision:
            raise UsageError(
                "an outcome has two precisions", key="precision", value=name, fix="name it once"
            )
        precision[name] = number
    return precision
