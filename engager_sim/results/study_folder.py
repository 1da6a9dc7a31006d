"""The results folder of a study: filled chunk by chunk, resumable, checked, for one process."""

import contextlib
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Self

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from engager_sim.designs.execution.blocks import Block
from engager_sim.designs.execution.workload import RUNS, BlockTables
from engager_sim.errors import EngagerError, ResultsError
from engager_sim.results.atomic_write import UNFINISHED, sweep_unfinished, write_named, write_whole
from engager_sim.results.digests import WHOLE_TABLES, digest_of, noted_digests, table_digests
from engager_sim.results.manifest import MANIFEST, write_json
from engager_sim.results.tables import write_csv, write_parquet
from engager_sim.scenarios.input_file import read_text
from engager_sim.scenarios.scenario_text import differences, flat

LOCK = ".lock"
MOST_BYTES = 500_000_000
SHOWN_CHANGES, LONGEST_SHOWN = 5, 60
GO_ON = "what was finished is kept; make room or mend it, and the same command goes on"


class StudyFolder:
    """Keeps the tables of each finished block as Parquet files, each whole or absent.

    The name of a chunk carries the digest of its bytes: a chunk that is damaged later is noticed,
    removed and run again.

    Parameters
    ----------
    folder : Path
        The folder, locked by :meth:`opened`.
    repaired : int
        How many damaged chunks were removed.
    is_whole : bool
        Whether the tables of the blocks stand as whole files, so that no chunk is needed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.repaired = 0
        self.is_whole = False
        self._chunks: dict[str, dict[int, Path]] = {}

    @classmethod
    @contextlib.contextmanager
    def opened(cls, folder: Path, manifest: Mapping[str, Any]) -> Iterator[Self]:
        """Open a folder for one study, a new one or to go on with.

        Parameters
        ----------
        folder : Path
            Made if it is missing.
        manifest : mapping
            Everything that the study's numbers depend on; data that JSON can hold.

        Raises
        ------
        ResultsError
            If the folder holds something else, another study or other inputs, if another process
            works in it, or if it cannot be written.
        """
        with as_results_error(folder):
            _refuse_foreign(folder)
            _refuse_other_inputs(folder, manifest)
            folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(folder / LOCK)
            try:
                lock.acquire(timeout=0)
            except Timeout:
                raise ResultsError(
                    "another process is working in this results folder",
                    file=folder,
                    fix="wait until it is done, or choose another folder with --out",
                ) from None
        try:
            with as_results_error(folder):
                sweep_unfinished(folder)
                _settle_manifest(folder, manifest)
            yield cls(folder)
        finally:
            lock.release()

    def kept(self, blocks: Sequence[Block], tables: Sequence[str] = (RUNS,)) -> set[int]:
        """Name the blocks, by number, whose chunks are whole; remove those that are not.

        Whole chunks with other numbers stand: a later stage of the study may ask for them.
        """
        wanted = {block.number for block in blocks}
        self.is_whole = self._are_whole(tables)
        if self.is_whole:
            return wanted
        for name in tables:
            self._chunks[name] = {
                number: file for number, file in self._whole(name) if number in wanted
            }
        return set.intersection(*(set(self._chunks[name]) for name in tables))

    def keep(self, block: Block, tables: BlockTables) -> None:
        """Keep the tables of a finished block, each as a chunk.

        Raises
        ------
        ResultsError
            If one cannot be written; chunks kept before are safe.
        """
        for name, table in tables.items():
            with as_results_error(self.folder):
                (self.folder / name).mkdir(exist_ok=True)
                self._chunks.setdefault(name, {})[block.number] = write_named(
                    self.folder / name,
                    partial(write_parquet, table),
                    lambda draft: f"{block.number:06d}-{digest_of(draft)}.parquet",
                )

    def tables(self, columns: Sequence[str] | None, name: str = RUNS) -> Iterator[pd.DataFrame]:
        """Yield the rows of one table in order, part by part, with these columns, or all."""
        for part in self.parts(name, columns):
            yield part.to_pandas()

    def parts(self, name: str, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """Yield the rows of one table in order: by chunk, by row group where it stands whole."""
        wanted = None if columns is None else list(columns)
        if self.is_whole:
            file = self.folder / f"{name}.parquet"
            with as_results_error(file), pq.ParquetFile(file) as whole:
                for group in range(whole.num_row_groups):
                    yield whole.read_row_group(group, columns=wanted)
            return
        for _, file in sorted(self._chunks.get(name, {}).items()):
            with as_results_error(file):
                yield pq.read_table(file, columns=wanted)

    def settle_whole(self, tables: Sequence[str]) -> None:
        """Note the digests of tables that stand whole; from now on these are read, not chunks."""
        with as_results_error(self.folder):
            digests = table_digests(self.folder, tables)
        self.write(WHOLE_TABLES, partial(write_json, digests))
        self.is_whole = True

    def _are_whole(self, tables: Sequence[str]) -> bool:
        """Tell whether these tables stand whole and are as they were written."""
        with as_results_error(self.folder):
            noted = noted_digests(self.folder)
            if not set(tables) <= set(noted):
                return False
            digests = table_digests(self.folder, tables)
        damaged = [name for name in tables if digests.get(name) != noted[name]]
        self.repaired += len(damaged)
        return not damaged

    def _whole(self, name: str) -> Iterator[tuple[int, Path]]:
        with as_results_error(self.folder):
            for file in sorted((self.folder / name).glob("*.parquet")):
                number, _, digest = file.stem.partition("-")
                if number.isdigit() and digest_of(file) == digest:
                    yield int(number), file
                else:
                    file.unlink()
                    self.repaired += 1

    def write_table(self, frame: pd.DataFrame, name: str) -> None:
        """Write a table beside the chunks, as Parquet and as CSV."""
        with as_results_error(self.folder):
            file = self.folder / f"{name}.parquet"
            write_whole(file, lambda draft: write_parquet(frame, draft))
            write_whole(file.with_suffix(".csv"), lambda draft: write_csv(frame, draft))

    def write(self, name: str, write: Callable[[Path], None]) -> None:
        """Write any other file of the folder, whole or not at all."""
        with as_results_error(self.folder):
            file = self.folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(file, write)


def refuse_more_than_the_disk_holds(folder: Path, bytes_expected: float) -> None:
    """Refuse a study for which there is no room, before it begins.

    Raises
    ------
    ResultsError
        Saying how much is needed and how much there is.
    """
    place = folder.resolve()
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    if bytes_expected > free:
        raise ResultsError(
            "the disk does not hold what this study would write",
            file=folder,
            value=f"{bytes_expected / 1e6:,.1f} MB",
            allowed=f"{free / 1e6:,.1f} MB free",
            fix="keep fewer outcomes or replicates, or choose another disk with --out",
        )


@contextlib.contextmanager
def as_results_error(place: Path) -> Iterator[None]:
    """Turn an error of the file system into one that says what was kept and what to do."""
    try:
        yield
    except OSError as error:
        raise ResultsError(
            f"the results folder cannot be used: {error.strerror or error}", file=place, fix=GO_ON
        ) from error


def _refuse_foreign(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ResultsError(
            "a file is in the way of the results folder",
            file=folder,
            fix="choose another name with --out",
        )
    names = [file.name for file in folder.iterdir()]
    begun = all(name == LOCK or name.endswith(UNFINISHED) for name in names)
    if not begun and MANIFEST not in names:
        raise ResultsError(
            "the folder is not empty and holds no results of a study; it is left alone",
            file=folder,
            fix="choose another name with --out",
        )


def _settle_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write the manifest of a new folder, or refuse to go on with other inputs."""
    if (folder / MANIFEST).exists():
        _refuse_other_inputs(folder, manifest)
    else:
        write_whole(folder / MANIFEST, lambda draft: write_json(dict(manifest), draft))


def _refuse_other_inputs(folder: Path, manifest: Mapping[str, Any]) -> None:
    if not (folder / MANIFEST).exists():
        return
    ours = json.loads(json.dumps(manifest))
    found = differences(dict(flat(read_manifest(folder), "")), dict(flat(ours, "")))
    if not found:
        return
    changes = [f"{key} was {_short(there)}, is {_short(here)}" for key, there, here in found]
    more = len(changes) - SHOWN_CHANGES
    shown = "; ".join(changes[:SHOWN_CHANGES]) + (f"; and {more} more" if more > 0 else "")
    raise ResultsError(
        f"this folder holds results of other inputs: {shown}",
        file=folder,
        fix="choose another folder with --out, or remove this one first",
    )


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read what a results folder says of itself.

    Raises
    ------
    ResultsError
        If it has no manifest that can be read.
    """
    file = folder / MANIFEST
    try:
        text = read_text(file, MOST_BYTES, "a manifest")
        manifest: dict[str, Any] = json.loads(text)
        if not isinstance(manifest, dict):
            raise ValueError("it is no table")
    except (EngagerError, RecursionError, ValueError) as error:
        raise ResultsError(
            f"this is no results folder: its manifest cannot be read ({error})",
            file=file,
            fix="name a folder that run, compare, sweep or sensitivity has written",
        ) from None
    return manifest
