"""A results folder is whole or absent: it is filled beside its place and then renamed into it."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from engager_sim.errors import ResultsError
from engager_sim.results.atomic_write import flush

OTHER_NAME = "choose another name with --out"


@contextlib.contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """Make a folder that appears in its place only when everything in it is on disk.

    Parameters
    ----------
    target : Path
        Where the folder is wanted; its parents are made where they are missing.

    Yields
    ------
    Path
        A draft beside the target, to be filled inside the ``with`` block. When the block ends well
        the draft is flushed to disk and takes the target's name; when it ends in any error or
        interrupt the draft is removed.

    Raises
    ------
    ResultsError
        Before the block begins, if the target is in use or its place cannot be written to;
        afterwards, if a file of it cannot be written.
    """
    draft: Path | None = None
    made_parents: list[Path] = []
    try:
        place = target.resolve()
        _refuse_if_in_use(place, target)
        made_parents = [folder for folder in place.parents if not folder.exists()]
        draft = place.parent / f".{place.name}.{uuid4().hex[:12]}.draft"
        draft.mkdir(parents=True)
        _prove_writable(draft)
        yield draft
        _flush_to_disk(draft)
        draft.rename(place)
        flush(place.parent)
    except BaseException as error:
        if draft is not None:
            _remove(draft, made_parents)
        if isinstance(error, OSError):
            raise ResultsError(
                f"the results folder cannot be written: {error.strerror or error}",
                file=target,
                fix=f"nothing was kept; {OTHER_NAME} in a place that has room and can be written",
            ) from error
        raise


def _refuse_if_in_use(place: Path, shown: Path) -> None:
    if not place.exists():
        return
    if not place.is_dir():
        raise ResultsError("a file is in the way of the results folder", file=shown, fix=OTHER_NAME)
    if any(place.iterdir()):
        raise ResultsError(
            "the results folder is not empty, and results are never overwritten",
            file=shown,
            fix=f"{OTHER_NAME}, or remove that folder first",
        )


def _prove_writable(draft: Path) -> None:
    """Write and remove a file, because permissions alone prove nothing."""
    probe = draft / "probe"
    probe.write_bytes(b"probe")
    probe.unlink()


def _flush_to_disk(draft: Path) -> None:
    for folder, _, files in os.walk(draft, topdown=False):
        for file in files:
            flush(Path(folder, file))
        flush(Path(folder))


def _remove(draft: Path, made_parents: list[Path]) -> None:
    shutil.rmtree(draft, ignore_errors=True)
    for folder in made_parents:
        with contextlib.suppress(OSError):
            folder.rmdir()
