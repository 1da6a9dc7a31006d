"""Names of scenarios: tables, pictures and reports have to tell scenarios apart by them."""

import re
from collections.abc import Sequence

from engager_sim.errors import UsageError
from engager_sim.scenarios.scenario import Scenario

LONGEST_IN_FILES = 56
"""Letters, of up to four bytes each; a file's name has at most 255 bytes."""


def shown_name(name: str) -> str:
    """Write a name as pictures and reports do at the head of a sentence: as words."""
    text = name.replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def file_names(start: str, names: Sequence[str]) -> list[str]:
    """Name a file for each scenario, as every system can: in short, without case or signs.

    Parameters
    ----------
    start : str
        What all begin with.
    names : sequence of str
        Of scenarios; those of the same letters are numbered from the second.
    """
    taken: list[str] = []
    for name in names:
        own = f"{start}_" + re.sub(r"\W+", "_", name.lower())[:LONGEST_IN_FILES]
        numbered = (own, *(f"{own}_{number}" for number in range(2, len(taken) + 2)))
        taken.append(next(name for name in numbered if name not in taken))
    return taken


def refuse_names_alike(scenarios: Sequence[Scenario]) -> None:
    """Refuse two scenarios that have one name, or are shown under one.

    Raises
    ------
    UsageError
        Naming the files of both.
    """
    seen: dict[str, Scenario] = {}
    for scenario in scenarios:
        shown = shown_name(scenario.name)
        if (other := seen.get(shown)) is None:
            seen[shown] = scenario
            continue
        problem = f"two scenarios have the name {scenario.name}, and tables tell them apart by it"
        if scenario.name != other.name:
            problem = (
                f"pictures and reports show the names {other.name} and {scenario.name} alike, as "
                f"{shown}"
            )
        raise UsageError(
            problem,
            file=scenario.file,
            fix=f"name each once, or rename one; the other is {other.file}",
        )
