"""What a declared outcome is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """One declared outcome of a run.

    Attributes
    ----------
    id : str
        Its column in the tables.
    label, unit : str
        For figures.
    meaning : str
        One sentence.
    denominator : str
        Over whom the mean is taken.
    missing : str
        When there is no value.
    baseline : str
        What a change is counted from; empty for none.
    of : compiled function, optional
        ``of(man) -> float`` or ``of(man, theory) -> float``, NaN for a man who is not in the
        denominator. An outcome that is not a mean over men has none and names its own ``measure``.
    measure : compiled function, optional
        ``measure(world, arm) -> float``, or with ``theories`` too; arm -1 for everybody.
    """

    id: str
    label: str
    unit: str
    meaning: str
    denominator: str = "all men"
    missing: str = "no man in the denominator"
    baseline: str = ""
    of: Callable[..., Any] | None = None
    measure: Callable[..., Any] | None = None
