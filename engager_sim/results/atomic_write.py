"""Files that are whole or absent: written beside their place, flushed to disk, then renamed."""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

UNFINISHED = ".unfinished"


def write_whole(file: Path, write: Callable[[Path], None]) -> None:
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


def write_named(
    folder: Path, write: Callable[[Path], None], name_of: Callable[[Path], str]
) -> Path:
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
        write(draft)
        flush(draft)
        file = folder / name_of(draft)
        draft.replace(file)
        flush(folder)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    return file


def flush(path: Path) -> None:
    """Wait until a file, or what a folder lists, is on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep_unfinished(folder: Path) -> None:
    """Remove what a killed process left half written."""
    for file in folder.rglob(f".*{UNFINISHED}"):
        file.unlink(missing_ok=True)
