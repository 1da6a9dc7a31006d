"""Files that the page gives: each world's settings, and the same runs as a command."""

import shlex
from typing import NamedTuple

from engager_sim.browser.visit import FIRST, OTHER, Visit

REPLICATES = 100


class Download(NamedTuple):
    """A file to be saved by the visitor's browser."""

    name: str
    text: str


def settings_file(visit: Visit, world: int) -> Download:
    """Write a world's settings as a scenario file."""
    return Download(file_names(visit)[world], visit.settings[world].scenario().to_toml())


def file_names(visit: Visit) -> list[str]:
    """Name the file of each world's settings; two never have one name."""
    names = [
        f"{settings.source.name}{'_changed' if settings.changes else ''}"
        for settings in visit.settings
    ]
    if visit.has_two_worlds and names[FIRST] == names[OTHER]:
        names[OTHER] += "_other"
    return [f"{name}.toml" for name in names]


def terminal_command(visit: Visit) -> str:
    """Write the command that simulates the downloaded settings in the terminal.

    For one world it is the run that the page shows; for two a comparison over replicates.
    """
    files = " ".join(shlex.quote(name) for name in file_names(visit))
    if visit.has_two_worlds:
        return f"engager-sim compare {files} --seed {visit.seed} --replicates {REPLICATES}"
    run = f"engager-sim run {files} --seed {visit.seed} --replicates 1"
    return f"{run} --parameters defaults --out results/mine"
