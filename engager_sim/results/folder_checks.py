"""Whether a results folder can be where it is asked for, and whether there is room for it."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from engager_sim.errors import ResultsError
from engager_sim.results.atomic_write import UNFINISHED, sweep_unfinished
from engager_sim.results.manifest import MANIFEST

LOCK = ".lock"
OTHER_NAME = "choose another name with --out"
GO_ON = "what was finished is kept; make room or mend it, and the same command goes on"


@contextlib.contextmanager
def as_results_error(file: Path) -> Iterator[None]:
    """Turn an error of the file system into one that says what was kept and what to do."""
    try:
        yield
    except OSError as error:
        raise ResultsError(
            f"the results folder cannot be used: {error.strerror or error}", file=file, fix=GO_ON
        ) from error


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other processes out of a results folder.

    Raises
    ------
    ResultsError
        If another process is working in it.
    """
    lock = FileLock(folder / LOCK)
    with as_results_error(folder):
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise ResultsError(
                "another process is working in this results folder",
                file=folder,
                fix="wait until it is done, or choose another folder with --out",
            ) from None
    try:
        yield
    finally:
        lock.release()


def tidy(folder: Path) -> None:
    """Remove what a killed command left half written, unless another is at work in the folder."""
    with contextlib.suppress(ResultsError), locked(folder):
        sweep_unfinished(folder)


def refuse_foreign(folder: Path) -> None:
    """Refuse a path where something else is: no folder, or a folder of other things.

    Raises
    ------
    ResultsError
        Saying what is in the way.
    """
    with as_results_error(folder):
        existing = _first_existing(folder)
        if not existing.is_dir():
            raise ResultsError(
                f"{_kind_of_file(existing)} is in the way of the results folder",
                file=existing,
                fix=OTHER_NAME,
            )
        if existing != folder:
            return
        names = [file.name for file in folder.iterdir()]
    begun = all(name == LOCK or name.endswith(UNFINISHED) for name in names)
    if not begun and MANIFEST not in names:
        raise ResultsError(
            "the folder is not empty and holds no results of a study; it is left alone",
            file=folder,
            fix=OTHER_NAME,
        )


def refuse_more_than_the_disk_holds(folder: Path, bytes_expected: float) -> None:
    """Refuse a study for which there is no room, before it begins.

    Raises
    ------
    ResultsError
        Saying how much is needed and how much there is.
    """
    with as_results_error(folder):
        free = shutil.disk_usage(_first_existing(folder)).free
    if bytes_expected > free:
        raise ResultsError(
            "the disk does not hold what this study would write",
            file=folder,
            value=f"{bytes_expected / 1e6:,.1f} MB",
            allowed=f"{free / 1e6:,.1f} MB free",
            fix="keep fewer outcomes or replicates, or choose another disk with --out",
        )


def _first_existing(folder: Path) -> Path:
    """Find what exists of a path: itself, or the nearest of those above it."""
    return next((path for path in (folder, *folder.parents) if os.path.lexists(path)), Path.cwd())


def _kind_of_file(path: Path) -> str:
    if path.is_symlink():
        return "a link that leads to no folder"
    return "a file" if path.is_file() else "a device, pipe or socket"
