"""Which command a file is for, told when it was given to another."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from engager_sim.errors import EngagerError
from engager_sim.results.manifest import MANIFEST
from engager_sim.scenarios.layered_file import SCENARIO
from engager_sim.scenarios.toml_file import read_toml
from engager_sim.studies.registry import kinds

ELSEWHERE = ("--out", "--parameters")
"""Options that say where results go and parameters come from: never another command's file."""
SCENARIO_COMMANDS = ("run", "compare", "decide", "trial", "scenarios", "browse")
FACTORS, BARE_FACTORS = "factors", "sweep"
"""A study file that varies factors and has no table of another kind is a sweep's."""


def right_command(error: EngagerError, command: str, arguments: Sequence[str]) -> str:
    """Name the command that takes a file, where it was given to one that does not.

    Parameters
    ----------
    error : EngagerError
        What the command said of the file.
    command : str
        The command that was given it.
    arguments : sequence of str
        What else stood on the command line.

    Returns
    -------
    str
        What to add to the message; nothing where the file is none of ours, or is the right one.
    """
    if error.file is None:
        return ""
    read = (error.file, str(Path(error.file).parent))
    given = [name for before, name in pairwise(["", *arguments]) if before not in ELSEWHERE]
    asked = next((name for name in given if name in read), None)
    if asked is None:
        return ""
    what, commands = _read(Path(asked))
    if not commands or command in commands:
        return ""
    return f"; {what}: engager-sim {commands[0]} {asked}"


def _read(path: Path) -> tuple[str, Sequence[str]]:
    """Say what a file or folder is, and which commands take it, the first one best."""
    from engager_sim.scenarios.setting_tables import KEYS  # needed after a mistake alone

    if (path / MANIFEST).is_file():
        return "this is a results folder", ("report",)
    if path.suffix == ".parquet":
        return "this is a table, as a posterior is", ("run usual_care --parameters",)
    try:
        keys = set(read_toml(path, SCENARIO.name, SCENARIO.beginning)[0])
    except EngagerError:
        return "", ()
    for kind in kinds():
        if keys & set(kind.file_tables):
            return f"this is a study file of {kind.name}", (kind.name,)
    if FACTORS in keys:
        return f"this is a study file of {BARE_FACTORS}", (BARE_FACTORS,)
    if keys & set(KEYS) - {"question"}:
        return "this is a scenario file", SCENARIO_COMMANDS
    return "", ()
