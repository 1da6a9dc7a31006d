"""Files that are whole or absent: written beside their place, flushed to disk, then renamed."""

import contextlib
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from engager_sim.results import disk
from engager_sim.results.disk import Writer

UNFINISHED = ".unfinished"


def write_whole(file: Path, write: Writer) -> None:
    """Write a file that takes its name only when everything in it is on disk.

    Parameters
    ----------
    file : Path
        Its place; a file already there is replaced in one step.
    write : callable
        Writes to the path that it is given.

    Raises
    ------
    OSError
        If it cannot be written; then nothing is left behind.
    """
    write_named(file.parent, write, lambda _: file.name)


def write_named(folder: Path, write: Writer, name_of: Callable[[Path], str]) -> Path:
    """Write a whole file whose name depends on what is in it.

    Parameters
    ----------
    name_of : callable
        Takes the finished draft, gives the file's name.

    Returns
    -------
    Path
        The file.
    """
    draft = folder / f".{uuid4().hex}{UNFINISHED}"
    try:
        disk.write(draft, write)
        file = folder / name_of(draft)
        disk.rename(draft, file)
    except BaseException:
        with contextlib.suppress(OSError):
            disk.remove(draft)
        raise
    return file


def sweep_unfinished(folder: Path) -> None:
    """Remove what a killed process left half written."""
    for file in folder.rglob(f".*{UNFINISHED}"):
        disk.remove(file)
