"""What a results folder asks of the disk, in one place; tests put faults here."""

import os
import shutil
from collections.abc import Callable
from io import BufferedReader
from pathlib import Path

LISTS_BY_ITSELF = os.name == "nt"
"""Windows opens no folder, and writes what one lists by itself."""

type Writer = Callable[[Path], None]


def write(draft: Path, how: Writer) -> None:
    """Write a draft and wait until it is on disk."""
    how(draft)
    with draft.open("r+b") as stream:
        os.fsync(stream.fileno())


def rename(draft: Path, file: Path) -> None:
    """Give a draft its name, and wait until the folder that lists it is on disk."""
    draft.replace(file)
    if not LISTS_BY_ITSELF:
        handle = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def opened(file: Path) -> BufferedReader:
    """Open a file to read what it holds."""
    return file.open("rb")


def remove(file: Path) -> None:
    """Remove a file, if it is there."""
    file.unlink(missing_ok=True)


def remove_folder(folder: Path) -> None:
    """Remove a folder with what is in it, if it is there."""
    if folder.exists():
        shutil.rmtree(folder)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, unless they are there."""
    folder.mkdir(parents=True, exist_ok=True)
