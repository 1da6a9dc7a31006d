"""The results folder of a study: filled chunk by chunk, resumable, checked, for one process."""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from engager_sim.designs.execution.blocks import Block
from engager_sim.designs.execution.workload import RUNS, BlockTables
from engager_sim.results import disk
from engager_sim.results.atomic_write import sweep_unfinished, write_named, write_whole
from engager_sim.results.chunks import (
    NO_CHUNK,
    Chunk,
    StudyMark,
    foreign_chunk,
    held_of,
    hull,
    parts_not_held,
    put_together,
)
from engager_sim.results.digests import DIGESTS, digest_of, is_chunk_name, noted_digests
from engager_sim.results.folder_checks import (
    as_results_error,
    locked,
    refuse_foreign,
    refuse_more_than_the_disk_holds,
)
from engager_sim.results.growth import OUTCOMES, has_grown, study_digest
from engager_sim.results.manifest import MANIFEST, write_json
from engager_sim.results.tables import write_arrow, write_csv, write_parquet

STANDING = "standing.json"
"""Written when a study's tables are; a folder without it is not finished."""


class StudyFolder:
    """Keeps the tables of each finished block as Parquet files, each whole or absent.

    The name of a chunk carries the digest of its bytes: a chunk that is damaged later is noticed,
    removed and run again. Its metadata say of which study and which runs it is: a chunk of another
    study is refused, and the runs of other blocks of this study are used again.

    Parameters
    ----------
    folder : Path
        The folder, locked by :meth:`opened`.
    mark : StudyMark
        What tells this study's chunks from those of others.
    outcomes : sequence of str
        Columns that the table of runs must have.
    """

    def __init__(self, folder: Path, mark: StudyMark, outcomes: Sequence[str] = ()) -> None:
        self.folder = folder
        self.repaired = 0
        """How many damaged chunks were removed."""
        self.is_whole = False
        """Whether the tables stand as whole files, so that no chunk is needed."""
        self._mark = mark
        self._outcomes = tuple(outcomes)
        self._written = {MANIFEST: digest_of(folder / MANIFEST)}
        self._asked: dict[int, Block] = {}
        self._blocks: dict[str, dict[int, Path]] = {}
        self._chunks: dict[str, list[Chunk]] = {}

    @classmethod
    @contextlib.contextmanager
    def opened(
        cls,
        folder: Path,
        manifest: Mapping[str, Any],
        points_digest: Callable[[range], str] = lambda _: "",
        bytes_expected: float = 0.0,
    ) -> Iterator[Self]:
        """Open a folder for one study, a new one or to go on with.

        Parameters
        ----------
        folder : Path
            Made if it is missing.
        manifest : mapping
            Everything that the study's numbers depend on; data that JSON can hold.
        points_digest : callable, optional
            Gives a digest of what some points set, where points can be added to the study.
        bytes_expected : float
            How much the study writes at most.

        Raises
        ------
        ResultsError
            If the folder holds something else, another study or other inputs, if another process
            works in it, or if it cannot be written or its disk does not hold the study.
        """
        refuse_foreign(folder)
        refuse_more_than_the_disk_holds(folder, bytes_expected)
        with as_results_error(folder):
            disk.make_folder(folder)
        with locked(folder):
            with as_results_error(folder):
                _settle_manifest(folder, manifest, points_digest)
                sweep_unfinished(folder)
                mark = StudyMark(study_digest(manifest), points_digest)
                opened = cls(folder, mark, manifest.get(OUTCOMES, ()))
            yield opened

    def kept(self, blocks: Sequence[Block], tables: Sequence[str] = (RUNS,)) -> set[int]:
        """Name the blocks, by number, whose chunks are whole; remove those that are not.

        Whole chunks of other blocks stand: a later stage of the study may ask for them.

        Raises
        ------
        ResultsError
            If there is a chunk of another study.
        """
        self._asked = {block.number: block for block in blocks}
        whole = self._whole_tables(tables)
        extent = hull(blocks) if blocks else None
        self.is_whole = bool(whole) and all(chunk.block == extent for chunk in whole)
        if self.is_whole:
            return set(self._asked)
        for name in tables:
            self._blocks[name], self._chunks[name] = {}, []
            for chunk in self._undamaged(name):
                self._note(name, chunk)
        for name, chunk in zip(tables, whole, strict=False):
            self._chunks[name].append(chunk)
        return set.intersection(*(set(self._blocks[name]) for name in tables))

    def lacking(self, block: Block, tables: Sequence[str]) -> Iterator[Block]:
        """Yield the parts of a block whose runs no chunk holds."""
        held = [
            held_of(block, (chunk.block for chunk in self._chunks.get(name, ()))) for name in tables
        ]
        yield from parts_not_held(block, np.logical_and.reduce(held))

    def keep(self, block: Block, tables: BlockTables) -> None:
        """Keep the tables of a finished block, each as a chunk.

        Raises
        ------
        ResultsError
            If one cannot be written; chunks kept before are safe.
        """
        for name, table in tables.items():
            write = partial(write_parquet, table, label=self._mark.label(block))
            self._keep(block, name, tuple(table.columns), write)

    def complete(self, block: Block, tables: Sequence[str], keys: Sequence[str]) -> None:
        """Write the chunks of a block whose runs lie in other chunks; see :class:`Store`."""
        for name in tables:
            if block.number not in self._blocks[name]:
                with as_results_error(self.folder):
                    rows = put_together(block, self._chunks[name], keys)
                write = partial(write_arrow, rows, label=self._mark.label(block))
                self._keep(block, name, tuple(rows.column_names), write)

    def _keep(
        self, block: Block, name: str, columns: tuple[str, ...], write: Callable[[Path], None]
    ) -> None:
        with as_results_error(self.folder):
            disk.make_folder(self.folder / name)
            file = write_named(
                self.folder / name,
                write,
                lambda draft: f"{block.number:06d}-{digest_of(draft)}.parquet",
            )
        self._note(name, Chunk(file, block, columns))

    def _note(self, name: str, chunk: Chunk) -> None:
        if not self._is_usable(name, chunk):
            return
        self._chunks.setdefault(name, []).append(chunk)
        if self._asked.get(chunk.block.number, chunk.block) == chunk.block:
            self._blocks.setdefault(name, {})[chunk.block.number] = chunk.file

    def _is_usable(self, name: str, chunk: Chunk) -> bool:
        """Tell whether a chunk has the columns that are asked for, in their order."""
        wanted = self._outcomes if name == RUNS else ()
        return tuple(column for column in chunk.columns if column in wanted) == wanted

    def tables(self, columns: Sequence[str] | None, name: str = RUNS) -> Iterator[pd.DataFrame]:
        """Yield the rows of one table in order, part by part, with these columns, or all."""
        for part in self.parts(name, columns):
            yield part.replace_schema_metadata(None).to_pandas()

    def parts(self, name: str, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """Yield the rows of one table in order: by chunk, by row group where it stands whole."""
        wanted = None if columns is None else list(columns)
        if self.is_whole:
            file = self.folder / f"{name}.parquet"
            with as_results_error(file), pq.ParquetFile(file) as whole:
                for group in range(whole.num_row_groups):
                    yield whole.read_row_group(group, columns=wanted)
            return
        for _, file in sorted(self._blocks.get(name, {}).items()):
            with as_results_error(file):
                yield pq.read_table(file, columns=wanted)

    def label_of_whole(self) -> dict[str, str]:
        """Describe all blocks that were asked for, for the metadata of a whole table."""
        return self._mark.label(hull([*self._asked.values()]))

    def settle_whole(self) -> None:
        """Note that tables stand whole; from now on these are read, not chunks."""
        self.note_digests()
        self.is_whole = True

    def note_digests(self) -> None:
        """Note the digests of what was written, by which it is noticed if a file is changed."""
        with as_results_error(self.folder):
            digests = dict(sorted(self._written.items()))
            write_whole(self.folder / DIGESTS, partial(write_json, digests))

    def _whole_tables(self, tables: Sequence[str]) -> list[Chunk]:
        """Find the tables, if all stand whole and are as they were written; else none."""
        files = [f"{name}.parquet" for name in tables]
        with as_results_error(self.folder):
            noted = noted_digests(self.folder)
            if not set(files) <= set(noted):
                return []
            damaged = [name for name in files if not self._is_as_noted(name, noted[name])]
            self.repaired += len(damaged)
            if damaged:
                return []
            self._written |= {name: noted[name] for name in files}
            return [self._mark.read(self.folder / name, 0) for name in files]

    def _is_as_noted(self, name: str, digest: str) -> bool:
        return (self.folder / name).is_file() and digest_of(self.folder / name) == digest

    def _undamaged(self, name: str) -> Iterator[Chunk]:
        with as_results_error(self.folder):
            for file in sorted((self.folder / name).glob("*.parquet")):
                if not is_chunk_name(file):
                    raise foreign_chunk(file, NO_CHUNK)
                number, _, digest = file.stem.partition("-")
                if digest_of(file) == digest:
                    yield self._mark.read(file, int(number))
                else:
                    disk.remove(file)
                    self.repaired += 1

    def remove_leftovers(self) -> None:
        """Remove the chunks whose runs stand in the blocks of this study, or in whole tables."""
        with as_results_error(self.folder):
            for name in self._chunks:
                needed = set(self._blocks[name].values())
                for file in sorted((self.folder / name).glob("*.parquet")):
                    if file not in needed:
                        disk.remove(file)

    def write_table(self, frame: pd.DataFrame, name: str) -> None:
        """Write a table beside the chunks, as Parquet and as CSV."""
        self.write(f"{name}.parquet", partial(write_parquet, frame))
        self.write(f"{name}.csv", partial(write_csv, frame))

    def write(self, name: str, write: Callable[[Path], None]) -> None:
        """Write any other file of the folder, whole or not at all."""
        with as_results_error(self.folder):
            file = self.folder / name
            disk.make_folder(file.parent)
            write_whole(file, write)
            self._written[name] = digest_of(file)


def _settle_manifest(
    folder: Path, manifest: Mapping[str, Any], points_digest: Callable[[range], str]
) -> None:
    """Write the manifest of a new folder or of a study that grew, or refuse other inputs."""
    if (folder / MANIFEST).exists():
        if not has_grown(folder, manifest, points_digest):
            return
        # What was derived from fewer runs goes before the manifest says that there are more.
        disk.remove(folder / STANDING)
        whole = {f"{name}.parquet" for name in manifest.get("tables", ())}
        for name in noted_digests(folder):
            if name not in {MANIFEST, *whole}:
                disk.remove(folder / name)
    write_whole(folder / MANIFEST, partial(write_json, dict(manifest)))
